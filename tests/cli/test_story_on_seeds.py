"""The main job on the two real pages, as a user runs it: terminal, one HTML file, and the coverage document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import storydesk
from tests.recognise.test_seed_names import FITTING

ONE, OTHER = "Bloomberg Quicktake: Now", "003_fed4981eb2cd7fd5.txt"
CARDS = {
    "Afghanistan",
    "Alexei Navalny",
    "Antony Blinken",
    "Arctic Council",
    "Germany",
    "Iceland",
    "Iran",
    "Joe Biden",
    "Moscow",
    "North Korea",
    "Reykjavik",
    "Russia",
    "Sergei Lavrov",
    "Syria",
    "Ukraine",
    "United States",
    "Vladimir Putin",
}
PEOPLE = {"Matthias Warnig", "Ned Price", "Paul Whelan", "Trevor Reed"}
"""Whom the accounts name in full and no knowledge base has."""


@pytest.fixture(scope="module")
def outputs(seeds: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, dict[str, Any]]:
    """What the terminal shows, the HTML file, and the coverage document."""
    file = tmp_path_factory.mktemp("story") / "story.html"
    paths = [str(path) for path in seeds]
    terminal = storydesk("story", *paths)
    assert terminal.returncode == 0, terminal.stderr
    assert storydesk("story", "--html", str(file), *paths).returncode == 0
    document = storydesk("story", "--json", *paths)
    assert len(document.stdout.splitlines()) == 1, "one story"
    return terminal.stdout, file.read_text(), json.loads(document.stdout)


def flat(text: str) -> str:
    return " ".join(text.split())


def wordings(document: dict[str, Any], speaker: str, words: str) -> set[tuple[str, bool, str | None]]:
    """(source, verbatim, through) of each wording of the utterance of a speaker in which some words stand."""
    sources = {item["id"]: item["source"] for item in document["items"]}
    for said in document["utterances"]:
        texts = [wording["passage"]["text"] for wording in said["wordings"]]
        if said["speaker"] == speaker and any(words in text for text in texts):
            return {(sources[one["passage"]["item"]], one["verbatim"], one["through"]) for one in said["wordings"]}
    raise AssertionError(f"{speaker} does not say “{words}”")


def test_the_headline_and_the_true_publisher(outputs: tuple[str, str, dict[str, Any]]) -> None:
    terminal, page, document = outputs
    assert document["headline"].startswith("Blinken Tells Lavrov U.S. Seeks")
    assert {item["source"] for item in document["items"]} == {ONE, OTHER}
    assert len(document["origins"]) == 2
    for shown in (terminal, page):
        assert document["headline"] in flat(shown)
        assert ONE in shown


def test_no_furniture_and_no_reader_comment_is_shown(
    outputs: tuple[str, str, dict[str, Any]], seeds: tuple[Path, Path]
) -> None:
    thread = seeds[1].read_text().split("MORE ON THE TOPIC:\n")[1].splitlines()
    assert len(thread) == 10
    furniture = ("Merrill Lynch", "Trey’s Trades", "Leave your thoughts", "Psychic Sausage Dog", "Leave a Comment")
    for shown in (outputs[0], outputs[1], json.dumps(outputs[2], ensure_ascii=False)):
        assert not [line for line in (*thread, *furniture) if line[:30] in flat(shown)]
    assert "10 reader comments" in flat(outputs[0])


@pytest.mark.parametrize(
    ("speaker", "words", "carried_by"),
    [
        ("Antony Blinken", "no secret that we have our differences", {ONE, OTHER}),
        ("Sergei Lavrov", "serious differences", {ONE, OTHER}),
        ("Antony Blinken", "more stable and predictable relationship", {ONE, OTHER}),
        ("Sergei Lavrov", "constructive", {ONE, OTHER}),
        ("Antony Blinken", "resolve to protect U.S. citizens", {ONE}),
    ],
)
def test_quotes_with_their_speakers(
    outputs: tuple[str, str, dict[str, Any]], speaker: str, words: str, carried_by: set[str]
) -> None:
    found = wordings(outputs[2], speaker, words)
    assert {source for source, verbatim, _ in found if verbatim} == carried_by


@pytest.mark.parametrize(
    ("speaker", "words", "intermediary"),
    [
        ("Antony Blinken", "resolve to protect U.S. citizens", "department account"),
        ("Sergei Lavrov", "constructive talks", "Ministry of Foreign Affairs website"),
        ("Sergei Lavrov", "comment on a possible Biden-Putin meeting", "Interfax report"),
    ],
)
def test_what_came_through_an_intermediary(
    outputs: tuple[str, str, dict[str, Any]], speaker: str, words: str, intermediary: str
) -> None:
    assert any(intermediary in (through or "") for _, _, through in wordings(outputs[2], speaker, words))
    assert intermediary in flat(outputs[0])


@pytest.mark.parametrize(
    ("source", "words"),
    [(ONE, "Paul Whelan and Trevor Reed"), (OTHER, "Matthias Warnig"), (OTHER, "combating climate change")],
)
def test_what_only_one_account_tells(outputs: tuple[str, str, dict[str, Any]], source: str, words: str) -> None:
    (item,) = (item["id"] for item in outputs[2]["items"] if item["source"] == source)
    told = [statement for statement in outputs[2]["statements"] if statement["told_by"] == "one"]
    assert any(words in cell["text"] and cell["item"] == item for statement in told for cell in statement["cells"])
    assert words in flat(outputs[0])


def test_cards_with_facts_and_people_with_or_without(outputs: tuple[str, str, dict[str, Any]]) -> None:
    cards = {card["entity"]["name"]: card["entity"] for card in outputs[2]["cards"]}
    assert set(cards) >= CARDS
    assert list(cards) == sorted(cards, key=str.casefold)
    for country in ("Afghanistan", "Iceland", "Ukraine"):
        facts = {fact["label"]: fact for fact in cards[country]["facts"]}
        assert facts["Capital"]["origin"] == "CIA World Factbook"
        assert facts["Population"]["date"]
    for person in PEOPLE:
        assert person in flat(outputs[0])


def test_no_card_is_wrong_nor_of_the_pages_furniture(outputs: tuple[str, str, dict[str, Any]]) -> None:
    shown = {card["entity"]["name"] for card in outputs[2]["cards"]}
    assert shown <= CARDS | FITTING | PEOPLE
    assert not [name for name in shown if "Trey" in name or "AMC" in name]


def test_every_passage_holds(outputs: tuple[str, str, dict[str, Any]], seeds: tuple[Path, Path]) -> None:
    read = storydesk("read", *(str(path) for path in seeds))
    texts = {item["id"]: item["text"] for item in map(json.loads, read.stdout.splitlines())}
    checked = 0

    def check(value: Any) -> None:
        nonlocal checked
        if isinstance(value, dict) and {"item", "revision", "start", "end", "text"} <= set(value):
            assert texts[value["item"]][value["start"] : value["end"]] == value["text"]
            checked += 1
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(inner)

    check(outputs[2])
    assert checked > 50


def test_the_page_loads_nothing_from_elsewhere(outputs: tuple[str, str, dict[str, Any]]) -> None:
    assert "<script" not in outputs[1]
    assert 'src="http' not in outputs[1]
    assert "url(http" not in outputs[1]
