"""Feeds of the desk: Atom and JSON Feed 1.1 of its stories, and of one story's items. They carry excerpts and point
to pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.views.decorators.http import require_safe

from storydesk.coverage import Coverage
from storydesk.desk.models import StoryRow
from storydesk.site.present.words import excerpt
from storydesk.site.rows import accounts_of, coverage_of, led_on, related_records, story_row

__all__ = ["Channel", "Line", "atom", "desk_atom", "desk_json", "json_feed", "story_atom", "story_json"]

STORIES: Final = 40
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
UNKNOWN: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""What Atom is told where no time is known: it demands one."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a feed. ``id`` never changes, ``updated`` does; ``words`` are plain text. ``answers`` is the id
    of the entry that it replies to, and its address."""

    id: str
    url: str
    title: str
    words: str
    updated: datetime | None
    authors: tuple[str, ...]
    language: str
    answers: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed with its entries, newest first. ``related`` are the other stories of the affair, where it is a story's."""

    title: str
    url: str
    lines: Sequence[Line]
    related: Sequence[dict[str, Any]] = ()


class Affair(Atom1Feed):
    """Atom with a link to each related story (``rel="related"``, RFC 4287, 4.2.7.2), and what an entry replies to (RFC
    4685)."""

    def root_attributes(self) -> dict[str, str]:
        """The namespaces of the document."""
        return {**super().root_attributes(), "xmlns:thr": "http://purl.org/syndication/thread/1.0"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """The elements of an entry, and what it replies to."""
        super().add_item_elements(handler, item)
        if item["answers"]:
            ref, href = item["answers"]
            handler.addQuickElement("thr:in-reply-to", "", {"ref": ref, "href": href, "type": "text/html"})

    def add_root_elements(self, handler: Any) -> None:
        """The links beside those that every feed has."""
        super().add_root_elements(handler)
        for other in self.feed["related"]:
            title = _writable(f"{other['headline']}: {_why(other)}")
            handler.addQuickElement("link", "", {"rel": "related", "href": other["url"], "title": title})


def _why(related: dict[str, Any]) -> str:
    return "; ".join(related["why"])


@require_safe
def desk_atom(request: HttpRequest) -> HttpResponse:
    """The desk's stories, as Atom (RFC 4287)."""
    return atom(request, _desk(request))


@require_safe
def desk_json(request: HttpRequest) -> HttpResponse:
    """The desk's stories, as JSON Feed."""
    return json_feed(request, _desk(request))


@require_safe
def story_atom(request: HttpRequest, story: str) -> HttpResponse:
    """A story's items, as Atom."""
    row = story_row(story)
    return atom(request, _story(request, row)) if row.pk == story else led_on("story-atom", story)


@require_safe
def story_json(request: HttpRequest, story: str) -> HttpResponse:
    """A story's items, as JSON Feed."""
    row = story_row(story)
    return json_feed(request, _story(request, row)) if row.pk == story else led_on("story-feed", story)


def _desk(request: HttpRequest) -> Channel:
    rows = StoryRow.objects.filter(coverage__isnull=False, merged_into=None).order_by("-last_changed", "pk")[:STORIES]
    lines = [_line_of_story(request, row, coverage_of(row)) for row in rows]
    return Channel(settings.SITE_NAME, request.build_absolute_uri(reverse("front")), lines)


def _line_of_story(request: HttpRequest, row: StoryRow, coverage: Coverage) -> Line:
    outlets = {item.id: item.source for item in coverage.items}
    brief = [f"{point.passage.text} ({outlets.get(point.passage.item, '')})" for point in coverage.brief]
    url = request.build_absolute_uri(reverse("story", args=[row.pk]))
    told = f"{len(coverage.items)} items, {len(coverage.origins)} independent."
    languages = coverage.languages[0] if len(coverage.languages) == 1 else ""
    return Line(url, url, coverage.headline, "\n\n".join([*brief, told]), row.last_changed, coverage.outlets, languages)


def _story(request: HttpRequest, row: StoryRow) -> Channel:
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


def atom(request: HttpRequest, channel: Channel) -> HttpResponse:
    """The feed as Atom (RFC 4287)."""
    here = request.build_absolute_uri(request.path)
    feed = Affair(
        title=_writable(channel.title),
        link=channel.url,
        description="",
        feed_url=here,
        feed_guid=here,
        related=channel.related,
    )
    for line in channel.lines:
        feed.add_item(
            title=_writable(line.title),
            link=line.url,
            # Django says that it is HTML.
            description=linebreaks(_writable(line.words), autoescape=True),
            unique_id=line.id,
            updateddate=line.updated or UNKNOWN,
            author_name=_writable(", ".join(line.authors)),
            answers=line.answers,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _writable(text: str) -> str:
    """The text without control characters, which XML 1.0 cannot hold: one title with one would cost the whole feed."""
    return UNWRITABLE.sub("", text)


def json_feed(request: HttpRequest, channel: Channel) -> HttpResponse:
    """The feed as JSON Feed 1.1; what that has no name for stands under ``_storydesk``."""
    record: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.url,
        "feed_url": request.build_absolute_uri(request.path),
        "items": [_entry(line) for line in channel.lines],
    }
    if channel.related:  # an extension's name begins with an underscore (JSON Feed 1.1)
        record["_storydesk"] = {"related": channel.related}
    return JsonResponse(record, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _entry(line: Line) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": line.id,
        "url": line.url,
        "title": line.title,
        "content_text": line.words,
        "authors": [{"name": name} for name in line.authors],
    }
    if line.updated:
        entry["date_modified"] = line.updated.isoformat()
    if line.answers:
        entry["_storydesk"] = {"in_reply_to": line.answers[0]}
    if line.language:
        entry["language"] = line.language
    return entry
