"""What a desk holds of the demo edition, and whether it holds anything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from storydesk.demo import feeds
from storydesk.demo.edition import Edition
from storydesk.demo.server import HOST
from storydesk.desk.models import CommentRow, EntryRow, FeedRow, ItemRow, StoryRow
from storydesk.errors import InputError

__all__ = ["Holdings", "known_port", "look"]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Counts of what a desk holds. ``comments`` maps states to numbers; ``unread`` are items not read, or not yet."""

    items: int
    outlets: int
    told: int
    placed: int
    stories: int
    comments: Mapping[str, int]
    unread: int

    def lines(self) -> list[str]:
        """The same for people."""
        by_state = ", ".join(f"{count} {state}" for state, count in sorted(self.comments.items()))
        lines = [
            f"gathered {self.items} items from {self.outlets} outlets",
            f"{self.stories} stories",
            f"{sum(self.comments.values())} comments: {by_state or 'none'}",
        ]
        return lines + ([f"{self.unread} items are not read yet"] if self.unread else [])


def look() -> Holdings:
    """What the desk holds now."""
    return Holdings(
        items=ItemRow.objects.count(),
        outlets=ItemRow.objects.order_by().values("source").distinct().count(),
        told=ItemRow.objects.filter(told__gt=0).count(),
        placed=ItemRow.objects.filter(state=ItemRow.State.PLACED).count(),
        stories=StoryRow.objects.filter(merged_into=None, items__isnull=False).distinct().count(),
        comments=Counter(CommentRow.objects.values_list("state", flat=True)),
        unread=EntryRow.objects.exclude(state=EntryRow.State.READ).count(),
    )


def known_port(edition: Edition) -> int | None:
    """The port under which the desk knows the demo's feeds; ``None`` where it has no feeds yet.

    Raises InputError where it follows anything else: that is somebody's own desk, and the demo must not mix with it.
    """
    paths = {f"/{outlet.id}/{feeds.NAMES[outlet.feed]}" for outlet in edition.outlets}
    port = None
    for url in FeedRow.objects.values_list("url", flat=True):
        parts = urlsplit(url)
        if parts.hostname != HOST or parts.path not in paths:
            raise InputError(
                f"this desk follows {url}, which is not part of the demo edition",
                "unset STORYDESK_HOME, or name an empty folder: the demo never mixes with a desk's own feeds",
            )
        port = parts.port
    return port
