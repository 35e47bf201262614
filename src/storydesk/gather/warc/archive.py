"""An archive file as a stream of records, from any position on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from storydesk.errors import UnreadableFile
from storydesk.gather.warc.reading import read_records
from storydesk.gather.warc.records import Damage, Record
from storydesk.gather.warc.unpacking import START, Broken, Position, open_stream

__all__ = ["Archive"]

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
        self._check()
        some = self._start != START
        for unit in read_records(self._file, self._start, verify=self._verify):
            some = some or isinstance(unit, Record)
            yield unit
        if not some:
            raise UnreadableFile("holds no WARC record that can be read", "look at its first bytes to see what it is")

    def _check(self) -> None:
        """Raises UnreadableFile for a file that cannot be a WARC file."""
        if not self.size:
            raise UnreadableFile("is empty")
        try:
            head = open_stream(self._file).read()
        except Broken:
            return
        if head.startswith(ARC):
            raise UnreadableFile(
                "is an ARC file, the form before WARC", "convert it first, for example with `warcio recompress`"
            )


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise UnreadableFile("no such file", "check the spelling and the folder you are in") from None
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}") from None
