"""The names in texts written for the purpose: what is named, as what, and linked only where that is sure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from storydesk import language
from storydesk.knowledge import built_in
from storydesk.model import Item
from storydesk.recognise import Named, capitalised, recognise
from tests.recognise.named import by_desk, links, mentions, of


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


@settings(max_examples=25)
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


def test_an_offices_matter_is_no_party() -> None:
    assert links("Both sides meet at the Labour Ministry in Nairobi.").get("Labour") is None
    assert links("Labour Minister Ada Brook met the crew.").get("Labour") is None
    assert links("In Britain, Labour leader Keir Starmer spoke.")["Labour"] == "Q9630"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Spokesman Odd Arne Lunde says the road is open.", "Odd Arne Lunde"),
        ("“He asked for tea,” said winch operator Bec Sorrento.", "Bec Sorrento"),
        ("Nadine Theriault, a spokesperson for the port, declined.", "Nadine Theriault"),
        ("The sacristan, Maria do Carmo Frias, has kept the wall bare.", "Maria do Carmo Frias"),
        ("Police named them as Ana Ruiz, 31, Jonas Lie, 28, and Tomasz Wilk, 43.", "Tomasz Wilk"),
    ],
)
def test_the_words_beside_a_name_tell_a_person(text: str, name: str) -> None:
    named = of(text, name)
    assert named is not None
    assert named.type == "person"


@pytest.mark.parametrize(
    "text",
    [
        "Haraka Drop must pay. Parcels carried for the Haraka Drop app were lost.",
        "Springboard Wells, which has a depot in Kisumu, set up taps.",
        "Work on the line in Co Armagh has stopped.",
        "Tom CarterSenators MORE spoke to WATCH and to Merry Christmas.",
    ],
)
def test_what_is_no_person_is_not_taken_for_one(text: str) -> None:
    assert {text[at.start : at.end] for at in mentions(text) if at.type == "person"} <= {"Tom Carter"}


def test_a_surname_that_is_also_a_people_stays_the_persons() -> None:
    text = "David French wrote a book. French said it sold well."
    assert [at.name for at in mentions(text)] == ["David French", "David French"]


def test_a_name_in_a_language_without_a_model_begins_with_a_capital() -> None:
    text = "La astrónoma Catalina Ruiz habló ayer."
    assert [text[at.start : at.end] for at in mentions(text, "es")] == ["Catalina Ruiz"]


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("Harbour Watch criticised the plan on Monday.", "Harbour Watch", "own:harbour-watch"),
        ("The mayor said Harbour Watch was wrong.", "Harbour Watch", "own:harbour-watch"),
        ("Quellbrook Foundries will close in May, it said.", "Quellbrook Foundries", "own:quellbrook"),
    ],
)
def test_a_body_that_only_the_model_takes_for_a_person_is_linked(text: str, words: str, entity: str) -> None:
    assert by_desk(text)[words] == entity


@pytest.mark.parametrize(
    "text",
    [
        "Ada Merrow, 31, was rescued by the crew.",
        "Police named the driver Ada Merrow of Leeds.",
        "Ada Merrow left the court. Merrow gave no reason.",
        "President Ada Merrow signed the law.",
    ],
)
def test_a_person_called_as_a_body_is_not_linked_to_it(text: str) -> None:
    assert by_desk(text)["Ada Merrow"] is None


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("The bill is backed by Rep. Ada Brook (R-LA) and others.", "Q65"),
        ("Bombs went off at three churches during Mass. Many were hurt.", "Q771"),
        ("In 1789, President George Washington declared a day of thanks.", "Q61"),
        ("He was reading USA TODAY on the train.", "Q30"),
        ("Marine Ada Brook of Holland, Mich., was honoured.", "Q55"),
        ("They drank Wild Turkey on the porch.", "Q43"),
        ("Photograph: Ada Brook/EPA", "Q460173"),
        ("Most of the town's white, black and Asian American voters stayed at home.", "Q48"),
        ("Americans for Clean Harbours paid for the film.", "Q30"),
        ("The leader of the Utah House of Representatives resigned.", "Q11701"),
        ("The film is about Jordan Vale. A neighbour saw Jordan’s car.", "Q810"),
        ("Anglers For Peace (AFP) met in Leeds. Anglers for Peace is small, said AFP.", "Q40464"),
    ],
)
def test_what_the_words_beside_it_make_another_thing_is_not_linked(text: str, entity: str) -> None:
    assert entity not in links(text).values()


def test_the_same_names_are_linked_where_nothing_speaks_against_it() -> None:
    found = links("She flew from Turkey to Jordan, the EPA said. The Netherlands and Massachusetts were next.")
    assert {"Turkey", "Jordan", "EPA", "Netherlands", "Massachusetts"} <= {words for words, at in found.items() if at}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The song was recorded by the rock band Blue Harbour in May.", "Blue Harbour", "organisation"),
        ("Caloro was founded in 1898 by two brothers.", "Caloro", "organisation"),
        ("Candace Merrow (born 1949) is a writer.", "Candace Merrow", "person"),
    ],
)
def test_the_words_beside_a_name_tell_its_kind(text: str, words: str, kind: str) -> None:
    named = of(text, words)
    assert named is not None
    assert named.type == kind


def test_what_hears_the_names_can_be_replaced() -> None:
    text = "talks on the Merrow scheme began in Oslo."

    def deaf(doc: Doc, text: str, /) -> Iterable[Named]:
        return [Named(text.index("Merrow"), text.index(" scheme"), "organisation")]

    item = Item(id="1", text=text, language="en")
    found = {text[at.start : at.end]: at.type for at in recognise(item, language.parse(text), built_in(), deaf)}
    assert found == {"Merrow": "organisation", "Oslo": "place"}
    told = "We met Ada Merrow of Leeds."
    heard = recognise(Item(id="2", text=told, language="en"), language.parse(told), built_in(), capitalised)
    assert any(told[at.start : at.end] == "Ada Merrow" for at in heard)


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("She is chairwoman of the World Health Organization in Geneva.", "World Health Organization", "Q7817"),
        ("Ola Berg, director of Human Rights Watch, left on Monday.", "Human Rights Watch", "Q187052"),
        ("The Turkish border town of Antakya was calm on Monday.", "Antakya", "place:geonames:323779"),
        ("It rained in Boston, and fans of Boston stayed at home.", "Boston", "Q100"),
        ("U.S. Department of Defence planes landed on Monday.", "U.S. Department of Defence", "Q11209"),
    ],
)
def test_what_is_named_behind_an_office_or_in_another_spelling_is_linked(text: str, words: str, entity: str) -> None:
    assert links(text)[words] == entity


def test_an_acronym_given_in_brackets_is_heard_wherever_it_stands() -> None:
    text = "The Larnholm Rowing Association (LRA) met. Rowers like what LRA does, and LRA likes rowers."
    assert [at.name for at in mentions(text) if text[at.start : at.end] == "LRA"] == ["Larnholm Rowing Association"] * 3


def test_a_known_person_heard_with_other_words_is_linked() -> None:
    text = "Federer beat Vladimir Putin at chess."
    named = Named(0, 27, "organisation")
    found = recognise(Item(id="1", text=text), language.parse(text), built_in(), lambda doc, text: [named])
    assert [(text[at.start : at.end], at.entity) for at in found] == [("Vladimir Putin", "Q7747")]


@pytest.mark.parametrize(
    "head",
    [
        "Putin Warns NATO Over Ukraine Weapons as Biden Meets Allies in Warsaw",
        "PUTIN WARNS NATO OVER UKRAINE WEAPONS AS BIDEN MEETS ALLIES IN WARSAW",
    ],
)
def test_a_headline_in_capitals_names_what_is_known_and_nothing_else(head: str) -> None:
    found = {(at.name.casefold(), at.entity) for at in mentions(f"{head}\n\nThe talks took two days.")}
    assert {entity for _, entity in found} == {"Q7747", "Q7184", "Q212", "Q6279", "Q270"}


def test_what_is_heard_in_a_headline_alone_is_no_name_and_a_surname_there_leads_to_the_text() -> None:
    text = "Harbor Master Lund Quits After Ferry Crash in Larnholm\n\nHarbor master Berit Lund left on Monday."
    people = [(text[at.start : at.end], at.name) for at in mentions(text) if at.type == "person"]
    assert people == [("Lund", "Berit Lund"), ("Berit Lund", "Berit Lund")]


@pytest.mark.parametrize(
    "text", ["IT IS TIME FOR US TO GO, SAYS MAYOR\n\nHe left.", "WHO WILL WIN THE CUP?\n\nNobody."]
)
def test_a_word_in_a_line_of_capitals_is_no_acronym(text: str) -> None:
    assert not [at for at in mentions(text) if at.entity]


def test_a_surname_known_before_its_namesake_is_named_is_not_the_namesakes() -> None:
    text = "Obama spoke on Monday. Michelle Obama listened. Then Obama left."
    found = [(at.name, at.entity) for at in mentions(text)]
    assert found == [("Obama", "Q76"), ("Michelle Obama", None), ("Obama", "Q76")]
