"""What is written in ``edition/``, as frozen values: outlets, the pieces they publish, and readers' remarks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from storydesk.errors import InputError, UnreadableFile
from storydesk.model import SourceKind

__all__ = ["Edition", "FeedFormat", "Layout", "Outlet", "Piece", "Printing", "Remark", "State", "load_edition"]

FOLDER = Path(__file__).parent / "edition"

FeedFormat = Literal["rss", "atom", "json", "media-rss", "sitemap"]
Layout = Literal["classic", "broadsheet", "portal", "blog", "video"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: what :class:`storydesk.model.Source` needs, and how it publishes."""

    id: str
    name: str
    kind: SourceKind
    country: str
    language: str
    owner: str
    feed: FeedFormat
    layout: Layout
    profile: str


@dataclass(frozen=True, slots=True)
class State:
    """One state of a piece: its headline and its paragraphs as they stood from ``at`` on."""

    at: datetime
    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the text, which blank lines separate."""
        return [paragraph.strip() for paragraph in self.text.split("\n\n") if paragraph.strip()]


@dataclass(frozen=True, slots=True)
class Piece:
    """One published piece with all its states, first to last. ``event`` says what it tells; no page or feed does."""

    event: str
    source: str
    slug: str
    published: datetime
    states: tuple[State, ...]
    author: str | None = None
    summary: str = ""
    credit: str = ""
    video: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A reader's comment on an event, as moderation left it. ``reply_to`` is the number of another."""

    number: int
    event: str
    author: str
    at: datetime
    text: str
    state: Literal["published", "held", "rejected"]
    reason: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """All of it. ``pieces`` stand in the order of the events, ``remarks`` in the order of their numbers."""

    outlets: tuple[Outlet, ...]
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...]

    def by(self, outlet: Outlet) -> list[Piece]:
        """What an outlet published, newest first."""
        return sorted((piece for piece in self.pieces if piece.source == outlet.id), key=_newest, reverse=True)


@dataclass(frozen=True, slots=True)
class Printing:
    """The edition as it is served at one time: in its first states or, ``revised``, its last.

    ``base`` is the address under which it is served, without a slash at its end.
    """

    edition: Edition
    base: str
    revised: bool = False

    def state(self, piece: Piece) -> State:
        """The state in which a piece stands."""
        return piece.states[-1 if self.revised else 0]

    def home(self, outlet: Outlet) -> str:
        """The address of an outlet's front page."""
        return f"{self.base}/{outlet.id}/"

    def address(self, piece: Piece) -> str:
        """The address of a piece."""
        return f"{self.base}/{piece.source}/{piece.slug}"


def load_edition(folder: Path = FOLDER) -> Edition:
    """The edition in a folder. Raises UnreadableFile or InputError, naming the file and the fault."""
    outlets = tuple(_each(folder / "sources.toml", "source", Outlet))
    pieces = tuple(chain.from_iterable(_pieces(path) for path in sorted((folder / "events").glob("*.toml"))))
    remarks = tuple(_each(folder / "comments.toml", "comment", Remark, numbered=True))
    edition = Edition(outlets, pieces, remarks)
    for fault in _faults(edition):
        raise InputError(f"the edition in {folder} does not hold together: {fault}")
    return edition


def _newest(piece: Piece) -> tuple[datetime, str]:
    return piece.published, piece.slug


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} is not TOML: {error}") from None


def _each(path: Path, table: str, kind: type[T], *, numbered: bool = False) -> Iterator[T]:
    for number, record in enumerate(_toml(path).get(table, ()), 1):
        yield _convert(record | ({"number": number} if numbered else {}), kind, f"{path}, {table} {number}")


def _pieces(path: Path) -> Iterator[Piece]:
    event = _toml(path)
    for number, record in enumerate(event.get("item", ()), 1):
        first = {"at": record.get("published"), "title": record.get("title"), "text": record.get("text")}
        whole = record | {"event": event.get("slug"), "states": [first, *record.get("revision", ())]}
        yield _convert(whole, Piece, f"{path}, item {number}")


def _convert(record: dict[str, Any], kind: type[T], place: str) -> T:
    try:
        return msgspec.convert(record, kind)
    except msgspec.ValidationError as error:
        raise InputError(f"{place}: {error}") from None


def _faults(edition: Edition) -> Iterator[str]:
    """What no single record shows: names that lead nowhere, addresses given twice, times out of order."""
    outlets, events = {outlet.id for outlet in edition.outlets}, {piece.event for piece in edition.pieces}
    seen: set[tuple[str, str]] = set()
    for piece in edition.pieces:
        place = f"{piece.source}/{piece.slug}"
        if piece.source not in outlets:
            yield f"{place} names no outlet"
        if (piece.source, piece.slug) in seen:
            yield f"{place} stands there twice"
        seen.add((piece.source, piece.slug))
        times = [state.at for state in piece.states]
        if any(at.tzinfo is None for at in times) or times != sorted(times):
            yield f"{place} has times without a zone, or in no order"
    for remark in edition.remarks:
        if remark.event not in events:
            yield f"comment {remark.number} names no event: {remark.event}"
        if remark.reply_to is not None and not 0 < remark.reply_to < remark.number:
            yield f"comment {remark.number} answers none before it"
