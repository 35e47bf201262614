"""How close two lines are in what they tell: how likely it is that one tells at least a part of what the other tells.

The meaning of a sentence alone puts "three were hurt in Bergen" beside "three were hurt in Turin", its words alone miss
what is put differently; together they err less. A logistic model weighs three signs (``docs/models/alignment.md``): the
cosine of meaning, the same with what the whole story has in common taken off, and how much the shared words weigh,
since long sentences of news tell several things and agree in one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout
from storydesk.compare.nearest import Blocks

__all__ = ["Closeness", "Neighbours", "neighbours"]

Matrix = NDArray[np.float32]
Places = NDArray[np.intp]
Lines = slice | list[int]
Texts = slice | list[int]
Pair = tuple[int, int]

ROWS = 128
"""Texts that are compared with the rest at a time: few enough that what is worked out of them stays near at hand."""

WEIGHTS = (2.0, 2.37, 3.02)
EVEN = -4.89
"""Of meaning, of meaning apart from the story's, and of words; and the constant: ``python -m eval.train_alignment``."""

FOREIGN = (15.0, 0.55)
"""Slope and middle for two lines in different languages, which share no words to confirm their meaning."""

COMMON = 20
"""Lines of a story from which half of what they have in common is taken off; few lines say little of what that is."""

COLUMNS = 512
"""Columns for words. A story of few items has one for each word it repeats; a long one folds them over, with
alternating sign, which keeps dot products right on average (Weinberger et al., 2009)."""


class Closeness:
    """The closeness of the lines of a layout, 0 to 1, worked out a few at a time: long stories fit in memory.

    Reprints of a line are one text: ``texts`` has the place of each line's text among those that differ, of which the
    one that stands in the first line comes first.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        place: dict[tuple[str, str | None], int] = {}
        told = [place.setdefault((line.gist, line.language), len(place)) for line in layout.lines]
        self.texts: Places = np.array(told, np.intp)
        first = np.unique(self.texts, return_index=True)[1]
        self._vectors = layout.vectors[first]
        self._words = _word_vectors([layout.lines[index].stems for index in first.tolist()], layout.weights)
        self._common, self._offset, self._scale = _common(layout.vectors, self._vectors)
        self._language = np.array([language or "" for _, language in place])
        self._several = len(set(self._language.tolist()) - {""}) > 1

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._vectors)

    def of(self, lines: Lines, others: Lines) -> Matrix:
        """The closeness of some lines, a row each, to others, a column each."""
        ours, every = self.texts[lines].tolist(), slice(None)
        return _chance(self.odds(self.signs(ours, every), ours, every))[:, self.texts[others]]

    def odds(self, signs: tuple[Matrix, Matrix, Matrix], ours: Texts, theirs: Texts) -> Matrix:
        """The logarithm of the odds that :meth:`signs` make of closeness."""
        odds: Matrix = WEIGHTS[0] * signs[0]
        odds += WEIGHTS[1] * signs[1]
        odds += WEIGHTS[2] * signs[2]
        odds += EVEN
        if self._several:
            slope, middle = FOREIGN
            one, other = self._language[ours][:, None], self._language[theirs][None, :]
            odds = np.where((one != other) & (one != "") & (other != ""), slope * (signs[0] - middle), odds)
        return odds

    def signs(self, ours: Texts, theirs: Texts) -> tuple[Matrix, Matrix, Matrix]:
        """What closeness is made of, for some texts, a row each, and others, a column each: the cosine of meaning, that
        apart from the story's, and the logarithm of one more than the weight of the shared words."""
        meaning: Matrix = self._vectors[ours] @ self._vectors[theirs].T
        apart: Matrix = meaning - (self._common[ours, None] - self._offset)
        apart -= self._common[theirs]
        apart *= self._scale[ours, None]
        apart *= self._scale[theirs]
        words: Matrix = self._words[ours] @ self._words[theirs].T
        np.log1p(np.maximum(0, words, out=words), out=words)
        return meaning, apart, words


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What lies near each line.

    ``first``, ``second`` and ``closeness`` are of the pairs of lines of two accounts that are near, by place, the first
    of them before the second; ``mutual`` are those among them, by place here, that are each other's closest of their
    accounts, closest first. ``elsewhere`` has a row a line and a column an origin that has lines, with the closeness of
    its closest line, 0 where none is near and for the line's own; ``alike`` the same with the greatest cosine of
    meaning, however small, its own included.
    """

    first: Places
    second: Places
    closeness: Matrix
    mutual: Places
    elsewhere: Matrix
    alike: Matrix

    def closest(self, least: float) -> list[Pair]:
        """The pairs that are each other's closest and at least so close, closest first."""
        places = self.mutual[self.closeness[self.mutual] >= least]
        return list(zip(self.first[places].tolist(), self.second[places].tolist(), strict=True))

    def within(self, least: float) -> set[Pair]:
        """All pairs that are at least so close, each the earlier line first."""
        places = self.closeness >= least
        return set(zip(self.first[places].tolist(), self.second[places].tolist(), strict=True))


