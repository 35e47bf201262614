"""The names in texts written for the purpose: what is named, as what, and linked only where that is sure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from storydesk import language
from storydesk.knowledge import Catalogue, built_in, combine
from storydesk.model import Entity, Item, Mention
from storydesk.recognise import Named, capitalised, recognise


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


def of(text: str, words: str, lang: str = "en") -> Mention | None:
    """The first mention of these words."""
    return next((at for at in mentions(text, lang) if text[at.start : at.end] == words), None)


@pytest.mark.parametrize(
    "text",
    [
        "Running time 9 minutes. Subtitles are available in English and Polish.",
        "The film is in Polish, with French subtitles.",
        "She told reporters in French and Polish that the bridge was safe.",
        "He speaks Polish and is learning French.",
    ],
)
def test_a_language_is_no_country(text: str) -> None:
    assert not {at.entity for at in mentions(text)} & {"Q36", "Q142", "Q21"}


def test_a_demonym_before_a_noun_is_still_a_country() -> None:
    assert links("The ship was stopped in Polish waters on Monday.")["Polish"] == "Q36"
    assert links("A Polish and a French ship collided.")["French"] == "Q142"


def test_an_offices_matter_is_no_party() -> None:
    assert links("Both sides meet at the Labour Ministry in Nairobi.").get("Labour") is None
    assert links("Labour Minister Ada Brook met the crew.").get("Labour") is None
    assert links("In Britain, Labour leader Keir Starmer spoke.")["Labour"] == "Q9630"


def test_another_countrys_congress_is_not_the_american_one() -> None:
    assert links("Peru's president dissolved Congress. The army in Lima backed him.").get("Congress") is None


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("The tremor was felt in the U.S. state of Georgia.", "Georgia", "Q1428"),
        ("The tremor shook Georgia, the country in the Caucasus.", "Georgia", "Q230"),
        ("Biologists in the U.S. state of Washington count whales.", "Washington", "Q1223"),
        ("Floods hit the Australian state of Victoria on Friday.", "Victoria", "Q36687"),
        ("The ferry left Victoria, British Columbia, at noon.", "Victoria", "place:geonames:6174041"),
        ("Two helicopters came from New South Wales.", "New South Wales", "Q3224"),
    ],
)
def test_a_place_is_what_the_text_calls_it(text: str, words: str, entity: str) -> None:
    assert links(text)[words] == entity


def test_a_country_is_not_mistaken_for_its_states() -> None:
    assert links("Tremors were felt in the U.S. state of Ohio.")["U.S."] == "Q30"
    assert links("China state media reported the launch.")["China"] == "Q148"


def test_a_lake_is_not_the_place_it_is_called_after() -> None:
    assert not {at.entity for at in mentions("Boats on Lake Victoria were called in from Lake Georgia.")} - {None}


def test_a_place_that_plays_is_a_team() -> None:
    told = (
        "Norway 3-1 Sweden\n\nNorway beat Sweden in the league match. The coach praised two late goals by his striker."
    )
    assert {at.entity for at in mentions(told)} == {None}
    assert links("Norway beat Sweden to the contract, the minister said.")["Norway"] == "Q20"


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


DESK = Catalogue(
    [
        Entity("own:harbour-watch", "Harbour Watch", "organisation", "Residents' group.", weight=0.6),
        Entity("own:quellbrook", "Quellbrook Foundries", "organisation", weight=0.6),
        Entity("own:ada-works", "Ada Merrow", "organisation", "Maker of boats.", weight=0.6),
        Entity("team:x", "Norway national team", "organisation", aliases=("Norway",), weight=0.5),
    ]
)


def by_desk(text: str) -> dict[str, str | None]:
    """Links in a desk that has entries of its own."""
    item = Item(id="1", text=text, language="en")
    found = recognise(item, language.parse(text), combine(DESK, built_in()))
    return {text[at.start : at.end]: at.entity for at in found}


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


def test_a_captains_country_is_its_team() -> None:
    assert by_desk("Norway captain Ada Brook spoke to reporters.")["Norway"] == "team:x"
    assert links("Norway captain Ada Brook spoke to reporters.")["Norway"] is None


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("New York Gov. Ada Brook signed it.", "New York", "Q1384"),
        ("Ada Brook, a New York Republican, voted against it.", "New York", "Q1384"),
        ("Sen. Ada Brook of New York spoke in the chamber.", "New York", "Q1384"),
        ("The mayor of New York opened the bridge.", "New York", "Q60"),
        ("Washington Gov. Ada Brook signed it.", "Washington", "Q1223"),
        ("The bill was blocked by the U.S. Senate on Monday.", "U.S. Senate", "Q66096"),
    ],
)
def test_a_state_is_told_from_the_city_by_whom_it_elects(text: str, words: str, entity: str) -> None:
    assert links(text)[words] == entity


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He studied at the University of Norway for years.", "Norway"),
        ("Ana Lie chairs the Green Party of Kentucky and lives there.", "Kentucky"),
        ("Boston beat the Larnholm Gulls 6-4 on Monday.", "Boston"),
        ("Colorado defeated Nebraska the following year.", "Nebraska"),
        ("England's most naturally gifted batsman retired on Monday.", "England"),
        ("The fire burned along the Colorado River for days.", "Colorado"),
        ("Chicago Gulls pitcher Tom Ek hurt his arm.", "Chicago"),
        ("Boston manager Tom Ek praised his men.", "Boston"),
    ],
)
def test_a_place_inside_anothers_name_or_playing_gets_no_link(text: str, words: str) -> None:
    assert not [at for at in mentions(text) if text[at.start : at.end] == words and at.entity]


def test_a_place_that_plays_is_its_team_throughout_a_report_but_not_where_something_is_in_it() -> None:
    text = (
        "Ghana beat Peru 2-1 in the final after a penalty in overtime. The coach praised the goalkeeper and said that "
        "Ghana deserved it. In the streets of Ghana people sang, and in Ghana the day after was free."
    )
    found = [(at.type, at.entity) for at in mentions(text) if text[at.start : at.end] == "Ghana"]
    assert found == [("organisation", None), ("organisation", None), ("organisation", None), ("place", "Q117")]


def test_a_states_body_is_neither_the_state_nor_the_nations_body() -> None:
    text = "The Ohio Senate passed the bill on Monday."
    found = [(text[at.start : at.end], at.type, at.entity) for at in mentions(text)]
    assert found == [("Ohio Senate", "organisation", None)]


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
