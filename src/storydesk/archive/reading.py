"""A WARC file to items: every document in it that is a page or a text, as it was when it was captured."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from storydesk.errors import StorydeskError, UnreadableFile
from storydesk.gather.warc import Damage, Position, Record
from storydesk.model import Item
from storydesk.sandbox import DocumentJob, Stream
from storydesk.sandbox.process import LONGEST

__all__ = ["Failed", "Outcome", "Tally", "read_archive"]

DOCUMENTS = frozenset(("response", "resource", "conversion"))
PAGES = ("text/html", "application/xhtml", "text/plain")
OK = 200


class Failed(NamedTuple):
    """A page that could not be read to its end, where it is, and why."""

    position: Position
    url: str
    error: StorydeskError


class Outcome(NamedTuple):
    """What came of one record: an item, or why there is none. ``after`` is where to go on."""

    after: Position
    item: Item | None = None
    passed_over: str | None = None
    damage: Damage | None = None
    failed: Failed | None = None


@dataclass(slots=True)
class Tally:
    """How many records there were, by what came of them."""

    records: int = 0
    read: int = 0
    damaged: int = 0
    failed: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> None:
        """Counts one record."""
        self.records += 1
        self.read += outcome.item is not None
        self.damaged += outcome.damage is not None
        self.failed += outcome.failed is not None
        if outcome.passed_over:
            self.passed_over[outcome.passed_over] = self.passed_over.get(outcome.passed_over, 0) + 1

    def __str__(self) -> str:
        others = [f"{count:,} {reason}" for reason, count in sorted(self.passed_over.items())]
        failed = [f"{self.failed:,} failed"] if self.failed else []
        counts = [f"{self.records:,} records: {self.read:,} read", *others, *failed, f"{self.damaged:,} damaged"]
        return ", ".join(counts)


def read_archive(
    records: Iterable[Record | Damage], path: str, now: datetime, reader: Stream, longest: float = LONGEST
) -> Iterator[Outcome]:
    """What came of each record, in order. An item's dates are not later than its capture, nor than ``now``; the capture
    itself is never taken for publication. ``reader`` is given records ahead; one that takes ``longest`` seconds has
    failed."""
    waiting: deque[Outcome | Record] = deque()
    for record in records:
        if isinstance(record, Damage):
            waiting.append(Outcome(record.after, damage=record))
        elif reason := _passed_over(record):
            waiting.append(Outcome(record.after, passed_over=reason))
        else:
            reader.put(_job(record, path, now, longest), record.body)
            waiting.append(record)
        while waiting and (isinstance(waiting[0], Outcome) or reader.full):
            yield _outcome(waiting.popleft(), reader)
    while waiting:
        yield _outcome(waiting.popleft(), reader)


def _passed_over(record: Record) -> str | None:
    """Why a record is not read; ``None`` for a page."""
    if record.kind not in DOCUMENTS:
        return "without a document"
    if record.status not in (None, OK):
        return "not answered with 200"
    return None if _is_page(record) else "no page"


def _is_page(record: Record) -> bool:
    declared = (record.content_type or record.identified or "text/html").lower()
    return declared.startswith(PAGES)


def _job(record: Record, path: str, now: datetime, longest: float) -> DocumentJob:
    captured = min(record.captured or now, now)
    return DocumentJob(path, record.url or None, record.content_type, captured, longest)


def _outcome(waiting: Outcome | Record, reader: Stream) -> Outcome:
    if isinstance(waiting, Outcome):
        return waiting
    found = reader.take()
    if isinstance(found, UnreadableFile):
        return Outcome(waiting.after, passed_over="without readable text")
    if isinstance(found, StorydeskError):
        return Outcome(waiting.after, failed=Failed(waiting.position, waiting.url, found))
    return Outcome(waiting.after, replace(found, partial=found.partial or waiting.partial))
