"""The phrases of a text, as plain numbers: pairs of neighbouring words that are both telling. Two accounts of one event
share a title, an office, a quotation where accounts of like events share its words one by one.

How many of 6,000 news articles hold a phrase stands in ``phrases.npz``: "prime minister" says little, "cargo ferry"
much.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from storydesk.group.rarity import articles, rarity

__all__ = ["Phrases", "in_articles", "phrases"]

Phrases = NDArray[np.uint32]
"""Checksums of the phrases (CRC-32), each once, ascending."""

TELLING = 1.5
"""Least rarity of either word: it stands in at most two articles of nine."""


def phrases(terms: Sequence[str]) -> Phrases:
    """The phrases among terms in order. Of two hundred, two share a checksum by chance once in 200,000 texts."""
    plain = _plain()
    telling = [term not in plain for term in terms]
    pairs = zip(terms, terms[1:], telling, telling[1:], strict=False)
    found = {crc32(f"{one} {other}".encode()) for one, other, tells, also in pairs if tells and also}
    return np.array(sorted(found), dtype=np.uint32)


def in_articles(phrases: Phrases) -> NDArray[np.uint16]:
    """How many articles of the background hold each phrase; 0 where fewer than five do."""
    known, articles = _table()
    at = known.searchsorted(phrases)
    at[at == known.size] = 0
    held: NDArray[np.uint16] = articles[at] * (known[at] == phrases)
    return held


@cache
def _table() -> tuple[Phrases, NDArray[np.uint16]]:
    with as_file(files("storydesk.group").joinpath("phrases.npz")) as path, np.load(path) as stored:
        return stored["phrases"], stored["articles"]


@cache
def _plain() -> frozenset[str]:
    """The words that are not telling."""
    return frozenset(word for word in articles() if rarity(word) <= TELLING)
