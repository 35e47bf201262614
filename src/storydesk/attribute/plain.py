"""Attributions where no syntax is at hand: quotation marks, reporting words of four languages, the nearest name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storydesk.attribute import cues
from storydesk.attribute.finding import Finding
from storydesk.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storydesk.attribute.quotation import Marks, Quotation
    from storydesk.model import Mention

__all__ = ["plain"]

REACH = 160
"""Code points on either side of a quotation in which its cue and its speaker are looked for: about a sentence."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def plain(text: str, language: str | None, marks: Marks, mentions: Sequence[Mention]) -> list[Finding]:
    """One finding for each quotation with a reporting word in its sentence, in order. An unknown language tries all
    its words.
    """
    code = (language or "").split("-")[0]
    words = cues.FOREIGN.get(code) or frozenset().union(*cues.FOREIGN.values())
    found = (_finding(text, words, marks, quotation, mentions) for quotation in marks.all)
    return [finding for finding in found if finding is not None]


def _finding(
    text: str, words: frozenset[str], marks: Marks, quotation: Quotation, mentions: Sequence[Mention]
) -> Finding | None:
    around = _sentence(text, quotation, marks)
    reporting = [
        Span(*word.span())
        for side in around
        for word in WORD.finditer(text, *side)
        if words & set(word.group().lower().split("-"))
    ]
    if not reporting:
        return None
    cue = min(reporting, key=lambda span: _gap(span, quotation.outer))
    names = [
        m for m in mentions if m.type in {"person", "organisation"} and any(side.covers(m.span) for side in around)
    ]
    nearest = min(names, key=lambda m: (m.type != "person", _gap(m.span, cue)), default=None)
    return Finding((quotation.outer,), cue=cue, source=nearest.span if nearest else None)


def _sentence(text: str, quotation: Quotation, marks: Marks) -> tuple[Span, Span]:
    """What stands before and after a quotation in its sentence, short of the quotations on either side."""
    start, end = quotation.outer
    before = text[max(start - REACH, 0) : start]
    opened = max(before.rfind(stop) + len(stop) for stop in ("\n", ". ", "? ", "! ")) if before else 0
    first = start - len(before) + (opened if any(stop in before for stop in ("\n", ". ", "? ", "! ")) else 0)
    ending = re.search(r"[.!?…](?:\s|$)|\n", text[end : end + REACH])
    last = min(end + (ending.start() if ending else REACH), len(text))
    for other in marks.touching(Span(first, last)):
        if other.outer.end <= start:
            first = max(first, other.outer.end)
        elif other.outer.start >= end:
            last = min(last, other.outer.start)
    return Span(first, start), Span(end, max(last, end))


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
