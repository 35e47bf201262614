"""What readers report of published comments."""

from __future__ import annotations

from datetime import datetime

from storydesk.desk.discussion.log import append, standing, turn
from storydesk.desk.discussion.rules import REASONS, rules
from storydesk.desk.discussion.urgency import REPORT, place
from storydesk.desk.models import AuthorRow, CommentRow, ReportRow
from storydesk.errors import InputError, NotFound

__all__ = ["report"]

State = CommentRow.State


def report(comment: int, by: str, author: AuthorRow | None, rule: str, words: str, at: datetime) -> bool:
    """A reader's report; ``by`` tells readers apart, ``author`` who it is where that is known. False where this reader
    has reported the comment before.

    It moves the comment up in the queue. Enough reports by known readers hold it again, unless a moderator has decided
    on these very words: readers' numbers never overrule somebody who looked. Raises NotFound for a comment that is not
    published, InputError for a reason that is none.
    """
    if rule not in REASONS:
        raise InputError("say what is wrong with it")
    with turn():
        row = CommentRow.objects.filter(pk=comment, state=State.PUBLISHED, withdrawn=None).first()
        if row is None:
            raise NotFound(f"no published comment {comment}")
        fields = {"author": author, "rule": rule, "words": words.strip()[:300], "at": at}
        if not ReportRow.objects.get_or_create(comment=row, by=by, defaults=fields)[1]:
            return False
        before = standing(row)
        row.due = row.due - REPORT if row.reported else place(at, row.score, 1, False)
        row.reported += 1
        if _enough(row):
            row.state, row.version = State.HELD, row.version + 1
        row.save(update_fields=["due", "reported", "state", "version"])
        append("report", "reader", at, comment=row, before=before, after=standing(row), rules=[rule])
        return True


def _enough(row: CommentRow) -> bool:
    known = row.reports.filter(answered=None).exclude(author=None).count()
    return not row.moderated and 0 < rules().reports_hold <= known
