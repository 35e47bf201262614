"""The encoding of bytes that declare none, or a wrong one: that in which they are well-formed words of some language.

Every encoding of the web is tried on the parts of a page that tell it, those beyond ASCII. What a wrong one makes of
them shows in the words: signs inside them, two alphabets in one, capitals after small letters. Beside that counts how
surely a language is recognised, and whether it is written in that encoding.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import islice

from storydesk.language import guess

__all__ = ["flaws", "ranked"]

CHARSETS: dict[str, str] = {
    "cp1252": "",
    "cp1250": "pl cs sk hu sl hr bs sh ro sq",
    "cp1251": "ru uk bg sr mk be kk ky tg mn tt",
    "cp1254": "tr az",
    "cp1257": "lt lv et",
    "cp1253": "el",
    "cp1255": "he yi",
    "cp1256": "ar fa ur",
    "cp874": "th",
    "koi8-u": "ru uk",
    "iso8859-2": "pl cs sk hu sl hr bs sh ro",
    "iso8859-5": "ru bg sr mk be uk",
    "cp866": "ru uk be",
    "cp932": "ja",
    "euc-jp": "ja",
    "gb18030": "zh",
    "big5": "zh",
    "cp949": "ko",
}
"""The encodings (WHATWG Encoding Standard, those met on the web), likelier first, and the languages each was made for;
the first is for all others."""

AT_HOME = 0.1
"""What it counts that a language is written in the encoding made for it."""
DECLARED = 0.2
"""What it counts that the page, or the header, declares it: the sooner the more."""
LATER = 0.001
"""What it costs to stand later in the table."""

SAMPLE = 300
"""Code points looked at in one encoding."""
PIECE = re.compile(rb"[^<>\n]*[\x80-\xff][^<>\n]*")
LONGEST_PIECE = 400
PIECES_AT_MOST = 12

WORD = re.compile(r"[^\W\d_]+")
ASCII = re.compile(r"[A-Za-z]")
LATIN = re.compile(r"[\u00c0-\u024f]")
OTHER = re.compile(r"[\u0370-\u1fff]")
LONG_FOREIGN = 4
"""Letters of a word in Latin letters that has not one of ASCII: hardly any language writes such words."""
SIGN_INSIDE = re.compile(r"[^\W\d_][¡-©«-±´¶-¹»-¿×÷†‡‰‹›€™…„‚”“•ˇ˘˙˛¸˝\x80-\x9f][^\W\d_]")
UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\uffff\ue000-\uf8ff\u2500-\u25ff]")
THAI = re.compile(r"[\u0e00-\u0e7f]+")
SHORTEST_THAI = 7
"""Letters of a Thai run at the mean, at least: Thai puts no blanks between words, Arabic misread as Thai has them."""


def ranked(data: bytes, declared: Sequence[str] = ()) -> list[str]:
    """Python's names of encodings, likeliest first; ``declared`` are those the page and the header name, in this order.

    Takes about two milliseconds, whatever the length of ``data``.
    """
    pieces = [match.group()[:LONGEST_PIECE] for match in islice(PIECE.finditer(data), PIECES_AT_MOST)]
    scores: dict[str, float] = {}
    for place, name in enumerate(dict.fromkeys((*declared, *CHARSETS))):
        try:
            codecs.lookup(name)
            text = " ".join(piece.decode(name, "replace").removesuffix("\ufffd") for piece in pieces)
        except LookupError:
            continue
        sample = " ".join(text.split())[:SAMPLE]
        language, sure = guess(sample)
        scores[name] = sure + AT_HOME * _at_home(name, language) - flaws(sample) - LATER * place
    for place, name in enumerate(name for name in declared if name in scores):
        scores[name] += DECLARED / (place + 1)
    return sorted(scores, key=lambda name: -scores[name])


def _at_home(name: str, language: str) -> bool:
    """Whether a language is written in an encoding made for it; the first of the table is for all that have none."""
    if CHARSETS.get(name) == "":
        return not any(language in languages.split() for languages in CHARSETS.values())
    return language in CHARSETS.get(name, "").split()


def flaws(text: str) -> float:
    """How much of what is beyond ASCII in a text looks misread, from 0: the share of such words that are flawed."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    inside = len(SIGN_INSIDE.findall(text))
    flawed = sum(map(_is_flawed, words)) + inside + len(UNSEEN.findall(text))
    thai = THAI.findall(text)
    if thai and len(thai) > 2 and sum(map(len, thai)) < SHORTEST_THAI * len(thai):
        flawed += len(thai)
    return flawed / max(1, len(words) + inside)


def _is_flawed(word: str) -> bool:
    ascii_letters, latin, other = bool(ASCII.search(word)), bool(LATIN.search(word)), bool(OTHER.search(word))
    if other and (ascii_letters or latin):
        return True
    if latin and not ascii_letters and len(word) >= LONG_FOREIGN:
        return True
    return len(word) > 2 and not word.isupper() and word[1:] != word[1:].lower()
