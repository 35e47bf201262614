"""What importing a dump costs, and that a kill costs nothing: ``python -m eval.knowledge_scale [LINES]``.

A dump of 1,000,000 lines (or LINES) is made (``eval.knowledge_dump``), plain and as gzip, and a tenth of it as bzip2;
each is brought in by ``storydesk knowledge import`` in a desk of its own. Then an import of the gzip one is killed
(SIGKILL) at places drawn at random, started again each time, and its end compared with the undisturbed one, row by row.
Last, the cost of two million imported names. Rates are by seconds of one core (CPU), so that they hold on a busy
machine; the clock's stand beside. Needs about 17 MB of disk for a thousand lines.
"""

from __future__ import annotations

import bz2
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from eval.knowledge_dump import dump_lines, name
from storydesk.knowledge.kept import Kept
from storydesk.knowledge.table import Writer

LINES_OF_WIKIDATA, BYTES_OF_WIKIDATA = 115e6, 1.6e12
"""About, in 2026: the assumption of every figure for a whole dump."""

KILLS = 4
IMPORT = "from storydesk.cli.main import main; main()"
ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories" / "background-6k.jsonl.gz"

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


class Cost(NamedTuple):
    """Seconds of the processor and by the clock, the most memory in MB, and what the command said."""

    processor: float
    clock: float
    memory: float
    said: str


def main(count: int) -> None:
    """Prints the figures."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        size = _write(folder / "plain", dump_lines(count))
        print(f"{count:,} lines, {size / 1e9:.2f} GB of text, {size / count / 1000:.1f} KB a line", flush=True)
        whole = _measured(folder, "plain", count, size)
        with (folder / "plain").open("rb") as lines:
            _write(folder / "gzip", lines)
        (folder / "plain").unlink()
        _same(whole, _measured(folder, "gzip", count, size), "gzip gives what plain gives")
        fewer = max(1, count // 10)
        part = _write(folder / "bzip2", dump_lines(fewer))
        _measured(folder, "bzip2", fewer, part)
        _kills(folder, whole, count)
        _names(folder / "big.sqlite", random.Random(7))


def _write(path: Path, lines: Iterable[bytes]) -> int:
    """Writes a dump, packed as its name says; the bytes of its text."""
    size = 0
    with _opened(path) as out:
        for line in lines:
            size += out.write(line)
    return size


def _opened(path: Path) -> IO[bytes] | gzip.GzipFile | bz2.BZ2File:
    if path.name == "gzip":
        return gzip.open(path, "wb", compresslevel=3)
    return bz2.open(path, "wb") if path.name == "bzip2" else path.open("wb")


def _measured(folder: Path, packing: str, count: int, size: int) -> Path:
    home = folder / f"desk-{packing}"
    cost = _ended(_started(folder / packing, home))
    rate, speed = count / cost.processor, size / cost.processor
    hours = max(LINES_OF_WIKIDATA / rate, BYTES_OF_WIKIDATA / speed) / 3600
    print(
        f"{packing}: {rate:,.0f} lines a second of one core ({count / cost.clock:,.0f} by the clock), "
        f"{speed / 1e6:.0f} MB/s of text, {cost.memory:.0f} MB at most; a whole dump of 115 million lines and "
        f"1.6 TB of text: {hours:.1f} hours of one core\n  {cost.said}",
        flush=True,
    )
    return home


def _started(dump: Path, home: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "STORYDESK_HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", IMPORT, "knowledge", "import", str(dump)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _ended(run: subprocess.Popen[str]) -> Cost:
    """Waits for an import; what it cost. Raises RuntimeError where it fails."""
    start = time.perf_counter()
    assert run.stdout
    said = run.stdout.read().strip()
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise RuntimeError(f"the import ended with status {run.returncode}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024, said)


def _kills(folder: Path, whole: Path, count: int) -> None:
    """Kills an import at places drawn at random, and lets the last one end."""
    home, chance = folder / "desk-killed", random.Random(11)
    reached = []
    for place in sorted(chance.uniform(0.05, 0.95) for _ in range(KILLS)):
        run = _started(folder / "gzip", home)
        while run.poll() is None and _lines_in(home) < place * count:
            time.sleep(0.05)
        if run.poll() is None:
            run.send_signal(signal.SIGKILL)
            run.wait()
            reached.append(_lines_in(home))
    cost = _ended(_started(folder / "gzip", home))
    places = ", ".join(f"{lines:,}" for lines in reached)
    print(f"killed {len(reached)} times, at {places} lines, then ended: {cost.said}", flush=True)
    _same(whole, home, "what was killed and went on is what was not disturbed")


def _lines_in(home: Path) -> int:
    """How many lines an import has read for good."""
    table = _table(home)
    if not table.exists():
        return 0
    with sqlite3.connect(f"{table.as_uri()}?mode=ro", uri=True, timeout=30) as file:
        try:
            row = file.execute("select value from state").fetchone()
        except sqlite3.OperationalError:  # its tables are not made yet
            return 0
    return int(json.loads(row[0])["lines"]) if row else 0


def _table(home: Path) -> Path:
    return home / "knowledge" / "imported.sqlite"


def _same(one: Path, other: Path, what: str) -> None:
    (digest, rows), (second, _) = _digest(_table(one)), _digest(_table(other))
    print(f"{what}: {'yes' if digest == second else 'NO'} ({rows:,} rows)", flush=True)
    if digest != second:
        raise SystemExit(1)


def _digest(table: Path) -> tuple[str, int]:
    """Of all rows of all tables but the note of the import."""
    digest, count = sha256(), 0
    with sqlite3.connect(table) as file:
        for each in ("entity", "name", "first"):
            for row in file.execute(f"select * from {each} order by 1, 2"):
                digest.update(repr(row).encode())
                count += 1
    return digest.hexdigest(), count


def _names(path: Path, chance: random.Random) -> None:
    """A table of two million names, asked about real articles."""
    writer, count = Writer(path), 500_000
    start = time.process_time()
    for number in range(count):
        names = list({name(chance) for _ in range(4)})
        writer.put(Kept(f"Q{900_000_000 + number}", names[0], "person", names={"en": names}, weight=0.5))
        if number % 2_000 == 0:
            writer.commit()
    writer.close()
    took = time.process_time() - start
    print(f"2 million names written in {took:.0f} s, {path.stat().st_size / 1e6:.0f} MB on disk", flush=True)
    if ARTICLES.exists():
        done = subprocess.run([sys.executable, "-c", ASK, path, ARTICLES], capture_output=True, text=True, check=True)
        print(done.stdout.strip())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
