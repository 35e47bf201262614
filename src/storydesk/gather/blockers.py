"""Who refuses: the server itself, a login, a law, or a protection service in front of it, told by what the answer says
of itself.

Only what the services document, or have signed their answers with for years, is looked at; words of pages are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["Blocker", "blocker", "challenger"]


class Blocker(NamedTuple):
    """Who stands in the way, as a person would name it, and what a desk can try."""

    name: str
    advice: str


class Sign(NamedTuple):
    """A header by which a service shows itself. ``always``: it signs what it lets through as well."""

    service: str
    header: str
    value: str = ""
    always: bool = False


CHALLENGES = (
    Sign("Cloudflare", "cf-mitigated"),
    Sign("AWS WAF", "x-amzn-waf-action"),
    Sign("Vercel's firewall", "x-vercel-mitigated"),
    Sign("Sucuri", "x-sucuri-block"),
    Sign("DataDome", "x-dd-b"),
)
"""Headers that are set only where the service answers in the site's place, whatever the status: AWS WAF's challenge
comes as a 202."""

SERVICES = (
    Sign("DataDome", "x-datadome", always=True),
    Sign("DataDome", "set-cookie", r"\bdatadome=", always=True),
    Sign("Kasada", "x-kpsdk-ct"),
    Sign("HUMAN (PerimeterX)", "set-cookie", r"\b_px(?:hd|vid|\d)=", always=True),
    Sign("Akamai", "server", "AkamaiGHost|AkamaiNetStorage"),
    Sign("Imperva", "x-iinfo", always=True),
    Sign("Imperva", "x-cdn", "incapsula|imperva", always=True),
    Sign("Imperva", "set-cookie", r"\b(?:visid_incap|incap_ses)_", always=True),
    Sign("Sucuri", "x-sucuri-id", always=True),
    Sign("DDoS-Guard", "server", "ddos-guard", always=True),
    Sign("Qrator", "server", "^qrator", always=True),
    Sign("AWS WAF", "server", "^awselb"),
    Sign("Amazon CloudFront", "server", "^cloudfront"),
    Sign("Azure Front Door", "x-azure-ref", always=True),
)
"""Asked on a refusal, the most specific first: bot managers often stand behind another's network."""

REFUSALS = frozenset({403, 405, 406, 409, 418, 429, 503})
"""Statuses with which such services refuse. Fastly's firewall uses 406 unless told otherwise."""

ASK = "ask the site to let feed readers through to this address, name your user agent, or follow another of its feeds"
SUBSCRIBERS = "it is for subscribers: look for a public feed of the outlet, or ask it for an address of your own"
NETWORK = Blocker("a login wall of the network between", "sign this machine in to its network, or ask who runs it")
WALLS = {401: Blocker("a login wall", SUBSCRIBERS), 402: Blocker("a paywall", SUBSCRIBERS), 407: NETWORK, 511: NETWORK}
BLOCKED_BY = re.compile(r"<([^<>]{1,200})>\s*;[^,]*\brel\s*=\s*\"?blocked-by\b", re.I)


def challenger(headers: Mapping[str, str]) -> Blocker | None:
    """The service that answered in the site's place, where the answer says so; its status does not matter."""
    service = _signed(CHALLENGES, headers)
    return Blocker(service, f"it takes us for a robot that it must stop: {ASK}") if service else None


def blocker(status: int, headers: Mapping[str, str]) -> Blocker:
    """Who refuses with this status. Header names in lower case; several of one name joined by commas."""
    if found := challenger(headers):
        return found
    if status in WALLS:
        return WALLS[status]
    if status == 451:
        return _law(headers)
    if status in REFUSALS and (service := _service(status, headers)):
        return Blocker(service, f"it may take us for a robot that it must stop: {ASK}")
    return Blocker("the server itself", f"the site may block automatic readers or ask for a login: {ASK}")


def _law(headers: Mapping[str, str]) -> Blocker:
    """RFC 7725: the one who blocks, not the one who ordered it, may be named in a link."""
    named = BLOCKED_BY.search(headers.get("link", ""))
    who = f"a legal demand, carried out by {named[1]}" if named else "a legal demand"
    return Blocker(who, "it may be open from another country; the outlet can say more")


def _service(status: int, headers: Mapping[str, str]) -> str | None:
    if service := _signed(SERVICES, headers):
        return service
    if _matches(Sign("", "server", "^cloudflare"), headers):
        # Answers of the site carry its cache status; those that Cloudflare makes up itself do not.
        return None if "cf-cache-status" in headers else "Cloudflare"
    fastly = status == 406 and headers.get("x-served-by", "").startswith("cache-")
    return "Fastly's firewall" if fastly else None


def _signed(signs: Iterable[Sign], headers: Mapping[str, str]) -> str | None:
    found = next((sign for sign in signs if _matches(sign, headers)), None)
    if found is None:
        return None
    return f"{found.service}, or the site behind it" if found.always else found.service


def _matches(sign: Sign, headers: Mapping[str, str]) -> bool:
    given = headers.get(sign.header)
    return given is not None and bool(re.search(sign.value, given, re.I))
