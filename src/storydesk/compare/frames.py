"""Frames: what is told around words that may differ. Two accounts tell one thing where their frames are the same but
for little."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


@dataclass(frozen=True, slots=True)
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


def in_one_frame(layout: Layout, several: Sequence[Framed], values: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """The pairs of words of two accounts, by their place in ``several``, around which one thing is told, as their
    clauses or their whole sentences show. Words of the same one of ``values`` cannot differ, nor can one sentence."""
    if len(set(values)) < 2:
        return
    heads = sorted(range(len(several)), key=lambda place: several[place].line.depth)[:MOST]
    places = sorted(heads)
    rows = layout.vectors[[several[place].index for place in places]]
    near = np.triu(rows @ rows.T >= ONE_THING, 1)
    near &= _other([values[place] for place in places])
    near &= _other([several[place].line.at for place in places])
    near &= _other([several[place].line.gist for place in places])
    near &= ~_other([several[place].line.language for place in places])
    for one, two in np.argwhere(near).tolist():
        first, second = places[one], places[two]
        if tightly(several[first], several[second]) or wholly(several[first], several[second]):
            yield first, second


def _other(values: Iterable[Hashable]) -> NDArray[np.bool_]:
    """Of each two, a row and a column each, whether they are not the same."""
    numbers: dict[Hashable, int] = {}
    numbered = np.array([numbers.setdefault(value, len(numbers)) for value in values])
    other: NDArray[np.bool_] = numbered[:, None] != numbered
    return other


def tightly(one: Framed, two: Framed) -> bool:
    """Whether the clauses are the same but for little."""
    return _same(one.clause, two.clause, one.names | two.names)


def wholly(one: Framed, two: Framed) -> bool:
    """Whether the whole sentences are the same but for little."""
    return _same(one.sentence, two.sentence, one.names | two.names)


def _same(one: frozenset[str], two: frozenset[str], names: frozenset[str]) -> bool:
    shared, shorter, longer = len(one & two), *sorted((len(one), len(two)))
    told = shared >= FEWEST and len(one & two - names) >= PLAIN
    return told and shared >= SHARED * shorter and shared >= SHARED_OF_LONGER * longer


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
