"""What speaks for and against two items telling of one event: figures for the scorer, words for the reader."""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from storydesk.group.phrases import Phrases, shared
from storydesk.group.rarity import rarity
from storydesk.group.traits import Traits
from storydesk.group.words import CALENDAR

__all__ = ["FEATURES", "Weighed", "days_apart", "evidence", "in_words", "shortness"]

FEATURES = (
    "title",
    "lead",
    "body",
    "names",
    "names_least",
    "names_most",
    "title_least",
    "title_most",
    "meaning",
    "numbers",
    "numbers_shared",
    "gap_within_week",
    "gap_beyond_week",
    "undated",
    "same_source",
    "shortest",
    "longest",
    "shared_rarity",
    "lead_root",
    "body_root",
    "body_squared",
    "names_common",
    "numbers_common",
    "rarest",
    "clash",
    "plain",
    "lead_least",
    "lead_most",
    "rarest_name",
    "phrases",
    "phrases_shared",
    "first_weekday",
    "weekdays",
    "shortness",
)
"""What :func:`evidence` gives, in its order; ``docs/models/grouping.md`` explains each."""

TITLE_BOOST = 1.5
"""A headline's words say more of the event than the lead's (Giveme5W1H and TDT systems weigh them alike)."""

TYPICAL_WORDS = 300
"""Lengths are measured against this, the part of an article that is read."""

FEWEST_WORDS = 20
SHORT_WORDS = 100
"""Below this many words chance likeness grows and every name counts for more."""

SHORTEST_WORDS = 8
DAY = 86_400.0
WEEK = 7.0
"""Days: within it each day tells, beyond it hardly (dates are often wrong by months, and then say nothing)."""

Bag = Mapping[str, float]


