"""Who published when, as a drawing: geometry only, in user units of the SVG; the template draws it.

One lane an outlet, time from left to right. A filled dot is the first report of an independent origin, a hollow one
repeats an origin that was there already, a stroke is a revision. Under the lanes stands the volume: items in each of
a few dozen equal spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from storydesk.coverage import CoveredItem
from storydesk.site.present.frame import Frame

__all__ = ["Bar", "Chart", "Dot", "Lane", "Spark", "Tick", "chart", "spark"]

WIDE: Final = 720
NARROW: Final = 340
"""Widths of the two drawings: one for a column of text, one for a phone. Each is shown at about its own size, so
type stays legible.
"""

LABELS: Final = 190
"""Width kept for outlet names left of the lanes in the wide drawing; in the narrow one they stand above their lane."""

EDGE: Final = 10
LANE_WIDE: Final = 26
LANE_NARROW: Final = 38
VOLUME: Final = 44
AXIS: Final = 24
SPANS: Final = 36
LONGEST_NAME: Final = 27

STEPS: Final = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12)),
    *(timedelta(days=days) for days in (1, 2, 5, 10, 30, 90, 365, 3650)),
)
"""What the time axis may be divided by: the divisions of a clock and a calendar that people count in."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A publication or a revision."""

    x: float
    what: Literal["first", "again", "revised"]
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Lane:
    """An outlet's line."""

    y: float
    label: str
    label_x: float
    label_y: float
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A division of the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of the volume."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing; ``name`` is ``wide`` or ``narrow``."""

    name: str
    width: int
    height: float
    left: float
    right: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    base: float
    description: str

    @property
    def revised(self) -> bool:
        """Whether a revision is drawn."""
        return any(dot.what == "revised" for lane in self.lanes for dot in lane.dots)


@dataclass(frozen=True, slots=True)
class Spark:
    """The same in one line of a list: dots between 0 and ``width``."""

    width: int
    dots: tuple[Dot, ...]
    title: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """Time to user units."""

    first: datetime
    last: datetime
    left: float
    right: float

    def __call__(self, at: datetime) -> float:
        share = (at - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 1)


def chart(frame: Frame, width: int) -> Chart | None:
    """The drawing at a width; ``None`` where no time of publication is known."""
    times = _times(frame)
    if not times:
        return None
    narrow = width == NARROW
    scale = _Scale(*_range(times), left=EDGE if narrow else LABELS, right=width - EDGE)
    lanes = _lanes(frame, scale, narrow)
    base = lanes[-1].y + (14 if narrow else 18) + VOLUME
    published = [item.published for item in frame.coverage.items if item.published]
    return Chart(
        name="narrow" if narrow else "wide",
        width=width,
        height=base + AXIS,
        left=scale.left,
        right=scale.right,
        lanes=lanes,
        ticks=_ticks(scale, 4 if narrow else 6),
        bars=_bars(published, scale.first, scale.last, (scale.left, scale.right), base),
        base=base,
        description=_description(frame),
    )


def spark(items: Sequence[CoveredItem], width: int = 132) -> Spark | None:
    """Dots for a front page: each item of a story by its time. ``None`` where no times are known."""
    timed = sorted((item.published, item.origin) for item in items if item.published)
    if not timed:
        return None
    scale = _Scale(*_range([at for at, _ in timed]), left=5, right=width - 5)
    seen: set[str] = set()
    dots = []
    for at, origin in timed:
        dots.append(Dot(scale(at), "again" if origin in seen else "first", "", ""))
        seen.add(origin)
    hours = (timed[-1][0] - timed[0][0]) / timedelta(hours=1)
    span = f"over {hours / 24:.0f} days" if hours > 48 else f"within {max(1, round(hours))} h"
    pieces = "1 item" if len(timed) == 1 else f"{len(timed)} items {span}"
    return Spark(width, tuple(dots), f"{pieces}, {len(seen)} independent")


