"""The items that can still gain company, and the way to the likely ones among them that does not lengthen with their
number."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from storydesk.group.postings import Postings
from storydesk.group.weighed import Incoming, Weighed

__all__ = ["Active", "Window"]

CLOCK_ITEMS = 25
"""The present is the median time of this many dated arrivals, so that one item dated in the future does not age the
rest."""


@dataclass(slots=True)
class Active:
    """An item in the window, the story it stands in now, its number in order of arrival, and the time at which it
    came."""

    weighed: Weighed
    story: str
    number: int
    arrived: datetime | None

    @property
    def id(self) -> str:
        """The item's id."""
        return self.weighed.id


class Window:
    """The active items, the stories they make up, and an inverted index from rare terms to the latest items that hold
    them."""

    def __init__(self, days: float, at_least: int, at_most: int) -> None:
        self._days = timedelta(days=days)
        self._at_least, self._at_most = at_least, at_most
        self._arrivals: deque[Active] = deque()
        self._times: deque[datetime] = deque(maxlen=CLOCK_ITEMS)
        self._postings = Postings()
        self._numbered: dict[int, Active] = {}
        self._number = 0
        self.items: dict[str, Active] = {}
        self.stories: dict[str, list[Active]] = {}

    def add(self, incoming: Incoming, story: str) -> Active:
        """Takes an item in as a member of a story, and lets go of what has grown old."""
        if incoming.traits.published is not None:
            self._times.append(incoming.traits.published)
        now = median_low(self._times) if self._times else None
        active = Active(incoming.weighed, story, self._number, now)
        self._number += 1
        self._arrivals.append(active)
        self.items[active.id] = self._numbered[active.number] = active
        self.stories.setdefault(story, []).append(active)
        self._postings.add(active.number, incoming.keys)
        self._expire(now)
        return active

    def near(self, incoming: Incoming, most: int) -> list[Active]:
        """The items that share most weight of rare terms with this one, closest first, at most ``most``."""
        return [self._numbered[number] for number in self._postings.near(incoming.keys, most)]

    def move(self, active: Active, story: str) -> None:
        """Puts an item into another story."""
        self._leave(active)
        active.story = story
        members = self.stories.setdefault(story, [])
        members.append(active)
        members.sort(key=lambda member: member.number)

    def _expire(self, now: datetime | None) -> None:
        while len(self._arrivals) > self._at_most or (len(self._arrivals) > self._at_least and self._old(now)):
            gone = self._arrivals.popleft()
            del self.items[gone.id], self._numbered[gone.number]
            self._leave(gone)
            self._postings.leave(gone.number)

    def _old(self, now: datetime | None) -> bool:
        arrived = self._arrivals[0].arrived
        return now is not None and arrived is not None and now - arrived > self._days

    def _leave(self, active: Active) -> None:
        members = self.stories[active.story]
        members.remove(active)
        if not members:
            del self.stories[active.story]
