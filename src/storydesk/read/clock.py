"""The time of day in a line: 14:05, 2.05 p.m., 14h05, 14 Uhr, 下午2:05."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import NamedTuple

from storydesk.read.zones import ZONE, zone_of

__all__ = ["CUT", "Clock", "clock_in"]

CUT = " \n "
"""Stands where a part of a date was taken out, so that what stood beside it does not join."""

CLOCK = re.compile(
    r"""(?<![\d:.,/-])(?P<before>上午|午前|오전|下午|午後|오후)?\s*
    (?P<hour>\d{1,2})
    (?:\s?[:h時时点點시]\s?(?P<minute>[0-5]\d)(?:\s?[:분分]\s?(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s?[分분秒초]?
      |\.(?P<dotted>[0-5]\d)(?:\.[0-5]\d)?(?![./]?\d))?
    \s?(?P<half>[ap]\.?\s?m\b\.?|[πμ]\.?μ\.?|[صم](?!\w))?
    (?P<cue>\s?(?:uhr|hrs?|hs?|uur|[時时시])(?!\w))?(?!\d)""",
    re.X,
)
"""A time of day: with minutes, or an hour that is said to be one."""
AFTERNOON = ("下午", "午後", "오후", "p", "μ", "م")
ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 whether a name is that of a zone does not depend on the day


class Clock(NamedTuple):
    """A time of day, and what names its zone."""

    at: time
    zone: re.Match[str] | None


def clock_in(line: str) -> tuple[Clock | None, str]:
    """The time of day in a line, with what names its zone where that follows, and the line without it."""
    for match in CLOCK.finditer(line):
        minute = match["minute"] or match["dotted"]
        half = match["before"] or match["half"]
        hour = int(match["hour"])
        if not (minute or half or match["cue"]) or hour > 23:
            continue
        if half and hour <= 12:
            hour = hour % 12 + 12 * half.startswith(AFTERNOON)
        at = time(hour, int(minute or 0), int(match["second"] or 0))
        zone = ZONE.match(line, match.end())
        zone = zone if zone and zone_of(zone, ANY_DAY) else None
        return Clock(at, zone), line[: match.start()] + CUT + line[(zone or match).end() :]
    return None, line
