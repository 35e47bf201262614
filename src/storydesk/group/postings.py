"""An inverted index from rare terms to the latest items that hold them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST_POSTING", "Postings"]

LONGEST_POSTING = 250
"""Of a term only the latest items are looked up: this bounds the cost of an item however many are active."""

SWEEP = 10_000
"""Items that leave between two times that the terms which only they held are let go of."""


class Postings:
    """Items are known by their numbers in order of arrival; those below the oldest active one have left."""

    def __init__(self) -> None:
        self._held: dict[str, array[float]] = {}
        """Number and weight in turn, oldest first."""
        self._sums = np.zeros(1024)
        """All zero between calls; an item's place is its number modulo the length."""
        self._oldest = self._swept = self._next = 0

    def add(self, number: int, keys: Mapping[str, float]) -> None:
        """Takes an item in under its terms, each with its weight. Numbers grow."""
        self._next = number + 1
        for term, weight in keys.items():
            posting = self._held.get(term)
            if posting is None:
                posting = self._held[term] = array("d")
            posting.append(number)
            posting.append(weight)
            if len(posting) >= 4 * LONGEST_POSTING:
                del posting[: -2 * LONGEST_POSTING]

    def leave(self, number: int) -> None:
        """Lets go of the items up to this number."""
        self._oldest = number + 1
        if self._oldest - self._swept >= SWEEP:
            self._swept = self._oldest
            self._held = {term: held for term, held in self._held.items() if held[-2] >= self._oldest}

    def near(self, keys: Mapping[str, float], most: int) -> list[int]:
        """The numbers of the items that share most weight of terms with these, closest first, then oldest first; at
        most ``most``."""
        looked_up = [(weight, held) for term, weight in keys.items() if (held := self._held.get(term))]
        rows = [np.frombuffer(held).reshape(-1, 2)[-LONGEST_POSTING:] for _, held in looked_up]
        if not rows:
            return []
        found = np.concatenate(rows)
        weights = found[:, 1] * np.repeat([weight for weight, _ in looked_up], [len(row) for row in rows])
        numbers = found[:, 0].astype(np.int64)
        shared = self._added(numbers, weights)
        shared[numbers < self._oldest] = 0.0
        # An item stands there at most once a term: the closest are among so many.
        if len(shared) > (enough := most * len(keys)):
            close = shared >= np.partition(shared, -enough)[-enough]
            numbers, shared = numbers[close], shared[close]
        numbers, first = np.unique(numbers, return_index=True)
        shared = shared[first]
        order = np.argsort(-shared, kind="stable")[:most]
        return [int(number) for number in numbers[order][shared[order] > 0]]

    def _added(self, numbers: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each entry the sum over all of its item, added up one after the other in the order of the terms, so that
        it is the same to the last digit wherever it is made."""
        while len(self._sums) < self._next - int(numbers.min()):
            self._sums = np.zeros(2 * len(self._sums))
        places = numbers % len(self._sums)
        np.add.at(self._sums, places, weights)
        shared = self._sums[places]
        self._sums[places] = 0.0
        return shared
