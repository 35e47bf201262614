"""The process that reads, from outside: how it is started, spoken to and ended."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from typing import IO

__all__ = ["LONGEST", "end", "pipes", "start"]

ROOM = 2**20
"""Bytes that lie in a pipe: with the few of a system's default, one side waits for the other at every page."""

LONGEST = 5.0
"""Seconds a document may take."""


def start() -> subprocess.Popen[bytes]:
    """Starts the process. It says that it is ready before the first answer."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STORYDESK_", "DJANGO_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "storydesk.sandbox.inside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=ROOM,
        env=environment,
    )


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Where jobs go in, and where answers come out."""
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def end(process: subprocess.Popen[bytes]) -> int:
    """Kills the process, where it still runs, and gives how it ended, as :mod:`subprocess` does."""
    process.kill()
    for pipe in pipes(process):
        with suppress(BrokenPipeError):
            pipe.close()
    return process.wait()
