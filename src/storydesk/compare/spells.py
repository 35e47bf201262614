"""Spells: stretches of time as news names them, placed by the day of publication: "overnight", "last week", "at the
weekend", "in February", "two days ago"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from storydesk.compare.dates import AHEAD, HALF, HALF_YEAR, MONTHS, Day
from storydesk.compare.numerals import WORDS
from storydesk.model import Span

__all__ = ["spells"]

_month = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\."
    r"|Dec\."
)
SPELL = re.compile(
    r"\b(?P<night>overnight|last night)\b"
    r"|\b(?P<which>last|this|next)\s(?P<unit>week|month|year)\b(?!-)"
    r"|\b(?P<which_>at|over|last|this|next)\s(?:the\s)?(?P<weekend>weekend)\b"
    r"|\b(?:in|since|until|by|early in|late in|of)\s(?:early\s|late\s|mid-)?"
    rf"(?P<month>{_month})(?!\s\d{{1,2}}\b)(?:,?\s(?P<year>\d{{4}})\b)?"
    r"|\b(?:in|of|during)\sthe\s(?P<decade>(?:19|20)\d0)s\b"
    r"|\b(?P<n>an?|\d{1,2}|[a-z]+)\s(?P<back>day|week|month|year)s?\s(?:ago|earlier)\b"
)
BACK = {"day": (1, 0), "week": (7, 3), "month": (30, 20), "year": (365, 250)}
"""Days that "a week ago" lies back, and how far off it may be."""


@lru_cache(maxsize=16_384)
def spells(sentence: str, published: datetime | None) -> tuple[Day, ...]:
    """The stretches of time a sentence names, each from ``first`` to ``last``; none where the day of publication is not
    known."""
    return tuple(_spells(sentence, published.date())) if published else ()


def _spells(sentence: str, published: date) -> Iterator[Day]:
    for found in SPELL.finditer(sentence):
        if found["night"]:
            stretch: tuple[date, date] | None = (published - timedelta(1), published)
        elif found["unit"]:
            stretch = _unit(found["unit"], {"last": -1, "this": 0, "next": 1}[found["which"]], published)
        elif found["weekend"]:
            stretch = _weekend(found["which_"], sentence[: found.start()], published)
        elif found["month"]:
            stretch = _in_month(found, published)
        elif found["decade"]:
            stretch = date(int(found["decade"]), 1, 1), date(int(found["decade"]) + 9, 12, 31)
        else:
            stretch = _ago(found, published)
        if stretch:
            first, last = (float(day.toordinal()) for day in stretch)
            night = (first + HALF, last + HALF) if found["night"] else None  # from one noon to the next
            yield Day(Span(*found.span()), stretch[0], bool(found["month"]), not found["back"], first, last + 1, night)


def _unit(unit: str, step: int, published: date) -> tuple[date, date]:
    if unit == "week":  # weeks begin on Sunday for some and on Monday for others
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        return monday - timedelta(1), monday + timedelta(6)
    if unit == "year":
        return date(published.year + step, 1, 1), date(published.year + step, 12, 31)
    year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
    return _month_of(year, month + 1)


def _month_of(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _weekend(which: str, before: str, published: date) -> tuple[date, date]:
    saturday = published + timedelta(5 - published.weekday())
    if which == "next" or (which != "last" and AHEAD.search(before)):
        return saturday - timedelta(1), saturday + timedelta(8)
    back = saturday if published.weekday() > 4 and which != "last" else saturday - timedelta(7)
    return back - timedelta(1), back + timedelta(1)


def _in_month(found: re.Match[str], published: date) -> tuple[date, date] | None:
    month = MONTHS.index(found["month"][:3].casefold()) + 1
    if found["year"]:
        return _month_of(int(found["year"]), month)
    near = [_month_of(published.year + step, month) for step in (0, -1, 1)]
    return next((one for one in near if abs((one[0] - published).days) <= HALF_YEAR), None)


def _ago(found: re.Match[str], published: date) -> tuple[date, date] | None:
    written = found["n"]
    n = 1.0 if written in ("a", "an") else float(written) if written.isdigit() else WORDS.get(written)
    if n is None or "earlier" in found.group():
        return None
    each, off = BACK[found["back"]]
    day = published - timedelta(int(n) * each)
    return day - timedelta(off), day + timedelta(off)
