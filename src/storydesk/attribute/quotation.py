"""Quotation marks: where a text opens and closes them, in every style the web uses.

One scan a paragraph with a stack of what is open. Three things make it more than a bracket matcher: a straight mark
does not say whether it opens or closes, an apostrophe looks like a single mark, and a quotation that runs on over a
paragraph break is opened again but not closed (The Chicago Manual of Style, 13.32). Marks are judged by the
characters around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from storydesk.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["SENTENCE", "Marks", "Quotation", "is_speech", "is_title", "quotations"]


class Quotation(NamedTuple):
    """An outermost quotation: ``outer`` with its marks, ``inner`` without them and without white space at its edges.

    ``closed`` is false where the paragraph ended first; ``runs_on`` where the next paragraph opens the same quotation
    again.
    """

    outer: Span
    inner: Span
    closed: bool = True
    runs_on: bool = False


CLOSERS: dict[str, str | tuple[str, ...]] = {
    "“": '”“"',
    "”": "”",
    "„": "“”„",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    '"': '"”',
    "'": "'",
    "「": "」",
    "『": "』",
    "``": ("''",),
    "''": ("''",),
}
"""What opens a quotation, and what may close it. ``“`` closes itself only where it plainly is a slip of the typist's.
"""

SINGLE = frozenset("‘’'‚‹›")
"""Marks that also nest inside double ones, or are apostrophes."""

MARK = re.compile("``|''|[“”„‟«»‹›‘’‚\"'「」『』]")
BEFORE_OPENER = re.compile(r"[\s(\[{—–―\-/:,;.!?…¿¡*>|“‘„«‹\"'「『]")
ELISION = re.compile(r"['’‘](?:em|tis|twas|cause|til|till|n|round|bout|cuz|tude|\d0s|\d\d)\b", re.IGNORECASE)
LONGEST_UNCLOSED = 2_000
"""Past this many code points without its closing mark an opening mark is taken for a slip, and nothing is quoted."""
RETRIES = 20
"""How often in a paragraph a single mark may turn out to open nothing before the rest is left as it is."""
LONG_TITLE = 8
"""Spaces from which on capitalised words are no title any more."""
SENTENCE = 5
"""Spaces from which on words between marks that begin a sentence are speech rather than a title."""
DEEPEST = 4
"""Quotations within quotations that are followed; deeper ones are noise."""


class Marks:
    """One text with its quotations, for questions by offset. (``Doc.text`` is put together anew at each call: ask
    here.)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = quotations(text)
        self._starts = [quotation.outer.start for quotation in self.all]

    @cached_property
    def edges(self) -> frozenset[int]:
        """Every offset of a mark and of what stands right inside a closing one."""
        return frozenset(
            offset
            for outer, inner, *_ in self.all
            for offset in (*range(outer.start, inner.start), *range(inner.end - 1, outer.end))
        )

    def within(self, offset: int) -> Quotation | None:
        """The quotation an offset stands in."""
        index = bisect_right(self._starts, offset) - 1
        return self.all[index] if index >= 0 and offset < self.all[index].outer.end else None

    def touching(self, span: Span) -> tuple[Quotation, ...]:
        """Those that share a code point with a span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        return tuple(q for q in self.all[first : bisect_left(self._starts, span.end)] if q.outer.overlaps(span))

    def whole(self, span: Span) -> Span:
        """A span widened to the whole of every quotation it touches the words of."""
        start, end = span
        for quotation in self.touching(span):
            if quotation.inner.overlaps(span):
                start, end = min(start, quotation.outer.start), max(end, quotation.outer.end)
        return Span(start, end)

    def tokens(self, doc: Doc) -> list[bool]:
        """For each token, whether it stands in a quotation."""
        inside = [False] * len(doc)
        for quotation in self.all:
            covered = doc.char_span(*quotation.outer, alignment_mode="expand")
            for index in range(covered.start, covered.end) if covered is not None else ():
                inside[index] = True
        return inside


def is_title(words: str) -> bool:
    """Whether words between marks look like the title of a work: few, capitalised throughout, and no sentence."""
    long = [word for word in words.split() if len(word) > len("from")]
    few = words.count(" ") < LONG_TITLE
    return (
        few
        and bool(long)
        and all(w[0].isupper() for w in (words, *long))
        and words[-1] not in ".?!"
        and words.count(" ") > 0
    )


def is_speech(words: str) -> bool:
    """Whether words between marks read as a sentence or more, said at length."""
    return words.count(" ") >= SENTENCE and (words[:1].isupper() or not words[:1].isalpha())


class _Open(NamedTuple):
    mark: str
    at: int


def quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations in order. They do not overlap, and none is empty."""
    found: list[Quotation] = []
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+", text)]
    for index, (start, end) in enumerate(paragraphs):
        following = text[slice(*paragraphs[index + 1])] if index + 1 < len(paragraphs) else ""
        found.extend(_paragraph(text, start, end, following.lstrip()))
    return tuple(found)


