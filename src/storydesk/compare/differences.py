"""Differences: where accounts give figures, days or a certainty of one thing that cannot all be exact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations, pairwise

from storydesk.compare.blame import blamed
from storydesk.compare.certainty import certainties, certainties_clash
from storydesk.compare.figures import Figure, clause_around
from storydesk.compare.frames import Framed
from storydesk.compare.labels import common
from storydesk.compare.layout import Group, Layout, Line
from storydesk.compare.named import people, places
from storydesk.compare.occasions import Occasion, occasions
from storydesk.compare.passages import passage
from storydesk.compare.tallies import Tally, tallies
from storydesk.compare.themes import GENERIC, LABELS, MEASURES, RISING
from storydesk.coverage import Difference, DifferenceKind, Side
from storydesk.knowledge import Knowledge
from storydesk.language import Encoder
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

GROWING = frozenset({"hectare"})
"""Measures of what grows as an event goes on."""

REVISED = re.compile(r"\b(?:revis(?:es|ed)|correct(?:s|ed)|updated|lowered|scaled (?:back|down))\b", re.I)
"""Around a figure: it replaces an earlier one."""

_Said = tuple[Line, Span]
"""A line and the words in it that differ."""


def differences(
    layout: Layout, groups: Sequence[Group], titles: Vectors, encode: Encoder, knowledge: Knowledge
) -> tuple[Difference, ...]:
    """The differences of figures, days, places, people, blame and certainty; each says its words once an account and
    value.

    ``groups`` are lines that tell the same, ``titles`` holds a vector for the title of each account; ``knowledge`` says
    which place lies in which.
    """
    found = [_of_figures(layout, tally) for tally in tallies(layout, titles)]
    found += [_of_days(layout, several) for several in occasions(layout)]
    found += [_of_words(layout, "place", "where", several) for several in places(layout, knowledge)]
    found += [_of_words(layout, "name", "who", several) for several in people(layout)]
    found += [_of_words(layout, "blame", "who or what is to blame", several) for several in blamed(layout, encode)]
    found += [_of_certain(layout, *pair) for pair in _one_each(certainties(layout))]
    found += [difference for group in groups for difference in _of_certainty(layout, _distinct(layout, group))]
    return tuple(found)


def _of_figures(layout: Layout, tally: Tally) -> Difference:
    sides: dict[tuple[int, float], Figure] = {}
    for figure in tally.figures:
        sides.setdefault((figure.line.at, figure.quantity.value), figure)
    shown = list(sides.values())
    said = [(figure.line, figure.quantity.span) for figure in shown]
    return Difference("number", _counted(shown), _sides(layout, said), _updates(layout, shown))


def _of_days(layout: Layout, several: Sequence[Occasion]) -> Difference:
    sides: dict[tuple[int, object], Occasion] = {}
    for occasion in several:
        sides.setdefault((occasion.line.at, occasion.when), occasion)
    shown = list(sides.values())
    said = [(occasion.line, occasion.span) for occasion in shown]
    kind = "year" if shown[0].offset is None else "date"
    return Difference("date", _labelled(kind, said), _sides(layout, said))


def _of_words(layout: Layout, kind: DifferenceKind, asks: str, several: Sequence[Framed]) -> Difference:
    sides: dict[tuple[int, str], Framed] = {}
    for around in several:
        sides.setdefault((around.line.at, around.words), around)
    said = [(around.line, around.span) for around in sides.values()]
    return Difference(kind, _labelled(asks, said), _sides(layout, said))


def _one_each(pairs: Iterable[tuple[Framed, Framed]]) -> Iterator[tuple[Framed, Framed]]:
    """The first pair of each two accounts and words."""
    seen = set()
    for one, two in pairs:
        key = one.words, two.words
        if key not in seen:
            seen.add(key)
            yield one, two


def _of_certain(layout: Layout, one: Framed, two: Framed) -> Difference:
    said = [(around.line, around.span) for around in sorted((one, two), key=lambda around: around.index)]
    return Difference("certainty", _labelled("whether it is so", said), _sides(layout, said))


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
        pair = layout.lines[one], layout.lines[two]
        spans = certainties_clash(pair[0].passage.text, pair[1].passage.text)
        if spans and layout.vectors[one] @ layout.vectors[two] >= SAME_FACT:
            for line, span in zip(pair, spans, strict=True):
                said[line.at, span] = (line, span)
    if said:
        placed = sorted(said.values(), key=lambda entry: (entry[0].at, entry[1]))
        yield Difference("certainty", "whether it is so", _sides(layout, placed))


def _updates(layout: Layout, shown: Sequence[Figure]) -> bool:
    """Whether later accounts only give newer figures than those before them: more of something that grows (tolls, land
    that burns, counts of things from one edition to the next), or what they themselves call a new count."""
    dated = sorted((changed, place) for place, figure in enumerate(shown) if (changed := _changed(layout, figure)))
    if len(dated) < len(shown) or dated[0][0] == dated[-1][0]:
        return False
    ordered = [shown[place] for _, place in dated]
    if _revises(ordered[-1]):
        return True
    rising = all(before.quantity.value <= after.quantity.value for before, after in pairwise(ordered))
    themes, unit = {figure.quantity.theme for figure in shown} - {None}, shown[0].quantity.unit
    slowly = not themes and not unit and dated[-1][0] - dated[0][0] >= GROWS
    return rising and (bool(themes & RISING) or unit in GROWING or slowly)


def _revises(figure: Figure) -> bool:
    text = figure.line.passage.text
    return bool(REVISED.search(clause_around(text, figure.quantity.span).of(text)))


def _changed(layout: Layout, figure: Figure) -> datetime | None:
    item = layout.accounts[figure.line.at].item
    return item.updated or item.published
