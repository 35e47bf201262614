"""What must be found in the two real pages the design starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from storydesk import language
from storydesk.knowledge import built_in
from storydesk.model import Account, Item
from storydesk.recognise import cards, people, recognise

BODIES = (
    ("Secretary of State Antony Blinken met", "given our shared stake in the region.”"),
    ("On May 19th", "between Moscow and Washington."),
)
BOTH = {
    "Afghanistan": "Q889", "Arctic Council": "Q674182", "Antony Blinken": "Q7821917", "Iran": "Q794",
    "Joe Biden": "Q6279", "Moscow": "Q649", "North Korea": "Q423", "Reykjavik": "Q1764", "Russia": "Q159",
    "Sergei Lavrov": "Q58217",
    "Ukraine": "Q212", "United States": "Q30", "Vladimir Putin": "Q7747", "Iceland": "Q189",
}  # fmt: skip
FIRST_ALONE = {"Germany": "Q183", "Syria": "Q858"}
FITTING = {
    "Alexei Navalny", "Europe", "Interfax", "Nord Stream 2", "Sergei Ryabkov", "Switzerland", "US Congress",
    "US State Department", "White House", "Crimea", "Washington, D.C.", "Arctic",
}  # fmt: skip
"""What else the pages do name."""


@pytest.fixture(scope="module")
def accounts(seeds: tuple[Path, Path]) -> tuple[Account, ...]:
    told = []
    for page, (first, last) in zip(seeds, BODIES, strict=True):
        text = page.read_text("utf-8")
        start = text.index(first)
        body = text[start : text.index(last, start) + len(last)]
        item = Item(id=page.stem, text=body, language="en")
        told.append(Account(item, mentions=recognise(item, language.parse(body), built_in())))
    return tuple(told)


def test_every_card_is_there_with_its_item_and_its_accounts(accounts: tuple[Account, ...]) -> None:
    shown = {card.entity.name: card for card in cards(accounts, built_in())}
    for name, item in (BOTH | FIRST_ALONE).items():
        assert shown[name].entity.id == item
        assert len(shown[name].items) == (1 if name in FIRST_ALONE else 2), name
    assert len(shown["Alexei Navalny"].items) == 2


def test_no_card_is_wrong(accounts: tuple[Account, ...]) -> None:
    shown = {card.entity.name for card in cards(accounts, built_in())}
    assert shown <= BOTH.keys() | FIRST_ALONE.keys() | FITTING


def test_people_without_an_entry_are_found(accounts: tuple[Account, ...]) -> None:
    listed = {card.entity.name for card in people(accounts)}
    assert listed == {"Matthias Warnig", "Ned Price", "Paul Whelan", "Trevor Reed"}


def test_the_department_is_a_body_and_its_secretary_no_state(accounts: tuple[Account, ...]) -> None:
    for told in accounts:
        words = {told.item.text[at.start : at.end]: at.type for at in told.mentions}
        assert words["State Department"] == "organisation"
        assert "State" not in words
