"""How close two lines are in what they tell: the cosine of their meaning joined with what words they share.

The meaning of a sentence alone puts "three were hurt in Bergen" beside "three were hurt in Turin", its words alone miss
what is put differently; together they err less. What words share counts in two ways, the better of which holds: as a
share of both lines, and as an amount, since long sentences of news tell several things and agree in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout

__all__ = ["Closeness", "Pair", "pairs"]

Matrix = NDArray[np.float32]

MEANING = 0.6
"""The share of meaning in closeness; the rest is words. Chosen by eye on news stories of several outlets."""

HALF = 5.0
"""The weight of shared words that makes half of certainty: about six rare words of a story."""

LEADS = 0.05
"""What two first lines are closer for being such: the lead of each outlet tells the event itself."""

COLUMNS = 1024
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

    def rows(self, start: int, end: int) -> Matrix:
        """The closeness of lines ``start`` to ``end`` to every line, shape (end - start, lines), up to 1."""
        meaning = self.layout.vectors[start:end] @ self.layout.vectors.T
        shared = np.maximum(0, self._words[start:end] @ self._words.T)
        share = shared / np.sqrt(np.outer(self._amount[start:end], self._amount))
        close: Matrix = MEANING * meaning + (1 - MEANING) * np.maximum(share, shared / (shared + HALF))
        close += LEADS * np.outer(self._lead[start:end], self._lead)
        if self._several:
            ours, theirs = self._language[start:end, None], self._language[None, :]
            close = np.where((ours != theirs) & (ours != "") & (theirs != ""), meaning - FOREIGN, close)
        return close.astype(np.float32)

    def by_account(self) -> Iterator[tuple[int, int, Matrix]]:
        """Account by account: where its lines start and end, and their closeness to every line of the story."""
        account = np.array([line.at for line in self.layout.lines])
        bounds = np.searchsorted(account, np.arange(len(self.layout.accounts) + 1))
        for start, end in pairwise(bounds.tolist()):
            if start < end:
                yield start, end, self.rows(start, end)

    def told_elsewhere(self, least: float) -> list[dict[str, float]]:
        """For each line, the other origins that have a line at least so close, with the closeness of the closest."""
        origin = np.array([line.origin for line in self.layout.lines])
        told: list[dict[str, float]] = [{} for _ in self.layout.lines]
        for start, _, close in self.by_account():
            close[:, origin == origin[start]] = 0
            for row, column in np.argwhere(close >= least):
                found, other = told[start + int(row)], str(origin[column])
                found[other] = max(found.get(other, 0.0), float(close[row, column]))
        return told


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


def pairs(closeness: Closeness, least: float) -> list[Pair]:
    """Lines of different items that are each other's closest there and at least so close; closest first."""
    account = np.array([line.at for line in closeness.layout.lines])
    starts = np.flatnonzero(np.diff(account, prepend=-1))
    ends = np.append(starts[1:], len(account))
    found: list[Pair] = []
    for first_line, _, close in closeness.by_account():
        back = close.argmax(axis=0) + first_line
        for start, end in zip(starts, ends, strict=True):
            if start <= first_line:  # each pair of items once
                continue
            part = close[:, start:end]
            best = part.argmax(axis=1) + start
            for row in np.flatnonzero(part.max(axis=1) >= least):
                first, second = first_line + int(row), int(best[row])
                if back[second] == first:
                    found.append(Pair(float(close[row, second]), first, second))
    return sorted(found, key=lambda pair: (-pair.closeness, pair.first, pair.second))
