"""In brief: the few whole sentences that most independent origins bear out, in the outlets' own words, no two saying
the same.

A greedy choice by marginal relevance (Carbonell and Goldstein, 1998): a sentence is worth what the other origins bear
out of it and how near the head of its text it stands, less what is said already.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.central import borne
from storydesk.compare.closeness import Closeness, Neighbours
from storydesk.compare.layout import Group, Layout, when
from storydesk.compare.nearest import Blocks
from storydesk.compare.statements import SAME
from storydesk.coverage import Point

__all__ = ["FEWEST", "MOST", "brief"]

FEWEST, MOST = 3, 5
"""Sentences: as many as are read at a glance."""

WORTH = 0.75
"""A fourth and fifth sentence must be worth this share of the best one."""

HEAD = 0.3
"""What standing at the head of its text adds; news puts what matters first (the lead is a strong summary)."""

TOLD = 0.2
"""What being told in the same words of several origins adds, all origins giving the whole of it."""

SAID = 0.6
"""What closeness to a sentence already chosen takes away."""

LENGTHS = range(8, 61)
"""Words of a sentence that can stand alone in a brief."""

_LEANING = "he she it they this that these those his her their its but and so also then"
LEANING = (*(f"{word} " for word in _LEANING.split()), "“", '"', "‘")
"""Beginnings of sentences that lean on the one before and do not stand alone."""

FULL = 8
"""Content words of a sentence that tells something of its own, where there are enough of them."""

Worth = NDArray[np.float64]

UNFINISHED = ("...", "…", ":", "?")


def brief(
    closeness: Closeness, near: Neighbours, groups: Sequence[Group], language: str | None = None
) -> tuple[Point, ...]:
    """Three to five points (fewer where fewer sentences stand alone), in order of time: by the day of publication, of
    one day in the order in which texts tell such things.

    Only sentences in ``language``, where one is given and the item says its own.
    """
    layout = closeness.layout
    lines = layout.lines
    blocks = Blocks(layout)
    told = _told(layout, blocks, near, groups)
    worth = _worth(layout, blocks, near, told)
    able = [index for index, line in enumerate(lines) if _stands_alone(line.passage.text)]
    able = [index for index in able if not language or lines[index].language in (language, None)] or able
    full = [index for index in able if len(lines[index].stems) >= FULL]
    able = full if len(full) >= FEWEST else able
    chosen = _chosen(closeness, worth, able)
    accounts = layout.accounts
    chosen.sort(key=lambda index: (when(accounts[lines[index].at].item).date(), lines[index].depth, index))
    return tuple(Point(lines[index].passage, layout.in_order(told[index])) for index in chosen)


def _chosen(closeness: Closeness, worth: Worth, able: Sequence[int]) -> list[int]:
    """The lines of the greatest worth among some, each as far as those before have not said it."""
    left = np.array(able, np.intp)
    said = np.zeros(len(left))
    chosen: list[int] = []
    while len(left) and len(chosen) < MOST:
        best = int(left[np.argmax(worth[left] - SAID * said)])
        if len(chosen) >= FEWEST and worth[best] < WORTH * worth[chosen[0]]:
            break
        chosen.append(best)
        close = closeness.of([best], slice(None))[0, left]
        said = np.maximum(said, close)
        keep = (left != best) & (close < SAME)
        left, said = left[keep], said[keep]
    return chosen


def _told(layout: Layout, blocks: Blocks, near: Neighbours, groups: Sequence[Group]) -> list[set[str]]:
    """For each line the origins that tell the same: its own, those of its group, those with a line as close."""
    told = [{line.origin} for line in layout.lines]
    for index, origin in np.argwhere(near.elsewhere >= SAME).tolist():
        told[index].add(layout.origins[blocks.origins[origin]])
    for group in groups:
        together = {layout.lines[index].origin for index in group}
        for index in group:
            told[index] |= together
    return told


def _worth(layout: Layout, blocks: Blocks, near: Neighbours, told: Sequence[Set[str]]) -> Worth:
    borne_out = np.round(borne(blocks, near.alike, blocks.origin_of_lines), 6)
    depth = np.array([line.depth for line in layout.lines])
    telling = np.array([len(origins) for origins in told]) / max(1, len(layout.origins))
    worth: Worth = borne_out + HEAD * (1 - depth) ** 2 + TOLD * telling
    return worth


@lru_cache(maxsize=16_384)
def _stands_alone(text: str) -> bool:
    paired = text.count("“") == text.count("”") and text.count("«") == text.count("»") and not text.count('"') % 2
    return (
        paired
        and len(text.split()) in LENGTHS
        and not text.endswith(UNFINISHED)
        and not text.casefold().startswith(LEANING)
    )
