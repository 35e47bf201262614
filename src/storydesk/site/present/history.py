"""How often something was named over time: a drawing with its axes, geometry only, and the same as lines of a table.

Each column is a whole hour, day, week, month or year (UTC), whichever makes a few dozen of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from storydesk.site.present.chart import NARROW, WIDE, Bar, Tick

__all__ = ["Count", "Drawing", "History", "history"]

TALL: Final = 96
LEFT: Final = 34
RIGHT: Final = 10
TOP: Final = 12
AXIS: Final = 24
THICKEST: Final = 34.0

COLUMNS: Final = 48
"""More columns than these are made of the next longer unit."""

OLDEST: Final = timedelta(days=366 * COLUMNS)
"""What is dated so long before the newest is left out: outlets date a few of their pieces to 1970."""


@dataclass(frozen=True, slots=True)
class Count:
    """A line of the table: a span of time and the items of it."""

    label: str
    items: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The columns at a width; ``name`` is ``wide`` or ``narrow``."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    base: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The drawings and the table; ``most`` items stand in the highest column, each of which is a ``unit`` of time."""

    unit: str
    most: int
    total: int
    first: datetime
    last: datetime
    drawings: tuple[Drawing, ...]
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    start: Callable[[datetime], datetime]
    next: Callable[[datetime], datetime]
    label: Callable[[datetime], str]
    short: Callable[[datetime], str]


def history(times: Sequence[datetime]) -> History | None:
    """What the times of items come to; ``None`` for no times."""
    if not times:
        return None
    last = max(times)
    recent = [at.astimezone(UTC) for at in times if last - at <= OLDEST]
    unit, columns = _columns(min(recent), max(recent))
    found = Counter(unit.start(at) for at in recent)
    most = max(found.values())
    return History(
        unit=unit.name,
        most=most,
        total=len(recent),
        first=min(recent),
        last=max(recent),
        drawings=tuple(_drawing(unit, columns, found, width) for width in (WIDE, NARROW)),
        counts=tuple(Count(unit.label(at), found[at]) for at in columns if found[at]),
    )


def _columns(first: datetime, last: datetime) -> tuple[_Unit, list[datetime]]:
    """The shortest unit of which there are few enough, and the beginning of each."""
    for unit in UNITS:
        columns = [unit.start(first)]
        while (after := unit.next(columns[-1])) <= last and len(columns) <= COLUMNS:
            columns.append(after)
        if len(columns) <= COLUMNS:
            break
    return unit, columns


def _drawing(unit: _Unit, columns: Sequence[datetime], found: Counter[datetime], width: int) -> Drawing:
    step = (width - LEFT - RIGHT) / len(columns)
    thick = min(THICKEST, max(1.0, step - 2))
    most, base = max(found.values()), TOP + TALL
    every = -(-len(columns) // (8 if width == WIDE else 4))
    middles = [LEFT + (place + 0.5) * step for place in range(len(columns))]
    bars = tuple(
        Bar(
            x=round(middle - thick / 2, 1),
            y=round(base - TALL * found[at] / most, 1),
            width=round(thick, 1),
            height=round(TALL * found[at] / most, 1),
            title=f"{unit.label(at)}: {found[at]} item{'s' if found[at] > 1 else ''}",
        )
        for middle, at in zip(middles, columns, strict=True)
        if found[at]
    )
    ticks = [Tick(round(middles[at], 1), unit.short(columns[at])) for at in range(0, len(columns), every)]
    if unit.name == "hour" and len(columns) < 4:
        ticks[0] = Tick(ticks[0].x, f"{_short_day(columns[0])}, {columns[0]:%H:%M}")
    name = "wide" if width == WIDE else "narrow"
    return Drawing(name, width, base + AXIS, LEFT, width - RIGHT, TOP, base, bars, tuple(ticks))


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _monday(at: datetime) -> datetime:
    return _midnight(at) - timedelta(days=at.weekday())


def _first_of_month(at: datetime) -> datetime:
    return _midnight(at).replace(day=1)


def _new_year(at: datetime) -> datetime:
    return _midnight(at).replace(month=1, day=1)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _short_day(at: datetime) -> str:
    return f"{at.day} {at:%b}"


UNITS: Final = (
    _Unit(
        "hour",
        lambda at: at.replace(minute=0, second=0, microsecond=0),
        lambda at: at + timedelta(hours=1),
        lambda at: f"{_day(at)}, {at:%H:%M}",
        lambda at: f"{at:%H:%M}" if at.hour else _short_day(at),
    ),
    _Unit("day", _midnight, lambda at: at + timedelta(days=1), _day, _short_day),
    _Unit("week", _monday, lambda at: at + timedelta(days=7), lambda at: f"week of {_day(at)}", _short_day),
    _Unit(
        "month",
        _first_of_month,
        lambda at: _first_of_month(at + timedelta(days=31)),
        lambda at: f"{at:%B %Y}",
        lambda at: f"{at:%b %Y}",
    ),
    _Unit(
        "year", _new_year, lambda at: _new_year(at + timedelta(days=366)), lambda at: f"{at:%Y}", lambda at: f"{at:%Y}"
    ),
)
