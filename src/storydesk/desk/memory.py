"""The store in plain dictionaries: the shortest statement of what a store does, and the one that tests run the worker
on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from storydesk.coverage import Coverage
from storydesk.desk.store import LEASE, Outcome, Placed, StoryFile, Task, Visit, Waiting, digest, entry_key, fingerprint
from storydesk.errors import NotFound
from storydesk.group import Constraint, Traits
from storydesk.model import Account, Entry, Feed, Item, Merge, Placement, Source

__all__ = ["Memory"]

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Feed:
    feed: Feed
    next_visit: datetime
    outcome: Outcome | None = None
    failures: int = 0
    claimed_until: datetime | None = None


@dataclass(slots=True)
class _Entry:
    entry: Entry
    feed: str
    mark: str
    due_at: datetime
    state: str = "due"
    attempts: int = 0
    claimed_until: datetime | None = None


@dataclass(slots=True)
class _Item:
    revisions: list[Item]
    told: int = 0
    account: Account | None = None
    traits: Traits | None = None
    placement: Placement | None = None
    position: int = 0


@dataclass(slots=True)
class Memory:
    """:class:`storydesk.desk.store.Store` in dictionaries."""

    sources: dict[str, Source] = field(default_factory=dict)
    feeds: dict[str, _Feed] = field(default_factory=dict)
    entries: dict[str, _Entry] = field(default_factory=dict)
    items: dict[str, _Item] = field(default_factory=dict)
    coverages: dict[str, Coverage] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    stale_stories: set[str] = field(default_factory=set)
    corrections: list[Constraint] = field(default_factory=list)

    def add_source(self, source: Source) -> None:
        self.sources[source.id] = source

    def add_feed(self, feed: Feed, now: datetime) -> bool:
        new = feed.url not in self.feeds
        self.feeds.setdefault(feed.url, _Feed(feed, now))
        return new

    def claim_feeds(self, now: datetime, limit: int) -> list[Visit]:
        due = [row for row in self.feeds.values() if _free(row.claimed_until, now) and row.next_visit <= now]
        due.sort(key=lambda row: (row.next_visit, row.feed.url))
        for row in due[:limit]:
            row.claimed_until = now + LEASE
        return [_visit(row) for row in due[:limit]]

    def keep_visit(self, url: str, outcome: Outcome, now: datetime) -> int:
        row = self.feeds[url]
        changed = sum(self._keep_entry(url, entry, now) for entry in outcome.entries)
        if outcome.problem is not None and row.outcome is not None:
            outcome = replace(outcome, etag=row.outcome.etag, modified=row.outcome.modified)
        row.outcome, row.next_visit, row.claimed_until = outcome, outcome.next_visit, None
        row.failures = row.failures + 1 if outcome.problem is not None else 0
        if outcome.moved_to and outcome.moved_to not in self.feeds:
            row.feed = replace(row.feed, url=outcome.moved_to)
            self.feeds[outcome.moved_to] = self.feeds.pop(url)
        return changed

    def _keep_entry(self, feed: str, entry: Entry, now: datetime) -> bool:
        url, mark = entry_key(entry, feed), fingerprint(entry)
        row = self.entries.get(url)
        if row is not None and row.mark == mark:
            return False
        self.entries[url] = _Entry(entry, row.feed if row else feed, mark, now)
        return True

    def claim_entries(self, now: datetime, limit: int) -> list[Task]:
        due = [
            (row.due_at, url)
            for url, row in self.entries.items()
            if row.state == "due" and row.due_at <= now and _free(row.claimed_until, now)
        ]
        tasks = []
        for _, url in sorted(due)[:limit]:
            row = self.entries[url]
            row.claimed_until = now + LEASE
            source = self.sources[self.feeds[row.feed].feed.source]
            tasks.append(Task(url, row.entry, source, row.attempts))
        return tasks

    def keep_item(self, item: Item, now: datetime, task: str | None = None) -> bool:
        if task is not None and task in self.entries:
            row = self.entries[task]
            row.state, row.claimed_until, row.attempts = "read", None, 0
        there = self.items.setdefault(item.id, _Item([]))
        if there.revisions and digest(there.revisions[-1]) == digest(item):
            return False
        published = item.published or (there.revisions[-1].published if there.revisions else None)
        there.revisions.append(replace(item, revision=len(there.revisions) + 1, published=published))
        return True

    def fail_entry(self, url: str, problem: str, retry_at: datetime | None) -> None:
        row = self.entries[url]
        row.state, row.claimed_until = ("due" if retry_at else "failed"), None
        if retry_at:
            row.due_at, row.attempts = retry_at, row.attempts + 1

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

    def constraints(self) -> list[Constraint]:
        return list(self.corrections)

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
            why={row.placement.id: row.placement.why for row in rows if row.placement},
            owners={source.name: source.owner for source in self.sources.values() if source.owner},
        )

    def keep_coverage(self, coverage: Coverage, seen: Sequence[tuple[str, int]]) -> None:
        self.coverages[coverage.story] = coverage
        now_told = {
            (key, row.told)
            for key, row in self.items.items()
            if row.placement and row.placement.story == coverage.story
        }
        if now_told == set(seen):
            self.stale_stories.discard(coverage.story)

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


def _free(claimed_until: datetime | None, now: datetime) -> bool:
    return claimed_until is None or claimed_until < now


def _visit(row: _Feed) -> Visit:
    last = row.outcome
    if last is None:
        return Visit(row.feed, failures=row.failures)
    return Visit(row.feed, last.etag, last.modified, row.failures, last.interval)
