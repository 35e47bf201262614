"""Who may say what in a sentence, read off its dependency tree.

For each word that could report speech or thought, each of its dependents that could be what is reported gives one
:class:`Candidate`: the complement clause of "said", the object of "announced", the clause around "he said" in the
middle of it, what "according to" qualifies. Which candidates hold is decided in ``scoring``. Relations are those of
spaCy's English models (ClearNLP labels).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from storydesk.attribute import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "Candidate",
    "Range",
    "candidates",
    "clause_head",
    "content_of",
    "cue_of",
    "pronoun_of",
    "source_of",
    "subject",
]

Range = tuple[int, int]
"""Half-open token indices."""

COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "acl", "advcl", "attr", "acomp", "oprd", "nsubjpass", "pcomp", "agent"}
)
"""The relations under which reported matter hangs from its cue."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
NOMINAL = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN"})
TIMES = frozenset({"DATE", "TIME"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
SHARED = 4
"""Verbs up a chain ("agreed to try to say") that may lend their subject."""
OWNERS = frozenset({"of", "by", "from"})
"""Prepositions by which a noun names who said it: "a statement by", "the words of"."""


class Candidate(NamedTuple):
    """A possible attribution: ``content`` (the head of it) reported by ``cue`` under ``relation``, ``source`` its
    sayer's head word.

    ``relation`` is a dependency label, or "host" for a clause that contains its cue, or "according". ``link`` is the
    word that joins them: a complementiser or preposition, "" for none.
    """

    cue: Token
    relation: str
    content: Token
    link: str
    source: Token | None


def candidates(doc: Doc) -> Iterator[Candidate]:
    """All candidates of a parsed text, in order of their cues."""
    for token in doc:
        if token.lower_ == "according":
            yield from _according(token)
        elif token.tag_.startswith("VB"):
            if token.dep_ != "amod" and _worded(token):
                yield from _verb(token)
        elif token.pos_ == "NOUN" and _worded(token):
            yield from _noun(token)


def _worded(token: Token) -> bool:
    """Whether a word has letters: the tagger takes a rare dash for a verb."""
    return any(letter.isalpha() for letter in token.text)


def _verb(cue: Token) -> Iterator[Candidate]:
    source = subject(cue)
    for child in cue.children:
        relation = child.dep_
        if relation not in COMPLEMENTS or child.is_space:
            continue
        if relation == "nsubjpass" and not _agent(cue):
            relation = "nsubjpass-bare"
        if relation == "prep":
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield Candidate(cue, relation, inner, child.lower_, source)
        elif relation != "agent":
            yield Candidate(cue, relation, child, _mark(child), source)
    host = cue.head
    if host != cue and (cue.dep_ == "parataxis" or (cue.dep_ == "advcl" and _mark(cue) == "as")):
        yield Candidate(cue, "host", host, _mark(cue), source)


def _noun(cue: Token) -> Iterator[Candidate]:
    for child in cue.children:
        if child.dep_ in {"acl", "ccomp", "relcl"} and (child.dep_ != "relcl" or _mark(child) == "that"):
            yield Candidate(cue, "noun-" + child.dep_, child, _mark(child), _owner(cue))


def _according(cue: Token) -> Iterator[Candidate]:
    named = next((t for t in cue.subtree if t.dep_ == "pobj" and t.head.i in (cue.i, cue.i + 1)), None)
    host = clause_head(cue.head)
    if named is not None and host != cue:
        yield Candidate(cue, "according", host, "", named)


def clause_head(token: Token) -> Token:
    """The verb of the clause a word stands in, or the root of its sentence."""
    while (token.pos_ not in {"VERB", "AUX"} or token.dep_ in SUBJECTS) and token.head != token:
        token = token.head
    while token.dep_ in {"aux", "auxpass", "conj", "xcomp"} and token.head != token:
        token = token.head
    return token


def subject(cue: Token) -> Token | None:
    """The head of whoever does what a verb says: its subject, agent, or the subject it shares with a verb above it."""
    inverted = _after_cue(cue)
    if inverted is not None:
        return inverted
    verb: Token | None = cue
    for _ in range(SHARED):
        if verb is None:
            break
        agent = _agent(verb)
        if agent is not None:
            return agent
        found = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if found is not None:
            passive = any(child.dep_ == "auxpass" for child in cue.children)
            return None if passive and verb == cue else _antecedent(found, verb)
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head
        verb = _governor(verb)
    return None


def _governor(verb: Token) -> Token | None:
    """The verb above, or the preposition in between, whose subject a verb without its own shares."""
    above = verb.head
    shares = verb.dep_ in {"conj", "advcl", "xcomp", "aux", "ccomp", "dep", "pcomp", "prep"} and above != verb
    return above if shares and (above.pos_ in {"VERB", "AUX"} or above.dep_ == "prep") else None


def _after_cue(cue: Token) -> Token | None:
    """Who is named right after a verb that follows a comma or quotation mark: "…, said Ana Ruiz", whatever the parser
    made of it. Only after a mark that closes a quotation may it be a noun: "…,” added a rival".
    """
    if not 0 < cue.i < len(cue.doc) - 1 or cue.nbor(-1).text[-1:] not in ",”\"’'?!»—":
        return None
    head = cue.nbor(1)
    if head.ent_type_ == "PERSON":
        while head.head.i > head.i and head.head.ent_type_ == "PERSON":
            head = head.head
        return head
    if cue.nbor(-1).text[-1:] in ",?!—" or not cues.speaks(cue.lemma_) or any(t.dep_ in SUBJECTS for t in cue.children):
        return None
    while head.i + 1 < len(head.doc) and head.pos_ in NOMINAL and head.nbor(1).pos_ in NOMINAL:
        head = head.nbor(1)
    return head if head.pos_ in {"NOUN", "PROPN"} and head.ent_type_ not in TIMES else None


def _antecedent(found: Token, verb: Token) -> Token:
    return verb.head if verb.dep_ == "relcl" and found.lower_ in RELATIVES else found


def pronoun_of(source: Token, cue: Token) -> Token | None:
    """The "who" or "which" by which a source stands in the clause of its cue: "Ruiz, who said that …"."""
    if not source.left_edge.i <= cue.i <= source.right_edge.i or cue == source:
        return None
    clause = _branch(cue, source)
    if clause.dep_ != "relcl":
        return None
    return next((child for child in clause.children if child.dep_ in SUBJECTS and child.lower_ in RELATIVES), None)


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None


def _owner(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in OWNERS:
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    governor = noun.head
    return subject(governor) if noun.dep_ == "dobj" else None


def _mark(child: Token) -> str:
    """The word that introduces a clause: "that", "whether", "how", "to"."""
    first = next((t for t in child.children if t.dep_ == "mark" or t.tag_ in {"WRB", "WP", "WDT", "TO"}), None)
    return first.lower_ if first is not None else ""


def cue_of(candidate: Candidate) -> Range:
    """The cue's own words: a verb with its particle or "to", "according to"."""
    cue = candidate.cue
    if candidate.relation == "according":
        following = cue.nbor(1) if cue.i + 1 < len(cue.doc) else cue
        return cue.i, cue.i + (2 if following.lower_ == "to" else 1)
    first = cue.i
    while first > 0 and cue.doc[first - 1].head == cue and cue.doc[first - 1].dep_ in {"aux", "auxpass", "neg"}:
        first -= 1
    last = cue.i + 1
    if candidate.relation == "prep" and last < len(cue.doc) and cue.doc[last].lower_ == candidate.link:
        last += 1
    return first, last


def content_of(candidate: Candidate) -> list[Range]:
    """The words of the content, in pieces where the cue or the source stand inside it."""
    head, cue = candidate.content, candidate.cue
    start, end = head.left_edge.i, head.right_edge.i + 1
    if candidate.relation in {"host", "according"}:
        hole = cue.left_edge.i, cue.right_edge.i + 1
        if candidate.relation == "according" and cue.left_edge.is_sent_start:
            end = cue.sent.end
        return _without([(start, end)], hole)
    pieces = [(start, end)]
    for child in head.children:
        if child.i > head.i and _turns(child):
            pieces = _without(pieces, (child.left_edge.i, child.right_edge.i + 1))
    if start <= cue.i < end:
        pieces = _without(pieces, cue_of(candidate))
        if candidate.source is not None:
            pieces = _without(pieces, source_of(candidate.source, cue))
    return pieces


def _turns(child: Token) -> bool:
    """Whether a clause within a content turns to somebody else: "…, while Cruz said that …", "…, and the mayor added
    …".
    """
    speaks = any(t.dep_ == "ccomp" for t in child.children) and any(t.dep_ in SUBJECTS for t in child.children)
    return (child.dep_ == "advcl" and _mark(child) in {"while", "whereas"}) or (
        child.dep_ == "conj" and speaks and cues.speaks(child.lemma_) and child.tag_ in {"VBD", "VBZ"}
    )


def source_of(head: Token, cue: Token) -> Range:
    """The words of a source, without the clause in which it speaks where that hangs from it."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    aside = next((child for child in head.children if child.i > head.i and _aside(child)), None)
    if aside is not None:
        end = aside.left_edge.i
    if start <= cue.i < end:
        if cue.i > head.i:
            end = max(min(_branch(cue, head).left_edge.i, cue.i), head.i + 1)
        else:
            start = cue.i + 1
    return start, end


def _aside(child: Token) -> bool:
    """Whether what hangs from a source is told of its speaking: "Ruiz, asked about it, said"."""
    return child.lower_ == "according" or (child.dep_ == "acl" and child.left_edge.nbor(-1).text == ",")


def _branch(token: Token, above: Token) -> Token:
    """The child of ``above`` under which ``token`` stands."""
    while token.head not in (above, token):
        token = token.head
    return token


def _without(pieces: list[Range], hole: Range) -> list[Range]:
    left = [(start, min(end, hole[0])) for start, end in pieces]
    right = [(max(start, hole[1]), end) for start, end in pieces]
    return sorted({(start, end) for start, end in left + right if start < end})
