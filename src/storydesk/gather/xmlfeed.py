"""RSS and Atom: fastfeedparser first, feedparser where that raises or finds nothing; the one is fast, both together
tolerant.

What neither hands through (the true publisher, a video's parts) is read from the tree by
:mod:`~storydesk.gather.details`.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import fastfeedparser
import feedparser

from storydesk.errors import NotAFeed
from storydesk.gather.details import Detail, details
from storydesk.gather.mend import mend
from storydesk.gather.parsed import (
    FeedKind,
    ParsedFeed,
    absolute,
    anchor,
    language_tag,
    made_up,
    moment,
    plain,
    title_line,
)
from storydesk.model import Entry, Video

__all__ = ["read"]

Record = Mapping[str, Any]

MOST_ENTRIES = 2_000
"""Entries that are kept; the largest real feeds hold some hundreds."""

SLOW_LIMIT = 2**20
"""Bytes given to feedparser, which takes up to five seconds for a megabyte built to delay it."""

HEAD = 16 * 1024
"""Bytes in which a channel names its language, before its items."""

KINDS: dict[str, FeedKind] = {"rss": "rss", "rdf": "rdf", "feed": "atom"}
ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.I)
LANGUAGE = re.compile(rb"<(?:dc:)?language[^>]*>\s*(?:<!\[CDATA\[)?\s*([\w-]{2,12})", re.I)
MAILBOX = re.compile(r"\S+@\S+\s*\((.+)\)\s*")
"""RSS 2.0 asks for an author as a mail address with the name in brackets."""


def read(data: bytes, url: str, now: datetime | None, root: str) -> ParsedFeed:
    """The feed in an XML document whose root element is named ``root``. Raises NotAFeed where it is none."""
    data = mend(data)
    found = _fast(data)
    if found is None or (not found["entries"] and ITEM.search(data)):
        found = _tolerant(data, url) or found
    if found is None:
        raise NotAFeed(f"answered with an XML document ({root}), not a feed", "look for the site's RSS or Atom feed")
    head = _head(found["feed"], data, url, root)
    extra = details(data, url)
    entries = (_entry(record, url, now, head, extra) for record in found["entries"][:MOST_ENTRIES])
    kept = tuple(entry for entry in entries if entry)
    return replace(head, entries=kept, kind="video" if kept and all(entry.video for entry in kept) else head.kind)


def _fast(data: bytes) -> Record | None:
    try:
        found: Record = fastfeedparser.parse(data)
    except Exception:  # a parser of hostile bytes: whatever it raises, the tolerant one is asked next
        return None
    return found


def _tolerant(data: bytes, url: str) -> Record | None:
    """What feedparser reads, in fastfeedparser's form. The bytes go in as a stream: feedparser opens what looks
    like a path."""
    if len(data) > SLOW_LIMIT:
        return None
    headers = {"content-type": "application/xml", "content-location": url}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = feedparser.parse(
                io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
            )
        except Exception:  # as above; nothing is left to ask
            return None
    if not found.get("version") and not found.entries:
        return None
    return {"feed": found.feed, "entries": [_in_fast_form(entry) for entry in found.entries[:MOST_ENTRIES]]}


def _in_fast_form(entry: Record) -> Record:
    thumbnails = entry.get("media_thumbnail") or []
    return {
        **{name: entry.get(name) for name in ("id", "title", "link", "author", "content", "enclosures")},
        "description": entry.get("summary") or "",
        "published": _iso(entry.get("published_parsed")),
        "updated": _iso(entry.get("updated_parsed")),
        "media_content": [*(entry.get("media_content") or []), *({"type": "image/", **image} for image in thumbnails)],
    }


def _iso(at: struct_time | None) -> str | None:
    try:
        return datetime(*at[:6], tzinfo=UTC).isoformat() if at else None
    except ValueError:
        return None


def _head(feed: Record, data: bytes, url: str, root: str) -> ParsedFeed:
    image = feed.get("image") or {}
    declared = LANGUAGE.search(data, 0, HEAD)
    return ParsedFeed(
        title=title_line(_text(feed.get("title"))),
        home=absolute(feed.get("link"), url),
        description=plain(_text(feed.get("subtitle"))),
        language=language_tag(feed.get("language")) or language_tag(declared[1].decode("ascii") if declared else None),
        image=absolute(image.get("url") or image.get("href") or feed.get("logo") or feed.get("icon"), url),
        entries=(),
        kind=KINDS.get(root, "rss"),
    )


def _entry(record: Record, url: str, now: datetime | None, head: ParsedFeed, extra: dict[str, Detail]) -> Entry | None:
    name, link = _text(record.get("id")), _text(record.get("link"))
    title, address = title_line(_text(record.get("title"))), absolute(link, url)
    if not (address or name or title):
        return None
    detail = extra.get(name) or extra.get(link) or Detail()
    named = detail.publisher != title  # forum software names the thread as the source of its posts
    summary, content, complete = _words(record, head)
    published, updated = moment(record.get("published"), now), moment(record.get("updated"), now)
    return Entry(
        url=address or anchor(url, name or title),
        title=title,
        published=published or updated,
        updated=updated,
        author=_author(_text(record.get("author"))),
        summary=summary or detail.description,
        content=content,
        complete=complete,
        language=head.language,
        publisher=detail.publisher if named else None,
        publisher_url=detail.publisher_url if named else None,
        image=detail.image or absolute(_picture(record), url),
        video=_video(detail, address, head),
        guid=name or None,
    )


def _words(record: Record, head: ParsedFeed) -> tuple[str, str, bool]:
    """Summary, content and whether the content is declared to be the whole piece.

    fastfeedparser repeats a lone description as content and makes up a description from a lone content; neither is
    kept.
    """
    description = _text(record.get("description"))
    pieces = record.get("content") or []
    content = _text(pieces[0].get("value")) if pieces else ""
    if content == description and head.kind != "atom":
        return plain(description), description if "<" in description else "", False
    summary = plain(description)
    return "" if content and made_up(summary, content) else summary, content, bool(content)


def _video(detail: Detail, address: str | None, head: ParsedFeed) -> Video | None:
    if detail.video is None:
        return None
    video = detail.video
    return Video(
        url=video.url or address,
        embed=video.embed,
        channel=video.channel or head.title or None,
        channel_url=video.channel_url or head.home,
    )


def _picture(record: Record) -> object:
    """The first picture among the media and enclosures of an entry."""
    media = [*(record.get("media_content") or []), *(record.get("enclosures") or [])]
    for medium in media:
        kind = _text(medium.get("medium")) or _text(medium.get("type"))
        if kind.startswith("image"):
            return medium.get("url") or medium.get("href")
    return next((medium["thumbnail_url"] for medium in media if medium.get("thumbnail_url")), None)


def _author(name: str) -> str | None:
    match = MAILBOX.fullmatch(name)
    return title_line(match[1] if match else name) or None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
