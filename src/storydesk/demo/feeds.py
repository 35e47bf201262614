"""Each outlet's feed in the format it publishes: RSS 2.0, Atom, JSON Feed 1.1, Media RSS or a news sitemap.

Most give a summary, as most real feeds do; those of :data:`WHOLE` carry the whole piece.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from lxml import etree

from storydesk.demo.edition import FeedFormat, Outlet, Piece, Printing

__all__ = ["NAMES", "TYPES", "WHOLE", "address", "feed", "last_change", "teaser"]

NAMES: dict[FeedFormat, str] = {
    "rss": "feed.xml",
    "atom": "feed.xml",
    "media-rss": "feed.xml",
    "json": "feed.json",
    "sitemap": "sitemap.xml",
}
"""The last part of a feed's address."""

TYPES: dict[FeedFormat, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "media-rss": "application/rss+xml",
    "json": "application/feed+json",
    "sitemap": "application/xml",
}
"""The media type with which a feed is served and announced."""

WHOLE = frozenset({"fundy-shore", "nordkanalen"})
"""Outlets whose feed carries the whole piece: one in RSS (``content:encoded``), one in JSON Feed (``content_html``)."""

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"

_ATOM, _CONTENT, _DC, _MEDIA, _SITEMAP, _NEWS = (f"{{{name}}}" for name in (ATOM, CONTENT, DC, MEDIA, SITEMAP, NEWS))
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

TEASER = 280
"""Characters after which an outlet without a summary of its own cuts the opening of a piece."""


def feed(outlet: Outlet, printing: Printing) -> bytes:
    """The outlet's feed, newest first."""
    return _WRITERS[outlet.feed](outlet, printing)


def address(outlet: Outlet, printing: Printing) -> str:
    """Where the outlet's feed is."""
    return printing.home(outlet) + NAMES[outlet.feed]


def last_change(outlet: Outlet, printing: Printing) -> datetime:
    """When something in the outlet's feed changed last."""
    return max(printing.state(piece).at for piece in printing.edition.by(outlet))


def teaser(piece: Piece, printing: Printing) -> str:
    """What a feed says of a piece: its summary, else its opening, cut at a word."""
    opening = printing.state(piece).paragraphs[0]
    if piece.summary or len(opening) <= TEASER:
        return piece.summary or opening
    return opening[:TEASER].rsplit(" ", 1)[0] + " …"


def _body(piece: Piece, printing: Printing) -> str:
    lines = [*printing.state(piece).paragraphs, *([piece.credit] if piece.credit else [])]
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


def _rss(outlet: Outlet, printing: Printing) -> bytes:
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM, "content": CONTENT, "dc": DC})
    channel = _channel(root, outlet, printing)
    for piece in printing.edition.by(outlet):
        item = _rss_item(channel, piece, printing)
        _add(item, "description", teaser(piece, printing))
        if piece.author:
            _add(item, _DC + "creator", piece.author)
        if outlet.id in WHOLE:
            _add(item, _CONTENT + "encoded", etree.CDATA(_body(piece, printing)))
    return _document(root)


