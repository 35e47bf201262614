"""Plain text as crawlers leave it, to an item: what is the article, what is furniture, and what do readers say.

The lines become blocks (:mod:`lines`), each block is looked at for what it says of itself (:mod:`cues`) and for how it
is written (:mod:`shape`, :mod:`signs`), what it is likely to be is reckoned (:mod:`network`), the parts are told apart
(:mod:`segments`), then what stands around the body is named
(:mod:`header`) and the thread is split into posts (:mod:`thread`). Every line that is not empty is in exactly one
part.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storydesk.language import detect
from storydesk.model import Item
from storydesk.read.address import normalise
from storydesk.read.encoding import mend
from storydesk.read.excerpt import label
from storydesk.read.fragment import PARAGRAPH
from storydesk.read.plain.header import Header, read_header
from storydesk.read.plain.lines import Block, blocks, split
from storydesk.read.plain.network import likely
from storydesk.read.plain.segments import Part, segment, told
from storydesk.read.plain.signs import signs
from storydesk.read.plain.thread import posts
from storydesk.wire import piece_id

__all__ = ["Part", "parts", "read_plain"]

MOST_BLOCKS = 5_000
"""Paragraphs of a text that are read; what stands beyond is left out, as no article is as long."""


def read_plain(text: str, *, now: datetime, path: str | None = None, url: str | None = None) -> Item:
    """The item that a plain text holds; never raises. ``source`` is set only where the page names who published the
    piece.

    Paragraphs are separated by a blank line, as in every item. A text without a headline is labelled by the opening of
    its first sentence. ``now`` refuses dates in the future.
    """
    found, header, language = _analyse(mend(text), now)
    body = PARAGRAPH.join(block.text for block, part in zip(found, header.parts, strict=True) if part == "body")
    address = normalise(url) if url else None
    return Item(
        id=piece_id(address, path, text),
        text=body,
        title=header.title or label(body),
        url=address,
        path=path,
        source=header.publisher,
        author=header.author,
        published=header.published,
        language=language,
        video=header.video,
        comments=posts([block for block, part in zip(found, header.parts, strict=True) if part == "comments"]),
    )


def parts(text: str, *, now: datetime) -> list[tuple[Part | None, str]]:
    """Each line of the text with its part, in order; ``None`` for empty lines. It is what ``read_plain`` decides."""
    found, header, _ = _analyse(text, now)
    named: dict[int, Part] = {}
    for block, part in zip(found, header.parts, strict=True):
        named.update((line.index, part) for line in block.lines)
    return [(named.get(line.index), line.raw) for line in split(text)]


def _analyse(text: str, now: datetime) -> tuple[list[Block], Header, str | None]:
    found = blocks(split(text))
    looked, rest = found[:MOST_BLOCKS], found[MOST_BLOCKS:]
    cues, cast = told(looked)
    seen = likely(signs(looked, cues, cast))
    segmented = segment(looked, cues, cast, seen)
    body = " ".join(block.text for block, part in zip(looked, segmented, strict=True) if part == "body")
    language = detect(body)
    header = read_header(looked, segmented, seen, now, language)
    beyond: list[Part] = ["chrome"] * len(rest)
    return found, replace(header, parts=(*header.parts, *beyond)), language
