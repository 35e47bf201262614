"""Learns what ``storydesk.group`` scores by: the background table of word frequencies and the weights of the evidence.

python -m eval.train_grouping ../shared/data            # prints figures, each set scored by weights learned on the
others python -m eval.train_grouping ../shared/data --write    # learns on all and replaces background.txt and
weights.json
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import storydesk.group.scorer
from eval.grouping import SETS
from eval.hard_pairs import columns, cut, twins
from eval.labelled import b_cubed, characterised, read_items, story_of
from storydesk.group import Grouper, Settings, Traits
from storydesk.group.evidence import FEATURES, Weighed, evidence, shortness
from storydesk.group.window import Window
from storydesk.group.words import read_words

PACKAGE = Path(storydesk.group.scorer.__file__).parent
FEWEST_ARTICLES = 5
"""A word in fewer background articles counts as unseen: rarer counts are chance, and the table stays small."""

RIDGE = 3.0
"""Strength of the L2 penalty on standardised weights, against ten thousand pairs of total weight per set."""

WEIGHT_OF_SET = 10_000.0
WEIGHT_OF_CUT = 2_500.0
WEIGHT_OF_APART = 150.0
"""What the pairs of a labelled set weigh together, those of its cut items, and its twins and columns: enough to pass
the written traps of ``tests/group/test_traps.py``, and no more, as each costs recall on the labelled sets."""

MOST, MOST_TWINS = 800, 300
"""Items of a set that are cut, and that get a twin and a column."""

NEIGHBOURS = 48
JOINS = (0.4, 0.45, 0.5)
Array = NDArray[np.float64]
Weights = dict[str, dict[str, float]]
"""As ``weights.json`` holds them: "weights" and "short", each a weight by feature and the bias."""


def background(data: Path) -> str:
    """The table: the number of articles, then each word with how many hold it."""
    counts: Counter[str] = Counter()
    items = read_items(data / "stories" / "background-6k.jsonl.gz")
    for item, _ in items:
        title, _ = read_words(item.title)
        terms, _ = read_words(item.text[:3000])
        counts.update(set(title + terms[:300]))
    kept = sorted((-count, word) for word, count in counts.items() if count >= FEWEST_ARTICLES)
    return f"{len(items)}\n" + "".join(f"{word}\t{-count}\n" for count, word in kept)


class Pairs(NamedTuple):
    """``features`` (pairs, features), ``shortness`` and whether they are the ``same`` event (pairs,), and what all
    weigh together."""

    features: Array
    shortness: Array
    same: Array
    total: float


def neighbours(traits: list[Traits], gold: list[str], total: float) -> Pairs:
    """Each item with its neighbours so far."""
    window = Window(days=1e6, at_least=1_000_000, at_most=1_000_000)
    found, short, same = [], [], []
    stories: dict[str, str] = {}
    for one, story in zip(traits, gold, strict=True):
        weighed = Weighed.of(one)
        for near in window.near(weighed, NEIGHBOURS):
            found.append(evidence(weighed, near.weighed))
            short.append(shortness(weighed, near.weighed))
            same.append(stories[near.id] == story)
        stories[one.id] = story
        window.add(weighed, story)
    return Pairs(np.array(found), np.array(short), np.array(same, dtype=float), total)


def hard(data: Path, name: str, vectors: Path | None) -> list[Pairs]:
    """Pairs made by rule (``eval/hard_pairs.py``): cut items with their gold stories; twins and columns as pairs
    apart."""
    chance = random.Random(name)
    items = read_items(data / "stories" / f"{name}.jsonl.gz")[:MOST]
    short = [(cut(item, chance), story) for item, story in items]
    cut_pairs = neighbours(
        characterised(short, vectors and vectors / f"{name} short.npy"), [story for _, story in short], WEIGHT_OF_CUT
    )
    originals = [item for item, _ in short[:MOST_TWINS]]
    apart = twins(originals, chance) + columns(originals, chance)
    flat = [(item, "") for pair in apart for item in pair]
    weighed = [Weighed.of(one) for one in characterised(flat, vectors and vectors / f"{name} apart.npy")]
    both = list(zip(weighed[::2], weighed[1::2], strict=True))
    features = np.array([evidence(*pair) for pair in both])
    lengths = np.array([shortness(*pair) for pair in both])
    return [cut_pairs, Pairs(features, lengths, np.zeros(len(both)), WEIGHT_OF_APART)]


def fit(sets: Sequence[Pairs], names: Sequence[str] = FEATURES, short: bool = True) -> Weights:
    """Logistic regression by Newton's method over the features, and over the features times shortness."""
    columns = [FEATURES.index(name) for name in names]
    blocks = [_design(pairs.features[:, columns], pairs.shortness, short) for pairs in sets]
    x, y = np.vstack(blocks), np.concatenate([pairs.same for pairs in sets])
    weight = np.concatenate([np.full(len(pairs.same), pairs.total / len(pairs.same)) for pairs in sets])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    penalty = np.diag([RIDGE] * x.shape[1] + [0.0])
    solved = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ solved, -30, 30)))
        gradient = z.T @ (weight * (p - y)) + penalty @ solved
        step = np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + penalty, gradient)
        solved -= step
        if np.abs(step).max() < 1e-8:
            break
    raw = solved[:-1] / scale
    learned = dict(zip(names, map(float, raw), strict=False)) | {"bias": float(solved[-1] - raw @ mean)}
    rest = dict(zip([*names, "bias"], map(float, raw[len(names) :]), strict=False))
    return {"weights": learned, "short": rest}


