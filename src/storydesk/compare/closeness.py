"""How close two lines are in what they tell: the cosine of their meaning joined with that of their words.

The meaning of a sentence alone puts "three were hurt in Bergen" beside "three were hurt in Turin", its words alone
miss what is put differently; together they err less. Both are parts of one long vector a line, so that closeness is a
dot product.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout
from storydesk.language.vectors import Vectors

__all__ = ["Pair", "long_vectors", "nearest", "pairs"]

MEANING = 0.6
"""The share of meaning in closeness; the rest is words. Chosen by eye on news stories of several outlets."""

COLUMNS = 1024
"""Columns for words. A story of few items has one for each word it repeats; a long one folds them over, with
alternating sign."""

FOREIGN = 0.1
"""What is taken off the cosine of two lines in different languages, which share no words to confirm it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of different items, by index, each the other's closest in that item."""

    closeness: float
    first: int
    second: int


def long_vectors(layout: Layout) -> Vectors:
    """Meaning and words of each line as one unit vector, shape (lines, dimensions + 1024)."""
    repeated = Counter(stem for line in layout.lines for stem in line.stems)
    column = {stem: index for index, stem in enumerate(sorted(stem for stem, count in repeated.items() if count > 1))}
    words = np.zeros((len(layout.lines), COLUMNS), np.float32)
    for row, line in enumerate(layout.lines):
        norm = sum(layout.weights[stem] ** 2 for stem in line.stems) ** 0.5 or 1.0
        for stem in line.stems & column.keys():
            fold, place = divmod(column[stem], COLUMNS)
            words[row, place] += (-1) ** fold * layout.weights[stem] / norm
    return np.hstack([MEANING**0.5 * layout.vectors, (1 - MEANING) ** 0.5 * words]).astype(np.float32)


def _blocks(layout: Layout) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """Account by account: the slice of its lines and their closeness to every line of the story."""
    vectors = long_vectors(layout)
    account = np.array([line.at for line in layout.lines])
    language = np.array([line.language or "" for line in layout.lines])
    bounds = np.searchsorted(account, np.arange(len(layout.accounts) + 1))
    several = len(set(language.tolist()) - {""}) > 1
    for start, end in pairwise(bounds.tolist()):
        if start < end:
            close = vectors[start:end] @ vectors.T
            if several:
                own = language[start]
                foreign = (language != own) & (language != "") & (own != "")
                close[:, foreign] = layout.vectors[start:end] @ layout.vectors[foreign].T - FOREIGN
            yield slice(start, end), close


def nearest(layout: Layout) -> NDArray[np.float32]:
    """For each line, how close the closest line of another origin is; 0 where there is none."""
    origin = np.array([line.origin for line in layout.lines])
    best = np.zeros(len(layout.lines), np.float32)
    for block, close in _blocks(layout):
        rivals = origin != origin[block.start]
        if rivals.any():
            best[block] = np.maximum(0, close[:, rivals].max(axis=1))
    return best


def pairs(layout: Layout, least: float) -> list[Pair]:
    """Lines of different items that are each other's closest there and at least so close; closest first."""
    account = np.array([line.at for line in layout.lines])
    starts = np.flatnonzero(np.diff(account, prepend=-1))
    ends = np.append(starts[1:], len(account))
    found: list[Pair] = []
    for block, close in _blocks(layout):
        back = close.argmax(axis=0) + block.start
        for start, end in zip(starts, ends, strict=True):
            if start <= block.start:  # each pair of items once
                continue
            part = close[:, start:end]
            best = part.argmax(axis=1) + start
            for row in np.flatnonzero(part.max(axis=1) >= least):
                first, second = block.start + int(row), int(best[row])
                if back[second] == first:
                    found.append(Pair(float(close[row, second]), first, second))
    return sorted(found, key=lambda pair: (-pair.closeness, pair.first, pair.second))
