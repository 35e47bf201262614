"""Clauses: the parts of a sentence that can be told alone, cut at its punctuation and conjunctions, never inside a
quotation."""

from __future__ import annotations

import re
from functools import lru_cache

from storydesk.compare.passages import trimmed
from storydesk.model import Span

__all__ = ["clauses"]

CUT = re.compile(
    r"[;:]\s|,\s|\s[–—-]+\s"
    r"|\s(?=(?:but|while|because|whereas|although|as well as)\s"
    r"|and\s(?:\w+ed|said|told|was|were|is|are|has|had|have|will|would|could|that)\s)"
)
"""Where a clause may end: punctuation with space after it, a dash between spaces, before an English conjunction; "and"
also joins words, so it counts only where a verb follows."""

QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"|\([^)]*\)")

FEWEST_WORDS = 5
"""A part with fewer words says too little alone and stays with the part before it."""


@lru_cache(maxsize=16_384)
def clauses(sentence: str) -> tuple[Span, ...]:
    """The clauses of a sentence as trimmed offsets into it, in order; the whole where it has only one."""
    closed = [Span(*match.span()) for match in QUOTED.finditer(sentence)]
    spans: list[Span] = []
    start = 0
    for cut in (*CUT.finditer(sentence), None):
        end = cut.start() if cut else len(sentence)
        if cut and any(span.start < end < span.end for span in closed):
            continue
        part = trimmed(sentence, Span(start, end), ",;:–—- ")
        if spans and len(part.of(sentence).split()) < FEWEST_WORDS:
            spans[-1] = Span(spans[-1].start, part.end)
        elif part.start < part.end:
            spans.append(part)
        start = cut.end() if cut else end
    if len(spans) > 1 and len(spans[0].of(sentence).split()) < FEWEST_WORDS:
        spans[:2] = [Span(spans[0].start, spans[1].end)]
    return tuple(spans)
