"""Links beside an import: names heard wrongly, names that complete another's, places that something is not in."""

from __future__ import annotations

import re

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
        Entity("Q900000007", "Green Party of Larnholm", "organisation", weight=0.5),
        Entity("Q900000008", "The Foundation", "work", weight=0.6),
        Entity("Q900000009", "Osterby", "place", weight=0.5),
        Entity("Q900000010", "Gull Tableland", "place", weight=0.5),
        Entity("Q900000006", "Ada Merrow", "person", aliases=("Dame Ada Merrow",), weight=0.5),
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


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("They moved the embassy to Jerusalem, the capital of Israel.", "Israel", "Q801"),
        ("It is the right thing for the state of Israel.", "Israel", "Q801"),
        ("He said the United States, the region and the world were safer.", "United States", "Q30"),
        ("They met in Chicago, the nation’s third-largest city.", "Chicago", "Q1297"),
        ("Walmart, the country's biggest retailer, said so.", "Walmart", "Q483551"),
        ("He left for North Korea, a notion the Chinese state-run press likes.", "North Korea", "Q423"),
    ],
)
def test_what_is_said_of_another_says_nothing_of_a_place(text: str, words: str, entity: str | None) -> None:
    assert dict(linked(text))[words] == entity


def test_whose_capital_it_is_is_a_state_rather_than_a_town() -> None:
    assert dict(linked("They drove to Albany, the state capital of New York."))["New York"] == "Q1384"


def test_a_company_is_the_same_in_every_country_and_a_senate_is_not() -> None:
    assert dict(linked("They saw the Ukraine Boeing 737 land."))["Boeing"] == "Q66"
    assert dict(linked("They saw the Utah Senate vote."))["Senate"] is None


@pytest.mark.parametrize("title", ["Mr.", "Mrs", "Sen.", "President", "Justice"])
def test_whoever_is_addressed_is_no_place(title: str) -> None:
    text = f"In the end {title} Osterby left the room."
    item = Item(id="1", text=text, language="en")
    heard = [Named(text.index("Osterby"), text.index("Osterby") + len("Osterby"), "place")]
    (found,) = recognise(item, language.parse(text), combine(IMPORTED, built_in()), lambda doc, text: heard)
    assert (found.type, found.entity) == ("person", None)


def test_the_only_thing_of_a_full_name_is_meant_though_a_person_is_heard() -> None:
    text = "They sailed to Gull Tableland again."
    assert ("Gull Tableland", "Q900000010") in taken_for(text, Gull_Tableland="person")
    assert ("Gull Tableland", None) in taken_for(f"{text} Mrs. Tableland wept.", Gull_Tableland="person")


def test_a_full_name_behind_a_title_that_the_base_knows_is_that_persons() -> None:
    assert ("Dame Ada Merrow", "Q900000006") in taken_for(
        "They left out Dame Ada Merrow.", Dame_Ada_Merrow="organisation"
    )


def test_a_firms_name_in_full_is_no_town() -> None:
    assert ("Osterby Inc", None) in taken_for("They sued Osterby Inc again.", Osterby_Inc="organisation")
    assert ("Caloro Holdings", "Q900000002") in taken_for("They sued Caloro Holdings.", Caloro_Holdings="organisation")


@pytest.mark.parametrize("wing", ["College", "Young"])
def test_a_wing_of_a_party_is_another_body(wing: str) -> None:
    assert not [name for name, entity in linked(f"The Larnholm {wing} Republicans met.") if entity == "Q29468"]


def test_single_words_in_a_list_are_not_one_name() -> None:
    text = "Lund, Ek quit the board. Berit Lund and Tom Ek were friends."
    at = text.index("Berit Lund")
    doc = language.parse(text)
    doc.set_ents([doc.char_span(0, 8, label="ORG"), doc.char_span(at, at + 10, label="PERSON")])
    item = Item(id="1", text=text, language="en")
    names = {text[each.start : each.end]: each.name for each in recognise(item, doc, built_in())}
    assert names["Lund"] == "Berit Lund"
    assert "Lund, Ek" not in names


def test_a_network_behind_a_hyphen_is_no_surname() -> None:
    text = "Berit Lund-NATO talks failed. Later NATO and Lund said so."
    item = Item(id="1", text=text, language="en")
    doc = language.parse(text)
    doc.set_ents([doc.char_span(0, len("Berit Lund-NATO"), label="PERSON")])
    found = {text[each.start : each.end]: each.name for each in recognise(item, doc, built_in())}
    assert found["NATO"] == "NATO"
    assert found["Lund"] == "Berit Lund"


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("He told [The New York Times] so. The [Times] could not reach him.", "New York Times"),
        ("He told the [Larnholm Harbour Committee] so. The [Committee] was silent.", "Larnholm Harbour Committee"),
        ("He told the [Larnholm Harbour Committee] so. A [Committee] was silent.", "Committee"),
        ("He told the [Harbour Committee] and the [Rowing Committee] so. The [Committee] was silent.", "Committee"),
        ("The [Committee] was silent.", "Committee"),
        ("He told the [White House] so. The [House] was silent.", "House"),
        ("He told [The New York Times] so. He told the [Times] and Courier, too.", "Times"),
    ],
)
def test_a_body_is_called_by_the_last_word_of_the_one_name_given_before(marked: str, name: str) -> None:
    """The names in brackets are heard as bodies; the last one is asked about."""
    text = marked.replace("[", "").replace("]", "")
    spans = [match.span(1) for match in re.finditer(r"\[([^]]*)\]", marked)]
    heard = [Named(a - 2 * at - 1, b - 2 * at - 1, "organisation") for at, (a, b) in enumerate(spans)]
    found = recognise(Item(id="1", text=text, language="en"), language.parse(text), built_in(), lambda doc, text: heard)
    assert next(each.name for each in found if each.end == heard[-1].end) == name
