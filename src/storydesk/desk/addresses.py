"""A story's address lives for ever: where it leads, and which addresses lead to a story."""

from __future__ import annotations

from dataclasses import dataclass

from storydesk.desk.models import ItemRow, StoryRow
from storydesk.errors import NotFound

__all__ = ["Led", "family", "lead_on", "leads_to", "living", "merged", "named"]


BY_EDITORS = (StoryRow.Gone.MERGED, StoryRow.Gone.EMPTIED)


@dataclass(frozen=True, slots=True)
class Led:
    """The living story to which an address leads, and whether it does so for good: what an editor did can be undone,
    and then the address is that of its own story again."""

    story: StoryRow
    for_good: bool


def leads_to(story: str) -> Led:
    """The living story at the end of the way that begins at ``story``. Raises NotFound."""
    row = _known(story)
    for_good = True
    while row.merged_into_id is not None:
        for_good = for_good and row.gone not in BY_EDITORS
        row = _known(row.merged_into_id)
    return Led(row, for_good)


def named(words: str) -> str:
    """The id of a story that is given as its address or its id."""
    return words.strip().partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2].removesuffix(".json")


def living(story: str) -> StoryRow:
    """The same without more. Raises NotFound."""
    return leads_to(story).story


def merged(story: str) -> StoryRow:
    """The story that a story has become by merges alone; the story itself, maybe empty, where it was not merged."""
    row = _known(story)
    while row.merged_into_id is not None and row.gone != StoryRow.Gone.EMPTIED:
        row = _known(row.merged_into_id)
    return row


def family(*stories: str, by_merges: bool = False) -> list[str]:
    """Stories and all whose addresses lead to one of them; ``by_merges``: and that became one with it, so without those
    whose items were moved out."""
    those = StoryRow.objects.exclude(gone=StoryRow.Gone.EMPTIED) if by_merges else StoryRow.objects.all()
    found, newest = list(stories), list(stories)
    while newest:
        newest = list(those.filter(merged_into__in=newest).order_by("pk").values_list("pk", flat=True))
        found += newest
    return found


def lead_on(story: str, target: StoryRow) -> None:
    """Has the address of a story that was left empty lead to ``target``; one that has items is only stale."""
    rows = StoryRow.objects.filter(pk=story)
    if ItemRow.objects.filter(story=story).exists():
        rows.update(stale=True)
    else:
        rows.update(merged_into=target, gone=StoryRow.Gone.EMPTIED, stale=False)


def _known(story: str) -> StoryRow:
    row = StoryRow.objects.defer("coverage").filter(pk=story).first()
    if row is None:
        raise NotFound(f"no story {story}")
    return row
