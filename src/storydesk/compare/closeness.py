"""How close two lines are in what they tell: the cosine of their meaning joined with what words they share.

The meaning of a sentence alone puts "three were hurt in Bergen" beside "three were hurt in Turin", its words alone miss
what is put differently; together they err less. What words share counts in two ways, the better of which holds: as a
share of both lines, and as an amount, since long sentences of news tell several things and agree in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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
    nearest = np.zeros((len(layout.lines), len(blocks.starts)), np.float32)
    found = [_near(closeness, blocks, places, nearest, least) for places in _runs(blocks, len(layout.lines))]
    rows, columns, values = (np.concatenate(side) for side in zip(*found, strict=True))
    across = _firsts(rows, blocks.of[columns], values == nearest[rows, blocks.of[columns]])
    down = _firsts(columns, blocks.of[rows], values == nearest[columns, blocks.of[rows]])
    mutual = np.intersect1d(across, down)
    order = np.lexsort((columns[mutual], rows[mutual], -np.round(values[mutual], 6)))  # like pairs by their place
    mutual = mutual[order]
    ends = (values[mutual].tolist(), rows[mutual].tolist(), columns[mutual].tolist())
    return Neighbours(tuple(map(Pair, *ends)), _elsewhere(layout, blocks, nearest, least))


def _runs(blocks: Blocks, lines: int) -> Iterator[tuple[int, int, int, int]]:
    """Runs of whole accounts of about ``ROWS`` lines: the first block and that after the last, the same of lines."""
    bounds = [*blocks.starts.tolist(), lines]
    first = 0
    for last in range(1, len(bounds)):
        if bounds[last] - bounds[first] >= ROWS or bounds[last] == lines:
            yield first, last, bounds[first], bounds[last]
            first = last


def _near(
    closeness: Closeness, blocks: Blocks, run: tuple[int, int, int, int], nearest: Matrix, least: float
) -> tuple[Places, Places, Matrix]:
    """Enters in ``nearest`` how close each account comes to the lines of a run, and those of the run to the lines after
    it. Gives lines of the run, later lines of other accounts, and their closeness where that is ``least``."""
    first, last, start, end = run
    close = closeness.rows(start, end, start)
    close[:, : end - start][blocks.of[start:end, None] == blocks.of[start:end]] = 0
    nearest[start:end, first:] = np.maximum.reduceat(close, blocks.starts[first:] - start, axis=1)
    nearest[end:, first:last] = np.maximum.reduceat(close[:, end - start :], blocks.starts[first:last] - start).T
    rows, columns = np.nonzero(close >= least)
    later = columns > rows
    return rows[later] + start, columns[later] + start, close[rows[later], columns[later]]


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
    used = [(row, column[stem]) for row, line in enumerate(layout.lines) for stem in line.stems if stem in column]
    rows, columns = np.array(used, np.intp).reshape(-1, 2).T
    folds, places = np.divmod(columns, COLUMNS)
    weights = np.sqrt([layout.weights[stem] for stem in column])[columns] * np.where(folds % 2, -1, 1)
    size = len(layout.lines), COLUMNS
    words = np.bincount(rows * COLUMNS + places, weights, size[0] * size[1]).astype(np.float32).reshape(size)
    amount = np.array([sum(map(layout.weights.__getitem__, line.stems)) or 1.0 for line in layout.lines], np.float32)
    return words, np.sqrt(amount)
