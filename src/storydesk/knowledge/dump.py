"""One line of a Wikidata dump to what is kept of it: names, facts with their dates, and no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import log10
from typing import Any

import msgspec

from storydesk.knowledge.choosing import Kind, Rules
from storydesk.knowledge.kept import Kept, KeptFact
from storydesk.knowledge.lexicon import key

__all__ = ["kept_of"]

FEWEST, PER_TENFOLD, MOST = 0.3, 0.26, 0.93
"""Weight of an item with no page, what ten times the pages add, and the most."""

UNKNOWN_WEIGHT = 0.5
"""Of an item whose dump says nothing of pages: enough to be linked where nobody else bears its name."""

ENDING = re.compile(r",? (?:Inc|Corp|Co|Ltd|LLC|L\.L\.C|plc|PLC|S\.?A|A\.?G|N\.?V|GmbH|A?\.?F\.?C)\.?$")
"""What a firm's or a club's name has in full and seldom in the news; one word without it may name another thing."""

CALLED_AT_WILL = ("person", "work")
"""Kinds of which some write themselves without a capital; anything else of such a name is a common noun ("police")."""

PER_PROPERTY = 6
CURRENT = frozenset({"P35", "P6", "P169"})
"""Properties of which only what holds now is a fact of a card."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
TIME = re.compile(r"([+-])(\d+)-(\d\d)-(\d\d)T")

Value = dict[str, Any]


class Text(msgspec.Struct):
    """A label or an alias."""

    value: str


Labels = dict[str, Text] | list[None]


class Snak(msgspec.Struct):
    """A property with its value."""

    datavalue: Value | None = None


class Statement(msgspec.Struct):
    """A claim with its qualifiers."""

    mainsnak: Snak
    rank: str = "normal"
    qualifiers: dict[str, list[Snak]] | list[None] = {}


class Line(msgspec.Struct):
    """What is read of an item; PHP writes an empty object as an empty list. Most items are passed over, so names and
    claims are decoded when asked for.
    """

    id: str
    type: str = "item"
    labels: msgspec.Raw = msgspec.Raw(b"{}")
    aliases: msgspec.Raw = msgspec.Raw(b"{}")
    claims: dict[str, msgspec.Raw] | list[None] = {}
    sitelinks: dict[str, msgspec.Raw] | list[None] | None = None


SITELINKS = b'"sitelinks":'
"""A key: a value has no colon behind it."""

LONGEST_SNAK = 1_000
"""Bytes: one whose value is an item has some 250."""

LINE = msgspec.json.Decoder(Line)
LABELS: msgspec.json.Decoder[dict[str, Text] | list[None]] = msgspec.json.Decoder(dict[str, Text] | list[None])
ALIASES: msgspec.json.Decoder[dict[str, list[Text]] | list[None]] = msgspec.json.Decoder(
    dict[str, list[Text]] | list[None]
)
STATEMENTS = msgspec.json.Decoder(list[Statement])


def kept_of(line: bytes, rules: Rules, countries: Mapping[str, str]) -> Kept | None:
    """What the rules keep of a line, or ``None``. ``countries`` maps items to ISO codes.

    Raises msgspec.DecodeError (a ValueError is one of its forms) for a line that is no item, unless its very bytes say
    that it would be passed over.
    """
    if _hopeless(line, rules):
        return None
    read = LINE.decode(line)
    if read.type != "item" or not isinstance(read.claims, dict):
        return None
    claims = read.claims
    classes = [item for claim in _statements(claims, "P31") if (item := _item(claim))]
    pages = None if read.sitelinks is None else len(read.sitelinks)
    kind = rules.judge(classes, claims.keys(), pages)
    labels: Labels = LABELS.decode(read.labels) or {} if kind or not classes else {}
    if not classes:
        kind = kind or rules.unclassed_kind(_text(labels, "en") or "", pages)
    if kind is None:
        return None
    names = _names(labels, ALIASES.decode(read.aliases) or {}, rules, kind)
    name = _text(labels, "en") or _text(labels, "mul") or next((said[0] for said in names.values()), None)
    if name is None:
        return None
    if kind == "term" or (kind not in CALLED_AT_WILL and name.islower()):
        return Kept(read.id, name, "term")
    if kind == "place":
        kind = rules.by_name(name, classes)
    facts = [fact for each, label in rules.facts.items() for fact in _facts(claims, each, label)]
    return Kept(
        read.id,
        name,
        kind,
        next((rules.words[each] for each in classes if each in rules.words), ""),
        "",
        names,
        facts,
        _place(claims),
        _country(claims, kind, countries) or countries.get(read.id),
        UNKNOWN_WEIGHT if pages is None else round(min(MOST, FEWEST + PER_TENFOLD * log10(1 + pages)), 3),
    )


