"""What stands around the body: headline, publisher, by-line, date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from storydesk.model import Video
from storydesk.read.dates import YEAR, from_words
from storydesk.read.headline import same_line
from storydesk.read.plain.cues import named_by
from storydesk.read.plain.lines import Block
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

SHARED_AT_LEAST = 0.2
"""Share of a headline's long words that the opening of its article repeats, at least."""

BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|af|av|od|written by|words by|text by|reporting by|story by|posted by|author|autor|auteur|autore|автор|текст)"
    r"\s*:?\s+(?P<name>(?-i:[^\W\d_a-z])[\w.'’-]*(?:\s+(?:(?:de|van|von|der|la|le|bin|al|and|und|et|y|e|&|da|di|du)\s+)*(?-i:[^\W\d_a-z])[\w.'’-]*){0,5})"
    r"(?P<rest>$|\s*[,|;•·–—-].*$|\s+(?:in|at|for|on)\s.*$)",
    re.I,
)
DATE_CUE = re.compile(
    r"^(?:first\s+|last\s+)?(?:published|posted|updated|modified|created|date|released|veröffentlicht|aktualisiert|erschienen|stand|publié|mis à jour"
    r"|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|opublikowano|опубликовано|обновлено|опубліковано|publicerad|publiceret|publisert)"
    r"\s*(?:on|at|am|le|el|em|il|op|den|um|à|dnia)?\s*:?\s*",
    re.I,
)
UPDATED = re.compile(
    r"^(?:last\s+)?(?:updated|modified|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|bijgewerkt|обновлено)",
    re.I,
)
PIECES = re.compile(r"\s+[|•·–—]\s+|\s+-\s+")
ABOUT_SOURCE = re.compile(
    r"^about (?:this|the) (?:source|outlet|publisher|channel)\s*[:–—-]\s*(?P<publisher>\S.{1,60})$", re.I
)
LONGEST_META = 14
"""Words of a line of dates and names."""


@dataclass(frozen=True, slots=True)
class Header:
    """What was found. ``publisher`` only where the page names it; ``parts`` are the parts with the named blocks put right."""

    parts: tuple[Part, ...]
    title: str = ""
    publisher: str | None = None
    video: Video | None = None
    author: str | None = None
    published: datetime | None = None


def read_header(blocks: Sequence[Block], parts: Sequence[Part], now: datetime, language: str | None) -> Header:
    """Names the blocks around the body. ``now`` refuses dates in the future, ``language`` is that of the body."""
    named = list(parts)
    first = next((index for index, part in enumerate(parts) if part == "body"), len(blocks))
    last = max((index for index, part in enumerate(parts) if part == "body"), default=-1)
    publisher, work, quoted = _publisher(blocks)
    author: str | None = None
    published: datetime | None = None
    updated = True
    around = [*range(first + 1), *range(last + 1, min(last + 1 + AFTER_BODY, len(blocks)))]
    for index in around:
        if index >= len(blocks) or named[index] not in ("chrome", "body", "meta"):
            continue
        text = blocks[index].text
        name, at = _author(text), _date(text, now, language)
        if not name and not at:
            continue
        if named[index] == "body" and blocks[index].words > LONGEST_META:
            continue
        named[index] = "meta"
        author = author or name
        if at and (published is None or (updated and not UPDATED.match(text))):
            published, updated = at, bool(UPDATED.match(text))
    title = _title(blocks, named, quoted)
    return Header(
        parts=tuple(named),
        title=title,
        publisher=publisher,
        video=Video(channel=publisher) if publisher and "video" in work.casefold() else None,
        author=author,
        published=published,
    )


def _publisher(blocks: Sequence[Block]) -> tuple[str | None, str, str]:
    """The publisher that a line names, what kind of work it published, and under which title."""
    for block in blocks:
        match = named_by(block.text)
        if match:
            found = match.groupdict()
            name = next(value for key, value in found.items() if key.startswith("publisher") and value)
            return name.strip(' "“”«».,'), found.get("work") or "", found.get("title") or ""
    for block in blocks:
        match = ABOUT_SOURCE.match(block.text)
        if match:
            return match["publisher"].strip(" :"), "", ""
    return None, "", ""


def _author(text: str) -> str | None:
    match = BYLINE.match(text)
    return match["name"].strip() if match and len(text.split()) <= LONGEST_META else None


def _date(text: str, now: datetime, language: str | None) -> datetime | None:
    """A date that is all its line says, apart from a cue or a name before a separator."""
    if not YEAR.search(text) or len(text.split()) > LONGEST_META:
        return None
    for piece in _pieces(text):
        bare = DATE_CUE.sub("", piece).strip(" ,.;:()[]")
        if YEAR.search(bare) and (at := from_words(bare, now, language)):
            return at
    return None


def _pieces(text: str) -> Iterator[str]:
    yield text
    pieces = PIECES.split(text)
    if len(pieces) > 1:
        yield from pieces


def _title(blocks: Sequence[Block], parts: list[Part], quoted: str) -> str:
    """The headline: the line that a carrier quotes, else that line before the body whose words the body takes up most.

    Marks every block that repeats it as "title".
    """
    first = next((index for index, part in enumerate(parts) if part == "body"), len(blocks))
    title = quoted or _best(blocks, parts, first)
    if not title and first < len(blocks) and _heads(blocks, parts, first):
        title = blocks[first].text
    for index, block in enumerate(blocks[: first + 2]):
        if same_line(block.text, title) and parts[index] in ("chrome", "body"):
            parts[index] = "title"
            title = block.text
    return title


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
    """Whether the first block of the body is the headline after all: a question, or a short line set apart by date or by-line."""
    block = blocks[first]
    apart = first + 1 < len(blocks) and parts[first + 1] == "meta"
    alone = sum(part == "body" for part in parts) == 1
    asks = is_title_like(block) and first == 0 and len(blocks) > 1 and blocks[1].after_gap
    return not alone and block.words <= 18 and (apart or asks)


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= LONG_WORD or not word.isascii()}
