"""The log of the discussion: written in one line by whoever changes a comment, checked and exported.

Writers take turns. On PostgreSQL an advisory lock is held until the transaction ends; to lock the last row instead
would not do: whoever waited for it would still hold it for the last one, and the chain would fork. On SQLite a
transaction holds the one write lock from its start, but those who wait for it only ask again from time to time, and
with twenty writers some never find it free: they queue for a lock of the system's before, which is given in order.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.db import connection, transaction

from storydesk.desk.discussion.chain import GENESIS, Entry, Fault, canonical, digest, faults, masked, said
from storydesk.desk.home import home
from storydesk.desk.models import CommentRow, LogRow
from storydesk.desk.turn import DISCUSSION, take_turn

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = ["By", "append", "exported", "standing", "turn", "verify"]

By = Literal["screening", "author", "reader", "moderator"]
"""In what part somebody acted: an author of their own comment, a reader who reports one."""

LONGEST = 300

_taken = ContextVar("turn taken", default=False)


@contextmanager
def turn() -> Iterator[None]:
    """A transaction in which comments may be changed and the log written. The turn is taken before any row is touched,
    so that two writers never wait for each other.

    Raises RuntimeError inside another turn, which would wait for itself, and inside any other transaction, which would
    hold what the one whose turn it is waits for.
    """
    if _taken.get():
        raise RuntimeError("a turn was taken already")
    here = _taken.set(True)
    try:
        with _queued(), transaction.atomic(durable=True):
            take_turn(DISCUSSION)
            yield
    finally:
        _taken.reset(here)


@contextmanager
def _queued() -> Iterator[None]:
    """On SQLite, the place in the line of all threads and processes of this desk; elsewhere nothing."""
    if connection.vendor != "sqlite":
        yield
        return
    with (home() / "discussion.lock").open("a") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield


def append(
    act: str,
    by: By,
    at: datetime,
    *,
    comment: CommentRow | None = None,
    who: User | None = None,
    name: str = "",
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **more: Any,
) -> LogRow:
    """Adds an entry, inside :func:`turn`. ``more`` are facts without names or free words, such as ``rules``.

    ``comment`` is the row as it stands after the act: its revision, and the digest of the text that was decided upon,
    go into the entry.
    """
    last = LogRow.objects.order_by("-number").values_list("number", "digest").first() or (0, GENESIS)
    salt, number = secrets.token_hex(16), last[0] + 1
    name, reason = (who.get_username() if who else name)[:150], reason[:LONGEST]
    content = {"n": number, "at": _utc(at), "act": act, "by": by, **more, **_decided(comment, salt, before, after)}
    content |= {key: masked(salt, words) for key, words in (("who", name), ("why", reason)) if words}
    written = canonical(content)
    return LogRow.objects.create(
        number=number,
        before=last[1],
        digest=digest(last[1], written),
        content=written,
        comment=comment,
        act=act,
        at=at,
        who=who,
        name=name,
        reason=reason,
        salt=salt,
    )


def _decided(
    comment: CommentRow | None, salt: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What an entry says of the comment decided upon, and of the change."""
    facts: dict[str, Any] = {"before": dict(before)} if before is not None else {}
    facts |= {"after": dict(after)} if after is not None else {}
    if comment is not None:
        facts |= {"comment": comment.pk, "revision": comment.revision, "version": comment.version}
        facts["text"] = masked(salt, comment.text)
    return facts


def standing(row: CommentRow) -> dict[str, Any]:
    """How a comment stands, as the log has it before and after an act: no words of anybody's."""
    return {
        "state": row.state,
        "redactions": [list(span) for span in row.redactions],
        "appeal": row.appeal,
        "reported": row.reported,
        "withdrawn": row.withdrawn is not None,
    }


def verify(head: tuple[int, str] | None = None) -> list[Fault]:
    """What is wrong with the log, and where a comment stands otherwise than its last entry says.

    ``head`` is the number and the digest of an entry that was noted elsewhere: a chain cut off at its end, or written
    anew, is whole in itself and betrayed by nothing else.
    """
    found: list[Fault] = faults(_entry(row) for row in LogRow.objects.order_by("number").iterator())
    if head and not LogRow.objects.filter(number=head[0], digest=head[1]).exists():
        found.append(Fault(head[0], "is not the entry that was noted"))
    return found + _astray()


def exported() -> Iterator[dict[str, Any]]:
    """The log as records, without the names of readers, their words and the salts: the chain can be checked all the
    same. Moderators are named."""
    for row in LogRow.objects.order_by("number").iterator():
        content = said(row.content)
        named = {"name": row.name} if content.get("by") == "moderator" and row.name else {}
        yield {"number": row.number, "before": row.before, "digest": row.digest, "content": content, **named}


def _astray() -> list[Fault]:
    """Comments that stand, or read, otherwise than the log says: changed behind its back."""
    latest: dict[int, tuple[int, dict[str, Any], str]] = {}
    rows = LogRow.objects.order_by("number").values_list("number", "content", "salt")
    for number, content, salt in rows.iterator():
        entry = said(content)
        if entry.get("comment") is not None and "after" in entry:
            latest[entry["comment"]] = (number, entry, salt)
    found = []
    for row in CommentRow.objects.order_by("pk").defer("reasons").iterator():
        if row.pk not in latest:
            found.append(Fault(0, f"comment {row.pk} is not in the log"))
            continue
        number, entry, salt = latest[row.pk]
        if any(standing(row).get(key) != value for key, value in entry["after"].items()):
            found.append(Fault(number, f"comment {row.pk} stands otherwise than this entry says"))
        elif salt and masked(salt, row.text) != entry.get("text"):
            found.append(Fault(number, f"comment {row.pk} has another text than at this entry"))
    return found


def _entry(row: LogRow) -> Entry:
    return Entry(row.number, row.before, row.digest, row.content, row.name, row.reason, row.salt)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
