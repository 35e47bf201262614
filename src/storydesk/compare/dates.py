"""Dates as they are written in news: days of months, weekdays, "yesterday", resolved by the day the item was
published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from storydesk.model import Span

__all__ = ["Day", "clash", "days"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}

_month = (
    r"(?P<month{0}>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_weekdays = rf"(?:(?:{'|'.join(day.capitalize() for day in WEEKDAYS)}),?\s(?:the\s)?)?"
DATE = re.compile(
    r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    rf"|\b{_weekdays}{_month.format(1)}\s(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year1>\d{{4}})\b)?(?!\s?(?:million|billion|percent|%))"
    rf"|\b{_weekdays}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_month.format(2)}\b(?:,?\s(?P<year2>\d{{4}})\b)?"
    rf"|\b(?:(?P<which>last|next|this)\s)?(?P<weekday>{'|'.join(day.capitalize() for day in WEEKDAYS)})\b"
    rf"|\b(?P<relative>{'|'.join(RELATIVE)})\b"
)
AHEAD = re.compile(r"\b(?:will|shall|scheduled|due|plans?|expected|set to|going to|to be)\b")
"""Words by which a weekday lies ahead rather than behind."""

EARLY = re.compile(r"\b(?:early|early hours of|before dawn|overnight(?: (?:to|into))?)(?: on)?\s$", re.I)
LATE = re.compile(r"\blate(?: on)?\s$", re.I)
BY_NIGHT = re.compile(r",?\s(?:late|night|evening|overnight)\b")
"""Around a day: the hours that some count to the day before or after."""

OTHER_YEAR = re.compile(r",?\s(?:of\s)?(last|next)\syear\b")

NIGHT, HALF = 0.25, 0.5
"""How far, in days, the night reaches into another day, and where a day has its middle."""

HALF_YEAR = 183
"""Days: a date without a year is the one nearest to the day of publication."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a sentence, as offsets into it. ``stated`` where day and month are written; ``firm`` unless it
    is "today", "yesterday" and the like, which hang on the hour and time zone of whoever wrote them.

    It lies between ``first`` and ``last``, in days as ``date.toordinal`` counts them; ``night`` is from when to when
    the night is that it names, in the same.
    """

    span: Span
    day: date
    stated: bool
    firm: bool
    first: float
    last: float
    night: tuple[float, float] | None = None

    @property
    def when(self) -> tuple[float, float, bool, tuple[float, float] | None]:
        """What says whether it meets another: itself it meets."""
        return self.first, self.last, self.firm, self.night

    def meets(self, other: Day) -> bool:
        """Whether both may be one time: "late Tuesday" and "early Wednesday" are. What is not firm may be a day off."""
        if self.night and other.night:
            return self.night[0] < other.night[1] and other.night[0] < self.night[1]
        slack = 0 if self.firm and other.firm else 1
        return self.first - slack < other.last and other.first - slack < self.last


@lru_cache(maxsize=16_384)
def days(sentence: str, published: datetime | None) -> tuple[Day, ...]:
    """The days a sentence names; those that cannot be placed in the calendar (no year and no publication day) are
    left out."""
    return tuple(_days(sentence, published.date() if published else None))


def _days(sentence: str, published: date | None) -> Iterator[Day]:
    for found in DATE.finditer(sentence):
        span = Span(*found.span())
        if found["iso"]:
            placed = _valid(*map(int, found["iso"].split("-")))
        elif found["day1"] or found["day2"]:
            n = 1 if found["day1"] else 2
            month = MONTHS.index(found[f"month{n}"][:3].casefold()) + 1
            year = found[f"year{n}"] or _other_year(sentence, span.end, published)
            placed = _placed(year, month, int(found[f"day{n}"]), published)
        elif found["relative"]:
            placed = published + timedelta(RELATIVE[found["relative"]]) if published else None
        else:
            placed = _weekday(found, sentence, published)
        if placed:
            stated = not (found["weekday"] or found["relative"])
            first = placed.toordinal()
            night = _night(sentence, span, first)
            yield Day(span, placed, stated, not found["relative"], first, first + 1, night)


def _night(sentence: str, span: Span, day: int) -> tuple[float, float] | None:
    """From when to when the night is that the words around a day speak of, in days."""
    if EARLY.search(sentence, 0, span.start):
        return day - NIGHT, day + HALF
    if LATE.search(sentence, 0, span.start) or BY_NIGHT.match(sentence, span.end):
        return day + HALF, day + 1 + NIGHT
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _other_year(sentence: str, end: int, published: date | None) -> str | None:
    """The year that words behind a date give it ("June 12 last year")."""
    found = OTHER_YEAR.match(sentence, end)
    if not found or not published:
        return None
    return str(published.year + (-1 if found[1] == "last" else 1))


def _placed(year: str | None, month: int, day: int, published: date | None) -> date | None:
    if year:
        return _valid(int(year), month, day)
    if published is None:
        return None
    near = [_valid(published.year + step, month, day) for step in (0, -1, 1)]
    return next((one for one in near if one and abs((one - published).days) <= HALF_YEAR), None)


def _weekday(found: re.Match[str], sentence: str, published: date | None) -> date | None:
    if published is None or found["which"] == "last":  # "last Friday" is one of two, as people use it
        return None
    back = (published.weekday() - WEEKDAYS.index(found["weekday"].casefold())) % 7
    ahead = found["which"] == "next" or AHEAD.search(sentence[: found.start()])
    return published + timedelta((7 - back) % 7 if ahead else -back)


def clash(first: tuple[Day, ...], second: tuple[Day, ...]) -> tuple[Day, Day] | None:
    """The two days of aligned sentences that cannot both be right, where each names only one."""
    if len({day.day for day in first}) != 1 or len({day.day for day in second}) != 1:
        return None
    return None if first[0].meets(second[0]) else (first[0], second[0])
