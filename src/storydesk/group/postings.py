"""An inverted index from rare terms to the latest items that hold them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np

__all__ = ["LONGEST_POSTING", "Postings"]

LONGEST_POSTING = 250
"""Of a term only the latest items are looked up: this bounds the cost of an item however many are active."""

SWEEP = 10_000
"""Items that leave between two times that what only they held is let go of."""


class Postings:
    """Items are known by their numbers in order of arrival; those below ``oldest`` have left."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[array[int], array[float]]] = {}
        self._oldest = self._swept = 0

    def add(self, number: int, keys: Mapping[str, float]) -> None:
        """Takes an item in under its terms, each with its weight. Numbers grow."""
        for term, weight in keys.items():
            posting = self._held.get(term)
            if posting is None:
                posting = self._held[term] = (array("I"), array("d"))
            numbers, weights = posting
            numbers.append(number)
            weights.append(weight)
            if len(numbers) >= 2 * LONGEST_POSTING:
                del numbers[:-LONGEST_POSTING], weights[:-LONGEST_POSTING]

    def leave(self, number: int) -> None:
        """Lets go of the items up to this number."""
        self._oldest = number + 1
        if self._oldest - self._swept >= SWEEP:
            self._swept = self._oldest
            self._held = {term: held for term, held in self._held.items() if held[0][-1] >= self._oldest}

    def near(self, keys: Mapping[str, float], most: int) -> list[int]:
        """The numbers of the items that share most weight of terms with these, closest first, then oldest first; at
        most ``most``."""
        numbers, weights = [], []
        for term, weight in keys.items():
            if posting := self._held.get(term):
                numbers.append(np.frombuffer(posting[0], dtype=np.uint32)[-LONGEST_POSTING:])
                weights.append(np.frombuffer(posting[1])[-LONGEST_POSTING:] * weight)
        if not numbers:
            return []
        found, where = np.unique(np.concatenate(numbers), return_inverse=True)
        # Adds up one after the other, so that the sums are the same wherever they are made.
        shared = np.bincount(where, np.concatenate(weights))
        active = int(found.searchsorted(self._oldest))
        found, shared = found[active:], shared[active:]
        if len(found) > most:
            close = shared >= np.partition(shared, -most)[-most]
            found, shared = found[close], shared[close]
        return [int(number) for number in found[np.argsort(-shared, kind="stable")[:most]]]
