"""Where a place lies: a small map, drawn on the server. Geometry only, in user units of the SVG.

The land around the place, with the place's country set off, and a dot; of a country, its own largest part fills the
map. Longitudes are narrowed by the cosine of the middle latitude, so shapes look as they do on a globe.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from storydesk.model import Entity, Place
from storydesk.recognise.places import kind_of
from storydesk.site.outlines import Outline, outlines

__all__ = ["HEIGHT", "WIDTH", "Locator", "locator"]

WIDTH: Final = 280
HEIGHT: Final = 150

AROUND: Final = 22.0
"""Degrees from the top of the map to its foot, for a town: enough to see which coast or border it is near."""

LEAST: Final = 6.0
MOST: Final = 60.0
"""The same for the smallest and the largest country."""

MARGIN: Final = 1.4
"""How much more than a country the map of it shows."""

NORTHERNMOST: Final = 75.0
"""Latitude at which the narrowing ends, that no map becomes a line."""

EDGE: Final = 3.0
"""Units around the map in which outlines go on, so that their cut edges are out of sight."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Locator:
    """The map: the paths of all land and of the place's own country, and its dot."""

    land: str
    own: str
    dot: Point | None
    title: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _View:
    """Degrees to units: ``scale`` units a degree of latitude, ``narrow`` of that a degree of longitude."""

    middle: Point
    scale: float
    narrow: float

    def __call__(self, point: Point, turn: float) -> Point:
        """``turn`` is added to the longitude: land beyond the date line."""
        x = WIDTH / 2 + (point[0] + turn - self.middle[0]) * self.narrow * self.scale
        return x, HEIGHT / 2 - (point[1] - self.middle[1]) * self.scale

    def reaches(self, land: Outline, turn: float) -> bool:
        """Whether any of it can be on the map."""
        (left, foot), (right, top) = self((land.west, land.south), turn), self((land.east, land.north), turn)
        return left <= WIDTH and right >= 0 and top <= HEIGHT and foot >= 0


@lru_cache(maxsize=512)
def locator(entity: Entity) -> Locator | None:
    """The map of a place; ``None`` for what is no place, or lies nobody knows where."""
    if entity.type != "place":
        return None
    whole = kind_of(entity) == "country"
    largest = _largest(entity.country) if whole and entity.country else ()
    if not largest and not _real(entity.place):
        return None
    view = _fitting(largest) if largest else _around(entity.place)
    land = _path(view, (each for each in outlines() if not each.code or each.code != entity.country))
    own = _path(view, (each for each in outlines() if each.code and each.code == entity.country))
    dot = None
    if entity.place and not largest:
        x, y = view((entity.place.longitude, entity.place.latitude), 0)
        dot = round(x, 1), round(y, 1)
    return Locator(land, own, dot, _title(entity, whole))


def _title(entity: Entity, whole: bool) -> str:
    country = next((fact.value for fact in entity.facts if fact.label == "Country"), "")
    inside = f", {country}," if country and not whole else ""
    return f"Map: {entity.name}{inside} and the land around it"


def _real(place: Place | None) -> bool:
    return place is not None and abs(place.latitude) <= 90 and abs(place.longitude) <= 180


def _largest(code: str) -> Sequence[Point]:
    """The ring of a country that covers most: France without Guiana."""
    return max((each.ring for each in outlines() if each.code == code), key=_area, default=())


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum((x + 180) * other_y - (other_x + 180) * y for (x, y), (other_x, other_y) in pairs))


def _fitting(ring: Sequence[Point]) -> _View:
    east, north = [x for x, _ in ring], [y for _, y in ring]
    middle = (min(east) + max(east)) / 2, (min(north) + max(north)) / 2
    narrow = _narrow(middle[1])
    tall, wide = max(north) - min(north), (max(east) - min(east)) * narrow
    shown = min(MOST, max(LEAST, MARGIN * max(tall, wide * HEIGHT / WIDTH)))
    return _View(middle, HEIGHT / shown, narrow)


def _around(place: Place | None) -> _View:
    assert place is not None, "asked for only where a place is known"
    return _View((place.longitude, place.latitude), HEIGHT / AROUND, _narrow(place.latitude))


def _narrow(latitude: float) -> float:
    return math.cos(math.radians(min(abs(latitude), NORTHERNMOST)))


def _path(view: _View, lands: Iterable[Outline]) -> str:
    """What lies on the map as one SVG path of whole units, each line as steps from point to point."""
    parts = []
    for land in lands:
        for turn in (-360.0, 0.0, 360.0):
            if not view.reaches(land, turn):
                continue
            inside = _cut([view(point, turn) for point in land.ring])
            points = [point for at, point in enumerate(inside) if at == 0 or point != inside[at - 1]]
            if len(points) > 2:
                parts.append(_steps(points))
    return "".join(parts)


def _steps(points: Sequence[tuple[int, int]]) -> str:
    (x, y), *rest = points
    steps = []
    for east, south in rest:
        steps.append(f"{east - x} {south - y}")
        x, y = east, south
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def _cut(points: list[Point]) -> list[tuple[int, int]]:
    """A ring cut at the four edges of the map (Sutherland and Hodgman, 1974), rounded to whole units."""
    edges = ((0, -EDGE, 1), (0, WIDTH + EDGE, -1), (1, -EDGE, 1), (1, HEIGHT + EDGE, -1))
    for axis, edge, side in edges:
        kept: list[Point] = []
        for at, point in enumerate(points):
            before = points[at - 1]
            was, stays = (before[axis] - edge) * side >= 0, (point[axis] - edge) * side >= 0
            if was != stays:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if stays:
                kept.append(point)
        points = kept
        if not points:
            return []
    return [(round(x), round(y)) for x, y in points]
