"""How rare a word is, from a built-in table of how many of 6,000 news articles hold it (``background.txt``).

A fixed table, and not the frequencies of what came in so far: whether two items tell of one event then depends on the
two alone, in whatever order and company they arrive. Counting online as well was measured and brought nothing
(``docs/models/grouping.md``).
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

__all__ = ["COMMON", "frequency", "rarity"]

COMMON = 0.1
"""A word in a tenth of all articles cannot lead to a story."""


@cache
def _table() -> tuple[int, dict[str, int]]:
    first, *rest = files("storydesk.group").joinpath("background.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in rest)
    return int(first), {word: int(count) for word, count in pairs}


@cache
def _weights() -> dict[str, float]:
    articles, counts = _table()
    return {word: math.log((articles + 1) / (count + 1)) for word, count in counts.items()}


@cache
def _unseen() -> float:
    return math.log(_table()[0] + 1)


def frequency(term: str) -> float:
    """The share of background articles that hold the term, 0 to 1."""
    articles, counts = _table()
    return counts.get(term, 0) / articles


def rarity(term: str) -> float:
    """Inverse document frequency (Spärck Jones, 1972) against the background: 0 for a word of every article, 8.7 for
    an unseen one."""
    return _weights().get(term, _unseen())
