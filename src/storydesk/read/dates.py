"""When something was published: never in the future, never a guess, always with a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["from_stamp", "from_words", "plausible"]

EARLIEST = datetime(1970, 1, 3, tzinfo=UTC)
"""A date at the epoch is an unset field, not a date."""

STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?", re.S)
WORDS_AT_MOST = 12
"""A line longer than this is a sentence that mentions a date."""

YEAR = re.compile(r"\b(1[89]|20)\d\d(?!\d)|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b")
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "sv", "da", "nb", "fi", "tr", "ar", "ja", "zh"]
"""Those tried where the language of the page is not known; trying all two hundred takes seconds."""


def plausible(at: datetime | None, now: datetime) -> datetime | None:
    """The time with a zone (UTC where it states none), or ``None`` where it is unset or later than ``now``."""
    if at is None:
        return None
    try:
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        return aware if EARLIEST <= aware <= now else None
    except (OverflowError, ValueError):
        return None


def from_stamp(value: object, now: datetime) -> datetime | None:
    """A time as machines write it: ISO 8601, or the RFC 5322 form of feeds and mail."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    for reader in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return plausible(reader(text), now)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    day = STAMP.fullmatch(text)
    if not day:
        return from_words(text, now)
    try:
        return plausible(datetime(*map(int, day.groups()), tzinfo=UTC), now)  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def from_words(text: str, now: datetime, language: str | None = None) -> datetime | None:
    """A date as people write it ("12. März 2026, 14:05 Uhr"). Day, month and year must be there; "3 hours ago" is no
    date."""
    if not YEAR.search(text) or len(text.split()) > WORDS_AT_MOST:
        return None
    import dateparser

    first = (language or "").split("-")[0].lower()
    order = [first, *(code for code in LANGUAGES if code != first)] if first in LANGUAGES else LANGUAGES
    # A base is given so that no clock is read; a missing day, month or year is refused, so it never shows.
    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time", "custom-formats"],
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "DEFAULT_LANGUAGES": [],
    }
    try:
        return plausible(dateparser.parse(text, languages=order, settings=settings), now)
    except (ValueError, OverflowError, RecursionError):
        return None
