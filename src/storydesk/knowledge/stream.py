"""A dump as a stream of lines with their places: plain, gzip or bzip2, in bounded memory, from any place on."""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from storydesk.errors import UnreadableFile

__all__ = ["Broken", "DumpLine", "Spot", "identity", "lines"]

CHUNK = 1 << 18
UNPACKED = 1 << 22
"""Bytes unpacked at a time, however well a file is compressed."""

LONGEST_LINE = 64 << 20
"""Bytes: the longest items of Wikidata have some 5 MB; what is longer is damage."""


class Spot(NamedTuple):
    """The beginning of a line: ``offset`` in the text, its ``number``, and the last place in the file from which
    reading can begin (``file``, where the text is at ``text``: the start of a member of a compressed file).
    """

    offset: int = 0
    number: int = 1
    file: int = 0
    text: int = 0


class DumpLine(NamedTuple):
    """A line without its end (``None``: longer than any item can be), and the spot behind it."""

    data: bytes | None
    number: int
    after: Spot


class Broken(UnreadableFile):
    """The file ends, or cannot be unpacked further, in the middle. Everything before was read."""


def identity(path: Path) -> str:
    """What tells one dump from another: its size and its first 64 KiB. Raises UnreadableFile."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path} is a directory", "name the dump itself")
        with path.open("rb") as file:
            head = file.read(1 << 16)
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: no such file", "check the spelling and the folder you are in") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise UnreadableFile(f"{path} is empty")
    return f"{path.stat().st_size}-{sha256(head).hexdigest()[:32]}"


def lines(path: Path, start: Spot = Spot(), seen: Callable[[int], None] = lambda _: None) -> Iterator[DumpLine]:  # noqa: B008
    """The lines from ``start`` on. ``seen`` is told how many bytes of the file are read. Raises Broken after the last
    whole line.
    """
    with path.open("rb") as file:
        rest: list[bytes] = []  # of a line whose end is not reached
        held, over, spot, skip = 0, False, start, start.offset - start.text
        offset, number = start.offset, start.number
        for data, spot in _text(file, start, seen):
            if skip >= len(data):
                skip -= len(data)
                continue
            *ended, begun = (data[skip:] if skip else data).split(b"\n")
            skip = 0
            for part in ended:
                whole = b"".join((*rest, part)) if rest else part
                offset += held + len(part) + 1
                number += 1
                yield DumpLine(None if over else whole, number - 1, Spot(offset, number, *_before(spot, start, offset)))
                rest, held, over = [], 0, False
            held += len(begun)
            over = over or held > LONGEST_LINE
            rest = [] if over else [*rest, begun]
        if held:
            after = Spot(offset + held, number + 1, spot.file, spot.text)
            yield DumpLine(None if over else b"".join(rest), number, after)


def _before(spot: Spot, start: Spot, offset: int) -> tuple[int, int]:
    """Where to begin reading for a line: never behind it."""
    return (spot.file, spot.text) if spot.text <= offset else (start.file, start.text)


def _text(file: IO[bytes], start: Spot, seen: Callable[[int], None]) -> Iterator[tuple[bytes, Spot]]:
    """The text in chunks from ``start``'s place in the file, each with the spot from which it can be read again."""
    magic = file.read(3)
    file.seek(start.file)
    if magic[:2] == b"\x1f\x8b":
        yield from _unpacked(file, start, seen, lambda: zlib.decompressobj(31))
    elif magic == b"BZh":
        yield from _unpacked(file, start, seen, bz2.BZ2Decompressor)
    else:
        at = start.text
        while data := file.read(CHUNK):
            yield data, Spot(0, 0, at, at)
            at += len(data)
            seen(at)


def _unpacked(
    file: IO[bytes], start: Spot, seen: Callable[[int], None], new: Callable[[], zlib._Decompress | bz2.BZ2Decompressor]
) -> Iterator[tuple[bytes, Spot]]:
    """Member by member, as pbzip2 and many gzip files are made."""
    at, member, unpacker, fresh = start.text, Spot(0, 0, start.file, start.text), new(), True
    while packed := file.read(CHUNK):
        seen(file.tell())
        full = False
        while packed or full:
            try:
                data = unpacker.decompress(packed, UNPACKED)
            except (zlib.error, OSError) as error:
                if fresh and not packed.strip(b"\0"):
                    return  # padding behind the last member
                raise Broken(f"cannot be unpacked beyond byte {file.tell() - len(packed):,}: {error}") from None
            at, fresh = at + len(data), False
            yield data, member
            packed, full = getattr(unpacker, "unconsumed_tail", b""), len(data) == UNPACKED
            if unpacker.eof:
                full = False
                packed = unpacker.unused_data
                member, unpacker, fresh = Spot(0, 0, file.tell() - len(packed), at), new(), True
    if not fresh:
        raise Broken("ends in the middle of its compressed data", "download it again, or the rest of it")
