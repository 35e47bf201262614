"""How rare a word is, from a built-in table of how many of 6,000 news articles hold it (``background.txt``).

A fixed table, and not the frequencies of what came in so far: whether two items tell of one event then depends on the
two alone, in whatever order and company they arrive. Counting online as well was measured and brought nothing
(``docs/models/grouping.md``).
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

__all__ = ["COMMON", "common", "rarity"]

COMMON = 0.1
"""A word in a tenth of all articles cannot lead to a story."""


@cache
def _table() -> tuple[int, dict[str, int]]:
    first, *rest = files("storydesk.group").joinpath("background.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in rest)
    return int(first), {word: int(count) for word, count in pairs}


@cache
def _weights() -> tuple[dict[str, float], float]:
    """The rarity of each word of the table, and that of any other."""
    articles, counts = _table()
    return {word: math.log((articles + 1) / (count + 1)) for word, count in counts.items()}, math.log(articles + 1)


@cache
def common() -> frozenset[str]:
    """The words that stand in too many articles to lead to a story: at least :data:`COMMON` of them."""
    articles, counts = _table()
    return frozenset(word for word, count in counts.items() if count / articles >= COMMON)


def rarity(term: str) -> float:
    """Inverse document frequency (Spärck Jones, 1972) against the background: 0 for a word of every article, 8.7 for
    an unseen one."""
    weights, unseen = _weights()
    return weights.get(term, unseen)
