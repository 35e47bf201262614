"""How close two lines are in what they tell: the cosine of their meaning joined with what words they share.

The meaning of a sentence alone puts "three were hurt in Bergen" beside "three were hurt in Turin", its words alone miss
what is put differently; together they err less. What words share counts in two ways, the better of which holds: as a
share of both lines, and as an amount, since long sentences of news tell several things and agree in one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout

__all__ = ["Closeness", "Neighbours", "Pair", "neighbours"]

Matrix = NDArray[np.float32]

MEANING = 0.6
"""The share of meaning in closeness; the rest is words. Chosen by eye on news stories of several outlets."""

HALF = 5.0
"""The weight of shared words that makes half of certainty: about six rare words of a story."""

LEADS = 0.08
"""What two first lines are closer for being such: the lead of each outlet tells the event itself."""

COLUMNS = 512
"""Columns for words. A story of few items has one for each word it repeats; a long one folds them over, with
alternating sign, which keeps dot products right on average (Weinberger et al., 2009)."""

FOREIGN = 0.1
"""What is taken off the cosine of two lines in different languages, which share no words to confirm it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of different items, by index, each the other's closest in that item."""

    closeness: float
    first: int
    second: int


class Closeness:
    """The closeness of the lines of a layout, worked out a few rows at a time, so that long stories fit in memory."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._words, self._amount = _word_vectors(layout)
        self._language = np.array([line.language or "" for line in layout.lines])
        self._lead = np.diff([-1, *(line.at for line in layout.lines)]).astype(bool)
        self._several = len(set(self._language.tolist()) - {""}) > 1

    def rows(self, start: int, end: int, first: int = 0) -> Matrix:
        """The closeness of lines ``start`` to ``end`` to the lines from ``first`` on, a row for each of the former."""
        meaning = self.layout.vectors[start:end] @ self.layout.vectors[first:].T
        shared = np.maximum(0, self._words[start:end] @ self._words[first:].T)
        share = shared / np.sqrt(np.outer(self._amount[start:end], self._amount[first:]))
        close: Matrix = MEANING * meaning + (1 - MEANING) * np.maximum(share, shared / (shared + HALF))
        close += LEADS * np.outer(self._lead[start:end], self._lead[first:])
        if self._several:
            ours, theirs = self._language[start:end, None], self._language[None, first:]
            close = np.where((ours != theirs) & (ours != "") & (theirs != ""), meaning - FOREIGN, close)
        return close.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What lies near each line: ``pairs`` are each other's closest, closest first; ``elsewhere`` holds for each line
    the other origins that have a line near it, with the closeness of the closest."""

    pairs: tuple[Pair, ...]
    elsewhere: tuple[dict[str, float], ...]


def neighbours(closeness: Closeness, least: float) -> Neighbours:
    """Every pair of accounts compared once: what is nearer than ``least``."""
    layout = closeness.layout
    bounds = np.searchsorted([line.at for line in layout.lines], np.arange(len(layout.accounts) + 1)).tolist()
    blocks = [(start, end) for start, end in pairwise(bounds) if start < end]
    found: list[Pair] = []
    elsewhere: list[dict[str, float]] = [{} for _ in layout.lines]
    for place, (start, end) in enumerate(blocks):
        close = closeness.rows(start, end, end)
        for from_, to in blocks[place + 1 :]:
            part = close[:, from_ - end : to - end]
            if part.max() < least:
                continue
            across, down = part.argmax(axis=1), part.argmax(axis=0)
            for row, column in enumerate(across.tolist()):
                if part[row, column] >= least and down[column] == row:
                    found.append(Pair(float(part[row, column]), start + row, from_ + column))
            _note(elsewhere, layout, range(start, end), from_, part.max(axis=1), least)
            _note(elsewhere, layout, range(from_, to), start, part.max(axis=0), least)
    found.sort(key=lambda pair: (-pair.closeness, pair.first, pair.second))
    return Neighbours(tuple(found), tuple(elsewhere))


def _note(
    elsewhere: list[dict[str, float]], layout: Layout, lines: range, other: int, nearest: Matrix, least: float
) -> None:
    """Note for each of ``lines`` how near the origin of line ``other`` comes, where that is another one."""
    origin = layout.lines[other].origin
    if origin == layout.lines[lines.start].origin:
        return
    for offset in np.flatnonzero(nearest >= least).tolist():
        told = elsewhere[lines.start + offset]
        told[origin] = max(told.get(origin, 0.0), float(nearest[offset]))


def _word_vectors(layout: Layout) -> tuple[Matrix, NDArray[np.float32]]:
    """A row a line whose dot products are the weight of shared words, and the weight of all words of each line."""
    repeated = Counter(stem for line in layout.lines for stem in line.stems)
    column = {stem: index for index, stem in enumerate(sorted(stem for stem, count in repeated.items() if count > 1))}
    words = np.zeros((len(layout.lines), COLUMNS), np.float32)
    for row, line in enumerate(layout.lines):
        for stem in line.stems & column.keys():
            fold, place = divmod(column[stem], COLUMNS)
            words[row, place] += (-1) ** fold * layout.weights[stem] ** 0.5
    amount = np.array([sum(layout.weights[stem] for stem in line.stems) or 1.0 for line in layout.lines], np.float32)
    return words, amount
