"""Who speaks in a quotation that the syntax of its sentence did not settle.

Parsers lose their way in quotations of several sentences, so the rest goes by position, as a reader does: "…," said
X; X said: "…"; and a whole sentence between marks that stands alone goes on from what was said before it
(``following``). What fits none of these is left out: it is a title, a scare quote or a term.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from storydesk.attribute import cues, syntax
from storydesk.attribute.finding import Finding, join, span_of_tokens, token_from, trim
from storydesk.attribute.following import ENDS, followed, tellings
from storydesk.attribute.quotation import SENTENCE, is_title
from storydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from storydesk.attribute.quotation import Marks, Quotation

__all__ = ["quoted"]

AFTER = 20
"""Tokens after a quotation in which its cue is looked for: "the governor of the northern province said"."""
BEFORE = 30
"""Tokens before a colon and a quotation in which its cue is looked for; the colon makes up for the distance."""
CLOSE = 8
"""The same before a comma and a quotation; 3 where nothing parts them."""
LABEL = 8
"""The most tokens a line's beginning may have to be the name of who speaks: "Name: “…”"."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})
NEAR = 6
"""Tokens within which a verb, its subject and the quotation must stand for a verb of any kind to report it."""
SIGNATURE = re.compile(r"[ \t]*(?P<dash>[―—–]|--)[ \t]*(?P<name>[^\W\d_a-z][^\n:;!?“”\"]{2,60}?)[. \t]*$", re.MULTILINE)
"""A dash and a name up to the end of the line."""


def quoted(doc: Doc, marks: Marks, found: list[Finding]) -> list[Finding]:
    """The findings with those quotations added that none of them holds yet, in order of their content."""
    findings = list(found)
    held = _holders(marks, findings)
    by_cue = {finding.cue_token: index for index, finding in enumerate(findings) if finding.cue_token is not None}
    told = tellings(findings)
    last: tuple[Quotation, int] | None = None
    for quotation in marks.all:
        index = held.get(quotation)
        if index is None and not is_title(quotation.inner.of(marks.text)):
            finding = _signed(doc, marks, quotation) or _after(doc, marks, quotation) or _before(doc, marks, quotation)
            if finding is not None:
                index = _add(findings, by_cue, finding, marks.text)
            else:
                index = followed(doc, marks.text, findings, told, last, quotation)
        if index is not None:
            last = quotation, index
    return sorted(findings, key=lambda finding: (finding.start, finding.content[-1].end))


def _holders(marks: Marks, findings: list[Finding]) -> dict[Quotation, int]:
    """For each quotation the finding outside it, or of a label at its beginning, whose content it belongs to; the
    tightest where several hold it.
    """
    size = [sum(end - start for start, end in finding.content) for finding in findings]
    held: dict[Quotation, int] = {}
    for index, finding in enumerate(findings):
        for quotation in (q for piece in finding.content for q in marks.touching(piece) if q.inner.overlaps(piece)):
            inside = finding.cue_token is not None and finding.cue is not None and quotation.outer.covers(finding.cue)
            if not inside and (quotation not in held or size[index] < size[held[quotation]]):
                held[quotation] = index
    return held


def _add(findings: list[Finding], by_cue: dict[int, int], finding: Finding, text: str) -> int:
    """Puts a quotation to the finding that has the same cue, or beside the others."""
    cue = finding.cue_token
    if cue is not None and cue in by_cue:
        index = by_cue[cue]
        findings[index] = replace(findings[index], content=join([*findings[index].content, *finding.content], text))
        return index
    findings.append(finding)
    if cue is not None:
        by_cue[cue] = len(findings) - 1
    return len(findings) - 1


def _after(doc: Doc, marks: Marks, quotation: Quotation) -> Finding | None:
    """ "…," said X. "…," X said."""
    if marks.text[quotation.inner.end - 1] == ".":
        return None
    first = token_from(doc, quotation.outer.end)
    for token in doc[first : first + AFTER]:
        if "\n" in token.text or token.text in ENDS or marks.within(token.idx):
            return None
        speaking = _verb(token) and cues.speaks(token.lemma_)
        if speaking or (token.tag_ in FINITE and _frames(quotation, marks.text, first, token)):
            return _finding(doc, marks.text, token, quotation, (first, token.i))
        if token.tag_ in FINITE:
            return None
    return None


