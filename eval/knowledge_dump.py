"""A made-up dump in the form of Wikidata's, of any length and always the same: for what importing costs.

What it has of the real one is its form (a list, an item a line, a comma behind each), the length of its lines and how
few of them news needs. Lengths are log-normal about the mean of a whole dump; classes and pages are drawn as stated
below, which is our assumption and nobody's count. Names are made of syllables, none twice in a row.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

__all__ = ["dump_lines"]

CLASSES = {
    "Q13442814": 38,  # scholarly article
    "Q5": 11,  # human
    "Q318": 8,  # galaxy
    "Q523": 4,  # star
    "Q4167836": 5,  # category
    "Q16521": 3,  # taxon
    "Q11173": 2,  # chemical compound
    "Q7187": 2,  # gene
    "Q8054": 2,  # protein
    "Q4167410": 1.5,  # disambiguation page
    "Q486972": 2,  # settlement
    "Q532": 1,  # village
    "Q4022": 1,  # river
    "Q8502": 1,  # mountain
    "Q4830453": 0.5,  # business
    "Q43229": 0.5,  # organisation
    "Q11424": 0.5,  # film
    "Q4164871": 0.1,  # position
    "Q3305213": 17,  # painting, standing for all else
}
"""Shares of the classes that items are of."""

PAGES = {0: 70, 1: 14, 2: 5, 4: 5, 8: 3, 20: 2, 60: 1}
"""Shares of items with so many pages in Wikipedias and sister projects."""

TEMPLATES = 4_000
"""Items made from nothing; a line is one of them with an id and names of its own."""

STATEMENTS, SPREAD = 2.25, 0.75
"""Logarithm of the median number of properties, and its deviation: with them a line has some 14 KB on average, as in a
whole dump (1.6 TB of text in 115 million lines).
"""

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "nl", "ru", "zh", "sv"),
    *("pt", "ar", "uk", "pl", "ja", "ceb", "ast", "sq", "bn"),
)
SYLLABLES = (
    *("ba", "den", "ko", "lar", "mi", "ren", "so", "tal"),
    *("ve", "wick", "yor", "zan", "hol", "ner", "pal", "gri"),
)
IDS = 900_000_000
"""Where its ids begin: beyond those in use."""


def dump_lines(count: int, seed: int = 7) -> Iterator[bytes]:
    """The lines of a dump of ``count`` items, the brackets' lines included, each with its end."""
    chance = random.Random(seed)
    templates = [_template(chance) for _ in range(min(count, TEMPLATES))]
    yield b"[\n"
    for number in range(count):
        line = chance.choice(templates).replace(b"Q0", b"Q%d" % (IDS + number), 1)
        for mark in (b"@1@", b"@2@"):
            line = line.replace(mark, name(chance).encode())
        yield line + (b",\n" if number < count - 1 else b"\n")
    yield b"]\n"


def name(chance: random.Random) -> str:
    """Two made-up words."""
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))


def _template(chance: random.Random) -> bytes:
    (kind,) = chance.choices(list(CLASSES), list(CLASSES.values()))
    (pages,) = chance.choices(list(PAGES), list(PAGES.values()))
    spoken = chance.sample(LANGUAGES[1:], chance.randint(0, 9))
    labels = {code: {"language": code, "value": "@1@" if code == "en" else "@2@"} for code in ("en", *spoken)}
    described = {code: {"language": code, "value": "what it is, in that language"} for code in LANGUAGES}
    statements = {"P31": [_statement("P31", kind, chance)]}
    for _ in range(round(chance.lognormvariate(STATEMENTS, SPREAD))):
        of = f"P{chance.randint(10_000, 13_000)}"  # none that the rules ask for
        statements[of] = [_statement(of, f"Q{chance.randint(1, 10**8)}", chance)]
    item = {
        "type": "item",
        "id": "Q0",
        "labels": labels,
        "descriptions": described,
        "aliases": {"en": [{"language": "en", "value": "@2@"}]},
        "claims": statements,
        "sitelinks": {f"w{at}wiki": {"site": f"w{at}wiki", "title": "@1@", "badges": []} for at in range(pages)},
        "lastrevid": chance.getrandbits(31),
    }
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()


def _statement(of: str, item: str, chance: random.Random) -> dict[str, object]:
    snak = _snak(of, item, chance)
    cited = {each: [_snak(each, f"Q{chance.randint(1, 10**8)}", chance)] for each in ("P248", "P813")}
    reference = {"hash": f"{chance.getrandbits(160):040x}", "snaks": cited, "snaks-order": ["P248", "P813"]}
    identity = f"Q1${chance.getrandbits(128):032x}"
    return {"mainsnak": snak, "type": "statement", "id": identity, "rank": "normal", "references": [reference]}


def _snak(of: str, item: str, chance: random.Random) -> dict[str, object]:
    value = {"entity-type": "item", "numeric-id": int(item[1:]), "id": item}
    held = {"value": value, "type": "wikibase-entityid"}
    noted = f"{chance.getrandbits(160):040x}"
    return {"snaktype": "value", "property": of, "hash": noted, "datavalue": held, "datatype": "wikibase-item"}
