"""In this story: the cards of what it names, in order of the alphabet, and the people it names for whom there is
none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from storydesk.knowledge.spellings import fullest_spelling
from storydesk.model import Card, EntityType, Fact
from storydesk.recognise import desk_person, is_desk_person
from storydesk.site.present.frame import Frame
from storydesk.site.present.locator import Locator, locator

__all__ = ["Named", "Recent", "RecentItems", "ShownCard", "cards", "one_origin", "people", "undated"]


@dataclass(frozen=True, slots=True)
class Recent:
    """An item in a list of recent ones; ``here``: it is one of the story shown."""

    title: str
    href: str
    outlet: str = ""
    language: str = ""
    published: datetime | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class RecentItems:
    """The newest items about something, and how many there are in all."""

    total: int = 0
    newest: tuple[Recent, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as shown. ``forms`` are the names that it is linked by, where they are several; ``undated`` says how
    many of the facts have no date."""

    id: str
    name: str
    type: EntityType
    description: str
    href: str
    facts: tuple[Fact, ...]
    origin: str
    undated: str
    forms: tuple[str, ...]
    map: Locator | None
    recent: RecentItems
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody the story names, without a card. ``outlets`` are those that name them."""

    id: str
    name: str
    href: str
    outlets: tuple[str, ...] = field(default=())


def one_origin(facts: Sequence[Fact]) -> str:
    """The origin that all the facts share, to be said once; nothing where they have several."""
    origins = {fact.origin for fact in facts}
    return origins.pop() if len(origins) == 1 else ""


def undated(facts: Sequence[Fact]) -> str:
    """Whether ``all`` or ``some`` facts have no date from their origin; nothing where each has one."""
    without = sum(not fact.date for fact in facts)
    return "" if not without else "all" if without == len(facts) else "some"


def cards(frame: Frame, recent: Mapping[str, RecentItems]) -> tuple[ShownCard, ...]:
    """The story's cards. Where ``recent`` knows nothing of one, the items of this story that name it stand there."""
    shown = (_card(frame, card, recent.get(card.entity.id)) for card in frame.coverage.cards)
    return tuple(sorted(shown, key=lambda card: card.name.casefold()))


def people(frame: Frame) -> tuple[Named, ...]:
    """The persons named in full who have no card, in order of the alphabet, each with the outlets that name them. The
    spellings of one name are one person."""
    known = {card.entity.id for card in frame.coverage.cards}
    outlets: dict[str, dict[str, None]] = {}
    names: dict[str, list[str]] = {}
    for account in frame.accounts:
        item = frame.items.get(account.item.id)
        for mention in account.mentions:
            if mention.type == "person" and " " in mention.name and mention.entity not in known and item:
                key = mention.entity or desk_person(mention.name)
                outlets.setdefault(key, {})[item.source] = None
                names.setdefault(key, []).append(mention.name)
    named = (_named(frame, key, names[key], tuple(outlets[key])) for key in outlets)
    return tuple(sorted(named, key=lambda person: person.name.casefold()))


def _named(frame: Frame, key: str, names: Sequence[str], outlets: tuple[str, ...]) -> Named:
    name = fullest_spelling(list(dict.fromkeys(names)))
    there = (frame.addresses.person(name) for name in dict.fromkeys((name, *names)))
    href = next((href for href in there if href), "") if is_desk_person(key) else frame.addresses.entity(key)
    return Named(key, name, href, outlets)


def _card(frame: Frame, card: Card, recent: RecentItems | None) -> ShownCard:
    entity = card.entity
    return ShownCard(
        id=entity.id,
        name=entity.name,
        type=entity.type,
        description=entity.description,
        href=frame.addresses.entity(entity.id),
        facts=entity.facts,
        origin=one_origin(entity.facts),
        undated=undated(entity.facts),
        forms=_forms(frame, entity.id),
        map=locator(entity),
        recent=_marked(frame, recent) if recent else _here(frame, card),
        why=card.why,
    )


def _forms(frame: Frame, entity: str) -> tuple[str, ...]:
    named = (mention for account in frame.accounts for mention in account.mentions if mention.entity == entity)
    forms = {mention.name.casefold(): mention.name for mention in named}
    return tuple(sorted(forms.values())) if len(forms) > 1 else ()


def _marked(frame: Frame, recent: RecentItems) -> RecentItems:
    """The same, with the items of this story marked."""
    here = {frame.addresses.item(item) for item in frame.items}
    return replace(recent, newest=tuple(replace(item, here=item.href in here) for item in recent.newest))


def _here(frame: Frame, card: Card) -> RecentItems:
    items = [frame.items[item] for item in card.items if item in frame.items]
    items.sort(key=lambda item: item.published.timestamp() if item.published else 0.0, reverse=True)
    newest = [
        Recent(item.title, frame.addresses.item(item.id), item.source, item.language or "", item.published, True)
        for item in items
    ]
    return RecentItems(len(newest), tuple(newest[:5]))