def _design(features: Array, shortness: Array, short: bool) -> Array:
    return np.hstack([features, features * shortness[:, None], shortness[:, None]]) if short else features


ACROSS = (
    "names",
    "names_least",
    "names_most",
    "meaning",
    "numbers",
    "gap_within_week",
    "gap_beyond_week",
    "undated",
    "same_source",
)
"""What two items in different languages can share."""


def _total(same: Array) -> float:
    """The weight of a set: those made to be apart would otherwise make up a third of all."""
    return WEIGHT_OF_SET if same.any() else WEIGHT_OF_APART


def use(weights: Weights) -> None:
    """Lets the scorer use these weights in this process."""
    both = dict.fromkeys(("one language", "across languages"), storydesk.group.scorer._ordered(weights))
    storydesk.group.scorer._weights = lambda: both  # type: ignore[assignment]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--vectors", type=Path, help="a folder to keep meaning vectors in between runs")
    options = parser.parse_args()
    if options.write:
        (PACKAGE / "background.txt").write_text(background(options.data), "utf-8")
    traits, gold, seen = {}, {}, {}
    for name in SETS:
        items = read_items(options.data / "stories" / f"{name}.jsonl.gz")
        traits[name] = characterised(items, options.vectors and options.vectors / f"{name}.npy")
        gold[name] = [story for _, story in items]
        seen[name] = [
            neighbours(traits[name], gold[name], WEIGHT_OF_SET),
            *hard(options.data, name, options.vectors),
        ]
    everything = [pairs for name in SETS for pairs in seen[name]]
    learned = fit(everything)
    for name in SETS:
        others = fit([pairs for other in SETS if other != name for pairs in seen[other]])
        for how, weights in (("held out", others), ("learned on all", learned)):
            use(weights)
            for join in JOINS:
                grouper = Grouper(settings=replace(Settings(), join=join))
                figures = b_cubed(gold[name], story_of(grouper, traits[name]))
                print(f"{name:12} {how:15} join {join}", *(f"{figure:.3f}" for figure in figures), flush=True)
    if options.write:
        record = {"one language": learned, "across languages": fit(everything, ACROSS, short=False)}
        (PACKAGE / "weights.json").write_text(json.dumps(_rounded(record), indent=1) + "\n", "utf-8")


def _rounded(record: dict[str, Weights]) -> dict[str, Weights]:
    return {
        which: {part: {name: round(value, 4) for name, value in named.items()} for part, named in parts.items()}
        for which, parts in record.items()
    }


if __name__ == "__main__":
    main()
