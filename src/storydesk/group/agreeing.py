"""What an item has in common with others: the terms that meet are found in one search, and what each counts for is
added up for all the others at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storydesk.group.meeting import meeting
from storydesk.group.rarity import rarities
from storydesk.group.weighed import (
    BODY,
    COUNTED,
    FIGURE,
    HEAD,
    IN_BAGS,
    IN_HELD,
    NAME,
    PARTS,
    PHRASE,
    TERM,
    TITLE,
    TITLE_BOOST,
    Floats,
    Terms,
    Weighed,
    often,
)

__all__ = ["Common", "in_common"]


class Common(NamedTuple):
    """What an item has in common with each of the others.

    ``products`` (bags, others) are those of the bags before they are brought to length one; ``by_other`` (held,
    others) what the other one holds, wherever, of the item's parts in ``HELD``, and ``by_item`` the reverse;
    ``lead_names`` (others,) what the names in both leads weigh. ``leads`` (3, others) is what the terms in both leads
    weigh: in the same place of both, in the title of the item alone, in that of the other alone. ``rarest``
    (2, others) is the rarity of the rarest term in both leads, and of the rarest name; ``figures`` and ``phrases``
    (others,) count; ``rare_phrases`` (others,) is what the phrases weigh, each the square of its rarity in either.
    """

    products: Floats
    by_other: Floats
    by_item: Floats
    lead_names: Floats
    leads: Floats
    rarest: Floats
    figures: Floats
    phrases: NDArray[np.intp]
    rare_phrases: Floats


ONE, OTHER = PARTS[:, None], PARTS
BOTH = ONE & OTHER
KNOWN = PARTS & (HEAD | BODY) > 0
COUNTS_FOR = np.concatenate(
    [
        IN_BAGS[:, :, None] * IN_BAGS[:, None, :],
        IN_HELD[:, :, None] & KNOWN,
        IN_HELD[:, None, :] & KNOWN[:, None],
        np.stack(
            [
                BOTH & (HEAD | NAME) == HEAD | NAME,
                np.where(BOTH & TITLE, TITLE_BOOST, (BOTH & HEAD > 0) & ((ONE | OTHER) & TITLE == 0)),
                (BOTH & HEAD > 0) & (ONE & ~OTHER & TITLE > 0),
                (BOTH & HEAD > 0) & (OTHER & ~ONE & TITLE > 0),
                BOTH & HEAD > 0,
                BOTH & NAME > 0,
                BOTH & FIGURE > 0,
            ]
        ),
    ]
).reshape(-1, PARTS.size**2)
"""What a term of two items counts for (kinds, pairs of parts), by the parts of the one and of the other that it belongs
to: a row for each figure of :class:`Common`, but the phrases."""

PRODUCTS, BY_OTHER, BY_ITEM, LEAD_NAMES, LEADS, RAREST, FIGURES = (
    *(slice(0, 5), slice(5, 8), slice(8, 11)),
    *(11, slice(12, 15), slice(15, 17), 17),
)


def in_common(item: Weighed, others: Sequence[Weighed]) -> Common:
    """What an item has in common with each of the others."""
    mine = np.frombuffer(item.terms, dtype=TERM)
    theirs = np.frombuffer(b"".join([other.terms for other in others]), dtype=TERM)
    here, there = meeting(mine["mark"], theirs["mark"])
    sizes = [len(other.terms) // TERM.itemsize for other in others]
    place = np.arange(len(others)).repeat(sizes).take(there)
    met = np.bincount(place, minlength=len(others))
    told = theirs["part"].take(there) == PHRASE
    words, said = np.flatnonzero(~told), np.flatnonzero(told)
    weights = _weights(mine.take(here.take(words)), theirs.take(there.take(words)))
    counts = np.bincount(place.take(words), minlength=len(others))
    some = np.flatnonzero(counts)
    weighed = rarities().take(mine["articles"].take(here.take(said))) ** 4
    rare_phrases: Floats = np.bincount(place.take(said), weights=weighed, minlength=len(others)).astype(np.float64)
    starts = (counts.cumsum() - counts).take(some)
    sums, rarest = np.zeros((len(weights), len(others))), np.zeros((2, len(others)))
    sums[:, some] = np.add.reduceat(weights, starts, axis=1)
    rarest[:, some] = np.maximum.reduceat(weights[RAREST], starts, axis=1)
    return Common(
        products=sums[PRODUCTS],
        by_other=sums[BY_OTHER],
        by_item=sums[BY_ITEM],
        lead_names=sums[LEAD_NAMES],
        leads=sums[LEADS],
        rarest=rarest,
        figures=sums[FIGURES],
        phrases=met - counts,
        rare_phrases=rare_phrases,
    )


def _weights(mine: Terms, theirs: Terms) -> Floats:
    """What terms, as the item and as another one have them, count for (kinds, terms)."""
    parts = mine["part"].astype(np.intp) * PARTS.size + theirs["part"]
    weights: Floats = COUNTS_FOR.take(parts, axis=1)
    rarity = rarities().take(mine["articles"])
    weights[:FIGURES] *= rarity
    weights[PRODUCTS] *= rarity
    weights[COUNTED] *= often(mine["count"]) * often(theirs["count"])
    return weights
