"""Written-by-rule training pairs for grouping: what the labelled sets hold too little of.

Cut items are short, as feeds and videos are. Twins tell the same in the same words of other people, places and
figures: the flood in the next town, the next quarter, the other court case. Columns share source and headline and
nothing else; instalments of a column share set phrases and names too. Reprints are one text in two outlets. Items
come from the labelled sets; no twin is shown to anyone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest

from storydesk.group.words import read_words, term
from storydesk.model import Item

__all__ = ["columns", "cut", "instalments", "reprints", "twins"]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W_]+)*|\d[\d.,]*")
FIGURE = re.compile(r"\d[\d.,]*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
SHORT = (12, 70)
"""Words of a cut item: from one sentence to a short dispatch."""

SWAPPED = (0.5, 1.0)
"""Share of the names that differ between twins: court, country or paper may be the same."""

SAME_SOURCE = 0.5
"""Share of twins from the same source."""

LATER = (0.0, 0.0, 0.1, 1.0, 2.0, 4.0, 7.0, 7.0, 30.0, 364.0)
"""Days between twins."""

KEPT = (0.1, 0.5)
"""Share of the sentences that the next instalment of a column has again."""

INSTALMENTS = (1.0, 2.0, 4.0, 7.0, 7.0, 7.0, 30.0)
"""Days between them."""

CUT_TO = (0.2, 1.3)
"""Share of the words that a reprint keeps; beyond 1 all."""

RETITLED = 0.5
"""Share of the reprints under a headline of their own."""

REPRINTED_WITHIN = 6.0
"""Days, most of them soon."""


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


def instalments(items: Sequence[Item], chance: random.Random) -> list[tuple[Item, Item]]:
    """Each item beside the next of its column: its headline, some of its sentences with other figures, the rest from
    another text, of its source, some days on."""
    others = list(items)
    chance.shuffle(others)
    return [
        (item, _instalment(item, other, chance))
        for item, other in zip(items, others, strict=True)
        if item.text != other.text
    ]


def _instalment(item: Item, other: Item, chance: random.Random) -> Item:
    kept = chance.uniform(*KEPT)
    own, new = SENTENCE_END.split(item.text), SENTENCE_END.split(other.text)
    sentences = [one if chance.random() < kept else two for one, two in zip_longest(own, new, fillvalue="")]

    def other_figure(found: re.Match[str]) -> str:
        return str(chance.randint(2, 10 * int(re.sub(r"\D", "", found.group()) or 5) + 9))

    text = FIGURE.sub(other_figure, " ".join(filter(None, sentences)))
    published = item.published and item.published + timedelta(days=chance.choice(INSTALMENTS))
    return replace(item, id=f"{item.id} instalment", text=text, published=published)


def reprints(items: Sequence[Item], chance: random.Random) -> list[tuple[Item, Item]]:
    """Each item beside its copy in another outlet: as it is or cut, under its headline or its first line, up to some
    days later."""
    return [(item, _reprint(item, chance)) for item in items]


def _reprint(item: Item, chance: random.Random) -> Item:
    words = item.text.split(" ")
    text = " ".join(words[: max(1, round(len(words) * chance.uniform(*CUT_TO)))])
    first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    title = first if chance.random() < RETITLED else item.title
    later = timedelta(days=REPRINTED_WITHIN * chance.random() ** 2)
    published = item.published and item.published + later
    return replace(item, id=f"{item.id} reprint", source=None, title=title, text=text, published=published)


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
