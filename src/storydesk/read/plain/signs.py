"""What a block of plain text shows of itself, as figures: how long it is, how it is written, what it says of itself,
where it stands and what of it the page repeats. The words themselves come beside them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storydesk.read.dates import YEAR
from storydesk.read.plain.cues import Cue
from storydesk.read.plain.lines import Block
from storydesk.read.plain.shape import informality, is_prose, is_title_like
from storydesk.read.plain.thread import says_when, says_who

__all__ = ["Signs", "signs"]

INDENT = 12
"""Blanks before a line that are counted."""

WORDS = 60
"""Words of a block that are looked up."""

WORD = re.compile(r"[^\W\d_]+")
PIECE = re.compile(r"\w+")
DIGIT = re.compile(r"\d")
CAPITAL = re.compile(r"\b[^\W\d_a-zà-ÿа-я]")
SHOUT = re.compile(r"\b[^\W\d_a-zà-ÿа-я]{2,}\b")
SMALL = re.compile(r"\b[a-zà-ÿа-я]{1,3}\b")
STOP = re.compile(r"[.!?…]+[\"”’»)]*\s+(?=[^\W\d_a-zà-ÿа-я])")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
PLACES = re.compile(r"https?:|www\.|@(?:(?<=\S@)\S|(?<!\S@)\w)|\.com\b")
PARTED = re.compile(r"\s[|·•»›>/–-]\s|[|»›]")
QUOTED = re.compile(r"[“”„«»]|\"")
CURRENCY = re.compile(r"[$€£¥₽]\s?\d")
NOTICE = re.compile(r"©|\(c\)|copyright|all rights")
HEADED = re.compile(r"#{1,6}\s")
BOLD = re.compile(r"\*\*|__")
IMAGE = re.compile(r"\b(?:photo|image|getty|credit|picture|foto|reuters|ap photo)\b")
READER = re.compile(r"\b(?:i|my|me|you|your|we|our|thanks?|thank)\b")

CUES: tuple[Cue, ...] = (
    "related",
    "inline related",
    "profile",
    "background",
    "comments",
    "call",
    "chrome",
    "carrier",
    "form",
)
LONG = 20
"""Words of a block from which its words are what the page is about."""

LONG_WORD = 5
"""Letters from which a word says what a piece is about."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Of n blocks: ``figures`` (n, f), the words of each, and how many words each has (n,)."""

    figures: NDArray[np.float32]
    words: list[list[str]]
    lengths: NDArray[np.float64]


def signs(blocks: Sequence[Block], cues: Sequence[Cue | None], cast: Sequence[str | None]) -> Signs:
    """The signs of a page's blocks; ``cues`` is what each says of itself, ``cast`` what a heading above makes of it."""
    if not blocks:
        return Signs(np.zeros((0, 0), np.float32), [], np.zeros(0))
    texts = [block.opening for block in blocks]
    lengths = np.array([max(1, block.words) for block in blocks], np.float64)
    own = [_own(block, text) for block, text in zip(blocks, texts, strict=True)]
    told = [[kind == one for one in CUES] + _cast(under) for kind, under in zip(cues, cast, strict=True)]
    shared = _shared(texts, [block.words > LONG for block in blocks])
    figures = np.array([a + b + c for a, b, c in zip(own, told, shared, strict=True)], np.float32)
    around = _placed(lengths, cues, [is_prose(block) for block in blocks])
    words = [[word.casefold() for word in PIECE.findall(text)[:WORDS]] for text in texts]
    return Signs(np.concatenate([figures, around], 1), words, lengths)


def _cast(under: str | None) -> list[bool]:
    return [under == one for one in ("related", "profile", "background", "comments")]


def _own(block: Block, text: str) -> list[float]:
    """What a block shows by itself."""
    return [*_ended(block, text), *_written(text), *_set(block, text), *_said(block, text)]


def _ended(block: Block, text: str) -> list[float]:
    """How long a block is, and how it ends."""
    last = text.rstrip("”\"’'») *_")[-1:]
    return [
        math.log1p(block.words),
        math.log1p(len(block.text)),
        block.words <= 2,
        block.words > 40,
        block.ends_sentence,
        last in (":", "："),
        last in ("?", "？"),
        last in ("!", "！"),
        last in ("…", ">", "»", "›"),
        last.isalpha(),
    ]


