"""A plain text as lines, and as blocks: a block is one paragraph, whether it was given on one line or wrapped over
several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["CLOSING", "Block", "Line", "blocks", "split", "word_count"]

NEW_LINE = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"(?:[•‣▪▸►●○◦∙■□✓✔*+-]|\(?[a-z0-9ivx]{1,3}\))\s+(?=\S)")
"""What opens an item of a list. A long dash is left out: in many languages it opens direct speech."""

WIDTHS = range(45, 111)
"""Code points of the longest line of a wrapped paragraph; terminals and mail wrap at 60 to 100."""

WRAPPED_SHARE = 0.8
"""Share of a paragraph's lines that must be full for it to count as wrapped (a long word or address may leave one
short)."""

LOWER_SHARE = 0.3
"""Share of lines that begin with a small letter: in wrapped prose most, in lists and headlines hardly any."""

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LETTERS_A_CJK_WORD = 2
"""Scripts without spaces: about two characters a word."""

SENTENCE_END = re.compile(r"""[.!?…。！？।][\s"'”’»›)\]*]*$""")


OPENING = 1_500
"""Code points of a block that are looked at to tell what it is; more say no more."""

CLOSING = 60
"""Code points in which a sentence ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as given; ``text`` is what it says, without the white space and the bullet around it."""

    index: int
    raw: str
    text: str
    bullet: bool


@dataclass(frozen=True)
class Block:
    """One paragraph: its lines, joined by a blank in ``text``. ``after_gap`` says whether an empty line stands before
    it."""

    lines: tuple[Line, ...]
    after_gap: bool = False

    @cached_property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join(" ".join(line.text for line in self.lines).split())

    @cached_property
    def opening(self) -> str:
        """As much of the text as tells what it is."""
        return self.text[:OPENING]

    @cached_property
    def lowered(self) -> str:
        """The opening in small letters: words are found in it several times as fast as without regard to case."""
        return self.opening.lower()

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return word_count(self.text)

    @cached_property
    def bullet(self) -> bool:
        """Whether it is an item of a list."""
        return self.lines[0].bullet

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does: with terminal punctuation, maybe inside quotation marks."""
        return bool(SENTENCE_END.search(self.text[-CLOSING:]))


def word_count(text: str) -> int:
    """Words of a text; in scripts without spaces an estimate."""
    dense = len(CJK.findall(text))
    return len(CJK.sub(" ", text).split()) + dense // LETTERS_A_CJK_WORD if dense else len(text.split())


def split(text: str) -> list[Line]:
    """Every line of the text, empty ones too, in order."""
    return [_line(index, raw) for index, raw in enumerate(NEW_LINE.split(text))]


def _line(index: int, raw: str) -> Line:
    stripped = raw.strip()
    if not stripped:
        return Line(index, raw, "", False)
    bullet = BULLET.match(stripped)
    return Line(index, raw, stripped[bullet.end() :] if bullet else stripped, bullet is not None)


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs. Each line that is not empty is in exactly one of them."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    # Where some paragraphs are plainly wrapped, a shorter one beside them is wrapped at the same width.
    width = max((_width(group) for group in groups if len(group) > 1 and _wrapped(group)), default=0)
    return [block for group in groups for block in _of_group(group, width)]


def _of_group(group: list[Line], width: int) -> Iterator[Block]:
    """Lines without an empty one between them, joined where they were wrapped at ``width`` (0: nothing is)."""
    if len(group) == 1:
        yield Block((group[0],), True)
        return
    whole = _wrapped(group)
    width = _width(group) if whole else width
    start = 0
    for index, line in enumerate(group):
        after = group[index + 1] if index + 1 < len(group) else None
        if after is None or not _goes_on(line, after, width, whole):
            yield Block(tuple(group[start : index + 1]), start == 0)
            start = index + 1


def _goes_on(line: Line, after: Line, width: int, wrapped: bool) -> bool:
    """Whether the next line continues the paragraph: in wrapped prose unless a sentence ends early, else only where
    the line is full."""
    if not width or after.bullet:
        return False
    full, ended = not _room(line, after, width), _ends(line)
    return (full or not ended) if wrapped else (full and not ended)


def _width(group: list[Line]) -> int:
    return max((len(line.text) for line in group), default=0)


def _wrapped(group: list[Line]) -> bool:
    """Whether the lines break where the next word no longer fitted, and go on in small letters."""
    followers = group[1:]
    width = _width(group)
    if not followers or width not in WIDTHS:
        return False
    lower = sum(line.text[0].islower() for line in followers if not line.bullet)
    if lower < LOWER_SHARE * len(followers) or (len(followers) == 1 and len(group[0].text) < width):
        return False
    pairs = [(line, after) for line, after in zip(group, followers, strict=False) if not _ends(line)]
    full = sum(not _room(line, after, width) for line, after in pairs if not after.bullet)
    return bool(pairs) and full >= WRAPPED_SHARE * sum(not after.bullet for _, after in pairs)


def _ends(line: Line) -> bool:
    return bool(SENTENCE_END.search(line.text[-CLOSING:]))


def _room(line: Line, after: Line, width: int) -> bool:
    """Whether the next line's first word would still have fitted."""
    return len(line.text) + 1 + len(after.text.split(None, 1)[0]) <= width
