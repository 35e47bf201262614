"""Side by side: what all tell, what some tell, where they differ, and what only one tells beside how much of its
rivals was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from storydesk.coverage import Difference, DifferenceKind, Statement
from storydesk.model import Span
from storydesk.site.present.figures import amount, distinct
from storydesk.site.present.frame import Frame, Words
from storydesk.site.present.public import Withheld
from storydesk.site.present.words import cut_near, plain

__all__ = ["Cell", "Column", "Differs", "Figure", "OnlyHere", "Row", "Sides", "sides"]


AT_ONCE: Final = 6
"""Statements of a single origin that stand in view; the rest of what is shown unfolds."""

FEW: Final = 4
"""Outlets whose words find room side by side; with more, a cell is a mark and the words unfold below their row."""

CROWD: Final = 14
"""Outlets whose marks find room beside a statement on a wide page."""


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
class Figure:
    """Words of a cell that differ from the ``others`` elsewhere: ``312`` from ``321``. ``kind`` and ``about`` say what
    they are; ``update`` that the later one replaces the earlier."""

    text: str
    others: tuple[str, ...]
    kind: DifferenceKind
    about: str
    update: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet says of a statement; ``told`` is empty where nothing like it was found in what was read of it.
    ``same_as`` is the outlet of the same origin that has the same words to its left, ``place`` the id of its words."""

    place: str
    column: Column
    told: tuple[Words, ...]
    figures: tuple[Figure, ...] = ()
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement across the outlets. ``lead`` is the wording most like all the others; ``most`` how many outlets'
    words unfold where there is no column for each (``None``: all)."""

    told_by_all: bool
    origins: int
    lead: Words
    cells: tuple[Cell, ...]
    most: int | None = None

    @property
    def tellers(self) -> tuple[Cell, ...]:
        """The cells of the outlets that tell it."""
        return tuple(cell for cell in self.cells if cell.told)

    @property
    def unfolded(self) -> tuple[Cell, ...]:
        """Those of them whose words unfold."""
        return self.tellers[: self.most]

    @property
    def more(self) -> int:
        """How many tell it besides."""
        return len(self.tellers) - len(self.unfolded)

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
    """Accounts that cannot both be exact: the ``figures`` against each other, and each side's words marked in their
    sentence."""

    kind: DifferenceKind
    about: str
    figures: tuple[str, ...]
    sides: tuple[Words, ...]
    update: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """The whole comparison. ``more`` rows, ``more_only`` origins and ``more_differences`` are not shown here;
    ``withheld`` rows are left to the outlets' pages."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    more: int
    withheld: int
    only: tuple[OnlyHere, ...]
    more_only: int
    differences: tuple[Differs, ...]
    more_differences: int
    origins: int

    @property
    def crowd(self) -> bool:
        """Whether the outlets are too many for a column each: then each row names those that tell it."""
        return len(self.columns) > CROWD

    @property
    def few(self) -> bool:
        """Whether the outlets are so few that their words stand side by side."""
        return len(self.columns) <= FEW


