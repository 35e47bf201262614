"""The two real pages the design starts from, through the whole pipeline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk import pipeline
from storydesk.coverage import Coverage, Utterance
from storydesk.model import Account
from storydesk.read import read_document

pytestmark = pytest.mark.shared
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(seeds: tuple[Path, Path]) -> list[Account]:
    tools = pipeline.default_tools()
    items = [read_document(page.read_bytes(), now=NOW, path=str(page)) for page in seeds]
    return [pipeline.account(item, tools) for item in items]


@pytest.fixture(scope="module")
def coverage(told: list[Account]) -> Coverage:
    tools = pipeline.default_tools()
    stories, placements = pipeline.stories(told, tools)
    ((story, accounts),) = stories.items()
    return pipeline.cover(story, accounts, tools, why={item: p.why for item, p in placements.items()})


def utterance(coverage: Coverage, speaker: str, *words: str) -> Utterance:
    """The one utterance of a speaker that has all the words, each in some wording."""
    found = [
        said
        for said in coverage.utterances
        if speaker in said.speaker and all(any(word in w.passage.text for w in said.wordings) for word in words)
    ]
    assert len(found) == 1, [said.speaker for said in coverage.utterances]
    return found[0]


def items_of(said: Utterance) -> set[str]:
    return {wording.passage.item for wording in said.wordings if wording.verbatim}


def test_both_pages_are_one_story_of_two_origins(coverage: Coverage) -> None:
    assert len(coverage.items) == len(coverage.origins) == 2
    assert coverage.headline.startswith("Blinken Tells Lavrov")


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        ("Blinken", ("no secret that we have our differences",)),
        ("Blinken", ("more stable and predictable relationship", "a predictable, stable relationship")),
        ("Lavrov", ("serious differences",)),
        ("Lavrov", ("constructive talks", "constructive")),
    ],
)
def test_an_utterance_has_the_wordings_of_both_pages(coverage: Coverage, speaker: str, words: tuple[str, ...]) -> None:
    said = utterance(coverage, speaker, *words)
    assert items_of(said) == {item.id for item in coverage.items}
    assert len(said.origins) == 2


def test_the_words_that_differ_are_marked(coverage: Coverage) -> None:
    said = utterance(coverage, "Blinken", "more stable and predictable relationship")
    other = next(w for w in said.wordings if w.passage.text.startswith("a predictable"))
    marked = " ".join(other.passage.text[m.start : m.end] for m in other.marks)
    assert "Russia" in marked
    assert "relationship" not in marked


def test_through_whom_it_came_is_told(coverage: Coverage) -> None:
    through = {w.through for said in coverage.utterances for w in said.wordings if w.through}
    for intermediary in ("department account", "Ministry of Foreign Affairs website", "Interfax report"):
        assert any(intermediary in words for words in through), through


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (0, ("Paul Whelan", "Trevor Reed")),
        (1, ("Matthias Warnig",)),
        (1, ("coronavirus", "climate")),
    ],
)
def test_what_only_one_page_tells(coverage: Coverage, told: list[Account], page: int, words: tuple[str, ...]) -> None:
    alone = [s.cells[0] for s in coverage.statements if s.told_by == "one"]
    assert any(cell.item == told[page].item.id and all(w in cell.text for w in words) for cell in alone)


def test_what_both_quote_is_not_told_by_one(coverage: Coverage) -> None:
    alone = " ".join(s.cells[0].text for s in coverage.statements if s.told_by == "one")
    for words in ("no secret", "serious differences", "constructive"):
        assert words not in alone


def test_every_passage_holds(coverage: Coverage, told: list[Account]) -> None:
    texts = {account.item.id: account.item.text for account in told}
    passages = [w.passage for said in coverage.utterances for w in said.wordings]
    passages += [cell for s in coverage.statements for cell in s.cells] + [p.passage for p in coverage.brief]
    assert len(passages) > 30
    assert all(p.text == texts[p.item][p.start : p.end] for p in passages)
    for wording in (w for said in coverage.utterances for w in said.wordings if w.verbatim):
        before, after = wording.passage.start - 1, wording.passage.end
        text = texts[wording.passage.item]
        assert text[before] in "“\"‘'«"
        assert any(mark in text[after : after + 2] for mark in "”\"’'»")
