"""Kills an ingest of the demo edition at random moments, again and again: is anything lost or doubled?

    python eval/kills.py --kills 500 --seed 1

An undisturbed ingest says what the desk should hold. Then ingests are killed (SIGKILL) and started again in the same
folder until they come to an end. Each start is a new process, forked from one that has loaded the models and done
nothing else, so that the kills fall on work and not on loading. Each folder must then hold the same items, revisions,
stories, mentions, coverages, comments and decisions, in a sound database. Exits with status 1 on a difference.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import socket
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["Tally", "main", "torment"]

EARLIEST = 0.05
"""Seconds after its start before which a process is not killed: it has hardly opened the desk."""

SHARE = 0.25
"""A process is killed at the latest after this share of an undisturbed ingest's time, so that each meets many."""

PATIENCE = 600
"""Seconds after which a process that was not killed is taken to hang."""

Snapshot = dict[str, dict[str, Any]]

QUERIES = {
    "items": "SELECT id, source_id, url, title, published, language, revision, told, state FROM item",
    "revisions": "SELECT item_id || ' r' || number, digest, account IS NOT NULL FROM revision",
    "partition": "SELECT id, story_id, position, score, why FROM item",
    "stories": "SELECT id, headline, item_count, origin_count, stale, merged_into_id, coverage FROM story",
    "mentions": "SELECT item_id, count(*), sum(count) FROM mention GROUP BY item_id",
    "comments": "SELECT key, state, rejection, story_id, author, text, score, reasons FROM comment",
    "replies": "SELECT c.key, p.key FROM comment c JOIN comment p ON p.id = c.reply_to_id",
    "decisions": "SELECT c.key, group_concat(l.act || ' ' || l.name || l.at || l.reason)"
    " FROM log l JOIN comment c ON c.id = l.comment_id GROUP BY c.key",
    "entries": "SELECT key, state, problem FROM entry",
    "members": "SELECT username, is_active FROM auth_user",
}
"""What must be equal: for each table its key and what is compared. Times of fetching differ and are left out."""

STAGES = (
    ("reading", "SELECT count(*) FROM entry WHERE state = 'due'"),
    ("recognising", "SELECT count(*) FROM item WHERE told < revision"),
    ("grouping", "SELECT count(*) FROM item WHERE state = 'told'"),
    ("comparing", "SELECT count(*) FROM story WHERE stale AND merged_into_id IS NULL"),
    ("gathering", "SELECT count(*) = 0 OR count(*) > count(last_success) FROM feed"),
)
"""What a desk has left to do, in the order in which it is looked for."""


