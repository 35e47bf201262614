"""The story in the terminal and the two commands."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from storydesk.cli.compare import command as compare_command
from storydesk.cli.read import command as read_command
from storydesk.cli.story import command as story_command
from storydesk.cli.terminal import show
from storydesk.compare import compare
from storydesk.compare.outlets import outlets
from storydesk.model import Item, ReaderComment

FIRST = """Ida Ravn, mayor of Storvik, said the town needs “a safer and quieter harbour for everyone.”
The ferry hit the quay in Storvik on Monday and injured 27 people, police said.
A dog named Bamse jumped unhurt from the ferry in Storvik.
The harbour of Storvik was last dredged when the shipyard still built whaling boats for the county."""
SECOND = """On Monday the ferry hit the quay in Storvik and injured 31 people, police said.
Mayor Ida Ravn wants “a quieter, safer harbour for all of us in Storvik” after the ferry hit the quay.
The shipping company refused to answer questions about the brakes, which inspectors had faulted in January.
Schools in the whole county remain open, the director of education announced in a letter to parents."""


@pytest.fixture
def shown(account: Any, saying: Any, bag: Any) -> Any:
    a = account(
        FIRST,
        "a",
        [saying(FIRST, "Ida Ravn", "a safer and quieter harbour for everyone.")],
        title="Ferry hits quay",
        comments=(ReaderComment("Rubbish!"),) * 10,
    )
    words = "a quieter, safer harbour for all of us in Storvik"
    b = account(SECOND, "b", [saying(SECOND, "Ida Ravn", words, through="a town bulletin")], title="31\x1b[31m hurt")
    coverage = compare("s", [a, b], (), bag, why={})

    def render(width: int, *, styled: bool = False) -> str:
        out = StringIO()
        show(coverage, [a, b], Console(file=out, width=width, force_terminal=styled, highlight=False, markup=False))
        return out.getvalue()

    return render


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_every_section_is_there_at_any_width(shown: Any, width: int) -> None:
    text = shown(width)
    for title in ("ACCOUNTS", "IN BRIEF", "WHO SAID WHAT", "SIDE BY SIDE", "ONLY HERE"):
        assert title in text
    assert all(len(line) <= width for line in text.splitlines())


def test_what_differs_is_visible_without_styles(shown: Any) -> None:
    text = shown(120)
    assert "\x1b" not in text
    assert "_27_" in text
    assert "_31_" in text
    assert "through a town bulletin" in " ".join(text.split())
    assert "≠ Differing number (people injured): The A Post: 27 / The B Post: 31" in text


def test_styles_replace_the_underscores_and_nobody_elses_codes_pass(shown: Any) -> None:
    text = shown(120, styled=True)
    assert "_27_" not in text
    assert "\x1b[1;4m27" in text
    assert "\x1b[31m" not in text


def test_comments_are_counted_and_not_shown(shown: Any) -> None:
    text = " ".join(shown(120).split())
    assert "10 reader comments found in the page, kept apart, not shown" in text
    assert "Rubbish" not in text


def test_only_here_says_how_much_of_the_rival_was_read(shown: Any) -> None:
    text = shown(120)
    only = text[text.index("ONLY HERE") :]
    assert f"not found in what was read of The B Post ({len(SECOND.split())} words)" in only
    assert "Bamse" in only


def test_compare_prints_one_coverage_document() -> None:
    lines = [json.dumps({"id": n, "title": "Ferry", "text": text}) for n, text in enumerate((FIRST, SECOND))]
    done = CliRunner().invoke(compare_command, ["--story", "ferry"], input="\n".join([*lines, "{", lines[0]]))
    assert done.exit_code == 1
    assert "line 3" in done.stderr
    assert "a second item with the id 0" in done.stderr
    document = json.loads(done.stdout)
    assert document["story"] == "ferry"
    assert [item["id"] for item in document["items"]] == ["0", "1"]


def test_story_names_what_it_cannot_read_and_does_the_rest(tmp_path: Path) -> None:
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND), ("empty.txt", "")):
        (tmp_path / name).write_text(text)
    given = [str(tmp_path / name) for name in ("a.txt", "b.txt", "empty.txt", "missing.txt")]
    done = CliRunner().invoke(story_command, given)
    assert done.exit_code == 1
    assert "empty.txt: is empty" in done.stderr
    assert "missing.txt: no such file" in done.stderr
    assert "WHO SAID WHAT" in done.stdout
    as_json = CliRunner().invoke(story_command, ["--json", *given[:2]])
    assert as_json.exit_code == 0
    assert {"story", "headline", "statements"} <= json.loads(as_json.stdout.splitlines()[0]).keys()


def test_story_of_nothing_readable_is_an_error(tmp_path: Path) -> None:
    done = CliRunner().invoke(story_command, [str(tmp_path / "missing.txt")])
    assert done.exit_code != 0
    assert "no such file" in done.stderr


def test_a_reprint_saved_under_the_same_name_is_an_account_of_its_own(tmp_path: Path) -> None:
    pages = [tmp_path / name / "news" / "index.txt" for name in ("gazette", "courier")]
    for page in pages:
        page.parent.mkdir(parents=True)
        page.write_text(FIRST)
    given = list(map(str, pages))
    (story,) = CliRunner().invoke(story_command, ["--json", *given]).stdout.splitlines()
    outlets = {"gazette/news/index.txt", "courier/news/index.txt"}
    assert {item["source"] for item in json.loads(story)["items"]} == set(json.loads(story)["outlets"]) == outlets
    items = CliRunner().invoke(read_command, given).stdout
    compared = CliRunner().invoke(compare_command, input=items)
    assert compared.exit_code == 0
    assert {item["source"] for item in json.loads(compared.stdout)["items"]} == outlets


def test_a_file_given_in_two_spellings_is_one_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ferry.txt").write_text(FIRST)
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(story_command, ["--json", "ferry.txt", "./ferry.txt", str(tmp_path / "ferry.txt")])
    (story,) = shown.stdout.splitlines()
    assert [item["source"] for item in json.loads(story)["items"]] == ["ferry.txt"]


def test_a_file_is_called_by_as_little_as_tells_it_apart() -> None:
    paths = ("a/index.html", "b/index.html", "index.html", "b/c/post.html", "d/c/post.html", "/saved/dam.html", None)
    items = [Item(id=f"{place}", text="", path=path) for place, path in enumerate(paths)]
    known = Item(id="known", text="", path="a/index.html", url="https://www.gazette.example/")
    names = ["a/index.html", "b/index.html", "index.html", "b/c/post.html", "d/c/post.html", "dam.html", "6"]
    assert list(outlets([*items, known]).values()) == [*names, "gazette.example"]
