"""Opening a desk: Django made ready, the folder locked to one worker, the database brought up to date, its errors
translated."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from storydesk.desk.home import home, make_home
from storydesk.errors import AlreadyRunning, StoreFull, StoreTooNew, StorydeskError, UnreadableFile

__all__ = ["locked", "open_desk", "store_errors", "translated"]

FULL = ("database or disk is full", "disk i/o error", "no space left on device")
"""How SQLite and PostgreSQL say that a disk is full; SQLite says either of the first two."""


def open_desk() -> None:
    """Sets Django up on ``STORYDESK_HOME`` and migrates the database. Raises StoreTooNew, StoreFull, UnreadableFile."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storydesk.desk.settings")
    make_home()
    import django

    django.setup()
    with store_errors():
        _migrate()


def _migrate() -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    unknown = sorted(
        name for app, name in loader.applied_migrations if app == "desk" and (app, name) not in loader.disk_migrations
    )
    if unknown:
        raise StoreTooNew(
            f"the database in {home()} was written by a newer Storydesk (it knows {unknown[-1]})",
            "update Storydesk, or set STORYDESK_HOME to another folder; nothing was changed",
        )
    if set(loader.graph.nodes) - set(loader.applied_migrations):
        _bring_up_to_date()


def _bring_up_to_date() -> None:
    """All migrations in one transaction, with the record that they were applied: a kill leaves the database as it was.

    SQLite's schema editor wants foreign keys unchecked, and that can only be asked for outside a transaction.
    """
    from django.core.management import call_command
    from django.db import connection, transaction

    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.enable_constraint_checking()


@contextmanager
def locked() -> Iterator[None]:
    """Holds the desk's folder for one worker. Raises AlreadyRunning where another process holds it; a kill lets it
    go."""
    with (make_home() / "worker.lock").open("a+") as handle:
        _lock(handle)
        yield


def _lock(handle: IO[str]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        pid = handle.read().strip() or "unknown"
        raise AlreadyRunning(
            f"another process (pid {pid}) already works on {home()}",
            "stop it first, or set STORYDESK_HOME to another folder",
        ) from None
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()


def translated(error: Exception) -> StorydeskError | None:
    """A database's error as one of ours, where it is one that a person can do something about."""
    words = str(error).lower()
    if any(sign in words for sign in FULL):
        return StoreFull(f"the disk that holds {home()} is full", "make room; what was kept before is safe")
    if "not a database" in words:
        return UnreadableFile(f"{home()}/storydesk.sqlite3 is not a Storydesk database", "move it away to start afresh")
    if "unable to open database file" in words or "readonly database" in words:
        return UnreadableFile(f"the database in {home()} cannot be written", "check the folder's owner and permissions")
    return None


@contextmanager
def store_errors() -> Iterator[None]:
    """Turns the database's errors about disk and file into ours, naming the desk's folder."""
    from django.db import Error

    try:
        yield
    except Error as error:
        ours = translated(error)
        if ours is None:
            raise
        raise ours from error
