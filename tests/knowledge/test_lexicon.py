"""Names in text: what meets, what must not, and offsets that are always the words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.knowledge import Catalogue, combine
from storydesk.knowledge.lexicon import key
from storydesk.model import Entity

ENTITIES = (
    Entity("Q1", "Reykjavik", "place", aliases=("Reykjavík",), weight=0.7),
    Entity("Q2", "United States", "place", aliases=("US", "U.S.", "America"), weight=1.0),
    Entity("Q3", "World Health Organization", "organisation", aliases=("WHO",), weight=0.9),
    Entity("Q4", "Mississippi", "place", aliases=("Miss.",), weight=0.6),
    Entity("Q5", "Iceland", "place", weight=0.7),
    Entity("Q6", "China", "place", aliases=("中国",), weight=1.0),
    Entity("Q7", "Arctic Council", "organisation", weight=0.7),
    Entity("Q8", "Arctic", "place", weight=0.6),
)
KNOWN = Catalogue(ENTITIES, {"Icelandic": ["Q5"]}, {"de": {"Island": ["Q5"]}, "*": {"Исландия": ["Q5"]}})


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.entities[0].id) for hit in KNOWN.find(text, language)]


def test_case_accents_and_full_stops_aside_a_name_is_one() -> None:
    assert found("From Reykjavík to REYKJAVIK.") == [("Reykjavík", "Q1"), ("REYKJAVIK", "Q1")]
    assert found("The U.S. and the US agree.") == [("U.S.", "Q2"), ("US", "Q2")]


def test_an_acronym_is_found_only_in_capitals() -> None:
    assert found("Who told us that the WHO knew?") == [("WHO", "Q3")]


def test_an_abbreviation_needs_its_full_stop() -> None:
    assert found("Miss Lee lives in Jackson, Miss. now") == [("Miss.", "Q4")]


def test_the_longest_name_wins() -> None:
    assert found("The Arctic Council met in the Arctic.") == [("Arctic Council", "Q7"), ("Arctic", "Q8")]


def test_a_sentence_ends_a_name() -> None:
    assert found("He went to the Arctic.\n\nCouncil members stayed.") == [("Arctic", "Q8")]


PUNCTUATED = Catalogue(
    [
        Entity("Q11", "U.S. Harbour Board", "organisation"),
        Entity("Q12", "Dockers' Union", "organisation"),
        Entity("Q13", "Q&B", "organisation"),
        Entity("Q14", "Lund & Ek", "organisation"),
        Entity("Q15", "Caloro Inc.", "organisation"),
        Entity("Q16", "Larnholm F.C.", "organisation"),
        Entity("Q17", "University of Larnholm, Osterby", "organisation"),
        Entity("Q18", "Osterby, Larnshire", "place"),
        Entity("Q19", "Larnholm Globe", "organisation"),
        Entity("Q20", "G-7", "organisation"),
        Entity("Q21", "K-On!", "work"),
        Entity("Q22", "St. Berit", "place"),
        Entity("Q24", "Queen's College", "organisation"),
        Entity("Q23", "Ana Ruiz Jr.", "person"),
    ]
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The U.S. Harbour Board met.", ["U.S. Harbour Board"]),
        ("The US Harbour Board met.", ["US Harbour Board"]),
        ("The Dockers' Union and the Dockers’ Union met.", ["Dockers' Union", "Dockers’ Union"]),
        ("Q&B sued Lund & Ek and Lund  & Ek.", ["Q&B", "Lund & Ek", "Lund  & Ek"]),
        ("Caloro Inc. and Caloro, Inc. grew.", ["Caloro Inc.", "Caloro, Inc."]),
        ("They saw Larnholm F.C. win. Larnholm FC lost.", ["Larnholm F.C."]),
        ("Ana Ruiz, Jr., left.", ["Ana Ruiz, Jr."]),
        ("At the University of Larnholm, Osterby, and in Osterby, Larnshire.", ["University of Larnholm, Osterby"]),
        ("They went to Larnholm. Globe staff, and the Larnholm Globe, stayed.", ["Larnholm Globe"]),
        ("In Larnholm, Globe staff stayed.", []),
        ("The G-7 and the G7 met.", ["G-7", "G7"]),
        ("He left the U.K. on Monday.", []),
        ("He left St. Berit.", ["St. Berit"]),
        ("At ‘Lund’ & Ek and ‘Larnholm’ Globe.", []),
        ("In the Queen 's College.", ["Queen 's College"]),
    ],
)
def test_points_commas_and_signs_within_a_name(text: str, names: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in PUNCTUATED.find(text)] == names


def test_names_of_another_language_are_looked_for_in_that_language_alone() -> None:
    assert found("An Island in the sea") == []
    assert found("Die Reise nach Island", "de-AT") == [("Island", "Q5")]
    assert found("Это Исландия", "ru") == [("Исландия", "Q5")]


def test_names_inside_a_script_without_spaces() -> None:
    assert found("他从中国来", "zh") == [("中国", "Q6")]


def test_a_demonym_says_that_it_is_one() -> None:
    assert [(hit.entities[0].id, hit.via) for hit in KNOWN.find("an Icelandic ship")] == [("Q5", "demonym")]
    assert KNOWN.named("Icelandic") == ()


def test_namesakes_come_most_talked_of_first_and_several_bases_answer_as_one() -> None:
    own = Catalogue([Entity("desk:1", "Iceland", "organisation", weight=0.2), Entity("Q5", "Island", "place")])
    both = combine(own, KNOWN)
    assert [entity.id for entity in both.named("Iceland")] == ["Q5", "desk:1"]
    assert [entity.id for hit in both.find("Iceland won") for entity in hit.entities] == ["Q5", "desk:1"]
    entity = both.entity("Q5")
    assert entity is not None
    assert entity.name == "Island", "the first base's entry stands"


@given(
    st.lists(
        st.sampled_from(["Iceland", "U.S.", "the", "Arctic", "Council", "Miss.", "中国", "\n", "—", "WHO’s", "ÎLE"])
    )
)
def test_hits_are_in_order_apart_and_bear_a_name_of_their_entity(words: list[str]) -> None:
    text = " ".join(words)
    hits = KNOWN.find(text)
    assert all(before.end <= after.start for before, after in pairwise(hits))
    for hit in hits:
        entity = hit.entities[0]
        assert key(text[hit.start : hit.end]) in {key(name) for name in (entity.name, *entity.aliases)}


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert all(0 <= hit.start < hit.end <= len(text) for hit in KNOWN.find(text))
