"""Cards: one for each entity named beyond doubt, with why; people without an entry apart."""

from __future__ import annotations

from storydesk import language
from storydesk.knowledge import built_in
from storydesk.model import Account, Item
from storydesk.recognise import cards, people, recognise


def account(name: str, text: str, title: str = "") -> Account:
    item = Item(id=name, text=text, title=title, language="en")
    return Account(item, mentions=recognise(item, language.parse(text), built_in()))


TOLD = (
    account("a", "Moscow denied it. Russian ships left, Lena Orlova told reporters in Moscow. Orlova gave no reason."),
    account("b", "Officials in Moscow and a Swiss company said nothing to Lena Orlova.", "Germany waits"),
)


def test_cards_are_alphabetical_and_name_their_accounts() -> None:
    shown = cards(TOLD, built_in())
    assert [card.entity.name for card in shown] == ["Germany", "Moscow", "Russia", "Switzerland"]
    assert {card.entity.name: card.items for card in shown}["Moscow"] == ("a", "b")


def test_why_says_how_often_in_how_many_and_in_which_words() -> None:
    why = {card.entity.name: card.why for card in cards(TOLD, built_in())}
    assert why["Moscow"] == "named 3 times in 2 accounts as “Moscow”"
    assert why["Switzerland"] == "only through “Swiss”, once in 1 account"


def test_people_without_an_entry_are_listed_once_by_their_full_name() -> None:
    listed = people(TOLD)
    assert [(card.entity.id, card.entity.name) for card in listed] == [("person:desk:lena-orlova", "Lena Orlova")]
    assert listed[0].items == ("a", "b")


def test_nothing_named_gives_no_card() -> None:
    assert cards((account("c", "It rained all day."),), built_in()) == ()
    assert cards((), built_in()) == ()