def sides(frame: Frame, withheld: Withheld, most: int | None = None) -> Sides:
    """The comparison. ``withheld`` is what was left out of it before, ``most`` how many statements that several tell,
    outlets that alone tell something, and differences are shown."""
    columns = _columns(frame)
    marks = _marks(frame)
    shared = sorted((one for one in frame.coverage.statements if one.told_by != "one"), key=_reach)
    only = _only(frame, columns, withheld.only)
    return Sides(
        columns=columns,
        rows=tuple(
            replace(_row(frame, f"row-{place}", statement, columns, marks), most=most if len(columns) > CROWD else None)
            for place, statement in enumerate(shared[:most], 1)
        ),
        more=len(shared) - len(shared[:most]),
        withheld=withheld.shared,
        only=only[:most],
        more_only=len(only[most:]) if most else 0,
        differences=tuple(_differs(frame, difference) for difference in frame.coverage.differences[:most]),
        more_differences=len(frame.coverage.differences[most:]) if most else 0,
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


def _marks(frame: Frame) -> dict[str, list[tuple[Span, Figure]]]:
    """The words that differ, by item."""
    marks: dict[str, list[tuple[Span, Figure]]] = {}
    for one in frame.coverage.differences:
        told = [side.passage.text for side in one.sides]
        for side in one.sides:
            own = side.passage.text
            others = distinct(words for words in told if amount(words) != amount(own))
            figure = Figure(own, others, one.kind, one.about, one.update)
            marks.setdefault(side.passage.item, []).append((Span(side.passage.start, side.passage.end), figure))
    return marks


def _row(
    frame: Frame,
    name: str,
    statement: Statement,
    columns: tuple[Column, ...],
    marks: Mapping[str, list[tuple[Span, Figure]]],
) -> Row:
    told: dict[str, list[Words]] = {}
    figures: dict[str, list[Figure]] = {}
    for cell in statement.cells:
        inside = Span(cell.start, cell.end)
        within = [(span, figure) for span, figure in marks.get(cell.item, ()) if inside.covers(span)]
        words = frame.words(cell, [Span(span.start - cell.start, span.end - cell.start) for span, _ in within])
        told.setdefault(words.outlet, []).append(words)
        figures.setdefault(words.outlet, []).extend(figure for _, figure in within)
    cells: list[Cell] = []
    for place, column in enumerate(columns, 1):
        said = _once(told.get(column.outlet, ()))
        same_as = next((left.column.outlet for left in cells if left.told and _copies(said, column, left)), "")
        cells.append(
            Cell(f"{name}-{place}", column, said, tuple(dict.fromkeys(figures.get(column.outlet, ()))), same_as)
        )
    lead = _central([words for cell in cells for words in cell.told])
    return Row(statement.told_by == "all", len(statement.origins), lead, tuple(cells))


def _once(told: Sequence[Words]) -> tuple[Words, ...]:
    """An outlet's words, the same sentence of two of its items once."""
    return tuple({plain(words.text): words for words in reversed(told)}.values())[::-1]


def _copies(said: Sequence[Words], column: Column, left: Cell) -> bool:
    """Whether an outlet's words are those of an earlier one of its origin."""
    origin = column.same_origin_as
    if not origin or origin not in (left.column.outlet, left.column.same_origin_as):
        return False
    return [plain(words.text) for words in said] == [plain(words.text) for words in left.told]


def _central(told: Sequence[Words]) -> Words:
    """The wording that shares most of its words with the others (mean Jaccard similarity), the first of several."""
    bags = [frozenset(plain(words.text).split()) for words in told]

    def likeness(place: int) -> float:
        return sum(len(bags[place] & bag) / len(bags[place] | bag or {""}) for bag in bags)

    return told[max(range(len(told)), key=likeness)]


def _only(frame: Frame, columns: tuple[Column, ...], withheld: Mapping[str, int]) -> tuple[OnlyHere, ...]:
    singles = [statement for statement in frame.coverage.statements if statement.told_by == "one" and statement.cells]
    origin_order = {item.origin: place for place, item in reversed(list(enumerate(frame.in_time)))}

    def origin(statement: Statement) -> str:
        return frame.items[statement.cells[0].item].origin

    singles.sort(key=lambda statement: origin_order.get(origin(statement), 0))
    found = {key: list(group) for key, group in groupby(singles, key=origin)}
    origins = sorted({*found, *withheld}, key=lambda key: origin_order.get(key, 0))
    return tuple(_only_of(frame, key, found.get(key, []), columns, withheld.get(key, 0)) for key in origins)


def _only_of(
    frame: Frame, origin: str, statements: list[Statement], columns: tuple[Column, ...], withheld: int
) -> OnlyHere:
    outlets = list(dict.fromkeys(item.source for item in frame.in_time if item.origin == origin))
    elsewhere = {item.source for item in frame.in_time if item.origin != origin}
    kept = [frame.words(statement.cells[0]) for statement in statements]
    return OnlyHere(
        outlet=outlets[0],
        href=frame.addresses.source(outlets[0]),
        reprints=tuple(outlets[1:]),
        statements=tuple(kept[:AT_ONCE]),
        more=tuple(kept[AT_ONCE:]),
        withheld=withheld,
        rivals=tuple(column for column in columns if column.outlet in elsewhere and column.outlet != outlets[0]),
    )


def _differs(frame: Frame, difference: Difference) -> Differs:
    shown = []
    for side in difference.sides:
        start = side.passage.start - side.context.start
        mark = Span(start, start + len(side.passage.text))
        shown.append(replace(frame.words(side.context), pieces=cut_near(side.context.text, mark, NEAR)))
    figures = distinct(side.passage.text for side in difference.sides)
    return Differs(difference.kind, difference.about, figures, tuple(shown), difference.update)
