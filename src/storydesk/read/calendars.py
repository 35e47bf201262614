"""The names of months and days in the main languages, and the years that are not counted from AD 1."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["ERAS", "LONGEST_NAME", "SEPARATORS", "Calendar", "calendar", "from_era", "from_solar", "key"]

LONGEST_NAME = 3
"""Words of the longest name of a month or a day ("יום שני", "meán fómhair")."""

HEBREW_IN = "ב"
"""Hebrew writes "in" as the first letter of the month."""

SEPARATORS = r"\s\d!-/:-@\[-`{-~·•–—−،、。（）|‘’“”«»…"
"""What stands between the words of a date, as the inside of a character class. Not \\W: vowel signs are none of \\w."""
PARTS = re.compile(f"[{SEPARATORS}]+")
JOINERS = re.compile("[\u200b-\u200d]")
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first of an era: three of Japan and the one of Taiwan."""

SOLAR_MONTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)
"""Days of the Solar Hijri months; the last has 30 in a leap year."""
SOLAR_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
"""Leap years within the cycle of 33 (right for the years 1343 to 1472, AD 1964 to 2093)."""
SOLAR_CYCLE = 33
FIRST_SOLAR_YEAR = (1343, date(1964, 3, 21))
"""A year in which the reckoning starts, and its first day in the Gregorian calendar."""


class Calendar(NamedTuple):
    """Names in the form that :func:`key` gives. ``own`` settles names that mean two months ("listopad"), by language;
    such a name is not in ``months``."""

    months: dict[str, int]
    own: dict[tuple[str, str], int]
    solar: dict[str, int]
    beside: frozenset[str]
    """Days of the week and fillers: what may stand beside a date."""
    days: frozenset[str]

    def month(self, name: str, language: str) -> int | None:
        """The number of the month of that name, or ``None`` for no month or one of several."""
        bare = name.removeprefix(HEBREW_IN)
        return self.months.get(name) or self.own.get((language, name)) or self.months.get(bare)


def key(name: str) -> str:
    """A name as it is looked up: small letters, parts joined by a blank."""
    return PARTS.sub(" ", JOINERS.sub("", name)).strip()


@cache
def calendar() -> Calendar:
    """The table of ``calendar.toml``; read once."""
    table = tomllib.loads(files("storydesk.read").joinpath("calendar.toml").read_text("utf-8"))
    named = [
        (language.split("-")[0], name, month)
        for language, names in table["months"].items()
        for name, month in _numbered(names)
    ]
    meanings: dict[str, set[int]] = {}
    for _, name, month in named:
        meanings.setdefault(name, set()).add(month)
    days = frozenset(_names(table["days"].values()))
    return Calendar(
        months={name: min(months) for name, months in meanings.items() if len(months) == 1},
        own={(language, name): month for language, name, month in named if len(meanings[name]) > 1},
        solar={name: month for names in table["solar"].values() for name, month in _numbered(names)},
        beside=days | frozenset(_names(table["fillers"].values())),
        days=days,
    )


def _numbered(names: str) -> Iterator[tuple[str, int]]:
    for month, spellings in enumerate(names.split(","), 1):
        yield from ((key(name), month) for name in spellings.split("|"))


def _names(lists: Iterable[str]) -> Iterator[str]:
    return (key(name) for names in lists for name in names.split(","))


def from_solar(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Solar Hijri one. Raises ValueError for a day that there is not."""
    first, start = FIRST_SOLAR_YEAR
    length = SOLAR_MONTHS[month - 1] + (month == len(SOLAR_MONTHS) and _leap(year))
    if not (1 <= day <= length and first <= year < first + 130):
        raise ValueError("no such day")
    leaps = sum(_leap(each) for each in range(first, year))
    return start + timedelta(365 * (year - first) + leaps + sum(SOLAR_MONTHS[: month - 1]) + day - 1)


def _leap(year: int) -> bool:
    return year % SOLAR_CYCLE in SOLAR_LEAP


def from_era(name: str, year: int) -> int:
    """The year AD of a year of an era ("令和", 6)."""
    return ERAS[name] + year
