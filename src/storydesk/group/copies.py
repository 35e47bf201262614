"""Whether two texts are copies of one, whatever was cut, moved, renamed or put around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storydesk.group.words import term

__all__ = ["Print", "copied"]

SHINGLE = 4
"""Words in a shingle: long enough that two reporters do not share many, short enough that an edit breaks few (Broder,
1997)."""

CONTAINED = 0.4
"""Share of the shorter text's shingles found in the longer from which the one counts as taken from the other. Where
precision was put before recall, on real items and their edits (``docs/decisions/0013-near-copies.md``)."""

FEWEST = 16
"""Shingles in common, nineteen words in a row: fewer can be a quotation or a set phrase. Texts with fewer of their own
must be the same to the letter."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NOTICE = re.compile(
    r"^.*(?:\ball rights reserved\b|\bcopyright \d{4}|© ?\d{4}|\bmay not be (?:published|reproduced)\b).*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of copyright is the same under every piece of an agency."""

LONGEST_NOTICE = 300
"""Code points: a longer line is a text without line breaks that ends in a notice."""


@dataclass(frozen=True, slots=True)
class Print:
    """What a text is known again by: its words as written, to compare short ones, and its shingles."""

    words: tuple[str, ...]
    shingles: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Print:
        """The print of a text, notices of copyright left out."""
        told = NOTICE.sub(lambda found: found.group() if len(found.group()) > LONGEST_NOTICE else "", text)
        terms = [term(word) for word in WORD.findall(told)]
        shingles = (" ".join(terms[start : start + SHINGLE]) for start in range(len(terms) - SHINGLE + 1))
        return cls(tuple(text.split()), frozenset(shingles))


def copied(a: Print, b: Print) -> bool:
    """Whether one text holds so much of the other that both have one root. Symmetric."""
    fewer = min(len(a.shingles), len(b.shingles))
    if fewer < FEWEST:
        return bool(a.words) and a.words == b.words
    return len(a.shingles & b.shingles) >= max(FEWEST, CONTAINED * fewer)
