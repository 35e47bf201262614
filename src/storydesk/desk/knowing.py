"""What this desk knows: its own entries, the facts that come with Storydesk, and what was imported."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from storydesk import pipeline
from storydesk.compare import Analyses
from storydesk.desk.home import home, make_home
from storydesk.errors import InputError, NotFound
from storydesk.knowledge import Knowledge, Table, built_in, combine
from storydesk.knowledge.kept import Kept, KeptFact
from storydesk.knowledge.lexicon import key
from storydesk.knowledge.table import Writer, is_there
from storydesk.language import Remembered, encode
from storydesk.model import Entity

__all__ = ["ORIGIN", "imported", "known", "new_entry", "overlay", "own", "store", "tools"]

ORIGIN = "This desk"
"""The origin of facts that the desk's members give."""


def imported() -> Path:
    """The file that imports are written to."""
    return home() / "knowledge" / "imported.sqlite"


def own() -> Path:
    """The file of the desk's own entries."""
    return home() / "knowledge" / "own.sqlite"


def known() -> Knowledge:
    """The knowledge base of this desk: the built-in one alone where nothing was added."""
    base = built_in()

    def elsewhere(entity_id: str) -> str | None:
        entity = base.entity(entity_id)
        return entity.name if entity else None

    before = [Table(own(), elsewhere)] if is_there(own()) else []
    after = [Table(imported(), elsewhere)] if is_there(imported()) else []
    return combine(*before, base, *after)


def tools() -> pipeline.Tools:
    """The tools of the stages, with this desk's knowledge. An import or entry made later is seen from then on, the
    first of its kind included.
    """
    return _tools(own(), is_there(own()), imported(), is_there(imported()))


@cache
def _tools(*_: object) -> pipeline.Tools:
    """They remember: a desk compares a story again with each item that joins it."""
    return replace(pipeline.default_tools(), knowledge=known(), encode=Remembered(encode), analyses=Analyses())


def new_entry(entity: Entity) -> Kept:
    """An entity as one of the desk's own. Raises InputError for a name without two letters or digits."""
    if len(key(entity.name)) < 2:
        raise InputError(f"{entity.name!r} is no name", "a name has at least two letters or digits")
    names = list(dict.fromkeys((entity.name, *entity.aliases)))
    facts = [KeptFact(fact.label, fact.value, None, fact.date, fact.origin) for fact in entity.facts]
    place = (entity.place.latitude, entity.place.longitude) if entity.place else None
    return Kept(
        entity.id,
        entity.name,
        entity.type,
        "",
        entity.description,
        {"en": names},
        facts,
        place,
        entity.country,
        entity.weight,
    )


def overlay(entity_id: str) -> Entity:
    """What the desk says itself of an entity: the entry to change. Of one that comes from elsewhere it is the name, the
    kind and no more. Raises NotFound.
    """
    mine = Table(own()).entity(entity_id) if is_there(own()) else None
    if mine:
        return mine
    entity = known().entity(entity_id)
    if entity is None:
        raise NotFound(f"nothing is known as {entity_id}", "look for it by its name: storydesk knowledge show NAME")
    return Entity(entity.id, entity.name, entity.type)


def store(kept: Kept) -> None:
    """Keeps an entry of the desk's own."""
    make_home()
    writer = Writer(own())
    writer.put(kept)
    writer.close()
