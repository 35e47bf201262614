"""What the ways of finding attributions hand to one another before speakers are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Finding", "join", "span_of_tokens", "token_from", "trim"]

EDGE = ".,;:—–-)(]["
"""What is, like white space, no part of a content at its edges, unless it stands between quotation marks."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An attribution before its speaker is resolved.

    ``cue_token`` and ``source_token`` are indices of the head words, for those who ask the syntax. ``pronoun``
    is the relative pronoun that stands for the source beside the cue, ``through`` an intermediary.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    cue_token: int | None = None
    source_token: int | None = None
    pronoun: Span | None = None
    through: Span | None = None
    through_token: int | None = None

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.content[0].start


def span_of_tokens(doc: Doc, start: int, end: int) -> Span:
    """The code points from the first token to the last."""
    last = doc[end - 1]
    return Span(doc[start].idx, last.idx + len(last.text))


def token_from(doc: Doc, offset: int) -> int:
    """The index of the first token that starts at an offset or after it."""
    low, high = 0, len(doc)
    while low < high:
        middle = (low + high) // 2
        if doc[middle].idx < offset:
            low = middle + 1
        else:
            high = middle
    return low


def trim(text: str, span: Span, marks: frozenset[int]) -> Span | None:
    """A span without white space and loose punctuation at its edges; ``None`` where nothing is left.

    ``marks`` are the offsets of quotation marks that must stay.
    """
    start, end = span
    while start < end and (text[start].isspace() or (start not in marks and text[start] in EDGE)):
        start += 1
    while start < end and (text[end - 1].isspace() or (end - 1 not in marks and text[end - 1] in EDGE)):
        end -= 1
    return Span(start, end) if any(letter.isalnum() for letter in text[start:end]) else None


def join(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that overlap or touch (nothing but white space between them) made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (span.start <= joined[-1].end or not text[joined[-1].end : span.start].strip(" ")):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
