"""What a text is made of, as grouping sees it: terms, names and numbers, found by light rules in one pass and in any
script.

No parser: the same words come out wherever grouping runs (the worker, the filter, the library), some hundred times as
fast as with one. ``docs/models/grouping.md`` says what a parser's names would bring.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

__all__ = ["CALENDAR", "Words", "numbers", "read_words", "term"]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?![\w%])|(?<![\w.,])\d+(?!\w)")
SENTENCE_END = re.compile(r"[.!?…:\n\"“”«»„(]")
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Japanese kana and Han are written without spaces: their words are taken as pairs of characters."""

POSSESSIVE = re.compile(r"['’](?:s|S)?$")
LONGEST_WORD = 40
"""Longer runs of letters are addresses or damage."""

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
    capital: list[str] = []
    small: list[str] = []
    written: dict[str, str] = {}
    end = 0
    for match in WORD.finditer(text):
        word = match.group()
        before, end = end, match.end()
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
        elif word[0].isupper() and not _begins(text, before, match.start()):
            capital.append(form)
            written.setdefault(form, POSSESSIVE.sub("", word))
    large, lower = Counter(capital), Counter(small)
    return terms, {form: shape for form, shape in written.items() if large[form] > lower[form]}


def _begins(text: str, end: int, start: int) -> bool:
    """Whether a sentence begins at ``start``, ``end`` being that of the word before."""
    return end == 0 or (text[end:start] != " " and SENTENCE_END.search(text, end, start) is not None)


def numbers(text: str) -> tuple[str, ...]:
    """The numbers written in figures, without separators of thousands, in order and once each."""
    return tuple(dict.fromkeys(found.replace(",", "") for found in NUMBER.findall(text)))
