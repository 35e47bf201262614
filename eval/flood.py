"""10,000 comments posted in a minute from 50 addresses at a running desk: what is taken, what is refused, whether
anything is published that nobody decided on, and how soon pages answer meanwhile.

    python -m eval.flood [--posts 10000] [--seconds 60] [--addresses 50]

fills a desk with the demo edition, serves it with ``storydesk run``, and posts to the story with the most items from
addresses of this machine's own loop (127.0.0.2 and on), each with a form that it fetched before. Linux only: elsewhere
the loop has one address.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from eval.many_feeds import _open, _p95, _pages

__all__ = ["Flooded", "main"]

PORT = 8123
PAUSE = 0.2
"""Seconds between two pages that a reader asks for."""

IDLE = 10.0
"""Seconds for which the desk is watched before the flood."""

WORDS = (
    "When does the ferry sail again, and who pays for the hotel? I heard {} different answers.",
    "Report {} is wrong.",
)


@dataclass(slots=True)
class Flooded:
    """What came of it: answers by status, times of pages in seconds."""

    answers: Counter[str] = field(default_factory=Counter)
    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0


def main() -> int:
    """The command: one JSON line. Ends with status 1 where anything was published that nobody decided on."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--addresses", type=int, default=50)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="flood-") as home:
        _open(home)
        pages = _pages()
        before = _published()
        with _running() as pid:
            flooded = _flooded(pid, pages, given.posts, given.seconds, given.addresses)
        kept, undecided = _kept(), _published() - before
    line = {
        "posts": sum(flooded.answers.values()),
        "addresses": given.addresses,
        "seconds": round(flooded.seconds, 1),
        "processor_seconds_of_the_desk": round(flooded.processor, 1),
        "accepted": flooded.answers["302"],
        "refused_with_retry_after": flooded.answers["429"],
        "otherwise": {key: count for key, count in flooded.answers.items() if key not in ("302", "429")},
        "kept": kept,
        "published_without_decision": undecided,
        "page_p50_ms": round(1000 * statistics.median(flooded.busy), 1),
        "page_p95_ms": round(1000 * _p95(flooded.busy), 1),
        "page_p50_ms_idle": round(1000 * statistics.median(flooded.idle), 1),
        "page_p95_ms_idle": round(1000 * _p95(flooded.idle), 1),
        "pages": len(flooded.busy),
    }
    print(json.dumps(line))
    return 1 if undecided else 0


def _kept() -> int:
    from storydesk.desk.models import CommentRow

    return CommentRow.objects.filter(key__startswith="flood-").count()


def _published() -> int:
    from storydesk.desk.models import CommentRow

    return CommentRow.objects.filter(state=CommentRow.State.PUBLISHED).count()


@contextmanager
def _running() -> Iterator[int]:
    """``storydesk run`` on the desk, in a process of its own: its id."""
    program = [sys.executable, "-c", "from storydesk.cli.main import main; main()", "run", "--port", str(PORT)]
    process = subprocess.Popen(program, env=os.environ, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                _get("/healthz", "127.0.0.1")
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _processor(pid: int) -> float:
    """Seconds that a process has used so far: user and system time (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _flooded(pid: int, pages: list[str], posts: int, seconds: float, addresses: int) -> Flooded:
    flooded = Flooded()
    story = next(page for page in pages if page.startswith("/stories/"))
    until = time.monotonic() + IDLE
    _read(pages, flooded.idle, lambda: time.monotonic() > until)
    over = threading.Event()
    reader = threading.Thread(target=_read, args=(pages, flooded.busy, over.is_set))
    each, lock = posts // addresses, threading.Lock()
    forms = [_form(story, f"127.0.0.{number + 2}") for number in range(addresses)]
    began, used = time.monotonic(), _processor(pid)
    posters = [
        threading.Thread(target=_post, args=(story, number, form, each, seconds / each, flooded.answers, lock))
        for number, form in enumerate(forms)
    ]
    for thread in (reader, *posters):
        thread.start()
    for thread in posters:
        thread.join()
    flooded.seconds, flooded.processor = time.monotonic() - began, _processor(pid) - used
    over.set()
    reader.join()
    return flooded


def _read(pages: list[str], times: list[float], over: object) -> None:
    """Asks for the pages in turn, as one more visitor, until it is over."""
    assert callable(over)
    turn = 0
    while not over():
        before = time.perf_counter()
        status, _, _ = _get(pages[turn % len(pages)], "127.0.0.1")
        times.append(time.perf_counter() - before)
        assert status == 200, status
        turn += 1
        time.sleep(PAUSE)


def _get(path: str, address: str) -> tuple[int, str, str]:
    """Status, page and cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60, source_address=(address, 0))
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Set-Cookie", "").partition(";")[0]
    finally:
        connection.close()


def _form(story: str, address: str) -> tuple[str, str]:
    """The token and the cookie of a form that an address fetched."""
    _, page, cookie = _get(story, address)
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1], cookie


def _post(
    story: str,
    number: int,
    form: tuple[str, str],
    posts: int,
    gap: float,
    answers: Counter[str],
    lock: threading.Lock,
) -> None:
    """One address: posts at an even pace over one connection, opened anew where the desk closes it."""
    token, cookie = form
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120, source_address=(f"127.0.0.{number + 2}", 0))
    began = time.monotonic()
    for turn in range(posts):
        time.sleep(max(0.0, began + turn * gap - time.monotonic()))
        words = WORDS[turn % len(WORDS)].format(f"{number}-{turn}")
        fields = {"csrfmiddlewaretoken": token, "key": f"flood-{number}-{turn}", "author": "Flood", "text": words}
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", f"{story}comments/", urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
            told = str(answer.status)
            if answer.status == 429 and not answer.headers.get("Retry-After"):
                told = "429 without Retry-After"
        except OSError as error:
            connection.close()
            told = type(error).__name__
        with lock:
            answers[told] += 1
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
