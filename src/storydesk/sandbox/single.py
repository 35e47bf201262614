"""Reading outside the process that serves: feeds and pages are parsed in a process of their own, under a limit of time
and memory, so that no document a stranger made can stop the site.

The process is started when it is first needed, and anew where a job had to be ended.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Timer

from storydesk.errors import InputError, TooLarge, Unreachable
from storydesk.gather import ParsedFeed
from storydesk.model import Item
from storydesk.sandbox.jobs import Answer, FeedJob, Job, PageJob, receive, send
from storydesk.sandbox.process import LONGEST, end, pipes, start

__all__ = ["Sandbox"]

LOADING = 30.0
"""Seconds for a new process to load the parsers; a busy machine takes long over it."""

MOST = 2_000
"""Documents after which a process is replaced: parsers keep some of what they saw."""

STOPPING = "the program is stopping"
TELL_US = "this is a fault of Storydesk: report it"


class Sandbox:
    """Parses feeds and reads pages, one at a time. Safe to use from many threads; a context manager.

    ``longest`` is how many seconds a document may take.
    """

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._closed = False
        self.grown = 0

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, and the document that it is at."""
        self._closed = True
        if self._process is not None:
            self._process.kill()
        with self._lock:
            self._stop()

    @property
    def pid(self) -> int | None:
        """The process, where one runs."""
        return self._process.pid if self._process else None

    def feed(self, job: FeedJob, data: bytes) -> ParsedFeed:
        """The feed in the bytes. Raises NotAFeed, and TooLarge where reading it takes too much time or memory."""
        answer = self._ask(job, data)
        if answer.feed is None:
            raise InputError("the process that reads gave no feed", TELL_US)
        return answer.feed

    def page(self, job: PageJob, data: bytes) -> Item:
        """The item on the page. Raises UnreadableFile, and TooLarge where reading it takes too much time or memory."""
        answer = self._ask(job, data)
        if answer.item is None:
            raise InputError("the process that reads gave no item", TELL_US)
        return answer.item

    def _ask(self, job: Job, data: bytes) -> Answer:
        with self._lock:
            answer = self._exchange(self._running(), job, data)
            self._done += 1
            error = answer.fault.error() if answer.fault else None
            if isinstance(error, TooLarge):  # who knows what it left half done for want of memory
                self._stop()
        self.grown = max(self.grown, answer.grown)
        if error:
            raise error
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """A process that has loaded its parsers."""
        if self._closed:
            raise Unreachable(STOPPING)
        if self._process is None or self._process.poll() is not None or self._done >= MOST:
            self._stop()
            self._process = start()
            with _ended_after(self._process, LOADING):
                ready = receive(pipes(self._process)[1], Answer)
            if ready is None:
                self._stop()
                raise Unreachable(STOPPING if self._closed else "the process that reads does not start", TELL_US)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], job: Job, data: bytes) -> Answer:
        """Sends the job and waits for its answer; the process is ended where it does not come in time."""
        jobs, answers = pipes(process)
        with _ended_after(process, self._longest) as late:
            with suppress(BrokenPipeError):
                send(jobs, job, data)
            given = receive(answers, Answer)
        if given is not None:
            return given[0]
        self._stop()
        if self._closed:
            raise Unreachable(STOPPING)
        how = f"over {self._longest:g} seconds" if late.is_set() else "more memory than it may"
        raise TooLarge(f"{job.url} takes {how} to read", "it is damaged, or made to do harm")

    def _stop(self) -> None:
        if self._process is not None:
            end(self._process)
        self._process, self._done = None, 0


@contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Event]:
    """Kills the process where the block takes longer, and says so by the event."""
    late = Event()

    def kill() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, kill)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
