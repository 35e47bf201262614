"""What stands at the centre of a story: how far each line is borne out elsewhere, and the headline that names what
all tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.layout import Layout
from storydesk.compare.passages import outlet
from storydesk.language import Encoder
from storydesk.language.vectors import Vectors
from storydesk.model import Item

__all__ = ["borne_out", "headline"]

TITLE = 0.5
"""The share of its title in how central an item is; the rest is its lines. The headline has to name what all tell."""


def borne_out(layout: Layout, vectors: Vectors, origins: Sequence[str]) -> NDArray[np.float32]:
    """How far each of some texts is told by others: the mean, over the other origins, of the cosine with their
    closest line.

    ``vectors`` has a row a text and ``origins`` its origin; where there is no other origin the answer is 0.
    """
    total = np.zeros(len(vectors), np.float32)
    count = np.zeros(len(vectors), np.float32)
    if not layout.lines or not len(vectors):
        return total
    close = vectors @ layout.vectors.T
    theirs, ours = np.array([line.origin for line in layout.lines]), np.array(origins)
    for origin in dict.fromkeys(theirs.tolist()):
        others = ours != origin
        total += others * np.maximum(0, close[:, theirs == origin].max(axis=1))
        count += others
    return np.divide(total, np.maximum(1, count), dtype=np.float32)


def headline(layout: Layout, encode: Encoder) -> tuple[str, str]:
    """The headline and the id of its item: the most central of those with a title, the first to publish of equals.

    A title that only repeats how its text begins counts as none. Where no item has a title the first line of its text
    stands in, and where there is no text either, the outlet's name.
    """
    shown = [told for told in layout.accounts if _titled(told.item)] or list(layout.accounts)
    names = [_name(told.item) for told in shown]
    titles = borne_out(layout, encode(names), [layout.origin_of[told.item.id] for told in shown])
    lines = borne_out(layout, layout.vectors, [line.origin for line in layout.lines])
    best, at = (-1.0, 0)
    for place, told in enumerate(shown):
        own = [value for line, value in zip(layout.lines, lines, strict=True) if layout.accounts[line.at] is told]
        score = TITLE * float(titles[place]) + (1 - TITLE) * (float(np.mean(own)) if own else 0.0)
        if score > best + 1e-6:
            best, at = score, place
    return names[at], shown[at].item.id


def _titled(item: Item) -> bool:
    title = " ".join(item.title.split()).rstrip(".… ")
    return bool(title) and not " ".join(item.text[: 2 * len(item.title)].split()).startswith(title)


def _name(item: Item) -> str:
    first = next((line.strip() for line in item.text.splitlines() if line.strip()), "")
    return item.title.strip() or first or outlet(item)
