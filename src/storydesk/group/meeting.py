"""Where two arrays of numbers hold the same one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Places", "meeting"]

Places = NDArray[np.intp]

LOW = 0x3FFF
"""The bits of a number by which nearly all that only one array holds is passed over without being searched for."""


def meeting(mine: NDArray[np.integer], theirs: NDArray[np.integer]) -> tuple[Places, Places]:
    """The places in ``mine``, a few hundred numbers, none twice, and in ``theirs``, as many thousand, where both hold
    the same number; in the order of ``theirs``."""
    likely = np.zeros(LOW + 1, dtype=bool)
    likely[mine & LOW] = True
    places = np.flatnonzero(likely[theirs & LOW])
    if not len(places):
        return places, places
    order = mine.argsort()
    ascending, sought = mine[order], theirs[places]
    at = ascending.searchsorted(sought)
    at[at == len(ascending)] = 0
    met = ascending[at] == sought
    return order[at[met]], places[met]
