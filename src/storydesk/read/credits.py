"""Who wrote a page and when it was published: as declared, else as printed near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from lxml import html

from storydesk.read.byline import author_in, date_in, name_in, says_updated
from storydesk.read.dates import from_stamp
from storydesk.read.headline import same_line
from storydesk.read.markup import Markup, squeeze, text_of

__all__ = ["authors", "published", "updated"]

PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "article.published",
    "publication_date",
    "publishdate",
    "pubdate",
    "date",
)
"""Meta names under which pages declare when they were published, most exact first."""

MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
"""Meta names under which pages declare when they were changed last."""

AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
)
"""Meta names under which pages declare who wrote."""

AUTHORISH = re.compile(r"author|byline|writer|contributor|posted-?by|written|creator", re.I)
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|writers?|by|contributors?|profiles?|people|team|staff|redaktion|auteurs?|autor(?:es)?)/[^/?#]+/?$",
    re.I,
)
"""The address of a page about one author."""

PRINTED = 80
"""Code points of a printed line of names or dates, at most."""

UNSEEN = frozenset(("script", "style", "noscript", "svg", "template"))
BEFORE, AFTER = 30, 150
"""Elements before and after the headline in which its by-line and its date are printed."""

NO_NAME = re.compile(r"https?://|@|^(?:admin|administrator|editor|webmaster|guest|unknown|null|none|anonymous)$", re.I)


def authors(markup: Markup, title: str) -> str | None:
    """Who wrote it, "A, B" for several; ``None`` where the page does not say.

    A declaration that only repeats the site's name gives way to a name printed near the headline.
    """
    given = markup.article.get("author") or markup.article.get("creator")
    declared = [name for one in (given if isinstance(given, list) else [given]) if (name := _named(one, markup))]
    site = markup.first("og:site_name") or ""
    for names in (declared, [markup.first(*AUTHORS) or ""], _printed_names(markup, title)):
        cleaned = [author_in(name) or name for name in names]
        kept = [name for name in cleaned if name and not NO_NAME.search(name) and not same_line(name, site)]
        if kept:
            return ", ".join(dict.fromkeys(kept))
    return next((name for name in declared if not NO_NAME.search(name)), None)


def published(markup: Markup, title: str, now: datetime, address: str | None) -> datetime | None:
    """When it was published: as declared (JSON-LD, meta, ``<time>``), as printed near the headline, or as htmldate
    finds it in markup and address; never later than ``now``."""
    for stamp in _stamps(markup):
        if at := from_stamp(stamp, now):
            return at
    return _printed_date(markup, title, now) or _searched(markup, now, address)


def updated(markup: Markup, now: datetime) -> datetime | None:
    """When the page declares that it was changed last; never later than ``now``."""
    stamps = (text_of(markup.article.get("dateModified")), *(markup.first(name) for name in MODIFIED))
    return next((at for stamp in stamps if (at := from_stamp(stamp, now))), None)


def _named(value: object, markup: Markup) -> str | None:
    """The name of an author in JSON-LD, which may be told in another object of the page (``@id``)."""
    if isinstance(value, dict) and not value.get("name") and "@id" in value:
        value = next((node for node in markup.nodes if node.get("@id") == value["@id"] and node.get("name")), value)
    return text_of(value)


def _stamps(markup: Markup) -> Iterator[str | None]:
    yield text_of(markup.article.get("datePublished"))
    yield text_of(markup.of_type("VideoObject").get("uploadDate")) if not markup.article else None
    for name in PUBLISHED:
        yield markup.first(name)
    yield from (text_of(node.get("datePublished")) for node in markup.nodes)
    for element in markup.tree.iter("time"):
        yield element.get("datetime") or element.get("content")


def _near_headline(markup: Markup, title: str) -> Iterator[tuple[html.HtmlElement, str]]:
    """The short elements around the headline with their text: what follows it first, in order, then what stands before
    it."""
    heading = next((h1 for h1 in markup.tree.iter("h1") if same_line(squeeze(h1.text_content()), title)), None)
    if heading is None:
        heading = next(markup.tree.iter("h1"), None)
    if heading is None:
        return
    for elements in (islice(_after(heading), AFTER), islice(_before(heading), BEFORE)):
        for element in elements:
            text = (
                squeeze(" ".join(element.itertext()))
                if isinstance(element.tag, str) and element.tag not in UNSEEN
                else ""
            )
            if text and len(text) <= PRINTED:
                yield element, text


def _after(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements that follow in the order of the document."""
    here: html.HtmlElement | None = element
    while here is not None:
        for sibling in here.itersiblings():
            yield from sibling.iter()
        here = here.getparent()


def _before(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The elements that precede, nearest first."""
    here: html.HtmlElement | None = element
    while here is not None:
        for sibling in here.itersiblings(preceding=True):
            yield from sibling.iter()
        here = here.getparent()


def _printed_names(markup: Markup, title: str) -> list[str]:
    for element, text in _near_headline(markup, title):
        marks = " ".join(element.get(name) or "" for name in ("class", "id", "rel", "itemprop"))
        marked = AUTHORISH.search(marks) or AUTHOR_PAGE.search(element.get("href") or "")
        name = author_in(text) or (name_in(text) if marked else None)
        if name and not same_line(name, title):
            return [name]
    return []


def _printed_date(markup: Markup, title: str, now: datetime) -> datetime | None:
    changed: datetime | None = None
    for _, text in _near_headline(markup, title):
        at = date_in(text, now, markup.tree.get("lang"))
        if at and not says_updated(text):
            return at
        changed = changed or at
    return changed


def _searched(markup: Markup, now: datetime, address: str | None) -> datetime | None:
    from htmldate import find_date

    last = now.strftime("%Y-%m-%d")
    try:
        day = find_date(markup.tree, extensive_search=False, original_date=True, url=address, max_date=last)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return from_stamp(day, now)
