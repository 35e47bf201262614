"""What kind of thing a name is, mended where the name's own words or the words around it say otherwise than the
model.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from storydesk.knowledge.lexicon import key
from storydesk.model import EntityType
from storydesk.recognise.bodies import BODY, NO_BODY, is_body_here
from storydesk.recognise.names import Named
from storydesk.recognise.persons import is_person_here, is_thing_here
from storydesk.recognise.titles import addressed

__all__ = ["mended"]

LOCALITY = re.compile(
    r"""
    airport|avenue|basin|bay|beach|border|bridge|canal|cape|coast|county|desert|district|forest|gulf|harbor|
    harbour|heights|highlands|hill|hills|island|islands|lake|mountain|mountains|ocean|park|peninsula|plateau|
    port|province|region|ridge|river|road|sea|square|station|strait|street|territory|valley|village
    """,
    re.VERBOSE,
)
"""Last words of names of places."""

LOCALITY_FIRST = re.compile(r"(?:Co\.?|County|Lake|Mount|Mt\.?|River) (?=[^\W\d_a-zà-ÿ])")
"""First words of names of places."""

FEAST = re.compile(r"\b(?:Christmas|Easter|Ramadan|Hanukkah|Diwali|Thanksgiving|New Year|Storm|Hurricane|Typhoon)\b")
"""Words of feasts and storms, which the model often takes for people."""

DATELINE = re.compile(r"[^\n]{0,40}?\((?:[\w’' .&-]{2,30})\) ?[—–-]")
"""What follows the town at the head of an agency's report, up to its dash."""

CERTAIN = 5
"""Votes that the words around a name have against what the model hears in it."""

LAST_JOINTS = frozenset({" and ", ", and "})

LOCATED = re.compile(r"\b(?:in|near|outside|around) $")
"""Of what follows these a person is the rarest."""

IS_PLACE = re.compile(
    r",? (?:is |was )?an? (?:[\w’'-]+ ){0,3}(?:village|town|city|suburb|municipality|hamlet|river|lake|island)\b"
    r"| (?:suburb|neighbou?rhood|district) of | (?:police|residents|firefighters|townspeople)\b"
)
PLACED = re.compile(r"\b(?:suburb|village|town|hamlet|port|north|south|east|west) of $")
"""What only a place has behind or before it."""


def mended(text: str, names: Sequence[Named]) -> list[Named]:
    """The same names with mended types; one name is one kind of thing throughout an item, the kind it is taken for
    most often.
    """
    told = [replace(name, type=_told(text, name)) for name in _listed(text, names)]
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in told:
        if name.type is not None and name.via == "name":
            votes[key(text[name.start : name.end])][name.type] += CERTAIN if _sure(text, name) else 1
    majority = {each: counted.most_common(1)[0][0] for each, counted in votes.items()}
    return [
        replace(name, type=majority[key(text[name.start : name.end])]) if name.type and name.via == "name" else name
        for name in told
    ]


def _sure(text: str, name: Named) -> bool:
    """Whether the kind of a name rests on the words around it."""
    if name.type == "person":
        return is_person_here(text, name.start, name.end)
    return name.type == "organisation" and is_thing_here(text, name.end)


def _listed(text: str, names: Sequence[Named]) -> list[Named]:
    """The last of a list of people is one too: "Ana Ruiz, Jonas Lie and Tomasz Wilk"."""
    listed = list(names)
    for at in range(2, len(listed)):
        two, one, last = listed[at - 2 : at + 1]
        joints = text[two.end : one.start], text[one.end : last.start]
        multiword = " " in text[last.start : last.end] and not last.entities
        people = two.type == one.type == "person" and last.type in ("organisation", "work", "other", "place")
        if people and multiword and re.fullmatch(r",(?: \d+,)?(?: \w+)?? ", joints[0]) and joints[1] in LAST_JOINTS:
            listed[at] = replace(last, type="person", via="name")
    return listed


def _told(text: str, name: Named) -> EntityType | None:
    """What the words around it or its own words say."""
    if name.type not in ("person", "place", "organisation", "work", "other") or name.via != "name":
        return name.type
    return _by_neighbours(text, name) or _by_own_words(text, name) or name.type


def _by_neighbours(text: str, name: Named) -> EntityType | None:
    alone = " " not in text[name.start : name.end]
    placeable = all(entity.type == "place" for entity in name.entities)
    if _heads_a_report(text, name) or (placeable and _is_place_here(text, name)):
        return "place"
    called = alone and placeable and addressed(text, name.start)
    if called or (not name.entities and name.type != "person" and _person(text, name)):
        return "person"
    if name.type in ("person", "place", "work") and not name.entities and is_body_here(text, name.start, name.end):
        return "organisation"
    if name.type == "person" and not name.entities and is_thing_here(text, name.end):
        return "organisation"
    if alone and name.type == "person" and LOCATED.search(text[max(0, name.start - 12) : name.start]):
        return "place"
    return None


def _is_place_here(text: str, name: Named) -> bool:
    return (
        IS_PLACE.match(text, name.end) is not None
        or PLACED.search(text, max(0, name.start - 12), name.start) is not None
    )


def _by_own_words(text: str, name: Named) -> EntityType | None:
    words = key(text[name.start : name.end]).split()
    if len(words) < 2 or name.type in ("work", "other"):
        return None
    if BODY.fullmatch(words[-1]):
        return "organisation"
    if name.type == "organisation" and NO_BODY.fullmatch(" ".join(words)):
        return "other"
    if name.type != "person":
        return None
    if FEAST.search(text, name.start, name.end):
        return "event"
    local = LOCALITY.fullmatch(words[-1]) or LOCALITY_FIRST.match(text, name.start, name.end)
    return "place" if local else None


def _person(text: str, name: Named) -> bool:
    last = key(text[name.start : name.end]).split()[-1]
    bodily = BODY.fullmatch(last) or LOCALITY.fullmatch(last)
    return not bodily and is_person_here(text, name.start, name.end)


def _heads_a_report(text: str, name: Named) -> bool:
    """Whether a name in capitals opens a line as the town of a dateline: "TROMSOE, Norway, March 2 (Agency) —"."""
    opens = name.start == 0 or text[name.start - 1] == "\n"
    return opens and text[name.start : name.end].isupper() and DATELINE.match(text, name.end) is not None
