"""Contested: the points of a brief in which something is told otherwise elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storydesk.coverage import Difference, Passage, Point, Side

__all__ = ["contested"]


def contested(points: Sequence[Point], differences: Sequence[Difference]) -> tuple[Point, ...]:
    """The points, each with the places in ``differences`` of those in which it takes a side."""
    return tuple(
        replace(
            point,
            contested=tuple(
                place
                for place, difference in enumerate(differences)
                if any(_takes(point.passage, difference, side) for side in difference.sides)
            ),
        )
        for point in points
    )


def _takes(passage: Passage, difference: Difference, side: Side) -> bool:
    """Whether a side's words stand in a passage, or a figure of its account is told there once more."""
    words = side.passage
    if words.item != passage.item:
        return False
    again = difference.kind == "number" and re.search(rf"(?<!\w){re.escape(words.text)}(?!\w)", passage.text)
    return passage.start <= words.start < words.end <= passage.end or bool(again)
