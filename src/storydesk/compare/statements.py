"""Statements: what several outlets tell, sentence beside sentence, and what only one of them tells.

Sentences are joined where each is the other's closest in meaning and words, closest pairs first, one sentence an
item, as long as every two of the group are close. What lies between "surely the same" and "surely told by nobody
else" is left out: a reader who is told "only here" must be able to rely on it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import product

from storydesk.compare.closeness import Neighbours
from storydesk.compare.layout import Group, Layout, Line
from storydesk.compare.only import only_here
from storydesk.coverage import Difference, Passage, Statement, ToldBy, Utterance
from storydesk.language import Encoder

__all__ = ["SAME", "align", "statements"]

SAME = 0.75
"""Closeness from which two sentences are shown as telling the same thing: above that of the best F1, since a reader
takes sentences side by side for confirmation."""

TOGETHER = 0.6
"""Closeness of the furthest two sentences of a group, lest a chain drift off."""


def align(layout: Layout, near: Neighbours) -> tuple[Group, ...]:
    """The groups of two or more lines that tell the same thing, in the order of their first line."""
    group = {line: [line] for line in range(len(layout.lines))}
    together = near.within(TOGETHER)
    for one, two in near.closest(SAME):
        first, second = group[one], group[two]
        if first is not second and _fit(layout.lines, together, first, second):
            first.extend(second)
            for line in second:
                group[line] = first
    found = {id(lines): tuple(sorted(lines)) for lines in group.values() if len(lines) > 1}
    return tuple(sorted(found.values()))


def _fit(lines: Sequence[Line], together: Set[tuple[int, int]], first: list[int], second: list[int]) -> bool:
    if _other_people(lines, first, second):
        return False
    if len(first) == len(second) == 1:
        return True  # most: they are closer than two of a group must be
    return all((min(pair), max(pair)) in together for pair in product(first, second))  # not of one account, either


def _other_people(lines: Sequence[Line], first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether both sides name people and have nobody in common. Places and bodies are no sign: "the Nyando" of one
    account is "a river in Kenya" of another."""
    ours = {person for index in first for person in lines[index].people}
    theirs = {person for index in second for person in lines[index].people} if ours else ours
    return bool(theirs) and ours.isdisjoint(theirs)


def statements(
    layout: Layout,
    near: Neighbours,
    groups: Sequence[Group],
    said: Sequence[Utterance],
    encode: Encoder,
    differing: Sequence[Difference] = (),
) -> tuple[Statement, ...]:
    """What is told by all, then by some, then by one origin only; each in the order in which it is first told.

    What several origins quote (``said``) is told by them, however the sentences around the words are put. Where all
    accounts are of one origin, there is no rival to leave anything out: what they share is told by one.
    """
    if len(layout.accounts) < 2:
        return ()  # nothing stands beside anything
    cells = [[layout.lines[index].passage for index in group] for group in groups]
    if len(layout.origins) > 1:
        several = [group for group in groups if len({layout.lines[index].origin for index in group}) > 1]
        cells = [[layout.lines[index].passage for index in group] for group in several]
        cells += only_here(layout, near, groups, said, encode, differing)
    told = [_statement(layout, row) for row in cells]
    rank: dict[ToldBy, int] = {"all": 0, "some": 1, "one": 2}
    return tuple(sorted(told, key=lambda statement: rank[statement.told_by]))  # sorting keeps the order of telling


def _statement(layout: Layout, cells: Sequence[Passage]) -> Statement:
    origins = layout.origins_of(cell.item for cell in cells)
    told_by: ToldBy = "one" if len(origins) == 1 else "all" if len(origins) == len(layout.origins) else "some"
    return Statement(tuple(cells), origins, told_by)
