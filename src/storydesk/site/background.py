"""What the desk knows around a story: recent items of its sources and of what it names, and the other stories of
its affair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from storydesk.coverage import Coverage
from storydesk.desk.affairs import links_of
from storydesk.desk.models import CorrectedRow, ItemRow, MentionRow, SourceRow, StoryRow
from storydesk.site.present.cards import Recent, RecentItems
from storydesk.site.present.standing import Standing
from storydesk.site.present.story import Background, Related
from storydesk.site.present.told import CHANGED, changes
from storydesk.site.rows import revisions_of, source_of

__all__ = ["background", "recent_of_entities", "recent_of_sources", "related", "standing"]

NEWEST: Final = 5
"""Items in a list of recent ones: enough to see what an outlet or a name is about."""


def background(row: StoryRow, coverage: Coverage, sources: Sequence[SourceRow], whole: bool) -> Background:
    """All of it, for one story. ``sources`` are the story's own, as rows. Unless ``whole``, of changes no more than the
    public is given."""
    most = None if whole else CHANGED
    recent = recent_of_sources([source.pk for source in sources])
    return Background(
        sources=tuple((source_of(source), recent.get(source.pk, RecentItems())) for source in sources),
        recent=recent_of_entities(card.entity.id for card in coverage.cards),
        related=related(row),
        changes={item: changes(those, most) for item, those in revisions_of(row.items.all()).items()},
        standing=standing(row),
    )


def standing(row: StoryRow) -> dict[str, Standing]:
    """How each of a story's items came to it."""
    steps = CorrectedRow.objects.filter(item__story=row, correction__undone_at=None).order_by("correction_id")
    ruled = dict(steps.values_list("item", "correction__kind"))
    found = {}
    for item, score, placed_in, gone in row.items.values_list("pk", "score", "placed_in", "placed_in__gone"):
        merged = "merge" if placed_in != row.pk and gone == StoryRow.Gone.MERGED else ""
        found[item] = Standing(score, placed_in == row.pk, ruled.get(item, merged))
    return found


def recent_of_sources(ids: Iterable[str]) -> dict[str, RecentItems]:
    """The newest items of each source."""
    newest = Window(RowNumber(), partition_by="source", order_by=(F("published").desc(nulls_last=True), F("id").asc()))
    total = Window(Count("id"), partition_by="source")
    rows = ItemRow.objects.filter(source__in=list(ids)).annotate(place=newest, total=total)
    found: dict[str, list[ItemRow]] = defaultdict(list)
    totals: dict[str, int] = {}
    for row in rows.filter(place__lte=NEWEST).defer("traits").order_by("source", "place"):
        found[row.source_id].append(row)
        totals[row.source_id] = row.total
    return {key: RecentItems(totals[key], tuple(_recent(row) for row in items)) for key, items in found.items()}


def recent_of_entities(ids: Iterable[str]) -> dict[str, RecentItems]:
    """The newest items that name each entity, and how many do in all."""
    by_time = (F("item__published").desc(nulls_last=True), F("item_id").asc())
    newest = Window(RowNumber(), partition_by="entity", order_by=by_time)
    total = Window(Count("id"), partition_by="entity")
    rows = MentionRow.objects.filter(entity__in=list(ids)).annotate(place=newest, total=total)
    found: dict[str, list[Recent]] = defaultdict(list)
    totals: dict[str, int] = {}
    for row in rows.filter(place__lte=NEWEST).select_related("item__source").order_by("entity", "place"):
        found[row.entity].append(_recent(row.item, row.item.source.name))
        totals[row.entity] = row.total
    return {key: RecentItems(totals[key], tuple(items)) for key, items in found.items()}


def related(story: StoryRow) -> tuple[Related, ...]:
    """The other stories of its affair, the closest first, as the worker found them."""
    return tuple(
        Related(other.headline, reverse("story", args=[other.pk]), other.first_seen, other.item_count, score, why)
        for other, score, why in links_of(story.pk)
    )


def _recent(row: ItemRow, outlet: str = "") -> Recent:
    return Recent(row.title, reverse("item", args=[row.pk]), outlet, row.language, row.published)
