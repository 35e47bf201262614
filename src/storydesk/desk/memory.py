"""The store in plain dictionaries: the shortest statement of what a store does, and the one that tests run the worker
on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from storydesk.coverage import Coverage
from storydesk.desk.identity import address_key, alike, entry_key, mark, same_piece, with_own_guids
from storydesk.desk.store import LEASE, Outcome, Placed, StoryFile, Task, Visit, Waiting, digest
from storydesk.errors import NotFound
from storydesk.gather import host_of
from storydesk.group import Constraint, Gist, Link, Spread, Traits, kept_story
from storydesk.model import Account, Entry, Feed, Item, Merge, Placement, Source
from storydesk.recognise import Rulings
from storydesk.wire import item_id

__all__ = ["Memory"]

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Feed:
    feed: Feed
    next_visit: datetime
    number: int
    outcome: Outcome | None = None
    failures: int = 0
    claimed_until: datetime | None = None


@dataclass(slots=True)
class _Entry:
    key: str
    entry: Entry
    source: str
    due_at: datetime
    marks: dict[int, str] = field(default_factory=dict)
    state: str = "due"
    attempts: int = 0
    item: str | None = None
    etag: str | None = None
    modified: str | None = None
    first_read: datetime | None = None
    look_at: datetime | None = None
    claimed_until: datetime | None = None


@dataclass(slots=True)
class _Item:
    revisions: list[Item]
    told: int = 0
    account: Account | None = None
    traits: Traits | None = None
    placement: Placement | None = None
    position: int = 0


Row = TypeVar("Row", _Feed, _Entry)


@dataclass(slots=True)
class Memory:
    """:class:`storydesk.desk.store.Store` in dictionaries."""

    sources: dict[str, Source] = field(default_factory=dict)
    feeds: dict[str, _Feed] = field(default_factory=dict)
    entries: dict[str, _Entry] = field(default_factory=dict)
    items: dict[str, _Item] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    coverages: dict[str, Coverage] = field(default_factory=dict)
    gists: dict[str, Gist] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    stale_stories: set[str] = field(default_factory=set)
    corrections: list[Constraint] = field(default_factory=list)

    def add_source(self, source: Source) -> None:
        self.sources[source.id] = source

    def add_feed(self, feed: Feed, now: datetime) -> bool:
        new = feed.url not in self.feeds
        self.feeds.setdefault(feed.url, _Feed(feed, now, len(self.feeds)))
        return new

    def claim_feeds(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Visit]:
        due = [row for row in self.feeds.values() if row.next_visit <= now]
        due.sort(key=lambda row: (row.next_visit, row.feed.url))
        return [_visit(row) for row in _claim(due, lambda row: row.feed.url, now, limit, busy)]

    def keep_visit(self, url: str, outcome: Outcome, now: datetime) -> int:
        row = self.feeds[url]
        listed = {entry_key(entry, url): entry for entry in with_own_guids(outcome.entries)}
        changed = sum(self._keep_entry(row, key, entry, listed, now) for key, entry in listed.items())
        if outcome.problem is not None and row.outcome is not None:
            outcome = replace(outcome, etag=row.outcome.etag, modified=row.outcome.modified)
        row.outcome, row.next_visit, row.claimed_until = outcome, outcome.next_visit, None
        row.failures = row.failures + 1 if outcome.problem is not None else 0
        if outcome.moved_to and outcome.moved_to != url:
            row.feed = replace(row.feed, url=outcome.moved_to)
            self.feeds.setdefault(outcome.moved_to, row)
            del self.feeds[url]
        return changed

    def _keep_entry(self, feed: _Feed, key: str, entry: Entry, listed: Collection[str], now: datetime) -> bool:
        known = self.entries.get(key) or self._moved(feed, entry, listed)
        row = known or _Entry(key, entry, feed.feed.source, now)
        said, before = mark(entry, key), row.marks.get(feed.number)
        if before == said:
            return False
        row.marks[feed.number] = said
        news = known is None or before is not None
        if news:
            self.entries.pop(row.key, None)
            row.key, row.entry, row.state, row.due_at = key, entry, "due", now
            row.attempts, row.look_at = 0, None
            self.entries[key] = row
        return news

    def _moved(self, feed: _Feed, entry: Entry, listed: Collection[str]) -> _Entry | None:
        rows = (row for row in self.entries.values() if row.source == feed.feed.source and row.key not in listed)
        return next((row for row in rows if same_piece(row.entry, entry)), None)

    def postpone_visit(self, url: str, until: datetime) -> None:
        self.feeds[url].next_visit, self.feeds[url].claimed_until = until, None

    def claim_entries(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Task]:
        due = [row for row in self.entries.values() if row.state == "due" and row.due_at <= now]
        due.sort(key=lambda row: (row.due_at, row.key))
        return [self._task(row) for row in _claim(due, lambda row: row.entry.url, now, limit, busy)]

    def claim_looks(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Task]:
        due = [row for row in self.entries.values() if row.state == "read" and row.look_at and row.look_at <= now]
        due.sort(key=lambda row: (row.look_at or NEVER, row.key))
        return [self._task(row, look=True) for row in _claim(due, lambda row: row.entry.url, now, limit, busy)]

    def _task(self, row: _Entry, look: bool = False) -> Task:
        source = self.sources[row.source]
        return Task(row.key, row.entry, source, row.attempts, row.etag, row.modified, row.first_read, look)

    def keep_item(
        self, item: Item, now: datetime, task: Task | None = None, *, etag: str = "", modified: str = ""
    ) -> bool:
        entry = self.entries.get(task.key) if task else None
        name = self._known(item, entry)
        if name is None:
            name = item_id(entry.key) if entry and item.id in self.items else item.id
        there = self.items.setdefault(name, _Item([]))
        for key in [*([entry.key] if entry else []), *([address_key(item.url)] if item.url else [])]:
            self.addresses.setdefault(key, name)
        if entry is not None:
            entry.state, entry.claimed_until, entry.attempts, entry.item = "read", None, 0, name
            entry.first_read, entry.etag, entry.modified = entry.first_read or now, etag or None, modified or None
        if there.revisions and digest(there.revisions[-1]) == digest(item):
            return False
        published = item.published or (there.revisions[-1].published if there.revisions else None)
        there.revisions.append(replace(item, id=name, revision=len(there.revisions) + 1, published=published))
        return True

    def _known(self, item: Item, entry: _Entry | None) -> str | None:
        there = self.addresses.get(address_key(item.url)) if item.url else None
        if there and (entry is None or entry.item == there or alike(self.items[there].revisions[-1].text, item.text)):
            return there
        return entry.item if entry else item.id

    def look_again(self, key: str, at: datetime | None) -> None:
        row = self.entries[key]
        row.state, row.attempts, row.look_at, row.claimed_until = "read", 0, at, None

    def postpone_entry(self, key: str, until: datetime) -> None:
        row = self.entries[key]
        row.claimed_until = None
        if row.state == "due":
            row.due_at = until
        else:
            row.look_at = until

    def fail_entry(self, key: str, problem: str, retry_at: datetime | None) -> None:
        row = self.entries[key]
        row.state, row.claimed_until = ("due" if retry_at else "failed"), None
        if retry_at:
            row.due_at, row.attempts = retry_at, row.attempts + 1

    def rest_host(self, host: str, until: datetime) -> None:
        for feed in self.feeds.values():
            if host_of(feed.feed.url) == host:
                feed.next_visit = max(feed.next_visit, until)
        for entry in self.entries.values():
            if host_of(entry.entry.url) == host:
                entry.due_at = max(entry.due_at, until)
                entry.look_at = max(entry.look_at, until) if entry.look_at else None

    def together(self) -> AbstractContextManager[object]:
        return nullcontext()

    def untold(self, limit: int) -> list[Item]:
        rows = [row.revisions[-1] for row in self.items.values() if row.told < len(row.revisions)]
        return sorted(rows, key=lambda item: (item.published or NEVER, item.id))[:limit]

    def keep_account(self, account: Account, traits: Traits) -> None:
        row = self.items[account.item.id]
        row.account, row.traits, row.told = account, traits, account.item.revision
        if row.placement:
            self.stale_stories.add(row.placement.story)

    def unplaced(self) -> list[Traits]:
        rows = [row for row in self.items.values() if row.traits is not None and row.placement is None]
        rows.sort(key=lambda row: (row.revisions[-1].published or NEVER, row.revisions[-1].id))
        return [row.traits for row in rows if row.traits is not None]

    def placed(self, most: int) -> list[Placed]:
        rows = sorted((row for row in self.items.values() if row.placement), key=lambda row: row.position)
        return [Placed(row.traits, row.placement.story) for row in rows[-most:] if row.traits and row.placement]

    def standing(self, most: int) -> list[tuple[str, str]]:
        return [(traits.id, story) for traits, story in self.placed(most)]

    def constraints(self) -> list[Constraint]:
        return [
            replace(one, other=kept_story(one.other, self.gone)) if one.other_is == "story" else one
            for one in self.corrections
        ]

    def corrections_made(self) -> int:
        return len(self.corrections)

    def alone(self) -> AbstractContextManager[object]:
        return nullcontext()

    def keep_placement(self, placement: Placement, merges: Sequence[Merge]) -> None:
        row = self.items[placement.id]
        row.placement, row.position = placement, max((other.position for other in self.items.values()), default=0) + 1
        self.stale_stories.add(placement.story)
        for merge in merges:
            self.gone[merge.gone] = merge.kept
            self.coverages.pop(merge.gone, None)
            self.stale_stories = (self.stale_stories - {merge.gone}) | {merge.kept}
            for other in self.items.values():
                if other.placement and other.placement.story == merge.gone:
                    other.placement = replace(other.placement, story=merge.kept)

    def stale(self, limit: int) -> list[str]:
        return sorted(self.stale_stories)[:limit]

    def story(self, story: str) -> StoryFile:
        rows = [row for row in self.items.values() if row.placement and row.placement.story == story and row.account]
        rows.sort(key=lambda row: (row.revisions[-1].published or NEVER, row.revisions[-1].id))
        if not rows:
            raise NotFound(f"no story {story}")
        return StoryFile(
            id=story,
            accounts=tuple(row.account for row in rows if row.account),
            traits=tuple(row.traits for row in rows if row.traits),
            why={row.placement.id: row.placement.why for row in rows if row.placement},
            owners={source.name: source.owner for source in self.sources.values() if source.owner},
        )

    def keep_coverage(
        self, coverage: Coverage, seen: Sequence[tuple[str, int]], rulings: Mapping[str, Rulings] | None = None
    ) -> None:
        self.coverages[coverage.story] = coverage
        now_told = {
            (key, row.told)
            for key, row in self.items.items()
            if row.placement and row.placement.story == coverage.story
        }
        if now_told == set(seen):
            self.stale_stories.discard(coverage.story)

    def unlinked(self, limit: int) -> list[str]:
        return sorted(story for story in self.coverages if story not in self.gists)[:limit]

    def near(self, gist: Gist) -> tuple[list[Gist], Spread]:
        alive = [other for other in self.gists.values() if other.story != gist.story and other.story not in self.gone]
        holding = {key: sum(key in other.names for other in alive) for key in gist.names}
        return [other for other in alive if not gist.names.keys().isdisjoint(other.names)], Spread(len(alive), holding)

    def keep_affair(self, gist: Gist, links: Sequence[Link]) -> None:
        self.gists[gist.story] = gist
        self.links = [old for old in self.links if gist.story not in (old.one, old.other)] + list(links)

    def set_aside(self, story: str) -> None:
        self.stale_stories.discard(story)

    def waiting(self, now: datetime) -> Waiting:
        return Waiting(
            feeds=sum(row.next_visit <= now for row in self.feeds.values()),
            entries=sum(row.state == "due" and row.due_at <= now for row in self.entries.values()),
            untold=sum(row.told < len(row.revisions) for row in self.items.values()),
            unplaced=len(self.unplaced()),
            stale=len(self.stale_stories),
        )

    def release(self) -> None:
        for feed in self.feeds.values():
            feed.claimed_until = None
        for entry in self.entries.values():
            entry.claimed_until = None


def _claim(
    due: Sequence[Row], address: Callable[[Row], str], now: datetime, limit: int, busy: Collection[str]
) -> list[Row]:
    """The first that nobody holds, one a host, claimed."""
    chosen: dict[str, Row] = {}
    for row in due:
        host = host_of(address(row))
        if len(chosen) < limit and host not in busy and (row.claimed_until is None or row.claimed_until < now):
            chosen.setdefault(host, row)
    for row in chosen.values():
        row.claimed_until = now + LEASE
    return list(chosen.values())


def _visit(row: _Feed) -> Visit:
    last = row.outcome
    if last is None:
        return Visit(row.feed, failures=row.failures)
    return Visit(row.feed, last.etag, last.modified, row.failures, last.interval)
