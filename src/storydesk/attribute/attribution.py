"""The way through: quotation marks, then syntax, then what the marks still leave open, then intermediaries, then
speakers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storydesk.attribute import cues
from storydesk.attribute.chain import chained
from storydesk.attribute.dateline import without_datelines
from storydesk.attribute.finding import Finding, join, trim
from storydesk.attribute.labels import labelled
from storydesk.attribute.plain import plain
from storydesk.attribute.plausible import nobody
from storydesk.attribute.quotation import Marks, is_speech, is_title
from storydesk.attribute.quoting import quoted
from storydesk.attribute.reported import reported
from storydesk.attribute.speaker import OWN, Speaker, Speakers
from storydesk.model import Attribution, AttributionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from storydesk.model import Item, Mention

__all__ = ["attribute"]

AROUND = ' \t"”“»«„'
OPENING = '“«„"'
"""Marks of quotation beside a source, and those that show that a closing one belongs to it."""


def attribute(item: Item, doc: Doc, mentions: tuple[Mention, ...]) -> tuple[Attribution, ...]:
    """Who is said to have said what in an item, in order of the content.

    ``doc`` is ``language.parse(item.text, item.language)``; without syntax in it (another language than English) only
    quotations are attributed. Never raises on any text; every span lies in ``doc.text`` and is not empty.
    """
    marks = Marks(doc.text)
    if doc.has_annotation("DEP"):
        findings = chained(doc, marks.text, quoted(doc, marks, [*labelled(marks, mentions), *reported(doc, marks)]))
        findings = without_datelines(doc, marks, findings)
    else:
        findings = plain(marks.text, item.language, marks, mentions)
    return _resolved(item, doc, marks, findings, mentions)


def _resolved(
    item: Item, doc: Doc, marks: Marks, findings: list[Finding], mentions: tuple[Mention, ...]
) -> tuple[Attribution, ...]:
    """The findings with their speakers, in the order in which their sources stand in the text."""
    speakers = Speakers(doc, marks.text, mentions, item.source)
    order = sorted(range(len(findings)), key=lambda i: (findings[i].source or findings[i].content[0], i))
    known: dict[int, Attribution] = {}
    told: list[tuple[Finding, Speaker]] = []
    for index in order:
        finding = _tidy(marks, findings[index])
        if finding is None:
            continue
        finding = _nearer(doc, marks.text, finding)
        speaker = _speaker(doc, marks, finding, speakers, told)
        if speaker is not None:
            told.append((finding, speaker))
        if _only_titles(doc, marks, finding):
            continue
        known[index] = _attribution(doc, marks, finding, speaker, speakers)
    return tuple(sorted(known.values(), key=lambda found: (found.extent, found.cue)))


def _speaker(
    doc: Doc, marks: Marks, finding: Finding, speakers: Speakers, told: list[tuple[Finding, Speaker]]
) -> Speaker | None:
    """Who a finding's source is; ``None`` where its words are nobody's."""
    if finding.source is None:
        return None
    head = doc[finding.source_token] if finding.source_token is not None else None
    cue = doc[finding.cue_token] if finding.cue_token is not None else None
    speaker = speakers.resolve(finding.source, finding.source_token, _around(marks.text, finding, told))
    described = speaker is not None and not speaker.person and speaker.entity is None
    return None if described and nobody(finding.source.of(marks.text), head, cue) else speaker


def _attribution(doc: Doc, marks: Marks, finding: Finding, speaker: Speaker | None, speakers: Speakers) -> Attribution:
    verbatim = _verbatim(doc, marks, finding)
    through = speakers.way(finding.through, finding.through_token) if finding.through else None
    return Attribution(
        content=finding.content,
        cue=(finding.cue,) if finding.cue else (),
        source=(finding.pronoun or finding.source,) if finding.source else (),
        speaker=speaker.name if speaker else None,
        entity=speaker.entity if speaker else None,
        kind=_kind(marks.text, finding.content, verbatim),
        through=through,
        through_span=finding.through if through else None,
        quoted=verbatim,
    )


def _tidy(marks: Marks, finding: Finding) -> Finding | None:
    """A finding whose content is trimmed, in order and not empty."""
    pieces = [trimmed for piece in _parted(marks, finding) if (trimmed := trim(marks.text, piece, marks.edges))]
    if not pieces:
        return None
    source = _clear(marks.text, finding.source) if finding.source else None
    return replace(finding, content=join(pieces, marks.text), source=source)


def _parted(marks: Marks, finding: Finding) -> tuple[Span, ...]:
    """The content without words of the outlet's own, which a cue parts from direct speech: "“…,” he said, leaving the
    hall".
    """
    if finding.cue is None:
        return finding.content
    speech = [q.outer for piece in finding.content for q in marks.touching(piece) if is_speech(q.inner.of(marks.text))]
    before = any(outer.end <= finding.cue.start for outer in speech)
    after = any(outer.start >= finding.cue.end for outer in speech)
    return tuple(
        piece
        for piece in finding.content
        if marks.touching(piece) or not (before if piece.start >= finding.cue.end else after)
    )


def _clear(text: str, source: Span) -> Span | None:
    """A source without marks of quotations that end or begin beside it."""
    start, end = source
    words = text[start:end]
    start += len(words) - len(words.lstrip(AROUND))
    if any(mark in words[:-1] for mark in OPENING):
        return trim(text, Span(start, end), frozenset())
    return trim(text, Span(start, start + len(text[start:end].rstrip(AROUND))), frozenset())


def _nearer(doc: Doc, text: str, finding: Finding) -> Finding:
    """A source that is nobody gives way to the words between it and the cue: "…, most of them children, the police
    said".
    """
    if finding.source is None or finding.cue is None or not nobody(finding.source.of(text), None, None):
        return finding
    between = text[finding.source.end : finding.cue.start]
    words = doc.char_span(finding.source.end, finding.cue.start, alignment_mode="contract")
    heads = [token for token in words or () if token.pos_ in {"NOUN", "PROPN"}]
    source = trim(text, Span(finding.source.end, finding.cue.start), frozenset())
    if not between.startswith(", ") or "," in between[1:] or not heads or source is None:
        return finding
    return replace(finding, source=source, source_token=heads[-1].i)


def _around(text: str, finding: Finding, told: list[tuple[Finding, Speaker]]) -> Speaker | None:
    """Who speaks the words in which a source says "I"."""
    if finding.source is None or finding.source.of(text).lower() not in OWN:
        return None
    for other, speaker in reversed(told):
        if any(piece.covers(finding.source) for piece in other.content):
            return speaker
    return None


def _verbatim(doc: Doc, marks: Marks, finding: Finding) -> tuple[Span, ...]:
    """The pieces of a content between quotation marks, marks excluded; none where its cue stands between the same
    marks.
    """
    pieces = []
    for piece in finding.content:
        for quotation in marks.touching(piece):
            own = piece.covers(quotation.inner) and not (finding.cue and quotation.outer.covers(finding.cue))
            if own and (_speech(doc, finding) or not is_title(quotation.inner.of(marks.text))):
                pieces.append(quotation.inner)
    return tuple(sorted(set(pieces)))


def _speech(doc: Doc, finding: Finding) -> bool:
    """Whether words between marks after this cue are somebody's speech even where they look like a title."""
    return finding.cue_token is None or cues.speaks(doc[finding.cue_token].lemma_)


def _only_titles(doc: Doc, marks: Marks, finding: Finding) -> bool:
    """Whether all that is "reported" is the name of a work: critics liked "The Long Bridge"."""
    inner = [q.inner for piece in finding.content for q in marks.touching(piece) if piece == q.outer]
    titles = len(inner) == len(finding.content) and all(is_title(span.of(marks.text)) for span in inner)
    return titles and not _speech(doc, finding)


def _kind(text: str, content: tuple[Span, ...], verbatim: tuple[Span, ...]) -> AttributionKind:
    """Direct where every word of the content is verbatim, mixed where some are."""
    if not verbatim:
        return "indirect"
    words = sum(letter.isalnum() for piece in content for letter in piece.of(text))
    own = sum(letter.isalnum() for piece in verbatim for letter in piece.of(text))
    return "direct" if own >= words else "mixed"
