"""Cards: one for each entity named beyond doubt, with why; people without an entry apart."""

from __future__ import annotations

import pytest

from storydesk import language
from storydesk.knowledge import built_in
from storydesk.knowledge.spellings import one_person
from storydesk.model import Account, Item
from storydesk.recognise import cards, desk_person, people, recognise


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
    assert why["Moscow"] == "named 3 times in 2 of this story's 2 accounts, as “Moscow”"
    assert why["Switzerland"] == "only through “Swiss”, once in 1 of this story's 2 accounts"


def test_people_without_an_entry_are_listed_once_by_their_full_name() -> None:
    listed = people(TOLD)
    assert [(card.entity.id, card.entity.name) for card in listed] == [("person:desk:lena-orlova", "Lena Orlova")]
    assert listed[0].items == ("a", "b")


def test_nothing_named_gives_no_card() -> None:
    assert cards((account("c", "It rained all day."),), built_in()) == ()
    assert cards((), built_in()) == ()


def test_one_persons_spellings_are_one_entry_under_the_fullest() -> None:
    told = (
        account("a", "Fisheries Minister Håkon Tveit spoke. Ana Maria Ruiz left."),
        account("b", "Fisheries Minister Haakon Tveit spoke."),
        account("c", "Fisheries Minister Hakon Tveit met Ana M. Ruiz and Maria Ruiz."),
    )
    shown = {card.entity.name: card.items for card in people(told)}
    assert shown["Håkon Tveit"] == ("a", "b", "c")
    assert not {"Haakon Tveit", "Hakon Tveit"} & set(shown)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Håkon Tveiterås", "Hakon Tveiteras", "Haakon Tveiteraas"),
        ("Inês Valadares", "Ines Valadares"),
        ("Bjørn Lie", "Bjoern Lie"),
    ],
)
def test_a_persons_id_is_one_for_all_spellings(spellings: tuple[str, ...]) -> None:
    assert len({desk_person(name) for name in spellings}) == 1


def test_different_names_keep_different_ids() -> None:
    names = ["Joe Marsh", "Jo Marsh", "Noel Bauer", "Noel Baur", "Sue Lie", "Su Lie"]
    assert len({desk_person(name) for name in names}) == len(names)


def test_a_last_name_alone_joins_nobody_where_two_bear_it() -> None:
    assert [len(group) for group in one_person(["Ana Mac Lir", "Tom Mac Lir", "Mac Lir"])] == [1, 1, 1]
    assert [sorted(group) for group in one_person(["Ana Mac Lir", "Mac Lir"])] == [["Ana Mac Lir", "Mac Lir"]]


def test_a_title_names_nothing_that_the_text_calls_otherwise() -> None:
    text = "Norway beat Peru 2-1 in the final after a penalty in overtime, and the goalkeeper wept."
    item = Item(id="1", title="Norway Beats Peru", text=text, language="en")
    told = Account(item, mentions=recognise(item, language.parse(text), built_in()))
    assert not cards([told], built_in())
