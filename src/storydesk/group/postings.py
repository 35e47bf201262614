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
        """All zero between calls; an item's place is its number modulo the length, a power of
        two."""
        self._last = np.zeros(1024, dtype=np.int32)
        """The last entry of each place that was looked at."""
        self._oldest = self._swept = self._next = 0

    def add(self, number: int, keys: Mapping[str, float]) -> None:
        """Takes an item in under its terms, each with its weight. Numbers grow."""
        self._next = number + 1
        for term, weight in keys.items():
            posting = self._held.get(term)
            if posting is None:
                posting = self._held[term] = array("d")
            posting.extend((number, weight))
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
        latest = [memoryview(held)[-2 * LONGEST_POSTING :] for _, held in looked_up]
        found = np.frombuffer(b"".join(latest)).reshape(-1, 2)
        asked = np.array([weight for weight, _ in looked_up]).repeat([len(row) // 2 for row in latest])
        numbers, weights = found[:, 0].astype(np.int64), found[:, 1] * asked
        if (active := numbers >= self._oldest).sum() < len(numbers):
            numbers, weights = numbers[active], weights[active]
        if not len(numbers):
            return []
        numbers, shared = self._added(numbers, weights)
        if len(shared) > most:
            close = shared >= np.partition(shared, -most)[-most]
            numbers, shared = numbers[close], shared[close]
        closest: list[int] = numbers[np.lexsort((numbers, -shared))][:most].tolist()
        return closest

    def _added(
        self, numbers: NDArray[np.int64], weights: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Each number once, and the sum of its weights, added up one after the other in the order of the terms, so
        that it is the same to the last digit wherever it is made."""
        while len(self._sums) < self._next - int(numbers.min()):
            self._sums, self._last = np.zeros(2 * len(self._sums)), np.zeros(2 * len(self._last), dtype=np.int32)
        places = numbers & (len(self._sums) - 1)
        np.add.at(self._sums, places, weights)
        entries = np.arange(len(places), dtype=np.int32)
        self._last[places] = entries
        once = np.flatnonzero(self._last[places] == entries)
        shared = self._sums[places[once]]
        self._sums[places] = 0.0
        return numbers[once], shared
