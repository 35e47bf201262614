"""Two wordings of one utterance, word by word: how much they share and which words differ."""

from __future__ import annotations

from collections.abc import Set
from difflib import SequenceMatcher
from functools import lru_cache

from storydesk.compare.words import words
from storydesk.model import Span

__all__ = ["marks", "shared"]


def shared(first: Set[str], second: Set[str]) -> float:
    """The share of the shorter wording's content words that stand in the other, 0 to 1."""
    return len(first & second) / (min(len(first), len(second)) or 1)


@lru_cache(maxsize=16_384)
def marks(text: str, fullest: str) -> tuple[Span, ...]:
    """The words of ``text`` that are not in ``fullest`` in the same order, as offsets into ``text``; neighbours as
    one span."""
    ours, theirs = words(text), words(fullest)
    matcher = SequenceMatcher(None, [word for _, word in ours], [word for _, word in theirs], autojunk=False)
    spans: list[Span] = []
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag in ("replace", "delete"):
            spans.append(Span(ours[start][0].start, ours[end - 1][0].end))
    return tuple(spans)
