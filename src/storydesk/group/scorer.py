"""How likely two items tell of one event: a small network over the evidence, and beside it a straight sum of it; the
weights are in ``weights.json``.

Items in two languages share names, figures, time and meaning but no other words; a second network looks at these alone.
Trained by ``eval/train_grouping.py``; ``docs/models/grouping.md`` is the model card.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from storydesk.group.evidence import FEATURES, evidence
from storydesk.group.weighed import Weighed

__all__ = ["Network", "likelihood", "log_odds"]

Floats = NDArray[np.float64]

FARTHEST = 5.0
"""Standard deviations: a figure farther from its mean counts as this far, so that the odd one does not decide alone."""


@dataclass(frozen=True, slots=True)
class Network:
    """One layer of rectified units over the ``features`` named, standardised by ``mean`` and ``scale`` (features,).

    ``hidden`` (features, units) and ``hidden_bias`` (units,) lead to the units, ``out`` (units,), ``straight``
    (features,) from the features themselves, and ``bias`` to the log odds.
    """

    features: tuple[str, ...]
    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    straight: Floats
    bias: float

    def log_odds(self, found: Floats) -> Floats:
        """The log odds (pairs,) for evidence (pairs, features) in the order of ``FEATURES``."""
        seen = self.standardised(found)
        units = np.maximum(seen @ self.hidden + self.hidden_bias, 0.0)
        odds: Floats = units @ self.out + seen @ self.straight + self.bias
        return odds

    def standardised(self, found: Floats) -> Floats:
        """What the units see of evidence."""
        return np.clip((found[:, _columns(self.features)] - self.mean) / self.scale, -FARTHEST, FARTHEST)


@cache
def _columns(features: tuple[str, ...]) -> list[int]:
    """Where the features stand among all."""
    return [FEATURES.index(name) for name in features]


@cache
def _networks() -> dict[str, Network]:
    stored = msgspec.json.decode(files("storydesk.group").joinpath("weights.json").read_bytes())
    return {
        which: Network(tuple(one.pop("features")), bias=one.pop("bias"), **{part: np.array(one[part]) for part in one})
        for which, one in stored.items()
    }


def log_odds(item: Weighed, others: Sequence[Weighed]) -> list[float]:
    """The logarithm of the odds that an item tells of one event with each of the others; 0 is even. Symmetric."""
    if not others:
        return []
    networks, language = _networks(), item.language
    found = evidence(item, others)
    odds = networks["one language"].log_odds(found)
    foreign = np.array([bool(language and other.language not in (language, None)) for other in others])
    if foreign.any():
        odds[foreign] = networks["across languages"].log_odds(found[foreign])
    told: list[float] = odds.tolist()
    return told


def likelihood(log_odds: float) -> float:
    """Log odds as a probability, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
