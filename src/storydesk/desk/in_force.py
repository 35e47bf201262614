"""The corrections in force, as the values from which grouping's constraints follow."""

from __future__ import annotations

from collections import defaultdict

from storydesk.desk.models import CorrectedRow, CorrectionRow, ItemRow, StoryRow
from storydesk.group import Constraint, Correction, constraints_of, kept_story
from storydesk.group.corrections import Kind

__all__ = ["in_force"]

MOVING = (CorrectionRow.Kind.SPLIT, CorrectionRow.Kind.MOVE)


def in_force() -> list[Constraint]:
    """The constraints that follow from all corrections in force."""
    rows = list(CorrectionRow.objects.filter(undone_at=None).order_by("pk"))
    if not rows:
        return []
    kept = _kept()
    items: dict[int, list[tuple[str, str]]] = defaultdict(list)
    steps = CorrectedRow.objects.filter(correction__undone_at=None).order_by("correction_id", "pk")
    for correction, item, stood in steps.values_list("correction", "item", "stood"):
        items[correction].append((item, stood))
    for correction, item, stood in _merged(rows, kept):
        items[correction].append((item, stood))
    corrections = (Correction(_kind(row), row.story_id, tuple(items[row.pk])) for row in rows)
    return constraints_of(corrections, kept)


def _kept() -> dict[str, str]:
    """Each merged story and the one that took it in. A story whose items were moved out was not merged."""
    gone = StoryRow.objects.exclude(merged_into=None).exclude(gone=StoryRow.Gone.EMPTIED)
    return {story: str(kept) for story, kept in gone.values_list("pk", "merged_into")}


def _merged(rows: list[CorrectionRow], kept: dict[str, str]) -> list[tuple[int, str, str]]:
    """The items that stand where they do by a merge that an editor made: (correction, item, the story that went)."""
    merges = {str(row.gone_id): row.pk for row in rows if row.kind == row.Kind.MERGE}
    if not merges:
        return []
    moves = CorrectedRow.objects.filter(correction__undone_at=None, correction__kind__in=MOVING).order_by(
        "correction_id"
    )
    put = dict(moves.values_list("item", "correction__story"))
    found = []
    inside = ItemRow.objects.filter(story__in={kept_story(gone, kept) for gone in merges}).order_by("position")
    for item, placed_in in inside.values_list("pk", "placed_in"):
        story = put.get(item, placed_in)
        while story in kept:
            if story in merges:
                found.append((merges[story], item, story))
            story = kept[story]
    return found


def _kind(row: CorrectionRow) -> Kind:
    kinds: dict[str, Kind] = {"split": "split", "merge": "merge", "move": "move", "pin": "pin"}
    return kinds[row.kind]
