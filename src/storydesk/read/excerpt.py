"""The opening of a text, for pages that may not carry the whole."""

from __future__ import annotations

import re

__all__ = ["excerpt", "label"]

EXCERPT_WORDS = 45
"""About what search engines and press-review licences show of a piece: two sentences of news."""

LABEL_WORDS = 16
"""The longest headlines of newspapers have about as many."""

LEAST_OF_A_LABEL = 6
"""Words before which a cut would say too little."""

SENTENCE_END = re.compile(r"""[.!?…。！？]["'”’»)\]]*$""")
INITIALS = re.compile(r"(?:\w\.)+|[A-Z]\w{0,3}\.")
"""A word that ends with a full stop of its own: "U.S.", "Mr.", "Sgt."."""

CLAUSE_MARKS = ",;:–—- "
SMALL = 3
"""Letters of words ("in", "the", "und") that a label should not end with."""


def excerpt(text: str, words: int = EXCERPT_WORDS) -> str:
    """The first ``words`` words at most, ending with a sentence; where the first is longer, cut at a word with "…"."""
    given = text.split()
    if len(given) <= words:
        return " ".join(given)
    ends = [end for end in range(words // 3, words + 1) if _ends_sentence(given[end - 1])]
    if ends:
        return " ".join(given[: ends[-1]])
    return " ".join(given[:words]).rstrip(CLAUSE_MARKS) + "…"


def label(text: str, words: int = LABEL_WORDS) -> str:
    """A label for a piece without a headline: its first sentence, cut at a clause, with "…" where it was cut."""
    given = text.strip().split("\n", 1)[0].split()
    for end, word in enumerate(given[:words], 1):
        if _ends_sentence(word) and (end >= LEAST_OF_A_LABEL or end == len(given)):
            return " ".join(given[:end])
    if len(given) <= words:
        return " ".join(given)
    kept = given[:words]
    for end in range(words, LEAST_OF_A_LABEL, -1):
        if kept[end - 1][-1] in CLAUSE_MARKS:
            return " ".join(kept[:end]).rstrip(CLAUSE_MARKS) + "…"
    while len(kept) > LEAST_OF_A_LABEL and len(kept[-1]) <= SMALL and kept[-1].islower():
        kept.pop()
    return " ".join(kept) + "…"


def _ends_sentence(word: str) -> bool:
    """Whether a sentence ends with this word. Initials ("J.") and "U.S." do not end one."""
    return bool(SENTENCE_END.search(word)) and not INITIALS.fullmatch(word)
