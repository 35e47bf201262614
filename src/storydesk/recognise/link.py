"""Which entity a name stands for: candidates weighed against one another and against "none of them".

A candidate's standing is its ``weight`` plus what the item says for it: places and people of its country named
elsewhere in the item, or the region named right behind it ("Paris, Texas"). Its probability is a softmax over all of
them and over nobody, who stands at :data:`NOBODY`. Below :data:`LINKED` a name stays unlinked: unsure means unlinked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from storydesk.knowledge import Knowledge
from storydesk.knowledge.lexicon import key
from storydesk.model import Entity, EntityType, Mention
from storydesk.recognise.bodies import has_staff
from storydesk.recognise.names import Named
from storydesk.recognise.persons import people_by_context
from storydesk.recognise.places import PlaceKind, is_within, kind_of, lies_in, said_to_be
from storydesk.recognise.titles import addressed

__all__ = ["LINKED", "link"]

LINKED = 0.75
SHARPNESS = 8.0
"""How strongly a lead in standing becomes a lead in probability: .3 ahead is eleven to one."""

NOBODY = 0.35
NOBODY_OF_THAT_NAME = 0.45
"""A person's name is borne by many who are in no knowledge base."""

SAME_COUNTRY = 0.3
"""What a candidate gains whose country other names speak for; a place of which the country is not known gains as much
as its namesakes do, as not to know is no evidence.
"""
ELSEWHERE = 0.3
"""What it costs a country's body with a common word for its name that the item only speaks of other countries."""

POLITICAL = re.compile(r"\b(?:[Pp]arty|[Ll]egislature|[Cc]hamber|[Cc]ourt)\b")
"""What every country has, often under one name."""

IN_FULL = 0.1
OTHERWISE_HEARD = 0.25
PLACE_OR_BODY = 0.05
"""What the model's taking it for another kind of thing costs a candidate; places and bodies it confuses often."""

CORPORATE = re.compile(r",? (?:Inc|Corp|Co|Ltd|LLC|plc|PLC|AG|SE|SA|NV|GmbH|Corporation|Company|Group|Holdings)\.?$")
"""What may follow a company's name."""

COMPANY = re.compile(r"\b(?:company|[a-z]*maker|retailer|airline)\b", re.IGNORECASE)
"""What describes a body that is the same in every country."""

SPELLINGS = (("Defense", "Defence"), ("Center", "Centre"), ("ization", "isation"), ("Labor", "Labour"))

UNSUPPORTED = 0.15
LESSER = 0.7
"""What it costs a lesser town abroad (by weight) that the item speaks of other countries alone."""

HAS_STAFF = 0.1
"""What it is worth to a body that it has what only bodies have."""

SAID_TO_BE = 0.2
"""What it is worth to a state that the item calls it one; of towns there are too many of one name."""

OF_STATES = 0.3
"""What it is worth to a state whose name a city bears that the names beside it are states'."""
COMMA = re.compile(" ?, ")
"""What stands between a town and its region; parsed corpora set a space before it."""

BESIDE = 40
"""Code points within which a name stands beside another."""

PLACED = 0.5
"""What the region named right behind a place is worth, for and against."""


class Said(NamedTuple):
    """What an item says of one naming: countries that other names speak for, the region behind it and whether that is
    abbreviated ("Mich."), the kind of place it is called, whether states stand beside it or the item calls it one
    elsewhere, whether only one thing bears the name, whether something besides the model says that a person does,
    whether it has a spokesman or shares, and the places named right before it ("China's", "Utah").
    """

    countries: Counter[str]
    behind: tuple[Entity, ...] | None
    abbreviated: bool
    kind: PlaceKind | None
    of_states: bool
    only: bool
    personal: bool
    staffed: bool
    owners: tuple[Entity, ...]


def link(text: str, names: Sequence[Named], knowledge: Knowledge) -> list[Mention]:
    """Mentions with their entity where it is sure enough. One name has one sense in an item."""
    known = [_candidates(name, knowledge) for name in names]
    candidates = [_located(text, *each) for each in zip(names, known, strict=True)]
    personal = people_by_context(text, names)
    kinds = _kinds(text, names, candidates)
    states = {key(name.name) for name, kind in zip(names, kinds, strict=True) if kind == "state"}
    countries = _countries(candidates, names)
    senses: dict[tuple[str, str, bool], Mention] = {}
    mentions = []
    for at, name in enumerate(names):
        sense = (key(name.name), name.via, candidates[at] == known[at])
        behind = _region_behind(text, names, candidates, at)
        owners = _owners(text, names, candidates, at)
        may_be_state = kinds[at] is None and {"state", "city"} <= {kind_of(entity) for entity in candidates[at]}
        said = Said(
            _elsewhere(countries, candidates[at]),
            behind,
            behind is not None and text[names[at + 1].end - 1] == ".",
            kinds[at],
            may_be_state and (sense[0] in states or _beside_a_state(text, names, candidates, at)),
            len(candidates[at]) == 1,
            sense[0] in personal,
            has_staff(text, name.start, name.end),
            owners,
        )
        if said.behind is None and said.kind is None and not said.of_states and not owners and sense in senses:
            decided = replace(senses[sense], start=name.start, end=name.end)
        else:
            decided = _decide(name, candidates[at], said)
            if not name.unsure and not owners:
                senses.setdefault(sense, decided)
        mentions.append(decided)
    return mentions


