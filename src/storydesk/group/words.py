"""What a text is made of, as grouping sees it: terms, names and numbers, found by light rules in one pass and in any
script.

No parser: the same words come out wherever grouping runs (the worker, the filter, the library), some hundred times as
fast as with one. ``docs/models/grouping.md`` says what a parser's names would bring.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = ["CALENDAR", "Words", "numbers", "read_words", "term"]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NUMBER = re.compile(r"\d(?<![\w.,]\d)(?:[\d.,]*\d(?![\w%])|\d*(?!\w))")
SENTENCE_END = re.compile(r"[.!?…:\n\"“”«»„(]")
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Japanese kana and Han are written without spaces: their words are taken as pairs of characters."""

POSSESSIVE = re.compile(r"['’](?:s|S)?$")
LONGEST_WORD = 40
"""Longer runs of letters are addresses or damage."""

MOST_CHUNKS = 100_000
"""Chunks that are remembered: some 40 MB."""

CALENDAR = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march"),
        *("april", "may", "june", "july", "august", "september", "october", "november", "december"),
    }
)
"""Written with a capital and the name of nothing: no evidence that a person would accept."""

Words = tuple[list[str], dict[str, str]]
"""The terms in order, and the names among them: term to the form that was written."""


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """The form under which a word is compared: lower case, without possessive and plural (Harman's "S" stemmer,
    1991)."""
    form = POSSESSIVE.sub("", word).replace("’", "'").casefold()
    if len(form) > 3 and form.endswith("ies") and not form.endswith(("eies", "aies")):
        return form[:-3] + "y"
    if len(form) > 3 and form.endswith("s") and not form.endswith(("us", "ss", "is")):
        return form[:-1]
    return form


def read_words(text: str) -> Words:
    """The terms of a text in order, and its names.

    A name is a word that is written with a capital where no sentence begins, more often than it is written small. A
    heading in title case therefore gives no names of its own: give the text alone.
    """
    terms: list[str] = []
    small: list[str] = []
    capital: list[tuple[str, str]] = []
    begins = True
    for forms, of_small, first, of_capital, ends in map(_chunks().__getitem__, text.split(" ")):
        terms += forms
        small += of_small
        if first and not begins:
            capital.append(first)
        if of_capital:
            capital += of_capital
        if ends is not None:
            begins = ends
    written = dict(reversed(capital))
    large, lower = Counter(form for form, _ in capital), Counter(filter(written.__contains__, small))
    return terms, {form: written[form] for form in large if large[form] > lower[form]}


class _Chunk(NamedTuple):
    """What is read of the text between two blanks: its ``terms``, those of words written ``small``, and with a
    ``capital`` where no sentence begins inside of it (the term, the form written), apart from the ``first`` word, of
    which the text before decides. ``ends`` is whether a sentence ends after its last word; ``None`` where it holds
    nothing that tells."""

    terms: tuple[str, ...]
    small: tuple[str, ...]
    first: tuple[str, str] | None
    capital: tuple[tuple[str, str], ...]
    ends: bool | None

    @classmethod
    def of(cls, text: str) -> _Chunk:
        """Reads it."""
        terms: list[str] = []
        small: list[str] = []
        capital: list[tuple[str, str] | None] = []
        end = 0
        for match in WORD.finditer(text):
            word, before, end = match.group(), end, match.end()
            capital.append(None)
            if len(word) > LONGEST_WORD:
                continue
            if not word.isascii() and UNSPACED.search(word):
                terms.extend(word[i : i + 2] for i in range(max(1, len(word) - 1)))
                continue
            form = term(word)
            if len(form) < 2:
                continue
            terms.append(form)
            if word[0].islower():
                small.append(form)
            elif word[0].isupper() and not SENTENCE_END.search(text, before, match.start()):
                capital[-1] = form, POSSESSIVE.sub("", word)
        ends = bool(SENTENCE_END.search(text, end)) or (False if capital else None)
        first, *others = capital or [None]
        return cls(tuple(terms), tuple(small), first, tuple(filter(None, others)), ends)


class _Chunks(dict[str, _Chunk]):
    """Chunks as they are read, remembered: nine of ten were read before."""

    def __missing__(self, text: str) -> _Chunk:
        chunk = _Chunk.of(text)
        if len(text) <= LONGEST_WORD:
            if len(self) == MOST_CHUNKS:
                self.clear()
            self[text] = chunk
        return chunk


@cache
def _chunks() -> _Chunks:
    return _Chunks()


def numbers(text: str) -> tuple[str, ...]:
    """The numbers written in figures, without separators of thousands, in order and once each."""
    return tuple(dict.fromkeys(found.replace(",", "") for found in NUMBER.findall(text)))
