"""What the attributes of elements say of whose name stands in them: the author's, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from storydesk.read.outline import Outline

__all__ = ["AUTHOR_BOXES", "OTHER_BOXES", "READERS_AND_OTHERS", "boxed", "is_authors", "is_category"]

MARKED = re.compile(
    r"author(?!i|-?box-title)|byline|\bwriter|contributor|posted-?by|written|creator|journalist|reporter|autor|auteur"
    r"|redakteur",
    re.I,
)
"""In the names of what encloses an author's name."""

BESIDE = re.compile(
    r"bio\b|desc|role|job|position|social|follow|image|avatar|photo|excerpt|summary|email|count|more|-title|reviewer",
    re.I,
)
"""In such a name where what it encloses stands beside an author's name."""

OTHERS = "comment|related|recent|recommend|teaser|latest|popular|trending|carousel|testimonial|newsletter|bookmark"
READERS_AND_OTHERS = re.compile(OTHERS, re.I)
"""In the names of what encloses other pieces, or what readers say."""

OTHER_BOXES = re.compile(rf"{OTHERS}|card|widget|sidebar|next|footer|promo|quote", re.I)
"""In the names of what may enclose other pieces."""

AUTHOR_PAGE = re.compile(
    r"/(?:authors?|writers?|by|contributors?|people|staff|team|reporters?|autor(?:es|en)?|auteurs?)/[^/?#]+", re.I
)
"""The address of a page about an author."""

CATEGORY = re.compile(r"categor|\btags?\b|topic|breadcrumb", re.I)
"""In the names and the addresses of what says what a piece is about."""

OWN = re.compile(r"(?<!\S)(?:(?:has|tag|category|topic)-\S+|comments?-(?:open|closed|on|off)(?!\S))", re.I)
"""Classes that say of a piece what it is about, or that readers may comment on it."""

NAMED = frozenset(("class", "id", "rel", "itemprop", "data-testid"))
"""Attributes that name an element."""

AUTHOR_BOXES = ", ".join(
    (
        *('[rel~="author"]', '[itemprop~="author"]', 'a[href*="/author"]', 'a[href*="/by/"]', 'a[href*="/team/"]'),
        *('[class*="author" i]', '[class*="byline" i]'),
    )
)
"""A selector of elements that may be an author's."""

LEVELS = 4
"""Elements that are asked: one, and those around it."""

Attributes = Mapping[str, str | None]


def is_authors(attributes: Attributes) -> bool:
    """Whether an element with these attributes is named for an author, or leads to one's page."""
    for name, value in attributes.items():
        if value and name in NAMED and _names_author(value):
            return True
    return bool(AUTHOR_PAGE.search(attributes.get("href") or ""))


@lru_cache(4_096)
def _names_author(value: str) -> bool:
    return any(MARKED.search(mark) and not BESIDE.search(mark) for mark in value.split())


def is_category(attributes: Attributes) -> bool:
    """Whether an element with these attributes tells what a piece is about."""
    return any(
        value and (name in NAMED or name == "href") and CATEGORY.search(value) for name, value in attributes.items()
    )


def boxed(outline: Outline, column: int, names: re.Pattern[str]) -> bool:
    """Whether an element or one of the few around it has such a class or id, topics of a piece left aside."""
    around = map(outline.attributes, outline.ancestors(column, LEVELS))
    return any(_named(names, one.get("class") or "") or _named(names, one.get("id") or "") for one in around)


@lru_cache(4_096)
def _named(names: re.Pattern[str], value: str) -> bool:
    return bool(names.search(OWN.sub("", value)))
