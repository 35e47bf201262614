"""Side by side: what all tell, what some tell, where they differ, and what only one tells beside how much of its
rivals was read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from storydesk.coverage import Difference, DifferenceKind, Passage, Statement
from storydesk.model import Span
from storydesk.site.present.frame import Frame, Words
from storydesk.site.present.words import cut_near

__all__ = ["Cell", "Column", "Differs", "OnlyHere", "Row", "Sides", "sides"]


AT_ONCE: Final = 6
"""Statements of a single origin that stand in view; the rest of what is shown unfolds."""


NEAR: Final = 14
"""Words shown on either side of those that differ: what they count or date stands that near."""


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet of the comparison, and how much of what it published was read."""

    outlet: str
    href: str
    language: str
    words: int
    partial: bool
    same_origin_as: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet says of a statement; ``told`` is empty where nothing like it was found in what was read of it."""

    column: Column
    told: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A statement across the outlets."""

    told_by_all: bool
    origins: int
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> tuple[Column, ...]:
        """The outlets in which nothing like it was found."""
        return tuple(cell.column for cell in self.cells if not cell.told)


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """What only one origin tells. ``more`` unfolds, ``withheld`` is for members; ``rivals`` are the others with how
    much of each was read.
    """

    outlet: str
    href: str
    reprints: tuple[str, ...]
    statements: tuple[Words, ...]
    more: tuple[Words, ...]
    withheld: int
    rivals: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """Accounts that cannot both be exact, each side's words marked in their sentence."""

    kind: DifferenceKind
    about: str
    sides: tuple[Words, ...]
    update: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """The whole comparison."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    only: tuple[OnlyHere, ...]
    differences: tuple[Differs, ...]
    origins: int


def sides(frame: Frame, only_shown: int | None) -> Sides:
    """The comparison. ``only_shown`` is how many statements of each single origin are shown, ``None`` for all of
    them.
    """
    columns = _columns(frame)
    marks = _marks(frame)
    shared = [statement for statement in frame.coverage.statements if statement.told_by != "one"]
    return Sides(
        columns=columns,
        rows=tuple(_row(frame, statement, columns, marks) for statement in sorted(shared, key=_reach)),
        only=_only(frame, columns, only_shown),
        differences=tuple(_differs(frame, difference) for difference in frame.coverage.differences),
        origins=len(frame.coverage.origins),
    )


def _reach(statement: Statement) -> tuple[bool, int]:
    return statement.told_by != "all", -len(statement.origins)


def _columns(frame: Frame) -> tuple[Column, ...]:
    columns: dict[str, Column] = {}
    lead: dict[str, str] = {}
    for item in frame.in_time:
        rival = lead.setdefault(item.origin, item.source)
        before = columns.get(item.source)
        columns[item.source] = Column(
            outlet=item.source,
            href=frame.addresses.source(item.source),
            language=item.language or "",
            words=item.words + (before.words if before else 0),
            partial=item.partial or bool(before and before.partial),
            same_origin_as=before.same_origin_as if before else ("" if rival == item.source else rival),
        )
    return tuple(columns.values())


def _marks(frame: Frame) -> dict[str, list[Span]]:
    """The words that differ, by item."""
    marks: dict[str, list[Span]] = {}
    for difference in frame.coverage.differences:
        for side in difference.sides:
            marks.setdefault(side.passage.item, []).append(Span(side.passage.start, side.passage.end))
    return marks


def _row(frame: Frame, statement: Statement, columns: tuple[Column, ...], marks: dict[str, list[Span]]) -> Row:
    told: dict[str, list[Words]] = {}
    for cell in statement.cells:
        words = frame.words(cell, _within(cell, marks.get(cell.item, [])))
        told.setdefault(words.outlet, []).append(words)
    cells = tuple(Cell(column, tuple(told.get(column.outlet, ()))) for column in columns)
    return Row(statement.told_by == "all", len(statement.origins), cells)


def _within(cell: Passage, marks: list[Span]) -> list[Span]:
    place = Span(cell.start, cell.end)
    return [Span(mark.start - cell.start, mark.end - cell.start) for mark in marks if place.covers(mark)]


def _only(frame: Frame, columns: tuple[Column, ...], shown: int | None) -> tuple[OnlyHere, ...]:
    singles = [statement for statement in frame.coverage.statements if statement.told_by == "one" and statement.cells]
    origin_order = {item.origin: place for place, item in reversed(list(enumerate(frame.in_time)))}

    def origin(statement: Statement) -> str:
        return frame.items[statement.cells[0].item].origin

    singles.sort(key=lambda statement: origin_order.get(origin(statement), 0))
    return tuple(_only_of(frame, key, list(group), columns, shown) for key, group in groupby(singles, key=origin))


def _only_of(
    frame: Frame, origin: str, statements: list[Statement], columns: tuple[Column, ...], shown: int | None
) -> OnlyHere:
    outlets = list(dict.fromkeys(item.source for item in frame.in_time if item.origin == origin))
    elsewhere = {item.source for item in frame.in_time if item.origin != origin}
    kept = [frame.words(statement.cells[0]) for statement in statements[:shown]]
    return OnlyHere(
        outlet=outlets[0],
        href=frame.addresses.source(outlets[0]),
        reprints=tuple(outlets[1:]),
        statements=tuple(kept[:AT_ONCE]),
        more=tuple(kept[AT_ONCE:]),
        withheld=len(statements) - len(kept),
        rivals=tuple(column for column in columns if column.outlet in elsewhere and column.outlet != outlets[0]),
    )


def _differs(frame: Frame, difference: Difference) -> Differs:
    shown = []
    for side in difference.sides:
        start = side.passage.start - side.context.start
        mark = Span(start, start + len(side.passage.text))
        shown.append(replace(frame.words(side.context), pieces=cut_near(side.context.text, mark, NEAR)))
    return Differs(difference.kind, difference.about, tuple(shown), difference.update)
