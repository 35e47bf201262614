"""The names as the language model hears them, with its known faults mended by general rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from storydesk.model import EntityType
from storydesk.recognise.bodies import with_number
from storydesk.recognise.names import Named
from storydesk.recognise.offices import holds_office, office_before
from storydesk.recognise.persons import is_person_here, run_together, whole
from storydesk.recognise.titles import OCCUPATION, TITLE_OBJECT, before_name

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["capitalised", "heard", "overheard"]

TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    "NORP": "other",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "PRODUCT": "other",
    "LAW": "other",
}
"""OntoNotes labels as types of ours. Times, quantities and languages name nothing that a card could show."""

EDGES = " \t\u00a0\"'“”‘’«»„()[]{}<>,;:!?…–—-*•|/\\"
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’]|['’])$")
BREAK = re.compile(r"\n| [–—-]+ | ?-[LR][RSC]B-")
"""What stands in no name: the end of a line, the dash behind the town of a date-line, a treebank's bracket."""

LISTED = re.compile(r"[^\W\d_a-z]\w+(?: ?, (?!Inc|Ltd|LLC|Jr|Sr)[^\W\d_a-z]\w+)+")
ONE_BY_ONE = re.compile(r" ?, ")
"""Single words in a list, heard as one name: "Lund, Ek quit"."""

ARTICLE = re.compile(r"(?:the|a|an) ", re.IGNORECASE)
TITLED = re.compile(r"[A-ZÀ-Ž][\w'’.-]*")
LOOSE = re.compile(r" (?:at|of|in|on|for|and|the|to|with|by|\d{1,3}[-–]\d{1,3})$")
"""What a name does not end in: "the Lund Center at", "Peru 2-1"."""

RUN = re.compile(
    r"(?<!\w)[^\W\d_a-zà-ÿ][\w'’]+"
    r"(?:[ -](?:(?:de|da|di|do|du|la|le|van|von|der|den|bin|al|el)[ -])*[^\W\d_a-z][\w'’]+)+"
)
"""Two or more words in a row that begin with a capital, small particles between."""


DATIVE = re.compile(r"(?<! van)(?<! von) (?:der|den) ")
"""What ends a person's name in German: "Sabine Roth der Zeitung"."""


def heard(doc: Doc, text: str) -> Iterator[Named]:
    """The model's names, trimmed to the name itself: no quotation marks, articles, titles or possessive endings."""
    for ent in doc.ents:
        kind = TYPES.get(ent.label_)
        if kind is None:
            continue
        at = ent.start_char
        for line in (ONE_BY_ONE if LISTED.fullmatch(ent.text) else BREAK).split(ent.text):
            at = text.index(line, at)
            start, end = _trimmed(text, at, at + len(line), kind)
            at += len(line)
            if end > start and _is_name(text, start, end, kind):
                yield Named(start, end, kind)


def _trimmed(text: str, start: int, end: int, kind: EntityType) -> tuple[int, int]:
    before = None
    while before != (start, end):
        before = (start, end)
        words = text[start:end]
        end -= len(words) - len(words.rstrip(EDGES))
        start += len(words) - len(words.lstrip(EDGES))
        words = text[start:end]
        if possessive := POSSESSIVE.search(words):
            end = start + possessive.start()
        if loose := LOOSE.search(words):
            end = start + loose.start()
        if kind != "work" and (article := ARTICLE.match(words)):
            start += article.end()
        if kind == "person":
            start += before_name(text[start:end])
            start, end = whole(text, start, end)
        if kind == "organisation":
            start = with_number(text, start, end)
    return start, end


def _is_name(text: str, start: int, end: int, kind: EntityType) -> bool:
    words = text[start:end]
    if not any(letter.isalpha() for letter in words) or (words[0].islower() and not TITLED.search(words)):
        return False
    if kind == "person" and (run_together(words) or (not TITLED.match(words) and words[0].isascii())):
        return False
    return not (kind != "person" and TITLE_OBJECT.search(text[max(0, start - 30) : start]))


def overheard(doc: Doc, names: Sequence[Named]) -> Iterator[Named]:
    """People the model did not hear at all: runs of proper nouns beside words that only people stand beside."""
    taken, text = [name.span for name in names], doc.text
    at = 0
    while at < len(doc):
        last = at
        while last < len(doc) and doc[last].pos_ == "PROPN" and not doc[last].ent_type_:
            last += 1
        first = next((i for i in range(at, last) if not OCCUPATION.fullmatch(doc[i].text)), last)
        if last - first > 1:
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
            free = all(end <= s or e <= start for s, e in taken)
            if free and is_person_here(text, start, end):
                yield Named(start, end, "person")
        at = max(last, at + 1)


def capitalised(doc: Doc, text: str) -> Iterator[Named]:
    """In a language without a model: runs of words with capitals, not at the head of a sentence. People by an office
    beside them, which is no part of the name; else of type "other", unless known.
    """
    heads = {sentence.start_char for sentence in doc.sents}
    for match in RUN.finditer(text):
        start = match.start() + office_before(match[0])
        end = match.start() + len(DATIVE.split(match[0])[0])
        if " " in text[start:end] and holds_office(text, start, end):
            yield Named(start, end, "person")
        elif match.start() not in heads:
            yield Named(*match.span(), "other")
