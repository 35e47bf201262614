"""From where a request comes: the address that limits are counted by, and the one that letters lead back to."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

__all__ = ["address_for", "network_of"]

Address = IPv4Address | IPv6Address

HOUSEHOLD = 64
"""Bits of an IPv6 address that one connection is given (RFC 6177): the rest of it is the visitor's to choose."""


def network_of(request: HttpRequest) -> str:
    """The visitor's IPv4 address, or the /64 network of their IPv6 address.

    It is that of the connection. Only a proxy that STORYDESK_PROXIES names is believed what it says in X-Forwarded-For,
    read from its end: the last address there that is no such proxy.
    """
    address = _address(request.META.get("REMOTE_ADDR", ""))
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while address is not None and _is_proxy(address) and said and (before := _address(said.pop())) is not None:
        address = before
    if address is None:
        return ""
    return str(ip_network((address, HOUSEHOLD), strict=False)) if address.version == 6 else str(address)


def _address(written: str) -> Address | None:
    try:
        address = ip_address(written.strip())
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _is_proxy(address: Address) -> bool:
    return any(address in network for network in settings.PROXIES)


def address_for(request: HttpRequest) -> Callable[[str, str], str]:
    """What makes the whole address of a page from the name of its route and its last part: under STORYDESK_ADDRESS
    where that is set, else under the name that the request asked for, which is one of STORYDESK_HOSTS."""

    def address(route: str, link: str) -> str:
        path = reverse(route, args=[link] if link else [])
        base: str = settings.SITE_ADDRESS
        return base.rstrip("/") + path if base else request.build_absolute_uri(path)

    return address
