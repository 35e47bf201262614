"""Taking somebody out of the discussion: what whoever erases an author calls for what they wrote."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from storydesk.desk.discussion.submitting import erase_words
from storydesk.desk.models import AuthorRow, CommentRow, LogRow, ReportRow, WordingRow

__all__ = ["forget"]


def forget(author: AuthorRow, at: datetime, *, keep_comments: bool, signed: str) -> None:
    """Leaves no name and no free words of an author in the discussion, inside a turn. Their comments stay, ``signed``
    so, or their words go as if the author had deleted each; what was answered leaves its place.

    Reasons that moderators wrote to them go as well. Of the log, what names them is blanked, and the salts of their own
    entries with it: no digest in it can be traced to them, and the chain is whole.
    """
    own = CommentRow.objects.filter(writer=author)
    entries = LogRow.objects.filter(comment__in=own)
    entries.update(reason="")
    entries.filter(act__in=("screen", "submit", "withdraw", "appeal")).update(name="", salt="")
    WordingRow.objects.filter(comment__in=own).delete()
    ReportRow.objects.filter(author=author).update(words="", by=F("id"))
    own.update(author=signed, rejection="", appealed="")
    for row in () if keep_comments else own.filter(withdrawn=None):
        erase_words(row, at, "")
