"""Visits: what the worker does with a feed that is due and with an entry whose page is to be read. No store is touched
here."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from storydesk.desk.home import contact
from storydesk.desk.identity import lies_in_feed
from storydesk.desk.store import Outcome, Task, Visit
from storydesk.errors import GatherError, Gone, InputError, StorydeskError, TooSoon, Unreachable, UnreadableFile
from storydesk.gather import (
    FEED_TYPES,
    LONGEST_RETRY,
    PAGE_TYPES,
    Client,
    Fetched,
    LastVisit,
    May,
    ParsedFeed,
    Robots,
    next_visit,
    parse_address,
    shown,
    user_agent,
)
from storydesk.model import Item
from storydesk.read import read_entry
from storydesk.sandbox import FeedJob, PageJob, Sandbox
from storydesk.wire import item_id

__all__ = [
    "Fetcher",
    "Postponed",
    "Reading",
    "attempt",
    "has_page",
    "read_task",
    "retry_at",
    "spoiled",
    "visit_feed",
    "wish",
]

log = logging.getLogger("storydesk.worker")

TRIES = 5
"""After so many failures in a row an entry's page is given up: its feed shows it again where it changes."""

LONGEST_PROBLEM = 400
"""Characters of a sentence about a feed that is kept: a server may have dictated a part of it."""

FIRST_PAUSE = timedelta(minutes=5)
"""Before the second try of a page; doubled for each later one."""


class Postponed(NamedTuple):
    """Nothing was asked, because the host wishes to be left alone ``until`` then."""

    until: datetime


class Reading(NamedTuple):
    """What looking at an entry's page brought: ``item`` is ``None`` where the page has not changed. The validators are
    for the next look."""

    item: Item | None
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """The way to the network, with its manners, and to the process that reads what comes from there."""

    client: Client
    robots: Robots
    sandbox: Sandbox

    @classmethod
    @contextmanager
    def open(cls, allow_local: frozenset[tuple[str, int]] = frozenset()) -> Iterator[Fetcher]:
        """A fetcher for the length of a block. ``allow_local`` opens exact (host, port) pairs: the demo edition's own
        server. Raises InputError where the desk's contact is none."""
        with Client(user_agent(contact()), allow_local=allow_local) as client, Sandbox() as sandbox:
            yield cls(client, Robots(client), sandbox)

    def feed(self, visit: Visit, now: datetime) -> Fetched:
        """The feed's answer: its bytes, or that nothing changed."""
        return self.client.fetch(
            visit.feed.url, etag=visit.etag, modified=visit.modified, accept=FEED_TYPES, may=self._may(now)
        )

    def page(self, task: Task, now: datetime) -> Fetched:
        """The page of an entry, where robots.txt lets us, there and wherever it redirects; or that nothing changed,
        except where the feed itself brings the piece anew."""
        known = task.look or not task.entry.complete
        etag, modified = (task.etag, task.modified) if known else (None, None)
        return self.client.fetch(task.entry.url, etag=etag, modified=modified, accept=PAGE_TYPES, may=self._may(now))

    def parse(self, answer: Fetched, now: datetime) -> ParsedFeed:
        """The feed in an answer."""
        return self.sandbox.feed(FeedJob(answer.final_url, answer.content_type, now), answer.body)

    def read(self, answer: Fetched, task: Task, now: datetime) -> Item:
        """The item in an answer."""
        job = PageJob(answer.final_url, answer.content_type, now, task.entry, task.source)
        return self.sandbox.page(job, answer.body)

    def waits(self) -> Mapping[str, float]:
        """The hosts whose turn has not come, with the seconds until it does."""
        return self.client.pacing.waits()

    def _may(self, now: datetime) -> May:
        return lambda url, seconds: self.robots.check(url, now=now, within=seconds)