def neighbours(closeness: Closeness, least: float) -> Neighbours:
    """Every pair of accounts compared once, of reprints the first: what is as near as ``least``, a number above 0."""
    layout = closeness.layout
    blocks = Blocks(layout)
    alike = np.full((len(closeness), len(blocks.origins)), -1, np.float32)
    each = np.unique(blocks.origin[blocks.of] * len(closeness) + closeness.texts)  # what an origin reprints, once
    told = np.divmod(each, max(1, len(closeness)))
    found = [_near(closeness, told, start, least, alike) for start in range(0, max(1, len(closeness)), ROWS)]
    rows, columns, values = _of_lines(closeness, blocks, *(np.concatenate(side) for side in zip(*found, strict=True)))
    ours, theirs = blocks.of[rows], blocks.of[columns]
    nearest = np.zeros((len(layout.lines), len(blocks.starts)), np.float32)
    np.maximum.at(nearest, (rows, theirs), values)
    np.maximum.at(nearest, (columns, ours), values)
    across = _firsts(rows, theirs, values == nearest[rows, theirs])
    down = _firsts(columns, ours, values == nearest[columns, ours])
    mutual = np.intersect1d(across, down, assume_unique=True)
    order = np.lexsort((columns[mutual], rows[mutual], -np.round(values[mutual], 6)))  # like pairs by their place
    elsewhere = blocks.by_origin(nearest)
    elsewhere[np.arange(len(elsewhere)), blocks.origin[blocks.of]] = 0
    return Neighbours(rows, columns, values, mutual[order], elsewhere, alike[closeness.texts])


def _near(
    closeness: Closeness, told: tuple[Places, Places], start: int, least: float, alike: Matrix
) -> tuple[Places, Places, Matrix]:
    """Of ``ROWS`` texts from ``start``: texts, these and later ones, and their closeness where that is ``least``. What
    they are alike, and later texts with them, is written to ``alike``, a row a text and a column an origin; ``told``
    has the origins, in order, and their texts."""
    ours, theirs = slice(start, start + ROWS), slice(start, None)
    signs = closeness.signs(ours, theirs)
    odds = closeness.odds(signs, ours, theirs)
    _write_alike(told[1] - start, told[0], signs[0], alike[start:])
    rows, columns = np.nonzero(odds >= log(least / (1 - least)))
    values = _chance(odds[rows, columns])
    later = columns >= rows
    return rows[later] + start, columns[later] + start, values[later]


