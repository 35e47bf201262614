"""Passages: spans of an item turned into words with their address."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from storydesk.coverage import Passage
from storydesk.model import Account, Item, Span

__all__ = ["BOILERPLATE", "dateline", "passage", "sentence_at", "trimmed"]


DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{2,30}(?:,[^—–()\n]{1,30})?(?:\s?\([^()\n]{2,40}\))?\s?[—–-]{1,2}\s")
"""Place, maybe day, and agency before an agency's first sentence: "OSLO, March 2 (Reuters) —", "OSLO —"."""


BOILERPLATE = re.compile(
    r"(?:Running time|Subtitles|Filmed (?:by|in|at|and)|Presented by|Produced by|Edited by|Directed by"
    r"|Correct(?:ion|ed)\b|Clarification\b|Editor['’]s note|Updated? (?:at|on)\b"
    r"|(?:An|The) (?:earlier|previous) version|This (?:report|article|story|post|piece) (?:was|is|has|originally)"
    r"|\(?(?:Additional )?[Rr]eporting by|Writing by|\(?Editing by|With (?:reporting|files) |Photograph(?:s|y)? by"
    r"|[^.]* contributed to this (?:report|article|story)|Sign [Uu]p|Subscribe|Copyright|All rights reserved|©"
    r"|(?:Read|READ) (?:more|MORE|also|or [Ss]hare)|Follow (?:us|@|[^.]* on Twitter)|English, with"
    r"|This material may not|Advertisement\b|Newsletter\b|View all\b|Scroll down|Click here|[Ee]mail (?:us|\S*@)"
    r"|Do you have a story|Enlarge this image|Hide [Cc]aption|Play (?:slideshow|video)|Skip in\b|Share this"
    r"|A post shared by|Find out more|Media playback|\* Required|You must select"
    r"|Please (?:verify|re-enter|try again|enter|enable|credit|see our)"
    r"|Thank you for (?:subscrib|sign)|(?:[(\[][^()\[\]]*[^.!?()\[\]][)\]]\W*)+$)"
)
"""How sentences begin that tell of the piece itself and not of the event: credits, corrections, invitations; and what
stands in brackets as a whole without being a sentence, a source or a place and date."""


@lru_cache(maxsize=16_384)
def dateline(sentence: str) -> int:
    """How many code points of a sentence are a dateline, which says where and when it was written, not what
    happened."""
    found = DATELINE.match(sentence)
    return found.end() if found else 0


def passage(item: Item, span: Span) -> Passage:
    """The words of ``span`` with their address; ``text`` is always ``item.text[start:end]``."""
    start, end = max(0, span.start), min(len(item.text), span.end)
    return Passage(item.id, item.revision, start, end, item.text[start:end])


def trimmed(text: str, span: Span, marks: str = "") -> Span:
    """The span without white space, and without any of ``marks``, at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in marks):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return Span(start, end)


def sentence_at(told: Account, span: Span) -> Span:
    """The sentence, or the run of sentences, that the span stands in; the span itself where none does."""
    starts = [sentence.start for sentence in told.sentences]
    first = max(0, bisect_right(starts, span.start) - 1)
    around = [sentence for sentence in told.sentences[first:] if sentence.overlaps(span)]
    if not around:
        return span
    return Span(min(around[0].start, span.start), max(around[-1].end, span.end))
