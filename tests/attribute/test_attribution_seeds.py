"""The two real pages: who says what on each, and through whom."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk import knowledge, recognise
from storydesk.attribute import attribute
from storydesk.language import parse
from storydesk.model import Attribution, Item
from storydesk.read import read_document

NOW = datetime(2021, 6, 17, tzinfo=UTC)

Page = tuple[Item, tuple[Attribution, ...]]


@pytest.fixture(scope="module")
def pages(seeds: tuple[Path, Path]) -> tuple[Page, Page]:
    known = knowledge.built_in()

    def told(path: Path) -> Page:
        item = read_document(path.read_bytes(), now=NOW, path=str(path))
        doc = parse(item.text, item.language)
        return item, attribute(item, doc, recognise.recognise(item, doc, known))

    return told(seeds[0]), told(seeds[1])


def quoting(page: Page, phrase: str) -> Attribution:
    """The one attribution that has a phrase for its verbatim words, or among them."""
    item, found = page
    exact = [a for a in found if any(phrase == piece.of(item.text) for piece in a.quoted)]
    holding = exact or [a for a in found if any(phrase in piece.of(item.text) for piece in a.quoted)]
    assert len(holding) == 1, f"{phrase!r} is verbatim in {len(holding)} attributions"
    return holding[0]


FIRST = [
    ("no secret that we have our differences", "Antony Blinken", None),
    ("serious differences", "Sergei Lavrov", None),
    ("sought a more stable and predictable relationship with Moscow", "Antony Blinken", None),
    ("constructive talks", "Sergei Lavrov", "Ministry of Foreign Affairs website"),
    ("resolve to protect U.S. citizens", "Antony Blinken", "department account"),
    ("unhealthy situation", "Sergei Lavrov", None),
    ("continued military deployments", "Antony Blinken", None),
    ("underscored the imperative", "State Department", None),
    ("enhanced cooperation", "Antony Blinken", "U.S. account"),
    ("our task is to make the best", "Sergei Lavrov", None),
    ("discussed Russia’s Arctic Council chairmanship", "State Department", None),
]
SECOND = [
    ("no secret that we have our differences", "Antony Blinken", None),
    ("serious differences", "Sergei Lavrov", None),
    ("in spheres where our interests collide", "Sergei Lavrov", None),
    ("a predictable, stable relationship with Russia", "Antony Blinken", None),
    ("good for our people", "Antony Blinken", None),
    ("table setting", "senior State Department officials", None),
    ("to test a proposal for a more stable and predictable relationship with Moscow", "Antony Blinken", None),
    ("We have confirmed our proposal", "The head of the Russian Foreign Ministry", None),
    ("with facts on the table", "Sergei Lavrov", None),
    ("constructive", "Sergei Lavrov", "Russian state media"),
    ("on the basis of mutual respect", "Sergei Lavrov", "Russian state media"),
    ("strategic stability", "State Department officials", None),
]


def check(page: Page, phrase: str, speaker: str, through: str | None) -> None:
    found = quoting(page, phrase)
    assert found.speaker == speaker
    assert (found.through is None) if through is None else (through in (found.through or ""))


@pytest.mark.parametrize(("phrase", "speaker", "through"), FIRST)
def test_the_first_page(pages: tuple[Page, Page], phrase: str, speaker: str, through: str | None) -> None:
    check(pages[0], phrase, speaker, through)


@pytest.mark.parametrize(("phrase", "speaker", "through"), SECOND)
def test_the_second_page(pages: tuple[Page, Page], phrase: str, speaker: str, through: str | None) -> None:
    check(pages[1], phrase, speaker, through)


def test_what_he_declined_came_through_an_agency(pages: tuple[Page, Page]) -> None:
    item, found = pages[0]
    (declined,) = [a for a in found if any("Biden-Putin meeting" in piece.of(item.text) for piece in a.content)]
    assert declined.speaker == "Sergei Lavrov"
    assert "Interfax report" in (declined.through or "")
    assert declined.kind == "indirect"


def test_the_readers_comments_say_nothing(pages: tuple[Page, Page]) -> None:
    item, found = pages[1]
    assert not any("Dialogue" in piece.of(item.text) for a in found for piece in a.content)
