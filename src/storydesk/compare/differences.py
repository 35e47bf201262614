"""Differences: where sentences that tell the same thing give figures, days or a certainty that cannot all be exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from storydesk.compare.certainty import certainties_clash
from storydesk.compare.dates import clash, days
from storydesk.compare.layout import Group, Layout, Line
from storydesk.compare.passages import passage
from storydesk.compare.quantities import Quantity, clashes
from storydesk.compare.themes import RISING
from storydesk.coverage import Difference, DifferenceKind, Passage, Side
from storydesk.model import Span

__all__ = ["differences"]

MOST_COMPARED = 30
"""Sentences of one group that are compared pair by pair; differing wordings of one fact are found well before."""


def differences(layout: Layout, groups: Sequence[Group]) -> tuple[Difference, ...]:
    """The differences inside each group of aligned lines, in the order of the groups; each says its words once an
    item."""
    found: list[Difference] = []
    for group in groups:
        lines = _distinct(layout, group)
        for kind, about, sides in (*_numbers(lines), *_days(layout, lines), *_certainty(lines)):
            update = kind == "number" and about in RISING and _rises(layout, sides)
            placed = sorted(sides, key=lambda side: (side[0].at, side[1]))
            shown = tuple(Side(_words(layout, line, span), line.passage) for line, span, _ in placed)
            found.append(Difference(kind, about, shown, update))
    return tuple(found)


_Side = tuple[Line, Span, float]
"""A line, the words in it that differ, and their value where they are a number."""

_Found = tuple[DifferenceKind, str, list[_Side]]


def _distinct(layout: Layout, group: Group) -> list[Line]:
    """The lines of a group without reprints: one of each wording."""
    texts: dict[str, Line] = {}
    for index in group:
        texts.setdefault(layout.lines[index].passage.text, layout.lines[index])
    return list(texts.values())[:MOST_COMPARED]


def _words(layout: Layout, line: Line, span: Span) -> Passage:
    item = layout.accounts[line.at].item
    return passage(item, Span(line.span.start + span.start, line.span.start + span.end))


def _numbers(lines: Sequence[Line]) -> Iterator[_Found]:
    sides: dict[str, dict[tuple[int, Span], _Side]] = {}
    for one, two in combinations(lines, 2):
        for ours, theirs in clashes(one.passage.text, two.passage.text):
            about = ours.theme or _about(ours, theirs)
            for line, quantity in ((one, ours), (two, theirs)):
                sides.setdefault(about, {})[line.at, quantity.span] = (line, quantity.span, quantity.value)
    for about, differing in sides.items():
        yield "number", about, list(differing.values())


def _about(ours: Quantity, theirs: Quantity) -> str:
    """What is counted, in one word: its unit, else the first noun that both have, else the first there is."""
    return ours.unit or next((noun for noun in ours.nouns if noun in theirs.nouns), (*ours.nouns, "number")[0])


def _days(layout: Layout, lines: Sequence[Line]) -> Iterator[_Found]:
    named = [(line, days(line.passage.text, layout.accounts[line.at].item.published)) for line in lines]
    sides: dict[tuple[int, Span], _Side] = {}
    for (one, ours), (two, theirs) in combinations(named, 2):
        differing = clash(ours, theirs)
        for line, day in zip((one, two), differing or (), strict=False):
            sides[line.at, day.span] = (line, day.span, 0.0)
    if sides:
        yield "date", "day", list(sides.values())


def _certainty(lines: Sequence[Line]) -> Iterator[_Found]:
    sides: dict[tuple[int, Span], _Side] = {}
    for one, two in combinations(lines, 2):
        for line, span in zip((one, two), certainties_clash(one.passage.text, two.passage.text) or (), strict=False):
            sides[line.at, span] = (line, span, 0.0)
    if sides:
        yield "certainty", "whether it is so", list(sides.values())


def _rises(layout: Layout, sides: Sequence[_Side]) -> bool:
    """Whether every later account gives more than, or as much as, those before it, and all say when they were
    published."""
    times = [(layout.accounts[line.at].item.published, value) for line, _, value in sides]
    dated = sorted((at, value) for at, value in times if at is not None)
    if len(dated) < len(times) or dated[0][0] == dated[-1][0]:
        return False
    return all(before[1] <= after[1] for before, after in pairwise(dated))
