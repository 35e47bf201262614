"""Rows that are due: taken one a host, each by a conditional update, so that no two workers do the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from storydesk.desk.models import EntryRow, FeedRow
from storydesk.desk.store import LEASE

__all__ = ["claim", "free"]

Row = TypeVar("Row", FeedRow, EntryRow)


def free(now: datetime) -> Q:
    """What no other worker holds."""
    return Q(claimed_until=None) | Q(claimed_until__lt=now)


@transaction.atomic
def claim(due: QuerySet[Row], now: datetime, limit: int, busy: Collection[str]) -> list[Row]:
    """The first rows of ``due``, at most ``limit``, one a host and none of a busy host; those that this caller's
    update took."""
    chosen = _one_a_host(due.filter(free(now)), limit, busy)
    return [row for row in chosen if _taken(row, now)]


def _one_a_host(due: QuerySet[Row], limit: int, busy: Collection[str]) -> list[Row]:
    chosen: dict[str, Row] = {}
    while len(chosen) < limit:
        found = list(due.exclude(host__in=[*busy, *chosen])[:limit])
        for row in found:
            if len(chosen) < limit:
                chosen.setdefault(row.host, row)
        if len(found) < limit:
            break
    return list(chosen.values())


def _taken(row: FeedRow | EntryRow, now: datetime) -> bool:
    """Whether this caller is the one whose conditional update took the row."""
    rows = type(row).objects.filter(free(now), pk=row.pk)
    return rows.update(claimed_until=now + LEASE) == 1
