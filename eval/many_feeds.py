"""2,000 feeds due at one moment, on as many hosts, some slow, some failing, some that hang: how soon a desk is through,
how much memory that takes, and how soon its pages answer meanwhile.

    python -m eval.many_feeds [--feeds 2000] [--at-once 32]

fills a desk with the demo edition, adds the feeds, and lets the worker at them while a thread asks for pages of the
site in the same process, as a desk does. The feeds' servers run in a process of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory

from eval.hostile_visits import memory, reset_peak

__all__ = ["Drained", "main"]

SLOW, FAILING, HANGING = 10, 3, 2
"""Of a hundred hosts."""

LATENCY = 2.0
"""Seconds after which a slow host answers."""

PAUSE = 0.05
"""Seconds between two pages of the site that are asked for."""


@dataclass(slots=True)
class Drained:
    """What came of it. Times of pages in seconds."""

    feeds: int
    seconds: float
    answering: float
    megabytes: float
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def main() -> int:
    """The command: one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--at-once", type=int, help="the width of the worker's window (the worker's own by default)")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="many-feeds-") as home:
        _open(home)
        drained = _drained(given.feeds, given.at_once)
    line = {
        "feeds": drained.feeds,
        "feeds_a_second": round(drained.feeds / drained.seconds, 1),
        "seconds": round(drained.seconds, 1),
        "seconds_until_all_that_answer_are_read": round(drained.answering, 1),
        "megabytes_more": round(drained.megabytes, 1),
        "page_p50_ms": round(1000 * statistics.median(drained.busy), 1),
        "page_p95_ms": round(1000 * _p95(drained.busy), 1),
        "page_p95_ms_of_an_idle_desk": round(1000 * _p95(drained.idle), 1),
        "pages": len(drained.busy),
    }
    print(json.dumps(line))
    return 0


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _open(home: str) -> None:
    """A desk in ``home`` with the demo edition in it."""
    for name in [name for name in os.environ if name.startswith("STORYDESK_")]:
        del os.environ[name]
    os.environ["STORYDESK_HOME"] = home
    from storydesk.cli.demo import command

    command(["--once", "--feeds-port", "0"], standalone_mode=False)


# ---------------------------------------------------------------------------------------------------- the servers


def manner(number: int) -> str:
    """How a host answers: spread evenly over the numbers."""
    place = number % 100
    if place < HANGING:
        return "hanging"
    if place < HANGING + FAILING:
        return "failing"
    return "slow" if place < HANGING + FAILING + SLOW else "quick"


def _serve(pipe: Connection) -> None:
    asyncio.run(_serving(pipe))


async def _serving(pipe: Connection) -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=512)
    pipe.send(server.sockets[0].getsockname()[1])
    await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
    os._exit(0)  # those that hang are not waited for


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = head.split(" ", 2)[1]
        host = next(line for line in head.split("\r\n") if line.lower().startswith("host:")).split(":")[1].strip()
        number = int(host.removeprefix("outlet").partition(".")[0])
        if path == "/robots.txt":
            status, body = "404 Not Found", b""
        else:
            how = manner(number)
            await asyncio.sleep({"slow": LATENCY, "hanging": 60.0}.get(how, 0.005))
            status = "500 Internal Server Error" if how == "failing" else "200 OK"
            body = _feed(number)
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
    except (OSError, asyncio.IncompleteReadError, StopIteration, ValueError):
        pass
    finally:
        writer.close()


def _feed(number: int) -> bytes:
    """A feed of ten entries with some sentences each, without pages of their own."""
    words = f"The council of town {number} met on Monday and spoke of the harbour, the school and the road. " * 12
    entries = "".join(
        f"<item><title>Town {number}, report {entry}</title><guid isPermaLink='false'>r{entry}</guid>"
        f"<description>{words}</description><pubDate>Mon, 02 Mar 2026 0{entry}:00:00 GMT</pubDate></item>"
        for entry in range(10)
    )
    return f"<rss version='2.0'><channel><title>Town {number}</title>{entries}</channel></rss>".encode()


