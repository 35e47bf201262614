"""The phrases of a text, as plain numbers: pairs of neighbouring words that are both telling. Two accounts of one event
share a title, an office, a quotation where accounts of like events share its words one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from storydesk.group.rarity import rarity

__all__ = ["Phrases", "phrases", "shared"]

Phrases = NDArray[np.uint32]
"""Checksums of the phrases (CRC-32), each once, ascending."""

TELLING = 1.5
"""Least rarity of either word: it stands in at most two articles of nine."""


def phrases(terms: Sequence[str]) -> Phrases:
    """The phrases among terms in order. Of two hundred, two share a checksum by chance once in 200,000 texts."""
    telling = [rarity(term) > TELLING for term in terms]
    both = zip(pairwise(terms), pairwise(telling), strict=True)
    found = {crc32(f"{one} {other}".encode()) for (one, other), tells in both if all(tells)}
    return np.array(sorted(found), dtype=np.uint32)


def shared(a: Phrases, b: Phrases) -> int:
    """How many phrases two texts have in common."""
    if not a.size or not b.size:
        return 0
    at = a.searchsorted(b)
    at[at == a.size] = 0
    return int(np.count_nonzero(a[at] == b))
