"""What holds for every attribution of any text, and the texts that it is tried on.

The texts are the articles of ``quotes/``, both splits, and ones that are put together by chance from what the web
writes around words: every style of quotation marks, closers that are missing or of another style, marks in marks,
speeches that a cue interrupts or that run on over paragraphs, datelines, labels, chains, letters outside the basic
plane.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from eval.attribution import articles, names_of
from storydesk.attribute import attribute
from storydesk.language import parse
from storydesk.model import Attribution, Item, Span

__all__ = ["broken", "generated", "measure"]

TEXTS = 10_000

MARKS = [
    *[("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("« ", " »"), ("»", "«"), ("„", "“"), ("„", "”")],
    *[("``", "''"), ("''", "''"), ("「", "」"), ("“", "“"), ("“", '"'), ("“", ""), ("", "”"), ('"', ""), ("„", "")],
]
SPEAKERS = [
    *["Ana Ruiz", "Ruiz", "she", "He", "they", "the minister", "a senior official", "The ministry", "Dr. Li-Wei Chen"],
    *["the Harbour Board", "people familiar with the plan", "Ola O'Neill, 45,", "🦊 Fox News-Desk", "Mme Lefèvre"],
]
CUES = [
    *["said", "told reporters", "added", "asked", "denied", "wrote on X", "insisted on Monday", "has confirmed that"],
    *["was quoted as saying by the Gazette", "claimed", "replied:", "warned that", "dijo", "sagte", "a déclaré"],
]
WORDS = [
    *["the bridge is safe", "we don't know", "it's a “fair” deal", "I’ve seen ‘The Long Boat’", "27 people were hurt"],
    *[
        "nobody’s perfect",
        "the workers' boat isn't lost",
        "go!",
        "why?",
        "a 6'2\" man",
        "in ’98",
        "…",
        "El puente aguanta",
    ],
    *[
        "“nested, he said, ‘twice’”",
        "that he would resign if asked",
        "not",
        "🦊🦊",
        "die Brücke hält",
        "a\u00a0b",
        "e\u0301",
    ],
]
OPENINGS = ["", "", "", "CORK, Ireland (Gazette) — ", "RUIZ: ", "According to a Gazette report, ", "But ", "— ", "• "]
ENDS = [".", ".", ".", "?", "!", "", ",", ".\n", ".\n\n", "…", " —"]


def broken(text: str, found: tuple[Attribution, ...]) -> list[str]:
    """The laws that these attributions of a text break, in words; none where all is well."""
    laws = []
    for said in found:
        parts = {"content": said.content, "cue": said.cue, "source": said.source, "quoted": said.quoted}
        parts["through"] = (said.through_span,) if said.through_span else ()
        for name, spans in parts.items():
            if not all(0 <= start < end <= len(text) for start, end in spans):
                laws.append(f"{name} lies outside the text or is empty: {spans}")
            if not all(left.end <= right.start for left, right in pairwise(spans)):
                laws.append(f"{name} overlaps itself or is out of order: {spans}")
            if any(span.of(text) != span.of(text).strip() for span in spans):
                laws.append(f"{name} begins or ends with a blank: {spans}")
        laws += _of_words(said)
    return laws


def _of_words(said: Attribution) -> Iterator[str]:
    if not said.content:
        yield "nothing is said"
    if not all(_covered(inner, said.content) for inner in said.quoted):
        yield f"quoted words outside the content: {said.quoted}"
    if (said.kind == "indirect") != (not said.quoted):
        yield f"{said.kind} with the quoted words {said.quoted}"
    if said.speaker is not None and not said.speaker.strip():
        yield "an empty speaker"


def _covered(inner: Span, content: tuple[Span, ...]) -> bool:
    return any(piece.start <= inner.start and inner.end <= piece.end for piece in content)


def generated(chance: random.Random) -> str:
    """A text of one to five paragraphs."""
    return chance.choice(["\n", "\n\n", " "]).join(_paragraph(chance) for _ in range(chance.randint(1, 5)))


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 4)))


def _sentence(chance: random.Random) -> str:
    opener, closer = chance.choice(MARKS)
    words, more = chance.choice(WORDS), chance.choice(WORDS)
    speaker, cue, end = chance.choice(SPEAKERS), chance.choice(CUES), chance.choice(ENDS)
    forms = [
        f"{opener}{words},{closer} {speaker} {cue}{end}",
        f"{opener}{words},{closer} {cue} {speaker}, {opener}{more}{end}{closer}",
        f"{speaker} {cue} {opener}{words}{end}{closer}",
        f"{speaker} {cue} {words}{end}",
        f"{words}, {speaker} {cue}{end}",
        f"{speaker} {cue}, while {chance.choice(SPEAKERS)} {chance.choice(CUES)} {opener}{words}{closer}{end}",
        f"{opener}{words}{end}",
        f"{words} {opener}{more}{closer}{end}",
    ]
    return chance.choice(OPENINGS) + chance.choice(forms)


def measure(data: Path) -> list[tuple[str, float]]:
    """The share of the texts on which every law holds."""
    chance = random.Random(1)
    real = [(article["text"], "en") for split in ("train", "dev") for article in articles(data, split)]
    made = [(generated(chance), chance.choice(["en", "en", "es", "de"])) for _ in range(TEXTS)]
    return [
        (f"attribution offsets hold, {len(real)} articles", _share(real)),
        (f"attribution offsets hold, {len(made):,} generated texts", _share(made)),
    ]


def _share(texts: list[tuple[str, str]]) -> float:
    return sum(not broken(text, _attributed(text, language)) for text, language in texts) / len(texts)


def _attributed(text: str, language: str) -> tuple[Attribution, ...]:
    doc = parse(text, language)
    return attribute(Item(id="t", text=text, language=language), doc, names_of(doc))
