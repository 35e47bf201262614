"""How close two lines are in what they tell: the cosine of their meaning joined with what words they share.

The meaning of a sentence alone puts "three were hurt in Bergen" beside "three were hurt in Turin", its words alone miss
what is put differently; together they err less. What words share counts in two ways, the better of which holds: as a
share of both lines, and as an amount, since long sentences of news tell several things and agree in one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout
from storydesk.compare.nearest import Blocks

__all__ = ["Closeness", "Neighbours", "Pair", "neighbours"]

Matrix = NDArray[np.float32]
Places = NDArray[np.intp]

ROWS = 128
"""Lines that are compared with the rest at a time: few enough that what is worked out of them stays near at hand."""

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
        share = shared / (self._amount[start:end, None] * self._amount[first:])
        close: Matrix = MEANING * meaning + (1 - MEANING) * np.maximum(share, shared / (shared + HALF))
        close[np.ix_(self._lead[start:end], self._lead[first:])] += LEADS
        if self._several:
            ours, theirs = self._language[start:end, None], self._language[None, first:]
            close = np.where((ours != theirs) & (ours != "") & (theirs != ""), meaning - FOREIGN, close)
        return close.astype(np.float32, copy=False)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What lies near each line: ``pairs`` are each other's closest, closest first; ``elsewhere`` holds for each line
    the other origins that have a line near it, with the closeness of the closest."""

    pairs: tuple[Pair, ...]
    elsewhere: tuple[dict[str, float], ...]


def neighbours(closeness: Closeness, least: float) -> Neighbours:
    """Every pair of accounts compared once: what is nearer than ``least``, a number above 0."""
    layout = closeness.layout
    if not layout.lines:
        return Neighbours((), ())
    blocks = Blocks(layout)
    found = [_near(closeness, blocks, start, least) for start in range(0, len(layout.lines), ROWS)]
    rows, columns, values = (np.concatenate(side) for side in zip(*found, strict=True))
    ours, theirs = blocks.of[rows], blocks.of[columns]
    nearest = np.zeros((len(layout.lines), len(blocks.starts)), np.float32)
    np.maximum.at(nearest, (rows, theirs), values)
    np.maximum.at(nearest, (columns, ours), values)
    across = _firsts(rows, theirs, values == nearest[rows, theirs])
    down = _firsts(columns, ours, values == nearest[columns, ours])
    mutual = np.intersect1d(across, down)
    order = np.lexsort((columns[mutual], rows[mutual], -np.round(values[mutual], 6)))  # like pairs by their place
    mutual = mutual[order]
    ends = (values[mutual].tolist(), rows[mutual].tolist(), columns[mutual].tolist())
    return Neighbours(tuple(map(Pair, *ends)), _elsewhere(layout, blocks, nearest, least))


def _near(closeness: Closeness, blocks: Blocks, start: int, least: float) -> tuple[Places, Places, Matrix]:
    """Of ``ROWS`` lines from ``start``: lines, later lines of other accounts, and their closeness where that is
    ``least``."""
    close = closeness.rows(start, start + ROWS, start)
    rows, columns = np.nonzero(close >= least)
    values = close[rows, columns]
    rows, columns = rows + start, columns + start
    later = blocks.of[columns] > blocks.of[rows]
    return rows[later], columns[later], values[later]


def _firsts(lines: Places, accounts: Places, closest: NDArray[np.bool_]) -> Places:
    """The places of the first of the closest that each line has in each account."""
    places = np.flatnonzero(closest)
    keys = lines[places] * (accounts.max(initial=0) + 1) + accounts[places]
    return places[np.unique(keys, return_index=True)[1]]


def _elsewhere(layout: Layout, blocks: Blocks, nearest: Matrix, least: float) -> tuple[dict[str, float], ...]:
    closest = blocks.by_origin(nearest)
    closest[np.arange(len(closest)), blocks.origin[blocks.of]] = 0
    elsewhere: list[dict[str, float]] = [{} for _ in layout.lines]
    rows, columns = np.nonzero(closest >= least)
    for row, column, value in zip(rows.tolist(), columns.tolist(), closest[rows, columns].tolist(), strict=True):
        elsewhere[row][blocks.origins[column]] = value
    return tuple(elsewhere)


def _word_vectors(layout: Layout) -> tuple[Matrix, NDArray[np.float32]]:
    """A row a line whose dot products are the weight of shared words, and the root of the weight of all words of each
    line."""
    repeated = Counter(stem for line in layout.lines for stem in line.stems)
    column = {stem: index for index, stem in enumerate(sorted(stem for stem, count in repeated.items() if count > 1))}
    rows = np.repeat(np.arange(len(layout.lines)), [len(line.stems) for line in layout.lines])
    columns = np.array([column.get(stem, -1) for line in layout.lines for stem in line.stems], np.intp)
    rows, columns = rows[columns >= 0], columns[columns >= 0]
    folds, places = np.divmod(columns, COLUMNS)
    weights = np.sqrt([layout.weights[stem] for stem in column])[columns] * np.where(folds % 2, -1, 1)
    size = len(layout.lines), COLUMNS
    words = np.bincount(rows * COLUMNS + places, weights, size[0] * size[1]).astype(np.float32).reshape(size)
    amount = np.array([sum(map(layout.weights.__getitem__, line.stems)) or 1.0 for line in layout.lines], np.float32)
    return words, np.sqrt(amount)
