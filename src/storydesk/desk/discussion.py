"""Comments: submitted, screened, held, decided. Nothing is published that no screening and, by default, no moderator
has seen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction

from storydesk.desk.addresses import family, living
from storydesk.desk.models import CommentRow, DecisionRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Comment, Decision
from storydesk.moderate import screen

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = ["AlreadyDecided", "decide", "published", "submit"]

LONGEST = 4_000
"""Code points of a comment; past that it is an article."""

STATES: dict[Decision, str] = {
    "publish": CommentRow.State.PUBLISHED,
    "hold": CommentRow.State.HELD,
    "reject": CommentRow.State.REJECTED,
}


class AlreadyDecided(InputError):
    """Somebody else decided this comment in the meantime."""


def submit(key: str, story: str, author: str, text: str, at: datetime, *, reply_to: int | None = None) -> CommentRow:
    """Screens and keeps a comment; held unless screening says otherwise. The same ``key`` again returns the row that is
    there.

    Raises NotFound for a story the desk does not have, InputError for an empty or overlong comment.
    """
    author, text = author.strip()[:80], text.strip()
    if not text or not author:
        raise InputError("a comment needs a name and some words")
    if len(text) > LONGEST:
        raise InputError(f"a comment of {len(text):,} characters is too long", f"at most {LONGEST:,}")
    with transaction.atomic():
        there = CommentRow.objects.filter(key=key).first()
        if there is not None:
            return there
        place = living(story)
        above = _answered(place, reply_to)
        thread = above.text if above else place.headline
        verdict = screen(Comment(id=key, text=text, author=author, thread=thread))
        return CommentRow.objects.create(
            key=key,
            story=place,
            reply_to=above,
            author=author,
            text=text,
            at=at,
            state=STATES[verdict.verdict],
            score=verdict.score,
            reasons=msgspec.to_builtins(verdict.reasons),
        )


def _answered(story: StoryRow, reply_to: int | None) -> CommentRow | None:
    """The comment that is answered, where it is published under the same story: nobody answers what nobody sees."""
    if reply_to is None:
        return None
    return CommentRow.objects.filter(pk=reply_to, story__in=family(story.pk), state=CommentRow.State.PUBLISHED).first()


def decide(
    comment: int, decision: Decision, who: User | None, at: datetime, *, seen: str, reason: str = ""
) -> CommentRow:
    """A moderator's decision. ``seen`` is the state the moderator was shown.

    Raises AlreadyDecided where the state has changed since, so that two moderators never overrule each other unnoticed,
    and NotFound for a comment that is not there.
    """
    after = STATES[decision]
    with transaction.atomic():
        changed = CommentRow.objects.filter(pk=comment, state=seen).update(state=after, rejection=reason[:300])
        row = CommentRow.objects.filter(pk=comment).first()
        if row is None:
            raise NotFound(f"no comment {comment}")
        if not changed:
            last = row.decisions.last()
            by = f" by {last.name}" if last else ""
            raise AlreadyDecided(f"this comment was already decided{by}: it is {row.state}", "reload the queue")
        name = who.get_username() if who else "the desk"
        DecisionRow.objects.create(
            comment=row, who=who, name=name, at=at, before=seen, after=after, reason=reason[:300]
        )
    return row


def published(story: str) -> list[CommentRow]:
    """What the public may see under a story, oldest first: published comments whose whole line of replies is
    published. Those on a story that leads to this one stand here too, and go with it where that is undone."""
    rows = list(CommentRow.objects.filter(story__in=family(story), state=CommentRow.State.PUBLISHED))
    shown = {row.pk for row in rows}
    return [row for row in rows if row.reply_to_id is None or row.reply_to_id in shown]
