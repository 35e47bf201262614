"""``storydesk comments import`` as an owner meets it: counts, what is named, exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import PROSE, storydesk

EXPORTS = Path(__file__).parents[1] / "gather" / "exports"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk without anything in it but one piece."""
    (tmp_path / "piece.txt").write_text(PROSE)
    assert storydesk("add", str(tmp_path / "piece.txt"), home=tmp_path / "home").returncode == 0
    return tmp_path / "home"


def test_what_has_no_page_here_is_counted_and_named(home: Path) -> None:
    run = storydesk("comments", "import", str(EXPORTS / "wordpress.xml"), home=home)
    assert run.returncode == 1
    assert run.stdout.splitlines() == ["1 spam or rejected there, left out", "3 on pages that are not here, left out"]
    assert "https://courier-1.example/ferry/: is not on this desk (2 comments)" in run.stderr


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        (["missing.xml"], 1, "no such file"),
        ([], 2, "Missing argument"),
        ([str(EXPORTS / "coral.json"), __file__], 1, f"{__file__}: is not an export of comments that is known here"),
        (["--all-to", "nowhere", str(EXPORTS / "isso.json")], 1, "no story nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(home: Path, given: list[str], status: int, said: str) -> None:
    run = storydesk("comments", "import", *given, home=home)
    assert run.returncode == status
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_what_is_damaged_is_named_with_its_file(home: Path) -> None:
    run = storydesk("comments", "import", str(EXPORTS / "isso.json"), home=home)
    assert f"{EXPORTS / 'isso.json'}, comment /bakery#1: has no time that can be read" in run.stderr
