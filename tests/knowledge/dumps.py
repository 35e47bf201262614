"""A small dump of things that do not exist, in the form of Wikidata's."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["COUNTRY", "as_dump", "claim", "entities", "entity_value", "item"]

COUNTRY = "Q35"
"""A real country's item (Denmark), so that what lies in it is known to."""


def entity_value(each: str) -> dict[str, Any]:
    return {"type": "wikibase-entityid", "value": {"entity-type": "item", "id": each}}


def claim(name: str, value: dict[str, Any], rank: str = "normal", **qualifiers: str) -> dict[str, Any]:
    said = {each: [{"property": each, "datavalue": moment(at)}] for each, at in qualifiers.items()}
    return {"mainsnak": {"property": name, "datavalue": value}, "rank": rank, "qualifiers": said or []}


def moment(day: str) -> dict[str, Any]:
    return {"type": "time", "value": {"time": f"+{day}T00:00:00Z", "precision": 11}}


def item(
    number: int,
    name: str,
    kind: str,
    *claims: dict[str, Any],
    aliases: tuple[str, ...] = (),
    pages: int = 20,
    **more: str,
) -> dict[str, Any]:
    every: dict[str, list[dict[str, Any]]] = {"P31": [claim("P31", entity_value(kind))]}
    for each in claims:
        every.setdefault(each["mainsnak"]["property"], []).append(each)
    labels = {"en": name, **more}
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {code: {"language": code, "value": said} for code, said in labels.items()},
        "aliases": {"en": [{"language": "en", "value": each} for each in aliases]} if aliases else [],
        "claims": every,
        "sitelinks": {f"w{at}": {"title": name} for at in range(pages)} or [],
    }


def entities(people: int = 40) -> list[dict[str, Any]]:
    """A town, its mayor's office, its mayor, a company, a paper nobody needs, and some people of numbered names."""
    office = claim("P39", entity_value("Q900000002"), P580="2021-03-05")
    past = claim("P39", entity_value("Q900000002"), P580="2009-01-01", P582="2013-01-01")
    size = {"type": "quantity", "value": {"amount": "+48200", "unit": "1"}}
    at = {"type": "globecoordinate", "value": {"latitude": 55.51, "longitude": 9.02}}
    return [
        item(900000001, "Larnholm", "Q515", claim("P17", entity_value(COUNTRY)), claim("P625", at),
             claim("P1082", size, P585="2024-01-01"), aliases=("Larnholm Town",), de="Larnheim"),
        item(900000002, "Mayor of Larnholm", "Q4164871", pages=1),
        item(900000003, "Ysolde Marrin", "Q5", claim("P27", entity_value(COUNTRY)), past, office,
             aliases=("Marrin", "Y. Marrin")),
        item(900000004, "Quellbrook Foundries", "Q4830453", claim("P159", entity_value("Q900000001")),
             aliases=("QBF",)),
        item(900000005, "On the tides of Larnholm", "Q13442814"),
        item(900000006, "Little Known", "Q5", pages=1),
        *(item(900001000 + at, f"Person{at} Of-Larnholm", "Q5") for at in range(people)),
    ]  # fmt: skip


def as_dump(items: list[dict[str, Any]]) -> bytes:
    """In the form of a whole dump: a list, one item a line."""
    return b"[\n" + b",\n".join(json.dumps(each).encode() for each in items) + b"\n]\n"
