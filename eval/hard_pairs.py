"""Written-by-rule training pairs for grouping: what the labelled sets hold too little of.

Cut items are short, as feeds and videos are. Twins tell the same in the same words of other people, places and
figures: the flood in the next town, the next quarter, the other court case. Columns share source and headline and
nothing else. Items come from the labelled sets; no twin is shown to anyone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from storydesk.group.words import read_words, term
from storydesk.model import Item

__all__ = ["columns", "cut", "twins"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W_]+)*|\d[\d.,]*")
SHORT = (12, 70)
"""Words of a cut item: from one sentence to a short dispatch."""

SWAPPED = (0.5, 1.0)
"""Share of the names that differ between twins: court, country or paper may be the same."""

SAME_SOURCE = 0.5
"""Share of twins from the same source."""

LATER = (0.0, 0.0, 0.1, 1.0, 2.0, 4.0, 7.0, 7.0, 30.0, 364.0)
"""Days between twins."""


def cut(item: Item, chance: random.Random) -> Item:
    """The item with nothing but the opening words of its text."""
    words = chance.randint(*SHORT)
    opening = re.match(rf"\s*(?:\S+\s+){{0,{words}}}", item.text)
    return replace(item, text=opening.group() if opening else "")


def twins(items: Sequence[Item], chance: random.Random) -> list[tuple[Item, Item]]:
    """Each item beside its twin."""
    pool = sorted({shape for item in items for shape in read_words(item.text)[1].values() if shape.isalpha()})
    return [(item, _twin(item, pool, chance)) for item in items]


def columns(items: Sequence[Item], chance: random.Random) -> list[tuple[Item, Item]]:
    """Each item beside another text under its headline, of its source, some days on."""
    others = list(items)
    chance.shuffle(others)
    return [
        (item, _later(replace(item, id=f"{item.id} column", text=other.text), chance))
        for item, other in zip(items, others, strict=True)
        if item.text != other.text
    ]


def _twin(item: Item, pool: Sequence[str], chance: random.Random) -> Item:
    share = chance.uniform(*SWAPPED)
    names = read_words(item.text)[1]
    other = {form: chance.choice(pool) for form in names if chance.random() < share}

    def swap(found: re.Match[str]) -> str:
        word = found.group()
        if word[0].isdigit():
            figure = int(re.sub(r"\D", "", word) or 5)
            return str(chance.randint(2, 10 * figure + 9)) if chance.random() < share else word
        return other.get(term(word), word) if word[0].isupper() else word

    source = item.source if chance.random() < SAME_SOURCE else None
    title, text = WORD.sub(swap, item.title), WORD.sub(swap, item.text)
    return _later(replace(item, id=f"{item.id} twin", source=source, title=title, text=text), chance)


def _later(item: Item, chance: random.Random) -> Item:
    if item.published is None:
        return item
    return replace(item, published=item.published + timedelta(days=chance.choice(LATER)))
