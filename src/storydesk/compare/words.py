"""Words: where they stand in a text, in which form they compare, and which of them carry content."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from storydesk.model import Span

__all__ = ["Word", "content", "fold", "is_content", "stem", "words"]

Word = tuple[Span, str]
"""Where a word stands and its folded form."""

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|\d+(?:[.,]\d+)*"
    r"|[\u3040-\u30ff\u3400-\u9fff]"  # scripts without spaces: a character is a word
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
)

_FUNCTION = """
a about above after again against all also although am an and any are as at be because been before being below
between both but by can cannot could did do does doing don down during each even every few for from further had has
have having he her here hers herself him himself his how i if in into is it its itself just let like may me might
more most much must my myself no nor not now of off on once one only or other our ours out over own per quite rather
really said same say says saying she should since so some such than that the their theirs them themselves then there
these they this those though through thus to told too toward towards under until up upon us very via was we well
were what when where whether which while who whom whose why will with within without would yet you your yours added
according et la le les des du de un une est que qui dans pour par sur avec der die das und ist den dem ein eine von
mit auf für nicht el los las y en del al por con para se e o os na em il di che non della и в на не что с по он она
как это за от из к у о но а
"""
FUNCTION = frozenset(_FUNCTION.split())
"""Words of English and its commonest neighbours in the news that bear no content alone; what is missing weighs little
anyway, since words that stand in many sentences of a story count for less."""

ENDINGS = ("'s", "’s", "s'", "s’")
SUFFIXES = ("ingly", "edly", "ings", "ies", "ing", "ed", "es", "ly", "s")
"""Endings of English inflection, longest first; a light stemmer errs towards keeping words apart."""

SHORTEST_STEM = 3


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case, accents, possessive and the points of an abbreviation."""
    plain = "".join(mark for mark in normalize("NFKD", word.casefold()) if not combining(mark))
    for ending in ENDINGS:
        if plain.endswith(ending):
            plain = plain[: -len(ending)] + ("s" if ending.startswith("s") else "")
            break
    return plain.replace(".", "") if "." in plain and not plain[0].isdigit() else plain


@lru_cache(maxsize=65_536)
def stem(folded: str) -> str:
    """A folded word without the ending of its inflection ("meetings" and "meeting" give "meet")."""
    if folded[0].isdigit() or not folded.isascii():
        return folded.replace(",", "")
    for suffix in SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= SHORTEST_STEM and not folded.endswith("ss"):
            bare = folded[: -len(suffix)] + ("y" if suffix == "ies" else "")
            doubled = len(bare) > SHORTEST_STEM and bare[-1] == bare[-2] and bare[-1] not in "lsz"
            return (bare[:-1] if doubled else bare).removesuffix("e")
    return folded.removesuffix("e") if len(folded) > SHORTEST_STEM else folded


def words(text: str, start: int = 0) -> tuple[Word, ...]:
    """Every word of a text in order, its offsets moved by ``start``."""
    return tuple((Span(start + m.start(), start + m.end()), fold(m.group())) for m in WORD.finditer(text))


def is_content(folded: str) -> bool:
    """Whether a folded word bears content: no function word, and longer than one letter unless a number or an
    ideograph."""
    return folded not in FUNCTION and (len(folded) > 1 or folded.isdigit() or not folded.isascii())


def content(text: str) -> tuple[str, ...]:
    """The stems of a text's content words, in order."""
    return tuple(bare for word in WORD.findall(text) if (bare := _content(word)))


@lru_cache(maxsize=65_536)
def _content(word: str) -> str | None:
    folded = fold(word)
    return stem(folded) if is_content(folded) else None
