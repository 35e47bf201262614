"""The text of a page: the blocks that are its article, in order, or another reader's where ours is not sure.

The classifier says of each block how likely it belongs (:mod:`storydesk.read.blocks`), and of the page how good its
best choice is expected to be. Where that is little, the page is handed to trafilatura, which knows other things.
(The types of the loop over the blocks stand in ``body.pxd``, by which it is compiled.)
"""

from __future__ import annotations

import logging
from typing import Any

from storydesk.read.blocks import likely, weights, worth
from storydesk.read.comments import Thread
from storydesk.read.dateline import is_credit
from storydesk.read.features import features
from storydesk.read.fragment import PARAGRAPH, lines, paragraphs
from storydesk.read.headline import same_line
from storydesk.read.markup import Markup
from storydesk.read.outline import INSIDE, Block

__all__ = ["SURE", "body", "candidates", "handed_over"]

FOOTER = INSIDE["footer"]
FOOTERS = FOOTER | INSIDE["article"]

MENU_ITEMS, MENU_WORDS, ALL_LINK = 4, 7, 0.9
"""Blocks in a row, the words that each has at the most less one, and the share of it in links, that make a menu."""

SURE = 0.85
"""Expected F1 below which a page is handed over."""

LARGEST, MOST_ELEMENTS = 2_000_000, 20_000
"""Characters and elements of a page up to which it is handed over: trafilatura's time grows faster than a page."""

FULLER = 2
"""How many times as many words the text in JSON-LD must have as the text read for it to be taken instead."""

HEAD_LINES = 3
"""Lines in which a repeated headline is looked for (a kicker or a date may stand before it)."""


def body(markup: Markup, title: str, comments: Thread) -> str:
    """The article's text, one line a paragraph, a blank line between two; empty where there is none."""
    blocks = markup.outline.blocks
    places = [place for place in candidates(blocks) if place not in comments.blocks]
    kept, sure = _chosen(markup, places)
    text = PARAGRAPH.join(_below(title, list(lines(markup.outline, kept))))
    if sure < SURE and len(markup.page) <= LARGEST and len(markup.outline.tags) <= MOST_ELEMENTS:
        text = handed_over(markup.page, title) or text
    declared = markup.body
    return declared if declared.count(" ") > FULLER * text.count(" ") else text


def candidates(blocks: list[Block]) -> list[int]:
    """The places of the blocks that can be the article's: all but those in footers (not an article's own) and menus,
    which are several short links in a row."""
    found: list[int] = []
    menu: list[int] = []
    for place, block in enumerate(blocks):
        if block.inside & FOOTERS == FOOTER:
            continue
        if block.linked >= ALL_LINK * len(block.text) and block.text.count(" ") < MENU_WORDS:
            menu.append(place)
            continue
        found += [*(menu if len(menu) < MENU_ITEMS else ()), place]
        menu = []
    return [*found, *(menu if len(menu) < MENU_ITEMS else ())]


def _chosen(markup: Markup, places: list[int]) -> tuple[list[int], float]:
    """Of the blocks at these places those that are the article, and the F1 expected of that choice."""
    if not places:
        return [], 0.0
    blocks = [markup.outline.blocks[place] for place in places]
    seen = features(markup.outline, blocks, (markup.headlines, markup.description, markup.body))
    mask, sure = worth(likely(seen, weights()), seen.lengths)
    return [place for place, kept in zip(places, mask.tolist(), strict=True) if kept], sure


def _below(title: str, lines: list[str]) -> list[str]:
    """The lines without a repeated headline, and without names and a date, near their beginning."""
    head = [line for line in lines[:HEAD_LINES] if not same_line(line, title) and not is_credit(line)]
    return [*head, *lines[HEAD_LINES:]]


def handed_over(page: str, title: str) -> str:
    """What trafilatura reads of a page, without a repeated headline; empty where it finds nothing."""
    import trafilatura

    # It reports every page without text as an error of its own; ours is raised by the caller.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found: Any = trafilatura.bare_extraction(page, fast=False, include_comments=False, include_tables=True)
    except (RecursionError, AttributeError, IndexError, ValueError):
        return ""
    return PARAGRAPH.join(_below(title, paragraphs((found.text or "").splitlines() if found else ()).split(PARAGRAPH)))
