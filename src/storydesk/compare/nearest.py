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
    is (``of``), which of ``origins`` each block is of (``origin``)."""

    def __init__(self, layout: Layout) -> None:
        ats = np.array([line.at for line in layout.lines], np.intp)
        self.starts: Places = np.flatnonzero(np.diff(ats, prepend=-1))
        self.of: Places = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(ats)))
        place = {origin: index for index, origin in enumerate(layout.origins)}
        named = [place[layout.lines[start].origin] for start in self.starts.tolist()]
        present, self.origin = np.unique(np.array(named, np.intp), return_inverse=True)
        self.origins = [layout.origins[index] for index in present.tolist()]
        self._order = np.argsort(self.origin, kind="stable")
        self._firsts = np.searchsorted(self.origin[self._order], np.arange(len(self.origins)))

    def by_account(self, close: Matrix) -> Matrix:
        """The greatest of each block: a column a line, to a column a block."""
        nearest: Matrix = np.maximum.reduceat(close, self.starts, axis=1)
        return nearest

    def by_later_account(self, close: Matrix, start: int) -> tuple[int, Matrix]:
        """The same of columns for the lines from ``start`` on, as many as there are; and which block is the first."""
        first = int(self.of[start])
        places = np.maximum(self.starts[first:] - start, 0)
        nearest: Matrix = np.maximum.reduceat(close, places[places < close.shape[1]], axis=1)
        return first, nearest

    def by_origin(self, nearest: Matrix) -> Matrix:
        """The greatest of each origin: a column a block, to a column an origin."""
        closest: Matrix = np.maximum.reduceat(nearest[:, self._order], self._firsts, axis=1)
        return closest