@dataclass(frozen=True)
class Weighed:
    """Traits with their terms weighed by rarity: what two items are compared by. ``title``, ``lead``, ``body``,
    ``names`` and ``plain`` (the words of title and lead that are no names) have length one."""

    traits: Traits
    title: Bag
    lead: Bag
    body: Bag
    names: Bag
    plain: Bag
    lead_names: Bag
    lead_weights: Bag
    title_weights: Bag
    phrases: Phrases
    vector: NDArray[np.float32] | None
    words: int

    @classmethod
    def of(cls, traits: Traits) -> Weighed:
        """Weighs the terms of an item. A pure function: the same traits weigh the same wherever they are."""
        body = traits.body or {}
        names = traits.names or {}
        title = {form: rarity(form) for form in traits.title}
        lead = {form: rarity(form) for form in traits.lead}
        weights = title | lead
        return cls(
            traits=traits,
            title=_unit(title),
            lead=_unit({form: weight * TITLE_BOOST for form, weight in title.items()} | lead),
            body=_unit({form: rarity(form) * (1 + math.log(count)) for form, count in body.items()}),
            names=_unit({form: rarity(form) * (1 + math.log(body.get(form, 1))) for form in names}),
            plain=_unit({form: weight for form, weight in weights.items() if form not in names and form.isalpha()}),
            lead_names={form: weight for form, weight in weights.items() if form in names},
            lead_weights=weights,
            title_weights=title,
            phrases=np.frombuffer(traits.phrases, dtype="<u4"),
            vector=_vector(traits.vector),
            words=sum(body.values()),
        )

    @cached_property
    def names_total(self) -> float:
        """What the names of title and lead weigh together."""
        return sum(self.lead_names.values())

    @cached_property
    def lead_total(self) -> float:
        """What the terms of title and lead weigh together."""
        return sum(self.lead_weights.values())

    @cached_property
    def title_total(self) -> float:
        """What the title's terms weigh together."""
        return sum(self.title_weights.values())

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The figures of title and lead."""
        return frozenset(self.traits.numbers)

    @cached_property
    def terms(self) -> frozenset[str]:
        """All terms that are known of the item."""
        return frozenset(self.body) | frozenset(self.lead)


def evidence(a: Weighed, b: Weighed) -> tuple[float, ...]:
    """The features of a pair, in the order of :data:`FEATURES`. Symmetric."""
    names = (_held(a.lead_names, b.terms, a.names_total), _held(b.lead_names, a.terms, b.names_total))
    title = (_held(a.title_weights, b.terms, a.title_total), _held(b.title_weights, a.terms, b.title_total))
    leads = (_held(a.lead_weights, b.terms, a.lead_total), _held(b.lead_weights, a.terms, b.lead_total))
    lead, body = _dot(a.lead, b.lead), _dot(a.body, b.body)
    gap = days_apart(a.traits, b.traits)
    week, beyond = (min(gap, WEEK), max(0.0, gap - WEEK)) if gap is not None else (0.0, 0.0)
    mine, yours = a.numbers, b.numbers
    figures = len(mine & yours)
    in_both = [form for form in a.lead if form in b.lead]
    said = shared(a.phrases, b.phrases)
    return (
        _dot(a.title, b.title),
        lead,
        body,
        _dot(a.names, b.names),
        min(names),
        max(names),
        min(title),
        max(title),
        float(a.vector @ b.vector) if a.vector is not None and b.vector is not None else 0.0,
        figures / max(1, min(len(mine), len(yours))),
        float(min(figures, 5)),
        math.log1p(week),
        math.log1p(beyond),
        float(gap is None),
        float(bool(a.traits.source) and a.traits.source == b.traits.source),
        math.log(max(FEWEST_WORDS, min(a.words, b.words)) / TYPICAL_WORDS),
        math.log(max(FEWEST_WORDS, a.words, b.words) / TYPICAL_WORDS),
        sum(min(a.lead[form], b.lead[form]) for form in in_both),
        math.sqrt(lead),
        math.sqrt(body),
        body * body,
        _common(a.lead_names, b.lead_names, a.names_total, b.names_total),
        figures / max(1, len(mine | yours)),
        max(map(a.lead_weights.__getitem__, in_both), default=0.0),
        (1 - names[0]) * (1 - names[1]),
        _dot(a.plain, b.plain),
        min(leads),
        max(leads),
        max((rarity(form) for form in a.names if form in b.names), default=0.0),
        said / math.sqrt(max(1, a.phrases.size) * max(1, b.phrases.size)),
        math.log1p(said),
        *_weekdays(a.traits.weekdays, b.traits.weekdays),
        shortness(a, b),
    )


def shortness(a: Weighed, b: Weighed) -> float:
    """How short the shorter of two items is: 0 from 100 words on, up to 2.5 (the logarithm of 100 words over its
    own)."""
    return max(0.0, math.log(SHORT_WORDS / max(SHORTEST_WORDS, min(a.words, b.words))))


def days_apart(a: Traits, b: Traits) -> float | None:
    """Days between the two publications (or dates stated), or ``None`` where one is undated."""
    if a.published is not None and b.published is not None:
        return abs((a.published - b.published).total_seconds()) / DAY
    mine, yours = _day(a), _day(b)
    return None if mine is None or yours is None else float(abs((mine - yours).days))


def _weekdays(mine: tuple[int, ...], yours: tuple[int, ...]) -> tuple[float, float]:
    """Whether the first weekday is the same (1) or another (-1), and the share of weekdays in common (Jaccard)."""
    first = (1.0 if mine[0] == yours[0] else -1.0) if mine and yours else 0.0
    both = len(set(mine) & set(yours))
    return first, both / max(1, len(mine) + len(yours) - both)


def _day(traits: Traits) -> date | None:
    return traits.published.date() if traits.published else traits.stated


def in_words(a: Weighed, b: Weighed) -> tuple[str, ...]:
    """The evidence for people: shared names, shared rare words, closeness in time and meaning; strongest first, none
    where none."""
    shared = sorted((a.terms & b.terms) - CALENDAR, key=lambda form: (-rarity(form), form))
    named = (a.traits.names or {}) | (b.traits.names or {})
    names = [named[form] for form in islice((form for form in shared if form in named), 5)]
    rare = list(islice((form for form in shared if form not in named and form.isalpha() and rarity(form) > RARE), 4))
    told: list[str] = []
    if names:
        told.append("shares the names " + ", ".join(names))
    if rare:
        told.append("rare words: " + ", ".join(rare))
    gap = days_apart(a.traits, b.traits)
    if gap is not None:
        told.append(f"published {_span(gap)} apart")
    if a.vector is not None and b.vector is not None:
        told.append(f"meaning {float(a.vector @ b.vector):.2f}")
    return tuple(told)


RARE = 4.0
"""A word worth naming as evidence stands in less than one article of fifty."""


def _span(days: float) -> str:
    if days >= 2:
        return f"{days:.0f} days"
    hours = round(days * 24)
    return f"{hours} hour{'' if hours == 1 else 's'}" if hours else "less than an hour"


def _unit(bag: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in bag.values())) or 1.0
    return {form: weight / length for form, weight in bag.items()}


def _dot(a: Bag, b: Bag) -> float:
    if len(b) < len(a):
        a, b = b, a
    total = 0.0
    for form, weight in a.items():
        if form in b:
            total += weight * b[form]
    return total


def _held(bag: Bag, terms: Container[str], total: float) -> float:
    """The share of a bag's weight, ``total``, whose forms are among ``terms``."""
    held = 0.0
    for form, weight in bag.items():
        if form in terms:
            held += weight
    return held / total if total else 0.0


def _common(a: Bag, b: Bag, total_a: float, total_b: float) -> float:
    """Weighted share of common members in the union (Jaccard)."""
    shared = _held(a, b, 1.0)
    either = total_a + total_b - shared
    return shared / either if either else 0.0


def _vector(stored: bytes) -> NDArray[np.float32] | None:
    return np.frombuffer(stored, dtype="<f2").astype(np.float32) if stored else None
