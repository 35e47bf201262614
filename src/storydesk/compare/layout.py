"""A story laid out for comparison: its accounts in order of time, and every sentence that says something as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, chain, pairwise
from math import log
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.analysis import Analyses, Analysis
from storydesk.compare.outlets import outlets
from storydesk.coverage import Origin, Passage
from storydesk.language import Encoder
from storydesk.language.vectors import Vectors
from storydesk.model import Account, Item, Mention, Span

__all__ = ["MOST_LINES", "Group", "Layout", "Line", "in_time", "lay_out", "when"]

MOST_LINES = 2_000
FEWEST_LINES = 10
"""Lines of a story that are compared, and how many of each account at the least: of a story told a hundred times over
only the head of each account is, where news puts what matters, so that it is ready while a reader waits."""

Places = NDArray[np.intp]
Found = TypeVar("Found")

Group = tuple[int, ...]
"""Lines that tell the same thing, by index, in order of time; at most one an item."""

LAST = datetime.max.replace(tzinfo=UTC)
"""Where what has no date stands in order of time."""


class Line(NamedTuple):
    """A sentence with content (:class:`~storydesk.compare.analysis.Sentence`) in its story: ``at`` is the place of its
    account in the layout."""

    at: int
    origin: str
    span: Span
    passage: Passage
    language: str | None
    depth: float
    stems: frozenset[str]
    people: frozenset[str]
    gist: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Accounts in order of time, their lines account by account, one vector a line, and the weight of each stem.

    ``analyses`` has one of each account. ``origin_of`` maps item ids to origins, ``outlets`` to the names of those
    who published them; ``origins`` are the independent ones,
    first to publish first, and ``places`` where each stands among them. ``bounds`` are where the lines of each account
    begin, and their end. A stem's weight is its inverse sentence frequency in this story, 0 to 1: 1 where but one line
    has it.
    """

    accounts: tuple[Account, ...]
    analyses: tuple[Analysis, ...]
    origins: tuple[str, ...]
    places: dict[str, int]
    origin_of: dict[str, str]
    outlets: dict[str, str]
    lines: tuple[Line, ...]
    bounds: tuple[int, ...]
    vectors: Vectors
    weights: dict[str, float]

    def origins_of(self, items: Iterable[str]) -> tuple[str, ...]:
        """The independent origins among some items, in the layout's order."""
        return self.in_order({self.origin_of[item] for item in items})

    def origin_of_lines(self) -> Places:
        """The place of each line's origin among the origins."""
        return np.array([self.places[line.origin] for line in self.lines], np.intp)

    def each(self, find: Callable[[Analysis, int], Iterable[tuple[int, Found]]]) -> Iterator[tuple[int, Found]]:
        """What ``find`` makes of the first lines of each account, so many as are compared: the place of the line among
        all lines for its place in the account."""
        for told, (start, end) in zip(self.analyses, pairwise(self.bounds), strict=True):
            for place, found in find(told, end - start):
                yield start + place, found

    def in_order(self, origins: Collection[str]) -> tuple[str, ...]:
        """Some origins in the layout's order."""
        return tuple(sorted(origins, key=self.places.__getitem__) if len(origins) > 1 else origins)


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


def lay_out(
    accounts: Sequence[Account], origins: Sequence[Origin], encode: Encoder, analyses: Analyses | None = None
) -> Layout:
    """The layout of a story. An item that no origin names counts as one of its own."""
    analyses = analyses or Analyses()
    ordered = in_time(accounts)
    named = {item: origin.id for origin in origins for item in origin.items}
    origin_of = {told.item.id: named.get(told.item.id, told.item.id) for told in ordered}
    most = max(FEWEST_LINES, MOST_LINES // max(1, len(ordered)))
    analysed = tuple(analyses.of(told, most) for told in ordered)
    lines = tuple(
        Line(at, origin, *sentence)
        for (at, origin), analysis in zip(enumerate(origin_of.values()), analysed, strict=True)
        for sentence in analysis.lines[:most]
    )
    distinct = list(dict.fromkeys(line.gist for line in lines))  # reprints are encoded once
    place = {text: index for index, text in enumerate(distinct)}
    vectors = encode(distinct)[[place[line.gist] for line in lines]] if lines else np.zeros((0, 1), np.float32)
    independent = tuple(dict.fromkeys(origin_of.values()))
    bounds = (0, *accumulate(min(most, len(analysis.lines)) for analysis in analysed))
    places = {origin: place for place, origin in enumerate(independent)}
    names = outlets([told.item for told in ordered])
    return Layout(ordered, analysed, independent, places, origin_of, names, lines, bounds, vectors, _weights(lines))


def _weights(lines: Sequence[Line]) -> dict[str, float]:
    seen = Counter(chain.from_iterable(line.stems for line in lines))
    top = log(1 + len(lines)) or 1.0
    weight = {count: log((1 + len(lines)) / count) / top for count in set(seen.values())}
    return {stem: weight[count] for stem, count in seen.items()}
