"""In brief: the few whole sentences that most independent origins bear out, in the outlets' own words, no two saying
the same.

A greedy choice by marginal relevance (Carbonell and Goldstein, 1998): a sentence is worth what the other origins bear
out of it and how near the head of its text it stands, less what is said already.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from storydesk.compare.central import borne_out
from storydesk.compare.closeness import long_vectors
from storydesk.compare.layout import Layout, Line
from storydesk.compare.statements import SAME, Group
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

LEANING = (
    "he ",
    "she ",
    "it ",
    "they ",
    "this ",
    "that ",
    "these ",
    "those ",
    "his ",
    "her ",
    "their ",
    "but ",
    "and ",
    "“",
    '"',
    "also ",
)
"""Beginnings of sentences that lean on the one before and do not stand alone."""

UNFINISHED = ("...", "…", ":", "?")


def brief(layout: Layout, groups: Sequence[Group]) -> tuple[Point, ...]:
    """Three to five points (fewer where the story has fewer sentences that stand alone), in the order in which texts
    tell them."""
    origins = {
        index: layout.origins_of(layout.lines[i].passage.item for i in group) for group in groups for index in group
    }
    able = [index for index, line in enumerate(layout.lines) if _stands_alone(line)]
    worth = _worth(layout, {index: len(told) for index, told in origins.items()})
    vectors = long_vectors(layout)
    chosen: list[int] = []
    while able and len(chosen) < MOST:
        said = {index: max((float(vectors[index] @ vectors[other]) for other in chosen), default=0.0) for index in able}
        best = max(able, key=lambda index: (worth[index] - SAID * said[index], -index))
        if len(chosen) >= FEWEST and worth[best] < WORTH * worth[chosen[0]]:
            break
        chosen.append(best)
        able = [index for index in able if index != best and float(vectors[index] @ vectors[best]) < SAME]
    chosen.sort(key=lambda index: (layout.lines[index].depth, index))
    lines = layout.lines
    return tuple(Point(lines[index].passage, origins.get(index, (lines[index].origin,))) for index in chosen)


def _worth(layout: Layout, told_by: dict[int, int]) -> list[float]:
    borne = borne_out(layout, layout.vectors, [line.origin for line in layout.lines])
    every = max(1, len(layout.origins))
    return [
        float(np.round(borne[index], 6)) + HEAD * (1 - line.depth) ** 2 + TOLD * told_by.get(index, 1) / every
        for index, line in enumerate(layout.lines)
    ]


def _stands_alone(line: Line) -> bool:
    text = line.passage.text
    return len(text.split()) in LENGTHS and not text.endswith(UNFINISHED) and not text.casefold().startswith(LEANING)
