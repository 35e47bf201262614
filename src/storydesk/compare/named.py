"""Names: places and people that two accounts set in one frame, and that are not the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from storydesk.compare.analysis import Analysis, Sentence, once_a_line
from storydesk.compare.figures import PHOTO
from storydesk.compare.frames import Framed, framed, in_one_frame, joined
from storydesk.compare.layout import Layout
from storydesk.knowledge import Knowledge
from storydesk.knowledge.spellings import one_person, plainest
from storydesk.model import Account, Attribution, Entity, Mention, Place, Span

__all__ = ["Named", "people", "places"]

Named = tuple[Framed, Mention]

_Mentioned = tuple[Span, Mention]
"""Where in its sentence a name stands, and the name."""

AT = re.compile(
    r"\b(?:in|at|near|outside|off|from|to|of)\s(?:(?:the|central|downtown|northern|southern|eastern|western)\s)*$", re.I
)
"""Before a place: it says where."""

WITHIN = re.compile(r"\b(?:in|at|from|to|of)\s(?:(?:the|central|downtown)\s)*$", re.I)
"""Before a place: it is there, not near there."""

NEARBY = 60.0
"""Kilometres within which one account may name the city, another the town beside it."""

CITY = 1_000_000
"""People of a city whose name stands for the towns around it as well."""

COUNTRY = "United States"

EARTH = 6371.0
"""Its radius in kilometres."""

SPELT = 0.75
"""Likeness of two last names that are one in two spellings ("Zelensky", "Zelenskyy"), by matching letters."""

_ROLES = (
    r"(?:mayor|president|prime minister|premier|governor|chancellor|chief executive|CEO|chair(?:man|woman)?|king|queen"
    r"|pope|police chief|chief of police|sheriff|captain|coach|minister|secretary|head|director|commissioner)"
)
ROLE = re.compile(rf"\b{_ROLES}\b", re.I)
"""Roles that one person has at a time: two accounts that name two people in one of them differ, whoever speaks."""

FORMER = re.compile(r"\b(?:former|ex|acting|deputy|vice|then)[\s-](?:\S+\s){0,4}$", re.I)
ONCE = re.compile(rf",?\s(?:the|a)\sformer\s(?:\w+\s){{0,2}}{_ROLES}\b", re.I)
"""Before and behind a name: the role is no longer, or not wholly, theirs."""

FEW = 3
"""People in a sentence: one with more of them is a list."""

WORD = re.compile(r"[^\W_]+")

LISTING = re.compile(r"\s(?:and|or|&)\s|,\s")
"""Between two people: they are told of together."""


def places(layout: Layout, knowledge: Knowledge) -> list[list[Framed]]:
    """Places of one thing that cannot both be right: neither lies in the other, and no account names both."""
    found = [
        (framed(layout, index, span), mention)
        for index, (span, mention) in layout.each(_placed)
        if _is_place(mention, knowledge)
    ]
    return _differing(layout, found, lambda one, two: _elsewhere(one, two, knowledge))


def people(layout: Layout) -> list[list[Framed]]:
    """People who are said to have done or been one thing, and are not one person; no account names both."""
    found = [(framed(layout, index, span), mention) for index, (span, mention) in layout.each(_acting)]
    return _differing(layout, found, _another)


@once_a_line
def _placed(_: Analysis, line: Sentence) -> Sequence[_Mentioned]:
    """What in a line may be a place where something is."""
    text = line.passage.text
    return [
        (span, mention)
        for span, mention in _mentioned(line)
        if _may_be_place(mention) and AT.search(text[: span.start])
    ]


@once_a_line
def _acting(told: Analysis, line: Sentence) -> Sequence[_Mentioned]:
    """Who is told of in a line, rather than heard."""
    return [
        (span, mention)
        for span, mention in _mentioned(line)
        if _may_be_person(mention) and _acts(told.account, line, span, mention)
    ]


def _may_be_person(mention: Mention) -> bool:
    """Whether a mention names a person, or may: two words without a link are taken for an organisation now and then."""
    taken = mention.type == "organisation" and not mention.entity and mention.name.count(" ") == 1
    return mention.type == "person" or taken


def _may_be_place(mention: Mention) -> bool:
    """Whether a mention names a place, or may: unlinked names are taken for people's where they stand alone."""
    return mention.type == "place" or not (mention.entity or " " in mention.name)


