"""The small map of a place: the right land, the dot where it belongs, within the drawing, and cheap."""

from __future__ import annotations

import re

import pytest

from storydesk.model import Entity, Fact, Place
from storydesk.site.outlines import outlines
from storydesk.site.present.locator import EDGE, HEIGHT, WIDTH, locator


def place(name: str, country: str | None, where: tuple[float, float] | None, *, whole: bool = False) -> Entity:
    facts = () if whole else (Fact("Country", "Somewhere", "a test"),)
    return Entity(
        "x", name, "place", "Country" if whole else "Town", facts=facts, place=Place(*where) if where else None,
        country=country,
    )  # fmt: skip


def corners(path: str) -> list[list[tuple[int, int]]]:
    """The points of each ring of an SVG path of steps."""
    rings = []
    for ring in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = [(numbers[0], numbers[1])]
        for east, south in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + east, points[-1][1] + south))
        rings.append(points)
    return rings


def inside(point: tuple[float, float], path: str) -> bool:
    """Whether a point lies on the land of a path (by the even number of lines that a ray crosses)."""
    x, y = point
    crossed = 0
    for ring in corners(path):
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossed += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return crossed % 2 == 1


@pytest.mark.parametrize(
    ("name", "country", "where"),
    [
        ("Madrid", "ES", (40.42, -3.70)),
        ("Moscow", "RU", (55.75, 37.62)),
        ("Denver", "US", (39.74, -104.99)),
        ("Anadyr inland", "RU", (66.0, 172.0)),
    ],
)
def test_a_town_lies_in_the_middle_and_on_its_own_country(name: str, country: str, where: tuple[float, float]) -> None:
    found = locator(place(name, country, where))
    assert found is not None
    assert found.dot == (WIDTH / 2, HEIGHT / 2)
    assert inside(found.dot, found.own)
    assert not inside(found.dot, found.land)
    assert name in found.title


def test_nothing_is_drawn_far_outside_of_the_map() -> None:
    for country, where in (("RU", (66.0, 179.0)), ("FJ", (-17.8, 178.0)), ("NO", (69.6, 18.9)), ("NZ", (-36.8, 174.7))):
        found = locator(place("x", country, where))
        assert found is not None
        for x, y in (point for ring in corners(found.own + found.land) for point in ring):
            assert -EDGE - 1 <= x <= WIDTH + EDGE + 1
            assert -EDGE - 1 <= y <= HEIGHT + EDGE + 1


def test_land_goes_on_beyond_the_date_line() -> None:
    """West of 180 degrees lies Chukotka, east of it the rest of it."""
    found = locator(place("Uelkal", "RU", (67.5, 180.0)))
    assert found is not None
    rings = corners(found.own)
    assert any(min(x for x, _ in ring) < WIDTH / 2 < max(x for x, _ in ring) for ring in rings)


def test_a_country_fills_its_own_map_without_a_dot() -> None:
    found = locator(place("France", "FR", (46.0, 2.0), whole=True))
    assert found is not None
    assert found.dot is None
    across = [x for ring in corners(found.own) for x, _ in ring]
    assert max(across) - min(across) > WIDTH / 4
    assert inside((WIDTH / 2, HEIGHT / 2), found.own)


def test_a_country_too_small_to_be_drawn_is_a_dot() -> None:
    found = locator(place("Malta", "MT", (35.9, 14.4), whole=True))
    assert found is not None
    assert (found.own, found.dot) == ("", (WIDTH / 2, HEIGHT / 2))


@pytest.mark.parametrize(
    "entity",
    [
        place("nowhere", "NO", None),
        place("far out", None, (400.0, 3.0)),
        place("no country", "ZZ", None, whole=True),
        Entity("x", "Ada", "person", place=Place(1.0, 1.0)),
    ],
)
def test_without_a_place_there_is_no_map(entity: Entity) -> None:
    assert locator(entity) is None


def test_every_ring_is_in_one_piece_and_crimea_is_ukraines() -> None:
    for land in outlines():
        steps = zip(land.ring, land.ring[1:], strict=False)
        assert land.code in ("AQ", "") or all(abs(one[0] - other[0]) < 90 for one, other in steps)
    simferopol = [land.code for land in outlines() if land.west < 34.1 < land.east and land.south < 44.95 < land.north]
    assert "UA" in simferopol
    assert {
        land.code for land in outlines() if land.west > 32 and land.east < 37 and 44 < land.south < land.north < 47
    } == {"UA"}
