"""The two forms of every feed: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

__all__ = ["UNKNOWN", "Channel", "Line", "feed"]

Form = Literal["atom", "feed"]
"""Atom, or JSON Feed."""

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

    def latest_post_date(self) -> datetime:
        """When the newest entry changed; a feed without entries has not changed since it was looked at last."""
        return super().latest_post_date() if self.items else UNKNOWN

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


def feed(channel: Callable[..., Channel]) -> Callable[..., HttpResponse]:
    """A view of what a function finds for a request (``channel(request, …)``), in the form that its address names."""

    @wraps(channel)
    def answering(request: HttpRequest, *asked: Any, form: Form) -> HttpResponse:
        found = channel(request, *asked)
        return _atom(request, found) if form == "atom" else _json(request, found)

    return answering


def _atom(request: HttpRequest, channel: Channel) -> HttpResponse:
    """The feed as Atom (RFC 4287)."""
    here = request.build_absolute_uri(request.path)
    written = Affair(
        title=_writable(channel.title),
        link=channel.url,
        description="",
        feed_url=here,
        feed_guid=here,
        related=channel.related,
    )
    for line in channel.lines:
        written.add_item(
            title=_writable(line.title),
            link=line.url,
            # Django says that it is HTML.
            description=linebreaks(_writable(line.words), autoescape=True),
            unique_id=line.id,
            updateddate=line.updated or UNKNOWN,
            author_name=_writable(", ".join(line.authors)),
            answers=line.answers,
        )
    return HttpResponse(written.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _writable(text: str) -> str:
    """The text without control characters, which XML 1.0 cannot hold: one title with one would cost the whole feed."""
    return UNWRITABLE.sub("", text)


def _json(request: HttpRequest, channel: Channel) -> HttpResponse:
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
