"""News sitemaps: an outlet's articles of the last two days
(https://developers.google.com/search/docs/…/news-sitemap)."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from storydesk.errors import NotAFeed
from storydesk.gather.parsed import ParsedFeed, absolute, language_tag, moment, title_line
from storydesk.model import Entry

__all__ = ["ROOTS", "listed", "read"]

ROOTS = frozenset({"urlset", "sitemapindex"})

MOST_LISTED = 50
"""Sitemaps of an index that are named; an index of a large archive lists thousands."""

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def listed(data: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that an index of sitemaps lists, those with news in their name first; none where it is no index."""
    if b"<sitemapindex" not in data[:4_096]:
        return ()
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    places = () if root is None else (absolute(place.text, url) for place in root.iter("{*}loc"))
    return tuple(
        sorted(dict.fromkeys(filter(None, places)), key=lambda place: "news" not in place.lower())[:MOST_LISTED]
    )


def read(data: bytes, url: str, now: datetime | None) -> ParsedFeed:
    """The articles of a news sitemap. Raises NotAFeed for an index of sitemaps and for one without news."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(data, parser)
    if root is None or etree.QName(root).localname.lower() == "sitemapindex":
        raise NotAFeed("answered with an index of sitemaps", "add one of the news sitemaps that it lists")
    entries = tuple(entry for place in root if isinstance(place.tag, str) if (entry := _entry(place, url, now)))
    if not entries:
        raise NotAFeed("answered with a sitemap that lists no news", "look for the site's news sitemap or its feed")
    return ParsedFeed(
        title=next((entry.publisher for entry in entries if entry.publisher), ""),
        home=absolute("/", url),
        description="",
        language=next((entry.language for entry in entries if entry.language), None),
        image=None,
        entries=entries,
        kind="sitemap",
    )


def _entry(place: etree._Element, url: str, now: datetime | None) -> Entry | None:
    news, link = place.find(f"{NEWS}news"), absolute(place.findtext("{*}loc"), url)
    if news is None or link is None:
        return None
    return Entry(
        url=link,
        title=title_line(news.findtext(f"{NEWS}title") or ""),
        published=moment(news.findtext(f"{NEWS}publication_date"), now),
        updated=moment(place.findtext("{*}lastmod"), now),
        language=language_tag(news.findtext(f"{NEWS}publication/{NEWS}language")),
        publisher=title_line(news.findtext(f"{NEWS}publication/{NEWS}name") or "") or None,
        image=absolute(place.findtext(f"{IMAGE}image/{IMAGE}loc"), url),
    )
