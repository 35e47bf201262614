"""Guests who comment by name and mail address: their author, and the link that shows a comment to be theirs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core import signing

from storydesk.desk import letters
from storydesk.desk.models import AuthorRow, CommentRow
from storydesk.desk.people.addresses import mail_address
from storydesk.errors import NotFound

__all__ = ["comment_of_link", "guest", "link_of", "too_many", "write_to"]

SALT: Final = "storydesk.comment"
WAITING: Final = 5
"""Comments of one address that may wait for their link within a day: more would make the desk a way to pester it."""


def guest(mail: str, name: str, now: datetime) -> AuthorRow:
    """The author with this address. Raises InputError for what is no address."""
    mail = mail_address(mail)
    return AuthorRow.objects.get_or_create(mail=mail, defaults={"name": name.strip()[:80], "since": now})[0]


def too_many(author: AuthorRow, now: datetime) -> bool:
    """Whether an address has as many comments waiting for their link as it may."""
    waiting = CommentRow.objects.filter(writer=author, state=CommentRow.State.UNCONFIRMED)
    return waiting.filter(withdrawn=None, at__gt=now - timedelta(days=1)).count() >= WAITING


def link_of(row: CommentRow) -> str:
    """The signed part of the address under which its author finds a comment, for ever."""
    return signing.dumps(row.pk, salt=SALT)


def comment_of_link(link: str) -> CommentRow:
    """The comment of a link, if it was not taken back. Raises NotFound."""
    try:
        number = signing.loads(link, salt=SALT)
    except signing.BadSignature:
        raise NotFound("no such link") from None
    row = CommentRow.objects.select_related("story", "writer").filter(pk=number, withdrawn=None).first()
    if row is None:
        raise NotFound("the comment is gone")
    return row


def write_to(row: CommentRow, address: str, desk: str) -> None:
    """Sends a guest the link to their comment, ``address`` whole."""
    if row.writer is None or not row.writer.mail:
        return
    letters.send(
        row.writer.mail,
        f"Your comment on “{row.story.headline}”",
        f"Somebody, you perhaps, wrote a comment at {desk} with this address. It goes to the moderators once you open"
        f" this page and confirm it:\n\n{address}\n\nThe same page shows later what became of it. There you can change"
        f" the comment, delete it, or appeal where it was rejected.\n\nIf it was not you, do nothing: it is shown to"
        f" nobody.\n",
    )
