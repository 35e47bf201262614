"""A source's page: who it is, what it published, and the desk's other sources of the same owner."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from storydesk.desk.models import SourceRow
from storydesk.desk.unread import unread
from storydesk.site.gates import reads_whole
from storydesk.site.rows import source_of

__all__ = ["source"]

ITEMS = 30


@require_safe
def source(request: HttpRequest, source: str) -> HttpResponse:
    """The page of a source, its items newest first."""
    row = get_object_or_404(SourceRow, pk=source)
    items = (
        row.items.select_related("story")
        .defer("traits", "story__coverage")
        .order_by(F("published").desc(nulls_last=True), "id")
    )
    siblings = SourceRow.objects.filter(owner=row.owner).exclude(pk=row.pk) if row.owner else SourceRow.objects.none()
    feeds = row.feeds.all() if reads_whole(request) else row.feeds.none()
    failed = unread(feeds)
    context = {
        "source": source_of(row),
        "items": Paginator(items, ITEMS).get_page(request.GET.get("page")),
        "siblings": siblings,
        "feeds": [(feed, failed.get(feed.pk)) for feed in feeds],
    }
    return render(request, "source.html", context)