# ---------------------------------------------------------------------------------------------------- the desk


def _drained(feeds: int, at_once: int | None) -> Drained:
    from storydesk.desk.database import Database
    from storydesk.desk.models import FeedRow
    from storydesk.desk.visiting import Fetcher
    from storydesk.desk.window import Window
    from storydesk.desk.worker import Worker
    from storydesk.gather import Client, Robots
    from storydesk.sandbox import Sandbox

    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    port = int(ours.recv())
    names = [f"outlet{number}.test" for number in range(feeds)]
    FeedRow.objects.all().delete()
    _add(names, port)
    allowed = frozenset((name, port) for name in names)
    pages = _pages()
    drained = Drained(feeds, 0.0, 0.0, 0.0)
    with (
        Client(allow_local=allowed, resolver=_here) as client,
        Sandbox() as sandbox,
    ):
        worker = Worker(Database(), Fetcher(client, Robots(client), sandbox), hours=())
        if at_once:
            worker.window = Window(at_once)
        _asking(pages, drained.idle, lambda: time.sleep(5.0))
        before = memory(os.getpid(), "VmRSS")
        reset_peak(os.getpid())
        _asking(pages, drained.busy, lambda: _drain(worker, drained))
        drained.megabytes = (memory(os.getpid(), "VmHWM") - before + sandbox.grown) / 2**20
    ours.send("over")
    server.join(5)
    return drained


def _here(*_: object) -> tuple[str]:
    return ("127.0.0.1",)


def _add(names: Sequence[str], port: int) -> None:
    from storydesk.desk.models import FeedRow, SourceRow

    now = datetime.now(UTC)
    SourceRow.objects.bulk_create(SourceRow(id=name.partition(".")[0], name=name) for name in names)
    FeedRow.objects.bulk_create(
        FeedRow(
            url=f"http://{name}:{port}/feed", host=name, source_id=name.partition(".")[0], next_visit=now, title=name
        )
        for name in names
    )


def _drain(worker: object, drained: Drained) -> None:
    """Steps until every feed was visited once."""
    from django.db.models import Q

    from storydesk.desk.models import FeedRow
    from storydesk.desk.worker import Worker

    assert isinstance(worker, Worker)
    visited = Q(last_success__isnull=False) | Q(failures__gt=0)
    quiet = {f"outlet{number}.test" for number in range(drained.feeds) if manner(number) == "hanging"}
    began = checked = time.monotonic()
    while worker.step():
        if time.monotonic() - checked < 0.25:
            continue
        checked = time.monotonic()
        left = set(FeedRow.objects.exclude(visited).values_list("host", flat=True))
        if not drained.answering and left <= quiet:
            drained.answering = checked - began
        if not left:
            break
    drained.seconds = time.monotonic() - began
    worker.window.close()


def _pages() -> list[str]:
    from storydesk.desk.models import ItemRow, StoryRow

    story = StoryRow.objects.exclude(coverage=None).filter(merged_into=None).order_by("-item_count").first()
    item = ItemRow.objects.filter(story=story).first()
    assert story is not None
    assert item is not None
    return ["/", f"/stories/{story.pk}/", f"/items/{item.pk}/", f"/sources/{item.source_id}/"]


def _asking(pages: Sequence[str], times: list[float], work: Callable[[], object]) -> None:
    """Does the work while a thread asks for the pages in turn and notes how long each took."""
    from django.db import connection
    from django.test import Client

    over = threading.Event()

    def ask() -> None:
        visitor, turn = Client(headers={"host": "localhost"}), 0
        while not over.wait(PAUSE):
            before = time.perf_counter()
            answer = visitor.get(pages[turn % len(pages)])
            times.append(time.perf_counter() - before)
            assert answer.status_code == 200
            turn += 1
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        work()
    finally:
        over.set()
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
