"""What the classifier looks at: figures and words by block, marks by element, and which blocks stand together.

Words and marks (names of classes and other attributes) are looked up in the vocabulary that travels with the weights.
Everything is linear in the length of the page.
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
    return Features(
        figures=figures(page, words, declared),
        marks=page.marks,
        near=page.places[:, :NEAR],
        far=page.places[:, NEAR:],
        words=words,
        groups=page.groups,
        lengths=page.words,
    )
