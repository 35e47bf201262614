"""The values that flow between the stages. Frozen, plain, and checked only for what must always hold.

The order of this file is the order in which a piece of news meets the stages:

    Source, Feed  →  Entry  →  Item  →  Mention, Attribution  →  Account  →  Placement  →  Coverage
    Comment  →  Verdict

Every offset is a pair of Unicode code points, half open, into the ``text`` of one revision of one item, so that
``text[start:end]`` is what the outlet wrote. Times are aware datetimes. Unknown is ``None``, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import Struct

__all__ = [
    "Account",
    "Attribution",
    "AttributionKind",
    "Card",
    "Comment",
    "Decision",
    "Entity",
    "EntityType",
    "Entry",
    "Fact",
    "Feed",
    "Item",
    "Mention",
    "Merge",
    "Place",
    "Placement",
    "ReaderComment",
    "Reason",
    "Source",
    "SourceKind",
    "Span",
    "Verdict",
    "Video",
]

SourceKind = Literal["newspaper", "agency", "broadcaster", "video channel", "site", "trade journal", "tabloid"]
EntityType = Literal["person", "place", "organisation", "event", "work", "other"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Decision = Literal["publish", "hold", "reject"]


class Span(NamedTuple):
    """Half-open code-point offsets into a text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


# ------------------------------------------------------------------------------------------------ who publishes


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet that publishes. ``country`` is ISO 3166-1 alpha-2, ``language`` BCP 47."""

    id: str
    name: str
    home: str | None = None
    kind: SourceKind = "site"
    profile: str = ""
    country: str | None = None
    language: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """An address of a source that is polled."""

    url: str
    source: str
    title: str = ""


# ------------------------------------------------------------------------------------------------ what is published


@dataclass(frozen=True, slots=True)
class ReaderComment:
    """A comment found inside somebody else's page. Kept with the item, never part of its text, never shown
    unscreened."""

    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Video:
    """That an item is a video. ``url`` opens it; ``embed`` is what a click-to-load frame loads; ``channel`` its
    home."""

    url: str | None = None
    embed: str | None = None
    channel: str | None = None
    channel_url: str | None = None


class Entry(Struct, frozen=True):
    """What a feed says of one piece, before its page is read.

    ``publisher`` is the true publisher where an aggregator names one (RSS ``<source>``). ``content`` is HTML as given,
    not yet sanitised; ``complete`` says whether the feed declares it to be the whole piece (``content:encoded``, Atom
    ``content``). ``guid`` is the id by which the feed itself knows the piece, whatever its address.

    (A struct, since feeds are read by the thousand and a frozen dataclass sets each of its fields by a call.)
    """

    url: str
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    summary: str = ""
    content: str = ""
    complete: bool = False
    language: str | None = None
    publisher: str | None = None
    publisher_url: str | None = None
    image: str | None = None
    video: Video | None = None
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One published piece in one state of its text.

    ``updated`` is when the outlet says that it changed the piece last, after it was published. ``source`` is the name
    of the true publisher; ``carrier`` the site that carried it where that is another one.
    ``summary`` is what the outlet itself gave as description. ``partial`` says that the outlet gave less than the whole
    piece (a truncated feed, a declared paywall). ``revision`` counts from 1.
    """

    id: str
    text: str
    title: str = ""
    url: str | None = None
    path: str | None = None
    source: str | None = None
    carrier: str | None = None
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    summary: str = ""
    image: str | None = None
    video: Video | None = None
    comments: tuple[ReaderComment, ...] = ()
    partial: bool = False
    revision: int = 1

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an item needs an id")
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError(f"item {self.id}: published needs a time zone")

    @property
    def words(self) -> int:
        """How many words of it were read."""
        return len(self.text.split())


# ------------------------------------------------------------------------------------------------ what is in it


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity. ``entity`` is a Wikidata QID or a desk id, ``None`` where nothing is sure enough.

    ``name`` is the fullest form the item gives ("Antony Blinken" for a later "Blinken"). ``score`` is the confidence in
    the link, 0 to 1 (of the name itself where unlinked). ``via`` says how the words name it: by ``name``, as a
    ``demonym`` ("Russian") or as a ``metonym`` ("Moscow" for a government); ``story``: they name it by what the other
    accounts of the story say.
    """

    start: int
    end: int
    type: EntityType
    name: str
    entity: str | None = None
    score: float = 0.0
    via: Literal["name", "demonym", "metonym", "story"] = "name"

    @property
    def span(self) -> Span:
        """Its offsets as a span."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to have said something.

    ``content``, ``cue`` and ``source`` may each be in several pieces ("…", he said, "…"). ``speaker`` is the resolved
    name (a described source such as "a senior official" keeps its words), ``entity`` its id where the speaker is
    linked. ``through`` names the intermediary it came by ("according to an Interfax report"), ``through_span`` its
    words. ``quoted`` are the pieces of the content that stand between quotation marks in the text, marks excluded; only
    these may ever be shown inside quotation marks.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    entity: str | None = None
    kind: AttributionKind = "indirect"
    through: str | None = None
    through_span: Span | None = None
    quoted: tuple[Span, ...] = ()

    @property
    def extent(self) -> Span:
        """From the first to the last code point of the content."""
        return Span(self.content[0].start, self.content[-1].end)


@dataclass(frozen=True, slots=True)
class Account:
    """One outlet's account of an event: the item with all that the item stages found in it."""

    item: Item
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()


# ------------------------------------------------------------------------------------------------ what it belongs to


@dataclass(frozen=True, slots=True)
class Placement:
    """Where grouping put an item: an existing story or one of its own; ``why`` is the evidence in words.

    ``score`` is the closeness to the story it joined, 0 to 1; for an item that starts a story, that of the best story
    refused.
    """

    id: str
    story: str
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Two stories turned out to be one: ``gone`` redirects to ``kept``."""

    kept: str
    gone: str
    why: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------ what the desk knows


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of an entity, with where it comes from and the date for which it holds (as its origin states
    it)."""

    label: str
    value: str
    origin: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place lies, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Entity:
    """An entry of the knowledge base. ``weight`` (0 to 1) is how much the world talks of it, to decide between
    namesakes."""

    id: str
    name: str
    type: EntityType
    description: str = ""
    aliases: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    place: Place | None = None
    country: str | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """An entity as a story shows it: only where the link is near certain. ``why`` says in words what it rests on."""

    entity: Entity
    items: tuple[str, ...] = ()
    score: float = 1.0
    why: str = ""


# ------------------------------------------------------------------------------------------------ what readers say


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's post as it is screened. ``thread`` is what it answers or stands under; ``published`` how many of the
    author's earlier comments moderators have published, ``recent`` how many came from the same sender in the last
    minutes, ``copies`` how often the same words came before."""

    id: str
    text: str
    author: str | None = None
    thread: str | None = None
    published: int = 0
    recent: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a phase of screening spoke: its rule and the span of the comment it rests on (the whole where it is not
    local)."""

    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What screening says of a comment. ``score`` is how likely it is unfit to publish, 0 to 1."""

    id: str
    verdict: Decision
    score: float = 0.0
    reasons: tuple[Reason, ...] = field(default=())
