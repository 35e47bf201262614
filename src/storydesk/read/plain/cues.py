"""What the furniture of a page says of itself, in the languages of the European and American press.

Each cue is weak: it is looked for only in short blocks, and what becomes of a block is decided together with its shape
and its place (:mod:`storydesk.read.plain.segments`). The words themselves are in ``cues.toml``, by kind and language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Literal

from storydesk.read.plain.carrier import carrier
from storydesk.read.plain.lines import Block

__all__ = ["Cue", "cue", "opens_profile", "vocabulary"]

Cue = Literal["related", "inline related", "profile", "background", "comments", "call", "chrome", "carrier", "form"]

HEADING_WORDS = 12
"""A heading has at most as many words, a name included."""

SENTENCE_WORDS = 5
"""A heading that ends with a full stop has fewer; from here on it is a sentence that begins like one."""

NOTICE_WORDS = 60
"""A notice (cookies, a call for comments) has at most as many."""

LONGEST_HEADING = 200
"""Code points; keeps the patterns cheap on lines without blanks."""

LABELS: tuple[Cue, ...] = ("chrome", "comments")
"""Kinds whose words may end with a full stop ("All rights reserved.", "Comments are closed.")."""

QUOTATION = re.compile(r"[“”\"„«»]")
ABOUT_NAME = re.compile(
    r"(?:About|Über|À propos de|Sobre|Om|Over|Об?|Про)\s+(?:the\s+)?(?-i:[^\W\d_a-zà-ÿа-я])\S*(?:\s+\S+){0,5}:?", re.I
)


def _either(patterns: Iterable[str]) -> str:
    return "(?:" + "|".join(patterns) + ")"


_TABLE = tomllib.loads(files("storydesk.read.plain").joinpath("cues.toml").read_text("utf-8"))
_NOUN = _either(_TABLE["nouns"]["comment"])


def vocabulary(name: str) -> str:
    """One of the word lists of a thread (``says``, ``ago``, ``buttons``) as a pattern."""
    return _either(_TABLE["thread"][name])


HEADINGS: dict[Cue, re.Pattern[str]] = {
    kind: re.compile(
        _either(pattern for patterns in _TABLE["headings"][kind].values() for pattern in patterns).replace(
            "@comment", _NOUN
        )
        + r"\W*"
    )
    for kind in ("chrome", "comments", "background", "profile", "related", "inline related")
}
"""In the order in which they are tried."""

NOTICES: dict[Cue, re.Pattern[str]] = {
    "chrome": re.compile(_either(_TABLE["notices"]["cookies"] + _TABLE["notices"]["mistakes"])),
    "form": re.compile(_either(_TABLE["notices"]["form"])),
}
CALL = tuple(
    re.compile(rf"\b{_either(_TABLE['call'][role]).replace('@comment', _NOUN)}\b")
    for role in ("subject", "place", "reader")
)


def cue(block: Block) -> Cue | None:
    """What a block says of itself, or ``None`` where it says nothing of the kind."""
    text = block.lowered
    if block.words > NOTICE_WORDS:
        return None
    if carrier(block.opening):
        return "carrier"
    for kind, pattern in NOTICES.items():
        if pattern.search(text):
            return kind
    if _short(block):
        for kind, pattern in HEADINGS.items():
            if pattern.fullmatch(text) and (kind in LABELS or not _is_sentence(block)):
                return kind
    # A call speaks of comments as such, to the reader, without quoting anybody.
    calls = all(pattern.search(text) for pattern in CALL) and not QUOTATION.search(text)
    return "call" if calls else None


def _short(block: Block) -> bool:
    return block.words <= HEADING_WORDS and len(block.text) <= LONGEST_HEADING


def _is_sentence(block: Block) -> bool:
    return block.words >= SENTENCE_WORDS and block.text.endswith((".", "。"))


def opens_profile(block: Block) -> bool:
    """Whether it reads "About <Name>", which opens a profile or a part of an article."""
    return _short(block) and not _is_sentence(block) and ABOUT_NAME.fullmatch(block.text) is not None
