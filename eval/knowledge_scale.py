"""How fast a dump is imported, and what millions of imported names cost: ``python -m eval.knowledge_scale [ITEMS]``.

The dump is generated: items as long as Wikidata's are on average (some 13 KB a line), two of a hundred of which the
rules keep. The big table is filled with entities of made-up names, and asked about real articles. Times are
seconds of one core (CPU), so that they hold on a busy machine.
"""

from __future__ import annotations

import bz2
import gzip
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from storydesk.knowledge.choosing import rules
from storydesk.knowledge.importing import bring_in
from storydesk.knowledge.kept import Kept
from storydesk.knowledge.table import Writer

SYLLABLES = [
    "ba",
    "den",
    "ko",
    "lar",
    "mi",
    "ren",
    "so",
    "tal",
    "ve",
    "wick",
    "yor",
    "zan",
    "hol",
    "ner",
    "pal",
    "gri",
    "fen",
    "dus",
]
LINES_OF_WIKIDATA, BYTES_OF_WIKIDATA = 115e6, 1.6e12
"""About, in 2026."""

ASK = """
import gzip, json, sys, time
from itertools import islice
from pathlib import Path
def resident():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) // 1024
texts = [json.loads(line)["text"] for line in islice(gzip.open(sys.argv[2], "rt"), 500)]
start = time.process_time()
from storydesk.knowledge import Table
before = resident()
table = Table(Path(sys.argv[1]))
table.find("Warm.")
loaded = time.process_time() - start
start = time.process_time()
hits = sum(len(table.find(text)) for text in texts)
each = (time.process_time() - start) / len(texts) * 1000
print(f"ready in {loaded * 1000:.0f} ms (imports included); {each:.2f} ms an item of "
      f"{sum(map(len, texts)) // len(texts)} characters ({hits} hits); {resident() - before} MB more memory")
"""


def main(items: int) -> None:
    """Prints the figures."""
    chance = random.Random(7)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        lines = [*_dump(items, chance)]
        text = b"[\n" + b",\n".join(lines) + b"\n]\n"
        for name, data in (
            ("plain", text),
            ("gzip", gzip.compress(text, 6)),
            ("bzip2", bz2.compress(text)),
        ):
            _import(folder, name, data, items, len(text))
        _ask(folder / "big.sqlite", chance)


def _import(folder: Path, name: str, data: bytes, items: int, size: int) -> None:
    dump = folder / name
    dump.write_bytes(data)
    writer = Writer(folder / f"{name}.sqlite")
    start = time.process_time()
    try:
        reached = bring_in(dump, writer, rules())
    finally:
        took = time.process_time() - start
        writer.close()
    rate, speed = reached.lines / took, size / took
    whole = max(LINES_OF_WIKIDATA / rate, BYTES_OF_WIKIDATA / speed) / 3600
    print(
        f"{name}: {reached.lines} items ({size / items / 1000:.1f} KB each), {reached.kept} kept, {rate:,.0f} items/s, "
        f"{speed / 1e6:.0f} MB/s of text; a whole dump: {whole:.0f} hours",
        flush=True,
    )


def _dump(items: int, chance: random.Random) -> Iterator[bytes]:
    for number in range(items):
        kept = number % 50 == 0
        item = "Q5" if kept else chance.choice(["Q13442814", "Q4167410", "Q11173", "Q318", "Q7187"])
        names = {
            code: {"language": code, "value": _name(chance)}
            for code in ["en", "de", "fr", "es", "it", "nl", "ru", "zh", "sv", "pt"]
        }
        claims = {f"P{31 + at}": [_claim(f"P{31 + at}", item if at == 0 else f"Q{at}", chance)] for at in range(13)}
        links = {f"{code}wiki": {"site": f"{code}wiki", "title": "A", "badges": []} for code in names} if kept else {}
        yield json.dumps(
            {
                "type": "item",
                "id": f"Q{900_000_000 + number}",
                "labels": names,
                "descriptions": names,
                "aliases": {code: [said] * 2 for code, said in names.items()},
                "claims": claims,
                "sitelinks": links or [],
            },
            ensure_ascii=False,
        ).encode()


def _claim(name: str, item: str, chance: random.Random) -> dict[str, object]:
    value = {"value": {"entity-type": "item", "numeric-id": 5, "id": item}, "type": "wikibase-entityid"}
    snak = {"snaktype": "value", "property": name, "hash": f"{chance.getrandbits(160):040x}", "datavalue": value}
    reference = {"hash": f"{chance.getrandbits(160):040x}", "snaks": {"P248": [snak], "P854": [snak]}}
    return {"mainsnak": snak, "type": "statement", "id": f"Q1${chance.getrandbits(128):032x}", "rank": "normal",
            "references": [reference]}  # fmt: skip


def _name(chance: random.Random) -> str:
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))


def _ask(path: Path, chance: random.Random) -> None:
    writer, count = Writer(path), 500_000
    start = time.process_time()
    for number in range(count):
        names = list({_name(chance) for _ in range(4)})
        writer.put(Kept(f"Q{900_000_000 + number}", names[0], "person", names={"en": names}, weight=0.5))
        if number % 2_000 == 0:
            writer.commit()
    writer.close()
    took = time.process_time() - start
    print(f"2 million names written in {took:.0f} s, {path.stat().st_size / 1e6:.0f} MB on disk", flush=True)
    articles = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories" / "background-6k.jsonl.gz"
    if articles.exists():
        done = subprocess.run([sys.executable, "-c", ASK, path, articles], capture_output=True, text=True, check=True)
        print(done.stdout.strip())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
