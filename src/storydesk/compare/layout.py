"""A story laid out for comparison: its accounts in order of time, and every sentence that says something as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from math import log

import numpy as np

from storydesk.compare.passages import BOILERPLATE, dateline, passage
from storydesk.compare.words import content
from storydesk.coverage import Origin, Passage
from storydesk.language import Encoder
from storydesk.language.vectors import Vectors
from storydesk.model import Account, Item, Span

__all__ = ["Group", "Layout", "Line", "in_time", "lay_out", "when"]

FEWEST_WORDS = 4
FEWEST_WITH_NUMBER = 3
"""Content words of a sentence that can be compared: "He declined to comment." aligns with anything, "In all, 418
flights were cancelled." does not."""

MOST_LINES = 2_000
FEWEST_LINES = 10
"""Lines of a story that are compared, and how many of each account at the least: of a story told a hundred times over
only the head of each account is, where news puts what matters, so that it is ready while a reader waits."""

Group = tuple[int, ...]
"""Lines that tell the same thing, by index, in order of time; at most one an item."""

LAST = datetime.max.replace(tzinfo=UTC)
"""Where what has no date stands in order of time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with content. ``at`` is the place of its account in the layout, ``depth`` its own place in the text,
    0 to 1."""

    at: int
    span: Span
    passage: Passage
    origin: str
    language: str | None
    depth: float
    stems: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Accounts in order of time, their lines account by account, one vector a line, and the weight of each stem.

    ``origin_of`` maps item ids to origins. A stem's weight is its inverse sentence frequency in this story, 0 to 1.
    """

    accounts: tuple[Account, ...]
    origin_of: dict[str, str]
    lines: tuple[Line, ...]
    vectors: Vectors
    weights: dict[str, float]

    @property
    def origins(self) -> tuple[str, ...]:
        """The independent origins among the accounts, first to publish first."""
        return tuple(dict.fromkeys(self.origin_of[told.item.id] for told in self.accounts))

    def origins_of(self, items: Iterable[str]) -> tuple[str, ...]:
        """The independent origins among some items, in the layout's order."""
        among = {self.origin_of[item] for item in items}
        return tuple(origin for origin in self.origins if origin in among)


def when(item: Item) -> datetime:
    """When it was published, as a key of order: what has no date comes last."""
    return item.published or LAST


def in_time(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """One account an item, its newest revision, in order of publication; what has no date comes last, as given."""
    newest: dict[str, Account] = {}
    for told in accounts:
        if told.item.id not in newest or told.item.revision > newest[told.item.id].item.revision:
            newest[told.item.id] = told
    return tuple(sorted(newest.values(), key=lambda told: when(told.item)))


def lay_out(accounts: Sequence[Account], origins: Sequence[Origin], encode: Encoder) -> Layout:
    """The layout of a story. An item that no origin names counts as one of its own."""
    ordered = in_time(accounts)
    named = {item: origin.id for origin in origins for item in origin.items}
    origin_of = {told.item.id: named.get(told.item.id, told.item.id) for told in ordered}
    most = max(FEWEST_LINES, MOST_LINES // max(1, len(ordered)))
    lines = tuple(
        line for at, told in enumerate(ordered) for line in islice(_lines(at, told, origin_of[told.item.id]), most)
    )
    gists = [line.passage.text[dateline(line.passage.text) :] for line in lines]
    distinct = list(dict.fromkeys(gists))  # reprints are encoded once
    place = {text: index for index, text in enumerate(distinct)}
    vectors = encode(distinct)[[place[gist] for gist in gists]] if lines else np.zeros((0, 1), np.float32)
    return Layout(ordered, origin_of, lines, vectors, _weights(lines))


def _lines(at: int, told: Account, origin: str) -> Iterable[Line]:
    item = told.item
    length = max(1, len(item.text))
    mentions = sorted(told.mentions, key=lambda mention: mention.start)
    for sentence in told.sentences:
        text = sentence.of(item.text)
        if BOILERPLATE.match(text):
            continue
        stems = frozenset(content(text[dateline(text) :]))
        if len(stems) >= (FEWEST_WITH_NUMBER if any(stem.isdigit() for stem in stems) else FEWEST_WORDS):
            inside = [mention for mention in mentions if sentence.covers(mention.span)]
            names = frozenset(
                mention.entity or mention.name.split()[-1].casefold() for mention in inside if mention.name
            )
            depth = sentence.start / length
            yield Line(at, sentence, passage(item, sentence), origin, item.language, depth, stems, names)


def _weights(lines: Sequence[Line]) -> dict[str, float]:
    seen = Counter(stem for line in lines for stem in line.stems)
    top = log(1 + len(lines)) or 1.0
    return {stem: log((1 + len(lines)) / count) / top for stem, count in seen.items()}
