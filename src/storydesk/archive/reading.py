"""A WARC file to items: every document in it that is a page or a text, as it was when it was captured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from storydesk.errors import UnreadableFile
from storydesk.gather.warc import Damage, Position, Record
from storydesk.model import Item
from storydesk.read import read_document

__all__ = ["Outcome", "Tally", "read_archive"]

DOCUMENTS = frozenset(("response", "resource", "conversion"))
PAGES = ("text/html", "application/xhtml", "text/plain")
OK = 200


class Outcome(NamedTuple):
    """What came of one record: an item, or why there is none. ``after`` is where to go on."""

    after: Position
    item: Item | None = None
    passed_over: str | None = None
    damage: Damage | None = None


@dataclass(slots=True)
class Tally:
    """How many records there were, by what came of them."""

    records: int = 0
    read: int = 0
    damaged: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> None:
        """Counts one record."""
        self.records += 1
        self.read += outcome.item is not None
        self.damaged += outcome.damage is not None
        if outcome.passed_over:
            self.passed_over[outcome.passed_over] = self.passed_over.get(outcome.passed_over, 0) + 1

    def __str__(self) -> str:
        others = [f"{count:,} {reason}" for reason, count in sorted(self.passed_over.items())]
        return ", ".join([f"{self.records:,} records: {self.read:,} read", *others, f"{self.damaged:,} damaged"])


def read_archive(records: Iterable[Record | Damage], path: str, now: datetime) -> Iterator[Outcome]:
    """What came of each record, in order. An item's dates are not later than its capture, nor than ``now``; the capture
    itself is never taken for publication."""
    for record in records:
        if isinstance(record, Damage):
            yield Outcome(record.after, damage=record)
        elif record.kind not in DOCUMENTS:
            yield Outcome(record.after, passed_over="without a document")
        elif record.status not in (None, OK):
            yield Outcome(record.after, passed_over="not answered with 200")
        elif not _is_page(record):
            yield Outcome(record.after, passed_over="no page")
        else:
            yield _read(record, path, now)


def _is_page(record: Record) -> bool:
    declared = (record.content_type or record.identified or "text/html").lower()
    return declared.startswith(PAGES)


def _read(record: Record, path: str, now: datetime) -> Outcome:
    captured = min(record.captured or now, now)
    try:
        item = read_document(
            record.body, now=captured, path=path, url=record.url or None, content_type=record.content_type
        )
    except UnreadableFile:
        return Outcome(record.after, passed_over="without readable text")
    return Outcome(record.after, replace(item, partial=item.partial or record.partial))
