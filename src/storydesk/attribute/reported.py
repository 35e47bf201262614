"""Attributions that the syntax of a sentence states: the candidates that hold, as spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storydesk.attribute import scoring, syntax
from storydesk.attribute.finding import Finding, join, span_of_tokens, trim
from storydesk.attribute.quotation import Marks
from storydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from storydesk.attribute.syntax import Candidate

__all__ = ["reported"]

EMPTY = frozenset({"that", "so", "it", "this"})
"""Contents that point elsewhere and say nothing by themselves."""


def reported(doc: Doc, marks: Marks) -> list[Finding]:
    """One finding for each cue that has a candidate that holds, in order of their cues."""
    inside = marks.tokens(doc)
    model = scoring.model()
    by_cue: dict[int, list[Candidate]] = {}
    for candidate in syntax.candidates(doc):
        if scoring.holds(candidate, inside, model):
            by_cue.setdefault(candidate.cue.i, []).append(candidate)
    found = (_finding(doc, same_cue, marks) for same_cue in by_cue.values())
    return _outermost([finding for finding in found if finding is not None])


def _outermost(findings: list[Finding]) -> list[Finding]:
    """The findings without those that a cue chain repeats: of "declined to comment on it" only what was declined."""
    same: dict[Span | None, list[Finding]] = {}
    for finding in findings:
        same.setdefault(finding.source, []).append(finding)
    return [f for f in findings if f.source is None or not any(_repeats(f, other) for other in same[f.source])]


def _repeats(finding: Finding, other: Finding) -> bool:
    """Whether a finding lies, cue and all, in what another says that its source said."""
    inside = (piece for piece in other.content if finding.cue is not None and piece.covers(finding.cue))
    return other is not finding and any(piece.covers(finding.content[0]) for piece in inside)


def _finding(doc: Doc, same_cue: list[Candidate], marks: Marks) -> Finding | None:
    first = same_cue[0]
    around = marks.within(first.cue.idx)
    pieces = [piece for candidate in same_cue for piece in syntax.content_of(candidate)]
    trimmed = (trim(marks.text, span_of_tokens(doc, *piece), marks.edges) for piece in pieces)
    spans = [span for span in trimmed if span]
    spans = [marks.whole(span) if around is None else _inside(span, around.inner) for span in spans]
    cue = span_of_tokens(doc, *syntax.cue_of(first))
    content = tuple(apart(join([s for s in spans if s.start < s.end], marks.text), cue))
    if not content or " ".join(piece.of(marks.text).lower() for piece in content) in EMPTY:
        return None
    source = span_of_tokens(doc, *syntax.source_of(first.source, first.cue)) if first.source is not None else None
    pronoun = syntax.pronoun_of(first.source, first.cue) if first.source is not None else None
    return Finding(
        content=content,
        cue=cue,
        source=trim(marks.text, source, frozenset()) if source else None,
        cue_token=first.cue.i,
        source_token=first.source.i if first.source is not None else None,
        pronoun=span_of_tokens(doc, pronoun.i, pronoun.i + 1) if pronoun is not None else None,
    )


def apart(spans: tuple[Span, ...], cue: Span) -> list[Span]:
    """The spans without those that fell onto the cue."""
    return [span for span in spans if not span.overlaps(cue)]


def _inside(span: Span, inner: Span) -> Span:
    """A span kept within the quotation in which its cue stands."""
    return Span(max(span.start, inner.start), min(span.end, inner.end))