def _kinds(text: str, names: Sequence[Named], candidates: Sequence[tuple[Entity, ...]]) -> list[PlaceKind | None]:
    """What kind of place the item says each name is, by the words beside it or a town of that state right before it."""
    found: list[PlaceKind | None] = []
    for at, name in enumerate(names):
        known = {kind_of(entity) for entity in candidates[at]}
        placed = any(entity.type == "place" for entity in candidates[at])
        kind = said_to_be(text, name.start, name.end, known) if placed and name.via == "name" else None
        if kind is None and {"state", "city"} <= known and at and COMMA.fullmatch(text, names[at - 1].end, name.start):
            state = next(entity for entity in candidates[at] if kind_of(entity) == "state")
            town = any(state.name in _inside(entity) for entity in candidates[at - 1])
            kind = "state" if town else None
        found.append(kind)
    return found


def _owners(text: str, names: Sequence[Named], candidates: Sequence[tuple[Entity, ...]], at: int) -> tuple[Entity, ...]:
    """The places named right before a body: "China's Centers for Disease Control", "the Utah House"."""
    if at == 0 or not any(entity.type == "organisation" for entity in candidates[at]):
        return ()
    between = text[names[at - 1].end : names[at].start]
    return candidates[at - 1] if between in (" ", "'s ", "’s ") else ()


def _beside_a_state(text: str, names: Sequence[Named], candidates: Sequence[tuple[Entity, ...]], at: int) -> bool:
    """Whether the name before or behind, in the same sentence, is a state's and nothing else's."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(names) and [kind_of(entity) for entity in candidates[other]] == ["state"]:
            first, second = sorted((names[at].span, names[other].span))
            between = text[first[1] : second[0]]
            if len(between) <= BESIDE and not re.search(r"[.!?\n]\s", between):
                return True
    return False


def _candidates(name: Named, knowledge: Knowledge) -> tuple[Entity, ...]:
    if name.unsure:
        return ()
    if name.entities or name.type == "work":
        return name.entities
    named = next(filter(None, map(knowledge.named, (name.name, *_respelled(name.name)))), ())
    if named or not (ending := CORPORATE.search(name.name)):
        return named
    return tuple(each for each in knowledge.named(name.name[: ending.start()]) if each.type == "organisation")


def _respelled(name: str) -> Iterator[str]:
    """The same name as another country spells it: "Defense" and "Defence", and "U.S." for the whole of it."""
    if name.startswith(("U.S. ", "US ")):
        yield f"United States {name.split(' ', 1)[1]}"
    for american, british in SPELLINGS:
        if american in name or british in name:
            yield name.replace(american, british) if american in name else name.replace(british, american)


def _located(text: str, name: Named, candidates: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Of what bears the name only the places, if the words before it have something happen there: "in Boston" is no
    team's; and no place behind a form of address.
    """
    if addressed(text, name.start):
        return tuple(entity for entity in candidates if entity.type != "place")
    places = tuple(entity for entity in candidates if entity.type == "place")
    return places if places and name.via == "name" and is_within(text, name.start) else candidates


def _countries(candidates: Sequence[tuple[Entity, ...]], names: Sequence[Named]) -> Counter[str]:
    """How many different names of the item speak for a country; an ambiguous one speaks for none."""
    said = {
        (entities[0].country, key(name.name))
        for entities, name in zip(candidates, names, strict=True)
        if len({entity.country for entity in entities}) == 1 and entities[0].country
    }
    return Counter(country for country, _ in said if country)


def _elsewhere(countries: Counter[str], candidates: Iterable[Entity]) -> Counter[str]:
    """The countries that other names speak for: a name is no evidence for itself."""
    own = {entity.country for entity in candidates}
    return countries - Counter(own if len(own) == 1 else ())  # type: ignore[arg-type]


def _region_behind(
    text: str, names: Sequence[Named], candidates: Sequence[tuple[Entity, ...]], at: int
) -> tuple[Entity, ...] | None:
    """The places named right behind a comma: "Paris, Texas"."""
    if at + 1 < len(names) and COMMA.fullmatch(text, names[at].end, names[at + 1].start):
        places = tuple(entity for entity in candidates[at + 1] if entity.type == "place")
        return places or None
    return None


