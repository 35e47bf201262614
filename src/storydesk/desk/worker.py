"""The worker: takes what is due through the stages, one step after the other, and keeps each result in one transaction.

The steps stand in the order of the pipeline, and a later one begins when the earlier ones have nothing due. So items
are grouped in the order of their publication whatever the order in which their pages came in, and a desk whose worker
was killed at any moment ends with the same stories as one whose worker was not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from threading import Event
from time import monotonic, sleep
from typing import TypeVar

from storydesk import pipeline
from storydesk.desk.looking import look_hours, next_look
from storydesk.desk.opening import translated
from storydesk.desk.placing import Placing
from storydesk.desk.store import Outcome, Store, StoryFile, Task, Visit
from storydesk.desk.visiting import Fetcher, Postponed, Reading, attempt, has_page, retry_at, spoiled, visit_feed, wish
from storydesk.desk.window import Window
from storydesk.errors import StoreFull, StorydeskError
from storydesk.gather import host_of, told_of
from storydesk.group import Gist, Link, affair, gist
from storydesk.model import Account, Item

__all__ = ["Worker"]

R = TypeVar("R")

log = logging.getLogger("storydesk.worker")

AT_ONCE = 32
"""Feeds and pages fetched at the same moment, each of another host (``docs/decisions/0010-manners.md`` has what more
would bring)."""

BATCH = 32
"""Rows taken at a time; of items to be told one, where fetches are under way that wait to be kept."""

PLACE_AFTER = 500
"""Items told and waiting at which grouping no longer waits for the fetching to end, so that a first day of many feeds
shows stories early."""

HOPE = 10.0
"""Seconds for which grouping waits for a fetch to end. One that takes longer hangs; its item comes when it comes."""

TELL_AT_LEAST = 1.0
"""Seconds after which an item is told even though there is more to be kept: on a desk of many feeds there always is."""

PAUSE = 5.0
"""Seconds between looks at an idle desk."""

LONGEST_TURN = 120.0
"""Seconds that ``drain`` waits for the turn of a host whose robots.txt asks for a delay between two requests."""

LOOK_GAP = 60.0
"""Seconds between two looks at pages of one host of which nothing says that they changed."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Worker:
    """Works through one store. ``fetcher`` is its way to the network, ``clock`` the time."""

    store: Store
    fetcher: Fetcher
    tools: Callable[[], pipeline.Tools] = pipeline.default_tools
    clock: Callable[[], datetime] = _now
    placing: Placing = field(default_factory=Placing)
    window: Window = field(default_factory=lambda: Window(AT_ONCE))
    hours: tuple[float, ...] = field(default_factory=look_hours)
    looked: dict[str, float] = field(default_factory=dict)
    linked: bool = False
    told: float = field(default_factory=monotonic)

    def run(self, stop: Event) -> None:
        """Works until ``stop`` is set. An unexpected error is logged and the work goes on: one bad item never stops a
        desk."""
        self.store.release()
        while not stop.is_set():
            try:
                worked = self.step()
            except Exception as error:
                known = translated(error)
                if known:
                    log.error("%s", known)
                else:
                    log.exception("the worker met an unexpected error and goes on")
                worked = False
            if not worked:
                stop.wait(PAUSE)
        self.window.close()

    def drain(self) -> None:
        """Works until nothing is due, or what is due may not be asked for within a while."""
        while self.step() or self._wait_for_turn():
            pass

    def step(self) -> bool:
        """Starts what may be fetched, then does the first of what there is to do. False where that was nothing.

        Fetches go on from step to step. Those that hang do not hold up the rest.
        """
        self._start()
        if self._keep(0.0) and monotonic() - self.told < TELL_AT_LEAST:
            return True
        if self._tell():
            return True
        if self.window.hopeful(HOPE):
            self._keep(1.0)
            return True
        if self._place() or self._cover() or self._link():
            return True
        if self.window.hosts:
            self._keep(1.0)
            return True
        return False

    def _wait_for_turn(self) -> bool:
        """Waits for the first host whose turn comes soon, where anything is due at all."""
        waits = [wait for wait in self.fetcher.waits().values() if wait <= LONGEST_TURN]
        waiting = self.store.waiting(self.clock())
        if not waits or not (waiting.feeds or waiting.entries):
            return False
        sleep(min(min(waits) + 0.01, PAUSE))
        return True

    # ------------------------------------------------------------------------------------------------- fetching

    def _start(self) -> None:
        """Fills the window: feeds first, then pages, then looks at pages read before."""
        if not self.window.room:
            return
        now, busy = self.clock(), {*self.window.hosts, *self.fetcher.waits()}
        for visit in self.store.claim_feeds(now, self.window.room, busy):
            work = partial(visit_feed, visit, self.fetcher, now)
            self._launch(visit.feed.url, work, partial(self._visited, visit), busy)
        for task in self.store.claim_entries(now, self.window.room, busy) if self.window.room else ():
            self._launch(task.entry.url, partial(attempt, task, self.fetcher, now), partial(self._read, task), busy)
        for task in self.store.claim_looks(now, self.window.room, busy | self._looked()) if self.window.room else ():
            self.looked[host_of(task.entry.url)] = monotonic() + LOOK_GAP
            self._launch(task.entry.url, partial(attempt, task, self.fetcher, now), partial(self._read, task), busy)

    def _launch(self, url: str, work: Callable[[], R], keep: Callable[[R], None], busy: set[str]) -> None:
        busy.add(host_of(url))
        self.window.start(host_of(url), work, keep)

    def _looked(self) -> set[str]:
        self.looked = {host: until for host, until in self.looked.items() if until > monotonic()}
        return set(self.looked)

    def _keep(self, seconds: float) -> bool:
        """Keeps what was fetched, all in one transaction; waits so long for the first. False where there was none."""
        ended = self.window.finished(seconds)
        if ended:
            with self.store.together():
                for keep in ended:
                    keep()
        return bool(ended)

    def _visited(self, visit: Visit, found: Outcome | Postponed) -> None:
        url, now = visit.feed.url, self.clock()
        if isinstance(found, Postponed):
            self.store.postpone_visit(url, found.until)
            return
        try:
            new = self.store.keep_visit(url, found, now)
        except Exception as error:
            if translated(error):
                raise
            log.exception("%s: what it sent cannot be kept", url)
            found = spoiled(visit, error, now)
            new = self.store.keep_visit(url, found, now)
        if found.rests:
            self.store.rest_host(*found.rests)
        log.info("%s", told_of(url, found.problem or f"{new} new or changed"))

    def _read(self, task: Task, found: Reading | Postponed | StorydeskError) -> None:
        now = self.clock()
        if isinstance(found, Postponed):
            self.store.postpone_entry(task.key, found.until)
        elif isinstance(found, StorydeskError):
            self._unread(task, found, now)
        else:
            try:
                self._keep_reading(task, found, now)
            except Exception as error:
                if translated(error):
                    raise
                log.exception("%s: what was read cannot be kept", task.key)
                self.store.fail_entry(task.key, f"it cannot be kept: {type(error).__name__}", None)

    def _keep_reading(self, task: Task, found: Reading, now: datetime) -> None:
        published, first_read = task.entry.published, task.first_read or now
        if found.item is not None:
            self.store.keep_item(found.item, now, task, etag=found.etag, modified=found.modified)
            published = found.item.published or published
        again = next_look(published, first_read, now, self.hours) if has_page(task) else None
        self.store.look_again(task.key, again)

    def _unread(self, task: Task, error: StorydeskError, now: datetime) -> None:
        log.warning("%s", told_of(task.entry.url, str(error)))
        if rests := wish(error, now):
            self.store.rest_host(*rests)
        if task.look:  # nothing is lost: the page was read before
            self.store.look_again(task.key, next_look(task.entry.published, task.first_read or now, now, self.hours))
        else:
            self.store.fail_entry(task.key, error.message, retry_at(error, task.attempts, now))

    # ------------------------------------------------------------------------------------------------- telling

    def _tell(self) -> bool:
        self.told = monotonic()
        items = self.store.untold(1 if self.window.hosts else BATCH)
        for item in items:
            told = self._account(item)
            self.store.keep_account(told, pipeline.traits(told, self.tools()))
        if items and self.store.waiting(self.clock()).unplaced >= PLACE_AFTER:
            self._place()
        return bool(items)

    def _account(self, item: Item) -> Account:
        """The item's account; where a stage fails on it, the bare item, so that it is shown and not tried for ever."""
        try:
            told = pipeline.account(item, self.tools())
            pipeline.prepare(told, self.tools())
            return told
        except Exception:
            log.exception("item %s: recognised nothing, because a stage failed", item.id)
            return Account(item)

    def _place(self) -> bool:
        return self.placing.place_all(self.store) > 0

    def _cover(self) -> bool:
        stories = self.store.stale(BATCH)
        for story in stories:
            try:
                self._cover_one(story)
            except StoreFull:
                raise
            except Exception:
                log.exception("story %s: keeps its last coverage, because comparing it failed", story)
                self.store.set_aside(story)
        return bool(stories)

    def _cover_one(self, story: str) -> None:
        file = self.store.story(story)
        coverage = pipeline.cover(
            story, file.accounts, self.tools(), why=file.why, owners=file.owners, rulings=file.rulings
        )
        about, links = self._affair(file)
        with self.store.together():
            self.store.keep_affair(about, links)
            read = [(told.item.id, told.item.revision) for told in file.accounts]
            self.store.keep_coverage(coverage, read, file.rulings)

    def _link(self) -> bool:
        """Finds the affairs of stories that were compared before links were kept, once everything else is done."""
        stories = [] if self.linked else self.store.unlinked(BATCH)
        self.linked = not stories
        for story in stories:
            try:
                self.store.keep_affair(*self._affair(self.store.story(story)))
            except StoreFull:
                raise
            except Exception:
                log.exception("story %s: is linked with none, because a stage failed", story)
                self.store.keep_affair(Gist(story), [])
        return bool(stories)

    def _affair(self, file: StoryFile) -> tuple[Gist, tuple[Link, ...]]:
        about = gist(file.id, list(zip(file.traits, file.accounts, strict=True)))
        return about, affair(about, *self.store.near(about))
