"""What the classifier looks at: figures and words by block, marks by element, and which blocks stand together.

Words and marks (names of classes and other attributes) are looked up in the vocabulary that travels with the weights.
Everything is linear in the length of the page. (The types of the loops stand in ``features.pxd``, by which they are
compiled.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storydesk.read.figures import Declared, figures
from storydesk.read.layout import NEAR, Floats, Ints, layout
from storydesk.read.outline import Block, Outline
from storydesk.read.words import ends

__all__ = ["Features", "features"]


@dataclass(frozen=True, slots=True)
class Features:
    """The page as the classifier sees it, for n blocks and m elements that enclose any.

    ``figures`` is (n, f) float32. ``marks`` are the m elements' marks, the root's first, which has none; ``near``
    (n, 3) and ``far`` (n, 22) index them, 0 where there is none. ``words`` are each block's. ``groups`` (3, n) numbers
    the blocks that share a parent, a grandparent, a look. ``lengths`` (n,) are words by block.
    """

    figures: NDArray[np.float32]
    marks: list[tuple[str, ...]]
    near: Ints
    far: Ints
    words: list[list[str]]
    groups: Ints
    lengths: Floats


def features(outline: Outline, blocks: list[Block], declared: Declared) -> Features:
    """The features of these blocks of an outline (at least one). ``declared`` is what the page says of itself."""
    page = layout(outline, blocks)
    words = [ends(text) for text in page.texts]
    places, groups = np.empty(page.chains.shape, np.int64), np.empty((3, len(blocks)), np.int64)
    _place(page.chains, page.enclosing, len(page.parent), places)
    _group(page.element, page.parent, places, page.look, groups)
    return Features(
        figures=figures(page, words, groups[2], declared),
        marks=page.marks,
        near=places[:, :NEAR],
        far=places[:, NEAR:],
        words=words,
        groups=groups,
        lengths=page.words,
    )


def _place(chains: Ints, enclosing: Ints, elements: int, places: Ints) -> None:
    """The chains with each element by its place among the enclosing ones."""
    order = np.zeros(elements, np.int64)
    ordered = order
    for place in range(len(enclosing)):
        ordered[enclosing[place]] = place
    for at in range(len(chains)):
        for level in range(chains.shape[1]):
            places[at, level] = ordered[chains[at, level]]


def _group(element: Ints, parent: Ints, places: Ints, look: Ints, groups: Ints) -> None:
    """Numbers for blocks with one parent, with one grandparent, and that look alike: by the looks of the enclosing
    element and of its parent."""
    parents: dict[int, int] = {}
    grandparents: dict[int, int] = {}
    looks: dict[int, int] = {}
    for at in range(len(element)):
        above = parent[element[at]]
        pair = look[places[at, 0]] * len(look) + look[places[at, 1]]
        groups[0, at] = parents.setdefault(above, len(parents))
        groups[1, at] = grandparents.setdefault(parent[above], len(grandparents))
        groups[2, at] = looks.setdefault(pair, len(looks))
