"""Who wrote a page: as declared, else as printed near the headline, else as signed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storydesk.read.around import Around
from storydesk.read.byline import author_in, is_label
from storydesk.read.marks import READERS_AND_OTHERS, boxed
from storydesk.read.markup import Markup, squeeze, text_of
from storydesk.read.names import holds_role
from storydesk.read.signature import signed_names
from storydesk.read.signed import marked_names, printed_names, unmarked_names
from storydesk.read.site import Site, letters, site_of

__all__ = ["authors"]

AUTHORS = (
    *("author", "article:author", "parsely-author", "sailthru.author", "cxenseparse:author", "article:author_name"),
    *("byl", "citation_author", "citation_authors", "dc.creator", "dcterms.creator"),
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

SHORT = 60
"""Code points of an element that holds an author's name, at most."""

PARTS = re.compile(r",\s+|\s+[-–|]\s+")
LAST_FIRST = re.compile(r"([^,;]+),\s*([^,;]+)")
"""A name as catalogues write it."""

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
    printed, where a by-line is ``sure`` of them, or what is declared is an account's name, and they are more than a
    single word."""
    if printed is None:
        return declared
    known, said = letters(declared), letters(printed)
    if known in said or said in known:
        return max(printed, declared, key=len)
    account = " " not in declared and declared.islower()
    return printed if (sure or account) and " " in printed else declared


def _declared(markup: Markup) -> list[str]:
    """The authors that the page declares, as it spells them."""
    given = markup.article.get("author") or markup.article.get("creator")
    told = [name for one in (given if isinstance(given, list) else [given]) if (name := _named(one, markup))]
    for names in (told, *_in_meta(markup)):
        if kept := [name for name in names if len(name) <= LONGEST and not NO_NAME.search(name)]:
            return kept
    return [name] if (name := _in_microdata(markup)) else []


def _in_meta(markup: Markup) -> Iterator[list[str]]:
    for name in AUTHORS:
        if name in markup.meta:
            contents = markup.repeated.get(name) or (markup.meta[name],)
            catalogued = name.startswith(("citation", "dc"))
            yield [LAST_FIRST.sub(r"\2 \1", one) if catalogued else one for one in contents]
    for number in "12":
        if WRITTEN.match(markup.meta.get(f"twitter:label{number}", "")):
            yield [markup.meta.get(f"twitter:data{number}", "")]


def _in_microdata(markup: Markup) -> str | None:
    """The first name that is marked up as the author's of the page, not of another piece or of a reader's comment."""
    for node in markup.tree.css('[itemprop~="author"]'):
        column = markup.outline.column(node)
        texts = (node.css_first('[itemprop~="name"]') or node).text(separator="\n").splitlines()
        said = [text for text in map(squeeze, texts) if text and not is_label(text)]
        if column is None or not said or boxed(markup.outline, column, READERS_AND_OTHERS):
            continue
        name = author_in(said[0]) or said[0]
        if len(name) <= SHORT and not NO_NAME.search(name):
            return name
    return None


def _person(declared: str, site: Site) -> str | None:
    """A declared author without "By", an office and the site's name; ``None`` where it is the site itself."""
    if site.named_by(declared):
        return None
    name = author_in(declared) or declared
    first, *others = PARTS.split(name)
    if " " not in first:
        return name
    kept = [part for part in others if not (site.about(part) or holds_role(part) or any(map(str.isdigit, part)))]
    return ", ".join([first, *kept])


def _named(value: object, markup: Markup) -> str | None:
    """The name of an author in JSON-LD, which may be told in another object of the page (``@id``)."""
    if isinstance(value, dict) and not value.get("name") and "@id" in value:
        value = next((node for node in markup.nodes if node.get("@id") == value["@id"] and node.get("name")), value)
    return text_of(value)
