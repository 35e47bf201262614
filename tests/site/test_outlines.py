"""Outlines compiled from TopoJSON and read back: the same lines, countries by their codes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from storydesk.site.outlines import read
from storydesk.site.outlines.compile import compiled

SQUARE = [[0, 0], [40, 0], [0, 40], [-40, 0], [0, -40]]
"""Steps of a tenth of a degree from the arc's own corner."""


def topology() -> dict[str, Any]:
    """Two countries side by side that share a border, and a piece of Russia where Crimea lies."""

    def at(east: int, north: int) -> list[list[int]]:
        return [[east, north], *SQUARE[1:]]

    left = [[0, 0], [0, 40], [-40, 0], [0, -40], [40, 0]]
    return {
        "transform": {"scale": [0.1, 0.1], "translate": [0.0, 0.0]},
        "arcs": [at(0, 0), left, [[330, 445], [10, 0], [0, 10], [-10, 0], [0, -10]], at(300, 500)],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "578", "arcs": [[0]]},
                    {"type": "Polygon", "id": "752", "arcs": [[~1]]},
                    {"type": "MultiPolygon", "id": "643", "arcs": [[[2]], [[3]]]},
                    {"type": "Polygon", "id": "804", "arcs": [[3]]},
                    {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Nowhere"}},
                ]
            }
        },
    }


def test_countries_have_their_codes_and_crimea_is_ukraines() -> None:
    made = dict(compiled(topology()).countries[:-1])
    assert made == {"NO": [[0]], "SE": [[~1]], "RU": [[3]], "UA": [[3], [2]]}
    assert compiled(topology()).countries[-1] == ("", [[0]])


def test_lines_are_read_back_as_they_were(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "world.json").write_bytes(msgspec.json.encode(compiled(topology())))
    monkeypatch.setattr(read, "files", lambda _: tmp_path)
    norway = next(land for land in read.outlines.__wrapped__() if land.code == "NO")
    assert norway.ring == ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))
    assert (norway.west, norway.south, norway.east, norway.north) == (0, 0, 4, 4)
