"""Meaning as a vector, and what of it is an item's own.

The vectors of all news point much the same way, and differ most in a few directions: politics or sport, a report or a
comment. These say what kind of news an item is, and drown which news. So the mean of 6,000 articles is taken off, and
the hundred directions in which they differ most are shrunk to the next (after Mu and Viswanath, 2018, who take the
first few off altogether). Mean, directions and the share of each that is taken off stand in ``directions.npz``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

__all__ = ["own"]

Vector = NDArray[np.float32]


def own(vector: bytes) -> bytes:
    """What of a meaning is the item's own, of length one, as half floats like the vector given; empty for an empty
    one."""
    if not vector:
        return b""
    mean, axes, taken = _directions()
    centred = np.frombuffer(vector, dtype="<f2").astype(np.float32) - mean
    left = centred - ((axes @ centred) * taken) @ axes
    return bytes((left / (np.linalg.norm(left) or 1.0)).astype("<f2").tobytes())


@cache
def _directions() -> tuple[Vector, Vector, Vector]:
    with as_file(files("storydesk.group").joinpath("directions.npz")) as path, np.load(path) as stored:
        mean, axes, taken = (stored[name].astype(np.float32) for name in ("mean", "axes", "taken"))
    return mean, axes, taken
