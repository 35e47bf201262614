"""What stands at the centre of a story: how far each line is borne out elsewhere, and the headline that names what
all tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from storydesk.compare.analysis import Analysis, once
from storydesk.compare.layout import Layout
from storydesk.compare.nearest import Blocks
from storydesk.compare.numerals import values
from storydesk.compare.words import content
from storydesk.coverage import Difference
from storydesk.language.vectors import Vectors
from storydesk.model import Item

__all__ = ["borne", "borne_out", "headline"]

TITLE = 0.4
"""The share of all lines in how central a title is; the rest is how the others open. A headline names what all tell."""

KNOWN = 0.3
"""The most that the words of a title add which other origins open with, all of the others having all of them."""

HALF = 4.0
"""Shared words, names above all, that make half of that: who tells that somebody won tells more than who tells of a
race."""

OWN = 0.3
"""What a title loses whose words nobody else has anywhere, in full."""

STALE = 0.45
"""What a title loses whose number a later account replaces by one half as high or twice as high."""

ANGLE = 0.12
"""What a title loses that asks, shouts, addresses the reader or opens with a quotation, and that of a film: an angle,
not the event."""

LATE = 0.2
"""How much more the closeness to how others open counts for the last account of a running story than for the first: its
state is the story's, as far as it still tells the story."""

RUNNING = 30 * 3600
"""Seconds from the first to the last account from which a story is running."""

COPIED = 0.93
"""Cosine from which two lines of one origin are copies of each other."""

REPRINT = 0.5
"""The share of an item's lines that are copies of earlier lines of another outlet, from which it is a reprint."""

Places = NDArray[np.intp]

Users = dict[str, set[str]]
"""A stem to the origins that use it."""

ANGLED = re.compile(
    r"^[\"“‘'«„]|\?$"
    r"|^(?:how|why|what|inside|meet|watch|live|video|photos?|opinion|analysis|explain\w*|your?|in pictures)\b",
    re.I,
)
SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")


def borne_out(layout: Layout, vectors: Vectors, origins: Places) -> NDArray[np.float32]:
    """How far each of some texts is told by others: the mean, over the other origins, of the cosine with their
    closest line.

    ``vectors`` has a row a text and ``origins`` the place of its origin in the layout; where there is no other origin
    the answer is 0.
    """
    if not layout.lines or not len(vectors):
        return np.zeros(len(vectors), np.float32)
    blocks = Blocks(layout)
    return borne(blocks, blocks.by_origin(blocks.by_account(vectors @ layout.vectors.T)), origins)


def borne(blocks: Blocks, alike: NDArray[np.float32], origins: Places) -> NDArray[np.float32]:
    """The same of texts whose greatest cosine with a line of each origin that has lines is known, a row a text."""
    column = np.searchsorted(blocks.origins, origins).clip(max=len(blocks.origins) - 1)
    has_lines = blocks.origins[column] == origins
    close = np.maximum(0, alike)
    total = close.sum(axis=1) - has_lines * close[np.arange(len(close)), column]
    mean: NDArray[np.float32] = np.divide(total, np.maximum(1, len(blocks.origins) - has_lines), dtype=np.float32)
    return mean


def headline(layout: Layout, titles: Vectors, differences: Sequence[Difference]) -> tuple[str, str]:
    """The headline and the id of its item: the title that other origins bear out best, in the language of most items.

    ``titles`` holds a vector for the title of each account. Reprints come into question only where there is nothing
    else, as does a title that merely repeats how its text begins. Of a running story the later state is preferred.
    Where no item has a title the first line of its text stands in, and where there is no text, the outlet's name.
    """
    places = list(range(len(layout.accounts)))
    for able in (_titled(layout), _first_hand(layout), _in_its_language(layout)):
        places = [place for place in places if able[place]] or places
    own = np.array([layout.places[layout.origin_of[told.item.id]] for told in layout.accounts])
    central = np.round(borne_out(layout, titles[places], own[places]), 6).astype(float)
    leads = np.round(_leads(layout, titles, own)[places], 6).astype(float)
    late = np.array(_lateness(layout))[places]
    support = np.array(_support(layout, places, differences))
    best = places[int(np.argmax(TITLE * central + leads * (1 - TITLE + LATE * late) + support))]
    item = layout.accounts[best].item
    return _name(item) or layout.outlets[item.id], item.id


def _leads(layout: Layout, titles: Vectors, own: Places) -> NDArray[np.float32]:
    """How near each title comes to how the other origins open: the mean cosine with the title and first line of
    their closest item."""
    leads = titles.copy()
    for place, (index, end) in enumerate(pairwise(layout.bounds)):
        if index < end:
            leads[place] = layout.vectors[index]
    close = np.maximum(titles @ titles.T, titles @ leads.T)
    total, count = np.zeros(len(own), np.float32), np.zeros(len(own), np.float32)
    for origin in range(len(layout.origins)):
        others = own != origin
        total += others * close[:, own == origin].max(axis=1)
        count += others
    return np.divide(total, np.maximum(1, count), dtype=np.float32)