def _paragraph(text: str, start: int, end: int, following: str) -> Iterator[Quotation]:
    """The quotations of one paragraph; ``following`` is the next one's text."""
    stack: list[_Open] = []
    position = start
    retries = RETRIES
    closers = _closers(text, start, end)
    while (match := MARK.search(text, position, end)) or (stack and stack[0].mark in SINGLE and retries):
        if match is None:
            # What seemed to open a quotation was an apostrophe after all: read on right after it without it.
            position, retries = stack[0].at + 1, retries - 1
            stack.clear()
            continue
        mark, at = match.group(), match.start()
        position = match.end()
        depth = next((d for d in reversed(range(len(stack))) if _closes(text, stack[d], mark, at, start, end)), None)
        if depth is not None:
            opened = stack[depth]
            del stack[depth:]
            if not stack:
                yield from _quotation(text, opened, at, position)
        elif _opens(text, stack, mark, at, start, end, closers):
            if stack and stack[0].mark == mark and mark not in SINGLE:
                yield from _unclosed(text, stack[0], at, "")
                stack.clear()
            if len(stack) < DEEPEST:
                stack.append(_Open(mark, at))
    if stack:
        yield from _unclosed(text, stack[0], end, following)


def _quotation(text: str, opened: _Open, closer: int, after: int) -> Iterator[Quotation]:
    inner = _trimmed(text, opened.at + len(opened.mark), closer)
    if inner:
        yield Quotation(Span(opened.at, after), inner)


def _unclosed(text: str, opened: _Open, end: int, following: str) -> Iterator[Quotation]:
    """A quotation whose closing mark is missing, where it can be trusted to be one: double marks around what reads as
    a sentence.
    """
    inner = _trimmed(text, opened.at + len(opened.mark), end)
    runs_on = following.startswith(opened.mark)
    first = text[inner.start] if inner else ""
    sentence = (first.isupper() or not first.isascii()) and " " in inner.of(text) if inner else False
    if inner and opened.mark not in SINGLE and (runs_on or sentence) and len(inner.of(text)) <= LONGEST_UNCLOSED:
        yield Quotation(Span(opened.at, inner.end), inner, closed=False, runs_on=runs_on)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    inside = text[start:end]
    body = inside.strip()
    if not any(letter.isalnum() for letter in body):
        return None
    first = start + len(inside) - len(inside.lstrip())
    return Span(first, first + len(body))


def _around(text: str, at: int, length: int, start: int, end: int) -> tuple[str, str]:
    """The characters before and after a mark, a space standing for the edge of the paragraph."""
    return (text[at - 1] if at > start else " "), (text[at + length] if at + length < end else " ")


def _opens(
    text: str,
    stack: list[_Open],
    mark: str,
    at: int,
    start: int,
    end: int,
    closers: Mapping[str, Sequence[int]],
) -> bool:
    """Whether a mark opens a quotation: something to quote follows at once, and a word does not end right before it."""
    if mark not in CLOSERS or (
        mark in ("”", "»", "›") and mark in {closer for o in stack for closer in CLOSERS[o.mark]}
    ):
        return False
    before, after = _around(text, at, len(mark), start, end)
    if not BEFORE_OPENER.match(before) and mark in ("”", "»", "›", "'", '"', "''"):
        return False
    if after.isspace() and mark not in ("«", "„", "“", "``"):
        return False
    if mark in ("'", "‘"):
        if before.isalnum() or not (after.isalnum() or after in '“"$£€[(¿¡…') or ELISION.match(text, at):
            return False
        return _closer_ahead(mark, at, closers)
    return mark not in ("”", "»", "›") or _closer_ahead(mark, at, closers)


def _closer_ahead(mark: str, at: int, closers: Mapping[str, Sequence[int]]) -> bool:
    """Whether a mark that may be an apostrophe, or a closing one out of place, has a counterpart not far ahead."""
    for counterpart in CLOSERS[mark]:
        offsets = closers.get(counterpart, ())
        index = bisect_right(offsets, at)
        if index < len(offsets) and offsets[index] - at <= LONGEST_UNCLOSED:
            return True
    return False


def _closers(text: str, start: int, end: int) -> dict[str, list[int]]:
    """Where each mark stands in a paragraph; single ones only where they may end a quotation."""
    found: dict[str, list[int]] = {}
    for match in MARK.finditer(text, start, end):
        if match.group() not in SINGLE or _ends_single(text, match.start(), end):
            found.setdefault(match.group(), []).append(match.start())
    return found


def _closes(text: str, opened: _Open, mark: str, at: int, start: int, end: int) -> bool:
    """Whether a mark closes what is open: it is a counterpart, something stands before it, and no word follows at
    once.
    """
    if mark not in CLOSERS[opened.mark]:
        return False
    before, after = _around(text, at, len(mark), start, end)
    if mark == opened.mark == "“" or mark == opened.mark == "„":
        return not before.isspace() and not after.isalnum()
    if mark == '"':
        if at == opened.at + 1:  # nothing between the two: a pair of marks, not one within the other
            return after.isspace()
        return not (before.isspace() and after.isalnum()) and not (after.isalnum() and before in "(—")
    if mark in "’'" and opened.mark in "‘'‚":
        return _ends_single(text, at, end) and not _possessive(text, opened, at, end)
    return True


def _ends_single(text: str, at: int, end: int) -> bool:
    """Whether a single mark stands where a quotation may end rather than inside a word."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    return not before.isspace() and not after.isalnum()


def _possessive(text: str, opened: _Open, at: int, end: int) -> bool:
    """Whether a single mark after an s is the workers’ apostrophe: a better closing mark follows before anything
    opens again.
    """
    if text[at - 1] != "s" or not re.match(r"['’] [a-z]", text[at : at + 3]):
        return False
    for ahead in MARK.finditer(text, at + 1, min(end, at + LONGEST_UNCLOSED)):
        if ahead.group() == opened.mark and opened.mark == "‘":
            return False
        if ahead.group() in CLOSERS[opened.mark] and _ends_single(text, ahead.start(), end):
            return text[ahead.start() - 1] in ",.?!…" or text[ahead.start() - 1] != "s"
    return False
