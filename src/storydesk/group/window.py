"""The items that can still gain company, and the way to the likely ones among them that does not lengthen with their
number."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from statistics import median_low

from storydesk.group.evidence import Weighed
from storydesk.group.rarity import COMMON, frequency

__all__ = ["Active", "Window"]

CLOCK_ITEMS = 25
"""The present is the median time of this many dated arrivals, so that one item dated in the future does not age the
rest."""

LONGEST_POSTING = 250
"""Of a term only the latest items are looked up: this bounds the cost of an item however many are active."""

KEYS = 24
"""The heaviest terms of an item by which it is found."""


@dataclass(slots=True, eq=False)
class Active:
    """An item in the window, the story it stands in now, and its number in order of arrival."""

    weighed: Weighed
    story: str
    number: int
    arrived: datetime | None

    @property
    def id(self) -> str:
        """The item's id."""
        return self.weighed.traits.id


class Window:
    """The active items, the stories they make up, and an inverted index from rare terms to the latest items that hold
    them."""

    def __init__(self, days: float, at_least: int, at_most: int) -> None:
        self._days = timedelta(days=days)
        self._at_least, self._at_most = at_least, at_most
        self._arrivals: deque[Active] = deque()
        self._times: deque[datetime] = deque(maxlen=CLOCK_ITEMS)
        self._postings: dict[str, deque[tuple[Active, float]]] = defaultdict(lambda: deque(maxlen=LONGEST_POSTING))
        self._number = 0
        self.items: dict[str, Active] = {}
        self.stories: dict[str, list[Active]] = {}

    def add(self, weighed: Weighed, story: str) -> Active:
        """Takes an item in as a member of a story, and lets go of what has grown old."""
        traits = weighed.traits
        if traits.published is not None:
            self._times.append(traits.published)
        now = median_low(self._times) if self._times else None
        active = Active(weighed, story, self._number, now)
        self._number += 1
        self._arrivals.append(active)
        self.items[active.id] = active
        self.stories.setdefault(story, []).append(active)
        for term, weight in keys(weighed).items():
            self._postings[term].append((active, weight))
        self._expire(now)
        return active

    def near(self, weighed: Weighed, most: int) -> Iterator[Active]:
        """The items that share most weight of rare terms with this one, closest first, at most ``most``."""
        shared: dict[Active, float] = {}
        for term, weight in keys(weighed).items():
            for active, theirs in self._postings.get(term, ()):
                shared[active] = shared.get(active, 0.0) + weight * theirs
        ranked = nlargest(most, shared.items(), key=lambda pair: (pair[1], -pair[0].number))
        return (active for active, _ in ranked)

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
            del self.items[gone.id]
            self._leave(gone)
            for term in keys(gone.weighed):
                posting = self._postings[term]
                if posting and posting[0][0] is gone:
                    posting.popleft()
                if not posting:
                    del self._postings[term]

    def _old(self, now: datetime | None) -> bool:
        arrived = self._arrivals[0].arrived
        return now is not None and arrived is not None and now - arrived > self._days

    def _leave(self, active: Active) -> None:
        members = self.stories[active.story]
        members.remove(active)
        if not members:
            del self.stories[active.story]


def keys(weighed: Weighed) -> dict[str, float]:
    """The heaviest terms of an item that are not common, with their weights."""
    telling = [(weight, term) for term, weight in weighed.body.items() if frequency(term) < COMMON]
    return {term: weight for weight, term in nlargest(KEYS, telling)}
