"""RSS and Atom: the elements of a document to a feed and its entries."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storydesk.errors import NotAFeed
from storydesk.gather.elements import SEVERAL, Attributes, Record
from storydesk.gather.parsed import (
    LONGEST,
    FeedKind,
    ParsedFeed,
    absolute,
    anchor,
    language_tag,
    moment,
    plain,
    title_line,
)
from storydesk.gather.parsing import parse
from storydesk.model import Entry, Video

__all__ = ["read"]

MOST_ENTRIES = 2_000
"""Entries that are kept; the largest real feeds hold some hundreds."""

KINDS: dict[str, FeedKind] = {"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss", "entry": "atom"}
RDF_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"
MAILBOX = re.compile(r"\S+@\S+\s*\((.+)\)\s*|(.+?)\s*[<(]\S+@\S+[>)]\s*")
"""RSS 2.0 asks for an author as a mail address with the name in brackets; some write it the other way round."""

TITLE = ("title", "dc:title", "media:title")
SUMMARY = ("description", "summary", "abstract", "dc:description", "itunes:summary")
CONTENT = ("content:encoded", "content", "body", "fullitem")
PUBLISHED = ("pubdate", "published", "dcterms:issued", "issued", "dc:date", "dcterms:created", "created", "date")
UPDATED = ("updated", "modified", "dcterms:modified", "lastmod")
AUTHOR = ("author/name", "dc:creator", "author", "dc:author", "itunes:author", "author/email")
THUMBNAIL = ("media:thumbnail", "media:content/media:thumbnail")
MEDIA = ("media:content", "enclosure", "link")
PLAYER = ("media:player", "media:content/media:player")
HOME_TITLE = ("title", "dc:title")
HOME_DESCRIPTION = ("description", "subtitle", "tagline", "abstract", "itunes:summary", "itunes:subtitle")
HOME_IMAGE = ("image/url", "logo", "icon")
HOME_LANGUAGE = ("language", "dc:language")
"""Where each thing is looked for, in this order: paths below an entry, or below the feed's head."""

OTHERS = ("guid", "id", "link", "source/title", "source/link", "itunes:image", "yt:videoid", "author/uri")
ASKED = frozenset(
    tag
    for paths in (
        *(TITLE, SUMMARY, CONTENT, PUBLISHED, UPDATED, AUTHOR, THUMBNAIL, MEDIA, PLAYER),
        *(HOME_TITLE, HOME_DESCRIPTION, HOME_IMAGE, HOME_LANGUAGE, OTHERS, ("media:description",)),
    )
    for path in paths
    for tag in path.split("/")
)
"""The elements that are asked for."""

HREF, URL = ("href",), ("url",)
"""The attributes in which an element has an address."""

VIDEO_ID = re.compile(r"[\w-]{11}", re.ASCII)

NO_COOKIE = "https://www.youtube-nocookie.com/embed/"
"""YouTube's player in its privacy-enhanced mode: sets no cookie before it is played."""


def read(data: bytes, url: str, now: datetime | None, root: str, charset: str) -> ParsedFeed:
    """The feed in an XML document whose root element is named ``root``. Raises NotAFeed where it is none.

    The document is in UTF-8, or at least says so and may be in ``charset``."""
    found = parse(data, url, MOST_ENTRIES, ASKED, charset)
    if root not in KINDS and not found.entries:
        raise NotAFeed(f"answered with an XML document ({root}), not a feed", "look for the site's RSS or Atom feed")
    head = _head(found.head, url, root)
    kept = tuple(entry for record in found.entries if (entry := _entry(record, url, now, head)))
    return replace(head, entries=kept, kind="video" if kept and all(entry.video for entry in kept) else head.kind)


def _head(record: Record, url: str, root: str) -> ParsedFeed:
    base = record.base or url
    image = record.first(HOME_IMAGE) or _first(record.all("itunes:image"), ("href", "url"))
    language = record.first(HOME_LANGUAGE) or record.language
    return ParsedFeed(
        title=title_line(_markup(record, HOME_TITLE)),
        home=absolute(_link(record), base),
        description=plain(_markup(record, HOME_DESCRIPTION)),
        language=language_tag(language),
        image=absolute(image, base),
        entries=(),
        kind=KINDS.get(root, "rss"),
    )


def _entry(record: Record, url: str, now: datetime | None, head: ParsedFeed) -> Entry | None:
    texts = record.texts
    base = record.base or url
    name = texts.get("guid") or texts.get("id") or ""
    link = _link(record) or _permanent(record) or _first(record.all(""), (RDF_ABOUT, "href"))
    title, address = title_line(_markup(record, TITLE)), absolute(link, base)
    summary, content, complete = _words(record)
    shown = name or link or title or summary or content
    if not shown:
        return None
    published, updated = _moment(record, PUBLISHED, now), _moment(record, UPDATED, now)
    publisher, publisher_url = _publisher(record, base, title)
    language = texts.get("dc:language", record.language)
    return Entry(
        url=address or anchor(url, shown),
        title=title,
        published=published or updated,
        updated=updated,
        author=_author(record),
        summary=summary,
        content=content,
        complete=complete,
        language=head.language if language is None else language_tag(language),
        publisher=publisher,
        publisher_url=publisher_url,
        image=absolute(_picture(record), base),
        video=_video(record, base, address, head),
        guid=name or None,
    )


