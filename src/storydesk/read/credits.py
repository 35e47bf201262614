"""Who wrote a page and when it was published: as declared, else as printed near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from storydesk.read.around import Around
from storydesk.read.byline import author_in
from storydesk.read.dates import from_stamp
from storydesk.read.markup import Markup, text_of
from storydesk.read.names import holds_role
from storydesk.read.printed import marked_date, printed_dates, told_date
from storydesk.read.signature import signed_names
from storydesk.read.signed import marked_names, printed_names, unmarked_names
from storydesk.read.site import Site, letters, site_of

__all__ = ["authors", "published", "updated"]

PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "article:published", "article.published"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime"),
    *("citation_publication_date", "citation_online_date", "citation_date", "prism.publicationdate"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date"),
    *("published-date", "published_date", "publish-date", "publish_date", "publishdate", "publication_date"),
    *("publication-date", "date_published", "article_date_original", "originalpublicationdate", "displaydate"),
    *("pubdate", "pub_date", "publishtime", "published_at", "published", "datecreated", "date"),
)
"""Meta names under which pages declare when they were published, most exact first."""

MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
"""Meta names under which pages declare when they were changed last."""

AUTHORS = (
    *("author", "article:author", "parsely-author", "sailthru.author", "cxenseparse:author", "article:author_name"),
    *("byl", "dc.creator", "dcterms.creator", "citation_author", "citation_authors"),
)
"""Meta names under which pages declare who wrote."""

WRITTEN = re.compile(
    r"written by|author|verfasst von|geschrieben von|écrit par|rédigé par|escrito por|scritto da|geschreven door"
    r"|napisane przez|автор|написано",
    re.I,
)
"""The labels of a name in the data that pages give for short previews."""

LONGEST = 200
"""Code points of what is declared as an author, at most; what is longer is a text about one."""

PARTS = re.compile(r",\s+|\s+[-–|]\s+")
LAST_FIRST = re.compile(r"([^,;]+),\s*([^,;]+)")
"""A name as catalogues write it."""

ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/-]|$)")

NEAR = timedelta(days=1)
"""By how much a printed day may differ from the declared one, which may be told in another zone."""

NO_NAME = re.compile(
    r"https?://|@|^[\d\W_]*$|^\w+(?:\.\w+){2,}$"
    r"|^(?:admin|administrator|editor|webmaster|guest|unknown|undefined|null|none|anonymous)$",
    re.I,
)
"""What is declared as an author and names nobody."""


def authors(markup: Markup, near: Around, address: str | None = None) -> str | None:
    """Who wrote it, as the by-line prints the names, else as declared ("A, B" for several), else as signed elsewhere;
    ``None`` where the page does not say.

    ``near`` are the lines around its headline. A declaration that only repeats the site's name counts where nobody
    else is named.
    """
    site = site_of(markup, address)
    declared = _declared(markup)
    people = [name for one in declared if (name := _person(one, site))]
    lines = near.lines
    printed = _named_by(printed_names(lines))
    by_line = _person(printed, site) if printed else None
    if people:
        beside = by_line or _named_by(marked_names(lines))
        return _agreed(", ".join(dict.fromkeys(people)), beside, sure=bool(by_line))
    if by_line:
        return by_line
    marked = _named_by(marked_names(lines))
    if marked and not site.named_by(marked):
        return marked
    elsewhere = _named_by(unmarked_names(lines) or signed_names(markup))
    return elsewhere or printed or marked or next(iter(declared), None)


def _named_by(names: str | None) -> str | None:
    return None if names is None or NO_NAME.search(names) else names


def _agreed(declared: str, printed: str | None, sure: bool) -> str:
    """Of the names declared and those printed beside the headline the fuller, where they are the same; else those
    printed, where a by-line is ``sure`` of them and they are more than a single word."""
    if printed is None:
        return declared
    known, said = letters(declared), letters(printed)
    if known in said or said in known:
        return max(printed, declared, key=len)
    return printed if sure and " " in printed else declared


def _declared(markup: Markup) -> list[str]:
    """The authors that the page declares, as it spells them."""
    given = markup.article.get("author") or markup.article.get("creator")
    told = [name for one in (given if isinstance(given, list) else [given]) if (name := _named(one, markup))]
    for names in (told, *_in_meta(markup)):
        if kept := [name for name in names if len(name) <= LONGEST and not NO_NAME.search(name)]:
            return kept
    return []


def _in_meta(markup: Markup) -> Iterator[list[str]]:
    for name in AUTHORS:
        if name in markup.meta:
            contents = markup.repeated.get(name) or (markup.meta[name],)
            catalogued = name.startswith(("citation", "dc"))
            yield [LAST_FIRST.sub(r"\2 \1", one) if catalogued else one for one in contents]
    for number in "12":
        if WRITTEN.match(markup.meta.get(f"twitter:label{number}", "")):
            yield [markup.meta.get(f"twitter:data{number}", "")]


def _person(declared: str, site: Site) -> str | None:
    """A declared author without "By", an office and the site's name; ``None`` where it is the site itself."""
    if site.named_by(declared):
        return None
    name = author_in(declared) or declared
    first, *others = PARTS.split(name)
    if " " not in first:
        return name
    kept = [part for part in others if not (site.named_by(part) or site.about(part) or holds_role(part))]
    return ", ".join([first, *kept])