def _titled(layout: Layout) -> list[bool]:
    """Whether each item has a title that does not merely repeat how its text begins."""
    titles = [(" ".join(told.item.title.split()).rstrip(".… "), told.item) for told in layout.accounts]
    return [
        bool(title) and not " ".join(item.text[: 2 * len(item.title)].split()).startswith(title)
        for title, item in titles
    ]


def _in_its_language(layout: Layout) -> list[bool]:
    """Whether each item is in the language of most items."""
    counted = Counter(told.item.language for told in layout.accounts if told.item.language)
    language = counted.most_common(1)[0][0] if counted else None
    return [language is None or told.item.language == language for told in layout.accounts]


def _first_hand(layout: Layout) -> list[bool]:
    """Whether each item is not mostly made of lines that another outlet of its origin published before."""
    earlier: dict[str, list[int]] = {}  # by origin, the places of its accounts so far
    first_hand = []
    for place, told in enumerate(layout.accounts):
        others = earlier.setdefault(layout.origin_of[told.item.id], [])
        lines = [
            index
            for at in others
            if layout.outlets[layout.accounts[at].item.id] != layout.outlets[told.item.id]
            for index in range(layout.bounds[at], layout.bounds[at + 1])
        ]
        first_hand.append(not _copies(layout, range(layout.bounds[place], layout.bounds[place + 1]), lines))
        others.append(place)
    return first_hand


def _copies(layout: Layout, own: Sequence[int], earlier: Sequence[int]) -> bool:
    """Whether most of some lines are copies of earlier ones."""
    if not own or not earlier:
        return False
    close = (layout.vectors[own] @ layout.vectors[earlier].T).max(axis=1)
    return float((close >= COPIED).mean()) >= REPRINT


def _support(layout: Layout, places: Sequence[int], differences: Sequence[Difference]) -> list[float]:
    """What speaks for the titles of some accounts beside meaning: words that others open with, a number that holds."""
    opens, uses = _users(layout)
    return [
        _supported(layout, place, opens, uses) - STALE * _stale(layout.accounts[place].item, differences)
        for place in places
    ]


def _supported(layout: Layout, place: int, opens: Users, uses: Users) -> float:
    item = layout.accounts[place].item
    origin = layout.origin_of[item.id]
    rivals = len(layout.origins) - 1
    stems = _in_title(item.title)
    known = sum(layout.weights.get(stem, 1.0) * _others(opens, stem, origin) for stem in stems)
    known /= max(1, rivals)
    strange = [stem for stem in stems if rivals and not stem[0].isdigit() and not _others(uses, stem, origin)]
    angle = item.video is not None or bool(ANGLED.search(item.title.strip()) or SHOUTED.search(item.title))
    return KNOWN * known / (known + HALF) - OWN * len(strange) / max(1, len(stems)) - ANGLE * angle


def _others(users: Users, stem: str, origin: str) -> int:
    """How many other origins use a stem."""
    own = users.get(stem, ())
    return len(own) - (origin in own)


def _users(layout: Layout) -> tuple[Users, Users]:
    """Each stem of a title to the origins that open with it, in title or first words, and to those that use it
    anywhere."""
    titled = {stem for told in layout.accounts for stem in _in_title(told.item.title)}
    opens: Users = {}
    uses: Users = {}
    for told, (first, end) in zip(layout.analyses, pairwise(layout.bounds), strict=True):
        origin = layout.origin_of[told.account.item.id]
        for stem in told.opening & titled:
            opens.setdefault(stem, set()).add(origin)
        for stem in (told.opening | _stems(told, end - first)) & titled:
            uses.setdefault(stem, set()).add(origin)
    return opens, uses


@lru_cache(maxsize=4_096)
def _in_title(title: str) -> tuple[str, ...]:
    """The stems of a title, each once."""
    return tuple(sorted(set(content(title))))


@once
def _stems(told: Analysis, most: int) -> frozenset[str]:
    """The stems of the lines of an account."""
    return frozenset[str]().union(*(line.stems for line in told.lines[:most]))


def _stale(item: Item, differences: Sequence[Difference]) -> float:
    """How far the number in a title is behind the newest of those that differ from it, 0 (none) to 1 (by half or
    more); squared, since a title a little behind still holds."""
    given = set(values(item.title))
    behind = 0.0
    for difference in differences if given else ():
        given_by = [values(side.passage.text) for side in difference.sides]
        newest = max(given_by[-1], default=0.0)
        old = given & {value for several in given_by for value in several} - set(given_by[-1])
        if difference.kind == "number" and old and newest:
            behind = max(behind, *((2 * (newest - value) / max(newest, value)) ** 2 for value in old))
    return min(1.0, behind)


def _lateness(layout: Layout) -> list[float]:
    """Where each item stands between the first and the last of a running story, 0 to 1."""
    times = [told.item.published.timestamp() if told.item.published else None for told in layout.accounts]
    first, last = (most((time for time in times if time is not None), default=0.0) for most in (min, max))
    running = last - first >= RUNNING
    return [(time - first) / (last - first) if running and time is not None else 0.0 for time in times]


def _name(item: Item) -> str:
    first = next((line.strip() for line in item.text.splitlines() if line.strip()), "")
    return item.title.strip() or first