def _link(record: Record) -> str:
    """Atom's link to the piece itself, or RSS's, which is the element's own words."""
    written = record.texts.get("link")
    if written:
        return written
    links = [link for link in record.all("link") if link.get("rel", "alternate") == "alternate" and link.get("href")]
    for link in links:
        if "html" in link.get("type", "html"):
            return link["href"]
    return links[0]["href"] if links else ""


def _permanent(record: Record) -> str:
    """The guid of RSS where it is an address, as it is unless it says otherwise."""
    guid = record.texts.get("guid", "")
    says = record.all("guid")
    if guid and (says[0].get("isPermaLink", "true") if says else "true").lower() != "false":
        return guid if guid.startswith(("http://", "https://")) else ""
    name = record.texts.get("id", "")
    return name if name.startswith(("http://", "https://")) else ""


def _moment(record: Record, names: tuple[str, ...], now: datetime | None) -> datetime | None:
    texts = record.texts
    for name in names:
        if name in texts and (at := moment(texts[name], now)):
            return at
    return None


def _markup(record: Record, paths: tuple[str, ...]) -> str:
    """The words of the first of these elements that has any, as HTML."""
    texts = record.texts
    for path in paths:
        if text := texts.get(path):
            says = record.attributes.get(path)
            return _decoded(text, says[0]) if says else text
    return ""


def _decoded(text: str, says: Attributes) -> str:
    """What Atom 0.3 calls base64, and Atom 1.0 means by any media type that is no text, as the words it stands for;
    a piece of XHTML without the division that Atom wraps it in."""
    kind = says.get("type", "").lower()
    binary = "/" in kind and not (kind.startswith("text/") or kind.endswith(("xml", "html")))
    if says.get("mode") == "base64" or (binary and "<" not in text):
        try:
            return base64.b64decode("".join(text.split()), validate=True).decode("utf-8").strip()
        except (binascii.Error, ValueError):
            return text
    if text.startswith("<div") and text.endswith("</div>") and text.count("<div") == 1:
        return text[text.index(">") + 1 : -len("</div>")].strip()
    return text


def _words(record: Record) -> tuple[str, str, bool]:
    """Summary, content and whether the content is declared to be the whole piece."""
    description, content = _markup(record, SUMMARY), _markup(record, CONTENT)
    if not content and "summary" in record.texts and "description" in record.texts:
        description, content = (_markup(record, (path,)) for path in record.texts if path in ("summary", "description"))
        return plain(description), content, False
    if not content or content == description:
        summary = plain(description) or record.texts.get("media:description", "")
        return summary, description if "<" in description or len(description) > LONGEST else "", False
    return plain(description), content, True


def _author(record: Record) -> str | None:
    name = record.first(AUTHOR)
    if SEVERAL in name:
        return ", ".join(filter(None, map(_person, dict.fromkeys(name.split(SEVERAL))))) or None
    return (_person(name) or None) if name else None


def _person(name: str) -> str:
    match = MAILBOX.fullmatch(name) if "@" in name else None
    return title_line((match[1] or match[2]) if match else name)


def _publisher(record: Record, base: str, title: str) -> tuple[str | None, str | None]:
    """RSS: ``<source url="…">Name</source>``. Atom: a copy of the source feed's own head. Forum software names the
    thread as the source of its posts, which is no publisher."""
    name = title_line(_markup(record, ("source/title", "source")))
    if not name or name == title:
        return None, None
    links = [link for link in record.all("source/link") if link.get("rel", "alternate") == "alternate"]
    return name, absolute(_first(links, HREF) or _first(record.all("source"), URL), base)


def _picture(record: Record) -> str:
    """The first thumbnail, else the first picture among the media and enclosures of an entry."""
    if not record.attributes:
        return ""
    for path in THUMBNAIL:
        if found := _first(record.all(path), URL):
            return found
    for path in MEDIA:
        for medium in record.all(path):
            kind = medium.get("medium") or medium.get("type") or ""
            if kind.startswith("image"):
                return medium.get("url") or medium.get("href") or ""
    return _first(record.all("itunes:image"), HREF)


def _video(record: Record, base: str, address: str | None, head: ParsedFeed) -> Video | None:
    found = record.texts.get("yt:videoid", "")
    if found and VIDEO_ID.fullmatch(found):
        watch: str | None = f"https://www.youtube.com/watch?v={found}"
        embed = NO_COOKIE + found
    else:
        players = record.all(PLAYER[0]) or record.all(PLAYER[1])
        frame = absolute(players[0].get("url"), base) if players else None
        if frame is None:
            return None
        watch, embed = None, frame
    return Video(
        url=watch or address,
        embed=embed,
        channel=title_line(record.texts.get("author/name", "").partition(SEVERAL)[0]) or head.title or None,
        channel_url=absolute(record.texts.get("author/uri"), base) or head.home,
    )


def _first(elements: Sequence[Attributes], names: tuple[str, ...]) -> str:
    for element in elements:
        for name in names:
            if value := element.get(name):
                return value
    return ""
