"""Erasing somebody: no name and no address of theirs is left on any page, in any table, letter or file of the desk.

The rows go at once. What is left of them in the free places of SQLite's file goes with :func:`scrub`, which
housekeeping does within minutes.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import connection

from storydesk.desk import discussion, letters
from storydesk.desk.discussion.log import turn
from storydesk.desk.home import home
from storydesk.desk.members import sure_of_an_owner
from storydesk.desk.models import (
    AuthorRow,
    CorrectionRow,
    LogRow,
    RulingRow,
    SanctionRow,
)

__all__ = ["A_READER", "erase", "scrub"]

A_READER: Final = "A reader"
"""Who signs what an erased author leaves."""

FORMER: Final = "a former member"
"""Who did what an erased member of the desk did."""

SETTLED: Final = timedelta(minutes=1)
"""After which an erasure that was asked for is surely written."""

SIGNED: Final = (
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
    with turn():
        user, mail = author.user, author.mail
        if user is not None:
            sure_of_an_owner(without=user.pk)
            _leave_the_desk(user)
        discussion.forget(author, at, keep_comments=keep_comments, signed=A_READER)
        author.sanctions.update(reason="")
        AuthorRow.objects.filter(pk=author.pk).update(name="", mail=None, confirmed=None, user=None, erased=at)
        if user is not None:
            user.delete()
        if mail:
            letters.forget_letters_to(mail)


def _leave_the_desk(user: User) -> None:
    LogRow.objects.filter(who=user).update(name="")
    for table, column in SIGNED:
        table.objects.filter(**{column: user.username}).update(**{column: FORMER})


def scrub(at: datetime) -> bool:
    """Writes SQLite's file and log anew where somebody was erased since that was last done; whether it was done now.

    What was deleted stays readable in the file until its place is needed, ``secure_delete`` or not: SQLite moves rows
    between pages and leaves their old bytes. Readers read on meanwhile, writers wait. Where one still reads the old
    pages, it is left for the next time.
    """
    if connection.vendor != "sqlite":
        return False
    mark, settled = home() / "scrubbed", (at - SETTLED).timestamp()
    done = mark.stat().st_mtime if mark.exists() else 0.0
    since, until = (datetime.fromtimestamp(time, UTC) for time in (done, settled))
    if not AuthorRow.objects.filter(erased__gte=since, erased__lt=until).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            return False
    mark.touch()
    os.utime(mark, (settled, settled))
    return True
