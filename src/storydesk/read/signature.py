"""Whose names a page signs its text with away from its headline: under it, or in a box about the author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from storydesk.read.around import Line
from storydesk.read.byline import is_label, names_after
from storydesk.read.marks import AUTHOR_BOXES, OTHER_BOXES, READERS_AND_OTHERS, boxed, is_authors
from storydesk.read.markup import Markup, squeeze
from storydesk.read.outline import Outline
from storydesk.read.signed import behind_label, is_person, name_among

__all__ = ["signed_names"]

SIGNED = re.compile(
    r"(?:(?:this|the) (?:post|article|story|piece|guide) (?:was |is )?)?"
    r"(?:(?:written|posted|words|story|text|article|report) by\b|authors?\s*:|autor(?:in)?\s*:|auteur\s*:|автор\s*:"
    r"|von\s|.{0,24}\d{4} by\s)",
    re.I,
)
BEGINS = re.compile(
    r"(?:this |the )?(?:post|article|story|piece|guide|written|words|text|report|author|about|by\b|aut|von\b|автор"
    r"|contrib|compiled|submitted|geschrieben|verfasst|écrit|publi|rédigé|escrito|scritto|pubblicato|geschreven"
    r"|napisane|skrev|forfatter|författare|yazar|szerző|kirjoittaja|συντάκτης|作者|著者|記者|记者|文|текст)",
    re.I,
)
"""How a line begins that signs a piece, or says that the next does: a first, quick look."""

SHORT, LABEL = 100, 24
"""Code points of a line that signs a piece, and of one that says that the next does, at most."""

MOST = 2
"""Names that a page signs itself with, at most; more are those of other pieces."""

FIRST, NODES = 3, 20
"""Texts of a box about an author among which the name is, and nodes among which those are."""


def signed_names(markup: Markup) -> str | None:
    """The names of the authors that are told anywhere on the page; ``None`` where none are, or too many."""
    outline = markup.outline
    cued = [names for found in _signing(outline) if (names := _signature(found) or behind_label(found))]
    if len(cued) == 1:
        return cued[0]
    boxes = list(islice(_boxed(markup), MOST + 1))
    return next((names[0] for names in (boxes, cued) if names and len(set(names)) <= MOST), None)


def _signing(outline: Outline) -> Iterator[Line]:
    """The lines that may sign a piece, apart from those in boxes about others."""
    for at, block in enumerate(outline.blocks):
        text = block.text
        if len(text) > SHORT or not (BEGINS.match(text) or " by " in text):
            continue
        signs = SIGNED.match(text) or (len(text) <= LABEL and is_label(text))
        if signs and not boxed(outline, block.element, READERS_AND_OTHERS):
            yield Line(outline, at)


def _signature(found: Line) -> str | None:
    return names_after("\n".join(found.pieces())) if SIGNED.match(found.text) else None


def _boxed(markup: Markup) -> Iterator[str]:
    """The different names in elements that are marked as an author's, wherever they stand."""
    outline = markup.outline
    tried: set[str] = set()
    names: set[str] = set()
    for node in markup.tree.css(AUTHOR_BOXES):
        column = outline.column(node)
        if column is None or not is_authors(outline.attributes(column)):
            continue
        inner = islice(node.traverse(include_text=True), NODES)
        texts = (squeeze(one.text_content or "") for one in inner if one.is_text_node and not one.is_empty_text_node)
        first = list(islice(texts, FIRST))
        # A name stands in several such elements, one in the other.
        if "".join(first[:1]) in tried or boxed(outline, column, OTHER_BOXES):
            continue
        tried.update(first[:1])
        name = name_among(first)
        if name and name not in names and is_person(outline, name):
            names.add(name)
            yield name
