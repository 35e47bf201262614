"""Bytes to text: what the bytes say, then what the header says, then detection; and mojibake mended where that is
sure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from storydesk.errors import UnreadableFile
from storydesk.read.charset import ranked

__all__ = ["decode", "decoded", "mend", "refuse_binary"]

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
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "us-ascii", "ascii", "x-ansi"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "chinese", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "ms_kanji", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "ksc5601", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "dos-874"), "cp874"),
    **dict.fromkeys(("iso-8859-8-i", "logical"), "iso8859-8"),
    **dict.fromkeys(("x-cp1251", "win-1251"), "cp1251"),
    **dict.fromkeys(("x-x-big5", "big5-hkscs"), "big5hkscs"),
    "koi8": "koi8-r",
    "x-euc-jp": "euc-jp",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "utf8": "utf-8",
}
"""Labels that mean a larger set than their name, or are no names of Python's (WHATWG Encoding Standard, 4.2)."""

HEAD = 4096
"""Bytes in which a page declares its encoding; the HTML standard asks for the first 1024, real pages are later."""

DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
IN_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
"""How ISO-2022-JP shifts between its sets; its bytes are ASCII otherwise."""
SAMPLE = 20_000
"""Code points that are looked at for whether they are text: pages are alike from end to end."""

NOISE = 0.02
"""Share of control characters above which bytes were read in a wrong encoding, or are no text."""
CONTROLS = bytes((*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)))
"""The control characters of text that is misread, in ISO 8859-1."""

DAMAGED = 0.01
"""Share of characters that may be broken in an encoding that the page declares."""
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
WHOLE = 2
"""Whole characters beyond ASCII for each broken one, from which bytes are damaged UTF-8 and no other encoding."""
STRAY = "storydesk-stray-cp1252"

WIDE = (("utf-16-le", 1), ("utf-16-be", 0))
"""UTF-16 without a mark, and which byte of two is NUL in ASCII."""
NULS = 0.1
"""Share of such bytes that are NUL in text: blanks and digits are ASCII in every language that uses them."""
NUL_SAMPLE, WIDE_AT_LEAST = 2_000, 16
"""Bytes looked at, and those that there must be."""

LEADS = "[\u00c2-\u00f4]"
TRAILS = "[\x80-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
MOJIBAKE = re.compile(
    rf"{LEADS}{TRAILS}|[РС][^\x00-\x7fа-яА-ЯёЁ«»„“”–—…][РС][^\x00-\x7f]|вЂ|[ĂÄĹ][^\x00-\x7f]|√[^\x00-\x7f]|‚Ä|ΓÇ|├[^\s─]"
)
"""What UTF-8 looks like where it was read as Windows-1252, -1251, -1250, Mac Roman or the DOS sets: rare elsewhere, so
that only lines with it are given to ftfy, which is sure but takes a tenth of a second for a long page."""


def refuse_binary(data: bytes) -> None:
    """Raises UnreadableFile, saying what it is, for bytes that are no text: NUL bytes or a known beginning."""
    if not data or data.isspace():
        raise UnreadableFile("is empty")
    for beginning, name in MAGIC:
        if data.startswith(beginning):
            raise UnreadableFile(f"is {name}, not a page or a text", "give the page or a text file")
    marked = any(data.startswith(mark) for mark, _ in MARKS)
    if b"\0" in data and not marked and not _wide(data):
        raise UnreadableFile("is binary, not a page or a text", "give the page or a text file")


def decode(data: bytes, content_type: str | None = None) -> str:
    """The text of the bytes, as :func:`decoded` reads it."""
    return decoded(data, content_type)[0]


def decoded(data: bytes, content_type: str | None = None) -> tuple[str, bytes | None]:
    """The text of the bytes, and the bytes where they are just that in UTF-8, as most are: who wants bytes need not
    encode it again. Raises UnreadableFile for empty and binary bytes and where no encoding fits.

    In order: a byte order mark; UTF-8, which other encodings do not produce by chance, even where a few bytes of it are
    damaged; the declaration inside the page, then the charset of the ``Content-Type`` header, unless what they give
    are hardly words and another encoding gives words; detection.
    """
    refuse_binary(data)
    for text, same in _readings(data, content_type):
        if text is not None and _noise(text) <= NOISE:
            return text.removeprefix("\ufeff"), data if same else None
    raise UnreadableFile("is text in no encoding that could be told", "save it as UTF-8")


