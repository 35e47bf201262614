"""What the worker needs of a store, and the values that pass between them.

Every ``keep_…`` is one transaction and may be repeated: a worker killed after its work and before its commit does the
work again, one killed after its commit finds nothing left to do. ``claim_…`` marks what it gives so that no other
worker takes it before the lease ends; :meth:`Store.release` gives back what a killed worker held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from storydesk.coverage import Coverage
from storydesk.group import Constraint, Traits
from storydesk.model import Account, Entry, Feed, Item, Merge, Placement, Source
from storydesk.read import normalise
from storydesk.wire import item_id

__all__ = [
    "LEASE",
    "FeedState",
    "Outcome",
    "Placed",
    "Store",
    "StoryFile",
    "Task",
    "Visit",
    "Waiting",
    "digest",
    "entry_key",
    "fingerprint",
]

LEASE = timedelta(minutes=10)
"""How long a claim holds: longer than the slowest fetch under the caps, so that no work is done by two at once."""

FeedState = Literal["active", "failing", "resting"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed that is due, with what its last visit left."""

    feed: Feed
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    interval: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a visit brought, and when the next one is due. ``problem`` is the sentence for people where it failed."""

    state: FeedState
    next_visit: datetime
    interval: float
    entries: tuple[Entry, ...] = ()
    title: str = ""
    problem: str | None = None
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An entry whose page is due to be read. ``url`` is its key: the normalised address."""

    url: str
    entry: Entry
    source: Source
    attempts: int = 0


class Placed(NamedTuple):
    """The traits of an item and the story it was placed in."""

    traits: Traits
    story: str


@dataclass(frozen=True, slots=True)
class StoryFile:
    """All that comparing a story needs."""

    id: str
    accounts: tuple[Account, ...]
    why: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much work of each kind is due now."""

    feeds: int
    entries: int
    untold: int
    unplaced: int
    stale: int

    @property
    def nothing(self) -> bool:
        """Whether all that was due is done."""
        return not (self.feeds or self.entries or self.untold or self.unplaced or self.stale)


class Store(Protocol):
    """One desk's data, as the worker sees it."""

    def add_source(self, source: Source) -> None:
        """Keeps or replaces a source by its id."""

    def add_feed(self, feed: Feed, now: datetime) -> bool:
        """Keeps a feed, due at once. False where the desk has it already; nothing changes then."""

    def claim_feeds(self, now: datetime, limit: int) -> list[Visit]:
        """The feeds longest due, claimed."""

    def keep_visit(self, url: str, outcome: Outcome, now: datetime) -> int:
        """Keeps what a visit brought and frees the feed. The number of entries that are new or changed, now due to be
        read."""

    def claim_entries(self, now: datetime, limit: int) -> list[Task]:
        """Entries due to be read, oldest first, claimed."""

    def keep_item(self, item: Item, now: datetime, task: str | None = None) -> bool:
        """Keeps an item as read and ends its task. False where the desk has these words already; other words make a
        revision."""

    def fail_entry(self, url: str, problem: str, retry_at: datetime | None) -> None:
        """Says that an entry could not be read; without ``retry_at`` it will not be tried again."""

    def untold(self, limit: int) -> list[Item]:
        """Items whose latest revision has not been through the item stages."""

    def keep_account(self, account: Account, traits: Traits) -> None:
        """Keeps what the item stages found in one revision of an item."""

    def unplaced(self) -> list[Traits]:
        """Items told but not in a story, in order of (time of publication, id): the order of grouping."""

    def placed(self, most: int) -> list[Placed]:
        """The items placed last, at most so many, in the order in which they were placed."""

    def constraints(self) -> list[Constraint]:
        """The editors' corrections in force."""

    def keep_placement(self, placement: Placement, merges: Sequence[Merge]) -> None:
        """Puts an item into its story, merges what turned out to be one, and marks the stories stale."""

    def stale(self, limit: int) -> list[str]:
        """Stories whose coverage is behind their items."""

    def story(self, story: str) -> StoryFile:
        """The latest told revision of each of a story's items. Raises NotFound."""

    def keep_coverage(self, coverage: Coverage, seen: Sequence[tuple[str, int]]) -> None:
        """Keeps a coverage made of ``seen`` (item, revision) pairs; the story stays stale if its items are others by
        now."""

    def set_aside(self, story: str) -> None:
        """Leaves a story as it is until something in it changes again."""

    def waiting(self, now: datetime) -> Waiting:
        """How much work is due."""

    def release(self) -> None:
        """Gives back all claims: to be called at start by a worker that is the only one."""


def digest(item: Item) -> str:
    """What makes two revisions of an item the same: its title and its words."""
    return item_id(item.title, item.text)


def entry_key(entry: Entry, feed: str) -> str:
    """The address under which an entry is kept. One that lies in the feed itself has no page, and keeps the fragment
    that names it."""
    own = entry.url.partition("#")[0] == feed.partition("#")[0]
    return entry.url if own else normalise(entry.url)


def fingerprint(entry: Entry) -> str:
    """What makes a feed's entry the same as before: all that the feed says of it, except the time it was fetched."""
    updated = entry.updated.isoformat() if entry.updated else ""
    return item_id(entry.title, entry.summary, entry.content, updated)
