"""Which blocks of a page are the article: a small network over their features.

Each block is described by its figures and by sums of what its words and the marks of its enclosing elements have been
learned to mean. Two layers then let it see its neighbours and the means of the blocks that share its parent, its
grandparent, its look, and the page. The weights were learned by ``python -m eval.train_reading``;
``docs/models/reading.md`` is the model card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

LONG_STEP = 2
"""Blocks to either side that a block sees."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The arrays: ``mean`` and ``scale`` (f,) of the figures; ``marks`` and ``words`` what each is taken for, by the
    numbers in ``mark_numbers`` and ``word_numbers``, row 0 being nothing; ``first``, ``layers`` and ``last`` as pairs
    of a matrix (in, out) and an offset."""

    mean: Floats
    scale: Floats
    marks: Floats
    words: Floats
    mark_numbers: Mapping[str, int]
    word_numbers: Mapping[str, int]
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
    near, far = (np.tanh(marks.take(places.T, 0).sum(0)) for places in (page.near, page.far))
    state = relu(np.concatenate([figures, near, far, words], 1), using.first)
    groups = _Groups(page.groups, page.lengths)
    for layer in using.layers:
        state += relu(np.concatenate([*_around(state), groups.means(state)], 1), layer)
    matrix, offset = using.last
    odds = (state @ matrix + offset)[:, 0]
    chances: Floats = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return chances


def _around(state: Floats) -> list[Floats]:
    """The states themselves, and those one and two before and after, zeros at the ends."""
    count = len(state)
    wide = np.zeros((count + 2 * LONG_STEP, state.shape[1]), np.float32)
    wide[LONG_STEP : LONG_STEP + count] = state
    return [state, *(wide[LONG_STEP + step : LONG_STEP + step + count] for step in (-1, 1, -2, 2))]


class _Groups:
    """Blocks that stand together, and the page, which is all of them: the means of their states, the longer ones
    weighing more."""

    def __init__(self, groups: NDArray[np.int64], lengths: NDArray[np.float64]) -> None:
        count = len(lengths)
        kinds = np.concatenate([groups, np.zeros((1, count), np.int64)])
        sizes = kinds.max(1) + 1
        places = kinds + (np.cumsum(sizes) - sizes)[:, None]
        numbers = places.reshape(-1)
        order = np.argsort(numbers, kind="stable")
        self._starts = np.searchsorted(numbers[order], np.arange(sizes.sum()))
        self._members = order % count
        weight = (np.log1p(lengths) + 0.1).astype(np.float32)[self._members, None]
        self._numbers = places.T
        self._shares = weight / np.add.reduceat(weight, self._starts, axis=0)[numbers[order]]

    def means(self, state: Floats) -> Floats:
        """By block, the means of its groups, one beside the other."""
        means = np.add.reduceat(state[self._members] * self._shares, self._starts, axis=0)
        beside: Floats = means[self._numbers].reshape(len(state), -1)
        return beside


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
