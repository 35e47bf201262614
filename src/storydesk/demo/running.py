"""A desk filled from the demo edition, phase after phase. Each may be killed at any moment and is then done again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

from storydesk.demo import feeds
from storydesk.demo.discussing import discuss
from storydesk.demo.phases import Phase, Phases
from storydesk.demo.server import EditionServer
from storydesk.desk.models import EntryRow, FeedRow
from storydesk.desk.store import Waiting
from storydesk.desk.worker import Worker
from storydesk.model import Feed, Source

__all__ = ["Progress", "load", "password", "register"]

Progress = Callable[[Waiting], None]
"""Hears after each step what is still due."""

TRIES = 3
"""Rounds for what failed in passing; on a machine's own loop only a time-out under heavy load does."""


def load(server: EditionServer, worker: Worker, phases: Phases, who: str, progress: Progress, stop: Event) -> None:
    """Takes the edition through the desk's stages, from the phase reached to the last one, or until ``stop`` is set.

    ``who`` is the member who decides on the comments. Where all was done before, nothing happens.
    """
    if phases.now == "complete":
        return
    worker.store.release()
    if phases.now == "first":
        register(server, worker)
        _work(worker, progress, stop)
        _enter(phases, "revised", stop)
    if phases.now == "revised":
        server.advance()
        FeedRow.objects.update(next_visit=worker.clock())  # the edition is days further, the clock is not
        _work(worker, progress, stop)
        _enter(phases, "discussed", stop)
    if phases.now == "discussed":
        discuss(server.edition, who)
        _enter(phases, "complete", stop)


def register(server: EditionServer, worker: Worker) -> None:
    """The outlets as sources, each with its feed, due at once."""
    printing = server.printing
    for outlet in server.edition.outlets:
        source = Source(
            id=outlet.id,
            name=outlet.name,
            home=printing.home(outlet),
            kind=outlet.kind,
            profile=outlet.profile,
            country=outlet.country,
            language=outlet.language,
            owner=outlet.owner,
        )
        worker.store.add_source(source)
        worker.store.add_feed(Feed(feeds.address(outlet, printing), outlet.id, outlet.name), worker.clock())


def _work(worker: Worker, progress: Progress, stop: Event) -> None:
    """Works until nothing is due, nor would be soon."""
    for _ in range(TRIES):
        progress(worker.store.waiting(worker.clock()))
        while not stop.is_set() and worker.step():
            progress(worker.store.waiting(worker.clock()))
        if stop.is_set() or not _hasten(worker.clock()):
            return


def _hasten(now: datetime) -> bool:
    """Makes due now what waits to be tried again. Whether anything does."""
    feeds_failing = FeedRow.objects.filter(state=FeedRow.State.FAILING).update(next_visit=now)
    pages_failing = EntryRow.objects.filter(state=EntryRow.State.DUE).update(due_at=now)
    return bool(feeds_failing or pages_failing)


def _enter(phases: Phases, phase: Phase, stop: Event) -> None:
    """Enters a phase, unless the one before it was broken off."""
    if not stop.is_set():
        phases.enter(phase)


def password(home: Path) -> str:
    """The password of the demo's editor: made at the first call, kept in ``demo-password.txt`` for its owner alone."""
    file = home / "demo-password.txt"
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(12) + "\n")
        fresh.replace(file)
    return file.read_text().strip()
