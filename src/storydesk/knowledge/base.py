"""What a knowledge base is to the stages, one that lives in memory, and several as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from typing import Protocol

from storydesk.knowledge.lexicon import ANY_BUT_ENGLISH, Hit, Lexicon, free_of_overlap, key, keys
from storydesk.model import Entity

__all__ = ["Catalogue", "Knowledge", "by_weight", "combine", "is_item"]

TITLE, KEPT = 300, 4_096
"""Characters of a text that is no longer than a title, and how many titles' names are remembered: a story's are asked
for with each item that joins it."""

Names = Mapping[str, Sequence[str]]
"""A name to the ids of the entities it can stand for."""


class Knowledge(Protocol):
    """What recognition needs of a knowledge base. Any object with these three methods can be plugged in."""

    def entity(self, entity_id: str) -> Entity | None:
        """The entry of that id, or ``None``."""
        ...

    def named(self, name: str) -> tuple[Entity, ...]:
        """The entities that bear exactly this name (case, accents and punctuation aside), the most talked of first."""
        ...

    def find(self, text: str, language: str | None = "en") -> tuple[Hit, ...]:
        """The known names in a text of that language (BCP 47), left to right, longest first, never overlapping."""
        ...


class Catalogue:
    """Entities held in memory.

    ``demonyms`` are names of peoples and adjectives ("Icelandic"); ``foreign`` maps a language code to names that are
    looked for only in texts of that language, since "Island" is Iceland in German alone. :data:`ANY_BUT_ENGLISH` is a
    code as well.
    """

    def __init__(
        self, entities: Iterable[Entity], demonyms: Names | None = None, foreign: Mapping[str, Names] | None = None
    ) -> None:
        self._entities = {entity.id: entity for entity in entities}
        self._demonyms = demonyms or {}
        self._foreign = foreign or {}
        self._lexicons: dict[str, Lexicon] = {}
        self._in_title = lru_cache(KEPT)(self._found)

    def __len__(self) -> int:
        return len(self._entities)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def entity(self, entity_id: str) -> Entity | None:
        """See :class:`Knowledge`."""
        return self._entities.get(entity_id)

    def named(self, name: str) -> tuple[Entity, ...]:
        """See :class:`Knowledge`. Names in other languages are not looked at."""
        return self._of(self._lexicon("en").ids(name))

    def find(self, text: str, language: str | None = "en") -> tuple[Hit, ...]:
        """See :class:`Knowledge`. Costs about a millisecond for a thousand words."""
        return (self._in_title if len(text) <= TITLE else self._found)(text, (language or "en").split("-")[0])

    def _found(self, text: str, language: str) -> tuple[Hit, ...]:
        found = self._lexicon(language).find(text)
        return tuple(Hit(start, end, self._of(ids), via) for start, end, ids, via in found)

    def _of(self, ids: Iterable[str]) -> tuple[Entity, ...]:
        return by_weight(self._entities[each] for each in ids if each in self._entities)

    def _lexicon(self, language: str) -> Lexicon:
        """The names to look for in texts of a language, indexed when first asked for."""
        if language not in self._lexicons:
            lexicon = Lexicon()
            for entity in self._entities.values():
                for alias in (entity.name, *entity.aliases):
                    lexicon.add(alias, entity.id, place=entity.type == "place")
            if language == "en":
                others = {"demonym": self._demonyms}
            else:
                others = {"name": self._foreign.get(language, {}), "any": self._foreign.get(ANY_BUT_ENGLISH, {})}
            for via, names in others.items():
                for name, ids in names.items():
                    for each in ids:
                        lexicon.add(name, each, "demonym" if via == "demonym" else "name")
            self._lexicons[language] = lexicon
        return self._lexicons[language]


class Combined:
    """Several knowledge bases asked as one. What several know of one id is joined: the first's name and description,
    the names and facts of all.
    """

    def __init__(self, sources: Sequence[Knowledge]) -> None:
        self._sources = sources

    def entity(self, entity_id: str) -> Entity | None:
        """See :class:`Knowledge`."""
        found = [entity for source in self._sources if (entity := source.entity(entity_id))]
        return reduce(joined, found) if found else None

    def named(self, name: str) -> tuple[Entity, ...]:
        """See :class:`Knowledge`."""
        return self._whole(entity for source in self._sources for entity in source.named(name))

    def find(self, text: str, language: str | None = "en") -> tuple[Hit, ...]:
        """See :class:`Knowledge`. What several find in one place is joined."""
        hits: dict[tuple[int, int], Hit] = {}
        for source in self._sources:
            for hit in source.find(text, language):
                other = hits.get((hit.start, hit.end))
                entities = (*(other.entities if other else ()), *hit.entities)
                hits[hit.start, hit.end] = Hit(hit.start, hit.end, entities, other.via if other else hit.via)
        found = free_of_overlap(hits.values())
        return tuple(hit._replace(entities=self._whole(hit.entities)) for hit in found)

    def _whole(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        """Each entity once, with what all sources know of it."""
        ids = dict.fromkeys(entity.id for entity in entities)
        return by_weight(one_of_each([entity for each in ids if (entity := self.entity(each))]))


def joined(first: Entity, other: Entity) -> Entity:
    """Two descriptions of one thing as one. A label that the first has facts under stays the first's."""
    said = {fact.label for fact in first.facts}
    names = dict.fromkeys((*first.aliases, other.name, *other.aliases))
    return replace(
        first,
        description=first.description or other.description,
        aliases=tuple(name for name in names if name != first.name),
        facts=(*first.facts, *(fact for fact in other.facts if fact.label not in said)),
        place=first.place or other.place,
        country=first.country or other.country,
        weight=max(first.weight, other.weight),
    )


