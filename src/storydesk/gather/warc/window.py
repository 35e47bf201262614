"""A window on the bytes of an archive: as many as are asked for, copied as seldom as can be, in memory that does not
grow with the archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from storydesk.gather.warc.unpacking import OUTPUT, Broken, Plain, Unpacked

__all__ = ["Block", "Window"]

MOST_KEPT = 2**25
"""Bytes after a mark that are kept to go back to."""

MOST_AT_ONCE = 2**17
"""Bytes read at a time where more are asked for."""

AFTER = 4
"""Bytes read with a block: the empty lines that end its record, so that nothing of it is left for the next piece."""


class Block(NamedTuple):
    """The bytes ``data[start:stop]``, and ``rest`` after them, which are joined only once it is known from where on."""

    data: bytes
    start: int
    stop: int
    rest: Sequence[memoryview] = ()

    def whole(self) -> Block:
        """The same, with all of it in ``data``."""
        return Block(data := self.after(self.start), 0, len(data)) if self.rest else self

    def after(self, begin: int) -> bytes:
        """From ``begin`` in ``data`` to the end."""
        if not self.rest:
            return self.data[begin : self.stop]
        return b"".join((memoryview(self.data)[begin : self.stop], *self.rest))


class Window:
    """``data[pos:]`` are the bytes that come next; ``at`` is where they stand, counted from the stream's start.

    ``broken`` is the damage that has been met, if any: the bytes then end before it.
    """

    def __init__(self, stream: Plain | Unpacked) -> None:
        self._stream = stream
        self._base = 0  # where data begins
        self._ahead = b""  # read, and comes after data
        self._kept: list[bytes] = []  # what came before data, since the mark; empty when that was too much
        self._kept_from = self._mark = 0
        self.data = b""
        self.pos = 0
        self.broken: Broken | None = None

    @property
    def at(self) -> int:
        """Where ``pos`` stands in the stream."""
        return self._base + self.pos

    def mark(self) -> None:
        """From here on what is passed is kept, for :meth:`back`."""
        self._mark = self._base + self.pos
        self._kept_from = self._base
        if self._kept:
            self._kept = []

    def back(self, at: int) -> bool:
        """Goes back to where ``at`` stands; whether that is still known."""
        if at < self._base and self._kept and at >= self._kept_from:
            self.data = b"".join((*self._kept, self.data))
            self._base, self._kept = self._kept_from, []
        if at < self._base:
            return False
        self.pos = at - self._base
        return True

    def fill(self, count: int) -> bool:
        """Reads until ``count`` bytes (a few) stand in ``data`` from ``pos`` on; whether they do."""
        have = len(self.data) - self.pos
        if have >= count:
            return True
        pieces = [self.data[self.pos :]] if have else []
        while have < count and (piece := self._read()):
            pieces.append(piece)
            have += len(piece)
        if self._base + self.pos > self._mark:
            self._keep(self.data[: self.pos])
        else:
            self._kept_from = self._mark
        self._base += self.pos
        self.data, self.pos = pieces[0] if len(pieces) == 1 else b"".join(pieces), 0
        return have >= count

    def take(self, count: int) -> Block | None:
        """Passes over ``count`` bytes, and gives them; ``None``, passing over nothing, where there are not as many."""
        data, start = self.data, self.pos
        if count <= len(data) - start:
            self.pos += count
            return Block(data, start, self.pos)
        at = self.at
        rest: list[memoryview] = []
        if not self.skip(count, rest.append):
            self.back(at)
            return None
        return Block(data, start, len(data), rest[1:])

    def skip(self, count: int, see: Callable[[memoryview], object] | None = None) -> bool:
        """Passes over ``count`` bytes, each piece of them shown to ``see``; whether there were as many."""
        while count > (have := len(self.data) - self.pos):
            if see:
                see(memoryview(self.data)[self.pos :])
            count -= have
            self._keep(self.data)
            self._base += len(self.data)
            self.data, self.pos = self._read(min(max(count + AFTER, OUTPUT), MOST_AT_ONCE)), 0
            if not self.data:
                return False
        if see:
            see(memoryview(self.data)[self.pos : self.pos + count])
        self.pos += count
        return True

    def more(self) -> bool:
        """Whether anything comes after ``data``: reads on without moving."""
        self._ahead = self._ahead or self._read()
        return bool(self._ahead)

    def find(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Goes to the next match of ``pattern`` (of at most ``longest`` bytes), past damage; false where none comes."""
        while True:
            match = pattern.search(self.data, self.pos)
            if match:
                self.pos = match.start()
                return True
            self.pos = max(self.pos, len(self.data) - longest)
            self.mark()
            if self.fill(len(self.data) - self.pos + 1):
                continue
            if not (self.broken and self._stream.recover()):
                self.pos = len(self.data)
                return False
            self._base += len(self.data)
            self.data, self.pos, self.broken = b"", 0, None

    def _keep(self, piece: bytes) -> None:
        if self._kept_from + MOST_KEPT < self._base:
            self._kept, self._kept_from = [], self._base + len(piece)
        elif piece:
            self._kept.append(piece)

    def _read(self, most: int = OUTPUT) -> bytes:
        if self._ahead:
            piece, self._ahead = self._ahead, b""
            return piece
        if self.broken is None:
            try:
                return self._stream.read(most)
            except Broken as broken:
                self.broken = broken
        return b""
