"""alt-profanity-check, the screening that installs with one command: a linear SVM over words, English, two classes."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["offensive", "offensive_words"]

WORD = re.compile(r"\S+")


def offensive(texts: Sequence[str]) -> list[bool]:
    """Its answer for each text."""
    from profanity_check import predict

    return [bool(answer) for answer in predict(list(texts))]


def offensive_words(texts: Sequence[str]) -> list[set[int]]:
    """The characters of each text's words that it takes for offensive alone."""
    places = [(at, match.span(), match.group()) for at, text in enumerate(texts) for match in WORD.finditer(text)]
    found: list[set[int]] = [set() for _ in texts]
    for (at, span, _), bad in zip(places, offensive([word for _, _, word in places]), strict=True):
        if bad:
            found[at].update(range(*span))
    return found
