"""All sources as one: people known from two are one person, a name in another language never shadows an English one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from storydesk.knowledge.built_in import World
from storydesk.knowledge.compile import curated
from storydesk.knowledge.compile.cities import cities, town_names
from storydesk.knowledge.compile.companies import companies
from storydesk.knowledge.compile.countries import countries
from storydesk.knowledge.compile.leaders import leaders
from storydesk.knowledge.compile.provinces import provinces
from storydesk.knowledge.compile.written import Written
from storydesk.knowledge.lexicon import key
from storydesk.model import Entity, Fact

__all__ = ["compiled", "write"]


def compiled() -> World:
    """The whole built-in base, in an order that does not depend on the machine. Takes some seconds."""
    own = curated.read("countries")
    nations = list(countries(own))
    names = {entry.entity.country or "": entry.entity.name for entry in nations}
    weights = {entry.entity.country or "": entry.entity.weight for entry in nations}
    towns = list(cities(curated.read("cities"), names, own))
    people = _one_a_person(list(curated.people()), list(leaders(own, names, weights)))
    bodies, regions = list(curated.bodies()), list(curated.regions())
    every = [*nations, *towns, *people, *curated.abroad([*bodies, *regions])]
    taken = _taken(every)
    every += provinces(names, set(_by_country(regions)), taken)
    every += companies({name: iso for iso, name in names.items()}, set(map(key, _names(bodies))), taken)
    _refuse_twins(every)
    entities = sorted((entry.entity for entry in every), key=lambda entity: (entity.type, entity.name, entity.id))
    demonyms = _index((name, entry.entity.id) for entry in every for name in entry.demonyms)
    languages = sorted({language for entry in every for language in entry.foreign})
    foreign = {
        language: _index((name, entry.entity.id) for entry in every for name in entry.foreign.get(language, ()))
        for language in languages
    }
    return World(entities, demonyms, foreign)


def _by_country(regions: Iterable[Written]) -> Iterable[tuple[str, str]]:
    for each in regions:
        for name in (each.entity.name, *each.entity.aliases):
            yield each.entity.country or "", key(name)


def _names(every: Iterable[Written]) -> Iterable[str]:
    for each in every:
        yield from (each.entity.name, *each.entity.aliases)


def _taken(every: Sequence[Written]) -> frozenset[str]:
    """The folded names that are somebody's or something's already, surnames and small towns among them."""
    peoples = (name for each in every for name in each.demonyms)
    surnames = (word for each in every if each.entity.type == "person" for word in each.entity.name.split())
    return frozenset(map(key, (*_names(every), *peoples, *surnames, *town_names())))


def write() -> None:
    """Writes ``world.json`` beside the package's modules, one entity a line so that two editions can be compared."""
    world = compiled()
    lines = ",\n".join(msgspec.json.encode(_bare(entity)).decode() for entity in world.entities)
    rest = ",\n".join(
        f'"{part}":{{\n' + ",\n".join(_lines(getattr(world, part))) + "\n}" for part in ("demonyms", "foreign")
    )
    target = Path(str(files("storydesk.knowledge").joinpath("world.json")))
    target.write_text(f'{{"entities":[\n{lines}\n],\n{rest}}}\n', "utf-8")


def _lines(part: dict[str, object]) -> Iterable[str]:
    for name, value in part.items():
        yield f"{msgspec.json.encode(name).decode()}:{msgspec.json.encode(value).decode()}"


def _bare(entity: Entity) -> dict[str, Any]:
    record: dict[str, Any] = msgspec.to_builtins(entity)
    record["facts"] = [{name: said for name, said in fact.items() if said} for fact in record["facts"]]
    return {name: value for name, value in record.items() if value}


def _one_a_person(known: list[Written], holders: list[Written]) -> list[Written]:
    """Curated people take over the office that the factbook dates; who is in no curated file stands as the factbook
    has them.
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(known):
        for name in (entry.entity.name, *entry.entity.aliases):
            by_name[key(name)].append(at)
    left = []
    for holder in holders:
        names = (holder.entity.name, *holder.entity.aliases)
        same = {
            at
            for name in names
            for at in by_name.get(key(name), ())
            if known[at].entity.country == holder.entity.country
        }
        if not same:
            left.append(holder)
            continue
        at = min(same)
        person = known[at].entity
        aliases = dict.fromkeys((*person.aliases, *(name for name in names if name != person.name)))
        known[at] = replace(
            known[at],
            entity=replace(
                person,
                description=holder.entity.description,
                facts=(
                    *holder.entity.facts,
                    *(fact for fact in person.facts if fact.value not in _values(holder) or _is_past(fact)),
                ),
                aliases=tuple(aliases),
            ),
        )
    return [*known, *left]


def _is_past(fact: Fact) -> bool:
    """Whether an office was given up: who holds it again held it before."""
    return "–" in (fact.date or "")


def _values(entry: Written) -> set[str]:
    return {fact.value for fact in entry.entity.facts}


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, entity_id in pairs:
        found[name][entity_id] = None
    return {name: sorted(ids) for name, ids in sorted(found.items())}


def _refuse_twins(every: list[Written]) -> None:
    seen: dict[str, str] = {}
    for entry in every:
        if entry.entity.id in seen:
            raise ValueError(f"{entry.entity.id} is both {seen[entry.entity.id]} and {entry.entity.name}")
        seen[entry.entity.id] = entry.entity.name
