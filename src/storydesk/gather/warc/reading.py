"""Reading an archive that may be damaged: every record looked at by ourselves, byte by byte where need be.

The form is that of WARC 1.1 (https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/), taken
as tolerantly as it is written: field names in any case, bare line feeds, missing empty lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from storydesk.gather.warc.digest import Digest
from storydesk.gather.warc.fields import ends, simple_fields
from storydesk.gather.warc.http import Undecodable, read_message
from storydesk.gather.warc.records import DOCUMENTS, LARGEST, Damage, Record
from storydesk.gather.warc.unpacking import CUT_SHORT, Position, open_stream
from storydesk.gather.warc.window import Block, Window

__all__ = ["read_records"]

LONGEST_HEAD = 2**16
FIELD = re.compile(rb"\n([\w-]+)[ \t]*:[ \t]*([^\r\n]*)")
BEGINNING = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n[\w-]{2,40}:")
LONGEST_BEGINNING = 64
NEXT = re.compile(rb"\s{0,16}(?:WARC/|\Z)")
"""What may follow a record whose closing empty lines are missing."""

LONGEST_END = 24

Fields = dict[str, str]


def read_records(file: BinaryIO, position: Position, *, verify: bool = False) -> Iterator[Record | Damage]:
    """The records from ``position`` on, to the end of the file, and the damage between them.

    With ``verify``, a record that does not have the digest that it states is damage. Raises UnreadableFile for a form
    of compression that is not known.
    """
    reader = _Reader(file, position, verify)
    last: Position | None = None
    while (unit := reader.next()) is not None and unit.position != last:
        yield unit
        last = unit.position  # where the file ends in damage, that is all there is to find


class _Reader:
    def __init__(self, file: BinaryIO, position: Position, verify: bool) -> None:
        self._file = file
        self._verify = verify
        self._go_to(position)

    def next(self) -> Record | Damage | None:
        """The record that begins here, or the damage here; ``None`` at the end of the file."""
        window, position = self._window, self._position
        window.mark()
        if not window.fill(1):
            return self._damage(position, window.at, window.broken.reason) if window.broken else None
        head = self._head()
        if isinstance(head, str):
            return self._damage(position, window.at, head)
        fields, length = head
        return self._record(position, fields, length, int(fields["content-length"]))

    def _go_to(self, position: Position) -> None:
        self._stream = open_stream(self._file, position)
        self._window = Window(self._stream)
        self._pass_newlines()

    def _pass_newlines(self) -> None:
        window = self._window
        while window.fill(1) and window.data[window.pos] in b"\r\n":
            window.pos += 1
        self._position = self._stream.position(window.at)

    def _head(self) -> tuple[Fields, int] | str:
        """The fields of the record that begins here and the length of its header; or why there is none."""
        window = self._window
        if not (window.fill(5) and window.data.startswith(b"WARC/", window.pos)):
            return "no WARC record where one should begin"
        while True:
            have = len(window.data) - window.pos
            stop = window.pos + min(have, LONGEST_HEAD)
            end, begin = ends(window.data, window.pos, stop)
            if end < stop:
                break
            if have >= LONGEST_HEAD:
                return "its header does not end"
            if not window.fill(have + 1):
                return self._ending()
        fields = simple_fields(window.data, window.pos, end)
        if fields is None:
            found = reversed(FIELD.findall(window.data, window.pos, end))
            fields = {name.decode().lower(): value.decode("utf-8", "replace").strip() for name, value in found}
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 19):
            return "its header states no Content-Length"
        return fields, begin - window.pos

    def _ending(self) -> str:
        return self._window.broken.reason if self._window.broken else CUT_SHORT

    def _record(self, position: Position, fields: Fields, head: int, length: int) -> Record | Damage:
        window, at = self._window, self._window.at
        kept = min(length, LARGEST)
        window.pos += head
        block = window.take(kept)
        digest = None
        if self._verify and block:
            digest, block = Digest(fields), block.whole()
            digest.update(memoryview(block.data)[block.start : block.stop])
        if block is None or (length > kept and not window.skip(length - kept, digest.update if digest else None)):
            return self._damage(position, at, self._ending())
        fault = self._end(position)
        if fault:
            return self._damage(position, at, fault)
        if digest and not digest.holds():
            return Damage(position, self._position, "its content does not have the digest that it states")
        try:
            return _record(position, self._position, fields, block, length > kept)
        except Undecodable as error:
            return Damage(position, self._position, str(error))

    def _end(self, position: Position) -> str | None:
        """Passes the empty lines that end a record; or says what is wrong with a record that seems to end here."""
        window, at = self._window, self._window.at
        ended = window.data.startswith(b"\r\n\r\n", window.pos)
        if ended:
            window.pos += 4
        if window.fill(5) and window.data.startswith(b"WARC/", window.pos):
            self._position = self._stream.position(window.at)
            return None
        window.fill(LONGEST_END)
        follows = NEXT.match(window.data, window.pos)
        if not (ended or follows):
            return "its Content-Length is wrong"
        # The checksum of its frame is known only when the frame has been read to its end.
        least = 0 if ended else 4
        last = (not follows or len(window.data) <= window.pos + least) and not window.more()
        broken = window.broken if last and not position.unpacked else None
        if broken and broken.begins < at:
            return broken.reason
        self._pass_newlines()
        return None

    def _damage(self, position: Position, at: int, reason: str) -> Damage:
        """Names the damage, and goes to the next record, or the end."""
        if not self._window.back(at):
            self._go_to(position)
        self._window.pos = min(self._window.pos + 1, len(self._window.data))
        if self._window.find(BEGINNING, LONGEST_BEGINNING):
            self._position = self._stream.position(self._window.at)
        else:
            self._position = position if reason == CUT_SHORT else Position(self._file.seek(0, 2))
        return Damage(position, self._position, reason)


def _record(position: Position, after: Position, fields: Fields, block: Block, cut: bool) -> Record:
    """The record of these fields and this block. Raises Undecodable for an HTTP body that is damaged."""
    kind = fields.get("warc-type", "unknown").lower()
    status, content_type, body = None, fields.get("content-type"), b""
    if kind == "response":
        status, stated, body, short = read_message(block, LARGEST)
        cut = cut or short
        if status is not None or (content_type or "").startswith("application/http"):
            content_type = stated
    elif kind in DOCUMENTS:
        body = block.after(block.start)
    return Record(
        position,
        after,
        kind,
        fields.get("warc-target-uri", "").strip("<>"),
        fields.get("warc-date", ""),
        status,
        content_type,
        fields.get("warc-identified-payload-type"),
        body,
        cut or "warc-truncated" in fields,
    )
