"""What goes wrong on the way, as one of our errors: each with its own reason, who is behind it, and what to try."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2

from storydesk.errors import Gone, Refused, StorydeskError, Unreachable
from storydesk.gather.address import shown
from storydesk.gather.blockers import blocker
from storydesk.gather.budget import Budget

__all__ = ["explained", "failure", "retry_seconds"]

PASSING = frozenset({408, 421, 425, 429})
"""Of the 4xx, those that only say "not now": time-out, misdirected, too early, too many requests."""

ORIGIN_DOWN = frozenset({*range(520, 528), 530})
"""Statuses of Cloudflare's own for a site behind it that it cannot reach."""

LATER = "it is tried again later"


@contextmanager
def explained(url: httpx2.URL, budget: Budget) -> Iterator[None]:
    """Turns what the HTTP packages raise into our tree."""
    place = shown(str(url))
    try:
        yield
    except StorydeskError:
        raise
    except httpcore2.TimeoutException:
        budget.within(None)
        raise Unreachable(f"{place} does not answer", f"the server may be down; {LATER}") from None
    except httpcore2.ConnectError as error:
        raise _unconnected(place, error) from None
    except httpcore2.NetworkError as error:
        raise Unreachable(f"{place} broke off: {error}", f"the server is at fault; {LATER}") from None
    except httpcore2.ProtocolError as error:
        raise _out_of_line(place, str(error)) from None
    except httpx2.DecodingError as error:
        raise Unreachable(f"{place} sends damaged compression: {error}", f"the server is at fault; {LATER}") from None


def _out_of_line(place: str, said: str) -> Unreachable:
    """An answer that is no HTTP, or not all of one. What h11 says of it is cut where it begins to repeat the bytes."""
    said = said.partition(": bytearray")[0].rstrip(".")
    how = "broke off" if "closed connection" in said or "disconnected" in said else "does not keep to HTTP"
    return Unreachable(f"{place} {how}: {said}", f"the server is at fault; {LATER}")


def _unconnected(place: str, error: httpcore2.ConnectError) -> Unreachable:
    cause = error.args[0] if error.args else None
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Unreachable(
            f"{place} shows a bad certificate: {cause.verify_message}",
            "the site must renew or mend it; until then nothing is read from there",
        )
    if isinstance(cause, ssl.SSLError):
        return Unreachable(
            f"{place} does not speak TLS: {cause.reason}", "try the address with http:// in place of https://"
        )
    reason = getattr(cause, "strerror", None) or error
    return Unreachable(f"{place} cannot be connected to: {reason}", f"the server may be down; {LATER}")


def failure(asked: str, host: str, status: int, headers: Mapping[str, str]) -> StorydeskError:
    """What a status that is no success means. ``asked`` is the address as shown, ``host`` the one that answered."""
    wait = retry_seconds(headers.get("retry-after"), datetime.now(UTC))
    who = blocker(status, headers)
    if status in (404, 410):
        state = "is gone for good" if status == 410 else "does not exist"
        hint = "look for its new address on the site's home page"
        return Gone(f"{asked} {state} (HTTP {status})", hint, for_good=status == 410)
    if status in PASSING:
        hint = f"{LATER}; where it happens often, ask the site how often it may be asked"
        return Unreachable(f"{asked} asks us to wait (HTTP {status})", hint, wait, by=who.name, host=host)
    if 400 <= status < 500:
        return Refused(f"{asked} is refused to us (HTTP {status})", who.advice, by=who.name)
    by = "the server behind Cloudflare" if status in ORIGIN_DOWN else who.name
    hint = LATER if by == "the server itself" or status in ORIGIN_DOWN else f"{LATER}; {who.advice}"
    return Unreachable(f"{asked} has a fault at the server (HTTP {status})", hint, wait, by=by, host=host)


def retry_seconds(value: str | None, now: datetime) -> float | None:
    """A Retry-After header (RFC 9110, 10.2.3) in seconds from ``now``, never negative; ``None`` where it says
    nothing."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
