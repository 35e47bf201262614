"""What speaks for and against an item telling of one event with others: figures for the scorer, words for the reader.

An item is held against all its candidates at once: what they share with it is found in one search, and each feature is
one operation over all that is shared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

import numpy as np

from storydesk.group.agreeing import Common, in_common
from storydesk.group.rarity import rarity
from storydesk.group.traits import Traits
from storydesk.group.weighed import BAGS, BODY, FACTS, HEAD, HELD, TERM, TITLE_BOOST, Facts, Floats, Weighed
from storydesk.group.words import CALENDAR

__all__ = ["FEATURES", "days_apart", "evidence", "in_words"]

FEATURES = (
    *("title", "lead", "plain", "body", "names"),
    *("names_least", "title_least", "lead_least"),
    *("names_most", "title_most", "lead_most"),
    *("lead_root", "body_root", "body_squared", "clash", "names_common"),
    *("shared_rarity", "rarest", "rarest_name"),
    *("numbers", "numbers_shared", "numbers_common", "phrases", "phrases_shared", "phrases_rare"),
    *("gap_within_week", "gap_beyond_week", "undated", "first_weekday", "weekdays"),
    *("shortest", "longest", "shortness"),
    *("meaning", "meaning_own", "same_source"),
)
"""What :func:`evidence` gives, in its order; ``docs/models/grouping.md`` explains each."""

TYPICAL_WORDS = 300
"""Lengths are measured against this, the part of an article that is read."""

FEWEST_WORDS = 20
SHORT_WORDS = 100
"""Below this many words chance likeness grows and every name counts for more."""

SHORTEST_WORDS = 8
DAY = 86_400.0
WEEK = 7.0
"""Days: within it each day tells, beyond it hardly (dates are often wrong by months, and then say nothing)."""

MOST_FIGURES = 5


def evidence(item: Weighed, others: Sequence[Weighed]) -> Floats:
    """The features of an item with each of the others (others, features), in the order of :data:`FEATURES`. Symmetric
    but for the last digits."""
    mine, theirs = _facts([item]), _facts(others)
    features = [
        *_of_terms(in_common(item, others), mine, theirs),
        *_of_time(mine, theirs),
        *_of_length(mine, theirs),
        _alike(item.vector, [other.vector for other in others]),
        _alike(item.own, [other.own for other in others]),
        np.array([bool(item.source) and item.source == other.source for other in others]),
    ]
    rows: Floats = np.array(features, dtype=np.float64).T
    return rows


def _of_terms(common: Common, mine: Facts, theirs: Facts) -> Sequence[Floats]:
    length, their_length = mine["length"].T, theirs["length"].T
    total, their_total = mine["total"].T, theirs["total"].T
    _, lead, _, body, _ = cosines = common.products / (length * their_length)
    held = common.by_other / total, common.by_item / their_total
    least, most = np.minimum(*held), np.maximum(*held)
    figures, phrases = common.figures, common.phrases
    return [
        *cosines,
        *least,
        *most,
        np.sqrt(lead),
        np.sqrt(body),
        body * body,
        (1 - least[NAMES]) * (1 - most[NAMES]),
        common.lead_names / (total[NAMES] + their_total[NAMES] - common.lead_names),
        _shared_rarity(common, length[LEAD], their_length[LEAD]),
        *common.rarest,
        figures / np.maximum(1, np.minimum(mine["figures"], theirs["figures"])),
        np.minimum(figures, MOST_FIGURES),
        figures / np.maximum(1, mine["figures"] + theirs["figures"] - figures),
        phrases / np.sqrt(np.maximum(1.0, mine["phrases"]) * np.maximum(1.0, theirs["phrases"])),
        np.log1p(phrases),
        common.rare_phrases / (mine["phrase_length"] * theirs["phrase_length"]),
    ]


def _shared_rarity(common: Common, length: Floats, their_length: Floats) -> Floats:
    """What the terms in both leads weigh at least in either, these being of length one."""
    alike, in_my_title, in_their_title = common.leads
    least: Floats = (
        alike / np.maximum(length, their_length)
        + in_my_title * np.minimum(TITLE_BOOST / length, 1 / their_length)
        + in_their_title * np.minimum(1 / length, TITLE_BOOST / their_length)
    )
    return least


LEAD, NAMES = BAGS.index("lead"), HELD.index("names")


def _of_time(mine: Facts, theirs: Facts) -> Sequence[Floats]:
    gap = _gaps(mine, theirs)
    undated = np.isnan(gap)
    gap[undated] = 0.0
    first, their_first = mine["first_weekday"], theirs["first_weekday"]
    both = np.bitwise_count(mine["weekdays"] & theirs["weekdays"])
    either = np.bitwise_count(mine["weekdays"] | theirs["weekdays"])
    return [
        np.log1p(np.minimum(gap, WEEK)),
        np.log1p(np.maximum(0.0, gap - WEEK)),
        undated,
        np.where(first == their_first, 1.0, -1.0) * (np.minimum(first, their_first) >= 0),
        both / np.maximum(1, either),
    ]


def _of_length(mine: Facts, theirs: Facts) -> Sequence[Floats]:
    shorter = np.minimum(mine["words"], theirs["words"])
    longer = np.maximum(mine["words"], theirs["words"])
    return [
        np.log(np.maximum(FEWEST_WORDS, shorter) / TYPICAL_WORDS),
        np.log(np.maximum(FEWEST_WORDS, longer) / TYPICAL_WORDS),
        np.maximum(0.0, np.log(SHORT_WORDS / np.maximum(SHORTEST_WORDS, shorter))),
    ]


def _alike(mine: bytes, others: Sequence[bytes]) -> Floats:
    """The cosine of meaning vectors; 0 where one is lacking."""
    if not mine:
        return np.zeros(len(others))
    none = bytes(len(mine))
    vectors = np.frombuffer(b"".join([mine, *(other or none for other in others)]), dtype="<f2")
    rows = vectors.astype(np.float32).reshape(1 + len(others), -1)
    cosines: Floats = (rows[1:] * rows[0]).sum(axis=1)
    return cosines


def _facts(items: Sequence[Weighed]) -> Facts:
    return np.frombuffer(b"".join([item.facts for item in items]), dtype=FACTS)


def _gaps(mine: Facts, theirs: Facts) -> Floats:
    """Days between the publications (or the days stated), not a number where one is undated."""
    exact = np.abs(mine["seconds"] - theirs["seconds"]) / DAY
    days: Floats = np.where(np.isnan(exact), np.abs(mine["day"] - theirs["day"]), exact)
    return days


def days_apart(one: Weighed, other: Weighed) -> float | None:
    """Days between the two publications (or days stated), or ``None`` where one is undated."""
    gap = float(_gaps(_facts([one]), _facts([other]))[0])
    return None if math.isnan(gap) else gap


def in_words(traits: Traits, item: Weighed, other: Weighed) -> tuple[str, ...]:
    """The evidence for people: shared names, shared rare words, closeness in time and meaning; strongest first, none
    where none. ``traits`` are those of ``item``."""
    terms = np.frombuffer(other.terms, dtype=TERM)
    known = set(terms["mark"][terms["part"] & (HEAD | BODY) > 0].tolist())
    mine = {*traits.title, *traits.lead, *(traits.body or ())} - CALENDAR
    shared = [form for _, form in sorted((-rarity(form), form) for form in mine if hash(form) in known)]
    named = (traits.names or {}) | other.names
    names = [named[form] for form in islice((form for form in shared if form in named), 5)]
    rare = list(islice((form for form in shared if form not in named and form.isalpha() and rarity(form) > RARE), 4))
    told: list[str] = []
    if names:
        told.append("shares the names " + ", ".join(names))
    if rare:
        told.append("rare words: " + ", ".join(rare))
    gap = days_apart(item, other)
    if gap is not None:
        told.append(f"published {_span(gap)} apart")
    if item.vector and other.vector:
        told.append(f"meaning {_alike(item.vector, [other.vector])[0]:.2f}")
    return tuple(told)


RARE = 4.0
"""A word worth naming as evidence stands in less than one article of fifty."""


def _span(days: float) -> str:
    if days >= 2:
        return f"{days:.0f} days"
    hours = round(days * 24)
    return f"{hours} hour{'' if hours == 1 else 's'}" if hours else "less than an hour"
