"""A few kills of an ingest, at random moments: nothing may be lost, nothing doubled. ``make kills`` does 500."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytest.importorskip("eval.kills", reason="the harness stands beside the package, in the repository")


def test_a_killed_ingest_ends_as_an_undisturbed_one(small: Path) -> None:
    command = [sys.executable, str(ROOT / "eval" / "kills.py"), "--kills", "6", "--seed", "3", "--edition", str(small)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 kills over" in done.stdout
    assert "nothing lost, nothing doubled" in done.stdout
