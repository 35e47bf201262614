"""Learns the weights of closeness from the tuning half of the judged pairs: python -m eval.train_alignment DATA.

Prints the weights for ``storydesk/compare/closeness.py``, and the threshold of the best F1 on that half for
``eval/alignment.py``. The pairs of the rows that were shown count as well, each for ``SHOWN`` of a sampled one: they
are many and of few stories.
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.alignment import events, f1, judged, laid_out, sentence_places
from storydesk.compare.closeness import Closeness

SHOWN = 0.35
RIDGE = 1.0
"""The strength of the penalty on the weights, in pairs."""

ROUNDS = 30

Array = NDArray[np.float64]


def main() -> None:
    """Prints what was learned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    signs, tells, counts = _examples(parser.parse_args().data)
    weights = _logistic(signs, tells, counts)
    chance = 1 / (1 + np.exp(-signs @ weights))
    sampled = counts == 1
    best = max(chance[sampled], key=lambda least: f1(chance[sampled] >= least, tells[sampled])[0])
    print("EVEN", round(float(weights[0]), 2), "WEIGHTS", [round(float(weight), 2) for weight in weights[1:]])
    print("best F1 on the tuning half", f1(chance[sampled] >= best, tells[sampled]), "at", round(float(best), 3))


def _examples(data: Path) -> tuple[Array, NDArray[np.bool_], Array]:
    """The signs of each pair after a constant one, whether it tells the same, and what it counts for."""
    rows: list[list[float]] = []
    tells: list[bool] = []
    counts: list[float] = []
    for one in (one for one in judged() if one.half == "tuning"):
        layout = laid_out(events(data)[one.story])
        place, closeness = sentence_places(layout, events(data)[one.story]), Closeness(layout)
        shown = [
            (first, second, bool(set(letters) & set(others)))
            for row in one.shown
            for (first, letters), (second, others) in combinations(row, 2)
            if {first, second} <= place.keys()
            and layout.lines[place[first]].origin != layout.lines[place[second]].origin
            and layout.lines[place[first]].passage.text != layout.lines[place[second]].passage.text
        ]
        for pairs, count in ((one.pairs, 1.0), (shown, SHOWN)):
            for first, second, same in (pair for pair in pairs if {*pair[:2]} <= place.keys()):
                texts = closeness.texts[[place[first], place[second]]].tolist()
                rows.append([1.0, *(float(s[0, 0]) for s in closeness.signs(texts[:1], texts[1:]))])
                tells.append(same)
                counts.append(count)
    return np.array(rows), np.array(tells), np.array(counts)


def _logistic(signs: Array, tells: NDArray[np.bool_], counts: Array) -> Array:
    """Logistic regression by Newton's method, its weights, the constant excepted, held small."""
    weights = np.zeros(signs.shape[1])
    ridge = RIDGE * np.diag([0.0, *signs[:, 1:].std(axis=0) ** 2])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (counts * (tells - chance)) - ridge @ weights
        bend = (signs * (counts * chance * (1 - chance))[:, None]).T @ signs + ridge
        weights += np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    main()
