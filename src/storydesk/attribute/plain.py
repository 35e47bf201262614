"""Attributions where no syntax is at hand: quotation marks, reporting words of five languages, the nearest name."""

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
BETWEEN = re.compile(r"(?P<words>(?: [a-zà-ÿ][a-zà-ÿ’'-]*){0,4}) ")
"""What may stand between a reporting word and its subject: a day, a role with its article."""
TO = frozenset({"a", "à", "al", "au", "aux", "ai", "alla", "allo", "ao"})
"""Behind a reporting word, whom something is said to."""
ROLE = re.compile(r"\b(?P<role>[a-zà-ÿ][a-zà-ÿ-]+) $")
PERFECT = re.compile(r",? (?:(?:a|ha|hat|avait|aveva|había) )?")
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
    names = [m for m in mentions if any(side.covers(m.span) for side in around) and _may_speak(text, m, cue)]
    nearest = min(names, key=lambda m: (m.type != "person", _gap(m.span, cue)), default=None)
    return Finding((quotation.outer,), cue=cue, source=nearest.span if nearest else None)


def _may_speak(text: str, name: Mention, cue: Span) -> bool:
    """Whether a name is somebody's or a body's, or one of several words whose kind nobody knows where the subject of a
    reporting word stands: "raconte Léna Voss", "ha detto giovedì Marta Lupi", "La bióloga Fina Peters explicó".
    """
    if name.type in {"person", "organisation"}:
        return True
    if name.type != "other" or name.entity is not None or " " not in name.name:
        return False
    if name.start >= cue.end:
        return _is_subject(text, name, cue)
    before = ROLE.search(text, max(name.start - REACH, 0), name.start)
    own = before is not None and before["role"] not in cues.LEADS_ELSEWHERE
    return own and PERFECT.fullmatch(text, name.end, cue.start) is not None


def _is_subject(text: str, name: Mention, cue: Span) -> bool:
    """Whether nothing but a day or a role stands between a verb and the name behind it."""
    between = BETWEEN.fullmatch(text, cue.end, name.start)
    words = between["words"].split() if between else []
    led = words and (words[-1] in cues.LEADS_ELSEWHERE or words[0] in TO or "que" in words or "che" in words)
    return between is not None and not led


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
