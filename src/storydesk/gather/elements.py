"""The elements of an XML feed, gathered as a parser meets them into one record an entry and one for the feed itself.

A record's keys are the elements' paths below it, in lower case, under the prefixes of ``NAMESPACES`` whatever the
document calls them: ``title``, ``author/name``, ``media:thumbnail``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urljoin

__all__ = ["SEVERAL", "Attributes", "Builder", "Enough", "Record"]

NAMESPACES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss": "media:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.youtube.com/xml/schemas/2015": "yt:",
}
"""Ours for those of the document; elements of any other are passed over, but for the root's own."""

PREFIXES = frozenset(NAMESPACES.values())
XML_BASE = "http://www.w3.org/XML/1998/namespace base"
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
ENTRIES = frozenset({"item", "entry"})
HEADS = frozenset({"channel", "feed"})
OPENING = ENTRIES | HEADS
WORDS = frozenset(
    {
        *("title", "description", "summary", "content", "content:encoded", "subtitle", "tagline", "info", "abstract"),
        *("fullitem", "body", "dc:description", "itunes:summary", "media:description"),
    }
)
"""Elements that hold words, and may hold them as markup of their own."""

MANY = frozenset({"author/name", "dc:creator"})
"""Elements of which each counts, joined by ``SEVERAL``; of all others the first that is not empty does."""

C1 = re.compile("[\x80-\x9f]")
C2, C1_IN_UTF8 = b"\xc2", re.compile(b"\xc2[\x80-\x9f]")
"""Control characters of ISO 8859-1, and how they show in UTF-8, where looking for them is much faster."""

SEVERAL = "\0"

UNASKED = ""
"""In place of the name of an element that nobody asks for."""

SEEN_THROUGH = frozenset({"media:group"})
ALWAYS = WORDS | OPENING | SEEN_THROUGH
"""Elements that are looked at whether they are asked for or not."""

PIECE = frozenset({"title", "content", "content:encoded", "body", "fullitem"})
"""Elements whose language is the entry's."""

ADDRESSES = ("href", "url", "src")
MOST_AUTHORS = 20
DEEPEST = 500
EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col", "embed"})

Attributes = dict[str, str]


class Enough(Exception):
    """No more of the document is wanted: it has as many entries as are kept, or is too deep."""


class Record:
    """``texts`` holds each element's words, ``attributes`` those of each element that has any, by path; ``base`` is the
    address that links are relative to, where the document says so itself."""

    __slots__ = ("attributes", "base", "language", "texts")

    def __init__(self, base: str | None = None, language: str | None = None) -> None:
        self.texts: dict[str, str] = {}
        self.attributes: dict[str, list[Attributes]] = {}
        self.base = base
        self.language = language

    def first(self, paths: Iterable[str]) -> str:
        """The words of the first of these elements that has any."""
        texts = self.texts
        for path in paths:
            if path in texts:
                return texts[path]
        return ""

    def all(self, path: str) -> Sequence[Attributes]:
        """The attributes of each element at this path that has any."""
        return self.attributes.get(path, ())


