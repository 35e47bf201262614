"""What the network may do to a desk: addresses that must not be reached, servers and documents that do harm, and 2,000
feeds due at one moment. No data is needed; all servers are started here, on 127.0.0.1."""

from __future__ import annotations

import json
import logging
import re
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trustme

from storydesk.desk.memory import Memory
from storydesk.desk.visiting import Fetcher
from storydesk.desk.worker import Worker
from storydesk.gather import Client, Robots
from storydesk.model import Feed, Source
from storydesk.sandbox import Sandbox
from tests.gather.forbidden import try_way, ways
from tests.gather.hostile import CASES, Hostiles, address, allowed, resolve
from tests.gather.servers import BEHAVIOURS, Misbehaving, served_as, trusting
from tests.gather.trap import Trap

__all__ = ["measure"]

LONGEST, MOST = 30.0, 64.0
"""Seconds and megabytes that a visit to a hostile server may take."""

SOON = 250.0
"""Milliseconds within which nineteen of twenty pages must answer while 2,000 feeds are drained."""

GOOD = 40
"""Feeds beside the hostile ones that must not notice them."""


def measure(_: Path) -> list[tuple[str, float]]:
    """Prints a row for each behaviour; the figures."""
    logging.getLogger("storydesk.worker").setLevel(logging.CRITICAL)
    return [*_forbidden(), *_hostile(), *_beside(), *_many()]


def _forbidden() -> Iterator[tuple[str, float]]:
    authority, table = trustme.CA(), list(ways())
    ends: Counter[str] = Counter()
    strayed, reached = 0, 0
    with (
        Trap() as trap,
        _running(Misbehaving()) as server,
        _running(Misbehaving(served_as(authority, "outlet.example"))) as secure,
    ):
        for way in table:
            verdict = try_way(way, trap, server, secure, trusting(authority))
            ends[type(verdict.refused).__name__ if verdict.refused else "read"] += 1
            if verdict.strayed:
                strayed += 1
                print(f"STRAYED: {way.name} to {verdict.strayed}")
        reached = trap.reached
    refused = sum(number for end, number in ends.items() if end != "read")
    print(
        f"forbidden addresses: {refused} of {len(table)} refused, {reached} reached, {strayed} attempts at connecting"
    )
    print("    ended as " + ", ".join(f"{end} {number}" for end, number in ends.most_common()))
    good = refused == len(table) and not reached and not strayed
    yield "network/forbidden addresses refused", refused / len(table) if good else 0.0


def _hostile() -> Iterator[tuple[str, float]]:
    print(f"hostile servers and documents: {len(CASES)} behaviours")
    expected = {case.name: case.reason for case in CASES}
    ended: set[str] = set()
    slowest, largest = 0.0, 0.0
    print(f"    {'behaviour':<28} {'s':>5} {'MB':>5}  how it ends, and who is behind it")
    for line in _visits():
        if "crashed" in line:
            print(f"    {line['name']:<28} CRASHED with status {line['crashed']}")
            continue
        name, reason = line["name"], line["reason"]
        wanted = expected[name]
        fits = bool(re.search(wanted, reason)) if wanted else reason.startswith("read: ")
        fine = fits and line["seconds"] < LONGEST and line["megabytes"] < MOST
        slowest, largest = max(slowest, line["seconds"]), max(largest, line["megabytes"])
        ended |= {name} if fine else set()
        by = f" [{line['by']}]" if line["by"] else ""
        mark = "" if fine else "  NOT AS IT SHOULD"
        print(
            f"    {name:<28} {line['seconds']:>5.1f} {line['megabytes']:>5.1f}  {_short(reason)}{by}{mark}", flush=True
        )
    print(
        f"    {len(ended)} of {len(CASES)} ended as they should; the slowest took {slowest} s, the largest {largest} MB"
    )
    yield "network/hostile behaviours ended as they should", len(ended) / len(CASES)


def _short(reason: str) -> str:
    """The reason without the address, which repeats the name."""
    return re.sub(r"https?://[\w.-]+\.test(?::\d+)?(?:/[\w./-]*)?", "it", reason)[:110]


def _visits() -> Iterator[Mapping[str, Any]]:
    with (
        Hostiles() as hostiles,
        subprocess.Popen(
            [sys.executable, "-m", "eval.hostile_visits"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        json.dump({"places": hostiles.places, "trusted": hostiles.trusted}, process.stdin)
        process.stdin.close()
        yield from map(json.loads, process.stdout)


def _beside() -> Iterator[tuple[str, float]]:
    """Good feeds alone, and good feeds beside all the hostile ones: how long until the good ones are read."""
    with Hostiles() as hostiles, _running(Misbehaving(behaviours={"/feed": BEHAVIOURS["/feed"]})) as good:
        alone = _drained(hostiles, good, [])
        beside = _drained(hostiles, good, [address(case, hostiles.places) for case in CASES])
    print(f"{GOOD} good feeds alone: read in {alone:.1f} s; beside {len(CASES)} hostile ones: in {beside:.1f} s")
    yield "network/good feeds read beside hostile ones within 30 s", float(beside < LONGEST)


def _drained(hostiles: Hostiles, good: Misbehaving, hostile: list[str]) -> float:
    names = [f"good{number}.test" for number in range(GOOD)]
    store, now = Memory(), datetime.now(UTC)
    store.add_source(Source("all", "All"))
    for url in hostile:
        store.add_feed(Feed(url, "all"), now)
    for name in names:
        store.add_feed(Feed(f"http://{name}:{good.port}/feed", "all"), now)
    reachable = allowed(hostiles.places) | {(name, good.port) for name in names}
    tls = ssl.create_default_context(cadata=hostiles.trusted)
    with Client(allow_local=reachable, resolver=resolve, tls=tls) as client, Sandbox() as sandbox:
        worker = Worker(store, Fetcher(client, Robots(client), sandbox), hours=())
        before = time.monotonic()
        read: set[str] = set()
        while len(read) < GOOD and worker.step():
            read = {url for url, row in store.feeds.items() if "//good" in url and row.outcome and not row.failures}
        taken = time.monotonic() - before
        worker.window.close()
    return taken if len(read) == GOOD else float("inf")


def _many() -> Iterator[tuple[str, float]]:
    command = [sys.executable, "-m", "eval.many_feeds"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        print(run.stderr, file=sys.stderr)
        raise SystemExit("eval: the desk of 2,000 feeds came to grief")
    drained = json.loads(run.stdout.splitlines()[-1])
    print(f"{drained['feeds']:,} feeds due at one moment, on as many hosts: 10 of 100 slow, 3 failing, 2 hanging")
    print(
        f"    all visited in {drained['seconds']} s, {drained['feeds_a_second']} a second; all that answer in "
        f"{drained['seconds_until_all_that_answer_are_read']} s; {drained['megabytes_more']} MB more memory"
    )
    print(
        f"    pages of the site meanwhile: median {drained['page_p50_ms']} ms, 95th percentile "
        f"{drained['page_p95_ms']} ms (idle: {drained['page_p95_ms_of_an_idle_desk']} ms), {drained['pages']} asked for"
    )
    yield "network/feeds drained a second", drained["feeds_a_second"]
    yield "network/95 of 100 pages within 250 ms meanwhile", float(drained["page_p95_ms"] <= SOON)


@contextmanager
def _running(server: Misbehaving) -> Iterator[Misbehaving]:
    try:
        yield server
    finally:
        server.close()
