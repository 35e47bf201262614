"""What reading a feed gives, whatever its form, and the tidying that every form needs: words, links and times."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, urljoin

from storydesk.gather.times import read_time
from storydesk.model import Entry

__all__ = ["LONGEST", "FeedKind", "ParsedFeed", "absolute", "anchor", "language_tag", "moment", "plain", "title_line"]

FeedKind = Literal["rss", "rdf", "atom", "json", "sitemap", "video"]


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as it was read, entries in its own order. ``home`` is the site it belongs to, ``language`` BCP 47."""

    title: str
    home: str | None
    description: str
    language: str | None
    image: str | None
    entries: tuple[Entry, ...]
    kind: FeedKind


LONGEST = 2_000
"""Characters of a description that are looked at; what is longer is an article, and travels as content."""

LONGEST_WORD = 50
"""Characters of what is taken for a word where a description is cut."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SKEW = timedelta(minutes=10)
"""How far a publisher's clock may run ahead of ours before its time is no longer believed."""

UNSEEN = re.compile(
    r"<(?:((?i:script|style))\b[^<]*(?:<(?!/(?i:\1)\b)[^<]*)*(?:</(?i:\1)\s*>)?|!--[^-]*(?:-(?!->)[^-]*)*(?:-->)?)"
)
UNREAD = frozenset({"script", "style"})
SPACES = ("\t", "\r", "\xa0", "\u2003", "\u2009", "\u3000")
"""What stands for a blank, apart from a line break."""

REFERENCE = re.compile(r"(&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?))")
"""A character reference, as :func:`html.unescape` knows it."""

WEB = ("http://", "https://")
ADDRESS = re.compile(r"https?://(?:\[[0-9A-Fa-f:.]+\](?::\d+)?|[^\s/?#\[\]\\]+)(?:[/?#]\S*)?")
TAG = re.compile(r"<(/?[a-zA-Z][^\s/<>]*)[^<>]*>")
"""A tag, and its name."""

AROUND = ("p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "section", "article", "figure")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BREAKS = frozenset(("br", "hr", *AROUND, *HEADINGS, *(f"/{name}" for name in AROUND + HEADINGS)))
"""The names of tags at which a line ends."""

LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z])", re.I)


def plain(markup: str) -> str:
    """The words of a piece of HTML: tags out, entities resolved, a line a block. Plain text keeps its line breaks."""
    text = markup if len(markup) <= LONGEST else _cut(markup)
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = _resolved(text)
    if "\n" not in text:
        return _tidied(text)
    return "\n".join([line for part in text.split("\n") if (line := _tidied(part))])


def _cut(markup: str) -> str:
    """As much of it as is looked at, without the half of a tag or of a word."""
    opened = markup.rfind("<", 0, LONGEST)
    tag = TAG.match(markup, opened) if opened >= 0 else None
    if tag and tag.end() > LONGEST:
        return markup[:opened]
    blank = markup.rfind(" ", LONGEST - LONGEST_WORD, LONGEST)
    return markup[: blank if blank >= 0 else LONGEST]


def _tidied(line: str) -> str:
    """A line with single blanks between its words, and none around them."""
    line = line.strip()
    if not line.isprintable():
        for space in SPACES:
            line = line.replace(space, " ")
    while "  " in line:
        line = line.replace("  ", " ")
    return line


def _without_tags(text: str) -> str:
    bare, unread = _taken_out(text)
    if "<" not in bare and not unread:
        return bare
    read = UNSEEN.sub("", text)
    if len(read) < len(text):
        bare, _ = _taken_out(read)
    return TAG.sub("", bare)  # a tag may have had others in its attributes


def _taken_out(text: str) -> tuple[str, bool]:
    """A text with line breaks in place of the tags that end a line and nothing in place of the others; whether one of
    them begins what is not read. What a tag is ``TAG`` says."""
    begun = text.split("<")
    pieces = [begun[0]]
    unread = False
    for at in range(1, len(begun)):
        piece = begun[at]
        end = piece.find(">")
        name = _tag_name(piece, end)
        if not name:
            pieces.append("<" + piece)
            continue
        if name in BREAKS:
            pieces.append("\n")
        elif name in UNREAD:
            unread = True
        if end + 1 < len(piece):
            pieces.append(piece[end + 1 :])
    return "".join(pieces), unread


def _tag_name(inside: str, end: int) -> str:
    """The name, in lower case, of a tag whose inside ends at ``end``, with the stroke of one that closes; "" for no
    tag."""
    stop = 1 if end > 0 and inside[0] == "/" else 0
    if stop >= end or not ("a" <= inside[stop] <= "z" or "A" <= inside[stop] <= "Z"):
        return ""
    capitals = False
    while stop < end and inside[stop] != "/" and not inside[stop].isspace():
        capitals = capitals or "A" <= inside[stop] <= "Z"
        stop += 1
    return inside[:stop].lower() if capitals else inside[:stop]


def _resolved(text: str) -> str:
    pieces = REFERENCE.split(text)
    for at in range(1, len(pieces), 2):
        pieces[at] = _character(pieces[at])
    return "".join(pieces)


_character = lru_cache(1_024)(html.unescape)


def title_line(markup: str) -> str:
    """A headline on one line. Feeds escape their titles once or twice, and both must come out as words."""
    if "&" not in markup and "<" not in markup:
        line = markup[:LONGEST].strip()
        return line if line.isprintable() and "  " not in line else " ".join(line.split())
    return " ".join(plain(_resolved(markup)).split())


def absolute(link: object, base: str) -> str | None:
    """A link resolved against the address of its document; ``None`` for what does not lead to the web."""
    if not isinstance(link, str) or not (link := link.strip()):
        return None
    try:
        url = link if link.startswith(WEB) else urljoin(base, link)
    except ValueError:
        return None
    return url if ADDRESS.fullmatch(url) else None


def anchor(base: str, name: str) -> str:
    """An address for an entry that has none: that of its feed and a fragment, the same at every visit."""
    return f"{base.partition('#')[0]}#{quote(name[:100])}"


def moment(value: object, now: datetime | None) -> datetime | None:
    """A time as feeds write it, in UTC where it names no zone. ``None`` where unreadable, ahead of ``now`` or a
    stand-in for "unknown"."""
    at = read_time(value) if isinstance(value, str) else None
    if at is None:
        return None
    if at.tzinfo is not UTC:
        try:
            at = at.astimezone(UTC)
        except OverflowError:
            return None
    if at.year < 1800 or at == EPOCH:
        return None
    if now is not None and at > now:
        return now if at - now <= SKEW else None
    return at


def language_tag(value: object) -> str | None:
    """A language as BCP 47 writes it ("en-us" gives "en-US"); ``None`` for what is none."""
    match = LANGUAGE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    language, script, region = match.groups()
    return "-".join(part for part in (language.lower(), (script or "").title(), (region or "").upper()) if part)
