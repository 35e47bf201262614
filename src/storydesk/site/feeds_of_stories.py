"""Feeds of the desk: of its stories, and of one story's items. They carry excerpts and point to pages."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.http import require_safe

from storydesk.coverage import Coverage
from storydesk.desk.models import StoryRow
from storydesk.site.feed import UNKNOWN, Channel, Line, feed
from storydesk.site.present.words import excerpt
from storydesk.site.rows import accounts_of, coverage_of, of_story, related_records

__all__ = ["of_a_story", "of_the_desk"]

STORIES: Final = 40


@require_safe
@feed
def of_the_desk(request: HttpRequest) -> Channel:
    """The desk's stories."""
    rows = StoryRow.objects.filter(coverage__isnull=False, merged_into=None).order_by("-last_changed", "pk")[:STORIES]
    lines = [_line_of_story(request, row, coverage_of(row)) for row in rows]
    return Channel(settings.SITE_NAME, request.build_absolute_uri(reverse("front")), lines)


@require_safe
@of_story
@feed
def of_a_story(request: HttpRequest, row: StoryRow) -> Channel:
    """A story's items."""
    coverage = coverage_of(row)
    read = {account.item.id: account.item for account in accounts_of(row)}
    lines = []
    for item in sorted(coverage.items, key=lambda item: item.published or UNKNOWN, reverse=True):
        url = request.build_absolute_uri(reverse("item", args=[item.id]))
        words = excerpt(read[item.id].text) if item.id in read else ""
        title = f"{item.source}: {item.title}"
        lines.append(Line(url, url, title, words, item.published, (item.source,), item.language or ""))
    url = request.build_absolute_uri(reverse("story", args=[row.pk]))
    return Channel(coverage.headline, url, lines, related_records(request, row))


def _line_of_story(request: HttpRequest, row: StoryRow, coverage: Coverage) -> Line:
    outlets = {item.id: item.source for item in coverage.items}
    brief = [f"{point.passage.text} ({outlets.get(point.passage.item, '')})" for point in coverage.brief]
    url = request.build_absolute_uri(reverse("story", args=[row.pk]))
    told = f"{len(coverage.items)} items, {len(coverage.origins)} independent."
    languages = coverage.languages[0] if len(coverage.languages) == 1 else ""
    return Line(url, url, coverage.headline, "\n\n".join([*brief, told]), row.last_changed, coverage.outlets, languages)
