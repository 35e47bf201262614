"""How likely two items tell of one event: a logistic regression over the evidence, its weights in ``weights.json``.

A second set of weights is blended in as texts get shorter, where names must carry what many words carry in long ones.
Trained by ``eval/train_grouping.py``; ``docs/models/grouping.md`` is the model card.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from storydesk.group.evidence import FEATURES, Weighed, evidence, shortness

__all__ = ["Weights", "likelihood", "log_odds"]


class Weights(NamedTuple):
    """``bias`` and a weight for each feature in order; ``short_bias`` and ``short`` are added times the shortness of a
    pair."""

    bias: float
    weights: tuple[float, ...]
    short_bias: float
    short: tuple[float, ...]


@cache
def _weights() -> dict[str, Weights]:
    stored = msgspec.json.decode(files("storydesk.group").joinpath("weights.json").read_bytes())
    return {which: _ordered(one) for which, one in stored.items()}


def _ordered(stored: dict[str, dict[str, float]]) -> Weights:
    plain, short = stored["weights"], stored["short"]
    return Weights(
        plain.get("bias", 0.0),
        tuple(plain.get(name, 0.0) for name in FEATURES),
        short.get("bias", 0.0),
        tuple(short.get(name, 0.0) for name in FEATURES),
    )


def log_odds(a: Weighed, b: Weighed) -> float:
    """The logarithm of the odds that two items tell of one event; 0 is even.

    Items in two languages share names, figures, time and meaning, but no other words: they have weights of their own.
    """
    mine, yours = a.traits.language, b.traits.language
    learned = _weights()["across languages" if mine and yours and mine != yours else "one language"]
    found = evidence(a, b)
    odds = learned.bias + sum(weight * value for weight, value in zip(learned.weights, found, strict=True))
    if short := shortness(a, b):
        odds += short * (learned.short_bias + sum(map(float.__mul__, learned.short, found)))
    return odds


def likelihood(log_odds: float) -> float:
    """Log odds as a probability, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
