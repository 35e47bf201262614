"""How likely two items tell of one event: a logistic regression over the evidence, its weights in ``weights.json``.

Trained by ``eval/train_grouping.py``; ``docs/models/grouping.md`` is the model card.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from storydesk.group.evidence import FEATURES, Weighed, evidence

__all__ = ["likelihood", "log_odds"]


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    stored = msgspec.json.decode(files("storydesk.group").joinpath("weights.json").read_bytes())
    return float(stored["bias"]), tuple(float(stored["weights"][name]) for name in FEATURES)


def log_odds(a: Weighed, b: Weighed) -> float:
    """The logarithm of the odds that two items tell of one event; 0 is even."""
    bias, weights = _weights()
    return bias + sum(weight * value for weight, value in zip(weights, evidence(a, b), strict=True))


def likelihood(log_odds: float | Sequence[float]) -> float:
    """Log odds as a probability, 0 to 1."""
    value = log_odds if isinstance(log_odds, float) else sum(log_odds) / len(log_odds)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
