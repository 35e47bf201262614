"""Comments on one story, as their authors and moderators bring them about."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User

from storydesk.desk import discussion
from storydesk.desk.models import CommentRow
from tests.desk.conftest import NOON

WORDS = "Does anybody know when the ferry sails again?"
PRIVATE = "Ask Una, her number is 0171 555 0123 99, she knows."
MINUTE = timedelta(minutes=1)


def submitted(key: str = "k1", text: str = WORDS, **more: object) -> CommentRow:
    return discussion.submit(key, "s1", "Una", text, NOON, **more)  # type: ignore[arg-type]


def published(moderator: User, key: str = "k1", text: str = WORDS, **more: object) -> CommentRow:
    row = submitted(key, text, **more)
    return discussion.decide(row.pk, "publish", moderator, NOON, seen=row.version)


def texts(story: str = "s1", item: str | None = None) -> list[str]:
    return [one.text for one in discussion.published(story, item)]
