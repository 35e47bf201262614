"""Our own file of facts: bodies, parties, companies, people, seas, regions. Written by hand, in ``curated/``."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources import files
from typing import Any

from storydesk.knowledge.compile.written import Written, slug
from storydesk.model import Entity, EntityType, Fact, Place

__all__ = ["abroad", "bodies", "people", "read", "regions"]

ORIGIN = "Storydesk's curated facts"

WEIGHT = {"bodies": 0.7, "agencies": 0.6, "region": 0.6, "person": 0.6}
"""Of an entry that states none: what is in a hand-picked file is talked of."""


def read(name: str) -> dict[str, Any]:
    """A file of ``curated/`` by its stem."""
    return tomllib.loads(files("storydesk.knowledge").joinpath("curated", f"{name}.toml").read_text("utf-8"))


def bodies() -> Iterator[Written]:
    """International bodies, agencies, parties, movements, outlets, companies."""
    for file in ("bodies", "agencies"):
        for kind, entries in read(file).items():
            for name, given in entries.items():
                yield _entry(name, given, "org", "organisation", given.get("what", kind), WEIGHT[file])


def regions() -> Iterator[Written]:
    """Continents, seas, straits, regions, states and disputed areas."""
    for file in ("regions", "waters"):
        for kind, entries in read(file).items():
            for name, given in entries.items():
                yield _entry(name, given, "place", "place", given.get("what", kind), WEIGHT["region"])


def abroad(entries: Iterable[Written]) -> Iterator[Written]:
    """The same with the names that ``names.toml`` gives them in other languages. Raises KeyError for a name there that
    none of them has.
    """
    named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for language, names in read("names").items():
        for said, name in names.items():
            named[name][language].append(said)
    for each in entries:
        more = named.pop(each.entity.name, {})
        languages = {*each.foreign, *more}
        yield replace(each, foreign={code: (*each.foreign.get(code, ()), *more.get(code, ())) for code in languages})
    if named:
        raise KeyError(f"nothing is called {', '.join(named)}")


def people() -> Iterator[Written]:
    """People much in the news. ``office`` and the years it was held make the description."""
    for name, given in read("people").items():
        held = [_held(*office) for office in given.get("offices", ())]
        facts = tuple(Fact("Office", office, ORIGIN, years) for office, years in held)
        said = given.get("what") or "; ".join(f"{office} ({years})" if years else office for office, years in held)
        yield _entry(name, given, "person", "person", said, WEIGHT["person"], facts)


def _held(office: str, start: str = "", end: str = "") -> tuple[str, str | None]:
    years = f"{start}–{end}" if end else f"since {start}" if start else None
    return office, years


def _entry(
    name: str,
    given: dict[str, Any],
    prefix: str,
    kind: EntityType,
    said: str,
    weight: float,
    facts: tuple[Fact, ...] = (),
) -> Written:
    entity = Entity(
        id=given.get("id", f"{prefix}:curated:{slug(name)}"),
        name=name,
        type=kind,
        description=f"{said[0].upper()}{said[1:]}.",
        aliases=(*given.get("aliases", ()), *given.get("alone", ())),
        facts=facts or tuple(Fact("Seat", seat, ORIGIN) for seat in given.get("seat", "").split(";") if seat),
        place=Place(*given["at"]) if "at" in given else None,
        country=given.get("country"),
        weight=given.get("weight", weight),
    )
    return Written(
        entity, tuple(given.get("demonyms", ())), {code: tuple(n) for code, n in given.get("foreign", {}).items()}
    )
