"""The process in which what strangers sent is parsed: ``python -m storydesk.sandbox.inside``, jobs in, answers out.

It is given bytes and gives values. It opens no connection, and a job that wants more memory than a feed or a page may
take ends with an error; one that takes too long is ended from outside, with the process
(:mod:`~storydesk.sandbox.single`). A document of an archive may be large, and is held under its seconds alone, by an
alarm that ends the process (:mod:`~storydesk.sandbox.stream`).
"""

from __future__ import annotations

import gc
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from storydesk.errors import InputError, StorydeskError, TooLarge, UnreadableFile
from storydesk.gather import parse_feed
from storydesk.model import Item
from storydesk.read import read_document
from storydesk.sandbox.jobs import Answer, DocumentJob, Fault, FeedJob, Job, PageJob, receive, send

__all__ = ["main"]

JOB: Any = Job
MIB = 2**20
ALLOWANCE = 28 * MIB
"""Bytes of memory a document may take beyond what the process holds already. Of a thousand real feeds and pages the
hungriest takes a third of it; a feed of 6 MB, the most that is fetched, fits."""

NEARLY = 0.7
"""Of the allowance: a job that failed having taken so much failed for want of more."""

STATUS = Path("/proc/self/status")
PEAK = Path("/proc/self/clear_refs")


def main(read: Callable[..., Item] = read_document) -> None:
    """Answers jobs until the other side goes. ``read`` reads the documents of archives."""
    sys.addaudithook(_stay_inside)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # one who started it may have had it ignored
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not end up among the answers
    _load()
    send(answers, Answer())  # ready
    while (given := receive(jobs, JOB)) is not None:
        job, data = given
        send(answers, _in_time(job, data, read) if isinstance(job, DocumentJob) else _answer(job, data))
        del given, data


def _load() -> None:
    """Reads a feed and a page of nothing, so that what the parsers hold is not put down to a document."""
    now = datetime.now(UTC)
    menu = b"<ul>" + b"<li><a href='/a'>A long menu, so that all readers are asked</a></li>" * 99 + b"</ul>"
    page = (
        b"<html><body>"
        + menu
        + b"<article><p>"
        + b"A first page, of some words. " * 9
        + b"</p></article></body></html>"
    )
    with suppress(StorydeskError):
        parse_feed(
            b"<rss version='2.0'><channel><title>A</title><item><title>B</title></item></channel></rss>", "", now=now
        )
    with suppress(StorydeskError):
        read_document(page, now=now)


def _stay_inside(event: str, _: object) -> None:
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.exec", "os.system"):
        raise PermissionError(f"the process that reads tried {event}")


def _in_time(job: DocumentJob, data: bytes, read: Callable[..., Item]) -> Answer:
    """What comes of a document. The system ends the process where it takes too long, whatever holds it."""
    signal.setitimer(signal.ITIMER_REAL, job.seconds)
    try:
        return Answer(item=read(data, now=job.now, path=job.path, url=job.url, content_type=job.content_type))
    except Exception as error:
        return Answer(fault=_fault(error, InputError))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _fault(error: Exception, unforeseen: type[StorydeskError] = UnreadableFile) -> Fault:
    if isinstance(error, StorydeskError):
        return Fault(type(error).__name__, error.message, error.hint)
    return Fault(unforeseen.__name__, f"cannot be read: {type(error).__name__}", _TELL_US)


def _answer(job: FeedJob | PageJob, data: bytes) -> Answer:
    """What comes of one job, under its allowance of memory."""
    before = _memory("VmRSS")
    _allow(ALLOWANCE)
    try:
        answer = _done(job, data)
    except MemoryError:
        answer = _too_much(job)
    except Exception as error:
        answer = Answer(fault=_fault(error))
    finally:
        _allow(None)
    grown = max(0, _memory("VmHWM") - before)
    if answer.fault and grown > NEARLY * ALLOWANCE:  # a parser told of something else, but this is why
        answer = _too_much(job)
    if grown > ALLOWANCE // 4:
        gc.collect()
    return msgspec.structs.replace(answer, grown=grown)


def _too_much(job: FeedJob | PageJob) -> Answer:
    words = f"{job.url} takes more than {ALLOWANCE // MIB} MB of memory to read"
    return Answer(fault=Fault(TooLarge.__name__, words, "it is no feed or page to read"))


_TELL_US = "the bytes are damaged or made to do harm; if a browser shows them well, report it"


def _done(job: FeedJob | PageJob, data: bytes) -> Answer:
    if isinstance(job, PageJob):
        item = read_document(
            data, now=job.now, url=job.url, content_type=job.content_type, entry=job.entry, source=job.source
        )
        return Answer(item=item)
    return Answer(feed=parse_feed(data, job.url, now=job.now, content_type=job.content_type))


def _allow(more: int | None) -> None:
    """Limits the memory to what is held now and so much more; ``None`` lifts the limit. Nothing where the system does
    not say what is held."""
    held, (_, hard) = _memory("VmData"), resource.getrlimit(resource.RLIMIT_DATA)
    if held:
        resource.setrlimit(resource.RLIMIT_DATA, (hard if more is None else held + more, hard))
    if more is not None and PEAK.exists():
        PEAK.write_text("5")  # the peak is counted afresh: proc(5), clear_refs


def _memory(line: str) -> int:
    """A line of /proc/self/status in bytes; 0 where there is none."""
    if not STATUS.exists():
        return 0
    found = next((row for row in STATUS.read_text().splitlines() if row.startswith(f"{line}:")), "0 0 kB")
    return int(found.split()[1]) * 1024


if __name__ == "__main__":
    main()
