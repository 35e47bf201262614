"""A full disk: a clear message, and nothing lost. A limit on the size of files stands in for the disk."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from pathlib import Path

from tests.cli.test_commands import PROSE, STORYDESK, storydesk


def test_a_full_disk_is_named_and_loses_nothing(tmp_path: Path) -> None:
    home, first = tmp_path / "home", tmp_path / "first.txt"
    first.write_text(PROSE)
    assert storydesk("add", str(first), home=home).returncode == 0
    second = tmp_path / "second.txt"
    second.write_text(
        "A long piece about tides\n\n" + "\n\n".join(f"The tide rose {n} feet at noon." * 20 for n in range(900))
    )

    size = (home / "storydesk.sqlite3").stat().st_size

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))

    run = subprocess.run(
        [*STORYDESK, "add", str(second)],
        env={**os.environ, "STORYDESK_HOME": str(home)},
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "disk" in run.stderr
    assert "full" in run.stderr
    assert "Traceback" not in run.stderr

    database = sqlite3.connect(home / "storydesk.sqlite3")
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    assert database.execute("select title from item").fetchall() == [("Harbour reopens after storm",)]
    database.close()
    assert storydesk("add", str(second), home=home).returncode == 0
