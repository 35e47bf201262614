"""The companies of large share indices: name, country, index.

They come from the package ``pytickersymbols`` (MIT), which need not be installed: ``companies.json`` beside this module
holds what is used, and is written anew where it is, by ``python -m storydesk.knowledge.compile companies``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from storydesk.knowledge.compile import curated
from storydesk.knowledge.compile.common_words import is_common
from storydesk.knowledge.compile.written import Written, slug, with_article
from storydesk.knowledge.lexicon import key
from storydesk.model import Entity, Fact

__all__ = ["companies", "keep"]

ORIGIN = "pytickersymbols"
KEPT = "companies.json"

INDICES = (
    *("DOW JONES", "S&P 100", "NASDAQ 100", "FTSE 100", "DAX", "CAC_40", "EURO STOXX 50", "Switzerland 20", "AEX"),
    *("IBEX 35", "BEL 20", "OMX Stockholm 30", "OMX Helsinki 25", "NIKKEI 225"),
)
"""The first that lists a company is its index here."""

HOME = {"NIKKEI 225": "Japan"}
"""Indices of one country alone, where the package errs about some."""

SUFFIX = re.compile(
    r",? (?:Inc|Incorporated|Corp|Co|Ltd|LLC|plc|PLC|AG|SE|S\.?A|N\.?V|KGaA|AB|ASA|Oyj|S\.p\.A|GmbH|Corporation|Company"
    r"|Companies|Group|Holdings?|& Co|Limited)\.?$"
)
SPELLED: dict[str, tuple[str, ...]] = {"US": ("Inc", "Corp", "Corporation", "Co", "Company"), "GB": ("plc", "Group")}
"""What newspapers write behind a name that says too little alone, by country."""

ELSEWHERE = ("Group",)
IN_FULL, ALONE = 0.6, 0.5
"""Weight of a name of several words, and of one word that may stand alone."""

SHORTEST = 5
"""Letters of one word that may stand alone; shorter ones are many firms' initials."""


class Company(msgspec.Struct, array_like=True):
    """What is kept of one."""

    name: str
    country: str
    index: str


def companies(countries: dict[str, str], bodies: Collection[str], taken: Collection[str]) -> Iterator[Written]:
    """Those that no body written by hand is called like. ``countries`` maps names to ISO codes, ``bodies`` and
    ``taken`` are folded names. A name that is an ordinary word or something else's is only looked for with
    what companies add to it, unless ``curated/companies.toml`` knows better.
    """
    own = curated.read("companies")
    seen: set[str] = set()
    for each in _kept():
        core = _core(own["names"].get(each.name, each.name))
        folded = key(core)
        if not core or folded in seen or folded in bodies or each.country not in countries or core in own["drop"]:
            continue
        seen.add(folded)
        free = folded not in taken and not _says_little(core)
        alone = core in own["alone"] or (free and core not in own["in_full"])
        yield _company(each, core, countries[each.country], alone)


def _company(each: Company, core: str, country: str, alone: bool) -> Written:
    forms = [core] if alone else [f"{core} (company)", *(f"{core} {word}" for word in SPELLED.get(country, ELSEWHERE))]
    return Written(
        Entity(
            id=f"org:listed:{slug(core)}",
            name=forms[0],
            type="organisation",
            description=f"Company of {with_article(each.country)}, listed in the {each.index}.",
            aliases=tuple(forms[1:]),
            facts=(Fact("Share index", each.index, ORIGIN),),
            country=country,
            weight=IN_FULL if " " in core or not alone else ALONE,
        )
    )


def _core(name: str) -> str:
    """ "Alphabet Inc. (Class A)" is Alphabet."""
    name = re.sub(r"\s*\(.*?\)|^The ", "", name).strip()
    while SUFFIX.search(name):
        name = SUFFIX.sub("", name)
    return name.strip(" ,&")


def _says_little(core: str) -> bool:
    words = key(core).split()
    return all(map(is_common, words)) or (len(words) == 1 and len(words[0]) < SHORTEST)


@cache
def _kept() -> list[Company]:
    return msgspec.json.decode(files("storydesk.knowledge.compile").joinpath(KEPT).read_bytes(), type=list[Company])


def keep() -> None:
    """Takes what is used out of the package."""
    from pytickersymbols.indices_data import INDICES as PACKED

    kept: dict[str, Company] = {}
    for index in INDICES:
        for each in PACKED[index]["companies"]:
            if each.get("country") and each["name"] not in kept:
                country = HOME.get(index) or each["country"].removeprefix("The ")
                kept[each["name"]] = Company(each["name"], country, index.replace("_", " "))
    lines = ",\n".join(msgspec.json.encode(each).decode() for each in kept.values())
    Path(__file__).with_name(KEPT).write_text(f"[\n{lines}\n]\n", "utf-8")
