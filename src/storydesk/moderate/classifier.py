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
from numpy.typing import NDArray

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
    model = _model()
    forms = [word.form for word in words]
    abuse = hate = -math.inf
    for start, end in _windows(len(forms)):
        totals, count = _sum(forms[start:end])
        scale = 1 / math.sqrt(count or 1)
        abuse = max(abuse, totals[0] * scale + model.bias[0])
        hate = max(hate, totals[1] * scale + model.bias[1])
    spans = tuple(_probability(_in_place(forms, index)) for index in range(len(forms)))
    return Judgement(_probability(abuse), _probability(hate), spans)


WINDOW = 40
"""Words: an insult in a long comment weighs as much as in a comment of this length."""


def _windows(count: int) -> Iterator[tuple[int, int]]:
    yield 0, count
    if count > WINDOW:
        for start in range(0, count - WINDOW // 2, WINDOW // 2):
            yield start, start + WINDOW


def _sum(forms: Sequence[str]) -> tuple[tuple[float, float], int]:
    """The summed weights of the distinct words and pairs of words for the two heads, and how many features they
    have."""
    abuse = hate = 0.0
    count = 0
    for form in dict.fromkeys(forms):
        weight = _word(form)
        abuse += weight[0]
        hate += weight[1]
        count += weight[3]
    pairs = set(pairwise(forms))
    for first, second in pairs:
        abuse_of_pair, hate_of_pair = _pair(first, second)
        abuse += abuse_of_pair
        hate += hate_of_pair
    return (abuse, hate), count + len(pairs)


@lru_cache(maxsize=200_000)
def _word(form: str) -> tuple[float, float, float, int]:
    """Summed weights of a word's features for the three heads, and their number. Words recur: this makes judging
    fast."""
    features = word_features(form)
    model = _model()
    abuse, hate, span = (model.weights[:, list(features)].sum(axis=1, dtype=np.float64) * model.scale).tolist()
    return abuse, hate, span / math.sqrt(len(features)), len(features)


@lru_cache(maxsize=200_000)
def _pair(first: str, second: str) -> tuple[float, float]:
    model = _model()
    column = model.weights[:, pair_feature(first, second)]
    return float(column[0]) * model.scale[0], float(column[1]) * model.scale[1]


def _in_place(forms: Sequence[str], index: int) -> float:
    model = _model()
    before, after = side_features(forms, index)
    sides = (int(model.weights[2, before]) + int(model.weights[2, after])) * model.scale[2]
    return float(_word(forms[index])[2] + sides + model.bias[2])


@dataclass(frozen=True, slots=True)
class _Model:
    weights: NDArray[np.int8]
    scale: NDArray[np.float64]
    bias: tuple[float, float, float]


@cache
def _model() -> _Model:
    stored = msgspec.json.decode(files("storydesk.moderate").joinpath("abuse.json").read_bytes())
    packed = zlib.decompress(base64.b85decode(stored["weights"]))
    abuse, hate, span = stored["bias"]
    return _Model(
        np.frombuffer(packed, dtype=np.int8).reshape(3, BUCKETS), np.array(stored["scale"]), (abuse, hate, span)
    )


def _bucket(feature: str) -> int:
    return zlib.crc32(feature.encode()) % BUCKETS


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
