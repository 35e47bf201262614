# cython: boundscheck=False, cdivision=True
"""What the small networks that read pages and plain text are built of: stored arrays, layers, word sums.

(The types of the loops stand in ``layers.pxd``, by which they are compiled.)
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

__all__ = ["Floats", "Layer", "Stored", "bag_means", "bag_sums", "one_thread", "relu", "standardised"]

Floats: TypeAlias = NDArray[np.float32]
Layer: TypeAlias = tuple[Floats, Floats]
"""A matrix (in, out) and an offset (out,)."""

NOTHING = 0
"""The row of a mark or word that is not known."""

CLIP = 4.0
"""Standard deviations beyond which a figure says no more."""

LEAST_WORDS = 4.0
"""Words by which the sum of a short block's is divided at the least."""


class Stored:
    """The arrays of a file of weights, by name, as the networks want them."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as stored:
            self._arrays = {name: stored[name] for name in stored.files}

    def floats(self, name: str) -> Floats:
        """An array in single precision."""
        return np.ascontiguousarray(self._arrays[name].astype(np.float32))

    def numbers(self, name: str) -> dict[str, int]:
        """The number of each word, from 1."""
        return {word: number for number, word in enumerate(self._arrays[name].tolist(), 1)}

    def table(self, name: str) -> Floats:
        """What each word is taken for, a row each; that of nothing is zero."""
        rows = self.floats(f"{name}.weight")
        rows[NOTHING] = 0
        return rows

    def layer(self, name: str) -> Layer:
        """One layer."""
        return np.ascontiguousarray(self.floats(f"{name}.weight").T), self.floats(f"{name}.bias")

    def layers(self) -> tuple[Layer, ...]:
        """Those between the first and the last."""
        depth = sum(name.startswith("layers.") and name.endswith(".weight") for name in self._arrays)
        return tuple(self.layer(f"layers.{number}") for number in range(depth))


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Within it products take one thread: several cost ten times as much on products as small as these."""
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited


def standardised(figures: Floats, mean: Floats, scale: Floats) -> Floats:
    """Figures (n, f) in standard deviations from their means, clipped."""
    deviations: Floats = (figures - mean) / scale
    np.minimum(deviations, CLIP, out=deviations)
    np.maximum(deviations, -CLIP, out=deviations)
    return deviations


def relu(values: Floats, layer: Layer) -> Floats:
    """One layer of rectified units."""
    matrix, offset = layer
    sums: Floats = values @ matrix
    sums += offset
    np.maximum(sums, 0, out=sums)
    return sums


def bag_sums(bags: Sequence[Sequence[str]], numbers: dict[str, int], table: Floats) -> Floats:
    """The sums of the rows that the known words of each bag have in the table."""
    sums = np.zeros((len(bags), table.shape[1]), np.float32)
    _add_rows(bags, numbers, table, sums)
    return sums


def _add_rows(bags: Sequence[Sequence[str]], numbers: dict[str, int], table: Floats, sums: Floats) -> None:
    for at, bag in enumerate(bags):
        for word in bag:
            row = numbers.get(word, NOTHING)
            if row != NOTHING:
                for column in range(table.shape[1]):
                    sums[at, column] += table[row, column]


def bag_means(bags: Sequence[Sequence[str]], numbers: dict[str, int], table: Floats) -> Floats:
    """The sums over the words of each bag, of which a short one counts as some more."""
    counts = np.maximum([len(some) for some in bags], LEAST_WORDS).astype(np.float32)
    return np.asarray(bag_sums(bags, numbers, table) / counts[:, None], np.float32)
