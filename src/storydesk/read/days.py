"""The day that a line names, in digits or with the name of a month, and what else the line says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from storydesk.read.calendars import ERAS, LONGEST_NAME, SEPARATORS, calendar, from_era, from_solar, key
from storydesk.read.clock import CUT

__all__ = ["Day", "by_names", "by_numbers", "region_by_numbers", "says_nothing"]

MONTH_FIRST = frozenset(("US", "PH", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW"))
"""Countries that write 5/12 for 12 May (Unicode CLDR)."""
EITHER = frozenset(("CA", "GH", "KE", "TG"))
"""Countries whose outlets write it either way."""
YEAR_FIRST = frozenset(("zh", "ja", "ko", "hu", "lt", "mn"))
"""Languages in which 24/05/12 may begin with the year."""

ISO = re.compile(
    r"(?<![\d.])(\d{4})(?:\s*[年년/.]\s*|-)(\d{1,2})(?:\s*[月월/.]\s*|-)(\d{1,2})(?!\d)\s*(?:[日号號일.](?!\d))?(?:t(?=\d))?"
)
ERA = re.compile(rf"({'|'.join(ERAS)})\s*(\d{{1,3}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日")
VIETNAMESE = re.compile(r"(\d{1,2})\s*th(?:áng|ang|g)\s*(\d{1,2})\s*[,./-]?\s*(?:năm\s*)?(\d{4})(?!\d)")
NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d|[./-]\d)\.?")
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|o|a|\.?-?(?:го|й|ого|е|те)|:?e|\s[md]\.)(?![^\W\d_])")
"""What follows a number and says that it counts: 12th, 1er, 12-го, 2024 m."""
TOKEN = re.compile(rf"\d+|[^{SEPARATORS}]+")
WEEKDAYS_CJK = re.compile(
    r"(?:星期|[周週]|礼拜|禮拜)[一二三四五六日天]|[日月火水木金土]曜日?|[일월화수목금토]요일|[(][日月火水木金土一二三四五六일월화수목금토][)]"
)
THAI_YEARS, THAI_RANGE = 543, range(2443, 2644)
"""How far the Buddhist year of Thailand is ahead, and the years that are meant so."""
SOLAR_RANGE = range(1343, 1473)
"""Years that are those of the Solar Hijri calendar."""


class Day(NamedTuple):
    """A day found in a line, and the line without it."""

    day: date
    rest: str


def by_numbers(line: str, language: str, region: str, now: datetime) -> Day | None:
    """A date of digits: 2024-05-12, 2024年5月12日, 12.5.2024, 5/12/24, or of an era. ``line`` is in small letters;
    ``now`` says which of two readings is not in the future."""
    if match := ERA.search(line):
        day = _date(from_era(match[1], int(match[2])), int(match[3]), int(match[4]))
    elif match := ISO.search(line):
        day = _date(*(int(part) for part in match.groups()))
    elif match := VIETNAMESE.search(line):
        day = _date(int(match[3]), int(match[2]), int(match[1]))
    elif match := NUMBERS.search(line):
        day = _by_order(match, language, region, now)
    else:
        return None
    return Day(day, line[: match.start()] + CUT + line[match.end() :]) if day else None


def _by_order(match: re.Match[str], language: str, region: str, now: datetime) -> date | None:
    """The day that two numbers and a year mean: as the region writes it, else by what is possible."""
    short = len(match[4]) == 2
    first, second, last = int(match[1]), int(match[3]), int(match[4])
    if short and language in YEAR_FIRST:
        return _date(_full(first, now), second, last)
    year = _full(last, now) if short else last
    readings = {"month first": _date(year, first, second), "day first": _date(year, second, first)}
    if region in MONTH_FIRST:
        order = "month first"
    elif region in EITHER or (not region and (language == "en" or (not language and match[2] != "."))):
        order = "unknown"
    else:
        order = "day first"
    possible = {day for day in readings.values() if day and day <= now.date() + timedelta(days=1)}
    chosen = readings.get(order)
    return chosen if chosen in possible else possible.pop() if len(possible) == 1 else None


def _date(year: int, month: int, day: int, *, solar: bool = False) -> date | None:
    """The Gregorian day, of whichever calendar the year is; ``None`` where there is none."""
    try:
        if solar or year in SOLAR_RANGE:
            return from_solar(year, month, day)
        return date(year - THAI_YEARS if year in THAI_RANGE else year, month, day)
    except (ValueError, IndexError):
        return None


def _full(short: int, now: datetime) -> int:
    """The year of two digits that is not later than the next."""
    century = now.year // 100 * 100
    return century + short if century + short <= now.year + 1 else century - 100 + short


def by_names(line: str, language: str) -> Day | None:
    """A date with the name of a month: 12 May 2024, May 12, 2024, 2024. május 12."""
    tokens = [key(token) if not token[0].isdigit() else token for token in TOKEN.findall(ORDINAL.sub(" ", line))]
    for start, stop, month, solar in _months(tokens, language):
        before, after = _numbers(tokens, start - 1, -1), _numbers(tokens, stop, 1)
        for day, year in _pairs(before, after):
            number, written = tokens[day], tokens[year]
            if len(number) > 2 or len(written) != 4:
                continue
            gone = {day, year, *range(start, stop)}
            if found := _date(int(written), month, int(number), solar=solar):
                return Day(found, CUT.join(token for place, token in enumerate(tokens) if place not in gone))
    return None


def _months(tokens: list[str], language: str) -> Iterator[tuple[int, int, int, bool]]:
    """Where names of months stand (half open), their number, and whether they are of the solar year. A name that is
    that of a day, too ("mar" is Tuesday and March), comes last."""
    table = calendar()
    found: list[tuple[bool, int, int, int, bool]] = []
    for start in range(len(tokens)):
        for stop in range(min(start + LONGEST_NAME, len(tokens)), start, -1):
            name = " ".join(tokens[start:stop])
            month, solar = table.month(name, language), table.solar.get(name)
            if month or solar:
                found.append((name in table.days, start, stop, month or solar or 0, not month))
                break
    yield from (each[1:] for each in sorted(found))


def _numbers(tokens: list[str], start: int, step: int) -> list[int]:
    """The places of up to two numbers beside a month, nearest first; fillers ("de", "of") may stand between."""
    places: list[int] = []
    place = start
    while 0 <= place < len(tokens) and len(places) < 2:
        if tokens[place].isdigit():
            places.append(place)
        elif tokens[place] not in calendar().beside:
            break
        place += step
    return places


def _pairs(before: list[int], after: list[int]) -> Iterator[tuple[int, int]]:
    """The places of day and year, in the orders in which they are written."""
    if before and after:
        yield before[0], after[0]
        yield after[0], before[0]
    if len(after) > 1:
        yield after[0], after[1]
    if len(before) > 1:
        yield before[0], before[1]


def says_nothing(rest: str) -> bool:
    """Whether only days of the week and words like "at" are left."""
    beside = calendar().beside
    tokens = [key(token) for token in TOKEN.findall(ORDINAL.sub(" ", WEEKDAYS_CJK.sub(" ", rest)))]
    place = 0
    while place < len(tokens):
        for stop in range(min(place + LONGEST_NAME, len(tokens)), place, -1):
            if " ".join(tokens[place:stop]) in beside:
                break
        else:
            return False
        place = stop
    return True


def region_by_numbers(text: str, language: str | None) -> str | None:
    """The language with the region that its numeric dates tell ("en-US" where 5/28/2024 occurs, "en-GB" for 28/5/2024),
    else as given: a page writes all its dates in one order."""
    if language != "en":
        return language
    orders = {
        ("en-GB" if int(match[1]) > 12 else "en-US")
        for match in NUMBERS.finditer(text)
        if (int(match[1]) > 12) != (int(match[3]) > 12)
    }
    return orders.pop() if len(orders) == 1 else language
