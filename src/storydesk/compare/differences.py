"""Differences: where accounts give figures, days or a certainty of one thing that cannot all be exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from storydesk.compare.certainty import certainties_clash
from storydesk.compare.figures import Figure, clause_around
from storydesk.compare.labels import common
from storydesk.compare.layout import Group, Layout, Line
from storydesk.compare.occasions import Occasion, occasions
from storydesk.compare.passages import passage
from storydesk.compare.tallies import Tally, tallies
from storydesk.compare.themes import GENERIC, LABELS, MEASURES, RISING
from storydesk.coverage import Difference, Side
from storydesk.language.vectors import Vectors
from storydesk.model import Span

__all__ = ["differences"]

MOST_COMPARED = 30
"""Sentences of one group that are compared pair by pair; differing wordings of one fact are found well before."""

SAME_FACT = 0.6
"""Cosine of meaning from which the certainty of two aligned lines is compared."""

GROWS = timedelta(hours=8)
"""Between the first and the last of counts of things that rise: what is counted grows from one edition to the next, a
slip does not."""

_Said = tuple[Line, Span]
"""A line and the words in it that differ."""


def differences(layout: Layout, groups: Sequence[Group], titles: Vectors) -> tuple[Difference, ...]:
    """The differences of figures, of days and of certainty; each says its words once an account and value.

    ``groups`` are lines that tell the same, ``titles`` holds a vector for the title of each account.
    """
    found = [_of_figures(layout, tally) for tally in tallies(layout, titles)]
    found += [_of_days(layout, several) for several in occasions(layout)]
    found += [difference for group in groups for difference in _of_certainty(layout, _distinct(layout, group))]
    return tuple(found)


def _of_figures(layout: Layout, tally: Tally) -> Difference:
    sides: dict[tuple[int, float], Figure] = {}
    for figure in tally.figures:
        sides.setdefault((figure.line.at, figure.quantity.value), figure)
    shown = list(sides.values())
    said = [(figure.line, figure.quantity.span) for figure in shown]
    return Difference("number", _counted(shown), _sides(layout, said), _rises(layout, shown))


def _of_days(layout: Layout, several: Sequence[Occasion]) -> Difference:
    sides: dict[tuple[int, object], Occasion] = {}
    for occasion in several:
        sides.setdefault((occasion.line.at, occasion.when), occasion)
    shown = list(sides.values())
    said = [(occasion.line, occasion.span) for occasion in shown]
    kind = "year" if shown[0].offset is None else "date"
    return Difference("date", _labelled(kind, said), _sides(layout, said))


def _sides(layout: Layout, said: Sequence[_Said]) -> tuple[Side, ...]:
    sides = []
    for line, span in said:
        item = layout.accounts[line.at].item
        words = passage(item, Span(line.span.start + span.start, line.span.start + span.end))
        sides.append(Side(words, line.passage))
    return tuple(sides)


def _counted(shown: Sequence[Figure]) -> str:
    """What is counted: the theme's label, else the noun as it is written, else the measure and what it is of."""
    themes = [figure.quantity.theme for figure in shown if figure.quantity.theme]
    nouns = sorted((figure.noun for figure in shown if figure.noun), key=lambda noun: (len(noun.split()), noun))
    unit = shown[0].quantity.unit
    if themes:
        return LABELS[themes[0]]
    if unit == "magnitude":
        return MEASURES[unit]
    said = [(figure.line, figure.quantity.span) for figure in shown]
    if unit:
        return _labelled(MEASURES.get(unit, "sum of money"), said)
    specific = [noun for noun in nouns if noun not in GENERIC]
    return specific[0] if specific else _labelled(nouns[0] if nouns else "count", said)


def _labelled(kind: str, said: Sequence[_Said]) -> str:
    """The kind of difference, with the words that its first two accounts have in common."""
    (one, ours), (two, theirs) = next(pair for pair in combinations(said, 2) if pair[0][0].at != pair[1][0].at)
    clauses = (clause_around(one.passage.text, ours), clause_around(two.passage.text, theirs))
    of = common(clauses[0].of(one.passage.text), clauses[1].of(two.passage.text))
    of = of or common(one.passage.text, two.passage.text)
    return f"{kind}: {of}" if of else kind


def _distinct(layout: Layout, group: Group) -> list[int]:
    """The lines of a group without reprints: one of each wording."""
    texts: dict[str, int] = {}
    for index in group:
        texts.setdefault(layout.lines[index].passage.text, index)
    return list(texts.values())[:MOST_COMPARED]


def _of_certainty(layout: Layout, lines: Sequence[int]) -> Iterator[Difference]:
    said: dict[tuple[int, Span], _Said] = {}
    for one, two in combinations(lines, 2):
        if layout.vectors[one] @ layout.vectors[two] >= SAME_FACT:
            pair = layout.lines[one], layout.lines[two]
            spans = certainties_clash(pair[0].passage.text, pair[1].passage.text) or ()
            for line, span in zip(pair, spans, strict=False):
                said[line.at, span] = (line, span)
    if said:
        placed = sorted(said.values(), key=lambda entry: (entry[0].at, entry[1]))
        yield Difference("certainty", "whether it is so", _sides(layout, placed))


def _rises(layout: Layout, shown: Sequence[Figure]) -> bool:
    """Whether later accounts only give more than those before them, of something that grows: tolls, and counts of
    things from one edition to the next."""
    times = [(changed, figure.quantity.value) for figure in shown if (changed := _changed(layout, figure))]
    dated = sorted(times)
    if len(dated) < len(shown) or dated[0][0] == dated[-1][0] or shown[0].quantity.unit:
        return False
    rising = all(before[1] <= after[1] for before, after in pairwise(dated))
    themes = {figure.quantity.theme for figure in shown} - {None}
    grows = bool(themes & RISING) or (not themes and dated[-1][0] - dated[0][0] >= GROWS)
    return rising and grows


def _changed(layout: Layout, figure: Figure) -> datetime | None:
    item = layout.accounts[figure.line.at].item
    return item.updated or item.published
