"""What is asked of the process that reads (:mod:`~storydesk.sandbox.inside`), and what it answers: JSON,
which keeps the zone of a time, and the bytes that it is about, after the lengths of both.

The answers are decoded by their types, never unpickled: a reader that was taken over could not run anything here.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import IO, TypeVar

import msgspec

from storydesk import errors
from storydesk.errors import StorydeskError
from storydesk.gather import ParsedFeed
from storydesk.model import Entry, Item, Source

__all__ = ["Answer", "DocumentJob", "Fault", "FeedJob", "Job", "PageJob", "receive", "send"]

LENGTHS = struct.Struct("!II")

T = TypeVar("T")


class FeedJob(msgspec.Struct, frozen=True, tag="feed"):
    """A feed to be parsed: where its bytes came from, the header, the time."""

    url: str
    content_type: str | None
    now: datetime


class PageJob(msgspec.Struct, frozen=True, tag="page"):
    """A page to be read, with what the feed said of it and whose feed that was."""

    url: str
    content_type: str | None
    now: datetime
    entry: Entry
    source: Source


class DocumentJob(msgspec.Struct, frozen=True, tag="document"):
    """A document out of a file or an archive, or from an address: where it is, the header, the time, and the seconds
    that it may take."""

    path: str | None
    url: str | None
    content_type: str | None
    now: datetime
    seconds: float


class Fault(msgspec.Struct, frozen=True):
    """An error of ours, by the name of its class."""

    kind: str
    message: str
    hint: str

    def error(self) -> StorydeskError:
        """The error itself."""
        kind = getattr(errors, self.kind, StorydeskError)
        known = isinstance(kind, type) and issubclass(kind, StorydeskError)
        return kind(self.message, self.hint) if known else StorydeskError(self.message, self.hint)


class Answer(msgspec.Struct, frozen=True):
    """What came of a job, and how many bytes of memory it took at its most."""

    feed: ParsedFeed | None = None
    item: Item | None = None
    fault: Fault | None = None
    grown: int = 0


Job = FeedJob | PageJob | DocumentJob


def send(pipe: IO[bytes], message: msgspec.Struct, data: bytes = b"") -> None:
    """Writes one message, and the bytes that it is about: as they are, since they may be many."""
    frame = msgspec.json.encode(message)
    pipe.write(LENGTHS.pack(len(frame), len(data)))
    pipe.write(frame)
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes], kind: type[T]) -> tuple[T, bytes] | None:
    """Reads one message and its bytes; ``None`` where the other side has gone."""
    head = pipe.read(LENGTHS.size)
    if len(head) < LENGTHS.size:
        return None
    lengths = LENGTHS.unpack(head)
    frame, data = (pipe.read(length) for length in lengths)
    if (len(frame), len(data)) != lengths:
        return None
    return msgspec.json.decode(frame, type=kind), data
