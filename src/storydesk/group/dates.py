"""The days of which a piece speaks: the date that it states of itself, and the days of the week that it names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files

__all__ = ["stated_date", "weekdays"]

HEAD = 400
"""Code points: past the first lines a date is more likely that of something told."""

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)\b"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
MONTH_FIRST = re.compile(rf"\b{MONTH} {DAY}\s*,?\s+{YEAR}", re.IGNORECASE)
DAY_FIRST = re.compile(rf"\b{DAY} (?:of )?{MONTH},? {YEAR}", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"\b{YEAR} ?[-/.] ?(?P<month>\d{{1,2}}) ?[-/.] ?{DAY}\b")
FIGURES = re.compile(r"(?<!\d)(?P<first>\d{1,2}) ?[/.] ?(?P<second>\d{1,2}) ?[/.] ?(?P<year>(?:20)?\d\d)(?!\d)")

LETTER = r"[^\W\d_]"
INSIDE = "['’-]"
"""What a word holds between two letters."""


def stated_date(text: str) -> date | None:
    """The first full date in the head of a text, English month names or figures; ``None`` where there is none or it is
    ambiguous."""
    head = text[:HEAD]
    forms: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
        (MONTH_FIRST, _named),
        (DAY_FIRST, _named),
        (YEAR_FIRST, lambda found: _date(found["year"], found["month"], found["day"])),
        (FIGURES, _figures),
    )
    for form, reading in forms:
        if found := form.search(head):
            return reading(found)
    return None


def weekdays(text: str, language: str | None) -> tuple[int, ...]:
    """The days of the week that a text names, 0 for Monday, in order and once each; as in English where the language is
    unknown, none where it is not in ``calendar.toml``."""
    told = text.casefold()
    days = enumerate(_weekdays().get(language or "en", ()))
    found = [(match.start(), day) for day, (name, word) in days if name in told and (match := word.search(told))]
    return tuple(day for _, day in sorted(found))


@cache
def _weekdays() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """By language the days from Monday on, each with the pattern that finds it as a word of its own."""
    table = tomllib.loads(files("storydesk.group").joinpath("calendar.toml").read_text("utf-8"))
    return {language: [(name, _word(name)) for name in names] for language, names in table.items()}


def _word(name: str) -> re.Pattern[str]:
    """A name that is no part of a longer word. What goes before is looked at last, which is five times as fast."""
    return re.compile(rf"{name}(?!{LETTER}|{INSIDE}{LETTER})(?<!{LETTER}{name})(?<!{LETTER}{INSIDE}{name})")


def _named(found: re.Match[str]) -> date | None:
    return _date(found["year"], MONTHS.index(found["month"].lower()) + 1, found["day"])


def _figures(found: re.Match[str]) -> date | None:
    """Day and month in figures, in the one order that makes a date; ``None`` where both do and differ."""
    year = found["year"] if len(found["year"]) == 4 else "20" + found["year"]
    either = {_date(year, found["first"], found["second"]), _date(year, found["second"], found["first"])} - {None}
    return either.pop() if len(either) == 1 else None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
