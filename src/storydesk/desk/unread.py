"""How many of the latest pieces that each feed lists could not be read, and why: a feed that answers well may lead to
pages that do not."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from storydesk.desk.models import EntryRow, FeedRow
from storydesk.gather import shown

__all__ = ["LATEST", "Unread", "unread"]

LATEST: Final = 20
"""Pieces of a feed that are looked at, those listed or changed last."""

LONGEST_REASON: Final = 200

TRIED: Final = ~Q(state=EntryRow.State.DUE, attempts=0)


class Unread(NamedTuple):
    """``failed`` of the ``latest`` pieces that were tried could not be read, the last of them because of ``why``."""

    failed: int
    latest: int
    why: str

    def __str__(self) -> str:
        return f"{self.failed} of the latest {self.latest} pieces could not be read, the last: {self.why}"


def unread(feeds: QuerySet[FeedRow]) -> dict[int, Unread]:
    """Those of the feeds, by key, of whose latest pieces some could not be read. What will be tried again
    counts as well."""
    entries = EntryRow.objects.filter(TRIED, feed=OuterRef(OuterRef("pk"))).order_by("-due_at", "pk")
    latest = EntryRow.objects.filter(pk__in=entries.values("pk")[:LATEST])
    failed = latest.exclude(state=EntryRow.State.READ)
    why = failed.order_by("-due_at", "pk").values("problem")[:1]
    rows = feeds.annotate(failed=_counted(failed), tried=_counted(latest), why=Subquery(why))
    return {
        key: Unread(count, tried, _reason(why))
        for key, count, tried, why in rows.filter(failed__gt=0).values_list("pk", "failed", "tried", "why")
    }


def _counted(rows: QuerySet[EntryRow]) -> Subquery:
    return Subquery(rows.order_by().values("feed").annotate(count=Count("pk")).values("count"))


def _reason(problem: str) -> str:
    """The problem on one line, without the address that it begins with: the feed's stands beside it."""
    first, _, rest = problem.partition(" ")
    return shown(rest if "://" in first else problem, LONGEST_REASON)
