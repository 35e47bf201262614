"""An entity as it is stored: compact, its facts pointing at other entities by their ids."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from storydesk.knowledge.choosing import Kind
from storydesk.model import Entity, Fact, Place

__all__ = ["Kept", "KeptFact", "entity_of"]


class KeptFact(msgspec.Struct, frozen=True, array_like=True):
    """A fact whose value is said, or is an item."""

    label: str
    value: str
    item: str | None = None
    date: str | None = None
    origin: str = "Wikidata"


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """``names`` by language, ``place`` as latitude and longitude; ``what`` is the word for its class."""

    id: str
    name: str
    type: Kind
    what: str = ""
    description: str = ""
    names: dict[str, list[str]] = {}
    facts: list[KeptFact] = []
    place: tuple[float, float] | None = None
    country: str | None = None
    weight: float = 0.0


def entity_of(kept: Kept, name_of: Callable[[str], str | None]) -> Entity:
    """As the stages know it. ``name_of`` gives the name of an item; a fact whose item has none is left out."""
    facts = tuple(
        Fact(fact.label, value, fact.origin, fact.date)
        for fact in kept.facts
        if (value := name_of(fact.item) if fact.item else fact.value)
    )
    return Entity(
        id=kept.id,
        name=kept.name,
        type="other" if kept.type == "term" else kept.type,
        description=kept.description or _composed(kept, facts),
        aliases=tuple(name for name in kept.names.get("en", ()) if name != kept.name),
        facts=facts,
        place=Place(*kept.place) if kept.place else None,
        country=kept.country,
        weight=kept.weight,
    )


def _composed(kept: Kept, facts: tuple[Fact, ...]) -> str:
    """A description made of facts: offices of a person, else what it is and where."""
    by_label: dict[str, list[Fact]] = {}
    for fact in facts:
        by_label.setdefault(fact.label, []).append(fact)
    if offices := by_label.get("Office"):
        return "; ".join(f"{each.value} ({each.date})" if each.date else each.value for each in offices[:2]) + "."
    what = by_label["Occupation"][0].value if "Occupation" in by_label else kept.what
    where = next((by_label[each][0].value for each in ("Located in", "Country", "Citizenship") if each in by_label), "")
    if not what:
        return ""
    said = f"{what} {'of' if kept.type == 'person' else 'in'} {where}." if where else f"{what}."
    return said[0].upper() + said[1:]