def _decide(name: Named, candidates: Sequence[Entity], said: Said) -> Mention:
    own_type: EntityType = name.type or (candidates[0].type if candidates else "other")
    unlinked = Mention(name.start, name.end, own_type, name.name, None, _confidence(name), name.via)
    fitting = [
        entity
        for entity in candidates
        if _fits(name, entity, said) and said.kind in (None, kind_of(entity)) and not _anothers(entity, said.owners)
    ]
    if not fitting:
        return unlinked
    at_home = any(entity.type == "place" and entity.country in said.countries for entity in fitting)
    standing = {
        entity.id: _standing(name, entity, said)
        + (SAME_COUNTRY if at_home and entity.type == "place" and not entity.country else 0.0)
        for entity in fitting
    }
    nobody = NOBODY_OF_THAT_NAME if fitting[0].type == "person" else NOBODY
    odds = {each: math.exp(SHARPNESS * value) for each, value in standing.items()}
    best = max(fitting, key=lambda entity: (standing[entity.id], entity.id))
    score = round(odds[best.id] / (sum(odds.values()) + math.exp(SHARPNESS * nobody)), 3)
    if score < LINKED:
        return unlinked
    return Mention(name.start, name.end, best.type, name.name, best.id, score, name.via)


def _fits(name: Named, entity: Entity, said: Said) -> bool:
    """A person's full name is never a place's, unless only a place or a body bears it and nothing but the model hears
    a person; places and bodies are often taken for each other.
    """
    if name.type == "person" and " " in name.name:
        alone = said.only and not said.personal
        return entity.type == "person" or (alone and (entity.type != "place" or key(name.name) == key(entity.name)))
    return name.type not in ("work", "event") or entity.type == name.type


def _standing(name: Named, entity: Entity, said: Said) -> float:
    standing = entity.weight + _by_country(name, entity, said)
    if _in_full(name, entity):
        standing += IN_FULL
    if said.kind == "state":
        standing += SAID_TO_BE
    if said.staffed and entity.type == "organisation":
        standing += HAS_STAFF
    if said.of_states and kind_of(entity) == "state":
        standing += OF_STATES
    if name.type in ("person", "place", "organisation") and name.type != entity.type and name.via == "name":
        standing -= _misheard(name, entity, said)
    if said.behind and (_inside(entity) or (said.abbreviated and kind_of(entity) == "country")):
        standing += _placed(entity, said.behind)
    return standing


def _anothers(body: Entity, owners: Sequence[Entity]) -> bool:
    """Whether a country's body is called by the name of another country, or of a state: "the Utah Senate". A company
    is the same everywhere.
    """
    places = [owner for owner in owners if owner.type == "place"]
    if body.type != "organisation" or body.country is None or not places or COMPANY.search(body.description):
        return False
    return all(owner.country != body.country or kind_of(owner) == "state" for owner in places)


def _by_country(name: Named, entity: Entity, said: Said) -> float:
    if entity.country in said.countries:
        return SAME_COUNTRY
    if not said.countries or not entity.country:
        return 0.0
    if _common_word(name, entity):
        return -ELSEWHERE
    return -UNSUPPORTED if kind_of(entity) == "city" and entity.weight < LESSER else 0.0


def _in_full(name: Named, entity: Entity) -> bool:
    """Whether a person is called by more than a surname, a body by its whole name; "Labour Party" is many countries'
    whole name.
    """
    if " " not in name.name or entity.type != "organisation":
        return " " in name.name and entity.type == "person"
    return key(name.name) == key(entity.name) and not POLITICAL.search(entity.description)


def _misheard(name: Named, entity: Entity, said: Said) -> float:
    """What it costs that the model hears another kind of thing: nothing where a person's full name is meant (or ends a
    longer one, "Queen Ada Brook"), nor between places and bodies where only one thing bears the name.
    """
    if (
        entity.type == "person"
        and said.only
        and " " in entity.name
        and f" {key(name.name)}".endswith(f" {key(entity.name)}")
    ):
        return 0.0
    one_word = " " not in name.name
    if entity.type == "person" or (name.type == "person" and one_word and not said.staffed):
        return OTHERWISE_HEARD
    if entity.type == "work" and name.type != "organisation":
        return OTHERWISE_HEARD
    return 0.0 if said.only and not said.personal else PLACE_OR_BODY


def _common_word(name: Named, entity: Entity) -> bool:
    """Whether a body is called by a word that many countries' bodies are called by: "Congress", "Labour"."""
    words = name.name
    return words.isalpha() and key(words) != key(entity.name) and POLITICAL.search(entity.description) is not None


def _placed(entity: Entity, behind: Sequence[Entity]) -> float:
    """For "Paris, Texas": the places in Texas gain, all others lose. "Paris, London" places nothing."""
    if any(lies_in(entity, region) for region in behind):
        return PLACED
    return 0.0 if all(_inside(region) for region in behind) else -PLACED


def _inside(entity: Entity) -> set[str]:
    """The state and the country that a town lies in; empty for a state or a country."""
    return {fact.value for fact in entity.facts if fact.label in ("State", "Country")}


def _confidence(name: Named) -> float:
    """How sure the name itself is: heard and known, heard only, known only."""
    if name.type and name.entities:
        return 0.95
    return 0.8 if name.type else 0.6
