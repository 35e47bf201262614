"""``storydesk run``: answers at once, says what to do on a desk with nothing in it, and ends when told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_commands import STORYDESK


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(address: str, patience: float = 30.0) -> str:
    """What an address answers as soon as it does."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return str(response.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def processor_seconds(pid: int) -> float:
    """What a process has used so far: user and system time (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    process = subprocess.Popen(
        [*STORYDESK, "run", "--port", str(port)],
        env={**os.environ, "STORYDESK_HOME": str(tmp_path / "desk")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, f"http://127.0.0.1:{port}/"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads a process's own time from /proc")
def test_it_answers_within_three_seconds_and_says_what_to_do(running: tuple[subprocess.Popen[str], str]) -> None:
    process, address = running
    front = answer(address)
    assert processor_seconds(process.pid) < 3
    assert "storydesk add" in front
    assert "storydesk demo" in front


def test_it_ends_when_told_to_and_says_where_it_served(running: tuple[subprocess.Popen[str], str]) -> None:
    process, address = running
    answer(address)
    process.send_signal(signal.SIGTERM)
    printed, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert address.rstrip("/") in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORYDESK_COMMENTS", "false"),
        ("STORYDESK_GUESTS", "maybe"),
        ("STORYDESK_TRUST_AFTER", "five"),
        ("STORYDESK_ALLOW", "intranet.local"),
        ("STORYDESK_CONTACT", "the news desk"),
    ],
)
def test_a_setting_that_would_fail_in_a_page_ends_the_start(tmp_path: Path, name: str, value: str) -> None:
    run = subprocess.run(
        [*STORYDESK, "run", "--port", str(free_port())],
        env={**os.environ, "STORYDESK_HOME": str(tmp_path / "desk"), name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 1
    assert run.stderr.startswith(f"storydesk: {name} ")
    assert "Traceback" not in run.stderr
