"""Differences: where sentences that tell the same thing give figures, days or a certainty that cannot all be exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from storydesk.compare.certainty import certainties_clash
from storydesk.compare.dates import Day, clash, days
from storydesk.compare.layout import Group, Layout, Line
from storydesk.compare.passages import dateline, passage
from storydesk.compare.quantities import Quantity, agree, clashes, comparable, quantities
from storydesk.compare.themes import RISING
from storydesk.coverage import Difference, DifferenceKind, Passage, Side
from storydesk.model import Span

__all__ = ["differences"]

MOST_COMPARED = 30
"""Sentences of one group that are compared pair by pair; differing wordings of one fact are found well before."""


def differences(layout: Layout, groups: Sequence[Group]) -> tuple[Difference, ...]:
    """The differences inside each group of aligned lines, in the order of the groups, then those of the counts that the
    accounts open with; each says its words once an item."""
    found = [
        _difference(layout, *differing) for group in groups for differing in _in_group(layout, _distinct(layout, group))
    ]
    told = {difference.about for difference in found if difference.kind == "number"}
    found += [_difference(layout, *differing) for differing in _openings(layout) if differing[1] not in told]
    return tuple(found)


SAME_FACT = 0.6
"""Cosine of meaning from which days, certainty and counts of things are compared in two aligned lines: lines that
overlap in one fact may well give the days of two."""

NEWS = 1
"""Days around its own publication that an account's news is of."""

OPENING = 3
"""Lines at the head of an account in which a count of people is the event's own."""

_Side = tuple[Line, Span, float]
"""A line, the words in it that differ, and their value where they are a number."""

_Found = tuple[DifferenceKind, str, list[_Side]]


def _difference(layout: Layout, kind: DifferenceKind, about: str, sides: Sequence[_Side]) -> Difference:
    update = kind == "number" and about in RISING and _rises(layout, sides)
    placed = sorted(sides, key=lambda side: (side[0].at, side[1]))
    return Difference(kind, about, tuple(Side(_words(layout, *side[:2]), side[0].passage) for side in placed), update)


def _in_group(layout: Layout, lines: Sequence[int]) -> Iterator[_Found]:
    near: list[tuple[Line, Line]] = []
    nearer: list[tuple[Line, Line]] = []
    for one, two in combinations(lines, 2):
        meaning = float(layout.vectors[one] @ layout.vectors[two])
        (nearer if meaning >= SAME_FACT else near).append((layout.lines[one], layout.lines[two]))
    yield from _numbers(near, nearer)
    yield from _days(layout, nearer)
    yield from _certainty(nearer)


def _distinct(layout: Layout, group: Group) -> list[int]:
    """The lines of a group without reprints: one of each wording."""
    texts: dict[str, int] = {}
    for index in group:
        texts.setdefault(layout.lines[index].passage.text, index)
    return list(texts.values())[:MOST_COMPARED]


def _words(layout: Layout, line: Line, span: Span) -> Passage:
    item = layout.accounts[line.at].item
    return passage(item, Span(line.span.start + span.start, line.span.start + span.end))


def _numbers(near: Sequence[tuple[Line, Line]], nearer: Sequence[tuple[Line, Line]]) -> Iterator[_Found]:
    """What happened to people is counted the same wherever lines are aligned; other things only in the nearer pairs."""
    sides: dict[str, dict[tuple[int, Span], _Side]] = {}
    for one, two in (*near, *nearer):
        for ours, theirs in clashes(one.passage.text, two.passage.text):
            if ours.theme or (one, two) in nearer:
                about = ours.theme or _about(ours, theirs)
                for line, quantity in ((one, ours), (two, theirs)):
                    sides.setdefault(about, {})[line.at, quantity.span] = (line, quantity.span, quantity.value)
    for about, differing in sides.items():
        yield "number", about, list(differing.values())


def _openings(layout: Layout) -> Iterator[_Found]:
    """The counts of people that accounts open with, the highest of each theme, where they clash: "31 hurt"."""
    opening: dict[str, dict[int, tuple[Line, Quantity]]] = {}
    seen: Counter[int] = Counter()
    for line in layout.lines:
        seen[line.at] += 1
        for quantity in quantities(line.passage.text) if seen[line.at] <= OPENING else ():
            if quantity.theme:
                counts = opening.setdefault(quantity.theme, {})
                if line.at not in counts or quantity.value > counts[line.at][1].value:
                    counts[line.at] = (line, quantity)
    for theme, counts in opening.items():
        sides: dict[int, _Side] = {}
        for (one, ours), (two, theirs) in combinations(counts.values(), 2):
            if comparable(ours, theirs) and not agree(ours, theirs):
                sides[one.at] = (one, ours.span, ours.value)
                sides[two.at] = (two, theirs.span, theirs.value)
        if sides:
            yield "number", theme, list(sides.values())


def _about(ours: Quantity, theirs: Quantity) -> str:
    """What is counted, in one word: its unit, else the first noun that both have, else the first there is."""
    return ours.unit or next((noun for noun in ours.nouns if noun in theirs.nouns), (*ours.nouns, "number")[0])


def _days(layout: Layout, pairs: Sequence[tuple[Line, Line]]) -> Iterator[_Found]:
    sides: dict[tuple[int, Span], _Side] = {}
    for one, two in pairs:
        differing = clash(_days_of(layout, one), _days_of(layout, two)) or ()
        if differing and _other_phase(layout, (one, two), differing):
            continue
        for line, day in zip((one, two), differing, strict=False):
            sides[line.at, day.span] = (line, day.span, 0.0)
    if sides:
        yield "date", "day", list(sides.values())


def _days_of(layout: Layout, line: Line) -> tuple[Day, ...]:
    text = line.passage.text
    named = days(text, layout.accounts[line.at].item.published)
    return tuple(day for day in named if day.span.start >= dateline(text))


def _other_phase(layout: Layout, lines: tuple[Line, Line], named: tuple[Day, ...]) -> bool:
    """Whether two accounts of different days tell each its own news, or one looks ahead where the other looks back."""
    items = [layout.accounts[line.at].item for line in lines]
    if named[0].stated or named[1].stated or any(item.published is None for item in items):
        return False
    published = [item.published.date() for item in items if item.published]
    apart = [(day.day - own).days for day, own in zip(named, published, strict=True)]
    far = abs((published[0] - published[1]).days) > NEWS
    return far or all(abs(days_) <= NEWS for days_ in apart) or (apart[0] > 0) != (apart[1] > 0)


def _certainty(pairs: Sequence[tuple[Line, Line]]) -> Iterator[_Found]:
    sides: dict[tuple[int, Span], _Side] = {}
    for one, two in pairs:
        spans = certainties_clash(one.passage.text, two.passage.text) or ()
        for line, span in zip((one, two), spans, strict=False):
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
