"""Who sees what. All that is ever shown of comments outside of moderation comes from here, as values without the words
that were redacted and without the comments that are held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from storydesk.desk.addresses import family
from storydesk.desk.discussion.rules import rules
from storydesk.desk.discussion.submitting import DEEPEST, editable
from storydesk.desk.models import CommentRow, ItemRow, StoryRow

__all__ = ["Shown", "counted_on_items", "latest", "own", "published", "thread"]

BLOCKS: Final = "▇▇▇"
"""What the public reads in place of words that a moderator took out, whatever their length."""

State = CommentRow.State


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment as somebody may see it. ``guest`` says that no account wrote it: a guest may choose any name.
    ``answers`` is the name of whom it replies to; ``gone`` that its author took it back, and it stands only for the
    replies to it. What only its author sees (``mine``): ``state``, ``rejection``,
    ``appeal``, and whether they may still edit it. ``changed`` is when it was last written, decided on or edited.
    """

    id: int
    story: str
    item: str
    author: str
    guest: bool
    text: str
    at: datetime
    depth: int
    reply_to: int | None
    answers: str
    redacted: bool
    edited: bool
    gone: bool
    mine: bool
    state: str
    rejection: str = ""
    appeal: str = ""
    editable: bool = False
    version: int = 0
    changed: datetime | None = None

    @property
    def public(self) -> bool:
        """Whether everybody sees it."""
        return self.state == State.PUBLISHED


def published(story: str, item: str | None = None) -> list[Shown]:
    """What the public may see under a story, or under one item: published comments whose whole line of replies is
    published, each followed by its replies, oldest first. Those on a story that leads to this one stand here too, and
    go with it where that is undone."""
    return [one for one in thread(story, item) if not one.gone]


def thread(story: str, item: str | None = None, mine: Iterable[int] = (), now: datetime | None = None) -> list[Shown]:
    """The same with places for what was taken back and has replies, and with the viewer's own comments (``mine``,
    their ids) in whatever state they are."""
    yours = frozenset(mine)
    where = Q(item=item) if item else Q(item=None, story__in=family(story))
    rows = (
        CommentRow.objects.select_related("writer")
        .filter(where)
        .filter(Q(state=State.PUBLISHED) | Q(pk__in=yours, withdrawn=None))
    )
    if _discussion(story) == StoryRow.Discussion.OFF:
        return []
    below: dict[int | None, list[CommentRow]] = defaultdict(list)
    for row in rows.exclude(state=State.UNCONFIRMED).order_by("at", "pk"):
        below[row.reply_to_id].append(row)
    return list(_lines(below, None, "", yours, now))


def latest(count: int, story: str | None = None) -> list[Shown]:
    """What everybody sees and was published last, the newest first: on a story and its items, or on the whole desk."""
    if not rules().comments:
        return []
    rows = CommentRow.objects.select_related("reply_to", "writer").filter(_seen_by_all())
    off = StoryRow.objects.filter(discussion=StoryRow.Discussion.OFF, merged_into=None).values_list("pk", flat=True)
    rows = rows.exclude(_under(*off))
    if story is not None:
        rows = rows.filter(_under(story))
    newest = rows.order_by(Coalesce("decided_at", "at").desc(), "-pk")[:count]
    return [_shown(row, answers=_name(row.reply_to)) for row in newest]


def _under(*stories: str) -> Q:
    """That a comment stands under one of these living stories, or under an item of one."""
    return Q(item__story__in=stories) | Q(item__story=None, story__in=family(*stories))


def _seen_by_all() -> Q:
    """That a comment and all that it answers are published."""
    seen, above = Q(state=State.PUBLISHED, withdrawn=None), ""
    for _ in range(DEEPEST):
        above += "reply_to__"
        seen &= Q(**{above.removesuffix("__"): None}) | Q(**{f"{above}state": State.PUBLISHED})
    return seen


def own(ids: Iterable[int], now: datetime) -> list[Shown]:
    """An author's own comments, newest first, in whatever state they are; without those taken back."""
    rows = (
        CommentRow.objects.select_related("writer")
        .filter(pk__in=list(ids), withdrawn=None)
        .exclude(state=State.UNCONFIRMED)
    )
    return [_shown(row, mine=True, now=now) for row in rows.order_by("-at", "-pk")]


def counted_on_items(story: str) -> list[tuple[ItemRow, int]]:
    """The items of a story under which comments are published, with how many are."""
    if _discussion(story) == StoryRow.Discussion.OFF:
        return []
    rows = CommentRow.objects.filter(_seen_by_all(), item__story=story)
    counts = dict(rows.order_by().values_list("item").annotate(Count("pk")))
    items = ItemRow.objects.filter(pk__in=counts).select_related("source").defer("traits").order_by("published", "id")
    return [(item, counts[item.pk]) for item in items]


def _redacted(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The text with blocks in place of each stretch, in order."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], BLOCKS]
        at = end
    return "".join([*parts, text[at:]])


def _shown(row: CommentRow, *, answers: str = "", mine: bool = False, now: datetime | None = None) -> Shown:
    """One comment as the public sees it, or its author (``mine``). Who may see it is for the caller to know."""
    gone = row.withdrawn is not None
    return Shown(
        id=row.pk,
        story=row.story_id,
        item=row.item_id or "",
        author="" if gone else row.author,
        guest=not gone and row.by_guest,
        text=_redacted(row.text, row.redactions),
        at=row.at,
        depth=row.depth,
        reply_to=row.reply_to_id,
        answers=answers,
        redacted=bool(row.redactions),
        edited=row.edited is not None,
        gone=gone,
        mine=mine,
        state=row.state,
        rejection=row.rejection if mine else "",
        appeal=row.appeal if mine else "",
        editable=mine and now is not None and editable(row, now),
        version=row.version if mine else 0,
        changed=max(filter(None, (row.at, row.decided_at, row.edited))),
    )


def _lines(
    below: Mapping[int | None, list[CommentRow]],
    above: int | None,
    answers: str,
    mine: frozenset[int],
    now: datetime | None,
) -> Iterator[Shown]:
    for row in below.get(above, ()):
        replies = list(_lines(below, row.pk, _name(row), mine, now)) if row.state == State.PUBLISHED else []
        if row.withdrawn is None or replies:
            yield _shown(row, answers=answers, mine=row.pk in mine, now=now)
        yield from replies


def _name(row: CommentRow | None) -> str:
    """Whom a reply to a comment answers."""
    return row.author if row and not row.withdrawn else ""


def _discussion(story: str) -> str:
    """Whether comments are shown: by the story's own state and the desk's."""
    if not rules().comments:
        return StoryRow.Discussion.OFF
    return StoryRow.objects.filter(pk=story).values_list("discussion", flat=True).first() or StoryRow.Discussion.OPEN
