"""The moderators' queue: what waits for a decision, most urgent first, and what they need to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from storydesk.desk.addresses import family
from storydesk.desk.discussion.trust import in_force
from storydesk.desk.models import AuthorRow, CommentRow, SanctionRow

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = ["Filters", "History", "Tab", "counts", "histories", "listed", "rules_there", "siblings"]

Tab = Literal["held", "published", "rejected"]
State, Appeal = CommentRow.State, CommentRow.Appeal

DECIDABLE: Final = Q(withdrawn=None) & ~Q(state=State.UNCONFIRMED)
WAITING: Final = Q(state=State.HELD) | Q(state=State.PUBLISHED, reported__gt=0) | Q(appeal=Appeal.OPEN)
"""Held, reported though published, or appealed for though rejected."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a list is shown; empty shows all. ``rule`` is one of screening's, ``author`` an author's number."""

    only: str = ""
    rule: str = ""
    story: str = ""
    author: int | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(slots=True)
class History:
    """What a desk knows of an author: numbers of comments by state, and the sanctions that hold."""

    published: int = 0
    rejected: int = 0
    held: int = 0
    taken_back: int = 0
    sanctions: list[SanctionRow] = field(default_factory=list)


def listed(tab: Tab, filters: Filters, viewer: User | None = None) -> QuerySet[CommentRow]:
    """The comments of a list. ``held`` is the queue, by place, appeals against the viewer's own rejections last, so
    that another moderator is asked first; the others are lists of what was decided, newest first."""
    rows = CommentRow.objects.filter(DECIDABLE, WAITING if tab == "held" else Q(state=tab)).filter(_asked(filters))
    rows = rows.select_related("story", "item__source", "writer", "decided_by", "reply_to__reply_to")
    rows = rows.defer("story__coverage", "item__traits")
    if tab != "held":
        return rows.order_by("-at", "-pk")
    own = When(appeal=Appeal.OPEN, decided_by=viewer, then=Value(1)) if viewer else When(pk=None, then=Value(1))
    return rows.order_by(Case(own, default=Value(0), output_field=IntegerField()), "due", "pk")


def counts() -> dict[str, int]:
    """How many comments stand in each list, and how many of the queue are reported or appealed for."""
    those = CommentRow.objects.filter(DECIDABLE).aggregate(
        held=Count("pk", filter=WAITING),
        published=Count("pk", filter=Q(state=State.PUBLISHED)),
        rejected=Count("pk", filter=Q(state=State.REJECTED)),
        reported=Count("pk", filter=Q(reported__gt=0)),
        appeals=Count("pk", filter=Q(appeal=Appeal.OPEN)),
    )
    return {name: int(number) for name, number in those.items()}


def rules_there() -> list[str]:
    """The rules of screening on which something in the queue rests, most frequent first."""
    found: dict[str, int] = defaultdict(int)
    for rules in CommentRow.objects.filter(DECIDABLE, WAITING).exclude(rules="").values_list("rules", flat=True):
        for rule in rules.strip("|").split("|"):
            found[rule] += 1
    return sorted(found, key=lambda rule: (-found[rule], rule))


def histories(rows: Iterable[CommentRow], now: datetime) -> dict[int, History]:
    """By author's number, what is known of the authors of these comments."""
    writers = {row.writer_id: row.writer for row in rows if row.writer_id and row.writer}
    found: dict[int, History] = {writer: History() for writer in writers}
    here = Q(withdrawn=None)
    own = CommentRow.objects.filter(writer__in=writers).order_by().values("writer")
    for counted in own.annotate(
        published=Count("pk", filter=here & Q(state=State.PUBLISHED)),
        rejected=Count("pk", filter=here & Q(state=State.REJECTED)),
        held=Count("pk", filter=here & Q(state=State.HELD)),
        taken_back=Count("pk", filter=~here),
    ):
        numbers = {name: counted[name] for name in ("published", "rejected", "held", "taken_back")}
        found[counted["writer"]] = History(**numbers)
    for sanction in in_force(_known(writers.values()), now):
        found[sanction.author_id].sanctions.append(sanction)
    return found


def siblings(rows: Sequence[CommentRow]) -> dict[int, list[CommentRow]]:
    """By the number of the comment that they answer, the replies that are published or wait, oldest first."""
    above = {row.reply_to_id for row in rows if row.reply_to_id}
    found: dict[int, list[CommentRow]] = defaultdict(list)
    replies = CommentRow.objects.filter(DECIDABLE, reply_to__in=above).exclude(state=State.REJECTED)
    for row in replies.order_by("at", "pk"):
        found[row.reply_to_id or 0].append(row)
    return found


def _asked(filters: Filters) -> Q:
    wanted = Q()
    if filters.only == "reported":
        wanted &= Q(reported__gt=0)
    elif filters.only == "appeals":
        wanted &= Q(appeal=Appeal.OPEN)
    if filters.rule:
        wanted &= Q(rules__contains=f"|{filters.rule}|")
    if filters.story:
        wanted &= Q(story__in=family(filters.story))
    if filters.author:
        wanted &= Q(writer=filters.author)
    return wanted


def _known(writers: Iterable[AuthorRow | None]) -> list[AuthorRow]:
    return [writer for writer in writers if writer is not None]
