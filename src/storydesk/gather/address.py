"""Addresses of the web: what may be asked for at all, and how an address is shown in a message."""

from __future__ import annotations

import re

import httpx2

from storydesk.errors import BadAddress

__all__ = ["host_of", "parse_address", "shown", "told_of"]

HOST_NAME = re.compile(r"(?=.{1,253}\.?$)([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?", re.ASCII)
"""Letters, digits, hyphens and the underscore seen in practice; labels of 63 and 253 in all (RFC 1035, 2.3.4)."""

LONGEST_SHOWN = 160
"""Characters of an address that a message repeats."""


def parse_address(url: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """An http or https address, normalised and without its fragment; relative ones are resolved against ``base``.

    Raises BadAddress, saying what is wrong, for every other form: another scheme, no host, a user name, a zone, a port
    that cannot be.
    """
    try:
        parsed = httpx2.URL(url.strip())
        parsed = (base.join(parsed) if base is not None else parsed).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise BadAddress(f"{shown(url)} is not an address: {error}", HINT) from None
    if fault := _fault(parsed):
        raise BadAddress(f"{shown(url)} {fault}", HINT)
    return parsed


HINT = "give one like https://example.org/feed.xml"


def _fault(url: httpx2.URL) -> str | None:
    if url.scheme not in ("http", "https"):
        return f"is not a web address but {url.scheme}:" if url.scheme else "does not begin with http:// or https://"
    host = url.raw_host.decode("ascii")
    if not host:
        return "names no host"
    if url.userinfo:
        return "carries a user name, and only what is public is fetched"
    if "%" in host or not (":" in host or HOST_NAME.fullmatch(host)):
        return f"names a host that cannot be: {shown(host)}"
    if url.port is not None and not 0 < url.port < 65536:
        return f"names a port that cannot be: {url.port}"
    return None


def host_of(url: str | httpx2.URL) -> str:
    """The host that an address leads to, one spelling a host; empty where it names none."""
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError, TypeError):
        return ""
    return parsed.raw_host.decode("ascii").lower().rstrip(".")


def shown(words: str, longest: int = LONGEST_SHOWN) -> str:
    """An address, or other words from outside, on one line, cut where they are very long, for a message."""
    line = "".join(letter if letter.isprintable() else "�" for letter in words[: longest + 1])
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def told_of(url: str, said: str) -> str:
    """What is said of an address, as a line that begins with it, once: most of our errors do."""
    place = shown(url)
    return said if said.startswith(f"{place} ") else f"{place}: {said}"
