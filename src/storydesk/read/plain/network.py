"""What each block of a plain text is likely to be: a small network over its signs.

Each block is described by its figures and by the sum of what its words have been learned to mean. Three layers then let
it see its neighbours to either side, and the means of all that stands above it, below it, and on the page. The weights
were learned by ``python -m eval.train_plain``; ``docs/models/plain.md`` is the model card.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from storydesk.read.layers import Floats, Layer, Stored, bag_means, one_thread, relu, standardised
from storydesk.read.plain.signs import Signs

__all__ = ["KINDS", "REACH", "WEIGHTS", "Likely", "likely", "plain_reading_by"]

WEIGHTS = Path(__file__).with_name("weights.npz")
KINDS = ("other", "article", "comment")
REACH = (1, 2, 4)
"""How far to either side the blocks stand that a block sees."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Of n blocks, each (n,) from 0 to 1: how likely each is of the article, of a reader's comment, and the headline;
    the last add up to what is left by the chance that the page shows none."""

    article: Floats
    comment: Floats
    title: Floats


@dataclass(frozen=True, slots=True)
class _Weights:
    mean: Floats
    scale: Floats
    words: Floats
    numbers: dict[str, int]
    first: Layer
    layers: tuple[Layer, ...]
    last: Layer


_using = ContextVar("_using", default=WEIGHTS)


@contextmanager
def plain_reading_by(file: Path) -> Iterator[None]:
    """Within the block, plain text is read by other weights: to measure them."""
    token = _using.set(file)
    try:
        yield
    finally:
        _using.reset(token)


@cache
def _stored(file: Path) -> _Weights:
    stored = Stored(file)
    return _Weights(
        stored.floats("mean"),
        stored.floats("scale"),
        stored.table("words"),
        stored.numbers("word_names"),
        stored.layer("first"),
        stored.layers(),
        stored.layer("last"),
    )


def likely(page: Signs) -> Likely:
    """What the blocks are likely to be."""
    if not len(page.lengths):
        nothing = np.zeros(0, np.float32)
        return Likely(nothing, nothing, nothing)
    with one_thread():
        out = _odds(page, _stored(_using.get()))
    kinds = _shares(out[:, : len(KINDS)])
    titles = _shares(np.append(out[:, len(KINDS)], 0)[None])[0, :-1]
    return Likely(kinds[:, 1], kinds[:, 2], titles)


def _shares(odds: Floats) -> Floats:
    """Log odds against one another, by row, as chances."""
    powers = np.exp(odds - odds.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), np.float32)


def _odds(page: Signs, using: _Weights) -> Floats:
    figures = standardised(page.figures, using.mean, using.scale)
    words = bag_means(page.words, using.numbers, using.words)
    state = relu(np.concatenate([figures, words], 1), using.first)
    weight = (np.log1p(page.lengths) + 0.1).astype(np.float32)[:, None]
    for layer in using.layers:
        state = state + relu(np.concatenate([state, *_near(state), *_means(state, weight)], 1), layer)
    matrix, offset = using.last
    return np.asarray(state @ matrix + offset, np.float32)


def _near(state: Floats) -> list[Floats]:
    """The states before and after, zeros at the ends."""
    count, wide = len(state), max(REACH)
    padded = np.zeros((count + 2 * wide, state.shape[1]), np.float32)
    padded[wide : wide + count] = state
    return [padded[wide + step : wide + step + count] for reach in REACH for step in (-reach, reach)]


def _means(state: Floats, weight: Floats) -> list[Floats]:
    """The means of all above (the block included), of all below, and of the page."""
    sums, weights = np.cumsum(state * weight, 0), np.cumsum(weight, 0)
    below = (sums[-1:] - sums) / (weights[-1:] - weights + 1e-3)
    return [sums / weights, below, np.broadcast_to(sums[-1:] / weights[-1:], state.shape)]
