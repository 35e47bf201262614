"""An entity's page: its card, how often it was named over time, the stories and items that name it, what it is
quoted as saying.
"""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storydesk import wire
from storydesk.desk.models import MentionRow, SourceRow, StoryRow
from storydesk.model import Entity
from storydesk.site.present.cards import one_origin
from storydesk.site.present.chart import over_time
from storydesk.site.present.frame import Frame
from storydesk.site.present.voices import voices
from storydesk.site.rows import addresses

__all__ = ["entity"]

ITEMS: Final = 30

STORIES: Final = 12
"""The latest stories that are looked through for the card and for quotes."""


@require_safe
def entity(request: HttpRequest, entity: str) -> HttpResponse:
    """The page of an entity of the knowledge base, or of a person whom only the desk knows by name."""
    mentions = MentionRow.objects.filter(entity=entity).select_related("item__source")
    mentions = mentions.order_by(F("item__published").desc(nulls_last=True), "item_id")
    names = mentions.order_by().values("name", "type").annotate(times=Count("id")).order_by("-times", "name")
    if not names:
        raise Http404("nobody of that name")
    told = StoryRow.objects.filter(items__mentions__entity=entity, coverage__isnull=False).distinct()
    latest = list(told.order_by("-last_changed", "pk")[:STORIES])
    frames = _frames(latest)
    known = _known(entity, frames)
    times = [at for at in mentions.values_list("item__published", flat=True) if at]
    context = {
        "entity": known,
        "origin": one_origin(known.facts) if known else "",
        "name": known.name if known else names[0]["name"],
        "type": known.type if known else names[0]["type"],
        "stories": latest,
        "stories_total": told.count(),
        "mentions": Paginator(mentions, ITEMS).get_page(request.GET.get("page")),
        "over_time": over_time(times),
        "quotes": _quotes({entity, *(row["name"] for row in names)}, frames),
    }
    return render(request, "entity.html", context)


def _frames(stories: list[StoryRow]) -> list[tuple[StoryRow, Frame]]:
    coverages = [(row, wire.coverage_from(row.coverage or {})) for row in stories]
    named = {outlet for _, coverage in coverages for outlet in coverage.outlets}
    where = addresses(list(SourceRow.objects.filter(name__in=named)))
    return [(row, Frame(coverage, (), where)) for row, coverage in coverages]


def _known(entity: str, frames: list[tuple[StoryRow, Frame]]) -> Entity | None:
    """The entity as the latest story with its card has it."""
    cards = (card.entity for _, frame in frames for card in frame.coverage.cards)
    return next((known for known in cards if known.id == entity), None)


def _quotes(called: set[str], frames: list[tuple[StoryRow, Frame]]) -> list[dict[str, object]]:
    """What the entity is quoted as saying, by story."""
    found = []
    for row, frame in frames:
        said = [one for voice in voices(frame, called) for one in voice.said]
        if said:
            found.append({"story": row, "said": said})
    return found
