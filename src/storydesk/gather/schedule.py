"""When to look at a feed again. Pure: the time and what is known of the feed are arguments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

__all__ = [
    "FIRST_WAIT",
    "LONGEST_RETRY",
    "LONGEST_WAIT",
    "REST",
    "SHORTEST_WAIT",
    "LastVisit",
    "NextVisit",
    "Outcome",
    "next_visit",
]

Outcome = Literal["ok", "unchanged", "failed", "gone"]

SHORTEST_WAIT = timedelta(minutes=5)
"""The most eager visit that a publisher's server should have to bear."""

LONGEST_WAIT = timedelta(hours=24)
"""A feed that is silent, or that fails, is still looked at once a day."""

FIRST_WAIT = timedelta(minutes=30)
"""For a feed that says nothing of when it publishes."""

REST = timedelta(days=7)
"""A feed that is gone is looked at once a week, in case it was not for good."""

PATIENCE = 3
"""Times in a row that "gone" is taken for a passing fault: video channels answer 404 now and then."""

LONGEST_RETRY = timedelta(days=7)
"""A server's wish to be left alone is granted up to here; dates decades ahead are mistakes."""

RECENT = 10
"""Publications that the pace is taken from."""

MOST_DOUBLINGS = 9
"""Enough to reach a day from five minutes."""

STRETCH = 1.25
"""How much longer is waited after a visit that found nothing new; the wait so comes to a fifth of the silence."""

VISITS_A_GAP = 2
"""Visits between two publications: news is seen on average a quarter of its gap after it appeared."""

VISITS_A_SILENCE = 4
"""A feed silent for a day is looked at again after a quarter of a day, whatever its former pace."""


@dataclass(frozen=True, slots=True)
class LastVisit:
    """How a visit ended. ``interval`` is the wait, in seconds, that the feed's pace had asked for before it (0 for
    a first visit); ``published`` the times of its entries as far as known, in any order; ``failures`` how often in
    a row it has now failed or been gone; ``for_good`` whether the server says that it will not come back (410);
    ``retry_after`` the server's own wish in seconds."""

    outcome: Outcome
    interval: float = 0.0
    published: tuple[datetime, ...] = ()
    failures: int = 0
    retry_after: float | None = None
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class NextVisit:
    """When to come again. ``interval``, in seconds, is the feed's pace, to be handed back with the visit after;
    ``rests`` says that the feed is gone and only looked at in case it was not for good."""

    at: datetime
    interval: float
    rests: bool = False


def next_visit(last: LastVisit, *, now: datetime) -> NextVisit:
    """When to visit a feed after a visit at ``now``. The server's own wish is always waited for."""
    rests = last.outcome == "gone" and (last.for_good or last.failures >= PATIENCE)
    interval = _interval(last, now)
    if rests:
        wait = REST
    elif last.outcome in ("failed", "gone"):
        wait = _back_off(last.failures)
    else:
        wait = interval
    wished = timedelta(seconds=min(max(last.retry_after or 0.0, 0.0), LONGEST_RETRY.total_seconds()))
    return NextVisit(now + max(wait, wished), interval.total_seconds(), rests)


def _interval(last: LastVisit, now: datetime) -> timedelta:
    """The feed's pace: taken from its entries, stretched where nothing is new, kept where the visit failed."""
    so_far = timedelta(seconds=last.interval) if last.interval > 0 else FIRST_WAIT
    if last.outcome == "ok":
        wait = _pace(now, last.published) or FIRST_WAIT
    else:
        wait = so_far * STRETCH if last.outcome == "unchanged" else so_far
    return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def _back_off(failures: int) -> timedelta:
    """Five minutes after the first failure, twice as long after each further one, a day at the most."""
    doublings = min(max(failures, 1) - 1, MOST_DOUBLINGS)
    return min(SHORTEST_WAIT * (1 << doublings), LONGEST_WAIT)


def _pace(now: datetime, published: Iterable[datetime]) -> timedelta | None:
    """Half the usual gap between publications, longer where it has fallen silent; ``None`` where no time is known."""
    times = sorted({at for at in published if at <= now})[-RECENT:]
    if not times:
        return None
    silence = (now - times[-1]) / VISITS_A_SILENCE
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    usual = timedelta(seconds=median(gaps)) / VISITS_A_GAP if gaps else FIRST_WAIT
    return max(usual, silence)
