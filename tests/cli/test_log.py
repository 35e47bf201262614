"""``storydesk log``: verified and exported from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storydesk.cli.main import main
from storydesk.desk import discussion
from storydesk.desk.models import LogRow, StoryRow
from tests.desk.conftest import NOON

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``storydesk log``: exit status, standard output, standard error. One comment was screened."""
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path / "desk"))
    StoryRow.objects.create(pk="s1", headline="Ferry aground off Cork")
    (tmp_path / "desk").mkdir()
    discussion.submit("k1", "s1", "Una", "When does the ferry sail again?", NOON)

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["storydesk", "log", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return called


def test_a_whole_log_gives_its_last_entry_and_that_is_found_again(run: Run) -> None:
    status, said, _ = run("verify")
    head, verdict = said.splitlines()
    assert (status, verdict, head[:2]) == (0, "the log is whole", "1:")
    assert run("verify", "--head", head)[0] == 0
    assert run("verify", "--head", "1:other")[0] == 1
    assert run("verify", "--head", "other")[0] == 2


def test_a_fault_is_named(run: Run) -> None:
    LogRow.objects.update(content="{}")
    status, _, told = run("verify")
    assert status == 1
    assert "entry 1: its content is not what was written" in told


def test_the_export_is_a_line_an_entry_without_readers(run: Run) -> None:
    status, lines, _ = run("export")
    assert (status, [json.loads(line)["number"] for line in lines.splitlines()]) == (0, [1])
    assert "Una" not in lines
