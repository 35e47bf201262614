"""Editors' corrections: an item taken out of a story or moved into another. Each is kept as a constraint, listed, and
undoable."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from storydesk.desk.models import CorrectionRow, ItemRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.wire import item_id

__all__ = ["in_force", "move", "split", "undo"]


@transaction.atomic
def split(item: str, who: str, at: datetime) -> StoryRow:
    """Takes an item out of its story into one of its own; grouping never puts it back. The new story."""
    row = _placed(item)
    old = _story(row.story_id)
    if old.items.count() < 2:
        raise InputError("the only item of a story cannot be taken out of it")
    new = StoryRow.objects.create(pk=f"s{item_id('split', item, at.isoformat())}", headline=row.title)
    _put(row, new)
    _keep(CorrectionRow.Kind.APART, row, old, old, who, at)
    return new


@transaction.atomic
def move(item: str, story: str, who: str, at: datetime) -> StoryRow:
    """Moves an item into another story, where it stays whatever arrives later. The story."""
    row, new = _placed(item), _story(story)
    old = _story(row.story_id)
    if old.pk == new.pk:
        raise InputError("the item is in that story already")
    _put(row, new)
    _keep(CorrectionRow.Kind.JOIN, row, new, old, who, at)
    return new


@transaction.atomic
def undo(correction: int, who: str, at: datetime) -> StoryRow:
    """Takes a correction back: the item returns to where it stood, and grouping no longer obeys it. The story it is in
    again."""
    row = CorrectionRow.objects.filter(pk=correction).first()
    if row is None:
        raise NotFound(f"no correction {correction}")
    if row.undone_at is not None:
        raise InputError("this correction was undone already", f"by {row.undone_by}")
    row.undone_by, row.undone_at = who, at
    row.save()
    emptied_by_this = row.before.merged_into_id in (None, row.item.story_id)
    back = row.before if emptied_by_this else _story(row.before_id)
    _put(row.item, back)
    return back


def in_force(story: str) -> list[CorrectionRow]:
    """The corrections that touch a story and hold, newest first."""
    bulky = ("item__traits", "story__coverage", "before__coverage")
    rows = CorrectionRow.objects.filter(undone_at=None).select_related("item", "story", "before").defer(*bulky)
    return [row for row in rows if story in (row.story_id, row.before_id, row.item.story_id)]


def _placed(item: str) -> ItemRow:
    row = ItemRow.objects.filter(pk=item).exclude(story=None).first()
    if row is None:
        raise NotFound(f"no item {item} in any story")
    return row


def _story(story: str | None) -> StoryRow:
    row = StoryRow.objects.filter(pk=story).first()
    if row is None:
        raise NotFound(f"no story {story}")
    return row.merged_into or row


def _put(row: ItemRow, story: StoryRow) -> None:
    """Moves an item. The address of a story left empty leads to where its last item went, and that of one revived to
    itself."""
    old = row.story_id
    row.story = story
    row.save()
    StoryRow.objects.filter(pk=story.pk).update(stale=True, merged_into=None)
    left = StoryRow.objects.filter(pk=old)
    if ItemRow.objects.filter(story=old).exists():
        left.update(stale=True)
    else:
        left.update(merged_into=story, stale=False, coverage=None)


def _keep(kind: str, item: ItemRow, story: StoryRow, before: StoryRow, who: str, at: datetime) -> None:
    CorrectionRow.objects.create(kind=kind, item=item, story=story, before=before, who=who, at=at)
