"""The encodings of XML: a document to the same in UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

__all__ = ["in_utf8", "surely_utf8"]

HEAD = 4_096
"""Bytes in which a document declares its encoding."""

DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)", re.I)
WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
"""Encodings that are meant by the names of smaller ones (WHATWG Encoding Standard, 4.2)."""
UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def in_utf8(data: bytes, charset: str) -> bytes:
    """The same document in UTF-8: by what its bytes say, then what it declares, then ``charset``, the header's.

    A document that says it is in UTF-8, or says nothing, is given back as it is: whether it is in UTF-8 shows when it
    is parsed, and asking beforehand takes a tenth of the time of reading a feed.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data
    if wide := _wide(data):
        return data.decode(wide, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    declared = DECLARED.match(data[:HEAD])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return data if name in UTF8 else _recoded(data, (name, charset))


def surely_utf8(data: bytes, charset: str) -> bytes:
    """The same document where it turns out not to be in UTF-8: by ``charset``, else as Windows-1252, which nearly all
    is that is said to be UTF-8 and is not."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _recoded(data, (charset,))
    return data


def _recoded(data: bytes, names: Iterable[str]) -> bytes:
    for name in (*names, "utf-8"):
        try:
            return data.decode(WIDER.get(name, name)).encode("utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("windows-1252", "replace").encode("utf-8")


def _wide(data: bytes) -> str | None:
    """The encoding of two or four bytes a character, or of mainframes, that the first bytes show (XML 1.0, F.1)."""
    name = next((name for mark, name in WIDE if data.startswith(mark)), None)
    if name is None:
        return None
    declared = DECLARED.match(data[:HEAD].decode(name, "ignore").lstrip("\ufeff").encode("utf-8", "ignore"))
    given = declared[1].decode("ascii") if declared and name == "cp037" else name
    try:
        return codecs.lookup(given).name
    except LookupError:
        return name
