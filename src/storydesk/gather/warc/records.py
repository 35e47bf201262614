"""What an archive is read as: its records, and the damage between them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from storydesk.gather.warc.unpacking import Position

__all__ = ["DOCUMENTS", "LARGEST", "Damage", "Record"]

LARGEST = 16 * 2**20
"""Bytes of a record's block, and of its decoded body, that are kept in memory: as many as are fetched of a page."""

DOCUMENTS = frozenset({"response", "resource", "conversion"})
"""The kinds of record that carry a document."""


class Record(NamedTuple):
    """One record. ``kind`` is its WARC-Type in lower case, ``url`` its WARC-Target-URI, ``date`` its WARC-Date as
    written. ``status`` and ``content_type`` are those of the HTTP response in it; without one, the record's own.

    ``identified`` is the media type that the crawler found the body to have. ``body`` is decoded; at most ``LARGEST``
    bytes, and empty for kinds that carry no document. ``partial`` says that there was more than it holds. ``position``
    is where the record begins, ``after`` where to go on when it is done with.
    """

    position: Position
    after: Position
    kind: str
    url: str
    date: str
    status: int | None = None
    content_type: str | None = None
    identified: str | None = None
    body: bytes = b""
    partial: bool = False

    @property
    def captured(self) -> datetime | None:
        """When the crawler took it; ``None`` where it does not say."""
        try:
            at = datetime.fromisoformat(self.date)
        except ValueError:
            return None
        return at if at.tzinfo else at.replace(tzinfo=UTC)


class Damage(NamedTuple):
    """A record that could not be read, or bytes that are none, at ``position``, for ``reason``.

    ``after`` is where to go on; it is ``position`` itself where the file ends in the middle of a record, since a file
    that is still being written will hold the rest later.
    """

    position: Position
    after: Position
    reason: str
