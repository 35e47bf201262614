"""The headline of a page."""

from __future__ import annotations

import re

from storydesk.read.markup import Markup, squeeze, text_of

__all__ = ["headline", "same_line"]

SEPARATOR = re.compile(r"\s+[|–—·•»:-]\s+|\s*\|\s*")
LEAST_WORDS = 2
"""A heading of one word is rather a section than a headline, unless nothing else is there."""


def headline(markup: Markup) -> str:
    """The headline that readers see: the page's main heading where the declarations agree with it, else as declared."""
    declared = [
        text
        for text in (text_of(markup.article.get("headline")), markup.first("og:title", "twitter:title"), _title(markup))
        if text
    ]
    headings = [text for text in (squeeze(h1.text_content()) for h1 in markup.tree.iter("h1")) if text]
    headings = [text for text in headings if not _names_site(text, declared, markup)]
    for heading in headings:
        if any(_akin(heading, text) for text in declared):
            return heading
    if len(headings) == 1 and len(headings[0].split()) > LEAST_WORDS:
        return headings[0]
    return _without_site(declared[0], markup) if declared else next(iter(headings), "")


def _names_site(heading: str, declared: list[str], markup: Markup) -> bool:
    """Whether a main heading is the site's own name: as declared, or as what ends a title after a separator."""
    ends = [pieces[-1] for pieces in map(SEPARATOR.split, declared) if len(pieces) > 1]
    return any(same_line(heading, name) for name in [markup.first("og:site_name") or "", *ends])


def same_line(one: str, other: str) -> bool:
    """Whether two lines say the same words, whatever their case and punctuation."""
    letters = _letters(one)
    return bool(letters) and letters == _letters(other)


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
    """The title without the site's name at either end: what stands beyond the first or last separator, if it is
    shorter."""
    site = markup.first("og:site_name") or text_of(markup.article.get("publisher")) or ""
    pieces = SEPARATOR.split(title)
    if len(pieces) < 2:
        return title
    for piece, rest in ((pieces[-1], title[: title.rfind(pieces[-1])]), (pieces[0], title[len(pieces[0]) :])):
        if (site and same_line(piece, site)) or (not site and len(piece.split()) <= 3 < len(rest.split())):
            return rest.strip(" |–—·•»:-")
    return title
