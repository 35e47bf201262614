"""What ``storydesk add`` is given, told apart and kept: a feed or site by its address, an OPML list, or a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import get_args
from urllib.parse import urlsplit

from storydesk.desk.database import Database
from storydesk.desk.models import FeedRow, SourceRow
from storydesk.desk.outlets import outlet_id
from storydesk.desk.pieces import outlet_of_file
from storydesk.errors import InputError
from storydesk.gather import Client, FeedLink, find_feeds, read_opml
from storydesk.gather.opml import OUTLET
from storydesk.gather.parsed import language_tag
from storydesk.model import Feed, Source, SourceKind
from storydesk.read import read_document

__all__ = ["add_address", "add_file", "followed"]

OPML = re.compile(rb"\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<opml\b", re.IGNORECASE | re.DOTALL)
COUNTRY = re.compile("[A-Za-z]{2}")


def add_address(store: Database, client: Client, address: str, now: datetime) -> list[str]:
    """Follows the feeds at an address: the one that it is, or those of the site. A line for people about each.

    Raises GatherError and NotAFeed; nothing is added then.
    """
    return _follow(store, find_feeds(client, address), now)


def add_file(store: Database, data: bytes, path: str, now: datetime) -> list[str]:
    """Takes in a local file: the feeds of an OPML list, or a page or plain text as an item. A line for people about
    each. ``path`` is absolute, so that a file is the same item wherever it is added from.

    Raises InputError for what is neither.
    """
    if OPML.match(data):
        return _follow(store, read_opml(data), now)
    item = read_document(data, now=now, path=path)
    item = item if item.source else replace(item, source=outlet_of_file(path))
    new = store.keep_item(item, now)
    return [f"{'added' if new else 'already have'} the item “{item.title[:80]}” of {item.source}"]


def followed() -> Iterator[FeedLink]:
    """The feeds that the desk follows with what it knows of their outlets, as :func:`add_file` takes them back from an
    OPML list."""
    for row in FeedRow.objects.select_related("source").order_by("source__name", "url"):
        outlet = ((field, getattr(row.source, field)) for field in OUTLET)
        yield FeedLink(
            row.url,
            row.title or row.source.name,
            row.source.home or None,
            outlet=tuple((field, value) for field, value in outlet if value),
        )


def _follow(store: Database, links: Iterable[FeedLink], now: datetime) -> list[str]:
    lines = []
    for link in links:
        source = _source(link)
        if not SourceRow.objects.filter(pk=source.id).exists():
            store.add_source(source)
        new = store.add_feed(Feed(url=link.url, source=source.id, title=link.title), now)
        lines.append(f"{'following' if new else 'already following'} {source.name}: {link.url}")
    if not lines:
        raise InputError("there is no feed in it", "an OPML list names each feed in an outline with xmlUrl")
    return lines


def _source(link: FeedLink) -> Source:
    """The source of a feed: the one the desk has with that home page or name, else a new one named by the feed's title.

    Homes are compared with their paths, since many outlets may live on one host.
    """
    home = _place(link.home or link.url)
    known = next((row for row in SourceRow.objects.exclude(home="") if _place(row.home) == home), None)
    told = dict(link.outlet)
    name = told.get("name", "")[:200] or _name(link.title) or urlsplit(link.url).hostname or link.url
    known = known or SourceRow.objects.filter(name=name).first()
    if known:
        return Source(id=known.pk, name=known.name)
    kinds: tuple[SourceKind, ...] = get_args(SourceKind)
    return Source(
        id=outlet_id(name),
        name=name,
        home=link.home,
        kind=next((kind for kind in kinds if kind == told.get("kind")), "site"),
        profile=told.get("profile", ""),
        country=country.upper() if COUNTRY.fullmatch(country := told.get("country", "")) else None,
        language=language_tag(told.get("language", "")[:20]),
        owner=told.get("owner", "")[:200] or None,
    )


def _place(address: str) -> str:
    """A home page's address, reduced to what tells it from others."""
    parts = urlsplit(address)
    return (
        (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "") + parts.path.rstrip("/")
    )


def _name(title: str) -> str:
    """The outlet in a feed's title: "The Gazette | World news" and "The Gazette - RSS" are The Gazette's."""
    return re.split(r"\s+[|–—·»:-]\s+", title.strip())[0][:200]
