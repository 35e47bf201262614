"""Telling an archive from a page."""

from __future__ import annotations

import re
from pathlib import Path

from storydesk.errors import UnreadableFile
from storydesk.gather.warc.unpacking import Broken, open_stream

__all__ = ["is_archive"]

NAME = re.compile(r"\.(?:warc|wet|wat|arc)(?:\.(?:gz|zst|zstd|bz2|xz|lz4))?", re.I)
BEGINNINGS = (b"WARC/", b"filedesc://")


def is_archive(path: str | Path) -> bool:
    """Whether a file is a web archive: its name says so, or what it begins with, unpacked. False where it cannot be
    opened."""
    file = Path(path)
    if not file.is_file():
        return False
    if NAME.fullmatch("".join(file.suffixes[-2:])) or NAME.fullmatch(file.suffix):
        return True
    try:
        with file.open("rb") as opened:
            return open_stream(opened).read().lstrip().startswith(BEGINNINGS)
    except (OSError, Broken, UnreadableFile):
        return False
