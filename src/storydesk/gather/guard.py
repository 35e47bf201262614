"""Which addresses may be connected to, and the network backend that connects to no other.

The check is made on the address that the socket is given, after the name was resolved, and once for every connection,
so that neither a spelling ("0x7f.1"), nor a redirect, nor a name that changes its answer leads inside.
``ipaddress.is_global`` is not trusted: it says yes to NAT64 and 6to4 forms of loopback and to multicast.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

import httpcore2

from storydesk.errors import ForbiddenAddress, Unreachable
from storydesk.gather.budget import Budget, MeteredStream

__all__ = ["FORBIDDEN_V4", "FORBIDDEN_V6", "Door", "Resolver", "refusal", "resolve"]

FORBIDDEN_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier's customers"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "a cloud's own service"),
        ("169.254.0.0/16", "link-local, where clouds keep their metadata"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "kept for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "a sink for reverse lookups"),
        ("192.52.193.0/24", "a multicast relay"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "a sink for reverse lookups"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
"""IANA's IPv4 special-purpose registry, its multicast and reserved space, and one cloud service in public space."""

FORBIDDEN_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("2001::/23", "kept for protocols, Teredo among them"),
        ("2001:db8::/32", "for documentation"),
        ("2002::/16", "a 6to4 tunnel, which may lead anywhere"),
        ("2620:4f:8000::/48", "a sink for reverse lookups"),
        ("3ffe::/16", "an abandoned test network"),
        ("3fff::/20", "for documentation"),
        ("::/3", "not global unicast"),
        ("4000::/2", "not global unicast"),
        ("8000::/1", "not global unicast"),
    )
)
"""IANA's IPv6 special-purpose registry; of the rest only 2000::/3 is global unicast (RFC 4291, 2.4)."""

MAPPED = IPv6Network("::ffff:0:0/96")
NAT64 = IPv6Network("64:ff9b::/96")
EMBEDDING = (MAPPED, NAT64)
"""Forms that stand for the IPv4 address in their last 32 bits: RFC 4291, 2.5.5.2 and RFC 6052, 2.1. On networks without
IPv4 every old site is reached through NAT64, so these are judged by what they embed; other transition forms are
refused."""

NAMES = "the name server"

ATTEMPTS = 4
"""Addresses of one name that are tried before giving up; more only lengthens the wait."""

Resolver = Callable[[str, int], Sequence[str]]
"""A host and port to the IP addresses it has, best first. Raises OSError where there is none."""


def refusal(address: str) -> str | None:
    """Why an IP address may not be connected to, in a few words, or ``None`` where it may. What is none is refused."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "no IP address"
    if isinstance(parsed, IPv4Address):
        return next((reason for network, reason in FORBIDDEN_V4 if parsed in network), None)
    if parsed.scope_id is not None:
        return "bound to one network interface"
    if any(parsed in network for network in EMBEDDING):
        return refusal(str(_embedded(parsed)))
    return next((reason for network, reason in FORBIDDEN_V6 if parsed in network), None)


def _embedded(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system resolves it, zone included ("fe80::1%eth0"). Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(_literal(place) for _, _, _, _, place in found))


def _literal(place: Sequence[object]) -> str:
    zone = place[3] if len(place) == 4 else 0
    return f"{place[0]}%{zone}" if zone and "%" not in str(place[0]) else str(place[0])


class Door(httpcore2.NetworkBackend):
    """The one door out: resolves, refuses what is forbidden, connects to what is left, and meters every byte.

    ``allowed`` holds exact (host, port) pairs, as an address spells them, that may be reached wherever they lead:
    the demo edition's own server and the tests'. Of an answer that mixes public and private addresses only the
    public are used.
    """

    def __init__(self, budget: Budget, allowed: frozenset[tuple[str, int]], resolver: Resolver = resolve) -> None:
        self._budget = budget
        self._allowed = allowed
        self._resolver = resolver
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connects to the first address of the host that is allowed and answers."""
        failure: Exception | None = None
        for address in self.addresses(host, port)[:ATTEMPTS]:
            try:
                stream = self._network.connect_tcp(
                    address, port, self._budget.within(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return MeteredStream(stream, self._budget)
        raise failure or Unreachable(f"{host} has no address", "check the spelling of the name")

    def addresses(self, host: str, port: int) -> list[str]:
        """Those addresses of the host that may be connected to, best first. Raises ForbiddenAddress where none may."""
        addresses = self._resolved(host, port)
        if (host, port) in self._allowed:
            return list(addresses)
        refused = {address: refusal(address) for address in addresses}
        public = [address for address, reason in refused.items() if reason is None]
        if addresses and not public:
            address, reason = next(iter(refused.items()))
            leads = address if host == address else f"{host} leads to {address}, which"
            raise ForbiddenAddress(
                f"{leads} is {reason}",
                "only public addresses are fetched; a server of your own can be named in STORYDESK_ALLOW",
            )
        return public

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """Resolves in a thread of its own, since the system's resolver knows no time limit."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=ask, name=f"resolve {host}", daemon=True).start()
        try:
            answer = answers.get(timeout=self._budget.within(self._budget.caps.connect))
        except Empty:
            raise Unreachable(
                f"the name {host} was not resolved in time", "the name server may be down", by=NAMES
            ) from None
        if isinstance(answer, Exception):
            raise Unreachable(
                f"there is no host {host}", "check the spelling, or whether this machine is online", by=NAMES
            )
        return answer
