"""HTML as feeds carry it, to plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from storydesk.read.bounds import bounded
from storydesk.read.outline import Outline, outline

__all__ = ["PARAGRAPH", "lines", "paragraphs", "text_from"]

PARAGRAPH = "\n\n"
"""What stands between two paragraphs of an item's text, everywhere."""

CELLS = frozenset(("td", "th"))
CELL = " | "

MOSTLY_LINK = 0.4
"""Share of a closing paragraph's letters inside links from which it leads on ("Continue reading", "The post … first
appeared on …")."""

MARKUP = re.compile(r"<[a-zA-Z/!]|&#?\w+;")


def text_from(fragment: str) -> str:
    """The words of an HTML fragment, one paragraph for each block; a last paragraph that only leads on is dropped."""
    if not MARKUP.search(fragment):
        return paragraphs(fragment.splitlines())
    found = outline(LexborHTMLParser(bounded(fragment)), breaks=1)
    while len(found.blocks) > 1 and found.blocks[-1].linked >= MOSTLY_LINK * len(found.blocks[-1].text):
        found.blocks.pop()
    return paragraphs(lines(found, range(len(found.blocks))))


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs: white space squeezed, empty ones dropped."""
    squeezed = (" ".join(line.split()) for line in lines)
    return PARAGRAPH.join(line for line in squeezed if line)


def lines(page: Outline, places: Iterable[int]) -> Iterable[str]:
    """The blocks at these places, a line each; the cells of one row of a table on one line."""
    row, cells = -1, list[str]()
    for block in map(page.blocks.__getitem__, places):
        cell = page.tags[block.element] in CELLS
        here = page.parents[block.element] if cell else -1
        if cells and here != row:
            yield CELL.join(cells)
            cells = []
        row = here
        if cell:
            cells.append(block.text)
        else:
            yield block.text
    if cells:
        yield CELL.join(cells)
