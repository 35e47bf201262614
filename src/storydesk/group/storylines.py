"""Which stories belong to one longer affair, and why, without being one event: the crime and the trial, the plan and
the vote on it, the days of a siege (``docs/decisions/0016-storylines.md``).

What two stories share is added up: persons and organisations, weighed by how rare they are and how central to both;
places, which alone are never enough; rare words; meaning. The longer the time between them, the more it takes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from storydesk.group.gists import Central, Gist
from storydesk.group.rarity import rarity
from storydesk.group.words import read_words

__all__ = ["LINKED", "Link", "Spread", "affair", "link"]

LINKED = 0.5
"""The least score of a link."""

ENOUGH = 1.5
"""What must be shared for a link by two stories of one day: more than one rare name that is central to both."""

A_YEAR_MORE = 0.4
"""What must be shared besides, where a year lies between them; less time asks for less, by its logarithm."""

COMMON_NAME, RARE_NAME = 3.5, 8.0
"""Rarities (:func:`storydesk.group.rarity.rarity`) at which a name counts for nothing and in full."""

PLACE, PLACES = 0.5, 0.7
"""What a place counts for beside a person or an organisation, and all places together at most."""

LONE = 0.75
"""What a person counts for who has a single name and is unknown: news names people in full, so it may be a place."""

TERM, TERMS = 0.25, 1.0
"""What a word that no other article has counts for, and all words together at most."""

NAMES_LEAST = 0.35
"""Names must bear at least so much of it: words alone tell of a kind of event."""

ALIKE = 0.45
"""The meaning (cosine) that two stories of one section have anyhow."""

SERIES = 0.75
"""Likeness of two headings (Jaccard) of one source that makes them numbers of a series, such as a column."""

FEW_STORIES = 50
"""A desk with fewer stories cannot say how common a name is on it."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of a desk's ``stories`` have each name among their central ones."""

    stories: int = 0
    holding: Mapping[str, int] | None = None

    def rarity(self, key: str) -> float:
        """Inverse document frequency on the desk, on the scale of the background's; infinite where it cannot say."""
        held = (self.holding or {}).get(key, 0)
        if self.stories < FEW_STORIES or held <= 2:
            return math.inf
        return math.log((self.stories + 1) / (held + 1)) + 2.0


@dataclass(frozen=True, slots=True)
class Link:
    """That two stories belong to one affair. ``score`` is 0.5 to 1, ``why`` the reason in words, strongest first."""

    one: str
    other: str
    score: float
    why: tuple[str, ...]


def link(one: Gist, other: Gist, spread: Spread = Spread()) -> Link | None:
    """The link of two stories, ``None`` where they share too little or are numbers of a series. Symmetric."""
    if _series(one, other):
        return None
    names = _names(one, other, spread)
    people = sum(weight for weight, central in names if central.kind != "place")
    places = min(PLACES, sum(weight for weight, central in names if central.kind == "place"))
    if people + places < NAMES_LEAST:
        return None
    words = _words(one, other)
    meaning = _cosine(one.vector, other.vector)
    shared = people + places + min(TERMS, sum(weight for weight, _ in words)) + max(0.0, meaning - ALIKE)
    gap = _days_between(one, other)
    score = shared / (2 * (ENOUGH + A_YEAR_MORE * math.log1p(gap or 0.0) / math.log1p(365)))
    if score < LINKED:
        return None
    return Link(one.story, other.story, round(min(1.0, score), 3), _reasons(names, words, gap))


def affair(one: Gist, others: Iterable[Gist], spread: Spread = Spread()) -> tuple[Link, ...]:
    """The stories that belong to one affair with ``one``, the closest first."""
    found = [made for other in others if other.story != one.story and (made := link(one, other, spread))]
    return tuple(sorted(found, key=lambda made: (-made.score, made.other)))


