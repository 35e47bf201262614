"""First-level regions of the world's countries: their English names from Unicode CLDR, what they are from ISO 3166-2.

CLDR's names come in no Python package. ``provinces.json`` beside this module holds those that are used, taken from the
npm package ``cldr-subdivisions-full``: ``python -m storydesk.knowledge.compile provinces subdivisions/en/en.json``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from storydesk.knowledge.compile import curated
from storydesk.knowledge.compile.common_words import is_common
from storydesk.knowledge.compile.written import Written, with_article
from storydesk.knowledge.lexicon import key
from storydesk.model import Entity, Fact

__all__ = ["keep", "provinces"]

ORIGIN = "ISO 3166-2, Unicode CLDR"
KEPT = "provinces.json"

KINDS = {
    "Administrative region": "region",
    "Autonomous city": "city",
    "Autonomous community": "region",
    "Autonomous district": "region",
    "Autonomous region": "region",
    "Administrative territory": "territory",
    "Canton": "canton",
    "County": "county",
    "Department": "department",
    "Division": "division",
    "Emirate": "emirate",
    "Governorate": "governorate",
    "Land": "state",
    "Metropolitan region": "region",
    "Oblast": "region",
    "Pakistan administered area": "territory",
    "Prefecture": "prefecture",
    "Province": "province",
    "Region": "region",
    "Regional state": "region",
    "Republic": "republic",
    "State": "state",
    "Union territory": "territory",
    "Voivodship": "province",
}
"""What ISO calls a region, and what a newspaper does. What is not here is a town, a parish or a district: of these
there are thousands, and none is news abroad.
"""

ALSO_CALLED = {"governorate": "province", "prefecture": "province", "department": "province", "republic": "region"}
"""What newspapers also call one."""

OBLASTS = frozenset({"BG", "BY", "KG", "KZ", "RU", "TJ", "UA", "UZ"})
"""Countries whose regions are also called by their own word."""

CLASS = re.compile(r" (?:Krai|Okrug|Oblast|Province|Region|County|Division|State|Governorate|Republic)$")

ELSEWHERE = frozenset({"AU", "CA", "GB", "US"})
"""Countries whose regions stand in ``curated/regions.toml``, with their items."""

IN_FULL, ALONE = 0.6, 0.45
"""Weight of a region that is only looked for with what it is ("Herat province"), and of one that is linked only where
other names speak of its country: it may stand alone ("Helmand"), or its words are ordinary ("Western Division").
"""

SHORTEST, SHARED = 4, 2
"""Letters of a name that may stand alone, and by how many regions it may be borne."""


def provinces(
    countries: dict[str, str], written: Collection[tuple[str, str]], taken: Collection[str]
) -> Iterator[Written]:
    """The regions of all countries but those in :data:`ELSEWHERE`, and but those ``written`` by hand (country and
    folded name). ``countries`` gives names by ISO code; ``taken`` are the folded names that something else bears: a
    region of such a name, or of an ordinary word's, is only looked for with what it is, unless
    ``curated/provinces.toml`` knows better.
    """
    import pycountry

    own = curated.read("provinces")
    names = {**_names(), **own["names"]}
    chosen = {
        each.code: CLASS.sub("", names[each.code])
        for each in sorted(pycountry.subdivisions, key=lambda each: each.code)
        if each.country_code in countries and names.get(each.code)
    }
    kinds = {each.code: KINDS.get(each.type, "region") for each in pycountry.subdivisions}
    borne = Counter(map(key, chosen.values()))
    for code, name in chosen.items():
        country, folded = code[:2], key(name)
        if (country, folded) in written or folded == key(countries[country]):
            continue
        free = folded not in taken and borne[folded] <= SHARED and not _is_ordinary(name)
        alone = code in own["alone"] or (free and code not in own["in_full"])
        weight = ALONE if alone or _is_ordinary(name) else IN_FULL
        yield _province(code, _forms(code, name, kinds[code], alone), kinds[code], countries[country], weight)


def _forms(code: str, name: str, kind: str, alone: bool) -> list[str]:
    """ "Helmand", also "Helmand Province"; "Herat Province", which "Herat" is not. The first is shown."""
    called = [kind, *([ALSO_CALLED[kind]] if kind in ALSO_CALLED else []), *(["oblast"] if code[:2] in OBLASTS else [])]
    return ([name] if alone else []) + [f"{name} {word.title()}" for word in called]


def _province(code: str, names: list[str], kind: str, country: str, weight: float) -> Written:
    return Written(
        Entity(
            id=f"place:iso:{code}",
            name=names[0],
            type="place",
            description=f"{kind.title()} of {with_article(country)}.",
            aliases=tuple(names[1:]),
            facts=(Fact("Region of", country, ORIGIN),),
            country=code[:2],
            weight=weight,
        )
    )


def _is_ordinary(name: str) -> bool:
    words = key(name).split()
    return len("".join(words)) < SHORTEST or all(map(is_common, words))


@cache
def _names() -> dict[str, str]:
    data = files("storydesk.knowledge.compile").joinpath(KEPT).read_bytes()
    return msgspec.json.decode(data, type=dict[str, str])


def keep(source: Path) -> None:
    """Takes the names that are used out of CLDR's file of English names."""
    import pycountry

    cldr = msgspec.json.decode(source.read_bytes())["subdivisions"]["localeDisplayNames"]["subdivisions"]
    kept = {}
    for each in sorted(pycountry.subdivisions, key=lambda each: each.code):
        said = cldr.get(each.code.replace("-", "").lower())
        if said and each.parent_code is None and each.type in KINDS and each.country_code not in ELSEWHERE:
            kept[each.code] = said.rstrip("²")
    Path(__file__).with_name(KEPT).write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=0) + b"\n")
