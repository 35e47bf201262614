"""The feeds of a site: those that its page declares, those that it links to, and those at the usual places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html
from protego import Protego

from storydesk.errors import GatherError, NotAFeed
from storydesk.gather import sitemap
from storydesk.gather.client import FEED_TYPES, Fetched
from storydesk.gather.feeds import parse_feed
from storydesk.gather.parsed import absolute

__all__ = ["COMMON_PATHS", "FeedLink", "discover", "find_feeds"]

TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/x.atom+xml",
        "application/x-atom+xml",
        "text/rss+xml",
    }
)
"""Media types by which a page declares a feed; ``application/json`` is left out, since sites declare their API by
it."""

GUESS = re.compile(r"(?:^|[/._=?&-])(?:rss2?|feeds?|atom|rdf|syndication)(?:$|[/._=?&-])|\.(?:rss|atom|rdf)$", re.I)
COMMENTS = re.compile(r"/comments/|comments?[-_ ]?feed|comment", re.I)

COMMON_PATHS = (
    "/feed",
    "/rss",
    "/feed.xml",
    "/rss.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)
"""Where the common publishing programs put their feeds, most used first."""

MOST_LINKS = 20
"""Links of a page that are kept as guesses."""

LONGEST_TITLE = 100
"""Characters of a link's words that are kept as its title."""

MOST_TRIES = 12
"""Addresses of one site that are fetched to see whether they are feeds."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """Where a feed is. ``home`` is its site, ``folder`` the path of the folders it is filed in, outermost first.

    ``outlet`` is what another desk says of its source, in the fields of :class:`~storydesk.model.Source`.
    """

    url: str
    title: str = ""
    home: str | None = None
    folder: tuple[str, ...] = ()
    outlet: tuple[tuple[str, str], ...] = ()


class Fetches(Protocol):
    """The part of :class:`~storydesk.gather.client.Client` that is needed here."""

    def fetch(self, url: str, *, accept: str = ...) -> Fetched:
        """What the address answers."""


def discover(html: bytes, url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page, fetched from ``url``, declares, then the links on it that look like feeds. Feeds of
    comments come last."""
    declared, guessed = _links(html, url)
    return _distinct([*declared, *guessed[:MOST_LINKS]])


def find_feeds(client: Fetches, url: str) -> tuple[FeedLink, ...]:
    """The feeds of a site, each fetched and read: the address itself where it is one, else those its page declares,
    else the first that works of its links and the usual places, or of the news sitemaps that its robots.txt names.
    Raises NotAFeed where there is none, and what the
    client raises."""
    fetched = client.fetch(url, accept=f"text/html, {FEED_TYPES}")
    try:
        parsed = parse_feed(fetched.body, fetched.final_url, content_type=fetched.content_type)
    except NotAFeed:
        pass
    else:
        return (FeedLink(fetched.moved_to or url, parsed.title, parsed.home),)
    if found := tuple(_indexed(client, fetched)):
        return found
    declared, guessed = _links(fetched.body, fetched.final_url)
    if found := tuple(_working(client, _distinct(declared)[:MOST_TRIES])):
        return found
    usual = (FeedLink(link) for path in COMMON_PATHS if (link := absolute(path, fetched.final_url)))
    if first := next(_working(client, _distinct([*guessed, *usual])[:MOST_TRIES]), None):
        return (first,)
    if first := next(_working(client, _sitemaps(client, fetched.final_url)[: MOST_TRIES // 2]), None):
        return (first,)
    raise NotAFeed(
        f"{url} has no feed that could be found", "look on the site for a link named RSS, and give its address"
    )


def _sitemaps(client: Fetches, url: str) -> tuple[FeedLink, ...]:
    """The sitemaps that the robots.txt of a site names, news first."""
    try:
        robots = client.fetch(absolute("/robots.txt", url) or url, accept="text/plain").body
    except GatherError:
        return ()
    named = [absolute(each, url) for each in Protego.parse(robots.decode("utf-8", "replace")).sitemaps]
    links = [FeedLink(place) for place in named if place]
    return _distinct(sorted(links, key=lambda link: "news" not in link.url.lower()))


def _working(client: Fetches, links: Iterable[FeedLink]) -> Iterator[FeedLink]:
    """Those of the links that are feeds, and the feeds that an index among them lists."""
    for link in links:
        try:
            fetched = client.fetch(link.url)
        except GatherError:
            continue
        try:
            parsed = parse_feed(fetched.body, fetched.final_url, content_type=fetched.content_type)
        except NotAFeed:
            yield from _indexed(client, fetched)
            continue
        yield FeedLink(fetched.moved_to or link.url, parsed.title or link.title, parsed.home)


def _indexed(client: Fetches, fetched: Fetched) -> Iterator[FeedLink]:
    """The news sitemaps of an index of sitemaps; none of what is no index. An index in an index is left."""
    for place in sitemap.listed(fetched.body, fetched.final_url)[: MOST_TRIES // 2]:
        try:
            found = client.fetch(place)
            parsed = parse_feed(found.body, found.final_url, content_type=found.content_type)
        except (GatherError, NotAFeed):
            continue
        yield FeedLink(place, parsed.title, parsed.home)


def _links(html: bytes, url: str) -> tuple[list[FeedLink], list[FeedLink]]:
    """The feeds that a page declares and the links that look like some."""
    try:
        page = lxml_html.document_fromstring(html)
    except (etree.LxmlError, ValueError):
        return [], []
    base = next((link for node in page.iter("base") if (link := absolute(node.get("href"), url))), url)
    declared = [
        FeedLink(link, (node.get("title") or "").strip(), url)
        for node in page.iter("link")
        if "alternate" in (node.get("rel") or "").lower().split() and _media_type(node) in TYPES
        if (link := absolute(node.get("href"), base))
    ]
    guessed = [
        FeedLink(link, _words(node), url)
        for node in page.iter("a")
        if (link := absolute(node.get("href"), base)) and _looks_like_feed(link)
    ]
    return declared, guessed


def _words(node: etree._Element) -> str:
    return " ".join(" ".join(str(text) for text in node.itertext()).split())[:LONGEST_TITLE]


def _media_type(node: etree._Element) -> str:
    return (node.get("type") or "").partition(";")[0].strip().lower()


def _looks_like_feed(link: str) -> bool:
    place = urlsplit(link)
    return bool(GUESS.search(f"{place.path}?{place.query}" if place.query else place.path))


def _distinct(links: Iterable[FeedLink]) -> tuple[FeedLink, ...]:
    """Each address once, feeds of comments last."""
    once: dict[str, FeedLink] = {}
    for link in links:
        once.setdefault(link.url, link)
    return tuple(sorted(once.values(), key=lambda link: bool(COMMENTS.search(f"{link.url} {link.title}"))))
