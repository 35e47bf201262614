"""The words of a comment with the simple disguises undone: "sh!t", "f u c k", "id1ot", "looooser", letters of another
alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Word", "read_words"]

LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{4,}|&(?:amp|lt|gt|quot|#\d+);")
"""Addresses, names of other members and leftovers of HTML say nothing of how somebody writes."""

SPACED = re.compile(r"(?<![\w@$!*|'’.-])[^\W\d_](?:([ .*_\-·~/\\]{1,2})[^\W\d_](?![^\W_]))(?:\1[^\W\d_](?![^\W_]))+")
"""Single letters kept apart by spaces or signs: three at least, so that "a b" and initials stay."""

WORD = re.compile(r"[^\W_@$](?:[\w@$!*|'’]*[^\W_@]|[$*]+)?|[@$](?=\w*[^\W\d_])[\w@$!*|]{1,3}(?!\w)")
INITIALS = re.compile(r"(?:[A-Z]\.){2,}")
SIGNS = str.maketrans("@$!|013457", "asiioieast")
LETTERS = str.maketrans("авеёкмнорстухіјѕԁɡαεικνορτυχ", "abeekmhopctyxijsdgaeiknoptux")
"""Cyrillic and Greek letters that look Latin, for words that mix alphabets."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
TRIPLED = re.compile(r"(.)\1{2,}")
LONGEST = 40
"""Code points of a word that are looked at."""


class Word(NamedTuple):
    """A word as meant, and the code points ``start`` to ``end`` of the comment where it stands as written."""

    form: str
    start: int
    end: int


def read_words(text: str) -> list[Word]:
    """The words in order. Offsets are into the text as given."""
    text = LINK.sub(lambda found: " " * len(found.group()), text)
    words: list[Word] = []
    end = 0
    for spaced in SPACED.finditer(text):
        if INITIALS.match(spaced.group()):
            continue
        words += _plain(text, end, spaced.start())
        form = meant("".join(filter(str.isalnum, spaced.group())))
        words.append(Word(form, spaced.start(), spaced.end()))
        end = spaced.end()
    return words + _plain(text, end, len(text))


def _plain(text: str, start: int, end: int) -> list[Word]:
    return [Word(meant(found.group()), *found.span()) for found in WORD.finditer(text, start, end)]


@lru_cache(maxsize=100_000)
def meant(written: str) -> str:
    """The form a written word stands for: lower case, no accents, signs read as letters, a letter at most twice in a
    row."""
    form = INVISIBLE.sub("", written[:LONGEST]).replace("’", "'")
    form = "".join(sign for sign in unicodedata.normalize("NFKD", form) if not unicodedata.combining(sign)).casefold()
    if any("a" <= sign <= "z" for sign in form):
        form = form.translate(LETTERS)
        body = form.rstrip("0123456789!|")
        form = body.translate(SIGNS) if len(body) > 1 else form
    form = form.removesuffix("'s")
    return TRIPLED.sub(r"\1\1", form)