def _names(one: Gist, other: Gist, spread: Spread) -> list[tuple[float, Central]]:
    """The names in both, with what each counts for, heaviest first.

    A name that was recognised in one story alone counts where the other has its words: names are missed, above all in
    languages without a parser.
    """
    found = []
    for key, mine in one.names.items():
        if theirs := other.names.get(key):
            found.append((math.sqrt(mine.weight * theirs.weight), key, min(mine, theirs, key=_modest)))
    for named, told in ((one, other), (other, one)):
        missed = ((key, mine) for key, mine in named.names.items() if key not in told.names)
        found += [(math.sqrt(mine.weight * held), key, mine) for key, mine in missed if (held := _held(mine, told))]
    weighed = [(weight * _known(key, central, spread), central) for weight, key, central in found]
    return _once(sorted(weighed, key=lambda pair: (-pair[0], pair[1].name)))


def _once(names: list[tuple[float, Central]]) -> list[tuple[float, Central]]:
    """The names without those that share a word with a heavier one: one thing written in two ways is no second one."""
    seen: set[str] = set()
    kept = []
    for weight, central in names:
        words = set(read_words(central.name)[0])
        if seen.isdisjoint(words):
            kept.append((weight, central))
        seen |= words
    return kept


def _modest(central: Central) -> tuple[bool, bool, str, str]:
    """Where two stories take a name for different things, it counts for the least of them."""
    return central.kind != "place", central.kind != "person", central.kind, central.name


def _known(key: str, central: Central, spread: Spread) -> float:
    """What a name says that is the most central one of both stories, 0 to 1."""
    rare = min(max(map(rarity, read_words(central.name)[0]), default=0.0), spread.rarity(key))
    known = min(1.0, max(0.0, (rare - COMMON_NAME) / (RARE_NAME - COMMON_NAME)))
    if central.kind == "place":
        return known * PLACE
    lone = central.kind == "person" and key == central.name.casefold() and " " not in key
    return known * LONE if lone else known


def _held(central: Central, other: Gist) -> float:
    """How central the words of a name (of a person's, the last) are among those of a story that are part of no
    name."""
    words = read_words(central.name)[0]
    return min(
        (other.terms.get(form, 0.0) for form in (words[-1:] if central.kind == "person" else words)), default=0.0
    )


def _words(one: Gist, other: Gist) -> list[tuple[float, str]]:
    """The rare words in both, with what each counts for, heaviest first."""
    found = []
    for form, mine in one.terms.items():
        if theirs := other.terms.get(form):
            found.append((TERM * rarity(form) / rarity("") * math.sqrt(mine * theirs), form))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _series(one: Gist, other: Gist) -> bool:
    """Whether a source gave both the same heading, as it does to the numbers of a column or a daily report."""
    return any(
        source == there and _jaccard(title, heading) >= SERIES
        for source, title in one.titles
        for there, heading in other.titles
    )


def _jaccard(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 0.0


def _cosine(one: bytes, other: bytes) -> float:
    if not one or not other:
        return 0.0
    a, b = (np.frombuffer(stored, dtype="<f2").astype(np.float32) for stored in (one, other))
    return float(a @ b)


def _days_between(one: Gist, other: Gist) -> float | None:
    """Days from the end of the earlier story to the beginning of the later; 0 where they overlap."""
    if one.begins is None or one.ends is None or other.begins is None or other.ends is None:
        return None
    return max(0.0, _days(one.ends, other.begins), _days(other.ends, one.begins))


def _days(begin: datetime, end: datetime) -> float:
    return (end - begin).total_seconds() / 86_400


def _reasons(names: list[tuple[float, Central]], words: list[tuple[float, str]], gap: float | None) -> tuple[str, ...]:
    told = ["both tell of " + _listed([central.name for weight, central in names if weight > 0][:4])]
    if words:
        told.append("rare words in both: " + ", ".join(form for _, form in words[:4]))
    if gap is not None:
        told.append("told at the same time" if gap < 0.5 else f"told {_span(gap)} apart")
    return tuple(told)


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _span(days: float) -> str:
    for unit, length in (("year", 365.25), ("month", 30.44), ("week", 7.0)):
        if days >= 2 * length:
            return f"{days / length:.0f} {unit}s"
    whole = max(1, round(days))
    return f"{whole} day{'' if whole == 1 else 's'}"
