"""The shortest statement of what corrections mean: a list of acts, read anew each time anything is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from storydesk.group import Constraint, Correction, constraints_of, kept_story
from storydesk.group.corrections import Kind
from storydesk.model import Merge

__all__ = ["Act", "Ledger", "broken", "steps"]


@dataclass
class Act:
    """A correction: what was done, and where each item stood."""

    kind: Kind
    story: str
    stood: dict[str, str] = field(default_factory=dict)
    gone: str = ""
    undone: bool = False


@dataclass
class Ledger:
    """What grouping decided and what editors did."""

    base: dict[str, str] = field(default_factory=dict)
    grouped: dict[str, str] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)

    def placed(self, item: str, story: str, merges: Iterable[Merge]) -> None:
        """Keeps what grouping decided."""
        self.base[item] = story
        self.grouped |= {merge.gone: merge.kept for merge in merges}

    @property
    def kept(self) -> dict[str, str]:
        """The merges that hold."""
        return self.grouped | {act.gone: act.story for act in self.in_force("merge")}

    def in_force(self, *kinds: Kind) -> list[Act]:
        """The corrections of these kinds that hold, oldest first."""
        return [act for act in self.acts if act.kind in kinds and not act.undone]

    def first(self, item: str) -> str:
        """Where an item stands before any merge."""
        put = [act.story for act in self.in_force("split", "move") if item in act.stood]
        return put[-1] if put else self.base[item]

    def where(self, item: str) -> str:
        """Where an item stands."""
        return kept_story(self.first(item), self.kept)

    def members(self, story: str) -> list[str]:
        """The items of a story."""
        return [item for item in self.base if self.where(item) == story]

    def stories(self) -> list[str]:
        """The stories that have items, in the order in which grouping would meet them."""
        return list(dict.fromkeys(map(self.where, self.base)))

    def pinned(self) -> set[str]:
        """The items that no correction may move."""
        return {item for act in self.in_force("pin") for item in act.stood}

    def moved_by_undo(self, act: Act) -> set[str]:
        """The items that would stand elsewhere without a correction."""
        before = {item: self.where(item) for item in self.base}
        act.undone = True
        moved = {item for item, story in before.items() if self.where(item) != story}
        act.undone = False
        return moved

    def constraints(self) -> list[Constraint]:
        """What follows for grouping."""
        kept = self.kept
        return constraints_of(
            [Correction(act.kind, act.story, self._items(act)) for act in self.acts if not act.undone], kept
        )

    def _items(self, act: Act) -> tuple[tuple[str, str], ...]:
        if act.kind != "merge":
            return tuple(act.stood.items())
        return tuple((item, act.gone) for item in self.base if act.gone in self._way(self.first(item)))

    def _way(self, story: str) -> list[str]:
        way, kept = [story], self.kept
        while way[-1] in kept:
            way.append(kept[way[-1]])
        return way


def broken(constraints: Iterable[Constraint], ledger: Ledger) -> list[Constraint]:
    """Those of the constraints that do not hold where items stand now."""
    found = []
    for rule in constraints:
        together = ledger.where(rule.item) == kept_story(rule.other, ledger.kept)
        stays = rule.rule != "must_stay" or ledger.where(rule.item) == rule.other
        if together == (rule.rule == "must_not_join") or not stays:
            found.append(rule)
    return found


NUMBER = st.integers(0, 40)
ARRIVAL = st.tuples(st.just("arrive"), st.sampled_from([0, 0, 0, 1]), st.integers(0, 40), st.integers(0, 3))
CORRECTION = st.tuples(st.sampled_from(["split", "split", "move", "merge", "pin", "undo"]), NUMBER, NUMBER, NUMBER)


def steps(most: int) -> st.SearchStrategy[list[tuple[str, int, int, int]]]:
    """Arrivals (event, hours, turn) and corrections, whose numbers choose among the items and stories that there are.

    Most tell of one event, so that grouping would always bring together what editors keep apart.
    """
    one = st.one_of(ARRIVAL, ARRIVAL, CORRECTION)
    opening = st.lists(ARRIVAL, min_size=3, max_size=5)
    return st.tuples(opening, st.lists(one, min_size=3, max_size=most)).map(lambda parts: parts[0] + parts[1])
