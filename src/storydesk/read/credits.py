"""Who wrote a page and when it was published: as declared, else as printed near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from storydesk.read.byline import author_in
from storydesk.read.dates import from_stamp
from storydesk.read.headline import same_line
from storydesk.read.markup import Markup, text_of
from storydesk.read.printed import printed_date, printed_names, signed_names

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
    "published",
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

SOURCE_DATE = re.compile(
    r'"(?:datePublished|publish(?:ed)?_?(?:Date|At|On)|publication_?date|date_?published|created_?at)"\s*:\s*"'
    r'(\d{4}-\d\d-\d\d[^"]{0,20})"',
    re.I,
)
ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")

NEAR = timedelta(days=1)
"""By how much a printed day may differ from the declared one, which may be told in another zone."""

NO_NAME = re.compile(
    r"https?://|@|^[\d\W_]*$|^\w+(?:\.\w+){2,}$"
    r"|^(?:admin|administrator|editor|webmaster|guest|unknown|null|none|anonymous)$",
    re.I,
)
"""What is declared as an author and names nobody."""


def authors(markup: Markup, title: str) -> str | None:
    """Who wrote it, as the by-line prints the names, else as declared ("A, B" for several), else as signed elsewhere;
    ``None`` where the page does not say.

    A declaration that only repeats the site's name counts where nobody else is named.
    """
    given = markup.article.get("author") or markup.article.get("creator")
    declared = [name for one in (given if isinstance(given, list) else [given]) if (name := _named(one, markup))]
    declared = [name for name in declared or [markup.first(*AUTHORS) or ""] if name and not NO_NAME.search(name)]
    people = [author_in(name) or name for name in declared if not _is_site(name, markup)]
    if printed := printed_names(markup, title):
        return printed
    if people:
        return ", ".join(dict.fromkeys(people))
    return signed_names(markup) or next(iter(declared), None)


def _is_site(name: str, markup: Markup) -> bool:
    sites = (markup.first("og:site_name"), text_of(markup.article.get("publisher")))
    return any(site and same_line(name, site) for site in sites)


def published(markup: Markup, title: str, now: datetime, address: str | None) -> datetime | None:
    """When it was published, never later than ``now``: as declared (JSON-LD, meta, ``<time>``), unless another day is
    printed beside the headline; else as the page's own data or its address tell."""
    declared = next((at for stamp in _stamps(markup) if (at := from_stamp(stamp, now))), None)
    printed, changed = printed_date(markup, title, now)
    if printed is None or (declared and _is_near(printed, declared)):
        return declared or _marked(markup, now) or _in_source(markup, now) or _in_address(address, now) or changed
    marked = _marked(markup, now)
    return marked if marked and _is_near(printed, marked) else printed


def _is_near(one: datetime, other: datetime) -> bool:
    """Whether two times are of one day, or of the next where they may be told in different zones."""
    return abs(one.date() - other.date()) <= NEAR


def _marked(markup: Markup, now: datetime) -> datetime | None:
    """The first time that is marked up as one."""
    for element in markup.tree.css('[itemprop="datePublished"], time'):
        stamp = element.attributes.get("datetime") or element.attributes.get("content")
        if stamp and (at := from_stamp(stamp, now)):
            return at
    return None


def _in_source(markup: Markup, now: datetime) -> datetime | None:
    stamps = {match[1] for match in SOURCE_DATE.finditer(markup.page)}
    return from_stamp(stamps.pop(), now) if len(stamps) == 1 else None


def _in_address(address: str | None, now: datetime) -> datetime | None:
    found = ADDRESS_DATE.search(address or "")
    return from_stamp("{}-{:0>2}-{:0>2}".format(*found.groups()), now) if found else None


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
