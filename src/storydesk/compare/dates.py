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

HALF_YEAR = 183
"""Days: a date without a year is the one nearest to the day of publication."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a sentence, as offsets into it. ``stated`` where day and month are written; ``firm`` unless it
    is "today", "yesterday" and the like, which hang on the hour and time zone of whoever wrote them."""

    span: Span
    day: date
    stated: bool
    firm: bool


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
            placed = _placed(found[f"year{n}"], month, int(found[f"day{n}"]), published)
        elif found["relative"]:
            placed = published + timedelta(RELATIVE[found["relative"]]) if published else None
        else:
            placed = _weekday(found, sentence, published)
        if placed:
            yield Day(span, placed, not (found["weekday"] or found["relative"]), firm=not found["relative"])


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


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
    """The two days of aligned sentences that cannot both be right, where each names only one.

    What is not firm clashes from two days on.
    """
    if len({day.day for day in first}) != 1 or len({day.day for day in second}) != 1:
        return None
    one, two = first[0], second[0]
    apart = abs((one.day - two.day).days)
    return (one, two) if apart > (0 if one.firm and two.firm else 1) else None