def _hopeless(line: bytes, rules: Rules) -> bool:
    """Whether an item has too few pages for the rules that ask for pages, and none of the classes that need none.

    Decides on most items of a whole dump, in a fraction of the time that decoding takes: a page is an object, so there
    are no more of them than braces behind their heading; and classes stand between the heading of P31 and the last
    snak of it.
    """
    pages = line.rfind(SITELINKS)
    if pages < 0 or line.count(b"{", pages + len(SITELINKS)) > rules.fewest_pages:
        return False
    if not line.startswith(b"{") or not line.endswith(b"}"):
        return False
    first, last = line.find(b'"P31":'), line.rfind(b'"property":"P31"')
    if first < 0 or last < 0:
        return first < 0
    classes = line[first : last + LONGEST_SNAK]
    return not any(each in classes for each in rules.kept_without_pages)


def _text(labels: Labels, language: str) -> str | None:
    return labels[language].value if isinstance(labels, dict) and language in labels else None


def _names(
    labels: Labels, aliases: dict[str, list[Text]] | list[None], rules: Rules, kind: Kind
) -> dict[str, list[str]]:
    """Names by language, the label first. What is the same in many languages counts as English, and is looked for in
    every text.
    """
    found: dict[str, list[str]] = {}
    english: set[str] = set()
    for language in dict.fromkeys(("en", "mul", *rules.languages)):
        label = _text(labels, language)
        further = aliases.get(language, []) if isinstance(aliases, dict) else []
        said = [text.value for text in further[: rules.aliases]]
        if kind not in rules.one_word_aliases:
            said = [name for name in said if " " in name.strip() or not name.isascii()]
        into = "en" if language == "mul" else language
        said = [*([label] if label else ()), *said]
        if kind == "organisation":
            said += [short for name in said if " " in (short := ENDING.sub("", name))]
        for name in said:
            if len(key(name)) < 2 or key(name) in rules.never_keys or (into != "en" and name in english):
                continue
            found.setdefault(into, []).append(name)
        if into == "en":
            english = set(found.get("en", ()))
    return {language: list(dict.fromkeys(names)) for language, names in found.items()}


def _statements(claims: dict[str, msgspec.Raw], name: str) -> list[Statement]:
    """What holds: the preferred statements where there are such, never the deprecated."""
    if name not in claims:
        return []
    all_of_them = STATEMENTS.decode(claims[name])
    preferred = [each for each in all_of_them if each.rank == "preferred"]
    return preferred or [each for each in all_of_them if each.rank != "deprecated"]


def _value(snak: Snak) -> Any:
    return (snak.datavalue or {}).get("value")


def _item(claim: Statement) -> str | None:
    value = _value(claim.mainsnak)
    return value["id"] if isinstance(value, dict) and isinstance(value.get("id"), str) else None


def _facts(claims: dict[str, msgspec.Raw], name: str, label: str) -> Iterator[KeptFact]:
    """The facts of a property, the newest first."""
    found = []
    for claim in _statements(claims, name):
        start, end, at = (_qualifier(claim, each) for each in ("P580", "P582", "P585"))
        if end and name in CURRENT:
            continue
        date = f"{start or ''}–{end}" if end else f"since {start}" if start else at
        value, item = _value(claim.mainsnak), _item(claim)
        said = "" if item else _said(value)
        if item or said:
            since = (start or at or "")[-4:]
            found.append((not end, since, KeptFact(label, said, item, date)))
    found.sort(key=lambda each: each[:2], reverse=True)
    yield from (fact for _, _, fact in found[:PER_PROPERTY])


def _qualifier(claim: Statement, name: str) -> str | None:
    snaks = claim.qualifiers.get(name, []) if isinstance(claim.qualifiers, dict) else []
    return next((said for snak in snaks if (said := _said(_value(snak)))), None)


def _said(value: Any) -> str:
    """A time or a number in words; anything else is no fact of a card."""
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("time"), str):
        return _day(value["time"], value.get("precision"))
    amount = str(value.get("amount", "")).lstrip("+")
    return f"{int(amount):,}" if amount.isdigit() else ""


def _day(time: str, precision: object) -> str:
    match = TIME.match(time)
    if not match or match[1] == "-" or not isinstance(precision, int) or precision < 9:
        return ""
    year, month, day = int(match[2]), int(match[3]), int(match[4])
    if precision >= 11 and 1 <= month <= 12:
        return f"{day} {MONTHS[month - 1]} {year}"
    return f"{MONTHS[month - 1]} {year}" if precision == 10 and 1 <= month <= 12 else str(year)


def _place(claims: dict[str, msgspec.Raw]) -> tuple[float, float] | None:
    for claim in _statements(claims, "P625"):
        value = _value(claim.mainsnak)
        if isinstance(value, dict) and isinstance(value.get("latitude"), int | float):
            return round(float(value["latitude"]), 4), round(float(value.get("longitude", 0)), 4)
    return None


def _country(claims: dict[str, msgspec.Raw], kind: Kind, countries: Mapping[str, str]) -> str | None:
    held = [_item(claim) or "" for claim in _statements(claims, "P27" if kind == "person" else "P17")]
    return next((countries[each] for each in reversed(held) if each in countries), None)
