"""The database passes the store's contract on PostgreSQL too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.postgres
def test_the_contract_holds_on_postgresql() -> None:
    address = os.environ.get("STORYDESK_TEST_POSTGRES")
    if not address:
        pytest.skip("needs STORYDESK_TEST_POSTGRES, the address of a PostgreSQL server (.ci/run starts one)")
    names = ("store_contract", "discussion", "log", "corrections", "correction_laws", "migrations", "unread")
    suite = [f"tests/desk/test_{name}.py" for name in names]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", *suite],
        cwd=ROOT,
        env={**os.environ, "STORYDESK_DATABASE": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]
    assert " passed" in run.stdout