def _readings(data: bytes, content_type: str | None) -> Iterator[tuple[str | None, bool]]:
    """What the bytes may mean, each with whether they are just that in UTF-8."""
    yield from ((_strict(data, name), False) for mark, name in MARKS if data.startswith(mark))
    if wide := _wide(data):
        yield _strict(data, wide), False
    inside = DECLARED.search(data[:HEAD])
    header = IN_HEADER.search(content_type or "")
    labels = [inside.group(1).decode("ascii").lower() if inside else "", header.group(1).lower() if header else ""]
    if labels[0].startswith("utf-16"):
        # It could not have been read, then.
        labels[0] = "utf-8"
    # Seven-bit encodings that shift by escapes are valid UTF-8 too: only for them the declaration comes first.
    yield from ((_strict(data, label), False) for label in labels if label.startswith(("iso-2022", "hz")))
    if b"\x1b" in data and ESCAPES.search(data):
        yield _strict(data, "iso2022_jp_2"), False
    yield _utf8(data)
    declared = [AS_BROWSERS_READ.get(label, label) for label in labels if label]
    names = ranked(data, [name for name in declared if name != "utf-8"])
    yield from ((_lenient(data, name), False) for name in names)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (LookupError, UnicodeError):
        return None


def _lenient(data: bytes, name: str) -> str | None:
    """The text, with a mark for what is broken, where little is; ``None`` for unknown names."""
    text = _strict(data, name)
    if text is None:
        try:
            text = data.decode(name, "replace")
        except LookupError:
            return None
        text = text if text.count("\ufffd") <= DAMAGED * len(text) else None
    return text


def _utf8(data: bytes) -> tuple[str | None, bool]:
    """The text where the bytes are UTF-8: wholly (which is told), cut off inside the last character, or with less
    broken than whole in what is not ASCII."""
    try:
        text, length = codecs.utf_8_decode(data, "strict", False)
    except UnicodeDecodeError:
        broken = data.decode("utf-8", "replace").count("\ufffd")
        whole = len(BEYOND_ASCII.findall(data.decode("utf-8", "ignore")))
        return data.decode("utf-8", STRAY) if whole >= WHOLE * broken else None, False
    return text, length == len(data) and not data.startswith(codecs.BOM_UTF8)


def _stray(error: UnicodeError) -> tuple[str, int]:
    """What a byte that is no UTF-8 means in a page that is: the character of Windows-1252 that was pasted into it; the
    mark of a broken character for what is left of one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    lone = len(stray) == 1 and stray not in b"\xc2\xc3"
    return (stray.decode("cp1252", "replace") if lone else "\ufffd"), error.end


codecs.register_error(STRAY, _stray)


def _wide(data: bytes) -> str | None:
    """Which UTF-16 bytes without a mark are: NUL is every other byte of their ASCII, and never the rest."""
    sample = data[:NUL_SAMPLE]
    if len(sample) < WIDE_AT_LEAST:
        return None
    for name, place in WIDE:
        if sample[place::2].count(0) >= NULS * len(sample) / 2 and not sample[1 - place :: 2].count(0):
            return name
    return None


def _noise(text: str) -> float:
    sample = text[:SAMPLE]
    narrow = sample.encode("latin-1", "replace")
    controls = len(narrow) - len(narrow.translate(None, CONTROLS)) + sample.count("\ufffe") + sample.count("\uffff")
    return controls / max(1, len(sample))


BEGINS = re.compile("[\u00c2-\u00f4РСвĂÄĹ√‚Γ├]")
"""What all of it begins with: one set of characters is looked for much faster than six forms."""


def mend(text: str) -> str:
    """Mojibake put right where ftfy is sure of it; quotation marks, ligatures and everything else stay as given."""
    if text.isascii() or not BEGINS.search(text) or not MOJIBAKE.search(text):
        return text
    import ftfy

    return "".join(
        ftfy.fix_encoding(line) if MOJIBAKE.search(line) else line for line in text.splitlines(keepends=True)
    )
