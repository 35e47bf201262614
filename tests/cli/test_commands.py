"""The command line as its users meet it: help, exit statuses, and errors that name what was wrong."""

from __future__ import annotations

import codecs
import json
import os
import resource
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

STORYDESK = [sys.executable, "-c", "from storydesk.cli.main import main; main()"]
COMMANDS = [
    "log",
    "story",
    "demo",
    "run",
    "add",
    "sources",
    "correct",
    "user",
    "read",
    "names",
    "quotes",
    "group",
    "compare",
    "screen",
    "comments",
    "eval",
]

PROSE = """Harbour reopens after storm

The harbour at Cork reopened on Monday after a storm that had closed it for two days, the port authority said.

"We have checked every buoy," said the harbour master, Una Daly. She thanked the crews who had worked through both
nights to clear the channel.
"""


def storydesk(*arguments: str, home: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONWARNINGS": "error::ResourceWarning"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if home is not None:
        environment["STORYDESK_HOME"] = str(home)
    return subprocess.run(
        [*STORYDESK, *arguments], input=stdin, capture_output=True, text=True, env=environment, check=False, timeout=120
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    run = storydesk(command, "--help")
    assert run.returncode == 0, run.stderr
    assert "Example" in run.stdout
    assert f"storydesk {command}" in run.stdout


def test_help_lists_every_command_and_loads_no_heavy_module() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.argv = ['storydesk', '--help']\n"
            "from storydesk.cli.main import commands\n"
            "commands(standalone_mode=False)\n"
            "print(sorted({'django', 'spacy', 'numpy', 'rich', 'trafilatura', 'httpx2'} & set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.rstrip().endswith("[]")
    assert all(f"  {command} " in run.stdout for command in COMMANDS)


def test_help_costs_less_than_300_milliseconds() -> None:
    """Measured as processor time, which a busy machine does not lengthen."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    for _ in range(3):
        storydesk("--help")
    assert (spent() - before) / 3 < 0.3


@pytest.mark.parametrize("command", ["read", "story"])
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "missing.txt", "no such file"),
        (lambda folder: _file(folder / "empty.txt", b""), "empty"),
        (lambda folder: _file(folder / "binary.txt", bytes(range(256)) * 8), "binary"),
        (lambda folder: folder, "directory"),
        (lambda _: "https://nowhere.invalid/x", "nowhere.invalid"),
        (lambda _: "http://127.0.0.1:1/x", "127.0.0.1"),
        (lambda _: "http://[broken/x", "broken"),
    ],
)
def test_bad_input_is_named_and_the_rest_is_done(tmp_path: Path, command: str, make: object, words: str) -> None:
    good = _file(tmp_path / "good.txt", PROSE.encode())
    bad = str(make(tmp_path))  # type: ignore[operator]
    run = storydesk(command, bad, str(good), home=tmp_path / "home")
    assert run.returncode == 1
    assert bad in run.stderr
    assert words in run.stderr.lower()
    assert "Traceback" not in run.stderr
    assert "Harbour reopens after storm" in run.stdout


@pytest.mark.parametrize("command", ["names", "quotes", "group", "compare", "screen"])
def test_a_filter_names_a_bad_line_and_does_the_rest(command: str) -> None:
    good = json.dumps({"id": "1", "title": "Harbour reopens", "text": PROSE})
    run = storydesk(command, stdin=f"not json\n[1]\n{json.dumps({'text': 'no id'})}\n{good}\n")
    assert run.returncode == 1
    for line in (1, 2, 3):
        assert f"standard input, line {line}" in run.stderr
    assert len(run.stdout.splitlines()) == 1
    assert isinstance(json.loads(run.stdout), dict)


def test_lines_that_are_no_items_are_named_in_words_for_people(tmp_path: Path) -> None:
    good = json.dumps({"id": "1", "text": PROSE})
    bad = {
        '{"id": "2"}': "without title and text",
        '{"id": "2", "mentions": []}': "without title and text",
        "[" * 100_000: "nested too deep",
        "null": "null, not a JSON object",
        "7": "a number, not a JSON object",
        '"{}"': "a string, not a JSON object",
    }
    run = storydesk("quotes", stdin="\n".join([*bad, good]))
    assert run.returncode == 1
    told = run.stderr.splitlines()
    assert len(told) == len(bad)
    assert all(words in line for words, line in zip(bad.values(), told, strict=True))
    assert json.loads(run.stdout)["id"] == "1"
    foreign = _file(
        tmp_path / "foreign.jsonl", json.dumps({"id": "1", "text": "“Safe”"}, ensure_ascii=False).encode("cp1252")
    )
    assert "line 1: not UTF-8" in storydesk("quotes", str(foreign)).stderr


def test_a_mark_before_utf8_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": name, "text": PROSE}) + "\r\n" for name in "ab")
    marked = _file(tmp_path / "marked.jsonl", codecs.BOM_UTF8 + lines.encode())
    for run in (storydesk("quotes", str(marked)), storydesk("quotes", stdin=marked.read_text())):
        assert (run.returncode, run.stderr) == (0, "")
        assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == ["a", "b"]


@pytest.mark.parametrize("command", ["read", "story"])
def test_a_page_comes_from_standard_input(tmp_path: Path, command: str) -> None:
    good = _file(tmp_path / "good.txt", PROSE.replace("Cork", "Cobh").encode())
    run = storydesk(command, "-", str(good), home=tmp_path / "home", stdin=PROSE)
    assert (run.returncode, run.stderr) == (0, "")
    assert "Cork" in run.stdout
    assert "Cobh" in run.stdout
    empty = storydesk(command, "-", str(good), home=tmp_path / "home")
    assert empty.returncode == 1
    assert "standard input: is empty" in empty.stderr


@pytest.mark.parametrize("arguments", [("quotes",), ("compare", "--format", "quotes"), ("story", "-")])
def test_an_output_without_room_is_named(arguments: tuple[str, ...]) -> None:
    given = PROSE if "-" in arguments else json.dumps({"id": "1", "text": PROSE})
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [*STORYDESK, *arguments], input=given, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert run.returncode == 1
    assert run.stderr == "storydesk: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("command", ["names", "quotes", "group", "compare", "screen"])
def test_a_filter_names_a_missing_file(command: str) -> None:
    run = storydesk(command, "missing.jsonl")
    assert run.returncode == 1
    assert "missing.jsonl: no such file" in run.stderr


def test_a_comparison_is_given_as_tables_and_as_annotations() -> None:
    text = "Berit Lund, the harbour master, said: “Nobody on board was hurt or even frightened that evening.”"
    item = json.dumps({"id": "a", "title": "Ferry aground", "text": text, "url": "https://a.example/x", "outlet": "A"})
    quotes = storydesk("compare", "--format", "quotes", stdin=item).stdout.splitlines()
    assert quotes[0].startswith("speaker,outlet,verbatim,words,through")
    assert quotes[1].startswith("Berit Lund,A,yes,Nobody on board was hurt")
    assert storydesk("compare", "--format", "statements", stdin=item).stdout.startswith("statement,told_by")
    notes = json.loads(storydesk("compare", "--format", "annotations", stdin=item).stdout)
    target = notes["first"]["items"][0]["target"]
    place = target["selector"][1]
    assert text[place["start"] : place["end"]] == target["selector"][0]["exact"]
    assert storydesk("compare", "--format", "nonsense", stdin=item).returncode == 2


def test_wrong_usage_exits_2() -> None:
    assert storydesk("run", "--port", "many").returncode == 2
    assert storydesk("nonsense").returncode == 2


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = storydesk("run", "--port", str(port), home=tmp_path)
    assert run.returncode == 1
    assert f"127.0.0.1:{port}" in run.stderr
    assert "another program listens" in run.stderr


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    assert storydesk("sources", home=tmp_path).returncode == 0
    file = tmp_path / "storydesk.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute(
            "insert into django_migrations (app, name, applied) values ('desk', '9999_later', '2030-01-01')"
        )
    database.close()
    run = storydesk("sources", home=tmp_path)
    assert run.returncode == 1
    assert "newer Storydesk" in run.stderr
    assert "9999_later" in run.stderr


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    _file(tmp_path / "storydesk.sqlite3", b"this is not a database, it is a text file" * 100)
    run = storydesk("sources", home=tmp_path)
    assert run.returncode == 1
    assert "not a Storydesk database" in run.stderr


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    run = storydesk("sources", home=_file(tmp_path / "file", b"x") / "desk")
    assert run.returncode == 1
    assert str(tmp_path / "file" / "desk") in run.stderr
    assert "STORYDESK_HOME" in run.stderr


def test_an_empty_desk_says_what_to_do(tmp_path: Path) -> None:
    run = storydesk("sources", home=tmp_path)
    assert "storydesk add" in run.stdout


def test_two_workers_on_one_desk_are_refused(tmp_path: Path) -> None:
    from storydesk.desk.opening import _lock

    with (tmp_path / "worker.lock").open("a+") as handle:
        _lock(handle)
        run = storydesk("run", "--once", home=tmp_path)
    assert run.returncode == 1
    assert f"pid {os.getpid()}" in run.stderr


def test_a_weak_password_is_refused(tmp_path: Path) -> None:
    run = storydesk("user", "ana", "--password-stdin", home=tmp_path, stdin="short\n")
    assert run.returncode == 1
    assert "password" in run.stderr
    assert storydesk("user", "ana", "--password-stdin", home=tmp_path, stdin="kelp-and-granite\n").returncode == 0


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
