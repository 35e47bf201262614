"""Figures that are written otherwise and say the same: "40-centimetre" and "40 centimetres", "nine" and "9"."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache

from storydesk.compare.quantities import quantities

__all__ = ["amount", "distinct"]


@lru_cache(maxsize=16_384)
def amount(words: str) -> Hashable:
    """What some words that differ amount to: alike for two that say the same number of the same unit, for others the
    words themselves."""
    found = quantities(words)
    return (found[0].low, found[0].high, found[0].unit) if len(found) == 1 else words.casefold()


def distinct(several: Iterable[str]) -> tuple[str, ...]:
    """Each figure once, in the words in which it stands first."""
    first: dict[Hashable, str] = {}
    for words in several:
        first.setdefault(amount(words), words)
    return tuple(first.values())
