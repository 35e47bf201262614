"""A dump into a table: line by line, committed in batches together with the place reached, so a kill costs a batch.

A damaged line is told and passed over; everything else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from storydesk.knowledge.built_in import built_in
from storydesk.knowledge.choosing import Rules
from storydesk.knowledge.dump import kept_of
from storydesk.knowledge.stream import Broken, DumpLine, Spot, identity, lines
from storydesk.knowledge.table import Writer

__all__ = ["Reached", "bring_in"]

BATCH = 2_000
"""Entities kept between two commits."""

BATCH_LINES = 50_000
"""Lines read between two commits."""

EMPTY = frozenset((b"", b"[", b"]"))
"""The lines of a dump that hold no item."""


class Reached(msgspec.Struct):
    """How far an import is: lines read, entities kept, lines damaged, and the spot to go on from."""

    dump: str
    spot: Spot = Spot()
    lines: int = 0
    kept: int = 0
    damaged: int = 0
    done: bool = False


def bring_in(
    path: Path,
    into: Writer,
    rules: Rules,
    *,
    again: bool = False,
    damaged: Callable[[int, str], None] = lambda *_: None,
    seen: Callable[[int], None] = lambda _: None,
) -> Reached:
    """Imports a dump, or the rest of it where an import of the same file was broken off; ``again`` begins anew.

    ``damaged`` is told the number of a line and what is wrong with it, ``seen`` the bytes of the file that are read.
    Raises UnreadableFile for what is no file, and Broken where it ends in the middle: what came before is then kept.
    """
    dump = identity(path)
    noted = into.state(f"import {dump}")
    reached = Reached(dump)
    if noted and not again:
        reached = msgspec.json.decode(noted, type=Reached)
    if reached.done:
        return reached
    countries = _countries()
    since = (reached.kept, reached.lines)
    try:
        for line in lines(path, reached.spot, seen):
            _take(line, into, rules, countries, reached, damaged)
            if reached.kept - since[0] >= BATCH or reached.lines - since[1] >= BATCH_LINES:
                _note(into, reached)
                since = (reached.kept, reached.lines)
    except Broken:
        _note(into, reached)
        raise
    reached.done = True
    _note(into, reached)
    return reached


def _take(
    line: DumpLine,
    into: Writer,
    rules: Rules,
    countries: Mapping[str, str],
    reached: Reached,
    damaged: Callable[[int, str], None],
) -> None:
    reached.spot = line.after
    data = None if line.data is None else line.data.strip().removesuffix(b",")
    if data in EMPTY:
        return
    reached.lines += 1
    try:
        if data is None:
            raise ValueError("longer than any item")
        kept = kept_of(data, rules, countries)
    except (ValueError, RecursionError) as error:
        reached.damaged += 1
        damaged(line.number, str(error))
        return
    if kept:
        into.put(kept)
        reached.kept += 1


def _note(into: Writer, reached: Reached) -> None:
    into.note(f"import {reached.dump}", msgspec.json.encode(reached).decode())
    into.commit()


def _countries() -> dict[str, str]:
    """The countries' items and ISO codes."""
    base = built_in()
    capitals = ((entity, any(fact.label == "Capital" for fact in entity.facts)) for entity in base)
    return {entity.id: entity.country for entity, has_capital in capitals if has_capital and entity.country}
