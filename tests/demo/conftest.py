"""A desk filled by the command itself, once for all tests that look at what came of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storydesk.demo.edition import FOLDER

FEW_EVENTS = ("02-senja*", "05-*", "06-*", "07-*", "08-*")
"""Events of a small edition that still has a revision, a reprint, a video and two pairs that must stay apart."""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small edition."""
    folder = tmp_path_factory.mktemp("small") / "edition"
    (folder / "events").mkdir(parents=True)
    shutil.copy(FOLDER / "sources.toml", folder)
    for pattern in FEW_EVENTS:
        for file in (FOLDER / "events").glob(pattern):
            shutil.copy(file, folder / "events")
    kept = {
        line for file in (folder / "events").iterdir() for line in file.read_text().splitlines() if "slug = " in line
    }
    head, *comments = (FOLDER / "comments.toml").read_text().split("[[comment]]")
    told = [comment for comment in comments if any(line.replace("slug", "event") in comment for line in kept)]
    told = [comment for comment in told if "reply_to" not in comment]
    (folder / "comments.toml").write_text(head + "".join(f"[[comment]]{comment}" for comment in told))
    return folder


def demo(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """``storydesk demo --once`` on a folder, on any free port for the outlets."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STORYDESK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "from storydesk.cli.main import main; main()", "demo", "--once", *options],
        env=environment | {"STORYDESK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk filled with the whole edition."""
    home = tmp_path_factory.mktemp("filled")
    done = demo(home, "--feeds-port", "0")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def desk(filled: Path) -> Iterator[sqlite3.Connection]:
    """Its database."""
    with closing(sqlite3.connect(filled / "storydesk.sqlite3")) as database:
        yield database
