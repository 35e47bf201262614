"""How rare a word is, from a built-in table of how many of 6,000 news articles hold it (``background.txt``).

A fixed table, and not the frequencies of what came in so far: whether two items tell of one event then depends on the
two alone, in whatever order and company they arrive. Counting online as well was measured and brought nothing
(``docs/models/grouping.md``).
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["COMMON", "articles", "common", "rarities", "rarity"]

COMMON = 0.1
"""A word in a tenth of all articles cannot lead to a story."""


@cache
def _table() -> tuple[int, dict[str, int]]:
    first, *rest = files("storydesk.group").joinpath("background.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in rest)
    return int(first), {word: int(count) for word, count in pairs}


def articles() -> dict[str, int]:
    """The number of background articles that hold each word of the table; any other word is in none."""
    return _table()[1]


@cache
def rarities() -> NDArray[np.float64]:
    """How rare a word is, by the number of background articles that hold it: inverse document frequency (Spärck Jones,
    1972), 0 for a word of every article, 8.7 for an unseen one."""
    count, _ = _table()
    return np.array([math.log((count + 1) / (held + 1)) for held in range(count + 1)])


@cache
def _weights() -> tuple[dict[str, float], float]:
    """The rarity of each word of the table, and that of any other."""
    by_articles = rarities().tolist()
    return {word: by_articles[held] for word, held in articles().items()}, by_articles[0]


@cache
def common() -> frozenset[str]:
    """The words that stand in too many articles to lead to a story: at least :data:`COMMON` of them."""
    count, held = _table()
    return frozenset(word for word, in_articles in held.items() if in_articles / count >= COMMON)


def rarity(term: str) -> float:
    """How rare a term is: see :func:`rarities`."""
    weights, unseen = _weights()
    return weights.get(term, unseen)