def _written(text: str) -> list[float]:
    """Its letters and marks, by their share."""
    words = WORD.findall(text)
    count = max(1, len(words))
    letters = max(1, sum(map(len, words)))
    return [
        min(5.0, float(len(STOP.findall(text)))),
        min(5.0, text.count(",") / count * 10),
        len(DIGIT.findall(text)) / max(1, len(text)),
        len(CAPITAL.findall(text)) / count,
        len(SHOUT.findall(text)) / count,
        len(SMALL.findall(text)) / count,
        letters / count / 10,
        bool(text) and text[0].islower(),
        bool(text) and text[0].isupper(),
        bool(text) and not text[0].isalnum(),
    ]


def _set(block: Block, text: str) -> list[float]:
    """How it is set: as a list, after a gap, indented, with marks of a heading."""
    raw = block.lines[0].raw[:INDENT]
    return [
        block.bullet,
        block.after_gap,
        math.log1p(len(block.lines)),
        (len(raw) - len(raw.lstrip())) / 6,
        bool(HEADED.match(text)),
        bool(BOLD.search(text)),
        bool(PARTED.search(text)),
    ]


def _said(block: Block, text: str) -> list[float]:
    """What its words say of it: notices, times, addresses, credits, and whether a reader speaks."""
    lowered = block.lowered
    digits = DIGIT.search(text)
    return [
        bool(NOTICE.search(lowered)),
        bool(digits and CLOCK.search(text)),
        bool(digits and YEAR.search(text)),
        bool(PLACES.search(lowered)),
        bool(digits and CURRENCY.search(text)),
        bool(IMAGE.search(lowered)),
        min(4, len(QUOTED.findall(text))) / 2,
        min(4, len(READER.findall(lowered))) / 2,
        min(3.0, informality(block)),
        is_prose(block),
        is_title_like(block),
        says_who(text),
        says_when(text),
    ]


def _shared(texts: Sequence[str], long: Sequence[bool]) -> list[list[float]]:
    """What of each block the page has elsewhere: the block itself, its opening, its long words."""
    folded = [text.casefold() for text in texts]
    whole = Counter(folded)
    shape = [re.sub(r"\d+", "0", text)[:12] for text in folded]
    openings = Counter(shape)
    words = [{word for word in WORD.findall(text) if len(word) >= LONG_WORD} for text in folded]
    met = Counter(word for some in words for word in some)
    prose = Counter(word for some, inside in zip(words, long, strict=True) if inside for word in some)
    found = []
    for text, form, some, inside in zip(folded, shape, words, long, strict=True):
        size = max(1, len(some))
        told = [prose[word] - inside for word in some]
        found.append(
            [
                float(whole[text] > 1),
                math.log(openings[form]) if form else 0.0,
                sum([met[word] > 1 for word in some]) / size,
                sum([count > 0 for count in told]) / size,
                sum([min(count, 5) for count in told]) / size / 3,
            ]
        )
    return found


def _placed(lengths: NDArray[np.float64], cues: Sequence[Cue | None], prose: Sequence[bool]) -> NDArray[np.float32]:
    """Where each block stands: among the blocks, the words, the prose, and after which headings."""
    count = len(lengths)
    places = np.arange(count)
    words = np.cumsum(lengths) - lengths / 2
    worded = np.where(prose, lengths, 0.0)
    written = np.cumsum(worded) - worded / 2
    columns = [
        places / max(1, count),
        np.log1p(places) / 3,
        np.log1p(count - 1 - places) / 3,
        words / lengths.sum() if count else words,
        written / max(1.0, worded.sum()),
        np.log1p(written) / 4,
        np.log1p(np.maximum(0.0, worded.sum() - written)) / 4,
        np.full(count, math.log1p(count) / 4),
        np.full(count, math.log1p(worded.sum()) / 4),
        np.full(count, worded.sum() / max(1.0, lengths.sum())),
    ]
    for kind in ("comments", "related", "chrome", "form"):
        said = np.cumsum([cue == kind for cue in cues])
        columns += [np.minimum(said, 8) / 4, np.minimum(said[-1] - said if count else said, 8) / 4]
    return np.stack(columns, 1).astype(np.float32)
