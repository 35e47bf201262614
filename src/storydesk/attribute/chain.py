"""Through whom words came: "according to an Interfax report", "told state television", "in an interview with X"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storydesk.attribute import cues, syntax
from storydesk.attribute.finding import Finding, span_of_tokens, trim

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from storydesk.model import Span

__all__ = ["chained"]

TELLING = frozenset({"tell", "inform", "assure", "email", "write"})
PERSONAL = frozenset({"he", "she", "they", "we", "i"})


def chained(doc: Doc, text: str, findings: list[Finding]) -> list[Finding]:
    """The findings with their intermediaries.

    Where "according to" qualifies a clause that itself reports ("X said …, according to a report"), the report is the
    way, not the speaker, and its finding gives way to the clause's own. Where it names a document and the clause has
    a person for its subject and quotes somebody, the person is taken to speak through the document.
    """
    ways = {f.cue_token: f for f in findings if f.cue_token is not None and doc[f.cue_token].lower_ == "according"}
    hosts = {syntax.clause_head(doc[index].head).i: f for index, f in ways.items()}
    used: set[int] = set()
    told: list[Finding] = []
    for finding in findings:
        if finding.cue_token in ways or finding.cue_token is None:
            continue
        way = hosts.get(finding.cue_token) or hosts.get(syntax.clause_head(doc[finding.cue_token]).i)
        if way is not None and way.source_token is not None and _qualifies(doc, finding, way):
            used.add(way.cue_token or 0)
            told.append(
                replace(finding, through=way.source, through_token=way.source_token, content=_less(finding, way))
            )
    kept = {finding.cue_token: finding for finding in told}
    result = []
    for finding in findings:
        if finding.cue_token in used:
            continue
        by_token = kept.get(finding.cue_token, finding) if finding.cue_token is not None else finding
        result.append(_audience(doc, text, _document(doc, text, by_token)))
    return result


def _qualifies(doc: Doc, finding: Finding, way: Finding) -> bool:
    """Whether "according to" stands outside the content it would have to be part of otherwise, and names another
    source.
    """
    if way.cue is None or way.source_token == finding.source_token:
        return False
    inside = any(piece.covers(way.cue) for piece in finding.content)
    ends = any(piece.end <= way.cue.start for piece in finding.content)
    document = way.source_token is not None and _is_document(doc[way.source_token])
    return not inside or (ends or document)


def _less(finding: Finding, way: Finding) -> tuple[Span, ...]:
    """The content without the words that name the way."""
    if way.cue is None or way.source is None:
        return finding.content
    pieces = []
    for piece in finding.content:
        if piece.overlaps(way.cue) and piece.start < way.cue.start:
            pieces.append(piece._replace(end=way.cue.start))
        elif not piece.overlaps(way.cue):
            pieces.append(piece)
    return tuple(pieces) or finding.content


def _document(doc: Doc, text: str, finding: Finding) -> Finding:
    """ "But X, according to an account of it, stressed “…”": the account carries the words of X."""
    if finding.cue_token is None or doc[finding.cue_token].lower_ != "according" or finding.source_token is None:
        return finding
    cue, named = doc[finding.cue_token], doc[finding.source_token]
    host = syntax.clause_head(cue.head)
    person = next((t for t in host.children if t.dep_ == "nsubj" and _personal(t)), None)
    if person is None or not _is_document(named) or not _interrupts(person, cue):
        return finding
    content = tuple(piece for piece in finding.content if piece.start > cue.idx)
    if not content or finding.source is None:
        return finding
    verb, content = _leading_verb(doc, text, content)
    source = span_of_tokens(doc, person.left_edge.i, person.i + 1)
    return replace(
        finding,
        content=content,
        cue=verb,
        source=trim(text, source, frozenset()),
        source_token=person.i,
        through=finding.source,
        through_token=finding.source_token,
    )


def _leading_verb(doc: Doc, text: str, content: tuple[Span, ...]) -> tuple[Span | None, tuple[Span, ...]]:
    """The reporting verb a content begins with, and the content without it. The parser took it for something else, so
    by form.
    """
    first = doc.char_span(*content[0], alignment_mode="expand")
    word = first[0] if first is not None else None
    forms = {word.lemma_, word.lower_.removesuffix("ed"), word.lower_.removesuffix("d")} if word is not None else set()
    if first is None or word is None or not forms & cues.SPEECH or len(first) < 2:
        return None, content
    rest = trim(text, content[0]._replace(start=first[1].idx), frozenset({first[1].idx, content[0].end - 1}))
    verb = content[0]._replace(start=word.idx, end=word.idx + len(word.text))
    return verb, (rest, *content[1:]) if rest else content


def _interrupts(person: Token, cue: Token) -> bool:
    """Whether "according to" comes right after the subject, between commas."""
    return person.i < cue.i <= person.i + 3


def _personal(token: Token) -> bool:
    """Whether a subject is a person by its form; a capitalised word that is no noun is a name that was tagged
    wrongly.
    """
    named = token.text[:1].isupper() and token.pos_ not in {"NOUN", "DET", "PRON"}
    return token.ent_type_ == "PERSON" or token.lower_ in PERSONAL or named


def _is_document(token: Token) -> bool:
    return token.lemma_.lower() in cues.DOCUMENTS


def _audience(doc: Doc, text: str, finding: Finding) -> Finding:
    """ "told state television", "said in an interview with a newspaper": an outlet that was told is the way."""
    if finding.through is not None or finding.cue_token is None:
        return finding
    cue = doc[finding.cue_token]
    told = next((t for t in cue.children if t.dep_ in {"dobj", "dative"}), None) if cue.lemma_ in TELLING else None
    if told is None:
        told = _interviewer(cue)
    if told is None or not _outlet(told):
        return finding
    span = trim(text, span_of_tokens(doc, told.left_edge.i, told.i + 1), frozenset())
    if span is None or any(piece.overlaps(span) for piece in finding.content):
        return finding
    return replace(finding, through=span, through_token=told.i)


def _interviewer(cue: Token) -> Token | None:
    for child in cue.children:
        if child.dep_ == "prep":
            for noun in child.children:
                if noun.lemma_ == "interview":
                    return next(
                        (t for p in noun.children if p.dep_ == "prep" for t in p.children if t.dep_ == "pobj"), None
                    )
    return None


def _outlet(token: Token) -> bool:
    if token.lemma_.lower() in cues.MEDIA or token.lower_ in cues.MEDIA:
        return True
    return token.ent_type_ == "ORG" and token.lemma_.lower() not in cues.BODIES