def _is_place(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether what may be a place is one as far as is known."""
    return mention.type == "place" or any(entity.type == "place" for entity in knowledge.named(mention.name))


def _mentioned(line: Sentence) -> Iterator[_Mentioned]:
    """What a line names, and where in it."""
    named = [mention for mention in line.mentions if mention.via == "name"]
    if named and not PHOTO.match(line.passage.text):
        first = len(line.passage.text) - len(line.gist)  # behind the dateline
        for mention in named:
            start, end = mention.start - line.span.start, mention.end - line.span.start
            if start >= first:
                yield Span(start, end), mention


def _acts(told: Account, line: Sentence, span: Span, mention: Mention) -> bool:
    """Whether a person is told of, in full and alone, rather than only heard."""
    if " " not in mention.name:
        return False
    others = [other for other in line.mentions if other.type == "person"]
    if len(others) > FEW or any(_beside(told, mention, other) for other in others if other is not mention):
        return False
    if _past(line.passage.text, span):
        return False
    return bool(ROLE.search(line.passage.text)) or not any(_heard(said, line, mention) for said in told.attributions)


def _heard(said: Attribution, line: Sentence, mention: Mention) -> bool:
    """Whether a mention names the source of what is said, itself or by a "who" behind it in the same sentence."""
    if any(own.covers(mention.span) for own in said.source):
        return True
    return said.speaker == mention.name and any(line.span.covers(own) for own in said.source)


def _past(text: str, span: Span) -> bool:
    """Whether a role is no longer, or not wholly, that of the person named in a sentence."""
    return bool(FORMER.search(text, 0, span.start) or ONCE.match(text, span.end))


def _beside(told: Account, one: Mention, two: Mention) -> bool:
    first, second = sorted((one.span, two.span))
    return bool(LISTING.fullmatch(told.item.text, first.end, max(first.end, second.start)))


def _differing(layout: Layout, found: Sequence[Named], differ: Callable[[Named, Named], bool]) -> list[list[Framed]]:
    pairs = []
    called = [mention.entity or mention.name for _, mention in found]
    for first, second in in_one_frame(layout, [around for around, _ in found], called):
        one, two = found[first], found[second]
        known = _names(layout.accounts[one[0].line.at], two[1]) or _names(layout.accounts[two[0].line.at], one[1])
        if not known and differ(one, two):
            pairs.append((one[0], two[0]))
    return [sorted(several, key=_place) for several in joined(pairs, _place)]


def _place(around: Framed) -> tuple[int, Span]:
    return around.index, around.span


def _names(told: Account, mention: Mention) -> bool:
    """Whether an account names somebody or something anywhere."""
    if any(mention.entity and mention.entity == other.entity for other in told.mentions):
        return True
    name = plainest(mention.name.split()[-1] if mention.type == "person" else mention.name)
    return f" {name} " in f" {_plain(told.item.title)} {_plain(told.item.text)} "


@lru_cache(maxsize=1_024)
def _plain(text: str) -> str:
    return " ".join(map(plainest, WORD.findall(text)))


def _another(one: Named, two: Named) -> bool:
    ours, theirs = one[1], two[1]
    if "person" not in (ours.type, theirs.type):
        return False
    if ours.entity and theirs.entity:
        return ours.entity != theirs.entity
    if len(one_person([ours.name, theirs.name])) < 2:
        return False
    return not _spelt_alike(ours.name.split()[-1], theirs.name.split()[-1])


def _spelt_alike(one: str, two: str) -> bool:
    return SequenceMatcher(None, plainest(one), plainest(two), autojunk=False).ratio() >= SPELT


def _elsewhere(one: Named, two: Named, knowledge: Knowledge) -> bool:
    """Whether two places are apart, whichever places of their names are meant; of what is unknown, whether the names
    are unlike."""
    ours, theirs = (_meant(mention, knowledge) for _, mention in (one, two))
    if not ours and not theirs:
        return _within(one, two) and not _spelt_alike(one[1].name, two[1].name)
    return bool(ours and theirs) and all(
        place.id != other.id and _apart(place, other, _within(one, two)) for place in ours for other in theirs
    )


def _meant(mention: Mention, knowledge: Knowledge) -> Sequence[Entity]:
    entity = knowledge.entity(mention.entity) if mention.entity else None
    return [entity] if entity else [entity for entity in knowledge.named(mention.name) if entity.type == "place"]


def _within(*named: Named) -> bool:
    """Whether both places are given as where it is, not as what it is near."""
    return all(WITHIN.search(around.line.passage.text[: around.span.start]) for around, _ in named)


def _apart(one: Entity, two: Entity, within: bool) -> bool:
    """Whether neither place lies in the other or is so near that both may be named for it."""
    ours, theirs = ({fact.label: fact.value for fact in entity.facts} for entity in (one, two))
    if one.country != two.country:
        return bool(one.country and two.country)
    if "Country" in ours and "Country" in theirs and one.place and two.place:
        large = any(_people(facts) > CITY for facts in (ours, theirs))
        return _kilometres(one.place, two.place) > (NEARBY if large or not within else 0)
    states = {ours.get("State", one.name), theirs.get("State", two.name)}
    return one.country == "US" and len(states) > 1 and COUNTRY not in (one.name, two.name)


def _people(facts: Mapping[str, str]) -> int:
    digits = facts.get("Population", "0").replace(",", "").split()[0]
    return int(digits) if digits.isdigit() else 0


def _kilometres(one: Place, two: Place) -> float:
    """The distance on a sphere, by the haversine formula."""
    north, east = radians(two.latitude - one.latitude) / 2, radians(two.longitude - one.longitude) / 2
    shrunk = cos(radians(one.latitude)) * cos(radians(two.latitude))
    return 2 * EARTH * asin(sqrt(sin(north) ** 2 + shrunk * sin(east) ** 2))
