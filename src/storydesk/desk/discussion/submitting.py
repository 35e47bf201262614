"""What authors do with their comments: submit, confirm, edit, take back, appeal. Nothing is published that no screening
and, by default, no moderator has seen.

Who may do it is for the caller to know; what may be done, and when, is decided here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import msgspec

from storydesk.desk.addresses import family, living
from storydesk.desk.discussion.log import append, standing, turn
from storydesk.desk.discussion.rules import rules
from storydesk.desk.discussion.trust import published_before, refuse_banned
from storydesk.desk.discussion.urgency import place
from storydesk.desk.models import AuthorRow, CommentRow, ItemRow, StoryRow, WordingRow
from storydesk.errors import InputError, NotFound
from storydesk.language import encode
from storydesk.model import Comment, Decision, Verdict
from storydesk.moderate import DEFAULT, fingerprint, screen

__all__ = [
    "DEEPEST",
    "LONGEST",
    "STATES",
    "appeal",
    "confirm",
    "edit",
    "editable",
    "erase_words",
    "judge",
    "submit",
    "withdraw",
]

LONGEST: Final = 4_000
"""Code points of a comment; past that it is an article."""

LONGEST_APPEAL: Final = 1_000
LATELY: Final = timedelta(minutes=5)
"""How far back an author's comments are counted: more than a few are no conversation."""

DEEPEST: Final = 2
"""Levels of replies. An answer to a reply of the last level stands beside it."""

State, Appeal = CommentRow.State, CommentRow.Appeal
STATES: Final[dict[Decision, str]] = {"publish": State.PUBLISHED, "hold": State.HELD, "reject": State.REJECTED}


def submit(
    key: str,
    story: str,
    author: str,
    text: str,
    at: datetime,
    *,
    reply_to: int | None = None,
    item: str | None = None,
    writer: AuthorRow | None = None,
    confirmed: bool = True,
) -> CommentRow:
    """Screens and keeps a comment on a story, or on one ``item`` of it; held unless screening says otherwise. The same
    ``key`` again returns the row that is there. Not ``confirmed``, it waits for its author and is in no queue.

    Raises NotFound for a story or an item the desk does not have, InputError for an empty or overlong comment and where
    the discussion is closed, Banned. Not confirmed, nobody is told of a ban: the address may not be theirs.
    """
    author, text = author.strip()[:80], _worded(text)
    if not author:
        raise InputError("a comment needs a name and some words")
    ground = living(story)
    if not rules().comments or ground.discussion != StoryRow.Discussion.OPEN:
        raise InputError("no more comments are taken here")
    piece = _piece(item)
    if confirmed:
        refuse_banned(writer, at)
    row = _unsaved(key, ground, piece, _answered(ground, piece, reply_to), text, at)
    row.author, row.writer = author, writer
    verdict = _verdict(row, at) if confirmed else None  # not in the turn that others wait for
    with turn():
        there = CommentRow.objects.filter(key=key).first()
        if there is not None:
            return there
        if verdict:
            return judge(row, verdict, at, "submit")
        row.save()
        append("submit", "author", at, comment=row, name=author, after=standing(row))
        return row


def confirm(comment: int, at: datetime) -> CommentRow:
    """A guest has shown that the address is theirs: the comment goes to screening. Confirmed before, it stays as it is.

    Raises NotFound; Banned, where the address is.
    """
    with turn():
        row = _own(comment)
        if row.state != State.UNCONFIRMED:
            return row
        refuse_banned(row.writer, at)
        if row.writer and row.writer.confirmed is None:
            AuthorRow.objects.filter(pk=row.writer.pk).update(confirmed=at)
        return judge(row, _verdict(row, at), at, "confirm")


def editable(row: CommentRow, now: datetime) -> bool:
    """Whether its author may still change it: for a while, and not once it was rejected."""
    lasts = now - row.at <= rules().edit_within
    return lasts and row.withdrawn is None and row.state in (State.HELD, State.PUBLISHED)


def edit(comment: int, text: str, at: datetime, *, seen: int) -> CommentRow:
    """New words for a comment; they are screened anew and held unless their author is trusted. The earlier ones are
    kept for moderators, and what was redacted in them has to be redacted again.

    Raises NotFound; InputError where it is too late, or where the comment is no longer as ``seen`` (its version).
    """
    text = _worded(text)
    with turn():
        row = _own(comment)
        if not editable(row, at):
            raise InputError("it can no longer be changed")
        if row.version != seen:
            raise InputError("it has changed since you opened it", "reload the page")
        if text == row.text:
            return row
        refuse_banned(row.writer, at)
        WordingRow.objects.create(comment=row, revision=row.revision, text=row.text, until=at)
        row.text, row.revision, row.edited, row.redactions = text, row.revision + 1, at, []
        row.version += 1
        return judge(row, _verdict(row, at), at, "edit")


def withdraw(comment: int, at: datetime) -> CommentRow:
    """Its author takes a comment back: its words, earlier ones too, are gone for good. Taken back before, it stays so.

    Raises NotFound.
    """
    with turn():
        row = _own(comment)
        if row.withdrawn is not None:
            return row
        return erase_words(row, at, row.author)


