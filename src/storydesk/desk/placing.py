"""Grouping on the desk: the grouper of the active window, kept in memory, rebuilt from stored traits after a restart,
and led after what editors corrected."""

from __future__ import annotations

from dataclasses import dataclass

from storydesk.desk.store import Store
from storydesk.group import Grouper, Settings, Traits

__all__ = ["Placing"]

MOST_ACTIVE = Settings().at_most
"""Items brought back into the window: what it holds at the most."""


@dataclass(slots=True)
class Placing:
    """Places what waits, in order of publication. Holds the grouper between calls; never the only copy of anything."""

    grouper: Grouper | None = None
    made: int = -1
    """The number of corrections that the grouper knows of."""

    def place_all(self, store: Store) -> int:
        """Places every item that waits; the number of them."""
        waiting = store.unplaced()
        for traits in waiting:
            self._place(store, traits)
        return len(waiting)

    def _place(self, store: Store, traits: Traits) -> None:
        """Decides and keeps in one block, so that no correction comes in between."""
        with store.alone():
            grouper = self._current(store)
            # An error below may leave the grouper knowing of a placement that the store does not: then it is rebuilt.
            self.grouper = None
            store.keep_placement(*grouper.place(traits))
        self.grouper = grouper

    def _current(self, store: Store) -> Grouper:
        made = store.corrections_made()
        if self.grouper is None:
            self.grouper = Grouper(constraints=store.constraints())
            for traits, story in store.placed(MOST_ACTIVE):
                self.grouper.restore(traits, story)
        elif made != self.made:
            self.grouper.obey(store.constraints())
            for item, story in store.standing(MOST_ACTIVE):
                self.grouper.move(item, story)
        self.made = made
        return self.grouper
