"""What moderators do with comments: publish, hold, reject, redact, and undo; one or many at a time.

Each decision names the version that the moderator saw, and changes nothing where the comment is no longer that one:
so two moderators never overrule each other unnoticed, and no text is published that nobody has read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from storydesk.desk.discussion.log import append, standing, turn
from storydesk.desk.discussion.rules import REASONS, reason_in_words
from storydesk.desk.discussion.submitting import STATES
from storydesk.desk.discussion.urgency import place
from storydesk.desk.models import CommentRow, LogRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Decision, Span
from storydesk.moderate.private import find_private

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = [
    "UNDOABLE",
    "AlreadyDecided",
    "Outcome",
    "decide",
    "decide_many",
    "private_spans",
    "redact",
    "set_discussion",
    "undo",
]

DECISIONS: Final = ("publish", "hold", "reject")
UNDOABLE: Final = (*DECISIONS, "redact")
"""Acts of moderators that can be undone."""
State, Appeal = CommentRow.State, CommentRow.Appeal


class AlreadyDecided(InputError):
    """The comment is no longer as it was seen: somebody else decided, or its author changed it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of many decisions: the comments decided, and what stood in the way of the others."""

    done: tuple[CommentRow, ...]
    refused: tuple[tuple[int, str], ...]


def decide(
    comment: int, decision: Decision, who: User | None, at: datetime, *, seen: int, rule: str = "", words: str = ""
) -> CommentRow:
    """A moderator's decision on the version ``seen``, with a reason: one of ``REASONS``, own words, or both. It answers
    the reports and the appeal that are open.

    Raises AlreadyDecided, NotFound, and InputError for a rule that is none.
    """
    with turn():
        return _decide(comment, decision, who, at, seen, rule, words)


def decide_many(
    chosen: Iterable[tuple[int, int]], decision: Decision, who: User, at: datetime, *, rule: str = "", words: str = ""
) -> Outcome:
    """The same decision on several comments, each a pair of its id and the version seen. Those that are no longer as
    seen are left as they are and named."""
    done, refused = [], []
    with turn():
        for comment, seen in chosen:
            try:
                done.append(_decide(comment, decision, who, at, seen, rule, words))
            except (AlreadyDecided, NotFound) as error:
                refused.append((comment, error.message))
    return Outcome(tuple(done), tuple(refused))


def redact(comment: int, spans: Iterable[Span], who: User, at: datetime, *, seen: int) -> CommentRow:
    """Takes these stretches, and no others, out of what the public sees of a comment. The text is kept for moderators.

    Raises AlreadyDecided, NotFound, and InputError for a stretch outside the text.
    """
    with turn():
        row = _as_seen(comment, seen)
        wanted = _joined(spans, len(row.text))
        return _change(row, seen, "redact", who, at, {"redactions": wanted})


def private_spans(row: CommentRow) -> list[Span]:
    """The personal data that screening finds in a comment."""
    return [Span(start, end) for _, start, end in find_private(row.text)]


def undo(number: int, who: User | None, at: datetime) -> CommentRow:
    """Takes a decision or a redaction back, where nothing has happened to the comment since: it stands as before, with
    the reports and the appeal that were open.

    Raises NotFound for an entry that is no decision, AlreadyDecided where something came after it.
    """
    with turn():
        entry = LogRow.objects.filter(number=number, act__in=UNDOABLE).exclude(comment=None).first()
        if entry is None or entry.comment_id is None:
            raise NotFound(f"no decision {number}")
        content = json.loads(entry.content)
        row = _as_seen(entry.comment_id, content["version"])
        fields: dict[str, Any] = {key: content["before"][key] for key in ("state", "redactions", "appeal")}
        if entry.act in DECISIONS:
            row.reports.filter(answered=entry.at).update(answered=None)
            fields |= {"reported": row.reports.filter(answered=None).count(), **_decided_before(entry)}
        return _change(row, row.version, "undo", who, at, fields, of=number)


def set_discussion(story: StoryRow, state: str, who: User, at: datetime) -> None:
    """Opens or closes the discussion of a story, or turns its comments off. Raises InputError for any other state."""
    if state not in StoryRow.Discussion.values:
        raise InputError(f"a discussion is open, closed or off, not {state}")
    with turn():
        before = StoryRow.objects.values_list("discussion", flat=True).get(pk=story.pk)
        StoryRow.objects.filter(pk=story.pk).update(discussion=state)
        append(
            "discussion", "moderator", at, who=who, story=story.pk, before={"is": str(before)}, after={"is": str(state)}
        )


def _decide(
    comment: int, decision: Decision, who: User | None, at: datetime, seen: int, rule: str, words: str
) -> CommentRow:
    if rule and rule not in REASONS:
        raise InputError(f"{rule} is no reason of this desk")
    row = _as_seen(comment, seen)
    reason = reason_in_words(rule, words)
    fields: dict[str, Any] = {
        "state": STATES[decision],
        "rejection": reason if decision == "reject" else "",
        "decided_by": who,
        "decided_at": at,
        "moderated": True,
        "reported": 0,
        "appeal": Appeal.ANSWERED if row.appeal else "",
    }
    if decision == "hold":
        fields |= {"due": place(at, row.score, 0, False)}
    row = _change(row, seen, decision, who, at, fields, reason, **({"rule": rule} if rule else {}))
    row.reports.filter(answered=None).update(answered=at)
    return row


def _change(
    row: CommentRow,
    seen: int,
    act: str,
    who: User | None,
    at: datetime,
    fields: dict[str, Any],
    reason: str = "",
    **facts: Any,
) -> CommentRow:
    """Changes the row where it is still the version seen, and writes the entry."""
    before = standing(row)
    if not CommentRow.objects.filter(pk=row.pk, version=seen).update(version=seen + 1, **fields):
        raise _told(row.pk)
    row.refresh_from_db()
    name = "" if who else "the desk"
    append(
        act,
        "moderator",
        at,
        comment=row,
        who=who,
        name=name,
        reason=reason,
        before=before,
        after=standing(row),
        **facts,
    )
    return row


def _as_seen(comment: int, seen: int) -> CommentRow:
    row = CommentRow.objects.filter(pk=comment).exclude(state=State.UNCONFIRMED).first()
    if row is None:
        raise NotFound(f"no comment {comment}")
    if row.version != seen or row.withdrawn is not None:
        raise _told(comment)
    return row


def _told(comment: int) -> AlreadyDecided:
    """What happened to a comment meanwhile, in words."""
    row = CommentRow.objects.get(pk=comment)
    if row.withdrawn is not None:
        return AlreadyDecided("its author took this comment back")
    last = row.log.exclude(act="report").last()
    if last is None or last.act not in (*UNDOABLE, "undo"):
        return AlreadyDecided(f"its author changed this comment meanwhile: it is {row.state}", "read it again")
    what = {"redact": "redacted", "undo": "taken back"}.get(last.act, "decided")
    return AlreadyDecided(f"this comment was already {what} by {last.name}: it is {row.state}", "reload the queue")


def _decided_before(entry: LogRow) -> dict[str, Any]:
    """Who had decided, and why, before the decision of an entry."""
    earlier = LogRow.objects.filter(comment=entry.comment_id, number__lt=entry.number, act__in=(*DECISIONS, "screen"))
    last = earlier.last()
    if last is None or last.act == "screen":
        rejected = json.loads(entry.content)["before"]["state"] == State.REJECTED
        return {
            "decided_by": None,
            "moderated": False,
            "rejection": "",
            "decided_at": last.at if last and rejected else None,
        }
    reason = last.reason if last.act == "reject" else ""
    return {"decided_by": last.who, "moderated": True, "rejection": reason, "decided_at": last.at}


def _joined(spans: Iterable[Span], length: int) -> list[list[int]]:
    """The stretches in order, those that overlap or touch made one."""
    joined: list[list[int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if not 0 <= start < end <= length:
            raise InputError(f"there is nothing to take out from {start} to {end}")
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return joined
