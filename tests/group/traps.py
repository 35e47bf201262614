"""The written traps of ``traps.toml`` and whether grouping decides one rightly, for tests and ``python -m eval
grouping``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storydesk.group import Grouper, Traits, characterise
from storydesk.language import encode
from storydesk.model import Account, Item

__all__ = ["TRAPS", "Trap", "decided"]

DAY_ONE = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Trap:
    """Items in order of arrival and the ``stories`` they tell of.

    ``missed`` says why it is decided wrongly, where that is known.
    """

    name: str
    items: tuple[Item, ...]
    stories: tuple[str, ...]
    missed: str = ""

    @property
    def together(self) -> bool:
        """Whether all items tell of one event."""
        return len(set(self.stories)) == 1


def decided(trap: Trap, turned: bool = False) -> bool:
    """Whether the default setting groups a trap's items as they should be, arriving in order or ``turned``."""
    grouper = Grouper()
    order = list(zip(trap.items, trap.stories, strict=True))
    if turned:
        order.reverse()
    placed: dict[str, str] = {}
    for item, _ in order:
        placement, merges = grouper.place(_traits(item))
        placed[item.id] = placement.story
        for merge in merges:
            placed = {one: merge.kept if story == merge.gone else story for one, story in placed.items()}
    pairs = {(story, placed[item.id]) for item, story in order}
    return len(pairs) == len({gold for gold, _ in pairs}) == len({found for _, found in pairs})


def _traits(item: Item) -> Traits:
    return characterise(Account(item), encode)


def _trap(told: dict[str, Any]) -> Trap:
    items = tuple(_item(str(number), one) for number, one in enumerate(told["item"]))
    default = ["one"] * len(items) if told.get("same") else [item.id for item in items]
    return Trap(told["name"], items, tuple(told.get("stories", default)), told.get("missed", ""))


def _item(name: str, told: dict[str, Any]) -> Item:
    published = DAY_ONE + timedelta(days=told["day"]) if "day" in told else None
    return Item(
        name, told["text"].replace("\n", " ").strip(), told["title"], source=told["source"], published=published
    )


TRAPS = tuple(map(_trap, tomllib.loads(Path(__file__).with_name("traps.toml").read_text("utf-8"))["trap"]))
