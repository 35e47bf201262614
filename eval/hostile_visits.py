"""Visits to servers that do harm, each in a process of its own, with its seconds and its memory.

    python -m eval.hostile_visits < places.json

is what ``python -m eval network`` runs: the ports of the servers and the authority to trust come in, a JSON line a
visit goes out. Memory is the growth of the peak of resident memory (``VmHWM``, reset before the visit through
``/proc/self/clear_refs``), that of the process that fetches and that of the process that reads added up.
"""

from __future__ import annotations

import gc
import json
import os
import ssl
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from storydesk.desk.store import Outcome, Visit
from storydesk.desk.visiting import Fetcher, visit_feed
from storydesk.gather import Client, Robots
from storydesk.model import Feed
from storydesk.sandbox import FeedJob, Sandbox
from tests.gather.hostile import CASES, Case, address, allowed, resolve
from tests.gather.servers import FEED

__all__ = ["main", "memory", "reset_peak"]

AT_ONCE = 6
"""Visits side by side: most of them wait for a server that says nothing."""


def main() -> int:
    """Reads the places from standard input and visits them all."""
    given = json.load(sys.stdin)
    waiting, running = list(CASES), dict[int, Case]()
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            case = waiting.pop(0)
            child = os.fork()  # this process has no threads, and all is loaded
            if child == 0:
                _visit(case, given["places"], given["trusted"])
            running[child] = case
        ended, status = os.wait()
        if status:
            print(json.dumps({"name": running[ended].name, "crashed": status}), flush=True)
        del running[ended]
    return 0


def _visit(case: Case, places: Mapping[str, int], trusted: str) -> None:
    """One visit under the default caps, in a forked process, which ends here."""
    tls = ssl.create_default_context(cadata=trusted)
    with (
        Client(allow_local=allowed(places), resolver=resolve, tls=tls) as client,
        Sandbox() as sandbox,
    ):
        sandbox.feed(FeedJob("http://warm.test/", None, datetime.now(UTC)), FEED)
        fetcher = Fetcher(client, Robots(client), sandbox)
        gc.collect()
        visit = Visit(Feed(address(case, places), "hostile"))
        with _watched([os.getpid(), sandbox.pid or 0]) as grown:
            before = time.monotonic()
            outcome = visit_feed(visit, fetcher, datetime.now(UTC))
            seconds = time.monotonic() - before
    assert isinstance(outcome, Outcome)
    read = f"read: {len(outcome.entries)} entries"
    line = {
        "name": case.name,
        "seconds": round(seconds, 1),
        "megabytes": round(sum(grown) / 2**20, 1),
        "reason": outcome.problem or read,
        "by": outcome.blocked_by,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    os._exit(0)


@contextmanager
def _watched(processes: Sequence[int]) -> Iterator[list[int]]:
    """How many bytes the peak of each process's resident memory rose in the block: of one that ends, what it was at
    last."""
    before = [memory(process, "VmRSS") for process in processes]
    for process in processes:
        reset_peak(process)
    grown, over = [0] * len(processes), threading.Event()

    def look() -> None:
        for place, process in enumerate(processes):
            grown[place] = max(grown[place], memory(process, "VmHWM") - before[place])

    def watch() -> None:
        while not over.wait(0.01):
            look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield grown
    finally:
        over.set()
        watcher.join()
        look()


def reset_peak(process: int) -> None:
    """The peak of its resident memory is counted anew from now."""
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5")


def memory(process: int, line: str) -> int:
    """A line of the process's status (``VmRSS``, ``VmHWM``) in bytes; 0 where it has ended."""
    try:
        rows = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) * 1024 for row in rows if row.startswith(f"{line}:")), 0)


if __name__ == "__main__":
    sys.exit(main())
