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
        self._first = np.unique(self.origin, return_index=True)[1]
        self._several = np.flatnonzero(np.bincount(self.origin) > 1)

    def by_account(self, close: Matrix) -> Matrix:
        """The greatest of each block: a column a line, to a column a block."""
        nearest: Matrix = np.maximum.reduceat(close, self.starts, axis=1)
        return nearest

    def by_origin(self, nearest: Matrix) -> Matrix:
        """The greatest of each origin: a column a block, to a column an origin."""
        closest: Matrix = nearest.take(self._first, axis=1)
        for origin in self._several:  # few
            closest[:, origin] = nearest[:, self.origin == origin].max(axis=1)
        return closest