def _signed(doc: Doc, marks: Marks, quotation: Quotation) -> Finding | None:
    """ "…" — X: a quotation that ends its line with a dash and the name of who speaks."""
    match = SIGNATURE.match(marks.text, quotation.outer.end)
    if match is None:
        return None
    words = doc.char_span(*match.span("name"), alignment_mode="expand")
    if words is None or any(token.tag_ in FINITE for token in words):
        return None
    head = _noun_in(doc, words.start, words.end)
    source, dash = Span(*match.span("name")), Span(*match.span("dash"))
    return Finding((quotation.outer,), cue=dash, source=source, source_token=head.i if head is not None else None)


def _frames(quotation: Quotation, text: str, first: int, verb: Token) -> bool:
    """Whether a verb of any kind must report: "a whole clause with a comma at its end," barked X; or X barked."""
    words = quotation.inner.of(text)
    who = subject if (subject := syntax.subject(verb)) is not None and subject.i >= first else None
    near = who is not None and abs(who.i - verb.i) <= NEAR
    return words[-1] in ",?!" and words.count(" ") >= SENTENCE and verb.i <= first + NEAR and near


def _before(doc: Doc, marks: Marks, quotation: Quotation) -> Finding | None:
    """X said: "…". X said, "…". In a statement: "…". X: "…"."""
    at = quotation.outer.start
    while at > 0 and marks.text[at - 1].isspace():
        at -= 1
    sign = marks.text[at - 1 : at]
    if not sign or (sign != ":" and "\n" in marks.text[at : quotation.outer.start]):
        return None
    reach = BEFORE if sign == ":" else CLOSE if sign == "," else 3
    last = token_from(doc, at - (sign in ":,"))
    first = last
    for token in reversed(doc[max(last - reach, 0) : last]):
        if "\n" in token.text or token.text in ENDS or marks.within(token.idx):
            break
        first = token.i
        speaking = _verb(token) and (cues.speaks(token.lemma_) or _phrasal(token))
        if speaking or (sign in ":," and token.lemma_.lower() in cues.SPEECH_NOUNS):
            return _finding(doc, marks.text, token, quotation, (token.i + 1, last))
    verb = next((token for token in reversed(doc[first:last]) if token.tag_ in FINITE), None)
    if sign == ":" and verb is not None:
        return _finding(doc, marks.text, verb, quotation, (verb.i + 1, last))
    labels = first == 0 or "\n" in doc[first - 1].text or (last > first and doc[last - 1].ent_type_ == "PERSON")
    if sign == ":" and 0 < last - first <= LABEL and labels:
        source = trim(marks.text, span_of_tokens(doc, first, last), frozenset())
        colon = Span(at - 1, at)
        return Finding((quotation.outer,), cue=colon, source=source, source_token=doc[first:last].root.i)
    return None


def _verb(token: Token) -> bool:
    """Whether a word is a verb at work, not one that only describes ("so-called")."""
    return token.tag_.startswith("VB") and token.dep_ != "amod"


def _phrasal(verb: Token) -> bool:
    return any(child.dep_ == "prt" and f"{verb.lemma_} {child.lower_}" in cues.PHRASAL for child in verb.children)


def _finding(doc: Doc, text: str, cue: Token, quotation: Quotation, beside: tuple[int, int]) -> Finding:
    """A quotation under a cue; its source is the cue's subject, or else what stands in the tokens between the two or
    right after.
    """
    head = syntax.subject(cue) if cue.pos_ != "NOUN" else next((t for t in cue.children if t.dep_ == "poss"), None)
    if head is not None and quotation.outer.overlaps(Span(head.idx, head.idx + len(head.text))):
        head = None
    if head is None:
        head = _noun_in(doc, *beside) or _noun_in(doc, cue.i + 1, min(cue.i + 4, len(doc)))
    source = None
    if head is not None:
        start, end = syntax.source_of(head, cue)
        source = trim(text, _outside(span_of_tokens(doc, start, end), quotation.outer, head.idx), frozenset())
    return Finding(
        content=(quotation.outer,),
        cue=span_of_tokens(doc, cue.i, cue.i + 1),
        source=source,
        cue_token=cue.i,
        source_token=head.i if source and head is not None else None,
    )


def _noun_in(doc: Doc, start: int, end: int) -> Token | None:
    """The head of the first noun phrase among some tokens."""
    for token in doc[start:end]:
        if token.pos_ in {"PROPN", "NOUN", "PRON"}:
            head = token
            while head.head != head and head.head.pos_ in {"PROPN", "NOUN"} and start <= head.head.i < end:
                head = head.head
            return head
    return None


def _outside(span: Span, outer: Span, near: int) -> Span:
    """The side of a span that is clear of the quotation and holds ``near``."""
    if not span.overlaps(outer):
        return span
    return Span(max(span.start, outer.end), span.end) if near >= outer.end else Span(span.start, outer.start)
