# cython: boundscheck=False, cdivision=True
"""Which blocks of a page are the article: a small network over their features.

Each block is described by its figures and by sums of what its words and the marks of its enclosing elements have been
learned to mean. Two layers then let it see its neighbours and the means of the blocks that share its parent, its
grandparent, its look, and the page. The weights were learned by ``python -m eval.train_reading``;
``docs/models/reading.md`` is the model card. (The types of the loops stand in ``blocks.pxd``, by which they are
compiled.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storydesk.read.features import Features
from storydesk.read.layers import Floats, Layer, Stored, bag_means, bag_sums, one_thread, relu, standardised

__all__ = ["WEIGHTS", "Weights", "likely", "reading_by", "weights", "worth"]

WEIGHTS = Path(__file__).with_name("weights.npz")

STEPS = (0, -1, 1, -2, 2)
"""The blocks that a block sees: itself, and those one and two before and behind it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The arrays: ``mean`` and ``scale`` (f,) of the figures; ``marks`` and ``words`` what each is taken for, by the
    numbers in ``mark_numbers`` and ``word_numbers``, row 0 being nothing; ``first``, ``layers`` and ``last`` as pairs
    of a matrix (in, out) and an offset."""

    mean: Floats
    scale: Floats
    marks: Floats
    words: Floats
    mark_numbers: dict[str, int]
    word_numbers: dict[str, int]
    first: Layer
    layers: tuple[Layer, ...]
    last: Layer


_using = ContextVar("_using", default=WEIGHTS)


def weights() -> Weights:
    """The weights to read by: those that travel with the package, where :func:`reading_by` names no others."""
    return _stored(_using.get())


@contextmanager
def reading_by(file: Path) -> Iterator[None]:
    """Within the block, pages are read by other weights: to measure them."""
    token = _using.set(file)
    try:
        yield
    finally:
        _using.reset(token)


@cache
def _stored(file: Path) -> Weights:
    stored = Stored(file)
    return Weights(
        stored.floats("mean"),
        stored.floats("scale"),
        stored.table("marks"),
        stored.table("words"),
        stored.numbers("mark_names"),
        stored.numbers("word_names"),
        stored.layer("first"),
        stored.layers(),
        stored.layer("last"),
    )


def likely(page: Features, using: Weights) -> Floats:
    """How likely each block belongs to the article, (n,) in 0 to 1."""
    with one_thread():
        return _likely(page, using)


def _likely(page: Features, using: Weights) -> Floats:
    marks = bag_sums(page.marks, using.mark_numbers, using.marks)
    words = bag_means(page.words, using.word_numbers, using.words)
    figures = standardised(page.figures, using.mean, using.scale)
    near, far = np.tanh(_enclosing_sums(marks, page.near)), np.tanh(_enclosing_sums(marks, page.far))
    state = relu(np.concatenate([figures, near, far, words], 1), using.first)
    groups = np.concatenate([page.groups, np.zeros((1, len(state)), np.int64)])  # the page is one, too
    weight = (np.log1p(page.lengths) + 0.1).astype(np.float32)
    for layer in using.layers:
        state += _seen(state, groups, weight, layer)
    matrix, offset = using.last
    odds = (state @ matrix + offset)[:, 0]
    chances: Floats = 1 / (1 + np.exp(-np.maximum(np.minimum(odds, 30), -30)))
    return chances


def _seen(state: Floats, groups: NDArray[np.int64], weight: Floats, layer: Layer) -> Floats:
    """What one layer makes of each block's own state, those around it, and the means of its groups.

    The matrix has a part for each of these. A part is multiplied with all states, or with the means, before what it
    gives is handed to the blocks that see them: that is the same, and less to multiply than what each block sees.
    """
    matrix, offset = layer
    wide = state.shape[1]
    parts = matrix.reshape(-1, wide, matrix.shape[1])
    seen = np.empty((len(state), len(offset)), np.float32)
    seen[:] = offset
    for part, step in enumerate(STEPS):
        _add_around(state @ parts[part], step, seen)
    for kind in range(len(groups)):
        means = _means(state, groups[kind], weight)
        _add_of_group(means @ parts[len(STEPS) + kind], groups[kind], seen)
    np.maximum(seen, 0, out=seen)
    return seen


def _enclosing_sums(marks: Floats, places: NDArray[np.int64]) -> Floats:
    """By block, the sums of what the marks at these places mean."""
    sums = np.zeros((len(places), marks.shape[1]), np.float32)
    _add_places(marks, places, sums)
    return sums


def _add_places(marks: Floats, places: NDArray[np.int64], sums: Floats) -> None:
    for at in range(len(places)):
        for level in range(places.shape[1]):
            place = places[at, level]
            if place:  # the root has no marks
                for column in range(marks.shape[1]):
                    sums[at, column] += marks[place, column]


def _add_around(given: Floats, step: int, seen: Floats) -> None:
    """Adds to each block what the block so many steps behind it gives; nothing at the ends."""
    for at in range(max(0, -step), min(len(given), len(given) - step)):
        for column in range(given.shape[1]):
            seen[at, column] += given[at + step, column]


def _means(state: Floats, groups: NDArray[np.int64], weight: Floats) -> Floats:
    """The mean state of each group, the longer blocks weighing more."""
    wide = state.shape[1]
    count = 0
    for at in range(len(groups)):
        count = max(count, groups[at] + 1)
    means, weights = np.zeros((count, wide), np.float32), np.zeros(count, np.float32)
    sums, totals = means, weights
    for at in range(len(state)):
        group, share = groups[at], weight[at]
        totals[group] += share
        for column in range(wide):
            sums[group, column] += share * state[at, column]
    for group in range(len(totals)):
        for column in range(wide):
            sums[group, column] /= totals[group]
    return means


def _add_of_group(given: Floats, groups: NDArray[np.int64], seen: Floats) -> None:
    """Adds to each block what its group gives."""
    for at in range(len(seen)):
        group = groups[at]
        for column in range(seen.shape[1]):
            seen[at, column] += given[group, column]


def worth(likely: Floats, lengths: NDArray[np.float64]) -> tuple[NDArray[np.bool_], float]:
    """The blocks to keep, and how good that is: the set whose words have the highest expected F1, and that F1.

    The best set holds the likeliest blocks down to some likelihood, so that trying each is enough (Lewis 1995,
    "Evaluating and optimizing autonomous text classification systems").
    """
    order = np.argsort(-likely, kind="stable")
    kept = np.cumsum(lengths[order])
    right = np.cumsum((likely * lengths)[order])
    expected = 2 * right / (kept + right[-1] + 1e-9)
    best = int(np.argmax(expected))
    mask = np.zeros(len(likely), bool)
    mask[order[: best + 1]] = True
    return mask, float(expected[best])