def _bars(
    times: Sequence[datetime], first: datetime, last: datetime, across: tuple[float, float], base: float
) -> tuple[Bar, ...]:
    """How many in each of the equal spans between ``first`` and ``last``; empty ones are left out."""
    left, right = across
    step = (right - left) / SPANS
    counts: dict[int, int] = {}
    for at in times:
        place = min(SPANS - 1, int((at - first) / (last - first) * SPANS))
        counts[place] = counts.get(place, 0) + 1
    most = max(counts.values(), default=1)
    return tuple(
        Bar(
            x=round(left + place * step + 0.75, 1),
            y=round(base - VOLUME * 0.8 * number / most, 1),
            width=round(step - 1.5, 1),
            height=round(VOLUME * 0.8 * number / most, 1),
            title=f"{number} item{'s' if number > 1 else ''}",
        )
        for place, number in sorted(counts.items())
    )


def _times(frame: Frame) -> list[datetime]:
    published = [item.published for item in frame.coverage.items if item.published]
    revised = [moment.at for moment in frame.coverage.timeline if moment.what == "revised"]
    return published + revised if published else []


def _range(times: Sequence[datetime]) -> tuple[datetime, datetime]:
    """From the first to the last, and never less than an hour, so that a single item stands in the middle."""
    first, last = min(times), max(times)
    short = max(timedelta(0), timedelta(hours=1) - (last - first)) / 2
    return first - short, last + short


def _lanes(frame: Frame, scale: _Scale, narrow: bool) -> tuple[Lane, ...]:
    dots: dict[str, list[Dot]] = {}
    for item in frame.in_time:
        line = dots.setdefault(item.source, [])
        if item.published:
            what: Literal["first", "again"] = "first" if item.id in frame.firsts else "again"
            line.append(Dot(scale(item.published), what, f"{_at(item.published)}: {item.title}", _anchor(item.id)))
    for moment in frame.coverage.timeline:
        if moment.what == "revised" and moment.item in frame.items:
            revised = frame.items[moment.item]
            title = f"{_at(moment.at)}: revised: {revised.title}"
            dots[revised.source].append(Dot(scale(moment.at), "revised", title, _anchor(moment.item)))
    height = LANE_NARROW if narrow else LANE_WIDE
    lanes = []
    for place, (outlet, line) in enumerate(dots.items()):
        y = place * height + (28 if narrow else 16)
        label = outlet if len(outlet) <= LONGEST_NAME else outlet[: LONGEST_NAME - 1].rstrip() + "…"
        label_x, label_y = (EDGE - 6, y - 11) if narrow else (LABELS - 16, y + 4)
        lanes.append(Lane(y, label, label_x, label_y, tuple(line)))
    return tuple(lanes)


def _ticks(scale: _Scale, most: int) -> tuple[Tick, ...]:
    length = scale.last - scale.first
    step = next((step for step in STEPS if length / step <= most), STEPS[-1])
    midnight = scale.first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + step * ((scale.first - midnight) // step + 1)
    ticks = []
    while at < scale.last:
        label = f"{at.day} {at:%b}" if step >= timedelta(days=1) else f"{at:%H:%M}"
        if step < timedelta(days=1) and at.hour == 0 and at.minute == 0:
            label = f"{at.day} {at:%b}"
        if step >= timedelta(days=30):
            label = f"{at:%b %Y}"
        ticks.append(Tick(scale(at), label))
        at += step
    return tuple(ticks)


def _description(frame: Frame) -> str:
    first, outlets = frame.in_time[0], len(frame.coverage.outlets)
    counted = f"{len(frame.coverage.items)} items by {outlets} outlet{'s' if outlets != 1 else ''}"
    return f"{counted}, the first by {first.source}, {_at(first.published)}." if first.published else f"{counted}."


def _at(at: datetime) -> str:
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %H:%M}"


def _anchor(item: str) -> str:
    return f"#item-{item}"
