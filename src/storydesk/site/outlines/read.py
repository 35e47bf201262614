"""The outlines, read from ``world.json``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

import msgspec

__all__ = ["UNIT", "Outline", "Outlines", "outlines"]

UNIT = 0.05
"""Degrees of one step in the file: finer than the outlines themselves."""

Ring = tuple[tuple[float, float], ...]


class Outlines(msgspec.Struct):
    """The form of ``world.json``. ``arcs`` are lines as steps (east, north, east, north …) of :data:`UNIT` degrees, the
    first from 0, 0; a country is its rings, each a list of arcs, ``~n`` for arc ``n`` run backwards."""

    note: str
    arcs: list[list[int]]
    countries: list[tuple[str, list[list[int]]]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A ring of (longitude, latitude) in degrees around a piece of a country's land, and how far it reaches. ``code``
    is the country's ISO 3166-1 alpha-2 code, "" where it has none."""

    code: str
    ring: Ring
    west: float
    south: float
    east: float
    north: float


@cache
def outlines() -> tuple[Outline, ...]:
    """The land of all countries that are large enough to be drawn at that scale."""
    data = msgspec.json.decode(files("storydesk.site.outlines").joinpath("world.json").read_bytes(), type=Outlines)
    arcs = [_line(steps) for steps in data.arcs]
    return tuple(_outline(code, _ring(arcs, numbers)) for code, rings in data.countries for numbers in rings)


def _outline(code: str, ring: Ring) -> Outline:
    east, north = [x for x, _ in ring], [y for _, y in ring]
    return Outline(code, ring, min(east), min(north), max(east), max(north))


def _line(steps: list[int]) -> Ring:
    east, north = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((x * UNIT, y * UNIT) for x, y in zip(east, north, strict=True))


def _ring(arcs: list[Ring], numbers: list[int]) -> Ring:
    """The arcs of a ring, each of which ends where the next begins. One that crosses the date line goes on beyond 180
    degrees, and one around a pole is closed there.
    """
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    ring = [points[0]]
    for east, north in points[1:]:
        ring.append((east + 360 * round((ring[-1][0] - east) / 360), north))
    if abs(ring[-1][0] - ring[0][0]) > 180:
        pole = math.copysign(90, ring[0][1])
        ring += [(ring[-1][0], pole), (ring[0][0], pole)]
    return tuple(ring)
