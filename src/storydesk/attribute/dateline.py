"""The town, date and agency at the head of a report: no part of what anybody says, though a parser takes it for one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from storydesk.attribute.finding import Finding, trim
from storydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from storydesk.attribute.quotation import Marks

__all__ = ["without_datelines"]

DATELINE = re.compile(
    r"^[ \t]*(?=[^\n]{0,20}[^\W\d_a-z]{3})[^\W\d_a-z][^\n“”\"(]{2,60}?(?:\([^()\n]{2,40}\))[ \t]*(?:[—–]|--?)[ \t]+",
    re.MULTILINE,
)
"""A town in capitals, perhaps a country and a day, and an agency in brackets before a dash."""

FARTHEST = 100
"""Code points between a dateline and a cue that may be the cue's subject."""


def without_datelines(doc: Doc, marks: Marks, findings: list[Finding]) -> list[Finding]:
    """The findings with content and source short of the datelines; a source that began in one has its head after it."""
    lines = [Span(*match.span()) for match in DATELINE.finditer(marks.text)]
    if not lines:
        return findings
    cleared = (_cleared(doc, marks, finding, lines) for finding in findings)
    return [finding for finding in cleared if finding is not None]


def _cleared(doc: Doc, marks: Marks, finding: Finding, lines: list[Span]) -> Finding | None:
    touched = next(
        (line for line in lines if any(line.overlaps(s) for s in (*finding.content, *_source(finding)))), None
    )
    if touched is None:
        return finding
    content = tuple(piece for span in finding.content if (piece := _behind(marks, span, touched)))
    if not content:
        return None
    if finding.source is None or not touched.overlaps(finding.source):
        return replace(finding, content=content)
    source = _behind(marks, finding.source, touched) or _subject(doc, marks, finding, touched)
    if source is not None and _holds_a_clause(doc, source):
        source = _last_of(marks, source)
    return replace(finding, content=content, source=source, source_token=_head(doc, source) if source else None)


def _subject(doc: Doc, marks: Marks, finding: Finding, line: Span) -> Span | None:
    """The words between a dateline and a cue right behind it: its subject, whatever the parser made of the line."""
    if finding.cue is None or not 0 < finding.cue.start - line.end <= FARTHEST:
        return None
    between = trim(marks.text, Span(line.end, finding.cue.start), marks.edges)
    clear = between is not None and not any(piece.overlaps(between) for piece in finding.content)
    return between if clear and between is not None and not _holds_a_clause(doc, between) else None


def _holds_a_clause(doc: Doc, source: Span) -> bool:
    words = doc.char_span(*source, alignment_mode="contract")
    return any(token.tag_ in {"VBD", "VBZ", "VBP"} and token.dep_ != "relcl" for token in words or ())


def _last_of(marks: Marks, source: Span) -> Span:
    """What of a source stands behind its last "and": "Talks ended, and officials"."""
    at = source.of(marks.text).rfind(" and ")
    return Span(source.start + at + len(" and "), source.end) if at >= 0 else source


def _source(finding: Finding) -> tuple[Span, ...]:
    return (finding.source,) if finding.source else ()


def _behind(marks: Marks, span: Span, line: Span) -> Span | None:
    """What of a span lies behind a dateline."""
    if not line.overlaps(span):
        return span
    return trim(marks.text, Span(line.end, span.end), marks.edges) if span.end > line.end else None


def _head(doc: Doc, source: Span) -> int | None:
    """The index of the head of the first noun phrase of a source."""
    words = doc.char_span(*source, alignment_mode="contract")
    nouns = [token for token in words or () if token.pos_ in {"NOUN", "PROPN", "PRON"}]
    if not nouns:
        return None
    head = nouns[0]
    while head.head in nouns and head.dep_ == "compound":
        head = head.head
    return int(head.i)
