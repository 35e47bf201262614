"""The bytes of an archive file, unpacked as they come, each with its place in the file, and a way on after damage.

A compressed archive is a row of *frames* (gzip calls them members), usually one a record, sometimes one for all. Where
a frame cannot be unpacked, everything before the damage is still given, then :class:`Broken` is raised, and
:meth:`Unpacked.recover` goes on at the next frame.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha512
from typing import BinaryIO, NamedTuple, Protocol

from storydesk.errors import UnreadableFile
from storydesk.gather.warc.zstandard import ZstdError, dictionary, unpacker

try:
    from isal import igzip_lib
except ImportError:  # there is none for this kind of processor: zlib does the same, at a third of the speed
    igzip_lib = None  # type: ignore[assignment]

__all__ = ["CUT_SHORT", "START", "Broken", "Plain", "Position", "Unpacked", "open_stream"]

INPUT = 2**16
FIRST = 2**11
OUTPUT = 2**16
"""Bytes read, given to a frame at first, and unpacked at most where no more are asked for: what bounds the memory,
whatever a frame unpacks to. (What is given beyond a frame's end is copied, so a small frame is not given much.)"""

MOST_AGAIN = 2**24
"""Bytes of a frame that seems to be cut short which are unpacked again to see whether it is."""

GZIP_MAGIC = b"\x1f\x8b\x08"
CHECKSUM = re.compile("(?:data|length) check|checksum")
"""What zlib and zstd say of a frame whose content is not what it was."""

CUT_SHORT = "the file ends in the middle of it"


class Position(NamedTuple):
    """Where a record begins: ``offset`` bytes into the file begins its frame, and ``unpacked`` bytes into what that
    frame unpacks to begins the record. In a file that is not compressed, ``offset`` alone says it."""

    offset: int
    unpacked: int = 0

    def __str__(self) -> str:
        return f"{self.offset}+{self.unpacked}" if self.unpacked else str(self.offset)


START = Position(0)


class Broken(Exception):
    """The frame that begins ``begins`` bytes after the stream's start cannot be unpacked further, for ``reason``."""

    def __init__(self, begins: int, reason: str) -> None:
        super().__init__(reason)
        self.begins = begins
        self.reason = reason


class Unpacker(Protocol):
    """What unpacks one frame (the interface of ``bz2.BZ2Decompressor``)."""

    @property
    def eof(self) -> bool:
        """Whether the frame's end has been met."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without further input."""

    @property
    def unused_data(self) -> bytes:
        """What was given beyond the frame's end."""

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """What ``data`` unpacks to, at most ``max_length`` bytes of it at a time."""


class _Member:
    """One gzip member, by zlib."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        piece = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self.needs_input = not self._zlib.unconsumed_tail and len(piece) < max_length
        return piece


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of compression. ``magic`` begins each frame; ``again`` unpacks one found damaged, and says how."""

    magic: bytes
    begin: Callable[[], Unpacker]
    again: Callable[[], Unpacker]
    errors: tuple[type[Exception], ...]


class Plain:
    """The bytes of a file that is not compressed, from ``start`` on."""

    def __init__(self, file: BinaryIO, start: Position) -> None:
        self._file = file
        self._start = start.offset + start.unpacked
        file.seek(self._start)

    def read(self, most: int = OUTPUT) -> bytes:
        """The next bytes, at most ``most``; none at the end of the file."""
        return self._file.read(most)

    def position(self, at: int) -> Position:
        """The place in the file of what was read ``at`` bytes after the start."""
        return Position(self._start + at)

    def recover(self) -> bool:
        """Nothing that could break."""
        return False


class Unpacked:
    """What a compressed file unpacks to, from ``start`` on."""

    def __init__(self, file: BinaryIO, form: _Form, start: Position) -> None:
        self._file = file
        self._form = form
        self._by_isal = form.again is not form.begin
        self._frame: Unpacker | None = None
        self._full = False  # the last piece was as long as it might be: ISA-L may hold more, and ask for input
        self._broken: Broken | None = None
        self._at = -start.unpacked
        self._frames = deque([(self._at, start.offset)])  # where each frame begins: unpacked, and in the file
        self._go_to(start.offset)

    def read(self, most: int = OUTPUT) -> bytes:
        """The next bytes, at most ``most``; none at the end of the file. Raises Broken where they are damaged."""
        while True:
            piece = self._read(most)
            self._at += len(piece)
            if not piece or self._at > 0:
                return piece[-self._at :] if self._at < len(piece) else piece

    def position(self, at: int) -> Position:
        """The place in the file of what was read ``at`` bytes after the start. May only be asked in ascending order."""
        frames = self._frames
        while len(frames) > 1 and frames[1][0] <= at:
            frames.popleft()
        begins, offset = frames[0]
        return Position(offset, at - begins)

    def recover(self) -> bool:
        """After Broken: goes to where the next frame may begin; false where none does."""
        offset = self._next_frame(self._frames[-1][1] + 1)
        if offset is None:
            return False
        self._frame, self._broken = None, None
        self._frames.append((self._at, offset))
        self._go_to(offset)
        return True

    def _go_to(self, offset: int) -> None:
        self._file.seek(offset)
        self._input, self._used, self._read_to = b"", 0, offset  # where in the file the input ends
        self._step, self._given = FIRST, 0  # bytes to give to the frame next, and those given last

    def _read(self, most: int) -> bytes:
        if self._broken is not None:
            raise self._broken
        while True:
            frame = self._frame or self._begin()
            if frame is None:
                return b""
            if frame.eof:
                self._used -= len(frame.unused_data)
                self._frame = None
                continue
            data = b""
            if frame.needs_input and not self._full:
                data = self._next_input()
                if not data:
                    raise self._break(self._end())
            try:
                piece = self._unpack(frame, data, most)
            except self._form.errors as error:
                piece, fault = self._before_damage(str(error))
                broken = self._break(_reason(fault))
                if not piece:
                    raise broken from None
                return piece
            self._full = len(piece) == most
            if piece:
                return piece

    def _unpack(self, frame: Unpacker, data: bytes, most: int) -> bytes:
        piece = frame.decompress(data, most)
        if self._by_isal:
            _clear_registers()
        return piece

    def _break(self, reason: str) -> Broken:
        self._broken = Broken(self._frames[-1][0], reason)
        return self._broken

    def _end(self) -> str:
        """Why the frame does not end before the file does: where damage is taken for deflate, that may be why."""
        if not self._by_isal or self._read_to - self._frames[-1][1] > MOST_AGAIN:
            return CUT_SHORT
        _, fault = self._before_damage("")
        return _reason(fault) if fault else CUT_SHORT

    def _next_input(self) -> bytes:
        if self._used == len(self._input):
            self._fill()
        data = self._input[self._used : self._used + self._step]
        self._used += len(data)
        self._step = INPUT
        self._given = len(data)
        return data

    def _fill(self) -> bool:
        self._input, self._used = self._file.read(INPUT), 0
        self._read_to += len(self._input)
        return bool(self._input)

    def _begin(self) -> Unpacker | None:
        """The next frame; ``None`` at the end of the file. Zeros between frames are padding (RFC 1952 allows none, but
        tapes and tar leave them)."""
        while self._used < len(self._input) or self._fill():
            if self._input[self._used]:
                break
            self._used = len(self._input) - len(self._input[self._used :].lstrip(b"\0"))
        offset = self._read_to - len(self._input) + self._used
        if self._frames[-1][0] < self._at:
            self._frames.append((self._at, offset))
        else:
            self._frames[-1] = (self._frames[-1][0], offset)
        self._frame = self._form.begin() if self._input else None
        self._step, self._full = FIRST, False
        return self._frame

    def _before_damage(self, fault: str) -> tuple[bytes, str]:
        """What the broken frame gives beyond what was read, up to the last byte before the damage; and what that is,
        ``fault`` where it is not found again.

        A decompressor that meets damage gives nothing of that call, so the frame is unpacked once more, and the input
        in which the damage lies byte by byte. Gzip by zlib, since ISA-L unpacks much that is no deflate, and so finds
        damage only after what it made of it.
        """
        begins, offset = self._frames[-1]
        known = self._at - begins
        frame = self._form.again()
        given_to = self._read_to - len(self._input) + self._used
        given_from = given_to - self._given
        self._file.seek(offset)
        pieces: list[bytes] = []
        try:
            while offset < given_from:
                data = self._file.read(min(INPUT, given_from - offset))
                offset += len(data)
                known = _drain(frame, data, known, pieces)
            for byte in self._file.read(given_to - offset):
                known = _drain(frame, bytes((byte,)), known, pieces)
        except self._form.errors as error:
            fault = str(error)
        return b"".join(pieces), fault

    def _next_frame(self, offset: int) -> int | None:
        """The first place in the file, from ``offset`` on, that looks like the beginning of a frame."""
        magic = self._form.magic
        self._file.seek(offset)
        data = self._file.read(INPUT)
        while len(data) >= len(magic):
            found = data.find(magic)
            if found >= 0:
                return offset + found
            kept = len(magic) - 1
            offset += len(data) - kept
            data = data[-kept:] + self._file.read(INPUT)
            if len(data) == kept:
                break
        return None


def _reason(fault: str) -> str:
    return "its checksum is wrong" if CHECKSUM.search(fault) else "its compression is damaged"


def _begin_member() -> Unpacker:
    """One gzip member, by ISA-L."""
    return igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_GZIP)


