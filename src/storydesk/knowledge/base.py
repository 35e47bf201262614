"""What a knowledge base is to the stages, one that lives in memory, and several as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from storydesk.knowledge.lexicon import ANY_BUT_ENGLISH, Hit, Lexicon, free_of_overlap
from storydesk.model import Entity

__all__ = ["Catalogue", "Knowledge", "combine"]

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

    def __len__(self) -> int:
        return len(self._entities)

    def entity(self, entity_id: str) -> Entity | None:
        """See :class:`Knowledge`."""
        return self._entities.get(entity_id)

    def named(self, name: str) -> tuple[Entity, ...]:
        """See :class:`Knowledge`. Names in other languages are not looked at."""
        return self._of(self._lexicon("en").ids(name))

    def find(self, text: str, language: str | None = "en") -> tuple[Hit, ...]:
        """See :class:`Knowledge`. Costs about a millisecond for a thousand words."""
        found = self._lexicon((language or "en").split("-")[0]).find(text)
        return tuple(Hit(start, end, self._of(ids), via) for start, end, ids, via in found)

    def _of(self, ids: Iterable[str]) -> tuple[Entity, ...]:
        return by_weight(self._entities[each] for each in ids if each in self._entities)

    def _lexicon(self, language: str) -> Lexicon:
        """The names to look for in texts of a language, indexed when first asked for."""
        if language not in self._lexicons:
            lexicon = Lexicon()
            for entity in self._entities.values():
                for alias in (entity.name, *entity.aliases):
                    lexicon.add(alias, entity.id)
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
    """Several knowledge bases asked as one; an id that two know is taken from the first."""

    def __init__(self, sources: Sequence[Knowledge]) -> None:
        self._sources = sources

    def entity(self, entity_id: str) -> Entity | None:
        """See :class:`Knowledge`."""
        found = (source.entity(entity_id) for source in self._sources)
        return next((entity for entity in found if entity), None)

    def named(self, name: str) -> tuple[Entity, ...]:
        """See :class:`Knowledge`."""
        return self._distinct(entity for source in self._sources for entity in source.named(name))

    def find(self, text: str, language: str | None = "en") -> tuple[Hit, ...]:
        """See :class:`Knowledge`. What several find in one place is joined."""
        joined: dict[tuple[int, int], Hit] = {}
        for source in self._sources:
            for hit in source.find(text, language):
                other = joined.get((hit.start, hit.end))
                entities = self._distinct((*(other.entities if other else ()), *hit.entities))
                via = other.via if other else hit.via
                joined[hit.start, hit.end] = Hit(hit.start, hit.end, entities, via)
        return free_of_overlap(joined.values())

    def _distinct(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        first: dict[str, Entity] = {}
        for entity in entities:
            first.setdefault(entity.id, entity)
        return by_weight(first.values())


def by_weight(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The most talked of first; equals by id, so that the order is always the same."""
    return tuple(sorted(entities, key=lambda entity: (-entity.weight, entity.id)))


def combine(*sources: Knowledge) -> Knowledge:
    """Several knowledge bases as one: the desk's own entries before an import, an import before the built-in facts."""
    return sources[0] if len(sources) == 1 else Combined(sources)