def _media_rss(outlet: Outlet, printing: Printing) -> bytes:
    """A video channel's: each item a ``media:group`` with its description and the page on which it plays."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM, "media": MEDIA})
    channel = _channel(root, outlet, printing)
    for piece in printing.edition.by(outlet):
        state = printing.state(piece)
        group = _add(_rss_item(channel, piece, printing), _MEDIA + "group")
        _add(group, _MEDIA + "title", state.title, type="plain")
        _add(group, _MEDIA + "description", "\n\n".join(state.paragraphs), type="plain")
        _add(group, _MEDIA + "player", url=printing.address(piece))
    return _document(root)


def _channel(root: etree._Element, outlet: Outlet, printing: Printing) -> etree._Element:
    channel = _add(root, "channel")
    _add(channel, "title", outlet.name)
    _add(channel, "link", printing.home(outlet))
    _add(channel, "description", outlet.profile)
    _add(channel, "language", outlet.language)
    _add(channel, "lastBuildDate", _rfc(last_change(outlet, printing)))
    _add(channel, _ATOM + "link", href=address(outlet, printing), rel="self", type=TYPES[outlet.feed])
    return channel


def _rss_item(channel: etree._Element, piece: Piece, printing: Printing) -> etree._Element:
    state, link = printing.state(piece), printing.address(piece)
    item = _add(channel, "item")
    _add(item, "title", state.title)
    _add(item, "link", link)
    _add(item, "guid", link, isPermaLink="true")
    _add(item, "pubDate", _rfc(piece.published))
    if state.at > piece.published:
        _add(item, _ATOM + "updated", state.at.isoformat())
    return item


def _atom(outlet: Outlet, printing: Printing) -> bytes:
    root = etree.Element(_ATOM + "feed", {XML_LANGUAGE: outlet.language}, nsmap=_default(ATOM))
    _add(root, _ATOM + "title", outlet.name)
    _add(root, _ATOM + "subtitle", outlet.profile)
    _add(root, _ATOM + "id", printing.home(outlet))
    _add(root, _ATOM + "link", href=printing.home(outlet))
    _add(root, _ATOM + "link", href=address(outlet, printing), rel="self")
    _add(root, _ATOM + "updated", last_change(outlet, printing).isoformat())
    _add(_add(root, _ATOM + "author"), _ATOM + "name", outlet.name)
    for piece in printing.edition.by(outlet):
        _atom_entry(_add(root, _ATOM + "entry"), piece, printing)
    return _document(root)


def _atom_entry(entry: etree._Element, piece: Piece, printing: Printing) -> None:
    state, link = printing.state(piece), printing.address(piece)
    _add(entry, _ATOM + "title", state.title)
    _add(entry, _ATOM + "id", link)
    _add(entry, _ATOM + "link", href=link)
    _add(entry, _ATOM + "published", piece.published.isoformat())
    _add(entry, _ATOM + "updated", state.at.isoformat())
    _add(entry, _ATOM + "summary", teaser(piece, printing))
    if piece.author:
        _add(_add(entry, _ATOM + "author"), _ATOM + "name", piece.author)


def _json(outlet: Outlet, printing: Printing) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": printing.home(outlet),
        "feed_url": address(outlet, printing),
        "description": outlet.profile,
        "language": outlet.language,
        "items": [_json_item(piece, printing, whole=outlet.id in WHOLE) for piece in printing.edition.by(outlet)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(piece: Piece, printing: Printing, *, whole: bool) -> dict[str, Any]:
    state, link = printing.state(piece), printing.address(piece)
    said = {"content_html": _body(piece, printing)} if whole else {"content_text": teaser(piece, printing)}
    item = {
        "id": link,
        "url": link,
        "title": state.title,
        "date_published": piece.published.isoformat(),
        "date_modified": state.at.isoformat(),
        **said,
    }
    return item | ({"authors": [{"name": piece.author}]} if piece.author else {})


def _sitemap(outlet: Outlet, printing: Printing) -> bytes:
    root = etree.Element(_SITEMAP + "urlset", nsmap=_default(SITEMAP, news=NEWS))
    for piece in printing.edition.by(outlet):
        state, url = printing.state(piece), _add(root, _SITEMAP + "url")
        _add(url, _SITEMAP + "loc", printing.address(piece))
        _add(url, _SITEMAP + "lastmod", state.at.isoformat())
        news = _add(url, _NEWS + "news")
        publication = _add(news, _NEWS + "publication")
        _add(publication, _NEWS + "name", outlet.name)
        _add(publication, _NEWS + "language", outlet.language)
        _add(news, _NEWS + "publication_date", piece.published.isoformat())
        _add(news, _NEWS + "title", state.title)
    return _document(root)


_WRITERS: dict[FeedFormat, Callable[[Outlet, Printing], bytes]] = {
    "rss": _rss,
    "atom": _atom,
    "media-rss": _media_rss,
    "json": _json,
    "sitemap": _sitemap,
}


def _default(namespace: str, **others: str) -> Any:
    """A map that makes ``namespace`` the one without a prefix. ``Any``, since lxml's stubs do not know of such maps."""
    return {None: namespace, **others}


def _add(parent: etree._Element, name: str, text: str | etree.CDATA | None = None, **attributes: str) -> etree._Element:
    """A new last child of ``parent``."""
    child = etree.SubElement(parent, name, attributes)
    child.text = text
    return child


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _rfc(at: datetime) -> str:
    """RFC 5322, as RSS wants it; GMT, as most write it."""
    return format_datetime(at.astimezone(UTC), usegmt=True)
