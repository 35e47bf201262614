"""``storydesk knowledge``: its commands, what they say, and their exit status."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storydesk.cli.main import commands
from storydesk.desk.knowing import tools
from storydesk.errors import InputError, NotFound, UnreadableFile
from tests.knowledge.dumps import as_dump, entities


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYDESK_HOME", str(tmp_path / "home"))
    return tmp_path


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(commands, ["knowledge", *arguments] if given is None else list(arguments), input=given)


def linked(text: str) -> list[str | None]:
    result = run("names", given=json.dumps({"id": "1", "text": text, "language": "en"}))
    assert result.exit_code == 0, result.output
    return [mention["entity"] for mention in json.loads(result.stdout)["mentions"]]


def test_what_is_imported_is_linked_and_shown(own_home: Path) -> None:
    text = "Shares in Quellbrook Foundries Ltd fell after it closed its works in Larnholm."
    assert not {"Q900000004", "Q900000001"} & set(linked(text))
    (own_home / "dump.json.gz").write_bytes(gzip.compress(as_dump(entities())))
    result = run("import", str(own_home / "dump.json.gz"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("46 items read, 44 kept, 0 lines damaged; 44 entities with ")
    assert linked(text) == ["Q900000004", "Q900000001"]
    assert "Population: 48,200 [Wikidata, 1 January 2024]" in run("show", "Larnholm").stdout
    assert run("import", str(own_home / "dump.json.gz")).stdout == result.stdout  # done is done
    assert run("import", "--again", str(own_home / "dump.json.gz")).stdout == result.stdout


def test_damage_ends_with_status_one_and_is_named(own_home: Path) -> None:
    lines = as_dump(entities()).split(b"\n")
    (own_home / "dump").write_bytes(b"\n".join([*lines[:4], *[b"{"] * 23, *lines[4:]]))
    result = run("import", str(own_home / "dump"))
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert told[0].startswith(f"storydesk: {own_home / 'dump'}, line 5: ")
    assert (len(told), told[-1]) == (21, f"storydesk: {own_home / 'dump'}: 3 more lines are damaged")
    assert "44 kept, 23 lines damaged" in result.stdout


def test_a_truncated_dump_ends_with_status_one(own_home: Path) -> None:
    (own_home / "dump").write_bytes(gzip.compress(as_dump(entities()))[:-400])
    result = run("import", str(own_home / "dump"))
    assert result.exit_code == 1
    assert "in the middle" in result.stderr


def test_no_dump_leaves_no_trace(own_home: Path) -> None:
    assert isinstance(run("import", str(own_home / "missing")).exception, UnreadableFile)
    assert not (own_home / "home").exists()
    (own_home / "rules.toml").write_text("keep = 3")
    assert isinstance(run("import", "--rules", str(own_home / "rules.toml"), "x").exception, InputError)
    assert run("import").exit_code == 2


def test_an_entity_of_ones_own() -> None:
    text = "The plan was criticised by the Harbour Watch group on Monday."
    assert "own:harbour-watch" not in linked(text)
    said = ("--type", "organisation", "--description", "Residents' group.", "--fact", "Seat=Larnholm")
    assert run("add", "Harbour Watch", *said).stdout == "own:harbour-watch\n"
    assert "own:harbour-watch" in linked(text)
    assert isinstance(run("add", "Harbour Watch", *said).exception, InputError)  # known already
    assert run("edit", "own:harbour-watch", "--description", "A group.", "--fact", "Seat=Oldport").exit_code == 0
    shown = run("show", "own:harbour-watch").stdout
    assert ("A group." in shown, "Seat: Oldport [This desk]" in shown, "Larnholm" in shown) == (True, True, False)


def test_names_of_ones_own_for_what_is_built_in() -> None:
    assert run("alias", "Q35", "Grenmark").stdout == "Q35 is also called Grenmark.\n"
    assert linked("Talks in Grenmark ended.") == ["Q35"]
    shown = run("show", "Q35").stdout
    assert "also: Grenmark, Kingdom of Denmark" in shown
    assert "Capital: Copenhagen" in shown  # what was built in stays
    assert run("alias", "--remove", "Q35", "Grenmark").stdout == "Q35 has no further name.\n"
    assert linked("Talks in Grenmark ended.") != ["Q35"]
    assert isinstance(run("alias", "--remove", "Q35", "Grenmark").exception, NotFound)


def test_wrong_use() -> None:
    assert run("add", "X", "--type", "ship").exit_code == 2
    assert run("edit", "Q35").exit_code == 2
    assert run("add", "Some Name", "--type", "person", "--fact", "Office").exit_code == 2
    assert isinstance(run("add", "?", "--type", "person").exception, InputError)
    assert isinstance(run("add", "Some Name", "--type", "person", "--id", "35").exception, InputError)
    assert isinstance(run("show", "Nowhere At All").exception, NotFound)
    assert isinstance(run("edit", "Q999999999", "--name", "A name").exception, NotFound)


def test_the_worker_uses_what_the_desk_knows() -> None:
    assert tools().knowledge.named("Harbour Watch") == ()
    run("add", "Harbour Watch", "--type", "organisation")
    assert [entity.id for entity in tools().knowledge.named("Harbour Watch")] == ["own:harbour-watch"]


def test_coverage_is_printed() -> None:
    lines = run("coverage").stdout.splitlines()
    assert any("Head of government" in line and "CIA World Factbook" in line for line in lines)
