"""Later, shorter forms led back to the first full one: surnames, first names, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from storydesk.knowledge.lexicon import key
from storydesk.knowledge.spellings import one_person
from storydesk.recognise.names import Named

__all__ = ["fullest", "surnames"]

PARTICLES = re.compile(
    r"""
    al|el|bin|ibn|ben|van|von|der|den|de|da|di|do|du|la|le|del|della|dos|st|ter|ten|abu|mac|ni|nic|o|ui|san|zu
    """,
    re.VERBOSE,
)
SUFFIXES = re.compile(r"[,]? (?:Jr|Sr|II|III|IV)\.?$")
ARABIC_ARTICLE = re.compile(r"\b(?:[Aa]l|[Ee]l)-$")
WHERE = re.compile(r"\b(?:[Ii]n|[Tt]o|[Ff]rom|[Nn]ear|[Ii]nto|[Aa]cross) $")
WORD = re.compile(r"[^\W\d_][\w’'-]*")


class Person(NamedTuple):
    """Somebody named in full: the words, where they first stand, and the one-word forms that may follow."""

    name: str
    start: int
    surnames: frozenset[str]
    first: str


def fullest(text: str, names: Sequence[Named]) -> list[Named]:
    """The same names with ``name`` settled, and the bare surnames that neither model nor knowledge base saw."""
    people = list(_people(text, names))
    settled = [_settle(text, name, people) for name in names]
    settled += _unseen(text, settled, people)
    acronyms = _acronyms(text, settled)
    settled += _unheard(text, settled, acronyms)
    named = [replace(name, name=name.name or acronyms.get(text[name.start : name.end], "")) for name in settled]
    return sorted(
        (replace(name, name=name.name or text[name.start : name.end]) for name in named), key=lambda n: n.start
    )


def _people(text: str, names: Sequence[Named]) -> Iterator[Person]:
    seen: set[str] = set()
    for name in names:
        words = text[name.start : name.end]
        is_person = name.entities[0].type == "person" if name.entities else name.type == "person"
        if is_person and " " in words and key(words) not in seen:
            seen.add(key(words))
            yield Person(words, name.start, surnames(words), key(words.split()[0]))


@lru_cache(maxsize=16_384)
def surnames(name: str) -> frozenset[str]:
    """ "Ursula von der Leyen": "leyen" and "von der leyen"; "Bashar al-Assad": "assad" and "al assad"."""
    words = key(SUFFIXES.sub("", name)).split()
    forms = set(words[-1:])
    at = len(words) - 1
    while at > 1 and PARTICLES.fullmatch(words[at - 1]):
        at -= 1
        forms.add(" ".join(words[at:]))
    return frozenset(forms)


def _settle(text: str, name: Named, people: Sequence[Person]) -> Named:
    """A short form gets the full one as its name, and becomes a person if the model took it for something else."""
    words = key(text[name.start : name.end])
    if name.via == "demonym" and not _borne(words, people, name):
        return name
    if words.count(" ") > 2:
        return name
    bearers = _bearers(words, name, people)
    if bearers:
        return _borne_by(text, name, bearers)
    return replace(name, unsure=True) if _first_name(text, name, words, people) else name


def _borne_by(text: str, name: Named, bearers: Sequence[Person]) -> Named:
    """A surname alone of one or several people of the item."""
    bearers = _told_apart(bearers)
    unsure = replace(name, type="person", entities=(), unsure=True)
    if len(bearers) > 1:
        famous = [
            bearer for bearer in bearers if any(key(bearer.name) in _known_as(entity) for entity in name.entities)
        ]
        if famous and famous[0] == min(bearers, key=lambda bearer: bearer.start):
            return replace(name, name=famous[0].name, type="person", entities=())
        return unsure
    if _another_is_meant(text, name, bearers[0]):
        return name
    return replace(name, name=bearers[0].name, type="person", entities=(), via="name")


def _told_apart(bearers: Sequence[Person]) -> Sequence[Person]:
    """The same people; two forms of one name ("Ana M. Ruiz", "Ana Ruiz") are one person's, who is called by the shorter
    that is more than a surname.
    """
    if len(bearers) == 1 or len(one_person([bearer.name for bearer in bearers])) > 1:
        return bearers
    surnames_of_all = {surname for bearer in bearers for surname in bearer.surnames}
    full = [bearer for bearer in bearers if key(bearer.name) not in surnames_of_all]
    return [min(full or bearers, key=lambda bearer: len(bearer.name))]


def _another_is_meant(text: str, name: Named, bearer: Person) -> bool:
    """Whether an item speaks of somebody known by this surname alone before it names his namesake: "Obama ... Michelle
    Obama", not "Oleg Putin ... Putin".
    """
    known = [entity for entity in name.entities if entity.type == "person"]
    full = (alias for entity in known for alias in (entity.name, *entity.aliases) if " " in alias)
    same = (len(one_person([bearer.name, alias])) == 1 for alias in full)
    if not known or any(same):
        return False
    return re.search(rf"\b{re.escape(text[name.start : name.end])}\b", text[: bearer.start]) is not None


def _first_name(text: str, name: Named, words: str, people: Sequence[Person]) -> bool:
    """Whether a place's name may be the first name of one of the item's people: "Jordan’s friends", not "in Jordan"."""
    place = name.via == "name" and any(entity.type == "place" for entity in name.entities)
    named = place and any(person.first == words for person in people)
    return named and not WHERE.search(text, max(0, name.start - 8), name.start)


def _borne(words: str, people: Sequence[Person], name: Named) -> bool:
    """Whether a word for a people is the surname of somebody named before: David French and, later, "French"."""
    return any(words in person.surnames and person.start < name.start for person in people)


def _known_as(entity: object) -> set[str]:
    return {key(name) for name in (getattr(entity, "name", ""), *getattr(entity, "aliases", ()))}


def _bearers(words: str, name: Named, people: Sequence[Person]) -> list[Person]:
    by_surname = [person for person in people if words in person.surnames and words != key(person.name)]
    if by_surname:
        place = name.type == "place" and any(entity.type == "place" for entity in name.entities)
        return [] if place and all(person.start > name.start for person in by_surname) else by_surname
    if name.type == "person" and not name.entities:
        return [person for person in people if person.first == words and person.start < name.start]
    return []


def _unseen(text: str, names: Sequence[Named], people: Sequence[Person]) -> Iterator[Named]:
    """Surnames of the item's people that stand alone and uncovered, with a capital."""
    surnames = {surname for person in people for surname in person.surnames if " " not in surname and len(surname) > 2}
    if not surnames:
        return
    covered = [name.span for name in names]
    for match in WORD.finditer(text):
        if match[0].islower():
            continue
        bare = re.sub(r"['’]s?$", "", match[0])
        for part in re.finditer(r"[^-]+", bare):
            start, end = match.start() + part.start(), match.start() + part.end()
            start -= len(before[0]) if (before := ARABIC_ARTICLE.search(text, max(0, start - 3), start)) else 0
            if part[0][0].isupper() and key(part[0]) in surnames and not any(s < end and start < e for s, e in covered):
                yield _settle(text, Named(start, end, "person"), people)


def _unheard(text: str, names: Sequence[Named], acronyms: Mapping[str, str]) -> list[Named]:
    """Where a body's acronym stands that the item gives in brackets behind the full name and nobody heard."""
    covered = [name.span for name in names]
    return [
        Named(*match.span(), "organisation")
        for acronym, full in acronyms.items()
        if f"{full} ({acronym})" in text
        for match in re.finditer(rf"\b{re.escape(acronym)}\b", text)
        if not any(match.start() < end and start < match.end() for start, end in covered)
    ]


def _acronyms(text: str, names: Sequence[Named]) -> dict[str, str]:
    """ "World Health Organization (WHO)" and "Arctic Ocean Fund … AOF": acronyms to the full names the item gives
    them.
    """
    found: dict[str, str] = {}
    for name in names:
        words = text[name.start : name.end]
        if name.type not in ("organisation", None) or " " not in words or name.via == "demonym":
            continue
        given = re.match(r"\s*\(([A-Z][A-Z.&-]{1,7})\)", text[name.end : name.end + 12])
        initials = "".join(word[0] for word in words.split() if word[0].isupper())
        for acronym in filter(None, (given[1] if given else None, initials if len(initials) > 2 else None)):
            found.setdefault(acronym, words)
    return found
