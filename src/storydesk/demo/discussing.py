"""The edition's comments on a desk: each submitted as a reader would and decided as a moderator would."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from storydesk.demo.edition import Edition, Remark
from storydesk.desk.discussion import decide, submit
from storydesk.desk.models import ItemRow
from storydesk.model import Decision

__all__ = ["discuss", "story_of"]

DECIDED_AFTER = timedelta(minutes=25)
"""How long the demo's moderator took over each comment."""

DECISIONS: dict[str, Decision] = {"published": "publish", "held": "hold", "rejected": "reject"}


def discuss(edition: Edition, who: str) -> None:
    """Puts every comment under the story it speaks of, in the state it has in the edition; ``who`` is the moderator.

    May be repeated: a comment that is there is not submitted again, one that was decided is left as it is.
    """
    moderator = User.objects.filter(username=who).first()
    rows: dict[int, int] = {}
    for remark in edition.remarks:
        story = story_of(edition, remark.event)
        if story is not None:
            rows[remark.number] = _settle(remark, story, rows.get(remark.reply_to or 0), moderator)


def _settle(remark: Remark, story: str, reply_to: int | None, moderator: User | None) -> int:
    row = submit(f"demo-{remark.number}", story, remark.author, remark.text, remark.at, reply_to=reply_to)
    as_wished = row.state == remark.state and row.rejection == remark.reason
    if not as_wished and not row.moderated:
        at = remark.at + DECIDED_AFTER
        decide(row.pk, DECISIONS[remark.state], moderator, at, seen=row.version, words=remark.reason)
    return row.pk


def story_of(edition: Edition, event: str) -> str | None:
    """The story that holds most of the items that tell an event, of two the one with the lesser id."""
    paths = {f"/{piece.source}/{piece.slug}" for piece in edition.pieces if piece.event == event}
    rows = ItemRow.objects.exclude(story=None).values_list("url", "story_id")
    held = Counter(str(story) for url, story in rows if urlsplit(url).path in paths)
    return min(held, key=lambda story: (-held[story], story), default=None)
