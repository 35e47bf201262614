"""How the blocks of a page lie in its elements: columns by block and by element, from which features are computed.

``n`` is the number of blocks, ``m`` that of the page's elements; an element is named by its column in the outline, 0
being the root. (The types of the loops stand in ``layout.pxd``, by which they are compiled.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from storydesk.read.outline import Block, Outline
from storydesk.read.words import words_of_name

__all__ = ["FAR", "LEVELS", "NEAR", "Floats", "Ints", "Layout", "layout"]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

NEAR, FAR = 3, 22
"""Enclosing elements that are told apart: the innermost, and those around them."""

LEVELS = NEAR + FAR

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
LONGEST_MARK = 400


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns. By block: ``blocks``, ``texts``, the enclosing ``element``, how many elements had ``opened``, the
    ``chains`` (n, 25) of enclosing elements, innermost first, 0 where there is none; ``words`` and ``chars``, those
    ``linked``, and the words of ``prose``. By element: its ``parent`` (the root its own), ``depth``, the ``first``
    block that it encloses and one ``after`` the last. By enclosing element, as listed in ``enclosing``: its ``look``,
    a number for its tag and class, and its ``marks``, the words in its names. ``places`` are the chains by place in
    that list; ``groups`` (3, n) number the blocks that share a parent, a grandparent, a look."""

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
    places: Ints
    groups: Ints


def layout(outline: Outline, blocks: list[Block]) -> Layout:
    """The layout of these blocks of an outline, at least one."""
    texts = [block.text for block in blocks]
    element, opened = np.empty((2, len(blocks)), np.int64)
    words, chars, linked, prose = measures = np.empty((4, len(blocks)))
    _measure(blocks, texts, element, opened, measures)
    parent, depth, first, after = np.zeros((4, len(outline.parents)), np.int64)
    chains = np.empty((len(blocks), LEVELS), np.int64)
    _nest(outline.parents, parent, depth)
    _enclose(element, parent, chains, first, after)
    enclosing = np.flatnonzero(after > first)
    look, marks = _described(outline, enclosing.tolist())
    places, groups = np.empty(chains.shape, np.int64), np.empty((3, len(blocks)), np.int64)
    _place(chains, enclosing, len(parent), places)
    _group(element, parent, places, look, groups)
    return Layout(
        outline=outline,
        blocks=blocks,
        texts=texts,
        element=element,
        opened=opened,
        chains=chains,
        words=words,
        chars=chars,
        linked=linked,
        prose=prose,
        parent=parent,
        depth=depth,
        first=first,
        after=after,
        enclosing=enclosing,
        look=look,
        marks=marks,
        places=places,
        groups=groups,
    )


def _measure(blocks: list[Block], texts: list[str], element: Ints, opened: Ints, measures: Floats) -> None:
    """Where each block stands, and its measures (4, n): words, characters, those in links, words of prose."""
    for at in range(len(blocks)):
        block, text = blocks[at], texts[at]
        length, linked = len(text), block.linked
        words = text.count(" ") + 1
        element[at], opened[at] = block.element, block.opened
        measures[0, at], measures[1, at], measures[2, at] = words, length, min(linked, length)
        measures[3, at] = words if length >= PROSE and linked < MOSTLY_LINK * length else 0


def _nest(parents: list[int], parent: Ints, depth: Ints) -> None:
    """By element, the one around it, and how many enclose it, :data:`DEEPEST` at the most."""
    for column in range(1, len(parents)):
        above = max(parents[column], 0)  # which comes before what it encloses
        parent[column] = above
        depth[column] = min(depth[above] + 1, DEEPEST)


def _enclose(element: Ints, parent: Ints, chains: Ints, first: Ints, after: Ints) -> None:
    """Each block's chain; by element, the first block that it encloses and one past the last, the same where there is
    none."""
    for at in range(len(element)):
        column = element[at]
        for level in range(LEVELS):
            chains[at, level] = column
            if not after[column]:
                first[column] = at
            after[column] = at + 1
            column = parent[column]
    first[0], after[0] = 0, len(element)


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


def _described(outline: Outline, enclosing: list[int]) -> tuple[Ints, list[tuple[str, ...]]]:
    """The looks and the marks of these elements; the root has no mark."""
    looks: dict[tuple[str, str | None], int] = {}
    look, marks = [], []
    for element in enclosing:
        attributes = outline.attributes(element)
        look.append(looks.setdefault((outline.tags[element], attributes.get("class")), len(looks)))
        marks.append(_marks(attributes) if element else ())
    return np.array(look, np.int64), marks


def _marks(attributes: dict[str, str | None]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for name, value in attributes.items():
        if name in TELLING:
            found += _told(name, value or "")
    return found


@lru_cache(4_096)
def _told(name: str, value: str) -> tuple[str, ...]:
    """What an attribute tells: the words of its value, or that its element is hidden."""
    if name in HIDING:
        return (HIDDEN,) if not value or HIDING[name] in value else ()
    if len(value) > LONGEST_MARK:
        return ()
    return tuple([word.lower() for word in words_of_name(value) if 2 < len(word) < 16])
