"""How certain a sentence says something is: confirmed, denied or left open, as far as plain words show it."""

from __future__ import annotations

import re
from functools import lru_cache

from storydesk.model import Span

__all__ = ["certainties_clash"]

SURE = re.compile(r"\b(?:confirm(?:s|ed|ing)?|acknowledg(?:e|es|ed)|admit(?:s|ted))\b", re.I)
DOUBT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed)|reject(?:s|ed)? (?:the |any )?(?:claim|report|allegation)s?"
    r"|alleged(?:ly)?|reportedly|unconfirmed|rumou?red|purported(?:ly)?"
    r"|(?:not|n['’]t|yet to|unable to) (?:be )?(?:immediately |independently )?(?:confirm|verif)\w+)\b",
    re.I,
)
"""Words of certainty in English; other languages show no difference of certainty yet."""


def certainties_clash(first: str, second: str) -> tuple[Span, Span] | None:
    """The words by which one sentence confirms what the other denies or leaves open, in the order of the arguments.

    A sentence that has both ("denied reports, later confirmed") is on neither side.
    """
    (sure, doubt), (other_sure, other_doubt) = _words(first), _words(second)
    if sure and not doubt and other_doubt and not other_sure:
        return Span(*sure.span()), Span(*other_doubt.span())
    if doubt and not sure and other_sure and not other_doubt:
        return Span(*doubt.span()), Span(*other_sure.span())
    return None


@lru_cache(maxsize=16_384)
def _words(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    return SURE.search(text), DOUBT.search(text)
