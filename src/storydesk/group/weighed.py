"""What an item is compared by: its traits in two small arrays, so that a hundred thousand items are held and one is
held against many others at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storydesk.group import meaning
from storydesk.group.phrases import in_articles
from storydesk.group.rarity import articles, common, rarities
from storydesk.group.traits import Traits

__all__ = ["FACTS", "TERM", "Facts", "Floats", "Incoming", "Terms", "Weighed", "often"]

Floats = NDArray[np.float64]
Terms = NDArray[np.void]
"""Rows of ``TERM``."""

Facts = NDArray[np.void]
"""Rows of ``FACTS``."""

TERM = np.dtype([("mark", "<i8"), ("count", "<u4"), ("articles", "<u2"), ("part", "u1")], align=True)
"""A term, figure or phrase of an item, in 16 bytes: a number that stands for it within this process, how often the
body tells it, how many articles of the background hold it, and the parts of the item that it belongs to."""

PARTS = np.arange(1 << 6)
TITLE, HEAD, BODY, NAME, PLAIN, FIGURE = (1 << bit for bit in range(6))
"""The parts, added up for each term. ``HEAD`` is title or lead; ``PLAIN`` are the words of these that are no names."""

PHRASE = PARTS.size
"""What stands for a part with a phrase, which is nothing else."""

BAGS = ("title", "lead", "plain", "body", "names")
"""The bags of terms of which cosines are made; ``lead`` is that of title and lead."""

COUNTED = slice(3, 5)
"""The bags in which a term weighs the more the more often the body tells it."""

TITLE_BOOST = 1.5
"""A headline's words say more of the event than the lead's (Giveme5W1H and TDT systems weigh them alike)."""

IN_BAGS = np.stack(
    [
        PARTS & TITLE > 0,
        np.where(PARTS & TITLE, TITLE_BOOST, PARTS & HEAD > 0),
        PARTS & PLAIN > 0,
        PARTS & BODY > 0,
        PARTS & NAME > 0,
    ],
    dtype=np.float64,
)
"""What a term of these parts weighs in each bag (bags, parts), times its rarity, where it is told once."""

HELD = ("names", "title", "lead")
"""What of an item another one may hold, wherever it tells it: the names of title and lead, the title, both."""

IN_HELD = np.stack([PARTS & (HEAD | NAME) == HEAD | NAME, PARTS & TITLE > 0, PARTS & HEAD > 0])
"""Whether a term of these parts belongs to each of ``HELD`` (held, parts)."""

OFTEN = 1.0 + np.log(np.arange(1 << 12).clip(1))
"""How many times as much a term weighs for being told so often; more often comes up nowhere."""

FACTS = np.dtype(
    [
        ("length", "<f8", len(BAGS)),
        ("total", "<f8", len(HELD)),
        ("phrase_length", "<f8"),
        ("seconds", "<f8"),
        ("day", "<f8"),
        ("words", "<i4"),
        ("figures", "<i4"),
        ("phrases", "<i4"),
        ("weekdays", "u1"),
        ("first_weekday", "i1"),
    ],
    align=True,
)
"""The length of each bag as a vector, and what the terms of each of ``HELD`` weigh together, 1 where there are none;
the length of the phrases as a vector, each weighed by the square of its rarity, likewise;
the time of publication (Unix time), and its day or else the day stated (ordinal), not a number where unknown; how many
words the opening has, how many figures and phrases are known; the weekdays named, a bit for each, and the first of
them, -1 for none."""


KEYS = 24
"""The heaviest terms of an item by which it is found."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item as it is compared: rows of ``TERM``, those of the body first, and one of ``FACTS``, as bytes, which are
    joined fast; ``own`` is what of the meaning is its own, like ``vector``; the rest as in :class:`Traits`."""

    id: str
    source: str | None
    language: str | None
    names: dict[str, str]
    terms: bytes
    facts: bytes
    vector: bytes
    own: bytes

    @classmethod
    def of(cls, traits: Traits) -> Weighed:
        """Weighs the terms of an item. The same traits weigh the same, whatever else there is."""
        return Incoming.of(traits).weighed


class Incoming(NamedTuple):
    """An item that comes in: its traits, what it is compared by, and the ``keys`` by which it is found, the heaviest
    terms of its body that are not common, with their weights."""

    traits: Traits
    weighed: Weighed
    keys: Mapping[str, float]

    @classmethod
    def of(cls, traits: Traits) -> Incoming:
        """Weighs an item and picks its keys."""
        words, phrases = _words(traits), _phrases(traits)
        rare = rarities().take(words["articles"])
        weights = IN_BAGS.take(words["part"], axis=1) * rare
        weights[COUNTED] *= often(words["count"])
        lengths = _or_one(np.sqrt(np.einsum("ij,ij->i", weights, weights)))
        totals = _or_one(IN_HELD.take(words["part"], axis=1) @ rare)
        told = _or_one(np.linalg.norm(rarities().take(phrases["articles"]) ** 2))
        weighed = Weighed(
            id=traits.id,
            source=traits.source,
            language=traits.language,
            names=traits.names or {},
            terms=words.tobytes() + phrases.tobytes(),
            facts=_facts(traits, lengths, totals, told).tobytes(),
            vector=traits.vector,
            own=meaning.own(traits.vector),
        )
        body = BAGS.index("body")
        everywhere = common()
        bag = zip((weights[body] / lengths[body]).tolist(), traits.body or (), strict=False)
        telling = [(weight, term) for weight, term in bag if term not in everywhere]
        telling.sort(reverse=True)
        return cls(traits, weighed, {term: weight for weight, term in telling[:KEYS]})


def often(counts: NDArray[np.uint32]) -> Floats:
    """How many times as much terms weigh for being told so often."""
    times: Floats = OFTEN.take(counts, mode="clip")
    return times


def _words(traits: Traits) -> Terms:
    """The terms and figures of an item, those of the body first."""
    body, names = traits.body or {}, traits.names or {}
    parts = dict.fromkeys(body, BODY)
    for forms, part in (
        (traits.title, TITLE | HEAD),
        (traits.lead, HEAD),
        (tuple(names), NAME),
        (traits.numbers, FIGURE),
    ):
        for form in forms:
            plain = PLAIN if part & HEAD and form.isalpha() and form not in names else 0
            parts[form] = parts.get(form, 0) | part | plain
    words = np.zeros(len(parts), dtype=TERM)
    words["mark"] = list(map(hash, parts))
    words["count"][: len(body)] = list(body.values())
    words["articles"] = list(map(articles().get, parts, repeat(0)))
    words["part"] = list(parts.values())
    return words


def _phrases(traits: Traits) -> Terms:
    marks = np.frombuffer(traits.phrases, dtype="<u4")
    phrases = np.zeros(len(marks), dtype=TERM)
    phrases["mark"], phrases["part"], phrases["articles"] = marks, PHRASE, in_articles(marks)
    return phrases


def _facts(traits: Traits, lengths: Floats, totals: Floats, told: Floats) -> Facts:
    day = traits.published.date() if traits.published else traits.stated
    facts = np.zeros(1, dtype=FACTS)
    facts["length"] = lengths
    facts["total"] = totals
    facts["phrase_length"] = told
    facts["seconds"] = math.nan if traits.published is None else traits.published.timestamp()
    facts["day"] = math.nan if day is None else day.toordinal()
    facts["words"] = sum((traits.body or {}).values())
    facts["figures"] = len(traits.numbers)
    facts["phrases"] = len(traits.phrases) // 4
    facts["weekdays"] = sum(1 << day for day in traits.weekdays)
    facts["first_weekday"] = traits.weekdays[0] if traits.weekdays else -1
    return facts


def _or_one(sums: Floats | np.floating) -> Floats:
    return np.where(sums > 0, sums, 1.0)
