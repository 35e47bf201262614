"""Words as a page shows them: cut into pieces of which some are marked, excerpted, or whole with places that can be
pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from storydesk.model import Span

__all__ = ["EXCERPT", "Piece", "anchored", "around", "cut", "cut_near", "excerpt", "paragraphs", "plain"]

EXCERPT: Final = 45
"""Words of an item that the public sees: what a newspaper's own page of links shows, well within quotation."""

MARKS: Final = str.maketrans("‘’“”„«»", '\'\'"""""')


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, marked or not."""

    text: str
    marked: bool = False


def cut(text: str, marks: Iterable[Span]) -> tuple[Piece, ...]:
    """The text as pieces, those under a mark marked. The pieces joined are the text; marks may overlap or reach
    outside it.
    """
    pieces: list[Piece] = []
    at = 0
    for mark in _joined(marks, len(text)):
        pieces += [Piece(text[at : mark.start]), Piece(mark.of(text), marked=True)]
        at = mark.end
    pieces.append(Piece(text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def cut_near(text: str, mark: Span, words: int) -> tuple[Piece, ...]:
    """As :func:`cut` with one mark, and an ellipsis in place of what is more than so many words away from it."""
    near = around(text, mark, words)
    before = [Piece("… ")] if near.start > 0 else []
    after = [Piece(" …")] if near.end < len(text) else []
    start = near.start + len(near.of(text)) - len(near.of(text).lstrip())
    shown = cut(text[start : near.end].rstrip(), [Span(mark.start - start, mark.end - start)])
    return (*before, *shown, *after)


def plain(text: str) -> str:
    """The words without what outlets set in their own way: the shape of apostrophes and quotation marks, spaces,
    capitals and the stop at the end. Two that are equal so are one wording."""
    return " ".join(text.translate(MARKS).split()).strip(" ,.;").casefold()


def excerpt(text: str, words: int = EXCERPT) -> str:
    """The first so many words, in one line, with an ellipsis where more follow."""
    spoken = text.split(maxsplit=words)
    if len(spoken) <= words:
        return " ".join(spoken)
    return " ".join(spoken[:words]).rstrip(",;:–—-") + "\N{NO-BREAK SPACE}…"


def around(text: str, span: Span, words: int) -> Span:
    """``span`` with up to so many words on either side."""
    before = text[: span.start].rsplit(maxsplit=words)
    after = text[span.end :].split(maxsplit=words)
    start = len(before[0]) if len(before) > words else 0
    end = len(text) - len(after[-1]) if len(after) > words else len(text)
    return Span(start, end)


def paragraphs(text: str, marks: Sequence[Span] = ()) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a text that have words in them, each as pieces."""
    shown = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            shown.append(cut(line.rstrip(), [Span(mark.start - at, mark.end - at) for mark in marks]))
        at += len(line)
    return tuple(shown)


def anchored(text: str, spans: Iterable[Span], name: str) -> tuple[SafeString, ...]:
    """The paragraphs of a text as HTML in which each span is an element with the id ``name-START-END`` to link to.

    Spans that nest make nested elements. One that crosses another or a line's end ends where the element around it
    ends: the link still leads to its first word.
    """
    wanted = sorted({span for span in spans if span.start < span.end}, key=lambda span: (span.start, -span.end))
    shown = []
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line.rstrip())
        inside = [Span(span.start, min(span.end, end)) for span in wanted if at <= span.start < end]
        names = [f"{name}-{span.start}-{span.end}" for span in wanted if at <= span.start < end]
        if line.strip():
            shown.append(_nested(text, Span(at, end), list(zip(inside, names, strict=True))))
        at += len(line)
    return tuple(shown)


def _nested(text: str, line: Span, named: list[tuple[Span, str]]) -> SafeString:
    html: list[str] = []
    ends: list[int] = []
    at = line.start
    for span, name in named:
        while ends and ends[-1] <= span.start:
            html += [escape(text[at : ends[-1]]), "</span>"]
            at = ends.pop()
        html += [escape(text[at : span.start]), f'<span class="place" id="{escape(name)}">']
        at = span.start
        ends.append(min(span.end, ends[-1]) if ends else span.end)
    while ends:
        html += [escape(text[at : ends[-1]]), "</span>"]
        at = ends.pop()
    html.append(escape(text[at : line.end]))
    return mark_safe("".join(html))  # noqa: S308  (every word and name in it went through escape)


def _joined(marks: Iterable[Span], length: int) -> list[Span]:
    """The marks in order, inside the text, those that overlap or touch made one."""
    joined: list[Span] = []
    for start, end in sorted((max(0, mark.start), min(length, mark.end)) for mark in marks):
        if end <= start:
            continue
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Span(start, end))
    return joined
