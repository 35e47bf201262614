"""What the worker needs of a store, and the values that pass between them.

Every ``keep_…`` is one transaction and may be repeated: a worker killed after its work and before its commit does the
work again, one killed after its commit finds nothing left to do. ``claim_…`` marks what it gives so that no other
worker takes it before the lease ends; :meth:`Store.release` gives back what a killed worker held.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from storydesk.coverage import Coverage
from storydesk.desk.storable import storable
from storydesk.group import Constraint, Gist, Link, Spread, Traits
from storydesk.model import Account, Entry, Feed, Item, Merge, Placement, Source
from storydesk.recognise import Rulings
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
    """What a visit brought, and when the next one is due.

    Where it failed, ``problem`` is the sentence for people, ``blocked_by`` who stands in the way and ``advice`` what to
    try. ``rests`` is a host that wishes to be left alone, and until when: it need not be the feed's own.
    """

    state: FeedState
    next_visit: datetime
    interval: float
    entries: tuple[Entry, ...] = ()
    title: str = ""
    problem: str | None = None
    blocked_by: str = ""
    advice: str = ""
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    rests: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An entry whose page is due to be read, under its ``key``.

    ``etag`` and ``modified`` are what its page was last answered with, ``first_read`` when it was read first. ``look``:
    nothing says that it changed; it is only to be seen whether it did.
    """

    key: str
    entry: Entry
    source: Source
    attempts: int = 0
    etag: str | None = None
    modified: str | None = None
    first_read: datetime | None = None
    look: bool = False


class Placed(NamedTuple):
    """The traits of an item and the story it was placed in."""

    traits: Traits
    story: str


@dataclass(frozen=True, slots=True)
class StoryFile:
    """All that comparing a story needs. ``traits`` are those of the accounts, in their order."""

    id: str
    accounts: tuple[Account, ...]
    traits: tuple[Traits, ...]
    why: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, str]
    rulings: Mapping[str, Rulings] = field(default_factory=dict)


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

    def claim_feeds(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Visit]:
        """The feeds longest due, claimed: one a host, and none of a host that is busy."""

    def keep_visit(self, url: str, outcome: Outcome, now: datetime) -> int:
        """Keeps what a visit brought and frees the feed. The number of entries that are new or changed, now due to be
        read.

        A feed that moved for good is kept under its new address; where the desk follows that one already, the two
        become one.
        """

    def postpone_visit(self, url: str, until: datetime) -> None:
        """Frees a feed that was not asked after all: nothing is known but that it is due ``until`` then."""

    def claim_entries(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Task]:
        """Entries due to be read, oldest first, claimed: one a host, and none of a host that is busy."""

    def claim_looks(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Task]:
        """Entries read before whose pages are to be looked at again, claimed likewise."""

    def keep_item(
        self, item: Item, now: datetime, task: Task | None = None, *, etag: str = "", modified: str = ""
    ) -> bool:
        """Keeps an item as read and ends its task. False where the desk has these words already; other words make a
        revision.

        An item that is met at another address than before stays the item it was.
        """

    def look_again(self, key: str, at: datetime | None) -> None:
        """Says that an entry is as read as it can be, and when its page is to be looked at again (``None`` for never);
        frees it."""

    def postpone_entry(self, key: str, until: datetime) -> None:
        """Frees an entry whose page was not asked for after all: it is due ``until`` then."""

    def fail_entry(self, key: str, problem: str, retry_at: datetime | None) -> None:
        """Says that an entry could not be read; without ``retry_at`` it will not be tried again."""

    def rest_host(self, host: str, until: datetime) -> None:
        """Puts off all visits and pages of a host that wishes to be left alone."""

    def together(self) -> AbstractContextManager[object]:
        """A block in which all that is kept is kept at once or, at an error that leaves it, not at all."""

    def untold(self, limit: int) -> list[Item]:
        """Items whose latest revision has not been through the item stages."""

    def keep_account(self, account: Account, traits: Traits) -> None:
        """Keeps what the item stages found in one revision of an item."""

    def unplaced(self) -> list[Traits]:
        """Items told but not in a story, in order of (time of publication, id): the order of grouping."""

    def placed(self, most: int) -> list[Placed]:
        """The items placed last, at most so many, in the order in which they were placed."""

    def standing(self, most: int) -> list[tuple[str, str]]:
        """The same items, by their ids alone, and the story each stands in."""

    def constraints(self) -> list[Constraint]:
        """What follows from the editors' corrections in force; none names a story that was merged into another."""

    def corrections_made(self) -> int:
        """How many corrections were made or taken back until now: under another number, constraints and places may be
        others."""

    def alone(self) -> AbstractContextManager[object]:
        """A block like :meth:`together`, during which nobody else places an item or corrects where one stands."""

    def keep_placement(self, placement: Placement, merges: Sequence[Merge]) -> None:
        """Puts an item into its story, merges what turned out to be one, and marks the stories stale."""

    def stale(self, limit: int) -> list[str]:
        """Stories whose coverage is behind their items."""

    def story(self, story: str) -> StoryFile:
        """The latest told revision of each of a story's items. Raises NotFound."""

    def keep_coverage(
        self, coverage: Coverage, seen: Sequence[tuple[str, int]], rulings: Mapping[str, Rulings] | None = None
    ) -> None:
        """Keeps a coverage made of ``seen`` (item, revision) pairs under ``rulings``; the story stays stale if its
        items or the rulings on them are others by now."""

    def unlinked(self, limit: int) -> list[str]:
        """Stories that were compared and never linked."""

    def near(self, gist: Gist) -> tuple[list[Gist], Spread]:
        """The stories that may belong to one affair with this one, and how common its names are on the desk."""

    def keep_affair(self, gist: Gist, links: Sequence[Link]) -> None:
        """Keeps what a story is about and its links, in place of those it had."""

    def set_aside(self, story: str) -> None:
        """Leaves a story as it is until something in it changes again."""

    def waiting(self, now: datetime) -> Waiting:
        """How much work is due."""

    def release(self) -> None:
        """Gives back all claims: to be called at start by a worker that is the only one."""


def digest(item: Item) -> str:
    """What makes two revisions of an item the same: its title and its words."""
    return item_id(storable(item.title), storable(item.text))
