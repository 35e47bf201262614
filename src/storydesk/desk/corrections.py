"""Editors' corrections: split, merge, move, pin, and undo. Each moves the items at once and is kept with who and when;
while it holds, all later grouping obeys the constraints that follow from it.

Where an item stands is decided by the latest split or move in force that names it, else by grouping; and from there by
the merges in force. So an undo has nothing to remember: it takes the correction out and settles the items anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from storydesk.desk.addresses import lead_on, living, merged
from storydesk.desk.mentions import mentions_follow
from storydesk.desk.models import CorrectedRow, CorrectionRow, ItemRow, StoryRow
from storydesk.desk.turn import take_turn
from storydesk.errors import InputError, NotFound
from storydesk.wire import item_id

__all__ = ["merge", "move", "pin", "split", "undo"]

Kind = CorrectionRow.Kind


@transaction.atomic
def split(items: Sequence[str], who: str, at: datetime) -> CorrectionRow:
    """Takes items out of their story into a new one; grouping never brings them back together.

    Raises NotFound, and InputError where nothing would stay behind, the items stand in several stories, or one is
    pinned.
    """
    take_turn()
    rows = _placed(items)
    old = _their_story(rows)
    _refuse_pinned(rows)
    if not old.items.exclude(pk__in=[row.pk for row in rows]).exists():
        raise InputError("at least one item must stay in the story", "move them all, or merge the story with another")
    key = item_id("split", str(CorrectionRow.objects.count()), at.isoformat(), *(row.pk for row in rows))
    new = StoryRow.objects.create(pk=f"s{key}", headline=rows[0].title, last_changed=at)
    return _move(Kind.SPLIT, rows, new, who, at)


@transaction.atomic
def move(items: Sequence[str], story: str, who: str, at: datetime) -> CorrectionRow:
    """Moves items into another story; there they stay, and apart from where they stood, whatever arrives later.

    Raises NotFound, and InputError for an item that stands there already or is pinned.
    """
    take_turn()
    rows, new = _placed(items), living(story)
    there = next((row for row in rows if row.story_id == new.pk), None)
    if there:
        raise InputError(f"“{there.title}” is in that story already")
    _refuse_pinned(rows)
    return _move(Kind.MOVE, rows, new, who, at)


@transaction.atomic
def merge(kept: str, gone: str, who: str, at: datetime) -> CorrectionRow:
    """Makes two stories one: the items of ``gone`` come to ``kept``, and its address leads there.

    Raises NotFound, and InputError where they are one already or an item of ``gone`` is pinned.
    """
    take_turn()
    one, other = living(kept), living(gone)
    if one.pk == other.pk:
        raise InputError("the two are one story already")
    _refuse_pinned(other.items.all(), "take the pin back first, or merge the other way round")
    row = CorrectionRow.objects.create(kind=Kind.MERGE, story=one, gone=other, who=who, at=at)
    ItemRow.objects.filter(story=other).update(story=one)
    StoryRow.objects.filter(pk=other.pk).update(merged_into=one, gone=StoryRow.Gone.MERGED, stale=False)
    StoryRow.objects.filter(pk=one.pk).update(stale=True)
    mentions_follow(one.items.defer("traits"))
    return row


@transaction.atomic
def pin(items: Sequence[str], who: str, at: datetime) -> CorrectionRow:
    """Holds items in their story and the story at its address: no later grouping and no other correction takes them
    elsewhere until the pin is taken back. Others may still join them.

    Raises NotFound, and InputError where the items stand in several stories or one is pinned already.
    """
    take_turn()
    rows = _placed(items)
    story = _their_story(rows)
    _refuse_pinned(rows)
    return _keep(Kind.PIN, rows, story, who, at)


@transaction.atomic
def undo(correction: int, who: str, at: datetime) -> CorrectionRow:
    """Takes a correction back: its items return to where they would stand without it, stories that it left empty or
    merged have their own addresses again, and grouping no longer obeys it.

    Raises NotFound, and InputError where it was taken back before, or would move an item that was pinned since.
    """
    take_turn()
    row = CorrectionRow.objects.filter(pk=correction).first()
    if row is None:
        raise NotFound(f"no correction {correction}")
    if row.undone_at is not None:
        raise InputError("this correction was taken back already", f"by {row.undone_by}")
    row.undone_by, row.undone_at = who, at
    row.save()
    if row.kind == Kind.MERGE:
        _part(row)
    elif row.kind != Kind.PIN:
        _settle(ItemRow.objects.filter(corrected__correction=row))
    return row


def _part(row: CorrectionRow) -> None:
    """Ends a merge: what came by it goes back, and what has come since stays."""
    StoryRow.objects.filter(pk=row.gone_id).update(merged_into=None, gone="")
    _settle(ItemRow.objects.filter(story=living(row.story_id)))
    lead_on(str(row.gone_id), living(row.story_id))


def _settle(items: Iterable[ItemRow]) -> None:
    """Puts each item where it stands by what is in force now."""
    rows = list(items)
    ruled = dict(
        CorrectedRow.objects.filter(
            item__in=rows, correction__undone_at=None, correction__kind__in=[Kind.SPLIT, Kind.MOVE]
        )
        .order_by("correction_id")
        .values_list("item", "correction__story")
    )
    homes = {row.pk: str(ruled.get(row.pk, row.placed_in_id)) for row in rows}
    stories = {home: merged(home) for home in set(homes.values())}
    moving = [row for row in rows if row.story_id != stories[homes[row.pk]].pk]
    _refuse_pinned(moving)
    for story in {stories[homes[row.pk]].pk: stories[homes[row.pk]] for row in moving}.values():
        _put([row for row in moving if stories[homes[row.pk]].pk == story.pk], story)


def _move(kind: str, rows: Sequence[ItemRow], story: StoryRow, who: str, at: datetime) -> CorrectionRow:
    correction = _keep(kind, rows, story, who, at)
    _put(rows, story)
    return correction


def _put(rows: Sequence[ItemRow], story: StoryRow) -> None:
    """Moves items. A story that had been left empty has its own address again; the address of one that is left empty
    leads on."""
    left = {str(row.story_id) for row in rows}
    ItemRow.objects.filter(pk__in=[row.pk for row in rows]).update(story=story)
    StoryRow.objects.filter(pk=story.pk).update(stale=True, merged_into=None, gone="")
    for old in sorted(left):
        lead_on(old, story)
    mentions_follow(ItemRow.objects.filter(story__in={story.pk, *left}).defer("traits"))


def _keep(kind: str, rows: Sequence[ItemRow], story: StoryRow, who: str, at: datetime) -> CorrectionRow:
    correction = CorrectionRow.objects.create(kind=kind, story=story, who=who, at=at)
    CorrectedRow.objects.bulk_create(
        CorrectedRow(correction=correction, item=row, stood_id=str(row.story_id)) for row in rows
    )
    return correction


def _placed(items: Sequence[str]) -> list[ItemRow]:
    """The items, in the order given. Raises InputError for none, NotFound for one that is in no story."""
    if not items:
        raise InputError("no item was chosen")
    found = ItemRow.objects.defer("traits").exclude(story=None).in_bulk(list(items))
    for item in items:
        if item not in found:
            raise NotFound(f"no item {item} in any story")
    return list({item: found[item] for item in items}.values())


def _their_story(rows: Sequence[ItemRow]) -> StoryRow:
    if len({row.story_id for row in rows}) > 1:
        raise InputError("the items stand in several stories", "one story at a time")
    return living(str(rows[0].story_id))


def _refuse_pinned(rows: Iterable[ItemRow], hint: str = "take the pin back first") -> None:
    pins = CorrectedRow.objects.filter(correction__kind=Kind.PIN, correction__undone_at=None, item__in=list(rows))
    found = pins.select_related("item", "correction").order_by("pk").first()
    if found:
        raise InputError(f"“{found.item.title}” is pinned to its story by {found.correction.who}", hint)
