"""Whose comments a visitor's own are: those of their account, and those written or opened by their link in this
session."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q
from django.http import HttpRequest

from storydesk.desk.models import AuthorRow, CommentRow
from storydesk.desk.people.accounts import author_of

__all__ = ["is_own", "own_ids", "remember", "reporter", "writer_of"]

KEY: Final = "comments"
MOST: Final = 50
"""Comments that a session remembers, the newest."""


def writer_of(request: HttpRequest, now: datetime) -> AuthorRow | None:
    """The visitor as an author, where they are signed in."""
    if not request.user.is_authenticated:
        return None
    user = request.user
    return author_of(user, now)


def remember(request: HttpRequest, comment: int) -> None:
    """Keeps in the session that a comment is this visitor's."""
    kept = [number for number in request.session.get(KEY, []) if number != comment]
    request.session[KEY] = [*kept, comment][-MOST:]


def own_ids(request: HttpRequest) -> list[int]:
    """The ids of the visitor's own comments."""
    mine = Q(pk__in=request.session.get(KEY, []))
    if request.user.is_authenticated:
        mine |= Q(writer__user=request.user)
    rows = CommentRow.objects.filter(mine, withdrawn=None).exclude(state=CommentRow.State.UNCONFIRMED)
    return list(rows.order_by().values_list("pk", flat=True))


def is_own(request: HttpRequest, comment: int) -> bool:
    """Whether a comment is the visitor's."""
    return comment in own_ids(request)


def reporter(request: HttpRequest, now: datetime) -> tuple[str, AuthorRow | None]:
    """By what a reader who reports is told from others, and who it is where that is known."""
    author = writer_of(request, now)
    if author is not None:
        return f"author:{author.pk}", author
    if not request.session.session_key:
        request.session.save()
    return f"visit:{request.session.session_key}"[:64], None
