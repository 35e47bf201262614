"""Visits: what the worker does with a feed that is due and with an entry whose page is to be read. No store is touched
here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storydesk.desk.home import contact
from storydesk.desk.store import Outcome, Task, Visit
from storydesk.errors import GatherError, Gone, InputError, StorydeskError, Unreachable, UnreadableFile
from storydesk.gather import (
    FEED_TYPES,
    PAGE_TYPES,
    Client,
    Fetched,
    LastVisit,
    May,
    Robots,
    next_visit,
    parse_feed,
    user_agent,
)
from storydesk.model import Item
from storydesk.read import read_document, read_entry
from storydesk.wire import item_id

__all__ = ["Fetcher", "read_task", "retry_at", "visit_feed"]

TRIES = 5
"""After so many failures in a row an entry's page is given up: its feed shows it again where it changes."""

FIRST_PAUSE = timedelta(minutes=5)
"""Before the second try of a page; doubled for each later one."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """The way to the network, with its manners."""

    client: Client
    robots: Robots

    @classmethod
    @contextmanager
    def open(cls, allow_local: frozenset[tuple[str, int]] = frozenset()) -> Iterator[Fetcher]:
        """A fetcher for the length of a block. ``allow_local`` opens exact (host, port) pairs: the demo edition's own
        server. Raises InputError where the desk's contact is none."""
        with Client(user_agent(contact()), allow_local=allow_local) as client:
            yield cls(client, Robots(client))

    def page(self, url: str, now: datetime) -> Fetched:
        """The page at an address, where robots.txt lets us, there and wherever it redirects."""
        return self.client.fetch(url, accept=PAGE_TYPES, may=self._may(now))

    def feed(self, visit: Visit, now: datetime) -> Fetched:
        """The feed's answer: its bytes, or that nothing changed."""
        return self.client.fetch(
            visit.feed.url, etag=visit.etag, modified=visit.modified, accept=FEED_TYPES, may=self._may(now)
        )

    def _may(self, now: datetime) -> May:
        return lambda url, seconds: self.robots.check(url, now=now, within=seconds)


def visit_feed(visit: Visit, fetcher: Fetcher, now: datetime) -> Outcome:
    """What a visit to a feed brings, failures included: an error here is an outcome, with the sentence for people in
    it."""
    try:
        answer = fetcher.feed(visit, now)
        if answer.not_modified:
            return _unchanged(visit, answer, now)
        return _changed(answer, now)
    except (GatherError, InputError) as error:
        return _failed(visit, error, now)


def _changed(answer: Fetched, now: datetime) -> Outcome:
    parsed = parse_feed(answer.body, answer.final_url, now=now, content_type=answer.content_type)
    published = tuple(entry.published for entry in parsed.entries if entry.published)
    following = next_visit(LastVisit("ok", published=published, retry_after=answer.retry_after), now=now)
    return Outcome(
        state="active",
        next_visit=following.at,
        interval=following.interval,
        entries=parsed.entries,
        title=parsed.title,
        etag=answer.etag,
        modified=answer.last_modified,
        moved_to=answer.moved_to,
    )


def _unchanged(visit: Visit, answer: Fetched, now: datetime) -> Outcome:
    following = next_visit(LastVisit("unchanged", visit.interval, retry_after=answer.retry_after), now=now)
    return Outcome(
        state="active",
        next_visit=following.at,
        interval=following.interval,
        etag=answer.etag or visit.etag,
        modified=answer.last_modified or visit.modified,
        moved_to=answer.moved_to,
    )


def _failed(visit: Visit, error: StorydeskError, now: datetime) -> Outcome:
    last = LastVisit(
        "gone" if isinstance(error, Gone) else "failed",
        interval=visit.interval,
        failures=visit.failures + 1,
        retry_after=error.retry_after if isinstance(error, Unreachable) else None,
    )
    following = next_visit(last, now=now)
    return Outcome(
        state="resting" if following.rests else "failing",
        next_visit=following.at,
        interval=following.interval,
        problem=str(error),
    )


def read_task(task: Task, fetcher: Fetcher, now: datetime) -> Item:
    """The item behind an entry: its page where it has one, else what the feed gives. Raises a StorydeskError."""
    entry, source = task.entry, task.source
    if task.url == entry.url and "#" in entry.url:  # an entry without an address of its own (gather.parsed.anchor)
        return replace(read_entry(entry, now=now, source=source), id=item_id(task.url), url=entry.url)
    if entry.video is not None:
        return read_entry(entry, now=now, source=source)
    answer = fetcher.page(entry.url, now)
    try:
        return read_document(
            answer.body, now=now, url=answer.final_url, content_type=answer.content_type, entry=entry, source=source
        )
    except UnreadableFile as error:
        raise UnreadableFile(f"{entry.url} {error.message}", error.hint) from None


def retry_at(error: StorydeskError, attempts: int, now: datetime) -> datetime | None:
    """When to try a page again that could not be read; ``None`` for never."""
    if error.permanent or attempts + 1 >= TRIES:
        return None
    asked = timedelta(seconds=error.retry_after or 0) if isinstance(error, Unreachable) else timedelta()
    pause: timedelta = FIRST_PAUSE * 2**attempts
    return now + max(pause, asked)
