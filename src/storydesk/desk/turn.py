"""One hand at a time on where items stand: the worker that places them, or an editor who corrects. And one on the log
of the discussion."""

from __future__ import annotations

from django.db import connection

__all__ = ["DISCUSSION", "take_turn"]

TURN = 0x5354_4F52
"""The key of the lock, any number that nothing else on the database uses."""

DISCUSSION = 0x5354_4F44
"""The key of the lock of those who change comments and write the log."""


def take_turn(key: int = TURN) -> None:
    """Waits until no other transaction places or corrects (or holds ``key``), and keeps others from it until this one
    ends.

    On SQLite a transaction holds the database's one write lock from its start (``settings.py``); there is nothing to
    do.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
