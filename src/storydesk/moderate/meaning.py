"""How abusive a comment is by what it means: a logistic regression over its vector, for languages other than English.

The encoder is multilingual, so what was learned from English comments holds for the languages it knows
(``docs/models/abuse.md`` says how well). It names no words.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from storydesk.language import Encoder

__all__ = ["READ", "abusive_meaning"]

READ = 300
"""Code points of a comment that are encoded."""


def abusive_meaning(text: str, encode: Encoder) -> float:
    """The probability that a comment is abusive."""
    bias, weights = _model()
    log_odds = float(encode([text[:READ]])[0] @ weights) + bias
    return 1 / (1 + math.exp(-log_odds))


@cache
def _model() -> tuple[float, NDArray[np.float64]]:
    stored = msgspec.json.decode(files("storydesk.moderate").joinpath("meaning.json").read_bytes())
    return stored["bias"], np.array(stored["weights"])
