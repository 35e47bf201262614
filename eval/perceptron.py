"""Learns the network that ``storydesk.group`` scores pairs by: Adam on the weighted logistic loss, in NumPy alone."""

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
    seen = Network(tuple(names), mean, scale, none, none, none, 0.0).standardised(features)
    learned = [
        _learn(seen, same, weight / weight.mean(), units, np.random.default_rng(seed)) for seed in range(NETWORKS)
    ]
    hidden, hidden_bias, out, bias = zip(*learned, strict=True)
    return Network(
        tuple(names),
        mean,
        scale,
        np.hstack(hidden),
        np.concatenate(hidden_bias),
        np.concatenate(out) / NETWORKS,
        float(np.mean(bias)),
    )


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
