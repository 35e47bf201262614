"""Learns what ``storydesk.group`` scores by: the background table of word frequencies and the weights of the evidence.

python -m eval.train_grouping ../shared/data            # prints figures, each set scored by weights learned on the
others python -m eval.train_grouping ../shared/data --write    # learns on all and replaces background.txt and
weights.json
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import storydesk.group.scorer
from eval.grouping import SETS, b_cubed, characterised, read_items, story_of
from storydesk.group import Grouper, Settings, Traits
from storydesk.group.evidence import FEATURES, Weighed, evidence
from storydesk.group.window import Window
from storydesk.group.words import read_words

PACKAGE = Path(storydesk.group.scorer.__file__).parent
FEWEST_ARTICLES = 5
"""A word in fewer background articles counts as unseen: rarer counts are chance, and the table stays small."""

RIDGE = 3.0
"""Strength of the L2 penalty on standardised weights, against ten thousand pairs of total weight per set."""

WEIGHT_OF_SET = 10_000.0
NEIGHBOURS = 48
Array = NDArray[np.float64]


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


def pairs(traits: list[Traits], gold: list[str]) -> tuple[Array, Array]:
    """The evidence of each item with its neighbours so far, shape (pairs, features), and whether they share a story."""
    window = Window(days=1e6, at_least=1_000_000, at_most=1_000_000)
    found, same = [], []
    stories: dict[str, str] = {}
    for one, story in zip(traits, gold, strict=True):
        weighed = Weighed.of(one)
        for near in window.near(weighed, NEIGHBOURS):
            found.append(evidence(weighed, near.weighed))
            same.append(stories[near.id] == story)
        stories[one.id] = story
        window.add(weighed, story)
    return np.array(found), np.array(same, dtype=float)


def fit(sets: list[tuple[Array, Array]]) -> tuple[float, dict[str, float]]:
    """Logistic regression by Newton's method, every set of equal weight: bias and weights of the raw features."""
    x = np.vstack([features for features, _ in sets])
    y = np.concatenate([same for _, same in sets])
    weight = np.concatenate([np.full(len(same), WEIGHT_OF_SET / len(same)) for _, same in sets])
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
    return float(solved[-1] - raw @ mean), dict(zip(FEATURES, map(float, raw), strict=True))


def use(weights: tuple[float, dict[str, float]]) -> None:
    """Lets the scorer use these weights in this process."""
    bias, named = weights
    ordered = (bias, tuple(named[name] for name in FEATURES))
    storydesk.group.scorer._weights = lambda: ordered  # type: ignore[assignment]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--vectors", type=Path, help="a folder to keep meaning vectors in between runs")
    options = parser.parse_args()
    if options.write:
        (PACKAGE / "background.txt").write_text(background(options.data), "utf-8")
    traits: dict[str, list[Traits]] = {}
    gold: dict[str, list[str]] = {}
    seen: dict[str, tuple[Array, Array]] = {}
    for name in SETS:
        items = read_items(options.data / "stories" / f"{name}.jsonl.gz")
        traits[name] = characterised(items, options.vectors and options.vectors / f"{name}.npy")
        gold[name] = [story for _, story in items]
        seen[name] = pairs(traits[name], gold[name])
    everything = fit(list(seen.values()))
    for name in SETS:
        for how, weights in (
            ("held out", fit([seen[other] for other in SETS if other != name])),
            ("learned on all", everything),
        ):
            use(weights)
            for join in (0.3, 0.4, 0.5, 0.6, 0.7):
                grouper = Grouper(settings=replace(Settings(), join=join))
                figures = b_cubed(gold[name], story_of(grouper, traits[name]))
                print(f"{name:12} {how:15} join {join}", *(f"{figure:.3f}" for figure in figures))
    if options.write:
        bias, named = everything
        record = {"bias": round(bias, 4), "weights": {name: round(value, 4) for name, value in named.items()}}
        (PACKAGE / "weights.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
