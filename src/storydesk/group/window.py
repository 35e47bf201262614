"""The items that can still gain company, and the way to the likely ones among them that does not lengthen with their
number."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from heapq import nlargest
from statistics import median_low

from storydesk.group.evidence import Weighed
from storydesk.group.packed import Packed
from storydesk.group.postings import Postings
from storydesk.group.rarity import common

__all__ = ["Active", "Window"]

CLOCK_ITEMS = 25
"""The present is the median time of this many dated arrivals, so that one item dated in the future does not age the
rest."""

KEYS = 24
"""The heaviest terms of an item by which it is found."""

AT_HAND = 20_000
"""The latest items are held ready to be compared, older ones packed: few are compared long after they came, and ready
ones take four times the memory."""

UNPACKED = 1_000
"""Older items that stay ready for a while once they were looked at."""


class Active:
    """An item in the window, the story it stands in now, its number in order of arrival, and the time at which it
    came."""

    __slots__ = ("_held", "_unpack", "arrived", "id", "number", "story")

    def __init__(
        self,
        weighed: Weighed,
        story: str,
        number: int,
        arrived: datetime | None,
        unpack: Callable[[Packed], Weighed],
    ) -> None:
        self.id = weighed.traits.id
        self.story, self.number, self.arrived = story, number, arrived
        self._held: Weighed | Packed = weighed
        self._unpack = unpack

    @property
    def weighed(self) -> Weighed:
        """What it is compared by."""
        return self._unpack(self._held) if isinstance(self._held, Packed) else self._held

    def pack(self) -> None:
        """Takes less memory from now on."""
        if not isinstance(self._held, Packed):
            self._held = Packed(self._held)


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
        self._unpack: Callable[[Packed], Weighed] = lru_cache(UNPACKED)(Packed.unpacked)
        self._asked: tuple[Weighed, dict[str, float]] | None = None
        self._number = 0
        self.items: dict[str, Active] = {}
        self.stories: dict[str, list[Active]] = {}

    def add(self, weighed: Weighed, story: str) -> Active:
        """Takes an item in as a member of a story, and lets go of what has grown old."""
        traits = weighed.traits
        if traits.published is not None:
            self._times.append(traits.published)
        now = median_low(self._times) if self._times else None
        active = Active(weighed, story, self._number, now, self._unpack)
        self._number += 1
        self._arrivals.append(active)
        self.items[active.id] = self._numbered[active.number] = active
        self.stories.setdefault(story, []).append(active)
        self._postings.add(active.number, self._keys(weighed))
        if (older := self._numbered.get(active.number - AT_HAND)) is not None:
            older.pack()
        self._expire(now)
        return active

    def near(self, weighed: Weighed, most: int) -> Iterator[Active]:
        """The items that share most weight of rare terms with this one, closest first, at most ``most``."""
        return map(self._numbered.__getitem__, self._postings.near(self._keys(weighed), most))

    def _keys(self, weighed: Weighed) -> dict[str, float]:
        """The keys of an item, found once although it is first looked for and then added."""
        if self._asked is None or self._asked[0] is not weighed:
            self._asked = weighed, keys(weighed)
        return self._asked[1]

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


def keys(weighed: Weighed) -> dict[str, float]:
    """The heaviest terms of an item that are not common, with their weights."""
    everywhere = common()
    telling = [(weight, term) for term, weight in weighed.body.items() if term not in everywhere]
    return {term: weight for weight, term in nlargest(KEYS, telling)}