def one_of_each(entities: Sequence[Entity]) -> list[Entity]:
    """A thing that one source knows by its Wikidata item and another by an id of its own is one thing, where it is the
    only namesake of its kind, of no other country and in no other place.
    """
    items = [entity for entity in entities if is_item(entity.id)]
    others = [entity for entity in entities if not is_item(entity.id)]
    if not items or not others:
        return list(entities)
    left = []
    for other in others:
        same = [at for at, item in enumerate(items) if _one_thing(item, other)]
        if len(same) == 1 and sum(_one_thing(items[same[0]], each) for each in others) == 1:
            items[same[0]] = replace(joined(other, items[same[0]]), id=items[same[0]].id)
        else:
            left.append(other)
    return [*items, *left]


def is_item(entity_id: str) -> bool:
    """Whether an id is Wikidata's: Q and digits."""
    return entity_id[:1] == "Q" and entity_id[1:].isdigit()


NEAR = 0.5
"""Degrees within which two points can be one town's."""


OUTLET = re.compile(r"\b(?:news\w*|broadcaster|channel|magazine|radio|television)\b")
"""What describes an outlet, which an import may keep as a work: the paper, not its publisher."""


def _one_thing(item: Entity, other: Entity) -> bool:
    if not _of_one_kind(item, other) or not _namesakes(item, other):
        return False
    if item.country and other.country and item.country != other.country:
        return False
    if item.place and other.place:
        apart = abs(item.place.latitude - other.place.latitude), abs(item.place.longitude - other.place.longitude)
        return max(apart) <= NEAR
    return True


def _of_one_kind(item: Entity, other: Entity) -> bool:
    outlet = other.type == "organisation" and OUTLET.search(other.description) is not None
    return item.type == other.type or (item.type == "work" and outlet)


def _namesakes(item: Entity, other: Entity) -> bool:
    """Of a body either may have the other's main name beside its own: "The Home Depot" and "Home Depot", "US Army" and
    "United States Army". A single word beside it is too little: "Congress".
    """
    if not set(keys(item.name)).isdisjoint(keys(other.name)):
        return True
    if item.type != "organisation":
        return False
    main = {each for each in keys(item.name) if " " in each}
    return key(other.name) in map(key, item.aliases) or any(not main.isdisjoint(keys(name)) for name in other.aliases)


def by_weight(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The most talked of first; equals by id, so that the order is always the same."""
    return tuple(sorted(entities, key=lambda entity: (-entity.weight, entity.id)))


def combine(*sources: Knowledge) -> Knowledge:
    """Several knowledge bases as one: the desk's own entries before the built-in facts, those before an import."""
    return sources[0] if len(sources) == 1 else Combined(sources)
