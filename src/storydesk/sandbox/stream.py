"""Many documents, read in order in another process, each under a limit of seconds.

Jobs are handed over ahead of their answers, so that neither side waits for the other. The process holds the limit
itself, by an alarm that the system ends it with, whatever it is doing; answers come in order, so the first job without
one is the job that did it. It is given up, and a new process goes on with those behind it.
"""

from __future__ import annotations

import signal
import subprocess
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO

from storydesk.errors import InputError, StorydeskError, TooLarge, Unreachable
from storydesk.model import Item
from storydesk.sandbox.jobs import Answer, DocumentJob, receive, send
from storydesk.sandbox.process import end, pipes, start

__all__ = ["Stream"]

AHEAD = 32
"""Documents handed over ahead of their answers, at most."""

AHEAD_BYTES = 2**20
"""Their bytes together, from which no more are handed over: they are kept here until they are answered."""

HARM = "it is damaged, or made to do harm"

Answers = SimpleQueue[Answer | None]


class Stream:
    """Reads documents in the order in which they are put. For one thread; a context manager.

    ``begin`` starts the process that reads.
    """

    def __init__(self, begin: Callable[[], subprocess.Popen[bytes]] = start) -> None:
        self._start = begin
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Answers = SimpleQueue()
        self._unanswered: deque[tuple[DocumentJob, bytes]] = deque()
        self._bytes = 0

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            end(self._process)

    @property
    def full(self) -> bool:
        """Whether an answer should be taken before more is put."""
        return len(self._unanswered) >= AHEAD or self._bytes >= AHEAD_BYTES

    def put(self, job: DocumentJob, data: bytes) -> None:
        """Hands a document over. Raises Unreachable where the process does not start."""
        self._unanswered.append((job, data))
        self._bytes += len(data)
        if self._process is None:
            self._begin()
        else:
            self._send(job, data)

    def take(self) -> Item | StorydeskError:
        """The item of the first document not answered yet, or why there is none. Raises Unreachable where the process
        does not start again."""
        if self._process is None and self._unanswered:
            self._begin()
        answer = self._answers.get()
        job, data = self._unanswered.popleft()
        self._bytes -= len(data)
        if answer is None:
            return self._ended(job)
        if answer.fault:
            return answer.fault.error()
        return answer.item or InputError("the process that reads gave no item", "this is a fault of Storydesk")

    def read(self, job: DocumentJob, data: bytes) -> Item:
        """One document, with nothing else under way. Raises the error that says why there is no item."""
        self.put(job, data)
        found = self.take()
        if isinstance(found, StorydeskError):
            raise found
        return found

    def _ended(self, job: DocumentJob) -> StorydeskError:
        """Why the process ended over a job."""
        assert self._process is not None
        with suppress(subprocess.TimeoutExpired):  # its pipe is closed, so it is as good as gone
            self._process.wait(1)
        how = end(self._process)
        self._process = None
        if how == -signal.SIGALRM:
            return TooLarge(f"took longer than {job.seconds:g} s", HARM)
        return TooLarge("ended the process that read it", HARM)

    def _begin(self) -> None:
        """Starts a process and hands over all that is not answered."""
        self._process, self._answers = self._start(), SimpleQueue()
        Thread(target=_listen, args=(pipes(self._process)[1], self._answers), daemon=True).start()
        if self._answers.get() is None:
            end(self._process)
            self._process = None
            raise Unreachable("the process that reads does not start", "this is a fault of Storydesk: report it")
        for job, data in self._unanswered:
            self._send(job, data)

    def _send(self, job: DocumentJob, data: bytes) -> None:
        assert self._process is not None
        with suppress(BrokenPipeError):  # it has ended, which the answers tell
            send(pipes(self._process)[0], job, data)


def _listen(pipe: IO[bytes], answers: Answers) -> None:
    """Takes the answers as they come, so that the process never waits; ``None`` at the end."""
    with suppress(ValueError, OSError):  # closed under our hands: the stream is left
        while (given := receive(pipe, Answer)) is not None:
            answers.put(given[0])
    answers.put(None)