def erase_words(row: CommentRow, at: datetime, name: str) -> CommentRow:
    """Takes a comment back with all its words, inside a turn; the entry of the log is signed ``name``."""
    before = standing(row)
    row.wordings.all().delete()
    row.reports.filter(answered=None).update(answered=at)
    row.text, row.appealed, row.reasons, row.rules, row.redactions, row.fingerprint = "", "", [], "", [], ""
    row.reported, row.withdrawn, row.version = 0, at, row.version + 1
    row.appeal = Appeal.ANSWERED if row.appeal else ""
    row.save()
    append("withdraw", "author", at, comment=row, name=name, before=before, after=standing(row))
    return row


def appeal(comment: int, words: str, at: datetime) -> CommentRow:
    """Asks for a rejected comment to be looked at once more.

    Raises NotFound; InputError without words, where it is not rejected, and where an appeal was made before.
    """
    words = words.strip()
    if not words or len(words) > LONGEST_APPEAL:
        raise InputError(f"say in 1 to {LONGEST_APPEAL:,} characters why it should be published")
    with turn():
        row = _own(comment)
        if row.state != State.REJECTED or row.withdrawn is not None:
            raise InputError("only a rejected comment can be appealed for")
        if row.appeal:
            raise InputError("a comment can be appealed for once")
        before = standing(row)
        row.appeal, row.appealed, row.version = Appeal.OPEN, words, row.version + 1
        row.due = place(at, row.score, row.reported, True)
        row.save()
        append("appeal", "author", at, comment=row, name=row.author, before=before, after=standing(row))
        return row


def _unsaved(
    key: str, story: StoryRow, item: ItemRow | None, above: CommentRow | None, text: str, at: datetime
) -> CommentRow:
    depth = above.depth + 1 if above else 0
    state = State.UNCONFIRMED
    return CommentRow(key=key, story=story, item=item, reply_to=above, depth=depth, text=text, at=at, state=state)


def judge(row: CommentRow, verdict: Verdict, at: datetime, on: str) -> CommentRow:
    """Gives a row its state and place by what screening says, and keeps both with an entry of the log."""
    before = standing(row) if row.pk else None
    row.state = STATES[verdict.verdict]
    row.score, row.reasons = verdict.score, msgspec.to_builtins(verdict.reasons)
    named = list(dict.fromkeys(reason.rule for reason in verdict.reasons))
    row.rules = f"|{'|'.join(named)}|"[:300] if named else ""
    row.moderated, row.decided_by, row.rejection = False, None, ""
    row.decided_at = at if row.state == State.REJECTED else None
    row.due = place(at, row.score, row.reported, row.appeal == Appeal.OPEN)
    row.version += 1 if on == "confirm" else 0
    row.save()
    append(
        "screen",
        "screening",
        at,
        comment=row,
        before=before,
        after=standing(row),
        rules=named,
        score=verdict.score,
        on=on,
    )
    return row


def _verdict(row: CommentRow, at: datetime) -> Verdict:
    """Screens the row's text, beside what else was written."""
    thread = row.reply_to.text if row.reply_to else row.item.title if row.item else row.story.headline
    row.fingerprint = fingerprint(row.text)
    others = CommentRow.objects.filter(withdrawn=None).exclude(pk=row.pk)
    comment = Comment(
        row.key,
        row.text,
        author=row.author,
        thread=thread,
        published=published_before(row.writer, at),
        recent=others.filter(writer=row.writer, at__gt=at - LATELY).count() if row.writer else 0,
        copies=others.filter(fingerprint=row.fingerprint).count() if row.fingerprint else 0,
    )
    return screen(comment, replace(DEFAULT, trust_after=rules().trust_after), encode)


def _worded(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise InputError("a comment needs a name and some words")
    if len(text) > LONGEST:
        raise InputError(f"a comment of {len(text):,} characters is too long", f"at most {LONGEST:,}")
    return text


def _own(comment: int) -> CommentRow:
    row = CommentRow.objects.select_related("writer", "story", "item", "reply_to").filter(pk=comment).first()
    if row is None:
        raise NotFound(f"no comment {comment}")
    return row


def _piece(item: str | None) -> ItemRow | None:
    if item is None:
        return None
    found = ItemRow.objects.defer("traits").filter(pk=item).exclude(story=None).first()
    if found is None:
        raise NotFound(f"no item {item} in any story")
    return found


def _answered(story: StoryRow, item: ItemRow | None, reply_to: int | None) -> CommentRow | None:
    """The comment that is answered, where the public sees it in the same place: nobody answers what nobody sees. For a
    reply of the last level, the one that it answers itself."""
    if reply_to is None:
        return None
    where = {"item": item} if item else {"item": None, "story__in": family(story.pk)}
    above = CommentRow.objects.select_related("reply_to__reply_to").filter(pk=reply_to, **where).first()
    if above is None or above.withdrawn is not None or not _public(above):
        return None
    return above if above.depth < DEEPEST else above.reply_to


def _public(row: CommentRow | None) -> bool:
    """Whether a comment and all that it answers are published."""
    return row is None or (row.state == State.PUBLISHED and _public(row.reply_to))