def _clear_registers() -> None:
    """After ISA-L: its checksum leaves the upper halves of the vector registers in use (intel/isa-l#24), and on
    processors with AVX-512 some of what follows is slower for it, as is making text of a float, by a quarter. OpenSSL's
    SHA-512 clears them in half a microsecond.
    """
    sha512(b"").digest()


def _drain(frame: Unpacker, data: bytes, known: int, pieces: list[bytes]) -> int:
    """Unpacks ``data``; adds to ``pieces`` what comes after the first ``known`` bytes. How many of these are left."""
    while True:
        piece = frame.decompress(data, OUTPUT)
        data = b""
        if len(piece) > known:
            pieces.append(piece[known:])
        known = max(0, known - len(piece))
        if frame.needs_input or frame.eof:
            return known


def open_stream(file: BinaryIO, start: Position = START) -> Plain | Unpacked:
    """The bytes of an archive file from ``start`` on, unpacked where its first bytes say that it is compressed.

    Raises UnreadableFile for a form that is not known, or a dictionary that cannot be used.
    """
    file.seek(0)
    head = file.read(4)
    if head.startswith(GZIP_MAGIC):
        return Unpacked(file, GZIP, start)
    if head == ZSTD_MAGIC or head[1:] == SKIPPABLE:
        shared = dictionary(file)
        begin = partial(unpacker, shared)
        return Unpacked(file, _Form(ZSTD_MAGIC, begin, begin, (ZstdError, EOFError)), start)
    if b"WARC/" not in (head := head + file.read(INPUT)) and GZIP_MAGIC in head:
        return Unpacked(file, GZIP, start)  # its very first bytes are damaged
    for name, magic in (("bzip2", b"BZh"), ("LZ4", b"\x04\x22\x4d\x18"), ("xz", b"\xfd7zX")):
        if head.startswith(magic):
            raise UnreadableFile(f"is packed with {name}", "unpack it first; gzip and zstd are read as they are")
    return Plain(file, start)


ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
SKIPPABLE = b"\x2a\x4d\x18"
"""All but the first byte of what begins a skippable frame (RFC 8878, 3.1.2): the first may hold the dictionary."""

ERRORS = (zlib.error, EOFError)
ZLIB = _Form(GZIP_MAGIC, _Member, _Member, ERRORS)
GZIP = (
    _Form(GZIP_MAGIC, _begin_member, _Member, (igzip_lib.error, *ERRORS))  # type: ignore[arg-type]
    if igzip_lib
    else ZLIB
)
