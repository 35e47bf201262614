"""The words of a text that are looked up in the vocabularies of the networks, and those at a block's ends.

(The types of the loop stand in ``words.pxd``, by which it is compiled.)
"""

from __future__ import annotations

__all__ = ["HEAD", "ends", "words_in", "words_of_name"]

HEAD = 80
"""Characters of a block that are compared."""

TAIL = 40
"""Characters at the end of a block whose words are looked up, beside those at its head."""

NEITHER, LETTER, DIGIT, SIGN, CAPITAL, SMALL = range(6)


def _table() -> bytes:
    ascii_letters = map(chr, range(128))
    return bytes(DIGIT if c.isdecimal() else LETTER if c.isalpha() else SIGN if c in "@|" else 0 for c in ascii_letters)


KINDS = _table()
"""The kinds of the ASCII characters."""


def ends(text: str) -> list[str]:
    """The words at the head of a text and at its end, in lower case."""
    if len(text) <= HEAD + TAIL:
        return words_in(text.lower())
    return words_in(text[:HEAD].lower()) + words_in(text[-TAIL:].lower())


def words_in(text: str) -> list[str]:
    """Runs of letters, runs of digits, and certain signs, in order: what ``[^\\W\\d_]+|\\d+|[©@→»›|]`` finds."""
    found: list[str] = []
    begins, open_kind = 0, NEITHER
    for at in range(len(text)):
        letter = text[at]
        kind = _kind(letter)
        if kind != open_kind or kind == SIGN:
            if open_kind != NEITHER:
                found.append(text[begins:at])
            begins, open_kind = at, kind
    if open_kind != NEITHER:
        found.append(text[begins:])
    return found


def _kind(letter: str) -> int:
    if letter < "\x80":
        return KINDS[ord(letter)]
    if letter.isalnum():
        return DIGIT if letter.isdecimal() else LETTER
    return SIGN if letter in "©@→»›|" else NEITHER


def words_of_name(name: str) -> list[str]:
    """The words of a name in markup, in order: "post-title" and "postTitle" are both post and title, "HTMLPage" is HTML
    and Page. What ``[A-Z]?[a-z]+|[A-Z]+(?![a-z])`` finds."""
    found: list[str] = []
    begins, before = 0, NEITHER
    for at in range(len(name)):
        letter = name[at]
        kind = SMALL if "a" <= letter <= "z" else CAPITAL if "A" <= letter <= "Z" else NEITHER
        if kind != before:
            # A capital before small letters begins their word.
            ends = at - 1 if kind == SMALL and before == CAPITAL else at
            if before != NEITHER and ends > begins:
                found.append(name[begins:ends])
            begins, before = ends, kind
    if before != NEITHER:
        found.append(name[begins:])
    return found
