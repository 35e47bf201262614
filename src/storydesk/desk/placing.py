"""Grouping on the desk: the grouper of the active window, kept in memory and rebuilt from stored traits after a restart
or a correction."""

from __future__ import annotations

from dataclasses import dataclass

from storydesk.desk.store import Store
from storydesk.group import Constraint, Grouper, Settings

__all__ = ["Placing"]

MOST_ACTIVE = Settings().at_most
"""Items brought back into the window: what it holds at the most."""


@dataclass(slots=True)
class Placing:
    """Places what waits, in order of publication. Holds the grouper between calls; never the only copy of anything."""

    grouper: Grouper | None = None
    under: tuple[Constraint, ...] = ()

    def place_all(self, store: Store) -> int:
        """Places every item that waits; the number of them."""
        waiting = store.unplaced()
        if not waiting:
            return 0
        grouper = self._current(store)
        # An error below may leave the grouper knowing of a placement that the store does not: then it is rebuilt.
        self.grouper = None
        for traits in waiting:
            placement, merges = grouper.place(traits)
            store.keep_placement(placement, merges)
        self.grouper = grouper
        return len(waiting)

    def _current(self, store: Store) -> Grouper:
        constraints = tuple(store.constraints())
        if self.grouper is None or constraints != self.under:
            self.grouper, self.under = Grouper(constraints=constraints), constraints
            for traits, story in store.placed(MOST_ACTIVE):
                self.grouper.restore(traits, story)
        return self.grouper
