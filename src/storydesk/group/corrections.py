"""What editors ruled: which items must stand together and which must not. Grouping obeys, whatever arrives later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Constraint", "Rulings"]

Node = tuple[str, str]
"""("item" or "story", id)."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """An editor's ruling on ``item``: it must, or must not, be in one story with ``other`` (an item, or a story by its
    id).

    Where rulings contradict each other, "must not" wins: a false merge costs more than a missed one.
    """

    rule: Literal["must_join", "must_not_join"]
    item: str
    other: str
    other_is: Literal["item", "story"] = "item"


class Rulings:
    """The constraints, closed under what follows from them: what must stand together shares every "must not" of its
    members."""

    def __init__(self, constraints: Sequence[Constraint] = ()) -> None:
        self._parent: dict[Node, Node] = {}
        self._together: dict[Node, list[Node]] = defaultdict(list)
        self._apart: dict[Node, set[Node]] = defaultdict(set)
        for constraint in constraints:
            if constraint.rule == "must_join":
                self._unite(("item", constraint.item), (constraint.other_is, constraint.other))
        for node in list(self._parent):
            self._together[self._root(node)].append(node)
        for constraint in constraints:
            if constraint.rule == "must_not_join":
                one, other = self._root(("item", constraint.item)), self._root((constraint.other_is, constraint.other))
                self._apart[one].add(other)
                self._apart[other].add(one)

    def together(self, item: str) -> Iterable[Node]:
        """The items and stories with which an item must stand, in the order in which they were ruled on."""
        node = ("item", item)
        return [other for other in self._together.get(self._root(node), ()) if other != node]

    def forbid(self, some: Iterable[Node], others: Iterable[Node]) -> bool:
        """Whether any of the one side must not stand with any of the other."""
        if not self._apart:
            return False
        theirs = {self._root(node) for node in others}
        return any(not theirs.isdisjoint(self._apart.get(self._root(node), ())) for node in some)

    def _root(self, node: Node) -> Node:
        while (parent := self._parent.get(node, node)) != node:
            node = parent
        return node

    def _unite(self, one: Node, other: Node) -> None:
        for node in (one, other):
            self._parent.setdefault(node, node)
        self._parent[self._root(other)] = self._root(one)
