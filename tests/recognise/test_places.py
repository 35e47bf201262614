"""Places in texts written for the purpose: which one is meant, and what only bears a place's name."""

from __future__ import annotations

import pytest

from tests.recognise.named import by_desk, links, mentions


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
