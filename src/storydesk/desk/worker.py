"""The worker: takes what is due through the stages, one step after the other, and keeps each result in one transaction.

The steps stand in the order of the pipeline, and a later one begins when the earlier ones have nothing due. So items
are grouped in the order of their publication whatever the order in which their pages came in, and a desk whose worker
was killed at any moment ends with the same stories as one whose worker was not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import TypeVar

from storydesk import pipeline
from storydesk.desk.opening import translated
from storydesk.desk.placing import Placing
from storydesk.desk.store import Store, Task
from storydesk.desk.visiting import Fetcher, read_task, retry_at, visit_feed
from storydesk.errors import StoreFull, StorydeskError
from storydesk.model import Account, Item

__all__ = ["Worker"]

T = TypeVar("T")
R = TypeVar("R")

log = logging.getLogger("storydesk.worker")

AT_ONCE = 8
"""Feeds or pages fetched at the same moment: enough that one that hangs does not hold up a desk of 300 sources."""

BATCH = 32
"""Rows taken at a time: what a kill can make the worker fetch again."""

PLACE_AFTER = 500
"""Items told and waiting at which grouping no longer waits for the fetching to end, so that a first day of many feeds
shows stories early."""

PAUSE = 5.0
"""Seconds between looks at an idle desk."""


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

    def drain(self) -> None:
        """Works until nothing is due."""
        while self.step():
            pass

    def step(self) -> bool:
        """The first kind of work that is due, one batch of it. False where nothing was due."""
        if self._many_wait() and self._place():
            return True
        steps = (self._visit, self._read, self._tell, self._place, self._cover)
        return any(step() for step in steps)

    def _many_wait(self) -> bool:
        return self.store.waiting(self.clock()).unplaced >= PLACE_AFTER

    def _visit(self) -> bool:
        now = self.clock()
        visits = self.store.claim_feeds(now, BATCH)
        for visit, outcome in _side_by_side(lambda visit: visit_feed(visit, self.fetcher, now), visits):
            new = self.store.keep_visit(visit.feed.url, outcome, self.clock())
            log.info("%s: %s", visit.feed.url, outcome.problem or f"{new} new or changed")
        return bool(visits)

    def _read(self) -> bool:
        now = self.clock()
        tasks = self.store.claim_entries(now, BATCH)
        for task, found in _side_by_side(lambda task: _attempt(task, self.fetcher, now), tasks):
            if isinstance(found, Item):
                self.store.keep_item(found, self.clock(), task.url)
            else:
                again = retry_at(found, task.attempts, self.clock())
                self.store.fail_entry(task.url, str(found), again)
                log.warning("%s: %s", task.url, found)
        return bool(tasks)

    def _tell(self) -> bool:
        items = self.store.untold(BATCH)
        for item in items:
            told = self._account(item)
            self.store.keep_account(told, pipeline.traits(told, self.tools()))
        return bool(items)

    def _account(self, item: Item) -> Account:
        """The item's account; where a stage fails on it, the bare item, so that it is shown and not tried for ever."""
        try:
            return pipeline.account(item, self.tools())
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
        coverage = pipeline.cover(story, file.accounts, self.tools(), why=file.why, owners=file.owners)
        self.store.keep_coverage(coverage, [(told.item.id, told.item.revision) for told in file.accounts])


def _attempt(task: Task, fetcher: Fetcher, now: datetime) -> Item | StorydeskError:
    try:
        return read_task(task, fetcher, now)
    except StorydeskError as error:
        return error


def _side_by_side(work: Callable[[T], R], tasks: list[T]) -> Iterable[tuple[T, R]]:
    """Each task with its result, in order, several at once."""
    if not tasks:
        return
    with ThreadPoolExecutor(min(AT_ONCE, len(tasks)), thread_name_prefix="fetch") as pool:
        yield from zip(tasks, pool.map(work, tasks), strict=True)
