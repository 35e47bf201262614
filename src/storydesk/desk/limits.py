"""How often something may be done: sign-ins, letters, comments. Kept in the database, so that it holds over several
processes, and taken by a conditional update, so that it holds when many ask at once.

The generic cell rate algorithm (ITU-T I.371, annex A): ``how_many`` may come at once, and room for one more comes back
every ``per_seconds / how_many``. A key is kept as a digest made with the desk's secret, since it may hold an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from storydesk.desk.models import LimitRow

__all__ = ["Rate", "forget", "take", "take_each"]

Rate = tuple[int, int]
"""How many, and in how many seconds."""

SECOND = 1_000_000
"""Times are counted in whole microseconds: sums of them are exact."""


def take(key: str, how_many: int, per_seconds: int, at: datetime) -> float:
    """Takes one of ``how_many`` that may be done in ``per_seconds``: 0 where it was taken, else the seconds to wait.

    A refusal writes nothing. Called inside a transaction that is undone, it is undone with it.
    """
    digest, now = _digest(key), _micros(at)
    gap, most = per_seconds * SECOND // how_many, per_seconds * SECOND
    while True:
        row = LimitRow.objects.filter(key=digest).first()
        if row is None:
            LimitRow.objects.bulk_create([LimitRow(key=digest, full_until=0)], ignore_conflicts=True)
        elif row.full_until > now + most - gap:
            return (row.full_until - (now + most - gap)) / SECOND
        room = LimitRow.objects.filter(key=digest, full_until__lte=now + most - gap)
        if room.update(full_until=Greatest("full_until", now) + gap):
            return 0.0


def take_each(key: str, rates: Sequence[Rate], at: datetime) -> float:
    """Takes one of each rate, the shortest first, up to the one that refuses: 0, or the seconds to wait for that one.
    With rates such as five a minute and twenty an hour the waits grow with the tries, and end by themselves."""
    waits = (take(f"{key} {how_many}/{seconds}", how_many, seconds, at) for how_many, seconds in rates)
    return next((wait for wait in waits if wait), 0.0)


def forget(at: datetime) -> int:
    """Drops the rows that limit nothing any more; how many."""
    return LimitRow.objects.filter(full_until__lt=_micros(at)).delete()[0]


def _digest(key: str) -> str:
    return salted_hmac("storydesk.limits", key, algorithm="sha256").hexdigest()


def _micros(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=at.tzinfo)) // timedelta(microseconds=1)
