"""The command: what it prints, and how it names what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from storydesk.cli.read import command

STORY = """Ferry aground off Skagvik

A ferry ran aground on Monday, the coast guard said. Nobody was hurt.

2 comments

lol again
not again!!
"""


def run(*inputs: str) -> Result:
    return CliRunner().invoke(command, list(inputs))


def test_a_line_for_each_file(tmp_path: Path) -> None:
    plain, page = tmp_path / "ferry.txt", tmp_path / "dam.html"
    plain.write_text(STORY)
    page.write_text(
        "<html lang=en><body><h1>Dam holds</h1><p>"
        + "The dam holds, the water board said on Tuesday. " * 5
        + "</p></body></html>"
    )
    result = run(str(plain), str(page))
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert first["path"] == str(plain)
    assert first["title"] == "Ferry aground off Skagvik"
    assert first["text"] == "A ferry ran aground on Monday, the coast guard said. Nobody was hurt."
    assert [comment["text"] for comment in first["comments"]] == ["lol again", "not again!!"]
    assert {
        "id",
        "path",
        "url",
        "source",
        "title",
        "author",
        "published",
        "language",
        "text",
        "comments",
        "video",
    } <= first.keys()
    assert (second["title"], second["path"]) == ("Dam holds", str(page))


def test_what_fails_is_named_and_the_rest_done(tmp_path: Path) -> None:
    for name, data in (("good.txt", STORY.encode()), ("empty.txt", b""), ("image.png", b"\x89PNG\r\n\x1a\n\0\0")):
        (tmp_path / name).write_bytes(data)
    inputs = [str(tmp_path / name) for name in ("missing.txt", "empty.txt", "image.png", "good.txt")]
    result = run(*inputs, str(tmp_path), "ftp://example.org/x", "http://")
    reasons = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert len(reasons) == 6
    for said, reason in zip(reasons, ("no such file", "is empty", "PNG", "is a directory", "ftp", "http"), strict=True):
        assert reason in said


def test_without_input_the_usage_is_wrong() -> None:
    assert run().exit_code == 2


def test_help_shows_an_example() -> None:
    assert "storydesk read pages/" in run("--help").stdout


def test_an_id_is_that_of_the_path_and_the_text(tmp_path: Path) -> None:
    page = (
        "<html lang=en><body><h1>Dam holds</h1><p>" + "The dam holds, the board said on Tuesday. " * 5 + "</p></html>"
    )
    for name, text in (("ferry.txt", STORY), ("dam.html", page)):
        files = [tmp_path / folder / name for folder in ("a", "b", "a/c")]
        for file in files:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        given = [*files, files[0], f"{tmp_path}//a/./{name}"]
        ids = [json.loads(line)["id"] for line in run(*map(str, given)).stdout.splitlines()]
        assert len(set(ids[:3])) == 3
        assert ids[3:] == [ids[0], ids[0]]
        files[0].write_text(text.replace("board", "court").replace("coast guard", "police"))
        assert json.loads(run(str(files[0])).stdout)["id"] != ids[0]
