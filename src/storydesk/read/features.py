"""What the classifier looks at: figures and words by block, marks by element, and which blocks stand together.

Words and marks (names of classes and other attributes) are looked up in the vocabulary that travels with the weights.
Everything is linear in the length of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storydesk.read.figures import HEAD, WORD, Declared, figures
from storydesk.read.layout import NEAR, Floats, Ints, Layout, layout, numbered
from storydesk.read.outline import Block, Outline

__all__ = ["Features", "features"]

TAIL = 40
"""Characters at the end of a block whose words are looked up, beside those at its head."""


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
    words = [_words(text) for text in page.texts]
    order = np.zeros(len(page.parent), np.int64)
    order[page.enclosing] = np.arange(len(page.enclosing))
    places = order[page.chains]
    looks = _looks(page, places)
    above = page.parent[page.element]
    return Features(
        figures=figures(page, words, looks, declared),
        marks=page.marks,
        near=places[:, :NEAR],
        far=places[:, NEAR:],
        words=words,
        groups=np.stack([numbered(above), numbered(page.parent[above]), looks]),
        lengths=page.words,
    )


def _looks(page: Layout, places: Ints) -> Ints:
    """Numbers for blocks that look alike: by the looks of the enclosing element and of its parent."""
    numbers: dict[tuple[int, ...], int] = {}
    pairs = map(tuple, page.look[places[:, :2]].tolist())
    return np.array([numbers.setdefault(pair, len(numbers)) for pair in pairs])


def _words(text: str) -> list[str]:
    if len(text) <= HEAD + TAIL:
        return WORD.findall(text.lower())
    return WORD.findall(text[:HEAD].lower()) + WORD.findall(text[-TAIL:].lower())
