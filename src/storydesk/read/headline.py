"""The headline and the authors of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storydesk.read.markup import Markup, squeeze, text_of

__all__ = ["authors", "headline", "same_line"]

SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*")
LEAST_WORDS = 2
"""A heading of one word is rather a section than a headline, unless nothing else is there."""

AUTHOR_CUE = re.compile(
    r"^(?:by|von|par|por|di|door|af|av|written by|words by|author|autor|auteur|автор)\b[:\s]+", re.I
)
AUTHOR_PLACES = (
    '//*[@itemprop="author"]//*[@itemprop="name"]',
    '//*[@itemprop="author"]',
    '//a[@rel="author"]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " author-name ")]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " byline-name ")]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " author ")]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " byline ")]',
)
"""Where pages without declarations print who wrote, most exact first (schema.org, rel=author, common class names)."""

LONGEST_AUTHOR = 80
"""Code points of a line that can still be names."""

NOT_A_NAME = re.compile(
    r"https?://|@|\d{3}|^(admin|administrator|editor|webmaster|guest|unknown|null|none|anonymous)$", re.I
)


def headline(markup: Markup) -> str:
    """The headline that readers see: the page's main heading where the declarations agree with it, else as declared."""
    declared = [
        text
        for text in (text_of(markup.article.get("headline")), markup.first("og:title", "twitter:title"), _title(markup))
        if text
    ]
    headings = [text for text in (squeeze(h1.text_content()) for h1 in markup.tree.iter("h1")) if text]
    for heading in headings:
        if any(_akin(heading, text) for text in declared):
            return heading
    if len(headings) == 1 and len(headings[0].split()) > LEAST_WORDS:
        return headings[0]
    return _without_site(declared[0], markup) if declared else next(iter(headings), "")


def authors(markup: Markup) -> str | None:
    """Who wrote it, "A, B" for several; ``None`` where the page does not say."""
    for names in _author_lists(markup):
        kept = list(dict.fromkeys(name for name in map(_name, names) if name))
        if kept:
            return ", ".join(kept)
    return None


def same_line(one: str, other: str) -> bool:
    """Whether two lines say the same words, whatever their case and punctuation."""
    return bool(one) and _letters(one) == _letters(other) != ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _akin(heading: str, declared: str) -> bool:
    """A heading that the declared title contains, contains it, or shares most of its words with it."""
    one, other = _letters(heading), _letters(declared)
    if not one or not other or len(heading.split()) < LEAST_WORDS:
        return False
    if one in other or other in one:
        return True
    mine, theirs = set(heading.casefold().split()), set(declared.casefold().split())
    return 2 * len(mine & theirs) > min(len(mine), len(theirs))


def _title(markup: Markup) -> str | None:
    element = next(markup.tree.iter("title"), None)
    return squeeze(element.text_content()) or None if element is not None else None


def _without_site(title: str, markup: Markup) -> str:
    """The title without the site's name at either end: what stands beyond the first or last separator, if it is shorter."""
    site = markup.first("og:site_name") or text_of(markup.article.get("publisher")) or ""
    pieces = SEPARATOR.split(title)
    if len(pieces) < 2:
        return title
    for piece, rest in ((pieces[-1], title[: title.rfind(pieces[-1])]), (pieces[0], title[len(pieces[0]) :])):
        if (site and same_line(piece, site)) or (not site and len(piece.split()) <= 3 < len(rest.split())):
            return rest.strip(" |–—·•»:-")
    return title


def _author_lists(markup: Markup) -> Iterator[list[str]]:
    given = markup.article.get("author") or markup.article.get("creator")
    yield [text for text in map(text_of, given if isinstance(given, list) else [given]) if text]
    declared = markup.first(
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "twitter:data1"
    )
    yield [declared] if declared and " " in declared.strip() else []
    for place in AUTHOR_PLACES:
        found = [squeeze(element.text_content()) for element in markup.tree.xpath(place)[:4]]
        yield [text for text in found if 1 < len(text.split()) and len(text) <= LONGEST_AUTHOR]
    yield [declared] if declared else []


def _name(text: str) -> str | None:
    name = AUTHOR_CUE.sub("", squeeze(text)).strip(" ,;|–—-")
    return name if name and len(name) <= LONGEST_AUTHOR and not NOT_A_NAME.search(name) else None