def visit_feed(visit: Visit, fetcher: Fetcher, now: datetime) -> Outcome | Postponed:
    """What a visit to a feed brings, failures included: an error here is an outcome, with the sentence for people in
    it."""
    try:
        answer = fetcher.feed(visit, now)
        return _unchanged(visit, answer, now) if answer.not_modified else _changed(answer, fetcher, now)
    except TooSoon as error:
        return Postponed(now + timedelta(seconds=error.wait))
    except (GatherError, InputError) as error:
        return _failed(visit, error, now)
    except Exception as error:
        log.exception("%s: an unexpected error", visit.feed.url)
        return _failed(visit, _unexpected(error), now)


def _unexpected(error: Exception) -> StorydeskError:
    return InputError(f"it cannot be read: {type(error).__name__}", "this is a fault of Storydesk: report it")


def _changed(answer: Fetched, fetcher: Fetcher, now: datetime) -> Outcome:
    parsed = fetcher.parse(answer, now)
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
        for_good=isinstance(error, Gone) and error.for_good,
        retry_after=error.retry_after if isinstance(error, Unreachable) else None,
    )
    following = next_visit(last, now=now)
    return Outcome(
        state="resting" if following.rests else "failing",
        next_visit=following.at,
        interval=following.interval,
        problem=shown(error.message, LONGEST_PROBLEM),
        blocked_by=error.by if isinstance(error, GatherError) else "",
        advice=error.hint,
        rests=wish(error, now),
    )


def spoiled(visit: Visit, error: Exception, now: datetime) -> Outcome:
    """The outcome of a visit that brought what cannot be kept."""
    return _failed(visit, _unexpected(error), now)


def wish(error: StorydeskError, now: datetime) -> tuple[str, datetime] | None:
    """The host that wishes to be left alone, and until when, where an error says so."""
    if not isinstance(error, Unreachable) or not error.host or not error.retry_after:
        return None
    return error.host, now + _granted(error.retry_after)


def _granted(seconds: float | None) -> timedelta:
    return min(timedelta(seconds=min(seconds or 0.0, 1e9)), LONGEST_RETRY)


def read_task(task: Task, fetcher: Fetcher, now: datetime) -> Reading:
    """The item behind an entry: its page where it has one, else what the feed gives. Raises a StorydeskError."""
    entry, source = task.entry, task.source
    if lies_in_feed(task.key):
        return Reading(replace(read_entry(entry, now=now, source=source), id=item_id(task.key), url=entry.url))
    if entry.video is not None:
        return Reading(read_entry(entry, now=now, source=source))
    answer = fetcher.page(task, now)
    if answer.not_modified:
        return Reading(None, answer.etag or task.etag or "", answer.last_modified or task.modified or "")
    if _is_front(answer.final_url) and not _is_front(entry.url):
        raise Gone(f"{entry.url} leads to the site's front page now", "the outlet seems to have withdrawn it")
    try:
        return Reading(fetcher.read(answer, task, now), answer.etag or "", answer.last_modified or "")
    except UnreadableFile as error:
        raise UnreadableFile(f"{entry.url} {error.message}", error.hint) from None


def attempt(task: Task, fetcher: Fetcher, now: datetime) -> Reading | Postponed | StorydeskError:
    """The same, with what went wrong as a value."""
    try:
        return read_task(task, fetcher, now)
    except TooSoon as error:
        return Postponed(now + timedelta(seconds=error.wait))
    except StorydeskError as error:
        return error
    except Exception as error:
        log.exception("%s: an unexpected error", task.entry.url)
        return _unexpected(error)


def has_page(task: Task) -> bool:
    """Whether an entry has a page of its own that is read."""
    return task.entry.video is None and not lies_in_feed(task.key)


def _is_front(url: str) -> bool:
    return parse_address(url).raw_path in (b"", b"/")


def retry_at(error: StorydeskError, attempts: int, now: datetime) -> datetime | None:
    """When to try a page again that could not be read; ``None`` for never."""
    if error.permanent or attempts + 1 >= TRIES:
        return None
    asked = _granted(error.retry_after) if isinstance(error, Unreachable) else timedelta()
    pause: timedelta = FIRST_PAUSE * 2**attempts
    return now + max(pause, asked)
