"""The names in texts written for the purpose: what is named, as what, and linked only where that is sure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk import language
from storydesk.knowledge import built_in
from storydesk.model import Item, Mention
from storydesk.recognise import recognise


def mentions(text: str, lang: str = "en") -> tuple[Mention, ...]:
    item = Item(id="1", text=text, language=lang)
    return recognise(item, language.parse(text, lang), built_in())


def links(text: str, lang: str = "en") -> dict[str, str | None]:
    return {text[mention.start : mention.end]: mention.entity for mention in mentions(text, lang)}


def test_titles_are_no_part_of_a_name_and_surnames_lead_back_to_it() -> None:
    text = "Secretary of State Antony Blinken spoke. Blinken's aide, Foreign Minister Ada Brook, left. Brook smiled."
    named = [(text[at.start : at.end], at.name, at.type) for at in mentions(text)]
    assert ("Antony Blinken", "Antony Blinken", "person") in named
    assert ("Blinken", "Antony Blinken", "person") in named
    assert ("Ada Brook", "Ada Brook", "person") in named
    assert ("Brook", "Ada Brook", "person") in named
    assert not any(words == "State" for words, _, _ in named)


def test_a_surname_in_a_compound_is_led_back_too() -> None:
    text = "Joe Biden may meet Vladimir Putin. A Biden-Putin summit would be the first."
    later = [(text[at.start : at.end], at.name) for at in mentions(text) if at.start > 34]
    assert later == [("Biden", "Joe Biden"), ("Putin", "Vladimir Putin")]


def test_a_famous_surname_alone_is_linked_but_not_beside_a_namesake() -> None:
    assert links("Putin signed the law on Monday.")["Putin"] == "Q7747"
    assert links("Oleg Putin, a baker in Perth, won the prize. Putin thanked his wife.")["Putin"] is None


def test_two_people_of_one_surname_are_not_guessed_at() -> None:
    text = "Ann Carter and her brother Tom Carter sued the town. Carter won."
    last = mentions(text)[-1]
    assert text[last.start : last.end] == "Carter"
    assert last.entity is None
    assert last.name == "Carter"


def test_a_demonym_names_its_country_and_says_so() -> None:
    text = "The Icelandic coast guard towed the ship to Reykjavik."
    icelandic = next(at for at in mentions(text) if text[at.start : at.end] == "Icelandic")
    assert (icelandic.entity, icelandic.via) == ("Q189", "demonym")


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("Relations between Moscow and Oslo are tense.", "metonym"),
        ("Moscow rejected the offer.", "metonym"),
        ("Moscow's position is simple.", "metonym"),
        ("The train left Moscow on Friday.", "name"),
        ("It rained in Moscow.", "name"),
    ],
)
def test_a_capital_that_acts_stands_for_its_government(text: str, via: str) -> None:
    moscow = next(at for at in mentions(text) if text[at.start : at.end] == "Moscow")
    assert (moscow.entity, moscow.via) == ("Q649", via)


def test_the_region_behind_a_town_decides_which_town_it_is() -> None:
    assert links("The mayor of Paris, France, resigned.")["Paris"] == "Q90"
    assert links("A fire broke out in Paris, Texas, on Sunday.")["Paris"] is None


def test_the_rest_of_the_item_decides_between_namesakes() -> None:
    assert links("Voters in Tbilisi fear for Georgia, and Georgian students marched.")["Georgia"] == "Q230"
    assert links("Early voting began in Georgia and Alabama as Atlanta baked.")["Georgia"] == "Q1428"


def test_unsure_means_unlinked() -> None:
    found = links("Philip Davis, a plumber, told the court that he had never met Robert Abela of Leeds.")
    assert found["Philip Davis"] is None
    assert found["Robert Abela"] is None


def test_an_acronym_gets_the_full_form_that_the_item_gives() -> None:
    text = "The Coastal Rescue Association (CRA) sent boats. The CRA found nobody."
    short = mentions(text)[-1]
    assert (text[short.start : short.end], short.name) == ("CRA", "Coastal Rescue Association")


def test_another_language_rests_on_the_knowledge_base_and_on_capitals() -> None:
    text = "Am Montag traf Ministerin Hanna Vogel in Reykjavík Gäste aus Deutschland und Island."
    found = links(text, "de")
    assert found["Deutschland"] == "Q183"
    assert found["Island"] == "Q189"
    assert found["Reykjavík"] == "Q1764"


def test_an_empty_text_names_nothing() -> None:
    assert mentions("") == ()


PIECES = [
    "President Ada Brook",
    "Moscow",
    "U.S.-Russia talks",
    "“Brook”",
    "said",
    "\n",
    "the Arctic Council’s",
    "Paris,",
    "Texas",
    "WHO",
    ".",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_mentions_are_sorted_apart_trimmed_and_the_same_every_time(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = mentions(text)
    assert found == mentions(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for mention in found:
        words = text[mention.start : mention.end]
        assert words
        assert words == words.strip(" \n“”,’")
