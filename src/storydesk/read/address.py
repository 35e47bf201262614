"""One spelling for an address, so that a piece met twice is known as one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

__all__ = ["absolute", "host", "normalise", "path_parts", "place_of", "same_site"]

DEFAULT_PORTS = {"http": 80, "https": 443}

WHOLE = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", re.I)
SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?")

TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|at_(medium|campaign|custom\d))", re.I
)
"""Parameters that tell who sent the reader and never which piece is meant; each is documented by the tool that adds
it."""


def normalise(url: str) -> str:
    """The address without fragment and tracking parameters, host in lower case, default port dropped.

    What is no http(s) address is returned as given, stripped. Applying it twice changes nothing.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        return url
    scheme = parts.scheme.lower()
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = name if port in (None, DEFAULT_PORTS[scheme]) else f"{name}:{port}"
    return urlunsplit((scheme, place, parts.path or "/", _without_tracking(parts.query), ""))


def _without_tracking(query: str) -> str:
    """The query as it was where nothing is dropped, so that an odd spelling which a server needs survives."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def absolute(address: str | None, base: str | None) -> str | None:
    """``address`` as an http(s) address, completed by ``base`` where it is relative; ``None`` where that gives none."""
    if not address or not address.strip():
        return None
    try:
        address = address.strip()
        whole = address if WHOLE.fullmatch(address) else urljoin(base or "", address)
        parts = urlsplit(whole)
        named = bool(parts.hostname)
    except ValueError:
        return None
    return whole if named and parts.scheme.lower() in DEFAULT_PORTS else None


def host(url: str | None) -> str | None:
    """The host of an address without a leading "www."; ``None`` where there is none."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def place_of(url: object) -> str:
    """An address without its scheme, query, fragment and last slash; empty for what is none."""
    return SCHEME.sub("", url).split("?")[0].split("#")[0].rstrip("/") if isinstance(url, str) else ""


def same_site(one: str | None, other: str | None) -> bool:
    """Whether the hosts are the same, or one lies under the other (``m.example.org`` and ``example.org``)."""
    first, second = host(one), host(other)
    if not first or not second:
        return False
    return first == second or first.endswith("." + second) or second.endswith("." + first)


def path_parts(url: str | None) -> list[str]:
    """What stands between the slashes of an address's path, as readers would read it."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return []
    return [part for part in unquote(path).split("/") if part]
