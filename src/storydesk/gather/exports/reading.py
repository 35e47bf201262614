"""The files of an export: told apart by their beginning, unpacked where they are gzip, and read."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import IO, Final, Literal, cast, get_args

from storydesk.errors import UnreadableFile
from storydesk.gather.exports import coral, disqus, isso, wordpress
from storydesk.gather.exports.exported import Damage, Exported

__all__ = ["FORMATS", "Format", "format_of", "read"]

Format = Literal["disqus", "wordpress", "coral", "isso"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

HEAD: Final = 1 << 16
GZIP: Final = b"\x1f\x8b"
READERS: Final[dict[Format, Callable[[IO[bytes]], Iterator[Exported | Damage]]]] = {
    "disqus": disqus.comments,
    "wordpress": wordpress.comments,
    "isso": isso.comments,
}
JSON: Final = re.compile(rb"[\xef\xbb\xbf \t\r\n\[]*\{")
THREADS: Final = re.compile(rb'\s*\[\s*\{[^{}\[\]]*"comments"\s*:\s*\[')
HINT: Final = "say which it is with --format"


def format_of(paths: Sequence[Path]) -> Format:
    """Of which system the files are. Raises UnreadableFile, also where they say nothing of it."""
    heads = [_head(path) for path in paths]
    for head in heads:
        if head.startswith(isso.MAGIC) or THREADS.match(head):
            return "isso"
        if re.search(rb"<disqus\b", head):
            return "disqus"
        if b"//wordpress.org/export/" in head:
            return "wordpress"
    others = [path for path, head in zip(paths, heads, strict=True) if not JSON.match(head)]
    if others:
        raise UnreadableFile(f"{others[0]}: is not an export of comments that is known here", HINT)
    return "coral"


def read(
    paths: Sequence[Path], form: Format, seen: Callable[[int], None] = lambda _: None
) -> Iterator[Exported | Damage]:
    """The comments of some files of one system; ``seen`` is told how many of their bytes are read.

    Raises UnreadableFile. A packed file that is cut off is damage.
    """
    with ExitStack() as stack:
        packed = [stack.enter_context(_open(path)) for path in paths]
        files = [_unpacked(file) for file in packed]
        for one in _comments(list(zip(paths, files, strict=True)), form):
            seen(sum(file.tell() for file in packed))
            yield one


def _comments(files: Sequence[tuple[Path, IO[bytes]]], form: Format) -> Iterator[Exported | Damage]:
    """The comments of the files one after the other, until one breaks off. Damage is named with its file."""
    known, path = coral.Known(), Path()
    try:
        if form == "coral":
            for path, file in files:  # noqa: B007 (named where it breaks off)
                known.learn(file)
        for path, file in files:
            for one in _comments_of(path, file, form, known):
                yield replace(one, where=f"{path}, {one.where}") if isinstance(one, Damage) else one
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield Damage(f"{path}", f"breaks off: {error}")


def _comments_of(path: Path, file: IO[bytes], form: Format, known: coral.Known) -> Iterator[Exported | Damage]:
    if form == "coral":
        return coral.comments(file, known)
    if form == "isso" and _head(path).startswith(isso.MAGIC):
        return isso.comments_of_database(path)
    return READERS[form](file)


def _open(path: Path) -> IO[bytes]:
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path} is a directory", "name the files in it")
        return path.open("rb")
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: no such file", "check the spelling and the folder you are in") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from None


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    return cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file


def _head(path: Path) -> bytes:
    with _open(path) as file:
        try:
            return _unpacked(file).read(HEAD)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return b""
