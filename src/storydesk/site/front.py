"""The front page: stories ranked by independent origins and freshness; what only one item tells stands in a smaller
list.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk.coverage import CoveredItem, Point
from storydesk.desk.models import ItemRow, SourceRow, StoryRow
from storydesk.site.present.front import Teaser, teaser

__all__ = ["front"]

STORIES: Final = 19
"""On a page: a lead and six rows of three."""

SINGLES: Final = 24

FIELDS: Final = (
    *("id", "headline", "last_changed", "origin_count"),
    *("coverage__items", "coverage__brief", "coverage__outlets", "coverage__languages"),
)
"""What a teaser needs; the database takes it out of the coverage, so that no whole coverage is loaded for a list."""


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The stories by rank."""
    stories = StoryRow.objects.filter(coverage__isnull=False, merged_into=None, item_count__gt=0)
    ranked = stories.order_by("-rank", "-last_changed", "id")
    told = Paginator(ranked.filter(item_count__gt=1), STORIES)
    singles = Paginator(ranked.filter(item_count=1), SINGLES)
    longer = max(told, singles, key=lambda paginator: paginator.num_pages)
    place = longer.get_page(request.GET.get("page"))
    teasers = _teasers(told, place.number)
    context = {
        "lead": teasers[0] if teasers else None,
        "stories": teasers[1:],
        "singles": _teasers(singles, place.number),
        "place": place,
        "newest": ItemRow.objects.aggregate(at=Max("published"))["at"],
        "sources": SourceRow.objects.count(),
        "items": ItemRow.objects.count(),
    }
    return render(request, "front.html", context)


def _teasers(paginator: Paginator[Any], number: int) -> list[Teaser]:
    if number > paginator.num_pages:
        return []
    rows: QuerySet[StoryRow] = paginator.page(number).object_list  # type: ignore[assignment]
    return [_teaser(row) for row in rows.values(*FIELDS)]


def _teaser(row: dict[str, Any]) -> Teaser:
    return teaser(
        href=reverse("story", args=[row["id"]]),
        headline=row["headline"],
        last_changed=row["last_changed"],
        origins=row["origin_count"],
        items=msgspec.convert(row["coverage__items"], tuple[CoveredItem, ...]),
        brief=msgspec.convert(row["coverage__brief"], tuple[Point, ...]),
        outlets=tuple(row["coverage__outlets"]),
        languages=tuple(row["coverage__languages"]),
    )
