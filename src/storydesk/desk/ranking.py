"""Which story stands first: the one that most independent origins tell, as long as it is fresh."""

from __future__ import annotations

from datetime import datetime
from math import log2

__all__ = ["rank"]

DOUBLING = 18.0
"""Hours by which a story may be older than another for each doubling of its origins and still stand above it."""


def rank(origins: int, last_changed: datetime | None) -> float:
    """A number to sort stories by, larger first. It does not depend on the present, so it is kept and never recomputed.

    The form is the one of the "hot" rankings of link sites: log of the support plus time, here in hours since 1970.
    """
    hours = last_changed.timestamp() / 3600 if last_changed else 0.0
    return DOUBLING * log2(max(origins, 1)) + hours
