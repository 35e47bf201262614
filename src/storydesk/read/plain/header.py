"""What stands around the body: headline, publisher, by-line, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storydesk.model import Video
from storydesk.read.byline import author_in
from storydesk.read.dateline import date_in, says_updated
from storydesk.read.headline import same_line
from storydesk.read.plain.carrier import Carried, carrier
from storydesk.read.plain.lines import Block
from storydesk.read.plain.network import Likely
from storydesk.read.plain.segments import Part
from storydesk.read.plain.shape import is_title_like

__all__ = ["Header", "read_header"]

AFTER_BODY = 3
"""Blocks after the body in which a by-line or a date may stand."""

BODY_SAMPLE = 150
"""Words of the body with which a headline is compared."""

LONG_WORD = 4
"""Letters from which a word says what a piece is about."""

LEAST_TITLE = 3
"""Words; a line of fewer is a section or a menu, unless the body repeats them."""

FIRST_BONUS = 0.15
"""What the first candidate is worth beside the share of its words that the body repeats."""

SURE_TITLE = 0.4
"""How likely a block must be the headline, among all and none, to be taken without more ado."""

SHARED_AT_LEAST = 0.2
"""Share of a headline's long words that the opening of its article repeats, at least."""

ABOUT_SOURCE = re.compile(
    r"about (?:this|the) (?:source|outlet|publisher|channel)\s*[:–—-]\s*(?P<publisher>\S.{1,60})", re.I
)


@dataclass(frozen=True, slots=True)
class Header:
    """What was found. ``publisher`` only where the page names it; ``parts`` are the parts with the named blocks put
    right."""

    parts: tuple[Part, ...]
    title: str = ""
    publisher: str | None = None
    video: Video | None = None
    author: str | None = None
    published: datetime | None = None


def read_header(
    blocks: Sequence[Block], parts: Sequence[Part], seen: Likely, now: datetime, language: str | None
) -> Header:
    """Names the blocks around the body. ``seen`` says which is likely the headline; ``now`` refuses dates in the
    future, ``language`` is that of the body."""
    named = list(parts)
    first = next((index for index, part in enumerate(parts) if part == "body"), len(blocks))
    last = max((index for index, part in enumerate(parts) if part == "body"), default=-1)
    carried = _publisher(blocks)
    author: str | None = None
    published: datetime | None = None
    updated = True
    around = [*range(first + 1), *range(last + 1, min(last + 1 + AFTER_BODY, len(blocks)))]
    for index in around:
        if index >= len(blocks) or named[index] not in ("chrome", "body", "meta"):
            continue
        text = blocks[index].text
        name, at = author_in(text), date_in(text, now, language)
        if not name and not at:
            continue
        named[index] = "meta"
        author = author or name
        if at and (published is None or (updated and not says_updated(text))):
            published, updated = at, says_updated(text)
    title = _title(blocks, named, (carried.title if carried else "") or _likeliest(blocks, seen))
    return Header(
        parts=tuple(named),
        title=title,
        publisher=carried.publisher if carried else None,
        video=Video(channel=carried.publisher) if carried and "video" in carried.work.casefold() else None,
        author=author,
        published=published,
    )


def _publisher(blocks: Sequence[Block]) -> Carried | None:
    """The publisher that a line names, else the one whose profile the page shows."""
    for block in blocks:
        if found := carrier(block.text):
            return found
    profiles = (ABOUT_SOURCE.fullmatch(block.text) for block in blocks)
    return next((Carried(match["publisher"].strip(" :")) for match in profiles if match), None)


def _title(blocks: Sequence[Block], parts: list[Part], quoted: str) -> str:
    """The headline: the line that a carrier quotes or the network is sure of (``quoted``), else that line before the
    body whose words the body takes up most.

    Marks every block that repeats it as "title".
    """
    first = next((index for index, part in enumerate(parts) if part == "body"), len(blocks))
    title = quoted or _best(blocks, parts, first)
    if not title and first < len(blocks) and _heads(blocks, parts, first):
        title = blocks[first].text
    for index, block in enumerate(blocks):
        near = index < first + 2 or block.text == title
        if near and same_line(block.text, title) and parts[index] in ("chrome", "body"):
            parts[index] = "title"
            title = block.text
    return title


def _likeliest(blocks: Sequence[Block], seen: Likely) -> str:
    """The block that is likely the headline, or nothing where none is."""
    if not len(seen.title):
        return ""
    at = int(seen.title.argmax())
    return blocks[at].text if seen.title[at] >= SURE_TITLE and is_title_like(blocks[at]) else ""


def _best(blocks: Sequence[Block], parts: Sequence[Part], first: int) -> str:
    body = " ".join(block.text for block, part in zip(blocks, parts, strict=True) if part == "body")
    opening = _long_words(" ".join(body.split()[:BODY_SAMPLE]))
    best, best_score = "", 0.0
    candidates = [index for index in range(first) if parts[index] == "chrome" and not blocks[index].bullet]
    for index in candidates:
        block = blocks[index]
        words = _long_words(block.text)
        shared = len(words & opening) / len(words) if words else 0.0
        long_enough = block.words >= LEAST_TITLE or shared == 1.0
        score = shared + FIRST_BONUS * (index == candidates[0])
        if (
            long_enough
            and is_title_like(block)
            and (shared >= SHARED_AT_LEAST or len(candidates) == 1)
            and score > best_score
        ):
            best, best_score = block.text, score
    return best


def _heads(blocks: Sequence[Block], parts: Sequence[Part], first: int) -> bool:
    """Whether the first block of the body is the headline after all: a question, or a short line set apart by date or
    by-line."""
    block = blocks[first]
    apart = first + 1 < len(blocks) and parts[first + 1] == "meta"
    alone = sum(part == "body" for part in parts) == 1
    asks = is_title_like(block) and first == 0 and len(blocks) > 1 and blocks[1].after_gap
    return not alone and block.words <= 18 and (apart or asks)


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= LONG_WORD or not word.isascii()}
