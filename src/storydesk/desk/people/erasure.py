"""Erasing somebody: no name and no address of theirs is left on any page, in any table, letter or file of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import connection, transaction

from storydesk.desk import letters
from storydesk.desk.members import sure_of_an_owner
from storydesk.desk.models import (
    AuthorRow,
    CorrectionRow,
    DecisionRow,
    RulingRow,
    SanctionRow,
)

__all__ = ["A_READER", "erase", "scrub"]

A_READER: Final = "A reader"
"""Who signs what an erased author leaves."""

FORMER: Final = "a former member"
"""Who did what an erased member of the desk did."""

GONE: Final = "Erased by its author."
"""What stands in place of a comment that others answered."""

SIGNED: Final = (
    (DecisionRow, "name"),
    (CorrectionRow, "who"),
    (CorrectionRow, "undone_by"),
    (RulingRow, "who"),
    (RulingRow, "undone_by"),
    (SanctionRow, "who"),
    (SanctionRow, "lifted_by"),
)
"""Where members of the desk stand by name, beside what they did."""


def erase(author: AuthorRow, *, keep_comments: bool, at: datetime) -> None:
    """Erases an author and their account. Their comments stay without a name, or go as far as nobody answered them;
    of one that was answered the words go. Raises InputError for the desk's only owner."""
    with transaction.atomic():
        user, mail = author.user, author.mail
        if user is not None:
            sure_of_an_owner(without=user.pk)
            _leave_the_desk(user)
        _comments(author, keep_comments)
        author.sanctions.update(reason="")
        AuthorRow.objects.filter(pk=author.pk).update(name="", mail=None, confirmed=None, user=None, erased=at)
        if user is not None:
            user.delete()
        if mail:
            letters.forget_letters_to(mail)
    scrub()


def _leave_the_desk(user: User) -> None:
    for table, column in SIGNED:
        table.objects.filter(**{column: user.username}).update(**{column: FORMER})


def _comments(author: AuthorRow, keep: bool) -> None:
    if not keep:
        author.comments.filter(replies=None).delete()
        author.comments.update(text=GONE, reasons=[], rejection="")
    author.comments.update(author=A_READER)


def scrub() -> None:
    """Takes what was deleted out of SQLite's write-ahead log, where nobody reads from it at this moment; the rest of
    the file is overwritten by ``secure_delete`` (``storydesk.desk.settings``)."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
