"""What editors rule of stories, and the constraints that follow from it: few kinds of correction, three kinds of
constraint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Constraint", "Correction", "Kind", "constraints_of", "kept_story"]

Kind = Literal["split", "merge", "move", "pin"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A ruling on ``item`` that all later grouping obeys.

    It must, or must not, be in one story with ``other`` (an item, or a story by its id); ``must_stay`` is "must join"
    a story that, besides, is never merged into another one. A constraint on a story that was merged holds for the one
    that was kept. Where rulings contradict each other, "must not" wins: a false merge costs more than a missed one.
    Raises ValueError for an item that must stay with an item.
    """

    rule: Literal["must_join", "must_not_join", "must_stay"]
    item: str
    other: str
    other_is: Literal["item", "story"] = "item"

    def __post_init__(self) -> None:
        if self.rule == "must_stay" and self.other_is != "story":
            raise ValueError("an item stays in a story, not with an item")


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's correction that holds. ``items`` are (item, story in which it stood), and ``story`` is where they
    stand by it: the new story of a split, the goal of a move, the one kept of a merge, the one a pin holds them in."""

    kind: Kind
    story: str
    items: tuple[tuple[str, str], ...]


def constraints_of(corrections: Iterable[Correction], kept: Mapping[str, str]) -> list[Constraint]:
    """The constraints that follow from the corrections in force, oldest first. ``kept`` maps each merged story to the
    one that took it in.

    An item must stand where the latest correction put it, and apart from every story that a split or a move took it
    out of, unless a later correction brought it back there. So the constraints never contradict each other.
    """
    home: dict[str, str] = {}
    pinned: set[str] = set()
    left: dict[str, dict[str, None]] = {}
    for correction in corrections:
        for item, stood in correction.items:
            home[item] = kept_story(correction.story, kept)
            if correction.kind == "pin":
                pinned.add(item)
            elif correction.kind != "merge":
                left.setdefault(item, {})[kept_story(stood, kept)] = None
    found = []
    for item, story in home.items():
        found.append(Constraint("must_stay" if item in pinned else "must_join", item, story, "story"))
        apart = (other for other in left.get(item, ()) if other != story)
        found.extend(Constraint("must_not_join", item, other, "story") for other in apart)
    return found


def kept_story(story: str, kept: Mapping[str, str]) -> str:
    """The story at the end of a chain of merges; the story itself where it was not merged."""
    while (taker := kept.get(story)) is not None:
        story = taker
    return story