class Builder:
    """Takes ``start``, ``data`` and ``end`` from a parser. Names are "namespace name", as expat gives them.

    Only elements in ``asked`` are recorded. Raises Enough where more than ``most`` entries come. ``clean`` is set by a
    parser that looks for control characters of ISO 8859-1, until it meets one. (The three are called for each of tens
    of thousands of elements: what most of these have comes first.)
    """

    def __init__(self, url: str, most: int, asked: frozenset[str]) -> None:
        self.head = Record()
        self.entries: list[Record] = []
        self.parts: list[str] = []
        self.data = self.parts.append
        self.clean = False
        self._url = url
        self._most = most
        self._asked = asked
        self._names: dict[str, str] = {}
        self._own: str | None = None
        self._stack: list[str] = []
        self._records = [(self.head, 0)]  # those that are open, and how deep each stands
        self._record, self._depth = self._records[0]
        self._texts = self._record.texts
        self._bases: list[tuple[int, str]] = []
        self._languages: list[tuple[int, str]] = []
        self._scopes = False  # whether any of these two is open
        self._markup = False  # whether the words of the element that is open hold elements
        self._inside: list[str] = []  # the names of those of them that are open
        self._flushed = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        tag = self._names.get(name)
        if tag is None:
            tag = self._named(name)
        stack = self._stack
        if stack and stack[-1] in WORDS and (self._markup or tag not in ENTRIES):
            self._open_markup(name, attributes)
            return
        parts = self.parts
        parts.clear()
        if attributes:
            self._attributes(tag, attributes)
        if tag in OPENING:
            self._open(tag, attributes)
        stack.append(tag)

    def end(self, _name: str = "") -> None:
        """The element that began last ends."""
        if self._markup and self._close_markup():
            return
        parts = self.parts
        tag = self._stack.pop()
        if parts:
            if tag and (text := "".join(parts).strip()):
                path = tag if len(self._stack) <= self._depth else self._path(tag)
                if self._scopes or not (self.clean or text.isascii()):
                    text = self._settled(path, text)
                texts = self._texts
                if path not in texts:
                    texts[path] = text
                elif path in MANY and texts[path].count(SEVERAL) < MOST_AUTHORS:
                    texts[path] += SEVERAL + text
            parts.clear()
        if tag in OPENING:
            self._close_record()
        if self._scopes:
            self._leave_scopes()

    def _named(self, name: str) -> str:
        """The name as records have it; ``UNASKED`` for elements that nobody asks for, and for those of namespaces that
        mean nothing here."""
        space, _, local = name.lower().rpartition(" ")
        space = space.strip()
        if ":" in local:
            prefix, _, bare = local.partition(":")
            if f"{prefix}:" not in PREFIXES:  # not bound to any namespace, as a parser that recovers lets through
                local = bare
        if self._own is None and local != "rdf":
            self._own = space
        ours = "" if not space or space == self._own else NAMESPACES.get(space)
        tag = UNASKED if ours is None else ours + local
        if tag not in self._asked and tag not in ALWAYS:
            tag = UNASKED
        self._names[name] = tag
        return tag

    def _open(self, tag: str, attributes: Attributes) -> None:
        """The feed's head begins, or an entry."""
        depth = len(self._stack) + 1
        base = self._bases[-1][1] if self._bases else None
        language = self._languages[-1][1] if self._languages else None
        if tag in HEADS:
            if len(self._records) == 1:
                self._records[0] = (self.head, depth)
                self._depth = depth
                self.head.base, self.head.language = base, language
            return
        if len(self.entries) >= self._most or depth > DEEPEST:
            raise Enough
        record = Record(base, language)
        self.entries.append(record)
        self._records.append((record, depth))
        self._record, self._depth, self._texts = record, depth, record.texts
        if attributes:
            record.attributes[""] = [attributes]

    def _close_record(self) -> None:
        record, depth = self._records[-1]
        if len(self._stack) >= depth:
            return
        if len(self._records) > 1:
            self._records.pop()
        else:
            self._records[0] = (record, 1)  # what follows the channel of RSS 1.0 describes it
        self._record, self._depth = self._records[-1]
        self._texts = self._record.texts

    def _leave_scopes(self) -> None:
        for scopes in (self._bases, self._languages):
            while scopes and scopes[-1][0] > len(self._stack):
                scopes.pop()
        self._scopes = bool(self._bases or self._languages)

    def _attributes(self, tag: str, attributes: Attributes) -> None:
        if XML_BASE in attributes or XML_LANG in attributes:
            self._inherit(tag, attributes)
        if tag in OPENING:
            return
        if len(self._stack) > DEEPEST:
            raise Enough
        if tag == UNASKED:
            return
        if self._bases:
            base = self._bases[-1][1]
            attributes = {key: _joined(base, value) if key in ADDRESSES else value for key, value in attributes.items()}
        path = tag if len(self._stack) <= self._depth else self._path(tag)
        known = self._record.attributes
        if path in known:
            known[path].append(attributes)
        else:
            known[path] = [attributes]

    def _inherit(self, tag: str, attributes: Attributes) -> None:
        self._scopes = True
        depth = len(self._stack) + 1
        if XML_BASE in attributes:
            outer = self._bases[-1][1] if self._bases else self._url
            self._bases.append((depth, _joined(outer, attributes[XML_BASE])))
        if XML_LANG in attributes:
            self._languages.append((depth, attributes[XML_LANG]))
            if tag in PIECE and self._record is not self.head:
                self._record.language = attributes[XML_LANG]

    def _path(self, tag: str) -> str:
        """The path of an element that stands deeper than right below the record."""
        return "/".join([*(name for name in self._stack[self._depth :] if name not in SEEN_THROUGH), tag])

    def _settled(self, path: str, text: str) -> str:
        """An element's words with a link's base, and control characters as the letters that were meant."""
        if self._bases and path == "link":
            text = _joined(self._bases[-1][1], text)
        if C2 in (encoded := text.encode()) and C1_IN_UTF8.search(encoded):
            text = C1.sub(_as_windows, text)
        return text

    def _open_markup(self, name: str, attributes: Attributes) -> None:
        if not self._markup:
            self._markup, self._flushed = True, 0
        self._escape()
        said = "".join(f' {_local(key)}="{escape(value)}"' for key, value in attributes.items())
        local = _local(name).lower().rpartition(":")[2]
        self._inside.append(local)
        self.parts.append(f"<{local}{said}>")
        self._flushed = len(self.parts)

    def _close_markup(self) -> bool:
        """Whether what ends is an element of the markup; else it is the one that holds it."""
        self._escape()
        if not self._inside:
            self._markup = False
            return False
        local = self._inside.pop()
        if local not in EMPTY:
            self.parts.append(f"</{local}>")
        self._flushed = len(self.parts)
        return True

    def _escape(self) -> None:
        """The words met since the last element, as markup has them."""
        parts = self.parts
        if len(parts) > self._flushed:
            parts[self._flushed :] = [escape("".join(parts[self._flushed :]), quote=False)]
            self._flushed = len(parts)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _as_windows(match: re.Match[str]) -> str:
    """A control character of ISO 8859-1 as the letter of Windows-1252 that was meant."""
    return match[0].encode("latin-1").decode("cp1252", "ignore")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link
