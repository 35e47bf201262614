"""Feeds: the bytes of one to its entries. RSS 0.9x, 1.0 and 2.0, Atom, Media RSS, video channels, JSON Feed, news
sitemaps."""

from __future__ import annotations

import re
from datetime import datetime

from storydesk.errors import NotAFeed
from storydesk.gather import jsonfeed, sitemap, xmlfeed
from storydesk.gather.encoding import in_utf8, surely_utf8
from storydesk.gather.parsed import ParsedFeed, title_line

__all__ = ["parse_feed"]

HEAD = 4_096
"""Bytes in which a document shows what it is."""

ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w-]+)")
TITLE = re.compile(rb"<title[^>]*>([^<]{1,200})", re.I)
NOT_XML_FEEDS = sitemap.ROOTS | {"html", "json"}
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def parse_feed(data: bytes, url: str, *, now: datetime | None = None, content_type: str | None = None) -> ParsedFeed:
    """The feed in ``data``, fetched from ``url``, against which its links are resolved.

    ``now`` bounds its times: an entry dated later has none. ``content_type`` is the header, for a document that
    does not name its encoding. Raises NotAFeed, saying what the bytes are instead.
    """
    header = CHARSET.search(content_type or "")
    charset = header[1].lower() if header else "utf-8"
    root = _root(data := in_utf8(data, charset))
    if root is not None and root not in NOT_XML_FEEDS:
        return xmlfeed.read(data, url, now, root, charset)
    data = surely_utf8(data, charset)
    if root == "html":
        raise NotAFeed(_page(data), "give the site's own address, so that its feeds are looked for")
    if root == "json":
        return jsonfeed.read(data, url, now)
    if root in sitemap.ROOTS:
        return sitemap.read(data, url, now)
    raise NotAFeed(f"answered with {_matter(data)}", "open the address in a browser to see what is there")


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
