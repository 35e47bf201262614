"""The list of the desk's sources; for readers, with the health of their feeds."""

from __future__ import annotations

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storydesk.desk.models import FeedRow, SourceRow
from storydesk.desk.unread import unread
from storydesk.site.gates import reads_whole

__all__ = ["sources"]


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """All sources by name."""
    rows = SourceRow.objects.annotate(total=Count("items"), newest=Max("items__published")).order_by("name")
    feeds = FeedRow.objects.select_related("source").order_by("source__name", "url") if reads_whole(request) else []
    failed = unread(FeedRow.objects.all()) if feeds else {}
    told = [(feed, failed.get(feed.pk)) for feed in feeds]
    return render(request, "sources.html", {"sources": rows, "feeds": told})
