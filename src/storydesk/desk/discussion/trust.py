"""Whom a desk trusts, and what moderators hold against an author."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from django.db.models import Q, QuerySet

from storydesk.desk.discussion.log import append, turn
from storydesk.desk.models import AuthorRow, CommentRow, SanctionRow
from storydesk.errors import InputError, NotFound

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = ["Banned", "in_force", "lift", "muted", "published_before", "refuse_banned", "sanction"]

RECENT: Final = timedelta(days=30)
"""A rejection this long ago no longer stands in the way of trust; one that is newer stops it altogether."""


class Banned(InputError):
    """The author may not comment for now."""


def in_force(authors: Iterable[AuthorRow], now: datetime) -> QuerySet[SanctionRow]:
    """The sanctions that hold at ``now`` against these authors."""
    lasting = Q(until=None) | Q(until__gt=now)
    return SanctionRow.objects.filter(lasting, author__in=list(authors), lifted_at=None, since__lte=now)


def refuse_banned(author: AuthorRow | None, now: datetime) -> None:
    """Raises Banned, with the day until which and the reason, where the author may not comment."""
    ban = in_force([author], now).filter(kind=SanctionRow.Kind.BAN).first() if author else None
    if ban:
        until = f"until {ban.until.day} {ban.until:%B %Y, %H:%M} UTC" if ban.until else "for good"
        raise Banned(f"you may not comment here {until}" + (f": {ban.reason}" if ban.reason else ""))


def muted(author: AuthorRow | None, now: datetime) -> bool:
    """Whether all that the author writes waits for a moderator."""
    return author is not None and in_force([author], now).exists()


def published_before(author: AuthorRow | None, now: datetime) -> int:
    """How many published comments speak for trusting an author: those written since their last rejection, none where
    that is recent or a sanction holds, and none of somebody unknown."""
    if author is None or author.erased or muted(author, now):
        return 0
    own = CommentRow.objects.filter(writer=author)
    rejected = own.filter(state=CommentRow.State.REJECTED).order_by("-decided_at").values_list("decided_at", flat=True)
    last = rejected.first()
    if last and now - last < RECENT:
        return 0
    published = own.filter(state=CommentRow.State.PUBLISHED, withdrawn=None)
    return published.filter(at__gt=last).count() if last else published.count()


def sanction(
    author: int, kind: Literal["ban", "mute"], until: datetime | None, reason: str, who: User, at: datetime
) -> SanctionRow:
    """Bans or mutes an author until a day, or for good. One of the same kind that holds already is lifted first.

    Raises NotFound, and InputError for an end that has passed.
    """
    if until is not None and until <= at:
        raise InputError("the end of a ban or a mute must lie ahead")
    with turn():
        row = AuthorRow.objects.filter(pk=author).first()
        if row is None:
            raise NotFound(f"no author {author}")
        name = who.get_username()
        in_force([row], at).filter(kind=kind).update(lifted_by=name, lifted_at=at)
        made = SanctionRow.objects.create(author=row, kind=kind, since=at, until=until, reason=reason[:300], who=name)
        ends = until.isoformat() if until else ""
        append(kind, "moderator", at, who=who, reason=reason, author=row.pk, sanction=made.pk, until=ends)
        return made


def lift(number: int, who: User, at: datetime) -> SanctionRow:
    """Ends a sanction. Raises NotFound, and InputError where it was lifted before."""
    with turn():
        row = SanctionRow.objects.filter(pk=number).first()
        if row is None:
            raise NotFound(f"no sanction {number}")
        if row.lifted_at is not None:
            raise InputError("this was lifted already", f"by {row.lifted_by}")
        row.lifted_by, row.lifted_at = who.get_username(), at
        row.save(update_fields=["lifted_by", "lifted_at"])
        append("lift", "moderator", at, who=who, author=row.author_id, sanction=row.pk)
        return row
