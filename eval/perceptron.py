"""Learns the network that ``storydesk.group`` scores pairs by, in NumPy alone: Adam on the weighted logistic loss, and
Newton's method for its straight part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storydesk.group.evidence import FEATURES
from storydesk.group.scorer import Network

__all__ = ["fit"]

Array = NDArray[np.float64]

NETWORKS = 5
"""Networks whose mean is taken, each begun elsewhere: what one learned by chance counts a fifth."""

STRAIGHT = 0.35
"""Share of the log odds that a logistic regression gives. It knows less, and errs less far from what was learned: with
a quarter or less of it two rulings on couriers, in two countries, were one where the later came first."""

RIDGE = 3.0
"""Strength of the regression's L2 penalty, against a mean weight of one a pair."""

EPOCHS = 30
BATCH = 512
RATE = 4e-3
WARM = 0.1
"""Share of the steps in which the rate rises."""

DECAY = 1e-2
BETAS = (0.9, 0.999)


def fit(features: Array, same: Array, weight: Array, names: Sequence[str], units: int) -> Network:
    """A network of ``units`` over the features ``names`` that gives the log odds of ``same`` (pairs,) from ``features``
    (pairs, features); ``weight`` (pairs,) says how much each pair counts."""
    columns = [FEATURES.index(name) for name in names]
    mean, scale = features[:, columns].mean(axis=0), features[:, columns].std(axis=0) + 1e-6
    none = np.zeros(0)
    seen = Network(tuple(names), mean, scale, none, none, none, none, 0.0).standardised(features)
    weight = weight / weight.mean()
    learned = [_learn(seen, same, weight, units, np.random.default_rng(seed)) for seed in range(NETWORKS)]
    hidden, hidden_bias, out, bias = zip(*learned, strict=True)
    straight, offset = _line(seen, same, weight)
    return Network(
        tuple(names),
        mean,
        scale,
        np.hstack(hidden),
        np.concatenate(hidden_bias),
        (1 - STRAIGHT) * np.concatenate(out) / NETWORKS,
        STRAIGHT * straight,
        float((1 - STRAIGHT) * np.mean(bias) + STRAIGHT * offset),
    )


def _line(seen: Array, same: Array, weight: Array) -> tuple[Array, float]:
    """Weights and offset of a logistic regression, by Newton's method."""
    rows = np.hstack([seen, np.ones((len(seen), 1))])
    penalty = np.diag([RIDGE] * seen.shape[1] + [0.0])
    solved = np.zeros(rows.shape[1])
    for _ in range(40):
        likely = 1 / (1 + np.exp(-np.clip(rows @ solved, -30, 30)))
        slope = rows.T @ (weight * (likely - same)) + penalty @ solved
        step = np.linalg.solve((rows * (weight * likely * (1 - likely))[:, None]).T @ rows + penalty, slope)
        solved -= step
        if np.abs(step).max() < 1e-8:
            break
    return solved[:-1], float(solved[-1])


def _learn(
    seen: Array, same: Array, weight: Array, units: int, chance: np.random.Generator
) -> tuple[Array, Array, Array, Array]:
    """Weights and bias of the units, then of the log odds."""
    pairs, features = seen.shape
    layers = [
        chance.normal(0, features**-0.5, (features, units)),
        np.zeros(units),
        chance.normal(0, units**-0.5, units),
        np.zeros(1),
    ]
    first, second = [np.zeros_like(part) for part in layers], [np.zeros_like(part) for part in layers]
    steps = EPOCHS * -(-pairs // BATCH)
    step = 0
    for _ in range(EPOCHS):
        order = chance.permutation(pairs)
        for start in range(0, pairs, BATCH):
            step += 1
            batch = order[start : start + BATCH]
            rate = RATE * min(1.0, step / (WARM * steps)) * (1 - step / steps) ** 0.5
            for at, slope in enumerate(_slopes(layers, seen[batch], same[batch], weight[batch])):
                first[at] = BETAS[0] * first[at] + (1 - BETAS[0]) * slope
                second[at] = BETAS[1] * second[at] + (1 - BETAS[1]) * slope**2
                moment, spread = first[at] / (1 - BETAS[0] ** step), second[at] / (1 - BETAS[1] ** step)
                decay = DECAY * layers[at] if at in (0, 2) else 0.0
                layers[at] = layers[at] - rate * (moment / (np.sqrt(spread) + 1e-8) + decay)
    return layers[0], layers[1], layers[2], layers[3]


def _slopes(layers: Sequence[Array], seen: Array, same: Array, weight: Array) -> list[Array]:
    """The gradient of the loss, layer by layer."""
    before = seen @ layers[0] + layers[1]
    units = np.maximum(before, 0.0)
    error = (1 / (1 + np.exp(-np.clip(units @ layers[2] + layers[3], -30, 30))) - same) * weight / len(same)
    back = np.outer(error, layers[2]) * (before > 0)
    return [seen.T @ back, back.sum(axis=0), units.T @ error, np.array([error.sum()])]
