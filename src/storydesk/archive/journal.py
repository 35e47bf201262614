"""Lines in a file, and beside it how far the work is: so that a run that was killed goes on, with no line lost or
doubled.

After each line the journal notes how long the file is and where the next line comes from. A kill may fall between the
two: then the file is longer than noted, and is cut back before the work goes on.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from storydesk.errors import UnreadableFile
from storydesk.gather.warc import START, Position

__all__ = ["Journal"]


class _Note(msgspec.Struct):
    """How far the work is: bytes of the file that hold, inputs that are done, the place in the one that is not."""

    length: int = 0
    done: list[str] = []
    under_way: str | None = None
    offset: int = 0
    unpacked: int = 0


class Journal:
    """A file of lines that can be gone on with. A context manager: leaving it closes the file.

    ``resume`` goes on where an earlier run was; without it the file is begun anew. Raises UnreadableFile where the file
    is there already and is not to be gone on with, or the note beside it cannot be read.
    """

    def __init__(self, file: Path, *, resume: bool) -> None:
        self._beside = file.with_name(file.name + ".journal")
        self._note = _Note()
        if resume and self._beside.exists():
            try:
                self._note = msgspec.json.decode(self._beside.read_bytes(), type=_Note)
            except msgspec.DecodeError:
                raise UnreadableFile(
                    "is no journal of an earlier run", f"remove {self._beside} to begin anew"
                ) from None
        elif file.exists() and file.stat().st_size:
            raise UnreadableFile("exists already", "add --resume to go on with it, or name another file")
        self._out: BinaryIO = file.open("ab")
        self._out.truncate(self._note.length)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()

    def start(self, given: str) -> Position | None:
        """Where to begin with an input; ``None`` where it is done."""
        if given in self._note.done:
            return None
        if given == self._note.under_way:
            return Position(self._note.offset, self._note.unpacked)
        return START

    def write(self, line: str, given: str, after: Position) -> None:
        """One line, and where the next comes from."""
        self._out.write(line.encode() + b"\n")
        self._out.flush()
        self._keep(given, after)

    def finish(self, given: str) -> None:
        """Notes that an input is done."""
        self._note.done.append(given)
        self._keep(None, START)

    def _keep(self, given: str | None, after: Position) -> None:
        note = self._note
        note.length, note.under_way = self._out.tell(), given
        note.offset, note.unpacked = after.offset, after.unpacked
        fresh = self._beside.with_name(self._beside.name + ".new")
        fresh.write_bytes(msgspec.json.encode(note))
        fresh.replace(self._beside)