@dataclass(slots=True)
class Tally:
    """What came of it. ``faults`` are sentences; none means that nothing was lost or doubled."""

    kills: int = 0
    ingests: int = 0
    at: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """The command. Status 1 on a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edition", help="a folder with another edition in the form of the demo's")
    parser.add_argument("--longest", type=float, help="seconds after which a process is killed at the latest")
    given = parser.parse_args()
    started = time.monotonic()
    with TemporaryDirectory(prefix="kills-") as folder:
        tally = torment(Path(folder), given.kills, random.Random(given.seed), given.longest, given.edition)
    print(f"{tally.kills} kills over {tally.ingests} ingests in {time.monotonic() - started:.0f} s")
    print("killed while " + ", ".join(f"{stage} {count}" for stage, count in tally.at.most_common()))
    print("nothing lost, nothing doubled" if not tally.faults else f"{len(tally.faults)} differences")
    return 1 if tally.faults else 0


def torment(
    folder: Path, kills: int, chance: random.Random, longest: float | None = None, edition: str | None = None
) -> Tally:
    """Kills ``kills`` times, over as many ingests as that takes, the last one brought to its end."""
    _load_models()
    tally = Tally()
    options = ["--feeds-port", str(_free_port()), *(["--edition", edition] if edition else [])]
    began = time.monotonic()
    _to_the_end(folder / "undisturbed", options)
    undisturbed = time.monotonic() - began
    wanted = snapshot(folder / "undisturbed")
    latest = longest or max(2 * EARLIEST, SHARE * undisturbed)
    _say(f"undisturbed: {undisturbed:.1f} s; killing between {EARLIEST} and {latest:.1f} s after each start")
    while tally.kills < kills:
        home = folder / f"home{tally.ingests}"
        _harass(home, options, kills, latest, chance, tally)
        tally.ingests += 1
        faults = differences(wanted, snapshot(home))
        for fault in faults:
            _say(f"DIFFERENCE in ingest {tally.ingests}: {fault}")
        tally.faults += faults
        shutil.rmtree(home)
        _say(f"{tally.kills} kills, {tally.ingests} ingests, {len(tally.faults)} differences")
    return tally


def _harass(home: Path, options: list[str], kills: int, latest: float, chance: random.Random, tally: Tally) -> None:
    """One ingest, killed and started again until it is done."""
    while tally.kills < kills:
        process = _start(home, options)
        process.join(chance.uniform(EARLIEST, latest))
        if not process.is_alive():
            _check(process, home)
            return
        process.kill()
        process.join()
        tally.kills += 1
        tally.at[stage(home)] += 1
    _to_the_end(home, options)


def _load_models() -> None:
    """Loads what a process would otherwise load anew after each kill. Nothing of a desk is opened."""
    from storydesk import pipeline
    from storydesk.model import Comment, Item
    from storydesk.moderate import screen

    tools = pipeline.default_tools()
    items = [Item(id=key, title="Rain in Cork", text=f"Rain fell, {key} Nolan said.", language="en") for key in "ab"]
    accounts = [pipeline.account(item, tools) for item in items]
    pipeline.stories(accounts, tools)
    pipeline.cover("warm", accounts, tools)
    screen(Comment(id="warm", text="Rain again."))


def _start(home: Path, options: list[str]) -> ForkProcess:
    home.mkdir(exist_ok=True)
    process = get_context("fork").Process(target=_ingest, args=(home, options))
    process.start()
    return process


def _ingest(home: Path, options: list[str]) -> None:
    """What the forked process does: ``storydesk demo --once`` on a folder."""
    for name in [name for name in os.environ if name.startswith("STORYDESK_")]:
        del os.environ[name]
    os.environ["STORYDESK_HOME"] = str(home)
    with (home / "log.txt").open("ab", buffering=0) as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    from storydesk.cli.main import main as storydesk

    sys.argv = ["storydesk", "demo", "--once", *options]
    storydesk()


def _to_the_end(home: Path, options: list[str]) -> None:
    process = _start(home, options)
    process.join(PATIENCE)
    _check(process, home)


def _check(process: ForkProcess, home: Path) -> None:
    if process.exitcode != 0:
        process.kill()
        log = (home / "log.txt").read_text("utf-8", "replace")
        raise SystemExit(f"an ingest ended with status {process.exitcode}:\n{log[-4000:]}")


def snapshot(home: Path) -> Snapshot:
    """What a desk holds, table by table, each row under its key."""
    with closing(sqlite3.connect(home / "storydesk.sqlite3")) as database:
        held = {table: {row[0]: _short(row[1:]) for row in database.execute(query)} for table, query in QUERIES.items()}
        held["integrity"] = {"check": tuple(database.execute("PRAGMA integrity_check").fetchall())}
    return held


def _short(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row with long texts as their digests."""
    return tuple(
        hashlib.sha256(value.encode()).hexdigest()[:12] if isinstance(value, str) and len(value) > 200 else value
        for value in row
    )


def differences(wanted: Snapshot, found: Snapshot) -> list[str]:
    """What is missing, too much or other, a sentence each."""
    faults = []
    for table, rows in wanted.items():
        others = found[table]
        faults += [f"{table}: {key} is missing" for key in rows.keys() - others.keys()]
        faults += [f"{table}: {key} is too much" for key in others.keys() - rows.keys()]
        common = rows.keys() & others.keys()
        faults += [f"{table}: {key} is {others[key]}, not {rows[key]}" for key in common if rows[key] != others[key]]
    if found["integrity"]["check"] != (("ok",),):
        faults.append(f"the database is damaged: {found['integrity']['check']}")
    return sorted(faults)


def stage(home: Path) -> str:
    """What the killed process was about, read from a copy so that the restart finds the files as the kill left them."""
    phase = home / "demo-phase"
    first = not phase.exists() or phase.read_text() in ("", "first")
    with TemporaryDirectory() as folder:
        for file in home.glob("storydesk.sqlite3*"):
            if not file.name.endswith("-shm"):
                shutil.copy(file, folder)
        try:
            with closing(sqlite3.connect(Path(folder) / "storydesk.sqlite3")) as database:
                doing = next((name for name, query in STAGES if database.execute(query).fetchone()[0]), "discussing")
        except sqlite3.OperationalError:
            return "opening"
    return doing if first else f"{doing} revisions" if doing != "discussing" else doing


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
