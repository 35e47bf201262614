"""Zstandard archives, those with a dictionary included (IIPC's "Zstandard compression for WARC" 1.0: the dictionary is
the content of a skippable frame at the very start of the file, itself compressed or not)."""

from __future__ import annotations

import sys
from typing import BinaryIO

from storydesk.errors import UnreadableFile

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["ZstdDecompressor", "ZstdDict", "ZstdError", "dictionary", "unpacker", "zstd"]

ZstdDecompressor = zstd.ZstdDecompressor
ZstdDict = zstd.ZstdDict
ZstdError = zstd.ZstdError

DICTIONARY = b"\x5d\x2a\x4d\x18"
COMPRESSED = b"\x28\xb5\x2f\xfd"
FORMATTED = b"\x37\xa4\x30\xec"
LARGEST = 2**24


def unpacker(shared: ZstdDict | None) -> ZstdDecompressor:
    """What unpacks one frame."""
    return ZstdDecompressor(zstd_dict=shared)


def dictionary(file: BinaryIO) -> ZstdDict | None:
    """The dictionary that the file begins with, if any. Raises UnreadableFile where it cannot be used."""
    file.seek(0)
    if file.read(4) != DICTIONARY:
        return None
    length = int.from_bytes(file.read(4), "little")
    content = file.read(min(length, LARGEST))
    try:
        if content.startswith(COMPRESSED):
            content = ZstdDecompressor().decompress(content, LARGEST)
        shared = ZstdDict(content, is_raw=not content.startswith(FORMATTED))
        unpacker(shared)  # which looks at all of it
    except (ZstdError, ValueError) as error:
        raise UnreadableFile(f"its zstd dictionary is damaged: {error}", "no record can be read without it") from None
    return shared
