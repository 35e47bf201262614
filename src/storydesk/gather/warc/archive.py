"""An archive file as a stream of records: by fastwarc while all is well, by ourselves where it is not.

fastwarc reads a sound archive many times as fast as anything in Python, but stops for good at the first damage, gives a
record that is cut short as a whole one, and knows the place of a record only where each has a frame of its own. So a
record of its is given only once it has found the next, and whatever it stumbles over is read again by
:func:`~storydesk.gather.warc.careful.read_carefully`, which says what is wrong and finds the way on.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from fastwarc import ArchiveIterator, GzipReader, WarcRecord

from storydesk.errors import UnreadableFile
from storydesk.gather.warc.careful import read_carefully
from storydesk.gather.warc.http import Undecodable, decode_body
from storydesk.gather.warc.records import DOCUMENTS, LARGEST, Damage, Record
from storydesk.gather.warc.unpacking import START, Broken, Position, open_stream

__all__ = ["Archive"]

CAREFUL_FOR = 8
"""Records read carefully after each stumble; at the start one, which shows whether each has a frame of its own."""


ARC = b"filedesc:"


class Archive:
    """A WARC file, not compressed or with gzip or zstd, as an iterable of :class:`Record` and :class:`Damage`.

    ``start`` is where to begin: the ``after`` of what was done last. With ``verify``, a record that does not have the
    digest that it states is damage; without, digests are not looked at. Memory does not depend on the size of the file
    or its records. Raises UnreadableFile where the file cannot be opened, or holds no record at all.
    """

    def __init__(self, path: str | Path, start: Position = START, *, verify: bool = False) -> None:
        self._file = _opened(Path(path))
        self._verify = verify
        self._start = start
        self.size = self._file.seek(0, 2)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def done(self) -> int:
        """How many bytes of the file have been read: for a progress bar."""
        return self._file.tell()

    def __iter__(self) -> Iterator[Record | Damage]:
        form = self._form()
        fast = form in ("plain", "gzip") and not self._verify
        position = self._start
        some = position != START
        least = 1
        while True:
            careful = read_carefully(self._file, position, verify=self._verify)
            for count, unit in enumerate(careful, 1):
                some = some or isinstance(unit, Record)
                yield unit
                position = unit.after
                # fastwarc cannot say where in a frame it is; checking, it drops what states no digest.
                if fast and count >= least and isinstance(unit, Record) and not position.unpacked:
                    break
            else:
                break
            position = yield from self._quickly(position, packed=form == "gzip")
            least = CAREFUL_FOR
        if not some:
            raise UnreadableFile("holds no WARC record that can be read", "look at its first bytes to see what it is")

    def _form(self) -> str:
        """How the file is packed. Raises UnreadableFile for a file that cannot be a WARC file."""
        if not self.size:
            raise UnreadableFile("is empty")
        stream = open_stream(self._file)
        try:
            head = stream.read()
        except Broken:
            head = b""
        if head.startswith(ARC):
            raise UnreadableFile(
                "is an ARC file, the form before WARC", "convert it first, for example with `warcio recompress`"
            )
        return stream.form

    def _quickly(self, position: Position, *, packed: bool) -> Generator[Record, None, Position]:
        """The sound records from ``position`` on; returns where the first that is not known to be sound begins."""
        file = self._file
        file.seek(position.offset)  # before the reader is made: it counts from there
        reader = GzipReader(file) if packed else None
        held: tuple[Position, Fields] | None = None
        try:
            for record in ArchiveIterator(reader or file, parse_http=False, stream_detect=False):
                here = Position((reader.frame_start_position() or 0) if reader else record.stream_pos)
                if held is not None:
                    if here == position:
                        return position  # the two share a frame
                    yield Record(position, here, *held[1])
                position, held = here, None
                fields = _fields(record)
                if fields is None:
                    return position
                held = position, fields
        except (OSError, Undecodable):
            pass
        return position


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise UnreadableFile("no such file", "check the spelling and the folder you are in") from None
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}") from None


Fields = tuple[str, str, str, int | None, str | None, str | None, bytes, bool]
"""A record's, but for its places."""


def _fields(record: WarcRecord) -> Fields | None:
    """What fastwarc has made of a record; ``None`` where it may have been mistaken."""
    headers = dict(reversed(record.headers.to_tuples()))  # much cheaper than asking for each
    kind = headers.get("WARC-Type", "").lower()
    length = record.content_length
    values = "".join(headers.values())
    folded = "\n" in values or "\r" in values  # or damaged
    if folded or not kind.isalpha() or length > LARGEST or headers.get("Content-Length") != str(length):
        return None
    status, content_type, body, cut = None, headers.get("Content-Type"), b"", "WARC-Truncated" in headers
    if kind not in DOCUMENTS:
        if record.consume() != length:
            return None
    elif "WARC-Target-URI" not in headers or "WARC-Date" not in headers:
        return None  # they may be there in another spelling
    elif kind == "response" and record.is_http:
        record.parse_http(quirks_mode=True)
        http, length = record.http_headers, record.content_length
        status, body = http.status_code, record.reader.read(length)
        fields = {name.lower(): value for name, value in reversed(http.to_tuples())}
        if status is None or len(body) != length or "\r" in "".join(fields.values()):
            return None
        content_type = fields.get("content-type")
        body, short = decode_body(body, fields.get("transfer-encoding"), fields.get("content-encoding"), LARGEST)
        cut = cut or short
    else:
        body = record.reader.read(length)
        if len(body) != length or (kind == "response" and body.startswith(b"HTTP/")):
            return None
    url, date = headers.get("WARC-Target-URI", "").strip("<>"), headers.get("WARC-Date", "")
    return kind, url, date, status, content_type, headers.get("WARC-Identified-Payload-Type"), body, cut
