"""Figures: every number that an account gives, with what it counts, what is told around it, and whether it is a whole.

Two accounts give the same figure where both count the same thing in like words, wherever in their texts that stands:
"912 longshore workers walked out" at the head of one, "nearly 1,000 strikers" at the foot of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from storydesk.compare.analysis import Analysis, Sentence, once_a_line
from storydesk.compare.layout import Layout, Line
from storydesk.compare.passages import dateline
from storydesk.compare.quantities import Quantity, quantities
from storydesk.compare.themes import theme_stems
from storydesk.compare.words import content, is_content, stem, words
from storydesk.model import Span

__all__ = ["PHOTO", "Figure", "around", "clause_around", "figures"]

WINDOW = 8
"""Words on either side of a number or a date that tell what it is of."""

CLAUSE = re.compile(
    r"[;()“”\"—]\s?|[,:–](?!\d)\s?|\s(?:and|but|while|whereas|after|before|which|who|since|because|although)(?=\s)",
    re.I,
)
"""What ends the clause around a number or a date, beside the sentence itself."""

HEAD = 3
"""Words after a number of which one may be the noun that it counts; in English that is the first plural among them."""

_PLURALS = "people men women children police staff personnel crew wounded dead injured missing"
PLURALS = frozenset(_PLURALS.split())
"""Plurals that do not end in s."""

PART_BEHIND = re.compile(
    r"\s(?:of (?:the|them|those|these|its|their|his|her|whom|which|our|my)\b|(?:\w+\s)?(?:more|others?)\b)", re.I
)
PART_AHEAD = re.compile(
    r"\b(?:another|other|additional|extra|further|remaining|last|first|next|the|these|those|including|among(?: them)?"
    r"|every|each|per|other than|except)\s$",
    re.I,
)
"""Around a number that is a part, a rest or a share, not the whole count that accounts could agree on."""

OPEN = re.compile(
    r"\b(?:would|could|may|might|should|will|expect(?:s|ed)?|forecasts?|plan(?:s|ned)?|hopes?|aims?|if|target|goal|likely"
    r"|estimated|potential(?:ly)?|propos(?:e|es|ed|al))\b",
    re.I,
)
"""Words by which a number is not yet a fact."""

PAST = re.compile(
    r"\b(?:last (?:year|month|week|season|time)|previous(?:ly)?|a year (?:ago|earlier)|compared|than|average|record"
    r"|history|earlier|in the past|years ago|up from|down from|decades?|century|comparison|annual(?:ly)?|usual(?:ly)?"
    r"|typical(?:ly)?|initial(?:ly)?|original(?:ly)?|ever|remain(?:s|ed|ing)?|still)\b",
    re.I,
)
"""Words by which a number is of another time, or a standard of comparison."""

YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")
CLOCK = re.compile(r"\b\d{1,2}[:.][0-5]\d(?=\s?[ap]\.?m|\sGMT)", re.I)
"""The hour at which a price or a level stood."""

_MONTH = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
MONTH = re.compile(rf"\b{_MONTH}\.?(?=\s\d|,?\s(?:19|20)\d\d)|\bin {_MONTH}\b")
"""The years and months that a sentence sets its number in."""

PHOTO = re.compile(
    r"(?:Photos?|Pictures?|Image|Video|File photo|Watch|Read more|Related)\b\s?[:|]|Enlarge this image\b"
    r"|.*(?:©|\bPhoto by\b|/\s?(?:AP|AFP|Getty|Reuters|EPA)\b)",
    re.I,
)
"""How captions and links between paragraphs begin: their numbers and days are of the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number in a line. ``index`` is the line's place in the layout, ``head`` the stem of the noun counted ("" where
    none is named), ``near`` the stems of the clause around it, ``part`` whether it is only a part of something.

    ``frame`` says of which time it is: the years that the clause names, and whether it lies ahead or behind.
    """

    index: int
    line: Line
    quantity: Quantity
    head: str
    noun: str
    near: frozenset[str]
    verb: str
    part: bool
    frame: frozenset[str]

    @property
    def years(self) -> frozenset[str]:
        """The years, months and hours that its clause names."""
        return self.frame - {"ahead", "behind"}


_Found = tuple[Quantity, str, str, frozenset[str], str, bool, frozenset[str]]


def figures(layout: Layout) -> list[Figure]:
    """Every figure of the story, in the order of the layout."""
    return [Figure(index, layout.lines[index], *found) for index, found in layout.each(_of_line)]


@once_a_line
def _of_line(told: Analysis, line: Sentence) -> Sequence[_Found]:
    return _of_sentence(line.passage.text, told.account.item.published)


@lru_cache(maxsize=16_384)
def _of_sentence(text: str, published: datetime | None) -> tuple[_Found, ...]:
    """What a figure is beside its line, for each in a sentence."""
    return tuple(_found(text, published))


def _found(text: str, published: datetime | None) -> Iterator[_Found]:
    if not _DIGIT.search(text) or PHOTO.match(text):
        return
    months = _other_months(text, published)
    for given in quantities(text):
        head, noun = _head(given)
        named_by = given.theme and set(map(stem, noun.split()[:-1])) & theme_stems(given.theme)
        quantity = replace(given, theme=None) if named_by else given  # four rescue units are not four rescued
        clause = clause_around(text, quantity.span)
        near = around(text, quantity.span, clause) - {head, *content(quantity.span.of(text))}
        share = quantity.unit == "percent"
        part = bool(
            (PART_BEHIND.match(text, quantity.span.end) and not share) or PART_AHEAD.search(text[: quantity.span.start])
        )
        rest = text[clause.start : quantity.span.start] + text[quantity.span.end : clause.end]
        verb = _verb(text, Span(quantity.span.end, clause.end), head)
        yield quantity, head, noun, near, verb, part, _frame(rest) | months


def _other_months(text: str, published: datetime | None) -> frozenset[str]:
    """The months that a line names other than that of its publication."""
    named = {one or two for one, two in MONTH.findall(text[dateline(text) :])}
    return frozenset(named - ({f"{published:%b}"} if published else set()))


def _verb(text: str, after: Span, head: str) -> str:
    """The first content word behind the noun, where it follows closely: "ships were waiting", "flights canceled"."""
    found = [word for _, word in words(after.of(text))[: HEAD + 3]]
    place = next((place for place, word in enumerate(found) if stem(word) == head), len(found))
    return next((stem(word) for word in found[place + 1 : place + 4] if is_content(word)), "")


_DIGIT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|\w+ty-\w+|hundreds?|thousands?"
    r"|millions?|billions?|dozens?|scores|several|few|couple|handful|half|no|nobody|none|second|third|fourth|\w+fth|\w+nth"
    r"|eighth|thirds|quarters?)\b",
    re.I,
)
"""A sentence without any of these holds no number and is not looked at more closely."""


def _frame(clause: str) -> frozenset[str]:
    ahead = ["ahead"] if OPEN.search(clause) else []
    behind = ["behind"] if PAST.search(clause) else []
    return frozenset([*YEAR.findall(clause), *CLOCK.findall(clause), *ahead, *behind])


def _head(quantity: Quantity) -> tuple[str, str]:
    """The stem of the noun that a number counts, and the words up to it as they are read."""
    for place, word in enumerate(quantity.nouns[:HEAD]):
        plural = len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
        if plural or word in PLURALS:
            return stem(word), " ".join(quantity.nouns[: place + 1])
    return "", ""


@lru_cache(maxsize=16_384)
def clause_around(text: str, span: Span) -> Span:
    """The clause in which a span of a sentence stands."""
    start, end = 0, len(text)
    for cut in CLAUSE.finditer(text):
        if cut.end() <= span.start:
            start = cut.end()
        elif cut.start() >= span.end:
            end = cut.start()
            break
    return Span(start, end)


@lru_cache(maxsize=16_384)
def around(text: str, span: Span, within: Span, window: int = WINDOW) -> frozenset[str]:
    """The stems of the content words around a span, ``window`` words to either side, inside another span; no
    numbers."""
    before = words(text[within.start : span.start])[-window:]
    after = words(text[span.end : within.end])[:window]
    found = (word for _, word in (*before, *after))
    return frozenset(stem(word) for word in found if is_content(word) and not word[0].isdigit())
