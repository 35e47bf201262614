"""The headline of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storydesk.read.markup import Markup, text_of
from storydesk.read.outline import INSIDE
from storydesk.read.site import Site, letters, site_of

__all__ = ["headline", "same_line"]

LEAST_WORDS = 2
"""A heading of one word is rather a section than a headline, unless nothing else is there."""

LONGEST = 200
"""Code points of a headline, at most; a longer heading is a paragraph."""

ALIKE = 0.5
"""Share of its words that a heading has in common with the declared headline, at least."""

LITTLE = 12
"""Letters that a heading may have beside the declared headline for the rest to be the headline."""

CUT = re.compile(r"\s*(?:…|\.\.\.)$")
H1 = INSIDE["h1"] & ~INSIDE["h2"]


def headline(markup: Markup, address: str | None = None) -> str:
    """The headline that readers see: the page's main heading where the declarations agree with it, else as declared.

    ``address`` is the page's own, if known: its host tells the site's name, which is no part of a headline.
    """
    site = site_of(markup, address)
    declared = _declared(markup, site)
    headings = [text for text in _headings(markup) if not site.named_by(text)]
    near = [(max((_alike(text, other) for other in declared), default=0.0), text) for text in headings]
    likeness, best = max(near, key=lambda pair: pair[0], default=(0.0, ""))
    if likeness >= ALIKE:
        return next((text for text in declared if _is_core(text, best)), best)
    if len(headings) == 1 and len(headings[0].split()) > LEAST_WORDS:
        return headings[0]
    return declared[0] if declared else next(iter(headings), "")


def same_line(one: str, other: str) -> bool:
    """Whether two lines say the same words, whatever their case and punctuation."""
    plain = letters(one)
    return bool(plain) and plain == letters(other)


def _declared(markup: Markup, site: Site) -> list[str]:
    """The headline as it is declared, most exact first, without the site's name; what was cut short comes last."""
    given = (
        text_of(markup.article.get("headline")),
        markup.first("og:title"),
        markup.first("twitter:title"),
        markup.title,
    )
    texts = [site.without(text) for text in given if text]
    whole = [text for text in texts if not _cut(text, texts)]
    return list(dict.fromkeys(whole + texts))


def _cut(text: str, texts: list[str]) -> bool:
    """Whether a text is the beginning of another one, as fields of limited length are."""
    begun = letters(CUT.sub("", text))
    cut = bool(CUT.search(text)) or len(text) > 60
    return cut and any(len(letters(other)) > len(begun) and letters(other).startswith(begun) for other in texts)


def _headings(markup: Markup) -> Iterator[str]:
    """The main headings in order: each run of text of its own, and all of one as a line."""
    outline = markup.outline
    runs: list[str] = []
    at = -1
    for block in outline.blocks:
        if not block.inside & H1:
            continue
        column = block.element
        while column >= 0 and outline.tags[column] != "h1":
            column = outline.parents[column]
        if column != at:
            yield from _lines(runs)
            runs, at = [], column
        runs.append(block.text)
    yield from _lines(runs)


def _lines(runs: list[str]) -> Iterator[str]:
    whole = " ".join(runs)
    yield from (text for text in dict.fromkeys([whole, *runs]) if text and len(text) <= LONGEST)


def _alike(heading: str, declared: str) -> float:
    """How much of the shorter of two lines the other repeats, 0 to 1."""
    one, other = letters(heading), letters(declared)
    if not one or not other or len(heading.split()) < LEAST_WORDS:
        return 0.0
    if one == other:
        return 1.0
    if one in other or other in one:
        return 0.9
    mine, theirs = set(heading.casefold().split()), set(declared.casefold().split())
    return len(mine & theirs) / min(len(mine), len(theirs)) * 0.85


def _is_core(declared: str, heading: str) -> bool:
    """Whether a heading is the declared headline with a little before or behind it: a date, a section, the site."""
    one, other = letters(declared), letters(heading)
    return one != other and (other.startswith(one) or other.endswith(one)) and len(other) - len(one) <= LITTLE
