"""Reading in a process of its own: what is read comes back whole, and what does harm is ended there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from storydesk.errors import NotAFeed, TooLarge, Unreachable, UnreadableFile
from storydesk.gather import parse_feed
from storydesk.model import Entry, Source, Video
from storydesk.read import read_document
from storydesk.sandbox import FeedJob, PageJob, Sandbox
from tests.desk.conftest import NOON
from tests.desk.web import FERRY_PAGE
from tests.gather.servers import FEED

URL = "https://gazette.example/feed"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(longest=3.0) as sandbox:
        yield sandbox


def feed(data: bytes) -> tuple[FeedJob, bytes]:
    return FeedJob(URL, "application/rss+xml; charset=utf-8", NOON), data


def page(data: bytes, entry: Entry | None = None) -> tuple[PageJob, bytes]:
    url = "https://gazette.example/ferry"
    return PageJob(url, "text/html", NOON, entry or Entry(url=url), Source("gazette", "The Gazette")), data


def test_a_feed_and_a_page_come_back_as_they_are_read_here(sandbox: Sandbox) -> None:
    assert sandbox.feed(*feed(FEED)) == parse_feed(FEED, URL, now=NOON)
    entry = Entry(url="https://gazette.example/ferry", published=NOON, video=Video(url="https://v.example/1"))
    job, _ = page(FERRY_PAGE, entry)
    here = read_document(
        FERRY_PAGE, now=NOON, url=job.url, content_type=job.content_type, entry=entry, source=job.source
    )
    assert sandbox.page(job, FERRY_PAGE) == here


def test_errors_come_back_as_they_are_raised_here(sandbox: Sandbox) -> None:
    with pytest.raises(NotAFeed, match="an HTML page") as caught:
        sandbox.feed(*feed(FERRY_PAGE))
    assert caught.value.hint
    with pytest.raises(UnreadableFile, match="is a feed"):
        sandbox.page(*page(FEED))


TINY = b"<rss version='2.0'><channel>" + b"<item/>" * 2_000_000 + b"</channel></rss>"
WIDE = b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"{}," * 3_000_000 + b"{}]}"


def test_what_would_fill_the_memory_is_refused_and_the_next_is_read(sandbox: Sandbox) -> None:
    with pytest.raises((TooLarge, NotAFeed)):
        sandbox.feed(*feed(WIDE))
    assert sandbox.grown < 120 * 2**20
    assert sandbox.feed(*feed(FEED)).title == "The Quay Gazette"


def test_a_parser_without_memory_gives_no_empty_feed(sandbox: Sandbox) -> None:
    with pytest.raises(TooLarge, match="MB of memory"):
        sandbox.feed(*feed(b"<rss>" + b"<a>" * 8_000_000))
    assert sandbox.feed(*feed(FEED)).entries


def test_a_feed_of_millions_of_entries_takes_no_more_memory_than_those_that_are_kept(sandbox: Sandbox) -> None:
    assert sandbox.feed(*feed(TINY)).entries == ()
    assert sandbox.grown < 64 * 2**20


def test_what_takes_too_long_is_ended_and_the_next_is_read() -> None:
    with Sandbox(longest=0.2) as sandbox:
        sandbox.feed(*feed(FEED))
        loose = b"<rss>" + b"&" * 1_000_000
        before = time.monotonic()
        with pytest.raises(TooLarge, match=r"over 0\.2 seconds"):
            sandbox.feed(*feed(loose))
        assert time.monotonic() - before < 2
        assert sandbox.feed(*feed(FEED)).entries


def test_a_process_that_dies_is_replaced(sandbox: Sandbox) -> None:
    sandbox.feed(*feed(FEED))
    first = sandbox.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    assert sandbox.feed(*feed(FEED)).entries
    assert sandbox.pid != first


def test_a_process_that_is_stopped_is_ended_in_time() -> None:
    with Sandbox(longest=0.5) as sandbox:
        sandbox.feed(*feed(FEED))
        assert sandbox.pid is not None
        os.kill(sandbox.pid, signal.SIGSTOP)
        with pytest.raises(TooLarge, match=r"over 0\.5 seconds"):
            sandbox.feed(*feed(FEED * 2_000))
        assert sandbox.feed(*feed(FEED)).entries


def test_many_threads_share_it(sandbox: Sandbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        titles = list(pool.map(lambda _: sandbox.feed(*feed(FEED)).title, range(60)))
    assert set(titles) == {"The Quay Gazette"}


def test_closing_ends_what_is_under_way() -> None:
    sandbox = Sandbox(longest=20.0)
    sandbox.feed(*feed(FEED))
    assert sandbox.pid is not None
    os.kill(sandbox.pid, signal.SIGSTOP)
    threading.Timer(0.2, sandbox.close).start()
    with pytest.raises(Unreachable, match="stopping"):
        sandbox.feed(*feed(FEED))
    with pytest.raises(Unreachable):
        sandbox.feed(*feed(FEED))


def test_the_process_opens_no_connection_and_starts_no_other() -> None:
    code = (
        "import storydesk.sandbox.inside as inside, sys, socket, subprocess\n"
        "sys.addaudithook(inside._stay_inside)\n"
        "for way in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: subprocess.run(['true'])):\n"
        "    try:\n        way()\n    except PermissionError as error:\n        print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.count("the process that reads tried") == 2


def test_it_ends_with_the_process_that_began_it(tmp_path: object) -> None:
    code = (
        "from storydesk.sandbox import Sandbox\nfrom storydesk.sandbox import FeedJob\n"
        "from datetime import UTC, datetime\nimport os, signal\nsandbox = Sandbox()\n"
        f"sandbox.feed(FeedJob({URL!r}, None, datetime.now(UTC)), {FEED!r})\n"
        "print(sandbox.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    child = int(run.stdout)
    for _ in range(50):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("it lives on")
