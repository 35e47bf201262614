"""Text fragments: an address that opens an outlet's own page at the very words (``#:~:text=``, WICG Scroll to Text
Fragment).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urldefrag, urlsplit

from storydesk.model import Span

__all__ = ["link_to_words", "safe_address", "text_directive"]

WHOLE: Final = 10
"""Up to this many words the passage is written out; a longer one as its first and last words, which survive small
edits between.
"""

EDGES: Final = (4, 8, 16)
"""Words at either end of a longer passage: the fewest that say where it ends."""

NEAR: Final = (1, 2, 4, 8)
"""Words before or after a passage that the text says twice: the fewest that tell which is meant."""

WORD: Final = re.compile(r"[^\s。！？；，、]+[。！？；，、]*|[。！？；，、]+")
"""Up to white space, or up to a stop where a script has no spaces."""

ALIKE: Final = str.maketrans("‘’‚“”„«»", '\'\'\'"""""', "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}")
ACCENTS: Final = re.compile("[\u0300-\u036f]")


def safe_address(url: str | None) -> str:
    """The address if it is an absolute http(s) one, else ``""``: no ``javascript:`` or ``data:`` link is ever shown."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def text_directive(text: str, span: Span | None = None) -> str:
    """The directive for a passage of a text, without ``#``: ``:~:text=[before-,]start[,end][,-after]``; ``""`` for
    nothing but white space. Without ``span`` the passage is all of ``text``.

    A browser opens the first place that fits. So words before or after are added where the text says the same earlier,
    and longer ends where the shorter ones meet too soon. A passage over several lines is given by its ends, since no
    part of a directive may cross a block of the page.
    """
    place = span or Span(0, len(text))
    lines = [line.strip() for line in place.of(text).splitlines() if line.strip()]
    if not lines:
        return ""
    meant = len(_alike(text[: place.start])), len(_alike(text[: place.end]))
    ways = [(*said, *sides) for said in _ends(lines) for sides in _sides(text, place)]
    fits = (way for way in ways if _opened(_page(text), *map(_alike, way)) == meant)
    return _directive(*next(fits, ways[0]))


def link_to_words(url: str | None, text: str, span: Span | None = None) -> str:
    """The outlet's address opened at a passage of its text; ``""`` where there is no http(s) address."""
    address = safe_address(url)
    if not address:
        return ""
    page, anchor = urldefrag(address)
    anchor = anchor.partition(":~:")[0]
    directive = text_directive(text, span)
    return f"{page}#{anchor}{directive}" if anchor or directive else page


def _ends(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Ways to say a passage, the shortest first: whole, or its first and its last words."""
    words = len(WORD.findall(lines[0]))
    if len(lines) > 1 or words > WHOLE:
        for edge in EDGES:
            if len(lines) > 1 or 2 * edge <= words:
                yield _head(lines[0], edge), _tail(lines[-1], edge)
    if len(lines) == 1:
        yield lines[0], ""


def _sides(text: str, place: Span) -> Iterator[tuple[str, str]]:
    """Words before and after, none to begin with. They come from one line: a part may not cross a block."""
    before = text[: place.start].rstrip().rpartition("\n")[2]
    after = text[place.end :].lstrip().partition("\n")[0]
    yield "", ""
    yield from ((_tail(before, near), "") for near in NEAR if before)
    yield from (("", _head(after, near)) for near in NEAR if after)
    yield _tail(before, NEAR[-1]), _head(after, NEAR[-1])


def _head(line: str, words: int) -> str:
    spots = list(WORD.finditer(line))[:words]
    return line[spots[0].start() : spots[-1].end()] if spots else ""


def _tail(line: str, words: int) -> str:
    spots = list(WORD.finditer(line))[-words:]
    return line[spots[0].start() : spots[-1].end()] if spots else ""


def _opened(page: str, first: str, last: str, before: str, after: str) -> tuple[int, int] | None:
    """The place that a browser opens: the first that fits (Scroll to Text Fragment, "find a range from a text
    directive"). Words are looked for inside words too, so that a place in doubt is told apart once more."""
    at = page.find(before + first)
    while at >= 0:
        start = at + len(before)
        end = start + len(first)
        if last:
            close = page.find(last + after, end)
            return (start, close + len(last)) if close >= 0 else None
        if page.startswith(after, end):
            return start, end
        at = page.find(before + first, at + 1)
    return None


def _alike(text: str) -> str:
    """The text as a browser compares it: capitals, accents, the shape of quotation marks and white space set aside."""
    return ACCENTS.sub("", unicodedata.normalize("NFKD", "".join(text.translate(ALIKE).split()))).casefold()


@lru_cache(maxsize=64)
def _page(text: str) -> str:
    return _alike(text)


def _directive(first: str, last: str, before: str, after: str) -> str:
    ends = [_encode(part) for part in (first, last) if part]
    sides = [f"{_encode(before)}-"] if before else [], [f"-{_encode(after)}"] if after else []
    return f":~:text={','.join([*sides[0], *ends, *sides[1]])}"


def _encode(text: str) -> str:
    """In one line and percent-encoded so that ``-``, ``,`` and ``&``, which have a meaning in a directive, are words
    like any other."""
    return quote(" ".join(text.split()), safe="").replace("-", "%2D")
