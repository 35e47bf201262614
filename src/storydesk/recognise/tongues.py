"""Words for a people that name its language instead: "in English and Polish", "with Spanish subtitles", "speaks
Arabic".
"""

from __future__ import annotations

import re

__all__ = ["is_language"]

REACH = 60
"""Code points on either side that are looked at: a short list of languages and the word that makes it one."""

LISTED = r"(?:[^\W\d_a-zà-ÿ][\w-]+(?:, | and | or |/|, and |, or ))*"
"""Other languages before this one in a list."""

SPOKEN = re.compile(
    rf"""
    \b(?:speak|speaks|spoke|spoken|speaking|understand|understands|fluent[ ]in|fluently|learn|learns|learned|learnt
      |learning|teach|teaches|taught|teaching|translated[ ](?:from|into)|translation[ ](?:from|into)
      |dubbed[ ]in(?:to)?|written[ ]in|sung[ ]in|sings?[ ]in|said[ ]in|broken|fluent|perfect)
    [ ]{LISTED.replace(" ", "[ ]")}$
    """,
    re.VERBOSE,
)
"""What is done with a language, right before it."""

IN = re.compile(rf"(?:\b[Ii]n|^|[.!?\n] ?In) {LISTED}$")
TEXTS = re.compile(
    r"""
    (?:(?:,[ ]|[ ]and[ ]|[ ]or[ ]|/)[^\W\d_a-zà-ÿ][\w-]+)*
    (?:[ ](?:subtitles|language|languages|translation|translations|version|edition|dubbing|lessons|classes|speakers?
      |dictionary|alphabet|grammar|accent)|-(?:language|speaking|medium|speakers?))\b
    """,
    re.VERBOSE,
)
"""What a language has, behind it or behind the list it stands in."""

NO_NOUN = re.compile(r"(?:[.,;:!?)”\"’\n]|$|[ ](?:and|or|with|by|on|to|for|at|as|that|but|when|while|than|from)\b)")
"""What may follow "in Irish" the language, while a noun follows "in Irish waters"."""


def is_language(text: str, start: int, end: int) -> bool:
    """Whether the word for a people at these offsets stands for its language."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if TEXTS.match(after) or SPOKEN.search(before):
        return True
    if IN.search(before):
        rest = re.match(r"(?:(?:, | and | or |/)[^\W\d_a-zà-ÿ][\w-]+)*", after)
        return bool(NO_NOUN.match(after[rest.end() if rest else 0 :]))
    return bool(re.match(r",? (?:with|and) [^\W\d_a-zà-ÿ][\w-]+ subtitles\b", after))
