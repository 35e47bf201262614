"""Two wordings of one utterance, word by word: how much they share, which words differ, whether one is cut out of the
other."""

from __future__ import annotations

from collections.abc import Mapping, Set
from difflib import SequenceMatcher
from functools import lru_cache

from storydesk.compare.words import is_content, words
from storydesk.model import Span

__all__ = ["cut_from", "marks", "shared", "titled", "weight"]


def weight(stems: Set[str], weights: Mapping[str, float]) -> float:
    """What content words weigh together."""
    return sum([weights.get(stem, 1.0) for stem in stems])


def shared(first: Set[str], second: Set[str], shorter: float, weights: Mapping[str, float]) -> float:
    """The share of the shorter wording's content words, which weigh so much, that stand in the other, 0 to 1."""
    return weight(first & second, weights) / (shorter or 1.0)


@lru_cache(maxsize=16_384)
def cut_from(text: str, fuller: str) -> bool:
    """Whether the words of ``text`` stand in ``fuller`` in one run, which has more of them."""
    ours, theirs = ([word for _, word in words(one)] for one in (text, fuller))
    ends = range(len(ours), len(theirs) + 1)
    return 0 < len(ours) < len(theirs) and any(theirs[end - len(ours) : end] == ours for end in ends)


@lru_cache(maxsize=16_384)
def titled(text: str) -> bool:
    """Whether words between quotation marks are a title rather than said: two or more that all begin with a capital."""
    telling = [text[span.start] for span, word in words(text) if is_content(word)]
    return len(telling) > 1 and all(letter.isupper() or letter.isdigit() for letter in telling)


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
