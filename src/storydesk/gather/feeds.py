"""Feeds: the bytes of one to its entries. RSS 0.9x, 1.0 and 2.0, Atom, Media RSS, video channels, JSON Feed, news
sitemaps."""

from __future__ import annotations

import codecs
import re
from datetime import datetime

from storydesk.errors import NotAFeed
from storydesk.gather import jsonfeed, sitemap, xmlfeed
from storydesk.gather.parsed import ParsedFeed, title_line

__all__ = ["parse_feed"]

HEAD = 4_096
"""Bytes in which a document shows what it is."""

ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w-]+)")
TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})", re.I)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
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


def parse_feed(data: bytes, url: str, *, now: datetime | None = None, content_type: str | None = None) -> ParsedFeed:
    """The feed in ``data``, fetched from ``url``, against which its links are resolved.

    ``now`` bounds its times: an entry dated later has none. ``content_type`` is the header, for a document that
    does not name its encoding. Raises NotAFeed, saying what the bytes are instead.
    """
    root = _root(data := _utf8(data, content_type))
    if root == "html":
        raise NotAFeed(_page(data), "give the site's own address, so that its feeds are looked for")
    if root == "json":
        return jsonfeed.read(data, url, now)
    if root in sitemap.ROOTS:
        return sitemap.read(data, url, now)
    if root is None:
        raise NotAFeed(f"answered with {_matter(data)}", "open the address in a browser to see what is there")
    return xmlfeed.read(data, url, now, root)


def _root(data: bytes) -> str | None:
    """The name of the document's root, "json" for JSON, ``None`` for what is no markup."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in (b"{", b"["):
        return "json"
    if head[:9].lower() == b"<!doctype" and head[9:].lstrip()[:4].lower() == b"html":
        return "html"
    bare = re.sub(rb"<!--.*?(?:-->|$)|<\?.*?\?>", b"", head, flags=re.S)
    match = ROOT.search(bare)
    return match[1].decode("ascii", "replace").lower() if match else None


def _page(data: bytes) -> str:
    title = TITLE.search(data[: 16 * HEAD])
    named = f' titled "{title_line(title[1].decode("utf-8", "replace"))}"' if title else ""
    return f"answered with an HTML page{named}"


def _matter(data: bytes) -> str:
    if not data.strip():
        return "nothing"
    printable = sum(byte >= 32 or byte in b"\t\r\n" for byte in data[:512])
    return "plain text" if printable == len(data[:512]) else "binary data"


def _utf8(data: bytes, content_type: str | None) -> bytes:
    """The same document in UTF-8: by what its bytes say, then what it declares, then what the header says.

    Of what is said to be UTF-8 and is not, nearly all is Windows-1252.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    if wide := _wide(data):
        return data.decode(wide, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    declared, header = DECLARED.match(data[:HEAD]), CHARSET.search(content_type or "")
    named = [declared[1].decode("ascii").lower()] if declared else []
    if not named or named[0] in ("utf-8", "utf8", "us-ascii", "ascii"):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            named = []
        else:
            return data
    for name in (*named, *([header[1].lower()] if header else []), "utf-8"):
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
