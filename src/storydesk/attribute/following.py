"""Whose words a quotation without a cue of its own goes on with, by where it stands.

A reader takes them, in this order, for those of the quotation that it continues; of whoever was reported last, in its
paragraph or right before it ("He called the plan dead. “…”"); of whoever acts in the sentence before ("Ruiz was not
convinced.¶“…”").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from storydesk.attribute import syntax
from storydesk.attribute.finding import Finding, join, span_of_tokens, token_from, trim
from storydesk.attribute.quotation import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from storydesk.attribute.quotation import Quotation
    from storydesk.model import Span

__all__ = ["ENDS", "followed", "tellings"]

ENDS = ".?!…"
NESTED = "‘’'“”\" "
JOINTS = frozenset({"and", "or", "but", "and that"})
"""What joins two quotations of one speaker in a sentence."""
PERSONAL = frozenset({"he", "she"})
LEAD = 16
"""Code points before a quotation in which the end of the sentence before it is looked for."""
FARTHEST = 1_500
"""Code points from a cue to a quotation past which a paragraph is none."""

Telling = tuple[int, int]
"""Where a cue begins, and the index of its finding."""


def tellings(findings: Sequence[Finding]) -> list[Telling]:
    """The cues by which the outlet itself reports somebody, in order: none that stands in what another is said to have
    said.
    """
    pieces = sorted(piece for finding in findings for piece in finding.content)
    starts = [piece.start for piece in pieces]
    ends = list(accumulate((piece.end for piece in pieces), max))
    cues = ((finding.cue, index) for index, finding in enumerate(findings) if finding.cue and finding.source)
    inside = ((cue, index, bisect_right(starts, cue.start) - 1) for cue, index in cues)
    return sorted((cue.start, index) for cue, index, at in inside if at < 0 or ends[at] < cue.end)


def followed(
    doc: Doc,
    text: str,
    findings: list[Finding],
    told: list[Telling],
    last: tuple[Quotation, int] | None,
    quotation: Quotation,
) -> int | None:
    """The index of the finding that a quotation is put to or becomes; ``None`` where it is nobody's.

    ``told`` is ``tellings`` of what syntax found, ``last`` the quotation before that has a finding, with its index.
    """
    if last is not None and _goes_on(text, last[0], quotation, findings[last[1]].cue):
        apart = not last[0].runs_on and "\n" in text[last[0].outer.end : quotation.outer.start]
        return _continue(text, findings, last[1], quotation, apart)
    if not _alone(text, quotation):
        return None
    index = bisect_left(told, (quotation.outer.start, 0)) - 1
    if index >= 0 and quotation.outer.start - told[index][0] <= FARTHEST:
        between = text[told[index][0] : quotation.outer.start]
        if _near(between):
            return _continue(text, findings, told[index][1], quotation, "\n" in between)
    actor = _actor(doc, text, quotation)
    if actor is None:
        return None
    findings.append(actor)
    return len(findings) - 1


def _alone(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence or more that begins its paragraph, or follows a whole sentence or a colon."""
    lead = text[max(quotation.outer.start - LEAD, 0) : quotation.outer.start].rstrip(" \t\u00a0").rstrip(NESTED + ")]")
    return _whole(text, quotation) and (not lead or lead[-1] in ENDS + ":\n")


def _goes_on(text: str, before: Quotation, quotation: Quotation, cue: Span | None) -> bool:
    """Whether a quotation reads as the next words of the speaker of the one before."""
    between = text[before.outer.end : quotation.outer.start]
    if (before.runs_on and not between.strip()) or between.strip(" ,;") in JOINTS:
        return True
    interrupted = cue is not None and before.outer.end <= cue.start < quotation.outer.start
    if interrupted and between.rstrip()[-1:] in ",—–" and not re.search(r"[.?!]\s|\n", between):
        return True
    lead = between.rstrip()
    alone = not lead or lead[-1] in ENDS + ")]" or quotation.outer.start - len(between) + len(lead) == before.outer.end
    if "\n" in between:
        alone = "\n" in between[len(lead) :] and not between[between.index("\n") :].strip()
    return alone and _whole(text, quotation)


def _whole(text: str, quotation: Quotation) -> bool:
    """Whether the words between marks are a sentence or more."""
    words = quotation.inner.of(text).strip(NESTED)
    long = words.count(" ") >= SENTENCE or words[-1:] in ",-—" + ENDS or not quotation.closed
    return long and (words[:1].isupper() or not words[:1].isalpha())


def _near(between: str) -> bool:
    """Whether the words from a cue to a quotation stay in one paragraph, or end where that of the quotation begins."""
    lines = [line for line in between.rstrip(" \t").split("\n") if line.strip()]
    return len(lines) == 1


def _continue(text: str, findings: list[Finding], index: int, quotation: Quotation, apart: bool) -> int:
    """Puts a quotation to the finding it goes on from; one that stands ``apart`` becomes a finding with the same
    source.
    """
    finding = findings[index]
    if not apart:
        findings[index] = replace(finding, content=join([*finding.content, quotation.outer], text))
        return index
    findings.append(replace(finding, content=(quotation.outer,), cue=None, cue_token=None, through=None))
    return len(findings) - 1


def _actor(doc: Doc, text: str, quotation: Quotation) -> Finding | None:
    """The quotation as words of the person whom the sentence before it is about."""
    before = token_from(doc, quotation.outer.start) - 1
    while before > 0 and doc[before].is_space:
        before -= 1
    if before < 0:
        return None
    verb = doc[before].sent.root
    subjects = (child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"})
    head = next((child for child in subjects if _person(child)), None)
    if head is None:
        return None
    source = trim(text, span_of_tokens(doc, *syntax.source_of(head, verb)), frozenset())
    return Finding((quotation.outer,), source=source, source_token=head.i)


def _person(token: Token) -> bool:
    """Whether a subject is a person, or a name of nothing that is known to be another thing."""
    return token.lower_ in PERSONAL or (token.pos_ == "PROPN" and token.ent_type_ in {"PERSON", ""})
