"""One document to one item: which reader it needs, and how what the feed said completes what was read."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from storydesk import collector
from storydesk.errors import UnreadableFile
from storydesk.model import Entry, Item, Source
from storydesk.read.encoding import decoded
from storydesk.read.entry import credit, read_entry
from storydesk.read.page import read_page
from storydesk.read.plain import read_plain

__all__ = ["read_document"]

HEAD = 4_000
"""Code points in which a page shows itself to be one."""

PAGE_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div|meta)\b", re.I | re.S
)
FEED_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I | re.S
)
TAG = re.compile(r"</(?:p|div|a|span|h[1-6]|li|td|script|title)>", re.I)
TAGS_OF_A_PAGE = 3
"""Closing tags from which a text that begins otherwise is a page; prose about HTML has fewer in its opening."""

FULLER = 2
"""How many times as many words the feed must give as the page for the page to count as badly read."""


def read_document(
    data: bytes,
    *,
    now: datetime,
    path: str | None = None,
    url: str | None = None,
    content_type: str | None = None,
    entry: Entry | None = None,
    source: Source | str | None = None,
) -> Item:
    """The item that the bytes of a page or a plain text hold.

    ``path`` or ``url`` say where they came from, ``content_type`` is the HTTP header, ``entry`` what a feed said of
    the piece, ``source`` whose feed that was. ``now`` (aware) only serves to refuse dates in the future. The id rests
    on the address where one is known, else on the path and the text. Raises UnreadableFile, naming the reason,
    for bytes that are empty, binary, undecodable, a feed, or a page without text.
    """
    text, utf8 = decoded(data, content_type)
    address = url or (entry.url if entry else None)
    if FEED_START.match(text[:HEAD]):
        raise UnreadableFile("is a feed, not a page", "follow it with `storydesk add`")
    if not _is_page(text[:HEAD], content_type):
        item = read_plain(text, now=now, path=path, url=address)
        declared = item.source
    else:
        try:
            with collector.paused():
                item = read_page(text, now=now, path=path, url=address, utf8=utf8)
        except UnreadableFile:
            if entry is None:
                raise
            return replace(read_entry(entry, now=now, source=source), path=path)
        declared = None
    if entry is not None:
        item, declared = _completed(item, entry, now), entry.publisher or declared
    return credit(_dated(item), source, declared)


def _dated(item: Item) -> Item:
    """Without a time of change that is no later than that of publication: many pages declare both and mean one."""
    if item.updated and item.published and item.updated <= item.published:
        return replace(item, updated=None)
    return item


def _is_page(head: str, content_type: str | None) -> bool:
    if PAGE_START.match(head):
        return True
    if content_type and "text/plain" in content_type.lower():
        return False
    return len(TAG.findall(head)) >= TAGS_OF_A_PAGE


def _completed(item: Item, entry: Entry, now: datetime) -> Item:
    """What the page leaves open, from the feed; and the feed's own text where it declares it whole and the page has
    far less."""
    fed = read_entry(entry, now=now)
    fuller = not fed.partial and fed.words >= FULLER * item.words
    return replace(
        item,
        text=fed.text if fuller else item.text,
        partial=item.partial and not fuller,
        title=item.title or fed.title,
        author=item.author or fed.author,
        published=item.published or fed.published,
        updated=item.updated or fed.updated,
        language=item.language or fed.language,
        summary=item.summary or fed.summary,
        image=item.image or fed.image,
        video=item.video or fed.video,
    )
