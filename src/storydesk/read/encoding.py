"""Bytes to text: what the bytes say, then what the header says, then detection; and mojibake mended where that is
sure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from storydesk.errors import UnreadableFile

__all__ = ["decode", "mend", "refuse_binary"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, longest first where one begins another."""

MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
"""How files that hold no text begin, and what to call them."""

AS_BROWSERS_READ = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
"""Labels that mean a larger set than their name (WHATWG Encoding Standard, 4.2)."""

HEAD = 4096
"""Bytes in which a page declares its encoding; the HTML standard asks for the first 1024, real pages are later."""

DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
SAMPLE = 20_000
"""Bytes that detection looks at: it is slow, and sure long before this."""


NOISE = 0.02
"""Share of unprintable characters above which bytes were read in a wrong encoding, or are no text."""


def refuse_binary(data: bytes) -> None:
    """Raises UnreadableFile, saying what it is, for bytes that are no text: NUL bytes or a known beginning."""
    if not data.strip():
        raise UnreadableFile("is empty")
    for beginning, name in MAGIC:
        if data.startswith(beginning):
            raise UnreadableFile(f"is {name}, not a page or a text", "give the page or a text file")
    marked = any(data.startswith(mark) for mark, _ in MARKS)
    if b"\0" in data and not marked:
        raise UnreadableFile("is binary, not a page or a text", "give the page or a text file")


UNPRINTED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")
"""What no text has, and bytes read in a wrong encoding have."""


def decode(data: bytes, content_type: str | None = None) -> str:
    """The text of the bytes. Raises UnreadableFile for empty and binary bytes and where no encoding fits.

    In order: a byte order mark; valid UTF-8, which other encodings do not produce by chance; the declaration inside the
    page; the charset of the ``Content-Type`` header; detection (charset-normalizer); Windows-1252.
    """
    refuse_binary(data)
    for name in _candidates(data, content_type):
        try:
            text = data.decode(name)
        except (LookupError, UnicodeDecodeError, UnicodeError):
            continue
        if _noise(text[:SAMPLE]) <= NOISE:
            return text.removeprefix("\ufeff")
    raise UnreadableFile("is text in no encoding that could be told", "save it as UTF-8")


def _noise(text: str) -> float:
    return len(UNPRINTED.findall(text)) / max(1, len(text))


def _candidates(data: bytes, content_type: str | None) -> Iterator[str]:
    yield from (name for mark, name in MARKS if data.startswith(mark))
    declared = DECLARED.search(data[:HEAD])
    inside = declared.group(1).decode("ascii").lower() if declared else ""
    # Seven-bit encodings that shift by escapes are valid UTF-8 too: only for them the declaration comes first.
    if inside.startswith(("iso-2022", "hz")):
        yield inside
    yield "utf-8"
    header = IN_HEADER.search(content_type or "")
    for label in (inside, header.group(1).lower() if header else ""):
        if label:
            yield AS_BROWSERS_READ.get(label, label)
    yield from _detected(data)
    yield "cp1252"


def _detected(data: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is not None:
        yield best.encoding


ADJACENT = re.compile("[^\x00-\x7f]{2}")
"""What all mojibake has: a character that became several."""


def mend(text: str) -> str:
    """Mojibake put right where ftfy is sure of it; quotation marks, ligatures and everything else stay as given."""
    if not ADJACENT.search(text):
        return text
    import ftfy
    from ftfy.badness import is_bad

    # What ftfy asks of each line, asked of all at once: hardly any text has a line to be mended.
    return "".join(map(ftfy.fix_encoding, text.splitlines(keepends=True))) if is_bad(text) else text
