"""When to look at a feed again. Pure: the time and what is known of the feed are arguments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

__all__ = ["LONGEST_WAIT", "REST", "SHORTEST_WAIT", "Outcome", "next_visit"]

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

VISITS_A_GAP = 2
"""Visits between two publications: news is seen on average a quarter of its gap after it appeared."""

VISITS_A_SILENCE = 4
"""A feed silent for a day is looked at again after a quarter of a day, whatever its former pace."""


def next_visit(
    now: datetime,
    outcome: Outcome,
    *,
    published: Iterable[datetime] = (),
    failures: int = 0,
    retry_after: float | None = None,
) -> datetime:
    """When to visit a feed after a visit at ``now`` that ended in ``outcome``.

    ``published`` are the times of its entries as far as known, in any order; ``failures`` how often in a row it has
    now failed or been gone; ``retry_after`` the server's own wish in seconds, which is always waited for.
    """
    if outcome == "gone" and failures >= PATIENCE:
        wait = REST
    elif outcome in ("failed", "gone"):
        wait = _back_off(failures)
    else:
        wait = _pace(now, published)
    wished = timedelta(seconds=min(max(retry_after or 0.0, 0.0), LONGEST_RETRY.total_seconds()))
    return now + max(wait, wished)


def _back_off(failures: int) -> timedelta:
    """Five minutes after the first failure, twice as long after each further one, a day at the most."""
    doublings = min(max(failures, 1) - 1, MOST_DOUBLINGS)
    return min(SHORTEST_WAIT * (1 << doublings), LONGEST_WAIT)


def _pace(now: datetime, published: Iterable[datetime]) -> timedelta:
    """Half the usual gap between publications, longer where it has fallen silent, within the bounds."""
    times = sorted({at for at in published if at <= now})[-RECENT:]
    if not times:
        return FIRST_WAIT
    silence = (now - times[-1]) / VISITS_A_SILENCE
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    usual = timedelta(seconds=median(gaps)) / VISITS_A_GAP if gaps else FIRST_WAIT
    return min(max(usual, silence, SHORTEST_WAIT), LONGEST_WAIT)
