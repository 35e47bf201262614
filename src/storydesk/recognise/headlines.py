"""Lines in which every word has a capital or nothing but capitals: there a capital says nothing of a name, and the
language model hears verbs as surnames ("Lund Quits") and whole clauses as bodies.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from storydesk.model import Span
from storydesk.recognise.bodies import BODY
from storydesk.recognise.names import Named

__all__ = ["is_shouted", "line_of", "sober"]

WORD = re.compile(r"[^\W\d_][\w’'-]*")
LONG = 4
"""Letters from which title case gives a word a capital."""

FEWEST, MOST = 3, 25
"""Long words and words that a headline has."""

WHOLE = re.compile(rf"{''.join(BODY.pattern.split())}|press|times|post|journal|tribune|herald")
"""Last words of what is one name in a headline too."""

CAPITALS = 0.8
"""Share of the long words that have a capital in title case; names alone make no sentence of such words."""


def sober(text: str, heard: Sequence[Named], known: Collection[Named]) -> list[Named]:
    """What was heard, without what in a headline holds a known name beside other words, or is said nowhere else."""
    heads = [line for line in _lines(text) if _is_headline(text[line.start : line.end])]
    if not heads:
        return list(heard)
    folded = text.lower()
    return [name for name in heard if not _is_noise(folded, name, heads, known)]


def line_of(text: str, start: int) -> str:
    """The line in which something stands."""
    end = text.find("\n", start)
    return text[text.rfind("\n", 0, start) + 1 : len(text) if end < 0 else end]


def is_shouted(text: str, start: int) -> bool:
    """Whether the line in which something stands has nothing but capitals."""
    line = line_of(text, start)
    return line.isupper() and len(WORD.findall(line)) >= FEWEST


def _is_noise(folded: str, name: Named, heads: Sequence[Span], known: Collection[Named]) -> bool:
    if not any(line.covers(name.span) for line in heads):
        return False
    if any(name.span.covers(other.span) for other in known):
        last = WORD.findall(folded[name.start : name.end])[-1:]
        return all(other.span != name.span for other in known) and not (last and WHOLE.fullmatch(last[0]))
    return folded.count(folded[name.start : name.end]) < 2


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1


def _is_headline(line: str) -> bool:
    words = WORD.findall(line)
    if line.rstrip().endswith((".", "”", '"')) or not FEWEST <= len(words) <= MOST:
        return False
    long = [word for word in words if len(word) >= LONG]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= FEWEST and capitals >= CAPITALS * len(long)
