"""Rulings of editors on names: what they say of an account's mentions and speakers, and of later ones alike."""

from __future__ import annotations

import pytest

from storydesk.knowledge import Catalogue
from storydesk.model import Account, Attribution, Entity, Item, Mention, Span
from storydesk.recognise import Ruling, Rulings, cards, desk_person, is_desk_person, ruled

TEXT = "Ada Brook spoke in Paris. Brook left Paris for Harstad."
ADA = desk_person("Ada Brook")
CITY, HOTEL = Entity("Q90", "Paris", "place", weight=0.9), Entity("Q7", "Hotel Paris", "organisation", weight=0.9)
KNOWN = Catalogue([CITY, HOTEL, Entity("Q1", "Ada Brook the painter", "person"), Entity("Q2", "A. Brook", "person")])


def account(entity: str | None = None, title: str = "") -> Account:
    def mention(words: str, kind: str, name: str, linked: str | None, nth: int = 0) -> Mention:
        start = [at for at in range(len(TEXT)) if TEXT.startswith(words, at)][nth]
        return Mention(start, start + len(words), kind, name, linked, 0.95)  # type: ignore[arg-type]

    return Account(
        Item("i", TEXT, title),
        mentions=(
            mention("Ada Brook", "person", "Ada Brook", entity),
            mention("Paris", "place", "Paris", "Q90"),
            mention("Brook", "person", "Ada Brook", entity, 1),
            mention("Harstad", "place", "Harstad", None),
        ),
        attributions=(
            Attribution((Span(0, 5),), speaker="Ada Brook", entity=entity),
            Attribution((Span(6, 9),), speaker="a senior official"),
        ),
    )


def linked(told: Account) -> list[str | None]:
    return [mention.entity for mention in told.mentions]


def test_without_rulings_an_account_is_itself() -> None:
    told = account("Q1")
    assert ruled(told, Rulings()) is told


def test_a_wrong_card_is_no_link_any_more_and_a_person_is_the_desks_own() -> None:
    told = ruled(account("Q1"), Rulings((Ruling("Q1"),)))
    assert linked(told) == [None, "Q90", None, None]
    assert [said.entity for said in told.attributions] == [None, None]


def test_what_it_is_instead_is_linked_beyond_doubt_with_its_type() -> None:
    told = ruled(account(), Rulings((Ruling("Q90", "Q7", "organisation"), Ruling(ADA, "Q2", "person"))))
    assert linked(told) == ["Q2", "Q7", "Q2", None]
    assert {(mention.type, mention.score) for mention in told.mentions if mention.entity == "Q7"} == {
        ("organisation", 1.0)
    }
    assert told.attributions[0].entity == "Q2"


def test_a_ruling_on_a_form_leaves_the_others() -> None:
    told = Account(
        Item("i", "Paris, Paree"),
        mentions=(Mention(0, 5, "place", "Paris", "Q90"), Mention(7, 12, "place", "Paree", "Q90")),
    )
    assert linked(ruled(told, Rulings((Ruling("Q90", form="paree"),)))) == ["Q90", None]


def test_somebody_who_is_no_person_is_left_out() -> None:
    told = ruled(account(), Rulings((Ruling(ADA),)))
    assert [mention.name for mention in told.mentions] == ["Paris", "Harstad"]


def test_later_rulings_speak_of_what_earlier_ones_made() -> None:
    again = Rulings((Ruling("Q1", "Q2", "person"), Ruling("Q2", "Q1", "person")))
    assert linked(ruled(account("Q1"), again))[0] == "Q1"
    desk = Rulings((Ruling("Q1"), Ruling(ADA, "Q2", "person")))
    assert linked(ruled(account("Q1"), desk))[0] == "Q2", "not the painter, and then: this Ada Brook is A. Brook"


@pytest.mark.parametrize(("entity", "kept"), [("Q1", "Q2"), (None, "Q2")])
def test_a_merge_holds_for_the_linked_and_for_the_desks_own(entity: str | None, kept: str) -> None:
    told = ruled(account(entity), Rulings((), {"Q1": "Q2", ADA: "Q1"}))
    assert linked(told)[0] == linked(told)[2] == kept
    assert told.attributions[0].entity == kept


def test_two_of_the_desks_own_are_one_voice() -> None:
    """The kept one is linked by its id as well: else its quotes and those of the other would stand apart."""
    rulings = Rulings((), {desk_person("A. Brook"): ADA})
    assert linked(ruled(account(), rulings))[0] == ADA
    assert ruled(account(), rulings).attributions[0].entity == ADA


def test_a_ruling_on_the_kept_one_holds_for_what_came_by_the_merge() -> None:
    told = ruled(account("Q1"), Rulings((Ruling("Q2"),), {"Q1": "Q2"}))
    assert linked(told)[0] is None


def test_a_merge_does_not_make_an_unsure_link_sure() -> None:
    told = Account(Item("i", "Paris"), mentions=(Mention(0, 5, "place", "Paris", "Q90", 0.76),))
    assert ruled(told, Rulings((), {"Q90": "Q7"})).mentions[0].score == 0.76


@pytest.mark.parametrize(
    ("rulings", "shown"),
    [
        (Rulings(), ["Q90"]),
        (Rulings((Ruling("Q90"),)), []),
        (Rulings((Ruling("Q90", "Q7", "organisation"),)), ["Q7"]),
        (Rulings((), {"Q90": "Q7"}), ["Q7"]),
    ],
)
def test_cards_that_rest_on_a_title_obey(rulings: Rulings, shown: list[str]) -> None:
    told = Account(Item("i", "Nothing.", "Strike in Paris"))
    assert [card.entity.id for card in cards([ruled(told, rulings)], KNOWN, {"i": rulings})] == shown


def test_ids_of_the_desks_own_are_told_from_others() -> None:
    assert is_desk_person(ADA)
    assert not is_desk_person("Q90")
