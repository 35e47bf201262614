"""Grouping archives in bulk gives the stories that it gives online."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storydesk.archive import traits_of
from storydesk.archive.grouping import AHEAD, CHUNK
from storydesk.group import Grouper, Traits, characterise
from storydesk.language import encode
from storydesk.model import Account, Item

TOWNS = ("Askoy", "Bergen", "Cadiz", "Dover", "Elba", "Faro", "Ghent", "Hull", "Imola", "Jena")
DEEDS = ("ferry ran aground", "mayor resigned over a tender", "museum lost a painting", "river burst its banks")


def archive(count: int) -> list[Item]:
    """Items of which every tenth or so tells the same event in other words."""
    return [
        Item(
            str(number),
            f"The {DEEDS[number % 4]} at {TOWNS[number % 10]}, said witness number {number}. "
            f"In {TOWNS[number % 10]} {10 + number % 20} people saw it, the police of {TOWNS[number % 10]} said.",
            f"{TOWNS[number % 10]}: {DEEDS[number % 4]}",
            source=f"source {number % 7}",
            language="en",
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def online() -> list[Traits]:
    return [characterise(Account(item), encode) for item in archive(3 * CHUNK + 5)]


def test_the_stories_are_those_of_one_process(online: list[Traits]) -> None:
    bulk = list(traits_of(archive(3 * CHUNK + 5), 2))
    assert bulk == online
    here, there = Grouper(), Grouper()
    placed = [here.place(one) for one in online]
    assert [there.place(one) for one in bulk] == placed
    assert 1 < len({placement.story for placement, _ in placed}) < len(placed)


def test_one_process_asks_for_no_item_before_its_turn() -> None:
    asked = []

    def items() -> Iterator[Item]:
        for item in archive(5):
            asked.append(item.id)
            yield item

    first = next(traits_of(items(), 1))
    assert (first.id, asked) == ("0", ["0"])


def test_an_archive_is_not_read_further_ahead_than_is_needed() -> None:
    asked = []

    def items() -> Iterator[Item]:
        for item in archive(20 * CHUNK):
            asked.append(item.id)
            yield item

    traits = traits_of(items(), 2)
    next(traits)
    assert len(asked) <= AHEAD * 2 * CHUNK
    traits.close()  # type: ignore[attr-defined]
