"""An item's page: the public reads an excerpt and the words it was sent to; members read the whole, with who said
what in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from storydesk.model import Account, Attribution, Span
from storydesk.site.present.public import CONTEXT, Opened, telling
from storydesk.site.present.told import CHANGED, Change, Revision, ShownVideo, changes, video
from storydesk.site.present.words import Piece, around, cut, excerpt, paragraphs

__all__ = ["AttributionShown", "ItemPage", "NameShown", "item_page", "span_asked"]


@dataclass(frozen=True, slots=True)
class AttributionShown:
    """Who said something, in the item's words: those inside quotation marks there are marked."""

    speaker: str
    href: str
    kind: str
    pieces: tuple[Piece, ...]
    through: str
    place: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text. ``target`` is the id that its first mark bears, if a link leads there."""

    pieces: tuple[Piece, ...]
    target: str


@dataclass(frozen=True, slots=True)
class NameShown:
    """Somebody or something that the item names."""

    name: str
    type: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """What an item's page shows. ``whole`` says that ``paragraphs`` are all there is; else they are the words ``asked``
    for, as far as they are to be had, and what stands around them."""

    revision: int
    latest: int
    whole: bool
    asked: Span | None
    excerpt: str
    before: bool
    after: bool
    paragraphs: tuple[Paragraph, ...]
    attributions: tuple[AttributionShown, ...]
    attributions_withheld: int
    names: tuple[NameShown, ...]
    changes: tuple[Change, ...]
    video: ShownVideo | None
    words: int
    partial: bool
    comments_apart: int


def span_asked(asked: str, text: str) -> Span | None:
    """``START-END`` as a span of the text; ``None`` where it is none."""
    start, dash, end = asked.partition("-")
    if not (dash and start.isdecimal() and end.isdecimal() and len(asked) < 20):
        return None
    span = Span(int(start), min(int(end), len(text)))
    return span if span.start < span.end else None


def item_page(
    account: Account,
    revisions: Sequence[Revision],
    asked: Span | None,
    entity_address: Callable[[str], str],
    names: Mapping[str, str],
    opened: Opened | None = None,
) -> ItemPage:
    """The page of one revision of an item at the words ``asked`` for: for the public with what is ``opened`` to it, for
    members (``None``) the whole.

    ``names`` are what the desk calls the entities that it has cards of.
    """
    item = account.item
    mark, shown = (asked, Span(0, len(item.text))) if opened is None else _opened_at(item.text, asked, opened)
    said = telling(account) if opened is None else opened.attributions
    inside = [Span(mark.start - shown.start, mark.end - shown.start)] if mark else []
    return ItemPage(
        revision=item.revision,
        latest=max((revision.number for revision in revisions), default=item.revision),
        whole=opened is None,
        asked=mark,
        excerpt=excerpt(item.text),
        before=shown.start > 0,
        after=shown.end < len(item.text),
        paragraphs=_paragraphs(shown.of(item.text), inside),
        attributions=tuple(_attribution(item.text, one, entity_address) for one in said),
        attributions_withheld=len(telling(account)) - len(said),
        names=_names(account, names, entity_address),
        changes=changes(revisions, None if opened is None else CHANGED),
        video=video(item.video),
        words=item.words,
        partial=item.partial,
        comments_apart=len(item.comments),
    )


def _paragraphs(text: str, marks: Sequence[Span]) -> tuple[Paragraph, ...]:
    lines = paragraphs(text, marks)
    first = next((place for place, pieces in enumerate(lines) if any(piece.marked for piece in pieces)), None)
    return tuple(Paragraph(pieces, "words" if place == first else "") for place, pieces in enumerate(lines))


def _opened_at(text: str, asked: Span | None, opened: Opened) -> tuple[Span | None, Span]:
    """What of the words asked for is marked, and what around them is shown: nothing but the excerpt where none of them
    is opened."""
    stretch = opened.around(asked) if asked else None
    if asked is None or stretch is None:
        return None, Span(0, 0)
    mark = Span(asked.start, min(asked.end, stretch.end))
    near = around(text, mark, CONTEXT)
    return mark, Span(max(near.start, stretch.start), min(near.end, stretch.end))


def _attribution(text: str, said: Attribution, entity_address: Callable[[str], str]) -> AttributionShown:
    extent = said.extent
    pieces: list[Piece] = []
    for part in said.content:
        quoted = [Span(span.start - part.start, span.end - part.start) for span in said.quoted]
        pieces += [Piece(" … ")] if pieces else []
        pieces += cut(part.of(text), quoted)
    return AttributionShown(
        speaker=said.speaker or "not named",
        href=entity_address(said.entity) if said.entity else "",
        kind={"direct": "quoted", "mixed": "partly quoted", "indirect": "reported"}[said.kind],
        pieces=tuple(pieces),
        through=said.through or "",
        place=f"?w={extent.start}-{extent.end}#words",
    )


def _names(account: Account, names: Mapping[str, str], entity_address: Callable[[str], str]) -> tuple[NameShown, ...]:
    found: dict[str, NameShown] = {}
    for mention in account.mentions:
        if mention.entity:
            name = names.get(mention.entity, mention.name)
            found.setdefault(mention.entity, NameShown(name, mention.type, entity_address(mention.entity)))
    return tuple(sorted(found.values(), key=lambda name: name.name.casefold()))
