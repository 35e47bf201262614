"""What kind of place a text says that a name is: "the U.S. state of Washington", "Georgia, the country in the
Caucasus", "the city of Victoria".
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Literal

from storydesk.model import Entity

__all__ = ["PlaceKind", "is_country_or_state", "is_within", "kind_of", "lies_in", "said_to_be"]

PlaceKind = Literal["country", "state", "city"]

BEFORE: dict[str, PlaceKind] = {
    "state": "state",
    "states": "state",
    "province": "state",
    "territory": "state",
    "region": "state",
    "city": "city",
    "town": "city",
    "port": "city",
    "capital": "city",
    "country": "country",
    "republic": "country",
    "nation": "country",
}
"""Words of geography and what they make of the name behind them."""

CLASS_BEFORE = re.compile(rf"\b({'|'.join(BEFORE)}) (?:city |town )?(?:of |, )?$", re.IGNORECASE)
CAPITAL_OF = re.compile(r"\bcapital (?:city |town )?of $", re.IGNORECASE)
"""Before what is no city: whose capital it is."""

WITH_CAPITAL: tuple[PlaceKind, ...] = ("country", "state")

CLASS_BEHIND = re.compile(
    rf"(?:, (?:the|an?) (?:[\w’'.-]+ ){{0,3}}?| )({'|'.join(BEFORE)})\b(?!['’]s|[ -](?:capital|city|media|owned|run)\b)"
)
OF = re.compile(r" of $")

OFFICES = (
    r"(?:Sens?\.|Reps?\.|Govs?\.|[Ss]enators?|[Gg]overnors?|[Cc]ongress(?:man|woman|men)|[Ll]egislature|Representative)"
)
PARTY = re.compile(r"\b[RDI]\.?[-–]$")
"""Before a member of Congress's state: "R-Ohio"."""

ELECTED_FOR = re.compile(rf"\bDistrict of $|\b{OFFICES}(?: [^\W\d_a-z][\w.'’-]*){{0,4}},?(?: [RDI]\w*)? (?:of|from) $")
ELECTED = re.compile(
    rf"(?:['’]s)?(?: state| Republican| Democratic| Democrat)* (?:{OFFICES}|[Aa]ttorney [Gg]eneral)"
    r"|(?: on \w+day)?, Gov\."
)
"""Whom a state elects and a city does not."""

REGION_OF = re.compile(
    r"(?:State|Province|Territory|Region|Republic|Governorate|Department|County|Prefecture|Canton|Division|Emirate)"
    r" of\b"
)
"""How the description of a country's first-level region begins."""

WITHIN = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Dd]owntown|[Cc]entral|[Tt]hroughout|[Aa]cross|suburbs? of) $"
)
"""Where only a place can follow, if a place bears the name."""

A_PARTY = re.compile(r" (?:Republican|Democrat)\b(?! [^\W\d_a-z])")


def said_to_be(text: str, start: int, end: int, known: Set[PlaceKind | None]) -> PlaceKind | None:
    """The kind of place that the words right before or behind a name say it is. ``known`` are the kinds of what bears
    the name: "Victoria state" is a state if one does, "China state media" says nothing of China.
    """
    before = text[max(0, start - 24) : start]
    if CAPITAL_OF.search(before):
        return next((kind for kind in WITH_CAPITAL if known & {*WITH_CAPITAL} == {kind}), None)
    if OF.search(before) and (match := CLASS_BEFORE.search(before)):
        return _of_class(match[1], known)
    if _elects(text, start, end, known):
        return "state"
    behind = CLASS_BEHIND.match(text, end)
    if behind and (behind[0].startswith(",") or BEFORE[behind[1]] in known):
        return _of_class(behind[1], known)
    return None


def _of_class(word: str, known: Set[PlaceKind | None]) -> PlaceKind | None:
    """A republic may be a region of a larger one, and the state of that name a country ("the state of Israel"); "the
    United States, the region and the world" says nothing of a country.
    """
    kind = BEFORE[word.lower()]
    if kind == "state" and "state" not in known and "country" in known:
        return None
    return "state" if word.lower() == "republic" and "state" in known and "country" not in known else kind


def _elects(text: str, start: int, end: int, known: Set[PlaceKind | None]) -> bool:
    """Whether a name is a state's by whom it elects: "(R-LA)", "New York Gov. Ana Ruiz", "a New York Republican"."""
    before = text[max(0, start - 70) : start]
    if PARTY.search(before):
        return "country" not in known
    if "state" not in known:
        return False
    a_member = before.endswith((" a ", " an ", " the ")) and A_PARTY.match(text, end)
    return bool(a_member or ELECTED_FOR.search(before) or ELECTED.match(text, end))


def is_within(text: str, start: int) -> bool:
    """Whether something is said to be or to happen in what stands there: "in Boston", "downtown Boston"."""
    return WITHIN.search(text, max(0, start - 14), start) is not None


def kind_of(entity: Entity) -> PlaceKind | None:
    """What kind of place an entry is; None for seas, continents and whatever is no place."""
    if entity.type != "place":
        return None
    if any(fact.label == "Country" for fact in entity.facts):
        return "city"
    if REGION_OF.match(entity.description):
        return "state"
    return "country" if entity.country and entity.description.startswith(("Country", "Territory")) else None


def is_country_or_state(entity: Entity) -> bool:
    """Whether a place is one that towns lie in."""
    return kind_of(entity) in ("country", "state")


def lies_in(entity: Entity, region: Entity) -> bool:
    """Whether a town lies in a state or country, as far as is known: of some countries' towns the state is not."""
    within = {fact.value for fact in entity.facts if fact.label in ("State", "Country")}
    if entity.id == region.id or not within:
        return False
    stateless = not any(fact.label == "State" for fact in entity.facts)
    return region.name in within or (stateless and kind_of(region) == "state" and region.country == entity.country)