def _write_alike(texts: Places, origins: Places, meaning: Matrix, alike: Matrix) -> None:
    """Writes to ``alike`` what some texts, the rows of ``meaning``, and all from there on, its columns, are alike;
    ``texts`` are those of each of ``origins``, in the order of these."""
    if not meaning.size:
        return
    count = len(meaning)
    later, these = texts >= 0, (texts >= 0) & (texts < count)
    starts = np.flatnonzero(np.diff(origins[later], prepend=-1))
    every = origins[later][starts]
    own = np.maximum.reduceat(meaning.take(texts[later], axis=1), starts, axis=1)
    alike[:count, every] = np.maximum(alike[:count, every], own)
    starts = np.flatnonzero(np.diff(origins[these], prepend=-1))
    every = origins[these][starts]
    own = np.maximum.reduceat(meaning.take(texts[these], axis=0), starts, axis=0)
    alike[:, every] = np.maximum(alike[:, every], own.T)


def _of_lines(
    closeness: Closeness, blocks: Blocks, ones: Places, others: Places, values: Matrix
) -> tuple[Places, Places, Matrix]:
    """Pairs of texts as the pairs of lines of two accounts that have them, the earlier line first, in order."""
    order, count = np.argsort(closeness.texts, kind="stable"), np.bincount(closeness.texts, minlength=len(closeness))
    begin = np.cumsum(count) - count
    times = count[ones] * count[others]
    pair = np.repeat(np.arange(len(ones)), times)
    place, which = np.divmod(np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times), count[others][pair])
    first, second = order[begin[ones[pair]] + place], order[begin[others[pair]] + which]
    rows, columns = np.minimum(first, second), np.maximum(first, second)
    kept = (blocks.of[rows] < blocks.of[columns]) & ((ones != others)[pair] | (first < second))
    rows, columns, pair = rows[kept], columns[kept], pair[kept]
    ordered = np.argsort(rows * len(closeness.texts) + columns)
    return rows[ordered], columns[ordered], values[pair[ordered]]


def _chance(odds: Matrix) -> Matrix:
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def _firsts(lines: Places, accounts: Places, closest: NDArray[np.bool_]) -> Places:
    """The places of the first of the closest that each line has in each account."""
    places = np.flatnonzero(closest)
    keys = lines[places] * (accounts.max(initial=0) + 1) + accounts[places]
    order = np.argsort(keys, kind="stable")  # in one of the two directions they are in order already
    firsts: Places = places[order[np.diff(keys[order], prepend=-1) > 0]]
    return firsts


def _common(lines: Matrix, texts: Matrix) -> tuple[Matrix, np.float32, Matrix]:
    """What turns the product of the vectors of two texts into that of what is left of them, of length one, without what
    all lines have in common: their products with that, its own with itself, and by how much each is lengthened."""
    if not len(lines):
        return np.zeros(0, np.float32), np.float32(0), np.zeros(0, np.float32)
    common = lines.mean(axis=0) * len(lines) / (len(lines) + COMMON)
    products: Matrix = texts @ common
    lengths = np.linalg.norm(texts - common, axis=1)
    return products, common @ common, (1 / np.maximum(lengths, 1e-9)).astype(np.float32)


def _word_vectors(texts: Sequence[frozenset[str]], weights: Mapping[str, float]) -> Matrix:
    """A row a text, given by its stems, whose dot products are the weight of shared words."""
    repeated = sorted(stem for stem, weight in weights.items() if weight < 1)
    column = {stem: index for index, stem in enumerate(repeated)}
    rows = np.repeat(np.arange(len(texts)), [len(stems) for stems in texts])
    columns = np.fromiter((column.get(stem, -1) for stem in chain.from_iterable(texts)), np.intp)
    rows, columns = rows[columns >= 0], columns[columns >= 0]
    folds, places = np.divmod(columns, COLUMNS)
    values = np.sqrt([weights[stem] for stem in column])[columns] * np.where(folds % 2, -1, 1)
    size = len(texts), COLUMNS
    words: Matrix = np.bincount(rows * COLUMNS + places, values, size[0] * size[1]).astype(np.float32).reshape(size)
    return words
