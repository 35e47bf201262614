"""What ``compare`` makes of a story: the values behind a story page and the document that ``storydesk compare`` prints.

Every line of it is a :class:`Passage`: the item, its revision and the offsets of the words it rests on. Nothing in a
coverage is generated; what is not a passage is a name, a time or a count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storydesk.model import Card, Span

__all__ = [
    "Coverage",
    "CoveredItem",
    "Difference",
    "DifferenceKind",
    "Extent",
    "Moment",
    "Origin",
    "Passage",
    "Point",
    "Side",
    "Statement",
    "ToldBy",
    "Utterance",
    "Wording",
]

Extent = Literal["whole", "part", "joined"]
ToldBy = Literal["all", "some", "one"]
DifferenceKind = Literal["number", "date", "place", "name", "blame", "certainty"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one revision of one item. ``text`` equals that revision's ``text[start:end]``, always."""

    item: str
    revision: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CoveredItem:
    """An item as a member of the story. ``words`` and ``partial`` say how much of it was read."""

    id: str
    source: str
    title: str
    url: str | None
    published: datetime | None
    language: str | None
    words: int
    partial: bool
    revision: int
    origin: str
    video: bool = False
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent root of reporting: the items that share it, and why they are held to."""

    id: str
    items: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One line of "in brief": a whole sentence in an outlet's own words and the origins that tell the same.

    ``contested`` are the coverage's differences, by their place, of which it tells one side.
    """

    passage: Passage
    origins: tuple[str, ...]
    contested: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One outlet's wording of an utterance.

    ``passage`` is what stands between quotation marks where ``verbatim``, else the reported words. ``marks`` are the
    words that differ from the fullest verbatim wording, as offsets into ``passage.text``. ``through`` names the
    intermediary. ``context`` is the sentence around it. ``extent`` says of a verbatim wording that it is only ``part``
    of the fullest, word for word, or ``joined`` of what another outlet quotes in separate pieces.
    """

    passage: Passage
    context: Passage
    verbatim: bool
    marks: tuple[Span, ...] = ()
    through: str | None = None
    extent: Extent = "whole"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something one speaker said, in all the wordings in which the outlets carry it, first to publish first."""

    speaker: str
    entity: str | None
    wordings: tuple[Wording, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is told, with the sentence of each item that tells it. ``told_by`` counts independent origins."""

    cells: tuple[Passage, ...]
    origins: tuple[str, ...]
    told_by: ToldBy


@dataclass(frozen=True, slots=True)
class Side:
    """One account's side of a difference: the words that differ, inside their sentence."""

    passage: Passage
    context: Passage


@dataclass(frozen=True, slots=True)
class Difference:
    """Accounts that cannot both be exact. ``update`` where the later one plainly replaces the earlier as time went
    on."""

    kind: DifferenceKind
    about: str
    sides: tuple[Side, ...]
    update: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: when an item was published or revised, or what is stated to have happened then."""

    at: datetime
    what: Literal["published", "revised", "stated"]
    item: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All of it, for one story."""

    story: str
    headline: str
    headline_item: str
    first_seen: datetime | None
    last_changed: datetime | None
    languages: tuple[str, ...]
    outlets: tuple[str, ...]
    items: tuple[CoveredItem, ...]
    origins: tuple[Origin, ...]
    brief: tuple[Point, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    statements: tuple[Statement, ...] = ()
    differences: tuple[Difference, ...] = ()
    timeline: tuple[Moment, ...] = ()
    cards: tuple[Card, ...] = ()
