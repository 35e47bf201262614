"""The two real pages tell of one meeting, and of nothing else that is at hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk.group import Grouper, characterise
from storydesk.language import encode
from storydesk.model import Account, Item
from storydesk.read import read_document

OTHER = Item(
    "other",
    "The foreign ministers of Chile and Peru met in Arica on Wednesday and said that they want more stable relations. "
    "They spoke of the border, of fishing and of a railway.",
    "Ministers seek stable relations",
)


@pytest.mark.parametrize("turned", [False, True])
def test_the_two_pages_land_in_one_story(seeds: tuple[Path, Path], turned: bool) -> None:
    items = [read_document(page.read_bytes(), path=str(page), now=datetime(2026, 3, 2, tzinfo=UTC)) for page in seeds]
    if turned:
        items.reverse()
    grouper = Grouper()
    stories = [grouper.place(characterise(Account(item), encode))[0].story for item in (items[0], OTHER, items[1])]
    assert stories[0] == stories[2] != stories[1]
