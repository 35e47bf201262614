"""How the blocks of a page lie in its elements: columns by block and by element, from which features are computed.

``n`` is the number of blocks, ``m`` that of the page's elements; an element is named by its column in the outline, 0
being the root.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from storydesk.read.outline import Block, Outline

__all__ = ["FAR", "NEAR", "Floats", "Ints", "Layout", "layout", "numbered"]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

NEAR, FAR = 3, 22
"""Enclosing elements that are told apart: the innermost, and those around them."""

DEEPEST = 100
"""Levels of nesting that are told apart."""

PROSE, MOSTLY_LINK = 80, 0.4
"""Characters from which a block counts as prose, where a smaller share of it is links."""

ATTRIBUTES = frozenset(
    ("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "aria-label", "data-name")
)
"""What elements are named by."""

HIDING = {"hidden": "", "style": "none", "aria-hidden": "true"}
HIDDEN = "(hidden)"
TELLING = ATTRIBUTES.union(HIDING)
MARK = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
LONGEST_MARK = 400


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns. By block: ``blocks``, ``texts``, the enclosing ``element``, how many elements had ``opened``, the
    ``chains`` (n, 25) of enclosing elements, innermost first, 0 where there is none; ``words`` and ``chars``, those
    ``linked``, and the words of ``prose``. By element: its ``parent`` (the root its own), ``depth``, the ``first``
    block that it encloses and one ``after`` the last. By enclosing element, as listed in ``enclosing``: its ``look``,
    a number for its tag and class, and its ``marks``, the words in its names."""

    outline: Outline
    blocks: list[Block]
    texts: list[str]
    element: Ints
    opened: Ints
    chains: Ints
    words: Floats
    chars: Floats
    linked: Floats
    prose: Floats
    parent: Ints
    depth: Ints
    first: Ints
    after: Ints
    enclosing: Ints
    look: Ints
    marks: list[tuple[str, ...]]

    def within(self, elements: Ints) -> Floats:
        """By element and block, 1 where it encloses the block, else 0."""
        at = np.arange(len(self.texts))
        inside: Floats = ((at >= self.first[elements, None]) & (at < self.after[elements, None])).astype(float)
        return inside


def layout(outline: Outline, blocks: list[Block]) -> Layout:
    """The layout of these blocks of an outline, at least one."""
    texts = [block.text for block in blocks]
    numbers = [(b.element, b.opened, len(b.text), b.text.count(" ") + 1, b.linked) for b in blocks]
    element, opened, chars, words, linked = np.array(numbers).T
    parent = np.maximum(np.array(outline.parents), 0)
    chains = _chains(element, parent)
    first, after = _enclosed(chains, len(parent))
    enclosing = np.flatnonzero(after > first)
    look, marks = _described(outline, enclosing)
    return Layout(
        outline=outline,
        blocks=blocks,
        texts=texts,
        element=element,
        opened=opened,
        chains=chains,
        words=words.astype(float),
        chars=chars.astype(float),
        linked=np.minimum(linked, chars).astype(float),
        prose=words * ((chars >= PROSE) & (linked < MOSTLY_LINK * chars)).astype(float),
        parent=parent,
        depth=_depths(parent),
        first=first,
        after=after,
        enclosing=enclosing,
        look=look,
        marks=marks,
    )


def _chains(element: Ints, parent: Ints) -> Ints:
    found = np.zeros((NEAR + FAR, len(element)), np.int64)
    for row in found:
        row[:] = element
        element = parent[element]
    return found.T


def _enclosed(chains: Ints, elements: int) -> tuple[Ints, Ints]:
    """By element, the first block that it encloses and one past the last; the same where there is none."""
    count = len(chains)
    first, after = np.zeros((2, elements), np.int64)
    at, flat = np.repeat(np.arange(count), chains.shape[1]), chains.reshape(-1)
    after[flat] = at + 1  # of several the last is kept
    first[flat[::-1]] = at[::-1]
    first[0], after[0] = 0, count
    return first, after


def _depths(parent: Ints) -> Ints:
    """By element, how many enclose it, :data:`DEEPEST` at the most."""
    depths = [0]
    for above in parent.tolist()[1:]:  # which comes before what it encloses
        depths.append(depths[above] + 1)
    return np.minimum(depths, DEEPEST)


def _described(outline: Outline, enclosing: Ints) -> tuple[Ints, list[tuple[str, ...]]]:
    """The looks and the marks of these elements; the root has no mark."""
    looks: dict[tuple[str, str | None], int] = {}
    look, marks = [], []
    for element in enclosing.tolist():
        attributes = outline.attributes(element)
        look.append(looks.setdefault((outline.tags[element], attributes.get("class")), len(looks)))
        marks.append(_marks(attributes) if element else ())
    return np.array(look), marks


def _marks(attributes: dict[str, str | None]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for name, value in attributes.items():
        if name in TELLING:
            found += _told(name, value or "")
    return found


@lru_cache(4_096)
def _told(name: str, value: str) -> tuple[str, ...]:
    """What an attribute tells: the words of its value ("post-title" and "postTitle" are both post and title), or that
    its element is hidden."""
    if name in HIDING:
        return (HIDDEN,) if not value or HIDING[name] in value else ()
    if len(value) > LONGEST_MARK:
        return ()
    return tuple([word.lower() for word in MARK.findall(value) if 2 < len(word) < 16])


def numbered(values: Ints) -> Ints:
    """Numbers from 0 in place of the values, the same for the same."""
    present = np.zeros(int(values.max()) + 1, np.int64)
    present[values] = 1
    return (np.cumsum(present) - 1)[values]
