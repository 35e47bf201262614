"""The times of feeds as they are written: RFC 822 in all its variants, ISO 8601 and W3C-DTF, asctime."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

__all__ = ["read_time"]

MONTHS = {
    **{"jan": "01", "feb": "02", "mar": "03", "apr": "04", "may": "05", "jun": "06"},
    **{"jul": "07", "aug": "08", "sep": "09", "oct": "10", "nov": "11", "dec": "12"},
}

HOURS = {
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8},
    **{"hst": -10, "bst": 1, "wet": 0, "west": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3},
    **{"msk": 3, "sast": 2, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13},
}
"""Zones by the names that feeds give them, in hours east of Greenwich; any other name counts as Greenwich."""

CLOCK = r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
RFC_822 = re.compile(
    rf"(?:[^\W\d]{{2,12}}\.?(?:,\s*|\s+))?(\d{{1,2}})[\s-]+([A-Za-z]{{3}})[a-z]*\.?,?[\s-]+(\d{{4}}|\d\d)(?:[\s,T]+{CLOCK})?\s*(.*)"
)
ASCTIME = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s+)?([A-Za-z]{{3}})[a-z]*\.?\s+(\d{{1,2}}),?\s+(?:{CLOCK}\s*([A-Za-z]{{0,5}})\s+(\d{{4}})|(\d{{4}})(?:,?\s+{CLOCK})?\s*(.*))"
)
ISO = re.compile(rf"(\d{{4}})(?:-?(\d\d)(?:-?(\d\d))?)?(?:[T\s]+{CLOCK})?\s*(.*)", re.I)
OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d\d)?", re.I)


def read_time(text: str) -> datetime | None:
    """The moment that ``text`` names, aware, in UTC where it names no zone; ``None`` where it names none."""
    text = text.strip()
    try:
        at = _iso(text) if text[4:5] == "-" else _usual(text) or _rfc_822(text) or _asctime(text) or _iso(text)
        return at.replace(tzinfo=UTC) if at and not at.tzinfo else at
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        match = ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    return _at(int(year), int(month or 1), int(day or 1), (hour, minute, second), zone)


def _usual(text: str) -> datetime | None:
    """RFC 822 as nearly all feeds write it: "Mon, 02 Mar 2026 07:15:00 +0000". Python reads it quickest as ISO 8601."""
    if len(text) not in (29, 31) or not (text[:3].isascii() and text[:3].isalpha()):
        return None
    if not (text[3] == "," and text[4] == text[7] == text[11] == text[16] == text[25] == " "):
        return None
    month, zone = MONTHS.get(text[8:11].lower()), text[26:]
    if month is None or text[19] != ":" or text[22] != ":" or (zone != "GMT" and zone[0] not in "+-"):
        return None
    offset = "+00:00" if zone == "GMT" else zone
    try:
        return datetime.fromisoformat(f"{text[12:16]}-{month}-{text[5:7]}T{text[17:25]}{offset}")
    except ValueError:
        return None


def _rfc_822(text: str) -> datetime | None:
    match = RFC_822.fullmatch(text)
    if match is None or (month := MONTHS.get(match[2].lower())) is None:
        return None
    day, _, year, hour, minute, second, zone = match.groups()
    century = 0 if len(year) == 4 else 2000 if int(year) < 50 else 1900  # RFC 2822, 4.3
    return _at(century + int(year), int(month), int(day), (hour, minute, second), zone)


def _asctime(text: str) -> datetime | None:
    match = ASCTIME.fullmatch(text)
    if match is None or (month := MONTHS.get(match[1].lower())) is None:
        return None
    _, day, hour, minute, second, zone, year, later_year, *rest = match.groups()
    if later_year:
        hour, minute, second, zone = rest
    return _at(int(year or later_year), int(month), int(day), (hour, minute, second), zone)


def _at(year: int, month: int, day: int, clock: tuple[str | None, ...], zone: str | None) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock)
    late = hour == 24 and minute == 0
    at = datetime(year, month, day, 0 if late else hour, minute, min(second, 59), tzinfo=_zone(zone or ""))
    return at + timedelta(days=1) if late else at


def _zone(name: str) -> tzinfo:
    if name in ("+0000", "GMT", "Z", ""):
        return UTC
    match = OFFSET.match(name)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    return timezone(timedelta(hours=HOURS.get(name.partition(" ")[0].lower(), 0)))
