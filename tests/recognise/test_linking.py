"""Links beside an import: names heard wrongly, names that complete another's, places that something is not in."""

from __future__ import annotations

import pytest

from storydesk import language
from storydesk.knowledge import Catalogue, built_in, combine
from storydesk.model import Entity, EntityType, Item
from storydesk.recognise import Hearing, Named, recognise

IMPORTED = Catalogue(
    [
        Entity("Q900000001", "Larnholm", "place", weight=0.5),
        Entity("Q900000002", "Caloro", "organisation", weight=0.5),
        Entity("Q900000003", "Larnholm Gulls", "organisation", aliases=("Larnholm",), weight=0.5),
        Entity("Q900000004", "Marlow", "work", weight=0.5),
        Entity("Q900000005", "Jackson", "place", weight=0.5),
        Entity("Q900000006", "Ada Merrow", "person", weight=0.5),
        Entity("Q900000007", "Green Party of Larnholm", "organisation", weight=0.5),
        Entity("Q900000008", "The Foundation", "work", weight=0.6),
        Entity("Q900000009", "Osterby", "place", weight=0.5),
    ]
)


def linked(text: str, hear: Hearing | None = None) -> list[tuple[str, str | None]]:
    """The names in a text with what they are linked to."""
    item = Item(id="1", text=text, language="en")
    found = recognise(item, language.parse(text), combine(IMPORTED, built_in()), hear)
    return [(text[at.start : at.end], at.entity) for at in found]


def taken_for(text: str, **kinds: EntityType) -> list[tuple[str, str | None]]:
    """The same where each of these words was heard as that kind; an underscore stands for a space."""
    names = {words.replace("_", " "): kind for words, kind in kinds.items()}
    heard = [Named(text.index(words), text.index(words) + len(words), kind) for words, kind in names.items()]
    return linked(text, lambda doc, text: heard)


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Caloro analyst Berit Lund expects more.", "Caloro", "Q900000002"),
        ("She is the spokeswoman for Caloro and its owners.", "Caloro", "Q900000002"),
        ("Osterby president Berit Lund was there.", "Osterby", "Q900000009"),
        ("Caloro expects more of the same.", "Caloro", None),
        ("Osterby won her third prize.", "Osterby", None),
    ],
)
def test_what_has_posts_is_no_person_whatever_is_heard(text: str, words: str, entity: str | None) -> None:
    assert (words, entity) in taken_for(text, **{words: "person"})


def test_a_full_name_is_not_made_of_a_film_and_a_town() -> None:
    text = "The lawyer, Marlow Jackson, said so."
    assert taken_for(text, Marlow_Jackson="person") == [("Marlow Jackson", None)]


def test_the_one_bearer_of_a_full_name_is_meant_though_a_body_is_heard() -> None:
    assert ("Ada Merrow", "Q900000006") in taken_for("They left out Ada Merrow on Monday.", Ada_Merrow="organisation")


def test_what_is_heard_across_the_end_of_a_known_name_gives_way() -> None:
    text = "At the dinner Green Party of Larnholm members met."
    assert taken_for(text, dinner_Green_Party="organisation") == [("Green Party of Larnholm", "Q900000007")]


def test_a_work_is_not_a_person_or_a_place() -> None:
    assert ("Marlow", None) in taken_for("They flew to see Marlow again.", Marlow="place")
    assert ("Marlow", "Q900000004") in taken_for("They went to see Marlow again.", Marlow="work")


def test_a_playing_town_heard_as_a_body_is_its_team() -> None:
    assert ("Larnholm", "Q900000003") in taken_for("Larnholm coach Berit Lund left.", Larnholm="organisation")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The foundation paid for the trip.", "The foundation"),
        ("He was a veteran of the Iraq War and of others.", "Iraq"),
        ("The deal is worth US$ 40 million to the town.", "US"),
        ("The deal is worth $40 million US to the town.", "US"),
        ("The bill failed in the state Senate on Monday.", "Senate"),
        ("It rained.\n\nAgency writers Ana Ruiz in Boston and Tom Ek in Oslo contributed to this report.", "Oslo"),
        ("It rained.\n\nAgency writer Tom Ek contributed from Oslo.", "Oslo"),
    ],
)
def test_what_only_completes_another_name_or_a_credit_line_has_no_link(text: str, words: str) -> None:
    assert not [entity for name, entity in linked(text) if name == words and entity]


def test_the_same_places_are_linked_where_something_happens_there() -> None:
    found = dict(linked("Troops left Iraq. The US paid. The Senate met."))
    assert found["Iraq"] == "Q796"
    assert found["US"] == "Q30"
    assert found["Senate"] == "Q66096"


def test_a_bracket_of_a_parsed_corpus_ends_a_name() -> None:
    found = linked("The Larnholm Rowing Association -LRB- LRA -RRB- met on Monday.")
    assert not [words for words, _ in found if "LRB" in words]


@pytest.mark.parametrize(
    ("full", "again", "name"),
    [
        ("Vladimir V. Putin", "Vladimir Putin", "Vladimir Putin"),
        ("Berit Lund", "Berit K. Lund", "Berit Lund"),
        ("Tom van Dahl", "Van Dahl", "Tom van Dahl"),
        ("Berit Lund", "Tom Lund", "Lund"),
    ],
)
def test_two_forms_of_one_name_are_one_person_and_two_names_two(full: str, again: str, name: str) -> None:
    surname = full.rpartition(" ")[2]
    text = f"{full} spoke on Monday. Later {again} wept. In the end {surname} left."
    heard = [Named(text.index(words), text.index(words) + len(words), "person") for words in (full, again)]
    last = text.rindex(surname)
    heard.append(Named(last, last + len(surname), "person"))
    item = Item(id="1", text=text, language="en")
    found = recognise(item, language.parse(text), built_in(), lambda doc, text: heard)
    assert found[-1].name == name
