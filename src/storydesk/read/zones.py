"""Time zones as news writes them: an offset, an abbreviation, or a name.

Where an abbreviation means several, the one that most news uses is taken: ``BST`` is British Summer Time (never
Bangladesh), ``IST`` India (never Ireland, Israel), ``CST`` and ``EST`` North America (never China, Cuba, Australia),
``AST`` Atlantic (never Arabia), ``GST`` the Gulf, ``MST`` Mountain, ``PST`` Pacific (never the Philippines), ``WST``
Western Australia, ``ECT`` Ecuador. ``ET``, ``CT``, ``MT`` and ``PT`` are the hour of clocks there, summer or winter; so
is ``UK``.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

__all__ = ["FEWEST", "MOST", "ZONE", "zone_of"]

HOURS: dict[str, float] = {
    name: hours
    for hours, names in (
        (-10, "hst"),
        (-9, "akst"),
        (-8, "pst akdt"),
        (-7, "mst pdt"),
        (-6, "cst mdt"),
        (-5, "cot pet ect est cdt"),
        (-4, "clt bot vet ast edt"),
        (-3.5, "nst"),
        (-3, "brt art uyt clst adt"),
        (-2.5, "ndt"),
        (0, "z utc gmt ut wet"),
        (1, "west bst cet mez wat"),
        (2, "cest mesz eet cat sast"),
        (3, "eest msk мск trt eat"),
        (3.5, "irst"),
        (4, "gst"),
        (4.5, "aft"),
        (5, "pkt uzt almt"),
        (5.5, "ist"),
        (5.75, "npt"),
        (6, "bdt"),
        (7, "ict wib"),
        (8, "wita hkt sgt myt pht awst wst"),
        (9, "wit jst kst"),
        (9.5, "acst"),
        (10, "aest"),
        (10.5, "acdt"),
        (11, "aedt"),
        (12, "nzst"),
        (13, "nzdt"),
    )
    for name in names.split()
}
"""Hours ahead of UTC."""

CLOCKS = {"et": -5, "ct": -6, "mt": -7, "pt": -8}
"""North American clocks: their hours in winter."""
BRITISH = "uk"
NAMED = {"eastern": "et", "central": "ct", "mountain": "mt", "pacific": "pt"}
FEWEST, MOST = -12, 14
"""Hours that a place on earth can be behind and ahead of UTC."""

ZONE = re.compile(
    r"[\s,(\[]*(?:(?:(?:utc|gmt|z)\s*)?(?P<offset>[+\-−–]\d{1,2}(?::?\d\d)?)(?![\d-])(?:\s*\([^)]{1,40}\)|\s+[a-z]{3,4}(?![a-z]))?"
    r"|(?P<named>eastern|central|mountain|pacific)(?:\s+(?:standard|daylight))?\s+time"
    r"|(?P<short>[a-z]{1,4}|мск)(?![\w+-]))[)\]]*"
)
"""What may follow a time, in small letters; :func:`zone_of` says whether it is a zone."""


def zone_of(match: re.Match[str], local: datetime) -> timezone | None:
    """The zone that a match of ``ZONE`` names, at a local time without a zone; ``None`` where it names none."""
    if match["offset"]:
        return _offset(match["offset"])
    short = NAMED.get(match["named"] or "") or match["short"] or ""
    if short == BRITISH:
        return timezone(timedelta(hours=1)) if _european_summer(local) else UTC
    if short in CLOCKS:
        return timezone(timedelta(hours=CLOCKS[short] + _summer(local)))
    hours = HOURS.get(short)
    return None if hours is None else timezone(timedelta(hours=hours)) if hours else UTC


def _offset(written: str) -> timezone | None:
    sign = 1 if written[0] == "+" else -1
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    ahead = sign * (hours + minutes / 60)
    if minutes >= 60 or not FEWEST <= ahead <= MOST:
        return None
    return timezone(timedelta(hours=ahead)) if ahead else UTC


def _summer(local: datetime) -> bool:
    """Whether North America is on summer time: from the second Sunday of March to the first of November, at two."""
    march, november = datetime(local.year, 3, 8, 2), datetime(local.year, 11, 1, 2)  # noqa: DTZ001 local by meaning
    start = march + timedelta((6 - march.weekday()) % 7)
    end = november + timedelta((6 - november.weekday()) % 7)
    return start <= local < end


def _european_summer(local: datetime) -> bool:
    """Whether Britain is on summer time: from the last Sunday of March at one to the last of October at two."""
    march, october = datetime(local.year, 3, 31, 1), datetime(local.year, 10, 31, 2)  # noqa: DTZ001 local by meaning
    start, end = (last - timedelta((last.weekday() + 1) % 7) for last in (march, october))
    return start <= local < end