def published(markup: Markup, near: Around, now: datetime, address: str | None) -> datetime | None:
    """When it was published, never later than ``now``: as declared (JSON-LD, meta), unless another day is printed
    behind the headline; else as the page prints or marks it, or its address tells; else when it was changed."""
    declared = next((at for stamp in _stamps(markup) if (at := from_stamp(stamp, now))), None)
    behind, before = (list(printed_dates(lines, now, markup.language)) for lines in (near.behind, near.before))
    if declared:
        return _dated(declared, _published(behind), _published(before), markup, now)
    told = next(iter(_published(behind + before)), None) or told_date(markup.outline, now, markup.language)
    marked = marked_date(markup, now)
    if told and marked and _same_day(told, marked):
        return marked  # the same with its hour and its zone
    elsewhere = told or marked or _in_address(address, now)
    return elsewhere or next((at for at, _ in behind + before), None)


def _published(dates: list[tuple[datetime, bool]]) -> list[datetime]:
    return [at for at, changed in dates if not changed]


def _dated(
    declared: datetime, behind: list[datetime], before: list[datetime], markup: Markup, now: datetime
) -> datetime:
    """The declared time, unless another day is printed behind the headline that is not the day of the last change; the
    same moment in the zone of its place, where that is printed."""
    for at in (*behind, *before):
        if at == declared or _same_day(at, declared):
            return at if at == declared else declared
    changed = updated(markup, now) if behind else None
    return next((at for at in behind[:1] if changed is None or not _same_day(at, changed)), declared)


def _same_day(one: datetime, other: datetime) -> bool:
    return abs(one.date() - other.date()) <= NEAR


def _in_address(address: str | None, now: datetime) -> datetime | None:
    found = ADDRESS_DATE.search(address or "")
    return from_stamp("{}-{:0>2}-{:0>2}".format(*found.groups()), now) if found else None


def updated(markup: Markup, now: datetime) -> datetime | None:
    """When the page declares that it was changed last, a live blog by its latest entry; never later than ``now``."""
    entries = markup.article.get("liveBlogUpdate")
    told = [text_of(markup.article.get("dateModified")), *(markup.first(name) for name in MODIFIED)]
    changed = next((at for stamp in told if (at := from_stamp(stamp, now))), None)
    if not isinstance(entries, list):
        return changed
    stamps = (entry.get("dateModified") or entry.get("datePublished") for entry in entries if isinstance(entry, dict))
    return max([at for at in (changed, *(from_stamp(stamp, now) for stamp in stamps)) if at], default=None)


def _named(value: object, markup: Markup) -> str | None:
    """The name of an author in JSON-LD, which may be told in another object of the page (``@id``)."""
    if isinstance(value, dict) and not value.get("name") and "@id" in value:
        value = next((node for node in markup.nodes if node.get("@id") == value["@id"] and node.get("name")), value)
    return text_of(value)


def _stamps(markup: Markup) -> Iterator[str | None]:
    yield text_of(markup.article.get("datePublished") or markup.article.get("coverageStartTime"))
    yield text_of(markup.of_type("VideoObject").get("uploadDate")) if not markup.article else None
    yield from (markup.meta[name] for name in PUBLISHED if name in markup.meta)
    yield from (text_of(node.get("datePublished")) for node in markup.nodes)
