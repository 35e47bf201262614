"""``storydesk correct names``: what an editor does to a card, by command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from storydesk.cli.main import main
from tests.desk.test_rulings import ADA, OSLO, PARIS, account, arrive, cards, compare, named

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``storydesk correct names``: exit status, standard output, standard error. Two stories in Oslo: s1 of a and
    b, s2 of c.
    """
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path / "desk"))
    for key, story in (("a", "s1"), ("b", "s1"), ("c", "s2")):
        arrive(account(key), story)
    assert compare("s1") == compare("s2") == [OSLO]

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["storydesk", "correct", "names", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return called


def listed(run: Run, *options: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("list", "--json", *options)[1].splitlines()]


def test_each_correction_is_made_listed_and_undone(run: Run) -> None:
    assert run("not", OSLO, "--item", "http://desk.example/items/c/", "--who", "ana") == (
        0, "1 Oslo (Q585) is nothing in item c\n", "",
    )  # fmt: skip
    assert named("c") == {ADA}
    assert run("is", OSLO, f"http://desk.example/names/{PARIS}/#items", "--story", "s1", "--form", "Oslo")[0] == 0
    assert cards("s1") == [PARIS]
    assert run("one", PARIS, "http://desk.example/names/person%3Adesk%3Aada-brook/")[0] == 0
    assert named("a") == {PARIS}
    one, is_, not_ = listed(run)
    assert [row["kind"] for row in (one, is_, not_)] == ["one", "is", "not"]
    assert (is_["entity"], is_["other"], is_["form"], is_["story"]) == (OSLO, PARIS, "Oslo", "s1")
    assert (not_["who"], not_["items"], not_["story"]) == ("ana", ["c"], None)
    assert run("undo", "3", "2", "1", "--who", "eve")[0] == 0
    assert (cards("s1"), named("c")) == ([OSLO], {ADA, OSLO})
    assert listed(run, "--in-force") == []
    assert "taken back by eve" in run("list")[1]


def test_what_cannot_be_done_ends_with_status_1_and_one_line(run: Run) -> None:
    for arguments, said in (
        (("not", PARIS, "--story", "s1"), "nothing there is taken for it (it may have been corrected meanwhile)"),
        (("is", OSLO, OSLO, "--story", "s1"), "that is whom it is taken for already"),
        (("one", ADA, OSLO), "the one that has a card must be kept (merge the other way round)"),
        (("not", "Q0", "--story", "s1"), "nobody is known as Q0"),
        (("not", OSLO, "--story", "gone"), "no story gone"),
    ):
        assert run(*arguments) == (1, "", f"storydesk: {said}\n")
    assert run("undo", "9") == (1, "", "storydesk: 9: no correction 9\n")
    assert run("list")[1] == "No corrections of names.\n"


@pytest.mark.parametrize(
    "arguments", [("not", OSLO), ("not", OSLO, "--story", "s1", "--item", "a"), ("is", OSLO), ("one", OSLO), ("undo",)]
)
def test_wrong_usage_ends_with_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2
