"""Constraints, closed under what follows from them: what grouping asks before it decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from storydesk.group.corrections import Constraint, kept_story

__all__ = ["Node", "Rulings"]

Node = tuple[str, str]
"""("item" or "story", id)."""


class Rulings:
    """The constraints: what must stand together shares every "must not" of its members.

    ``kept`` maps each merged story to the one that took it in; the mapping may grow, and :meth:`renew` then reads the
    constraints anew.
    """

    def __init__(self, constraints: Sequence[Constraint], kept: Mapping[str, str]) -> None:
        self._constraints = tuple(constraints)
        self._kept = kept
        self.renew()

    def renew(self) -> None:
        """Reads the constraints anew, each on the story that was kept of the one that it names."""
        self._named = {self._living(node) for constraint in self._constraints for node in _nodes(constraint)}
        self._parent: dict[Node, Node] = {}
        self._together: dict[Node, list[Node]] = defaultdict(list)
        self._apart: dict[Node, set[Node]] = defaultdict(set)
        self._held: set[str] = set()
        for constraint in self._constraints:
            if constraint.rule != "must_not_join":
                self._unite(*map(self._living, _nodes(constraint)))
            if constraint.rule == "must_stay":
                self._held.add(kept_story(constraint.other, self._kept))
        for node in list(self._parent):
            self._together[self._root(node)].append(node)
        for constraint in self._constraints:
            if constraint.rule == "must_not_join":
                one, other = (self._root(self._living(node)) for node in _nodes(constraint))
                self._apart[one].add(other)
                self._apart[other].add(one)

    def name(self, kind: str, key: str) -> bool:
        """Whether any constraint names this item, or this story by its own id or that of one it took in."""
        return (kind, key) in self._named

    def hold(self, story: str) -> bool:
        """Whether a story must not be merged into another one."""
        return story in self._held

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

    def _living(self, node: Node) -> Node:
        kind, key = node
        return (kind, kept_story(key, self._kept)) if kind == "story" else node

    def _root(self, node: Node) -> Node:
        while (parent := self._parent.get(node, node)) != node:
            node = parent
        return node

    def _unite(self, one: Node, other: Node) -> None:
        for node in (one, other):
            self._parent.setdefault(node, node)
        self._parent[self._root(other)] = self._root(one)


def _nodes(constraint: Constraint) -> tuple[Node, Node]:
    return ("item", constraint.item), (constraint.other_is, constraint.other)
