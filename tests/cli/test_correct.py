"""``storydesk correct``: what an editor does on a page, by command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from storydesk.cli.main import main
from storydesk.desk.database import Database
from storydesk.desk.models import ItemRow
from storydesk.model import Placement
from tests.desk.conftest import GAZETTE, item, keep_told

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``storydesk correct``: exit status, standard output, standard error. Two stories: sa of a and b, sc of c."""
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path / "desk"))
    store = Database()
    store.add_source(GAZETTE)
    for key, story in (("a", "sa"), ("b", "sa"), ("c", "sc")):
        keep_told(store, item(key))
        store.keep_placement(Placement(key, story, 0.5), ())

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["storydesk", "correct", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return called


def where(key: str) -> str | None:
    return ItemRow.objects.get(pk=key).story_id


def listed(run: Run, *options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("list", "--json", *options)[1].splitlines()]


def test_each_correction_is_made_listed_and_undone(run: Run) -> None:
    assert run("split", "b", "--who", "ana")[0] == 0
    assert where("b") != "sa"
    assert run("move", "b", "http://desk.example/stories/sc/#comments", "--who", "bo")[0] == 0
    assert where("b") == "sc"
    assert run("merge", "sa", "sc", "--who", "cy")[0] == 0
    assert {where(key) for key in "abc"} == {"sa"}
    assert run("pin", "a", "http://desk.example/items/c/", "--who", "dee")[0] == 0
    pin, merge, move, split = listed(run)
    assert [row["kind"] for row in (pin, merge, move, split)] == ["pin", "merge", "move", "split"]
    assert (merge["merged"], merge["story"], merge["who"]) == ("sc", "sa", "cy")
    assert move["items"] == [{"id": "b", "stood": split["story"]}]
    assert datetime.fromisoformat(str(split["at"])).tzinfo is not None
    assert run("undo", str(pin["number"]), str(merge["number"]), "--who", "eve")[0] == 0
    assert (where("b"), where("a")) == ("sc", "sa")
    assert [row["kind"] for row in listed(run, "--in-force")] == ["move", "split"]
    assert [row["undone_by"] for row in listed(run, "--undone")] == ["eve", "eve"]
    assert "taken back by eve" in run("list")[1]


def test_what_cannot_be_done_ends_with_status_1_and_one_line(run: Run) -> None:
    assert run("split", "c") == (
        1,
        "",
        "storydesk: at least one item must stay in the story (move them all, or merge the story with another)\n",
    )
    code, _, said = run("move", "nothing", "sc")
    assert (code, said) == (1, "storydesk: no item nothing in any story\n")
    assert listed(run) == []
    assert run("list")[1] == "No corrections.\n"


def test_of_several_to_undo_the_rest_is_done(run: Run) -> None:
    run("split", "b", "--who", "ana")
    number = str(listed(run)[0]["number"])
    code, out, said = run("undo", "999", number)
    assert (code, out) == (1, f"{number} is taken back.\n")
    assert said == "storydesk: 999: no correction 999\n"
    assert where("b") == "sa"


@pytest.mark.parametrize(
    "arguments", [("split",), ("merge", "sa"), ("undo", "x"), ("burn", "a"), ("move", "a"), ("pin", "a", "--who", " ")]
)
def test_wrong_usage_ends_with_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_who_corrects_is_the_user_unless_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "una")
    run("pin", "a")
    assert listed(run)[0]["who"] == "una"
