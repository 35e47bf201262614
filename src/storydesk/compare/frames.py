"""Frames: what is told around words that may differ. Two accounts tell one thing where their frames are the same but
for little."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.figures import clause_around
from storydesk.compare.layout import Layout, Line
from storydesk.compare.words import content, fold, is_content, stem
from storydesk.model import Span

__all__ = ["Framed", "framed", "in_one_frame", "joined", "tightly", "wholly"]

Each = TypeVar("Each")

FEWEST, PLAIN = 3, 2
"""Stems that two frames must share, and how many of them must not be names: a story's names stand in all it tells."""

MOST = 800
"""Words of one kind that are compared, those nearest to the heads of their texts."""

CAPITAL = re.compile(r"(?<!^)\b[A-ZÀ-Þ][\w’']*")

SHARED, SHARED_OF_LONGER = 0.66, 0.4
"""The shares of the shorter and of the longer frame that must stand in the other."""

ONE_THING = 0.55
"""Cosine of the meaning of two sentences that tell one thing."""


@dataclass(frozen=True, slots=True, eq=False)
class Framed:
    """Words of a line, as offsets into its sentence, and the stems of what is told around them: in their clause, and in
    the whole sentence; ``names`` those that are written with capitals. ``index`` is the line's place in the layout."""

    index: int
    line: Line
    span: Span
    clause: frozenset[str]
    sentence: frozenset[str]
    names: frozenset[str]

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.span.of(self.line.passage.text)


def framed(layout: Layout, index: int, span: Span) -> Framed:
    """The words of a line with their frame."""
    line = layout.lines[index]
    own, clause, names = _around(line.passage.text, span)
    return Framed(index, line, span, clause, line.stems - own, names)


@lru_cache(maxsize=16_384)
def _around(text: str, span: Span) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The stems of the words themselves, of the clause around them, and of the sentence's names."""
    own = frozenset(content(span.of(text)))
    clause = clause_around(text, span)
    near = content(text[clause.start : span.start]) + content(text[span.end : clause.end])
    capital = [fold(word) for word in CAPITAL.findall(text)]
    return own, frozenset(near) - own, frozenset(stem(word) for word in capital if is_content(word))


def in_one_frame(layout: Layout, several: Sequence[Framed], values: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The pairs of words of two accounts, by their place in ``several``, around which one thing is told, as their
    clauses or their whole sentences show. Words of the same one of ``values`` cannot differ, nor can one sentence."""
    if len(set(values)) < 2:
        return []
    reprints: dict[Hashable, list[int]] = {}
    for place in sorted(range(len(several)), key=lambda place: several[place].line.depth)[:MOST]:
        line = several[place].line
        reprints.setdefault((line.gist, line.language, several[place].span, values[place]), []).append(place)
    places = list(reprints.values())
    firsts = [several[same[0]] for same in places]
    rows = layout.vectors[[one.index for one in firsts]]
    near = np.triu(rows @ rows.T >= ONE_THING, 1)
    near &= _other([values[same[0]] for same in places])
    near &= _other([one.line.gist for one in firsts])
    near &= ~_other([one.line.language for one in firsts])
    found = [
        (min(pair), max(pair))
        for one, two in np.argwhere(near).tolist()
        if tightly(firsts[one], firsts[two]) or wholly(firsts[one], firsts[two])
        for pair in product(places[one], places[two])
        if several[pair[0]].line.at != several[pair[1]].line.at
    ]
    return sorted(found)


def _other(values: Iterable[Hashable]) -> NDArray[np.bool_]:
    """Of each two, a row and a column each, whether they are not the same."""
    numbers: dict[Hashable, int] = {}
    numbered = np.array([numbers.setdefault(value, len(numbers)) for value in values])
    other: NDArray[np.bool_] = numbered[:, None] != numbered
    return other


def tightly(one: Framed, two: Framed) -> bool:
    """Whether the clauses are the same but for little."""
    return _same(one.clause, two.clause, (one.names, two.names))


def wholly(one: Framed, two: Framed) -> bool:
    """Whether the whole sentences are the same but for little."""
    return _same(one.sentence, two.sentence, (one.names, two.names))


def _same(one: frozenset[str], two: frozenset[str], names: tuple[frozenset[str], frozenset[str]]) -> bool:
    both = one & two
    shared = len(both)
    if shared < FEWEST:
        return False  # most pairs
    shorter, longer = sorted((len(one), len(two)))
    return shared >= SHARED * shorter and shared >= SHARED_OF_LONGER * longer and len(both.difference(*names)) >= PLAIN


def joined(pairs: Iterable[tuple[Each, Each]], key: Callable[[Each], Hashable]) -> list[list[Each]]:
    """Pairs that have a member in common, by its key, as one list each."""
    group: dict[Hashable, list[Each]] = {}
    for pair in pairs:
        one, two = (group.setdefault(key(member), [member]) for member in pair)
        if one is not two:
            one.extend(two)
            for member in two:
                group[key(member)] = one
    return list({id(members): members for members in group.values()}.values())
