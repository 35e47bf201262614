"""How abusive and how hateful a comment is, and which of its words weigh: logistic regressions over hashed words and
letter n-grams.

Three heads share one table of features. ``abuse`` and ``hate`` judge a whole comment, ``span`` a single word in its
place. The weights are plain bytes in ``abuse.json``, learned by ``eval/train_moderation.py``; ``docs/models/abuse.md``
is the model card.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

import msgspec
import numpy as np

from storydesk.moderate.words import Word

__all__ = ["BUCKETS", "Judgement", "judge", "pair_feature", "side_features", "word_features"]

BUCKETS = 1 << 18
"""Features are hashed into this many weights: a quarter of a million, where collisions cost less than .001 of any
figure."""

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
LONGEST_WORD = 24


def word_features(form: str) -> tuple[int, ...]:
    """The features of a word: itself and the letter n-grams (3 to 5) of it between boundaries, each once."""
    bounded = f"<{form[:LONGEST_WORD]}>"
    grams = {
        bounded[start : start + size]
        for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for start in range(len(bounded) - size + 1)
    }
    return tuple(sorted({_bucket(f"={form}"), *map(_bucket, grams)}))


def pair_feature(first: str, second: str) -> int:
    """The feature of two words in a row."""
    return _bucket(f"{first} {second}")


def side_features(words: Sequence[str], index: int) -> tuple[int, int]:
    """The features of a word's place: with the word before and with the word after it."""
    before = words[index - 1] if index else "^"
    after = words[index + 1] if index + 1 < len(words) else "$"
    return _bucket(f"{before}>{words[index]}"), _bucket(f"{words[index]}<{after}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the classifier says of a comment: probabilities 0 to 1, and the probability of each word to be what is
    abusive in it."""

    abuse: float
    hate: float
    words: tuple[float, ...]


def judge(words: Sequence[Word]) -> Judgement:
    """Judges a comment by its words. The whole and each run of :data:`WINDOW` words are scored; the worst counts."""
    bias = _model().bias
    forms = [word.form for word in words]
    pairs = [_pair(first, second) for first, second in pairwise(forms)]
    abuse = hate = -math.inf
    for start, end in _windows(len(forms)):
        totals, count = _sum(forms[start:end], pairs[start : end - 1])
        scale = 1 / math.sqrt(count or 1)
        abuse = max(abuse, totals[0] * scale + bias[0])
        hate = max(hate, totals[1] * scale + bias[1])
    return Judgement(_probability(abuse), _probability(hate), tuple(_in_place(forms, pairs)))


WINDOW = 40
"""Words: an insult in a long comment weighs as much as in a comment of this length."""


def _windows(count: int) -> Iterator[tuple[int, int]]:
    yield 0, count
    if count > WINDOW:
        for start in range(0, count - WINDOW // 2, WINDOW // 2):
            yield start, start + WINDOW


def _sum(forms: Sequence[str], pairs: Sequence[Pair]) -> tuple[tuple[float, float], int]:
    """The summed weights of the distinct words and pairs for the two heads of comments, and how many features they
    have."""
    weighed = [_word(form) for form in dict.fromkeys(forms)]
    distinct = set(pairs)
    abuse = sum(word[0] for word in weighed) + sum(pair[1] for pair in distinct)
    hate = sum(word[1] for word in weighed) + sum(pair[2] for pair in distinct)
    return (abuse, hate), sum(word[3] for word in weighed) + len(distinct)


@lru_cache(maxsize=200_000)
def _word(form: str) -> tuple[float, float, float, int]:
    """Summed weights of a word's features for the three heads, and their number. Words recur: this makes judging
    fast."""
    features = word_features(form)
    abuse, hate, span = (
        scale * sum(map(weights.__getitem__, features))
        for weights, scale in zip(_model().weights, _model().scale, strict=True)
    )
    return abuse, hate, span / math.sqrt(len(features)), len(features)


Pair = tuple[int, float, float, float, float]
"""The feature of two words in a row, its weights for abuse and hate, and what each adds to the other's being
abusive."""


@lru_cache(maxsize=200_000)
def _pair(first: str, second: str) -> Pair:
    (abuse, hate, span), scale = _model().weights, _model().scale
    feature, before, after = pair_feature(first, second), _bucket(f"{first}>{second}"), _bucket(f"{first}<{second}")
    return feature, abuse[feature] * scale[0], hate[feature] * scale[1], span[before] * scale[2], span[after] * scale[2]


def _in_place(forms: Sequence[str], pairs: Sequence[Pair]) -> Iterator[float]:
    """The probability of each word to be abusive where it stands."""
    if not forms:
        return
    bias, edge = _model().bias[2], (_pair("^", forms[0]), _pair(forms[-1], "$"))
    for form, before, after in zip(forms, [edge[0], *pairs], [*pairs, edge[1]], strict=True):
        yield _probability(_word(form)[2] + before[3] + after[4] + bias)


@dataclass(frozen=True, slots=True)
class _Model:
    weights: tuple[list[int], list[int], list[int]]
    scale: tuple[float, float, float]
    bias: tuple[float, float, float]


@cache
def _model() -> _Model:
    stored = msgspec.json.decode(files("storydesk.moderate").joinpath("abuse.json").read_bytes())
    packed = np.frombuffer(zlib.decompress(base64.b85decode(stored["weights"])), dtype=np.int8)
    abuse, hate, span = packed.reshape(3, BUCKETS).tolist()
    return _Model((abuse, hate, span), tuple(stored["scale"]), tuple(stored["bias"]))


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % BUCKETS


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
