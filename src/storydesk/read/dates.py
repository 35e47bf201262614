"""When something was published: never in the future, never a guess, always with a zone.

One reader for what machines and people write: the parts of a date are told apart by their form and by the names of
months in sixty languages (:mod:`storydesk.read.days`, :mod:`storydesk.read.clock`), and what is left of the line must
say nothing else. It takes microseconds, where a general parser takes milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from storydesk.read.clock import Clock, clock_in
from storydesk.read.days import Day, by_names, by_numbers, region_by_numbers, says_nothing
from storydesk.read.zones import FEWEST, MOST, zone_of

__all__ = ["YEAR", "from_stamp", "from_words", "is_swapped", "on_day", "plausible", "region_by_numbers"]

EARLIEST = datetime(1970, 1, 3, tzinfo=UTC)
"""A date at the epoch is an unset field, not a date."""

LONGEST = 120
"""Code points of a line that is nothing but a date."""
WORDS_AT_MOST = 12
"""A line longer than this is a sentence that mentions a date."""

YEAR = re.compile(
    r"\b(?:1[89]|20)\d\d(?!\d)|\b\d{1,2}[./-]\d{1,2}[./-]\d\d\b|[۱١][۳٣۴٤]\d\d(?!\d)|[۲٢][۰٠]\d\d(?!\d)"
    r"|\b1[34]\d\d[/-]\d\d?[/-]\d\d?\b|[\u0e00-\u0e7f].{0,12}25\d\d|(?:令和|平成|昭和|民國|民国)\s?\d"
)
"""What a line has that holds a whole date: a year (of whichever calendar and digits), or a numeric date with a short
one."""

STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
EPOCH = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u061c"))
ZEROS = "٠۰߀०০੦૦୦௦౦೦൦๐໐၀០"
DIGITS = {ord(zero) + value: str(value) for zero in ZEROS for value in range(10)}


def plausible(at: datetime | None, now: datetime) -> datetime | None:
    """The time with a zone (UTC where it states none), or ``None`` where it is unset or later than ``now``."""
    if at is None:
        return None
    try:
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        return aware if EARLIEST <= aware <= now else None
    except (OverflowError, ValueError):
        return None


def on_day(at: datetime, printed: datetime) -> datetime | None:
    """The moment in a zone in which it falls on the day that is printed for it: that of the print, else the nearest to
    UTC. A moment that states a zone of its own stays in it, were it a day off; ``None`` where the two have no day in
    common."""
    if at.utcoffset():
        return at if abs(at.date() - printed.date()) <= timedelta(days=1) else None
    zones = (timezone(timedelta(hours=hours)) for hours in sorted(range(FEWEST, MOST + 1), key=abs))
    places = (at.astimezone(zone) for zone in (printed.tzinfo, *zones))
    return next((there for there in places if there.date() == printed.date()), None)


def is_swapped(one: datetime, other: datetime) -> bool:
    """Whether two times differ by the order in which day and month were read."""
    return (one.year, one.month, one.day) == (other.year, other.day, other.month) and one.day != one.month


def from_stamp(value: object, now: datetime, language: str | None = None) -> datetime | None:
    """A time as machines write it: ISO 8601, the RFC 5322 form of feeds and mail, digits alone, seconds since 1970;
    else as people write it."""
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    if not text:
        return None
    try:
        if text.isascii() and text[0].isdigit() and "." not in text[:10] and (at := _of_digits(text)):
            return plausible(at, now)
    except (ValueError, OverflowError, OSError):
        return None
    try:
        return plausible(datetime.fromisoformat(text), now)
    except ValueError:
        return from_words(text, now, language)


def _of_digits(text: str) -> datetime | None:
    if stamp := STAMP.fullmatch(text):
        return datetime(*(int(part) for part in stamp.groups() if part), tzinfo=UTC)  # type: ignore[arg-type,misc]
    epoch = EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(epoch[1]), UTC) if epoch else None


def from_words(text: str, now: datetime, language: str | None = None) -> datetime | None:
    """A date as people write it ("12. März 2026, 14:05 Uhr"). Day, month and year must be there; "3 hours ago" is no
    date.

    Nothing but the date, a time, a zone and a day of the week may stand in the line. ``language`` (BCP 47, maybe with a
    region) decides what 5/12/2024 means; where it does not, and neither reading lies in the future, it is unknown.
    """
    if len(text) > LONGEST or not any(map(str.isdigit, text)) or len(text.split()) > WORDS_AT_MOST:
        return None
    return _of_words(text, now, language)


@lru_cache(1_024)
def _of_words(text: str, now: datetime, language: str | None) -> datetime | None:
    """What a line says; a page says the same in its lines, in their pieces and in its elements."""
    tongue, _, region = (language or "").replace("_", "-").partition("-")
    for day, clock in _readings(_plain(text), tongue.lower(), region.upper()[-2:], now):
        if says_nothing(day.rest):
            return plausible(_joined(day.day, clock), now)
    return None


def _readings(line: str, language: str, region: str, now: datetime) -> Iterator[tuple[Day, Clock | None]]:
    """The ways to read a line: by its numbers, else, its time taken out, by the name of a month."""
    if found := by_numbers(line, language, region, now):
        clock, rest = clock_in(found.rest)
        yield Day(found.day, rest), clock
    clock, rest = clock_in(line)
    if found := by_names(rest, language):
        yield found, clock


def _plain(text: str) -> str:
    """Compatibility forms, small letters, ASCII digits, no marks of direction."""
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold().translate(DIGITS)


def _joined(day: date, clock: Clock | None) -> datetime:
    """The moment; midnight where no time is given, UTC where no zone is."""
    local = datetime.combine(day, clock.at if clock else time())
    zone = zone_of(clock.zone, local) if clock and clock.zone else None
    return local.replace(tzinfo=zone or UTC)
