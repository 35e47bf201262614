"""Of many lines the closest: of each account, and of each origin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout

__all__ = ["Blocks"]

Matrix = NDArray[np.float32]
Places = NDArray[np.intp]


class Blocks:
    """The lines of a layout as one block an account that has any: where each block ``starts``, of which block each line
    is (``of``), which of ``origins`` (by their place in the layout) each block is of (``origin``)."""

    def __init__(self, layout: Layout) -> None:
        ats = np.array([line.at for line in layout.lines], np.intp)
        self.starts: Places = np.flatnonzero(np.diff(ats, prepend=-1))
        self.of: Places = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(ats)))
        self.origin_of_lines = layout.origin_of_lines()
        self.origins, self.origin = np.unique(self.origin_of_lines[self.starts], return_inverse=True)
        self._order = np.argsort(self.origin, kind="stable")
        self._firsts = np.searchsorted(self.origin[self._order], np.arange(len(self.origins)))

    def by_account(self, close: Matrix) -> Matrix:
        """The greatest of each block: a column a line, to a column a block."""
        nearest: Matrix = np.maximum.reduceat(close, self.starts, axis=1)
        return nearest

    def both_ways(self, close: Matrix, start: int, nearest: Matrix) -> None:
        """Writes the greatest to ``nearest``, a row a line and a column a block, of some lines from ``start`` on, a row
        each, and all lines from there on, a column each."""
        if not close.size:
            return
        first, rows = int(self.of[start]), len(close)
        places = np.maximum(self.starts[first:] - start, 0)
        own = nearest[start : start + rows, first:]
        np.maximum(own, np.maximum.reduceat(close, places, axis=1), out=own)
        places = places[places < rows]
        others = nearest[start:, first : first + len(places)]
        np.maximum(others, np.maximum.reduceat(close, places, axis=0).T, out=others)

    def by_origin(self, nearest: Matrix) -> Matrix:
        """The greatest of each origin: a column a block, to a column an origin."""
        if not len(self.origins):
            return nearest
        closest: Matrix = np.maximum.reduceat(nearest[:, self._order], self._firsts, axis=1)
        return closest
