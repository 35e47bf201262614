"""What the desk knows around a story: recent items of its sources and of what it names, and related stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from storydesk.coverage import Coverage
from storydesk.desk.models import ItemRow, MentionRow, SourceRow, StoryRow
from storydesk.site.present.cards import Recent, RecentItems
from storydesk.site.present.story import Background, Related
from storydesk.site.rows import revisions_of, source_of

__all__ = ["background", "recent_of_entities", "recent_of_sources", "related"]

NEWEST: Final = 5
"""Items in a list of recent ones: enough to see what an outlet or a name is about."""

SHARED: Final = 2
"""Names two stories must share to be called related: one alone, a capital or a president, says little."""

RAREST: Final = 24
"""How many of a story's names, the rarest on the desk first, are looked at for related stories."""

SHOWN: Final = 5


def background(row: StoryRow, coverage: Coverage, sources: Sequence[SourceRow]) -> Background:
    """All of it, for one story. ``sources`` are the story's own, as rows."""
    recent = recent_of_sources([source.pk for source in sources])
    return Background(
        sources=tuple((source_of(source), recent.get(source.pk, RecentItems())) for source in sources),
        recent=recent_of_entities(card.entity.id for card in coverage.cards),
        related=related(row),
        revisions=revisions_of(row.items.all()),
    )


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


def related(story: StoryRow, most: int = SHOWN) -> tuple[Related, ...]:
    """Stories, at most so many, that share two names or more with this one, those sharing the rarest first.

    A name weighs one over the number of stories that have it (an inverse document frequency without its logarithm,
    so that two everyday names never outweigh a rare one).
    """
    own = MentionRow.objects.filter(item__story=story).values_list("entity", flat=True).distinct()
    named = MentionRow.objects.filter(entity__in=list(own), item__story__isnull=False)
    spread = dict(
        named.values("entity")
        .annotate(stories=Count("item__story", distinct=True))
        .filter(stories__gt=1)
        .order_by("stories", "entity")
        .values_list("entity", "stories")[:RAREST]
    )
    others = MentionRow.objects.filter(entity__in=spread, item__story__coverage__isnull=False)
    shared: dict[str, dict[str, str]] = defaultdict(dict)
    for other, entity, name in others.exclude(item__story=story).values_list("item__story", "entity", "name"):
        shared[other][entity] = name
    near = {other: names for other, names in shared.items() if len(names) >= SHARED}
    best = sorted(near, key=lambda other: (-sum(1 / spread[entity] for entity in near[other]), other))[:most]
    rows = StoryRow.objects.filter(merged_into=None).defer("coverage").in_bulk(best)
    return tuple(_related(rows[other], near[other], spread) for other in best if other in rows)


def _related(row: StoryRow, names: dict[str, str], spread: dict[str, int]) -> Related:
    rarest = sorted(names, key=lambda entity: (spread[entity], names[entity]))
    href = reverse("story", args=[row.pk])
    return Related(row.headline, href, row.last_changed, row.item_count, tuple(names[entity] for entity in rarest[:4]))


def _recent(row: ItemRow, outlet: str = "") -> Recent:
    return Recent(row.title, reverse("item", args=[row.pk]), outlet, row.language, row.published)
