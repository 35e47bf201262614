"""The headline of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from storydesk.read.address import absolute, path_parts, place_of
from storydesk.read.markup import Markup, squeeze, text_of
from storydesk.read.outline import INSIDE, Outline
from storydesk.read.site import Site, letters, site_of, words

__all__ = ["headline", "same_line"]

LEAST_WORDS = 2
"""A heading of so few words is rather a section's than a piece's, unless it is declared."""

LONGEST = 200
"""Code points of a headline, at most; a longer heading is a paragraph."""

ALIKE = 0.5
"""Share of its words that a heading has in common with the declared headline, at least; where it has less, it must be
the only one, and neither the address nor a lesser heading may speak for what is declared."""

HELD = 0.9
"""How alike two lines are of which one holds the other."""

NEARER, CLEARER = 3, 2
"""Words of the address that the declared headline must say beyond those of the heading to be taken in its place; and
that one of several headings must say beyond those of the declared headline and of the heading most like it."""

BEGUN = 60
"""Code points from which a field of limited length may have cut a headline short."""

CUT = re.compile(r"\s*(?:…|\.\.\.)$")
H1 = INSIDE["h1"] & ~INSIDE["h2"]
HEADING = INSIDE["h2"]
"""The bits of the main heading, and of a heading of any level."""


MUCH_LONGER = 100
"""Code points by which a line is longer than one that it repeats at the most, beside twice those of that one."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A text, its letters and its words; ``element`` is the column of the heading that it is, -1 where it is none."""

    text: str
    letters: str
    words: frozenset[str]
    element: int = -1


def headline(markup: Markup, address: str | None = None) -> str:
    """The headline that readers see: the page's main heading where the declarations agree with it, else as declared.

    ``address`` is the page's own, if known: its host tells the site's name, which is no part of a headline, and its
    words tell the piece's own heading from that of a form or a section. Empty where the page has neither heading nor
    declaration.
    """
    headings = list(_headings(markup.outline))
    if plain := _plain(markup, headings):
        return plain
    site = site_of(markup, address)
    declared = _declared(markup, site)
    headings = [line for line in headings if not (site.named_by(line.text) or _leads_elsewhere(markup, line, address))]
    ranked = ((_likeness(line, declared), line) for line in headings)
    likeness, best = max(ranked, key=itemgetter(0), default=(0.0, None))
    spoken = [line for line in headings if len(line.words) > LEAST_WORDS]
    if likeness < HELD and len(spoken) > 1:
        named, line = max(((_in_address([line], address), line) for line in spoken), key=itemgetter(0))
        if named >= _in_address([*declared, *([best] if best else [])], address) + CLEARER:
            return site.without_section(line.text)
    if best and likeness >= ALIKE:
        return site.without_section(_declared_part(markup.outline, best, declared))
    if len(spoken) == 1:
        told_rather = _in_address(declared, address) >= _in_address(spoken, address) + NEARER
        if not told_rather and not _printed_elsewhere(markup.outline, declared):
            return site.without_section(spoken[0].text)
    return declared[0].text if declared else next((line.text for line in headings), "")


def same_line(one: str, other: str) -> bool:
    """Whether two lines say the same words, whatever their case and punctuation."""
    if len(one) > MUCH_LONGER + 2 * len(other):
        return False  # a paragraph, which need not be looked through
    plain = letters(one)
    return bool(plain) and plain == letters(other)


def _given(markup: Markup) -> list[str]:
    """The headline as it is declared: by JSON-LD, OpenGraph, the title element."""
    given = (
        text_of(markup.article.get("headline")),
        markup.first("og:title"),
        markup.first("twitter:title"),
        markup.title,
    )
    return [text for text in given if text and len(text) <= LONGEST]


def _plain(markup: Markup, headings: list[_Line]) -> str | None:
    """The main heading where it is declared letter by letter, which needs no further look."""
    name = letters(markup.first("og:site_name") or "")
    declared = {letters(text) for text in _given(markup)[:2]}
    return next((x.text for x in headings if x.letters in declared and x.letters != name and "|" not in x.text), None)


def _line(text: str, element: int = -1) -> _Line:
    return _Line(text, letters(text), frozenset(text.casefold().split()), element)


def _declared(markup: Markup, site: Site) -> list[_Line]:
    """The headline as it is declared, most exact first, without the site's name; what was cut short comes last."""
    lines = [_line(text) for text in dict.fromkeys(site.without(text) for text in _given(markup)) if text]
    return sorted(lines, key=lambda line: _cut(line, lines))


def _cut(line: _Line, lines: list[_Line]) -> bool:
    """Whether a line is the beginning of another one, as fields of limited length are."""
    begun = letters(CUT.sub("", line.text))
    cut = len(line.text) > BEGUN or CUT.search(line.text)
    return bool(cut) and any(other.letters.startswith(begun) and len(other.letters) > len(begun) for other in lines)


def _headings(outline: Outline) -> Iterator[_Line]:
    """The main headings in order: all of one as a line, then each run of text in it."""
    runs: list[str] = []
    at = -1
    for block in outline.blocks:
        if not block.inside & H1:
            continue
        column = block.element
        while column > 0 and outline.tags[column] != "h1":
            column = outline.parents[column]
        if column != at:
            yield from _lines(runs, at)
            runs, at = [], column
        runs.append(block.text)
    yield from _lines(runs, at)


def _lines(runs: list[str], element: int) -> Iterator[_Line]:
    whole = squeeze(" ".join(runs))
    yield from (_line(text, element) for text in dict.fromkeys([whole, *runs]) if text and len(text) <= LONGEST)


def _leads_elsewhere(markup: Markup, line: _Line, address: str | None) -> bool:
    """Whether a heading is a link to another page, as that of a card is."""
    outline = markup.outline
    node = outline.nodes[line.element]
    link = node.css_first("a[href]")
    if link is None or squeeze(link.text()) != line.text:
        return False
    href = absolute(link.attributes.get("href"), address)
    return bool(href and address) and place_of(href) != place_of(address)


def _likeness(heading: _Line, declared: list[_Line]) -> float:
    """How much of the shorter of two lines the other repeats, 0 to 1, at best."""
    return max((_alike(heading, other) for other in declared), default=0.0)


def _alike(one: _Line, other: _Line) -> float:
    if not one.letters or not other.letters:
        return 0.0
    if one.letters == other.letters:
        return 1.0
    if len(one.words) < LEAST_WORDS:
        return 0.0
    if one.letters in other.letters or other.letters in one.letters:
        return HELD
    return 0.85 * len(one.words & other.words) / min(len(one.words), len(other.words))


def _declared_part(outline: Outline, heading: _Line, declared: list[_Line]) -> str:
    """The heading, or the piece of it that is declared: a date or a count may stand beside it."""
    said = {line.letters for line in declared}
    if heading.letters not in said:
        pieces = outline.nodes[heading.element].traverse(include_text=True)
        texts = (squeeze(piece.text_content or "") for piece in pieces if piece.is_text_node)
        return next((text for text in texts if letters(text) in said), heading.text)
    return heading.text


def _in_address(lines: list[_Line], address: str | None) -> int:
    """How many words these lines say, at most, of that part of an address which has the most."""
    named = max((frozenset(words(part)) for part in path_parts(address)), key=len, default=frozenset[str]())
    return max((len(named.intersection(words(line.text))) for line in lines), default=0)


def _printed_elsewhere(outline: Outline, declared: list[_Line]) -> bool:
    """Whether a lesser heading prints what is declared."""
    said = {line.letters for line in declared}
    return any(block.inside & HEADING and letters(block.text) in said for block in outline.blocks)
