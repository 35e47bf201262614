"""What of a page is given to the parser: all of a real one, and of one built to take long what is soon read.

An HTML parser that follows the standard takes time that grows with the square of how deep elements nest and of how many
attributes one has. The deepest real page seen has some dozens of levels.
"""

from __future__ import annotations

import re

import numpy as np

__all__ = ["bounded"]

LONGEST = 4_000_000
"""Characters that are read of a page; the longest real one seen has 1.5 million, nearly all of it scripts."""

MOST_TAGS = 60_000
"""Tags that are read; the real page with the most has ten thousand."""

LONG = 50_000
"""Characters of a tag below which its attributes cannot take long."""

SUSPICIOUS = 10_000
"""Tags below which nesting cannot take long."""

DEEPEST = 512
"""Levels of nesting at which the rest is left out: where browsers stop, too."""

BRACKET = ord("<")
LONG_TAG = re.compile(rf"<([a-zA-Z][\w-]*)\b[^<>]{{{LONG},}}>?")
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
WITHOUT_END = (
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
    *("p", "li", "dt", "dd", "tr", "td", "th", "option"),
)
"""Elements that have no end tag, or need none."""


def bounded(page: str, utf8: bytes | None = None) -> str:
    """The page, cut where it goes beyond what a page of news can be, overlong tags without their attributes. ``utf8``
    is the same page in UTF-8, where that is at hand: brackets are counted much faster in it."""
    page = page[:LONGEST]
    if _may_have_long_tag(page):
        page = LONG_TAG.sub(r"<\1>", page)
    brackets = page.count("<") if utf8 is None else np.count_nonzero(np.frombuffer(utf8, np.uint8) == BRACKET)
    return page if brackets <= SUSPICIOUS else _cut(page)


def _may_have_long_tag(page: str) -> bool:
    """Whether so many characters stand behind an opening bracket without another of either kind. Looks at few of them:
    from the last bracket within reach to the next."""
    at = 0
    while 0 <= at < len(page) - LONG:
        last = page.rfind("<", at + 1, at + LONG)
        if last < 0 and page.find(">", at, at + LONG) < 0:
            return True
        at = last if last > 0 else page.find("<", at + LONG)
    return False


def _cut(page: str) -> str:
    depth = 0
    for count, tag in enumerate(TAG.finditer(page)):
        if tag[1]:
            depth -= depth > 0
        elif tag[2].lower() not in WITHOUT_END:
            depth += 1
        if depth > DEEPEST or count > MOST_TAGS:
            return page[: tag.start()]
    return page
