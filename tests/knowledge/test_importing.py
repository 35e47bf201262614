"""Importing a dump: what is kept, every packing, damage, and going on after a kill."""

from __future__ import annotations

import bz2
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import InputError, UnreadableFile
from storydesk.knowledge import Catalogue, Table, built_in, combine
from storydesk.knowledge.choosing import rules
from storydesk.knowledge.dump import kept_of
from storydesk.knowledge.importing import bring_in
from storydesk.knowledge.kept import Kept
from storydesk.knowledge.stream import Broken, lines
from storydesk.knowledge.table import Writer
from storydesk.language import parse
from storydesk.model import Entity, EntityType, Item
from storydesk.recognise import recognise
from tests.knowledge.dumps import as_dump, claim, entities, entity_value, item

PACKED: dict[str, Callable[[bytes], bytes]] = {"plain": lambda data: data, "gzip": gzip.compress, "bzip2": bz2.compress}


def in_members(pack: Callable[[bytes], bytes], data: bytes, size: int = 3_000) -> bytes:
    """As pbzip2 packs: many members one behind another."""
    return b"".join(pack(data[at : at + size]) for at in range(0, len(data), size))


def imported(dump: Path, table: Path, **more: bool) -> tuple[int, int, list[int]]:
    writer, bad = Writer(table), []
    try:
        reached = bring_in(dump, writer, rules(), damaged=lambda line, _: bad.append(line), **more)
    finally:
        writer.close()
    return reached.lines, reached.kept, bad


def content(table: Path) -> dict[str, list[object]]:
    with sqlite3.connect(table) as file:
        return {
            each: file.execute(f"select * from {each} order by 1, 2").fetchall() for each in ("entity", "name", "first")
        }


@pytest.fixture
def world(tmp_path: Path) -> Table:
    dump = tmp_path / "dump.json"
    dump.write_bytes(as_dump(entities()))
    assert imported(dump, tmp_path / "t.sqlite") == (46, 44, [])
    known = built_in()
    return Table(tmp_path / "t.sqlite", lambda each: entity.name if (entity := known.entity(each)) else None)


def test_facts_have_their_origin_and_date_and_make_the_description(world: Table) -> None:
    mayor = world.entity("Q900000003")
    assert mayor
    assert [(fact.label, fact.value, fact.date, fact.origin) for fact in mayor.facts] == [
        ("Office", "Mayor of Larnholm", "since 5 March 2021", "Wikidata"),
        ("Office", "Mayor of Larnholm", "1 January 2009–1 January 2013", "Wikidata"),
        ("Citizenship", "Denmark", None, "Wikidata"),
    ]
    assert mayor.description.startswith("Mayor of Larnholm (since 5 March 2021)")
    assert (mayor.country, mayor.aliases) == ("DK", ("Y. Marrin",))  # a family name alone stands for nobody
    town = world.entity("Q900000001")
    assert town
    assert town.description == "City in Denmark."
    assert ("Population", "48,200", "1 January 2024") in {(fact.label, fact.value, fact.date) for fact in town.facts}


def test_what_news_does_not_need_is_passed_over(world: Table) -> None:
    assert world.entity("Q900000005") is None  # a paper
    assert world.entity("Q900000006") is None  # hardly a page
    assert world.named("Mayor of Larnholm") == ()  # an office is a fact's value, not a name in a text


SHAPE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["Q5", "Q515", "Q4164871", "Q13442814", "Q16521", "Q900000077"]),
        "pages": st.integers(0, 8),
        "having": st.sampled_from(["P17", "P31", "P159", "P1082"]),
        "name": st.sampled_from(["Larnholm", '"sitelinks":{}', "Q4164871", '{"P31":[', "sitelinks"]),
    }
)


@given(SHAPE)
def test_what_is_passed_over_by_its_bytes_would_be_passed_over_when_read(shape: dict[str, Any]) -> None:
    further = claim(shape["having"], entity_value("Q900000077"))
    record = item(900000001, shape["name"], shape["kind"], further, pages=shape["pages"])
    tight = json.dumps(record, separators=(",", ":")).encode()
    loose = json.dumps(record, separators=(" , ", " : ")).encode()  # no key is found by its bytes
    assert kept_of(tight, rules(), {}) == kept_of(loose, rules(), {})


def test_names_are_found_as_they_are_written(world: Table) -> None:
    text = "Qbf and qbf are nothing; QBF of Larnholm is, and so is Ysolde Marrin."
    assert [text[hit.start : hit.end] for hit in world.find(text)] == ["QBF", "Larnholm", "Ysolde Marrin"]
    assert world.find("Larnheim") == ()
    assert [hit.entities[0].name for hit in world.find("In Larnheim", "de")] == ["Larnholm"]


def test_imported_names_are_linked(world: Table) -> None:
    text = "Ysolde Marrin spoke in Copenhagen on Monday."
    mentions = recognise(Item(id="1", text=text, language="en"), parse(text), combine(built_in(), world))
    assert [mention.entity for mention in mentions] == ["Q900000003", "Q1748"]


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("members", [False, True], ids=["one", "members"])
def test_every_packing_gives_the_same_base(tmp_path: Path, packing: str, members: bool) -> None:
    data, pack = as_dump(entities()), PACKED[packing]
    (tmp_path / "plain").write_bytes(data)
    (tmp_path / "packed").write_bytes(in_members(pack, data) if members else pack(data))
    imported(tmp_path / "plain", tmp_path / "a")
    imported(tmp_path / "packed", tmp_path / "b")
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("members", [False, True], ids=["one", "members"])
def test_reading_can_begin_behind_any_line(tmp_path: Path, packing: str, members: bool) -> None:
    data, pack = as_dump(entities(8)), PACKED[packing]
    dump = tmp_path / "dump"
    dump.write_bytes(in_members(pack, data, 700) if members else pack(data))
    every = list(lines(dump))
    assert b"\n".join(line.data or b"" for line in every) + b"\n" == data
    assert [line.number for line in every] == list(range(1, len(every) + 1))
    for at, line in enumerate(every):
        assert [each.data for each in lines(dump, line.after)] == [each.data for each in every[at + 1 :]]


def test_damaged_lines_are_named_and_passed_over(tmp_path: Path) -> None:
    good = as_dump(entities()).split(b"\n")
    bad = [*good[:3], b'{"id": "Q1", "labels', *good[3:6], b"\xff\xfe\x00", b'{"no": "id"}', b"[" * 5_000, *good[6:]]
    (tmp_path / "good").write_bytes(b"\n".join(good))
    (tmp_path / "bad").write_bytes(b"\n".join(bad))
    imported(tmp_path / "good", tmp_path / "a")
    assert imported(tmp_path / "bad", tmp_path / "b") == (50, 44, [4, 8, 9, 10])
    assert content(tmp_path / "a") == content(tmp_path / "b")


@pytest.mark.parametrize("packing", ["gzip", "bzip2"])
def test_a_truncated_file_gives_what_it_holds_and_says_so(tmp_path: Path, packing: str) -> None:
    data = PACKED[packing](as_dump(entities(1_500)))
    (tmp_path / "half").write_bytes(data[: len(data) // 2])
    with pytest.raises(Broken, match="in the middle"):
        imported(tmp_path / "half", tmp_path / "t")
    assert packing == "bzip2" or content(tmp_path / "t")["entity"]
    (tmp_path / "half").write_bytes(data)  # the whole of it, later
    imported(tmp_path / "half", tmp_path / "t")
    (tmp_path / "plain").write_bytes(as_dump(entities(1_500)))
    imported(tmp_path / "plain", tmp_path / "fresh")
    assert content(tmp_path / "t") == content(tmp_path / "fresh")


def test_a_file_damaged_inside_is_told(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(as_dump(entities(1_500))))
    data[len(data) // 2 : len(data) // 2 + 200] = b"\0" * 200
    (tmp_path / "dump").write_bytes(data)
    with pytest.raises(Broken):
        imported(tmp_path / "dump", tmp_path / "t")


def test_what_is_no_dump_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for path in (tmp_path / "empty", tmp_path, tmp_path / "missing"):
        with pytest.raises(UnreadableFile):
            imported(path, tmp_path / "t.sqlite")


def test_an_item_imported_again_has_its_new_names_alone(tmp_path: Path) -> None:
    first, second = entities(0), entities(0)
    second[0]["labels"]["en"]["value"] = "Newholm"
    second[0]["aliases"] = []
    for name, items in (("1", first), ("2", second)):
        (tmp_path / name).write_bytes(as_dump(items))
        imported(tmp_path / name, tmp_path / "t")
    table = Table(tmp_path / "t")
    assert [entity.id for entity in table.named("Newholm")] == ["Q900000001"]
    assert table.named("Larnholm") == table.named("Larnholm Town") == ()


def test_a_table_sees_what_is_imported_later(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(as_dump(entities(0)[:1]))
    (tmp_path / "2").write_bytes(as_dump(entities(0)))
    imported(tmp_path / "1", tmp_path / "t")
    table = Table(tmp_path / "t")
    assert len(table.find("Larnholm and Quellbrook Foundries")) == 1
    imported(tmp_path / "2", tmp_path / "t")
    assert len(table.find("Larnholm and Quellbrook Foundries")) == 2


KILLED = """
import sys
from pathlib import Path
from storydesk.knowledge import importing
from storydesk.knowledge.choosing import rules
from storydesk.knowledge.table import Writer
importing.BATCH, importing.BATCH_LINES = 50, 50
writer = Writer(Path(sys.argv[2]))
print("begins", flush=True)
importing.bring_in(Path(sys.argv[1]), writer, rules())
writer.close()
"""


@pytest.mark.parametrize("packing", PACKED)
def test_killed_anywhere_and_resumed_it_is_the_same_base(tmp_path: Path, packing: str) -> None:
    data, chance = as_dump(entities(2_000)), random.Random(packing)
    dump = tmp_path / "dump"
    dump.write_bytes(in_members(PACKED[packing], data, 200_000))
    start = time.perf_counter()
    imported(dump, tmp_path / "whole")
    longest = (time.perf_counter() - start) / 4  # so that several kills fall into it, however fast the machine is
    kills = 0
    for _ in range(8):
        run = subprocess.Popen(
            [sys.executable, "-c", KILLED, dump, tmp_path / "t"], stdout=subprocess.PIPE, env=environment()
        )
        assert run.stdout
        run.stdout.readline()
        time.sleep(chance.uniform(0, longest))
        run.send_signal(signal.SIGKILL)
        run.stdout.close()
        if run.wait() == 0:
            break
        kills += 1
    else:
        imported(dump, tmp_path / "t")
    assert kills
    assert content(tmp_path / "t") == content(tmp_path / "whole")
    state = json.loads(sqlite3.connect(tmp_path / "t").execute("select value from state").fetchone()[0])
    assert (state["kept"], state["lines"], state["done"]) == (2_004, 2_006, True)


MEMORY = """
import resource, sys
from pathlib import Path
from storydesk.knowledge.choosing import rules
from storydesk.knowledge.importing import bring_in
from storydesk.knowledge.table import Writer
writer = Writer(Path(sys.argv[2]))
bring_in(Path(sys.argv[1]), writer, rules())
writer.close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}


def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    megabytes = []
    for times in (1, 8):
        with bz2.open(tmp_path / "dump", "wb") as out:
            for _ in range(times):
                out.write(as_dump(entities(2_000)))
        run = subprocess.run(
            [sys.executable, "-c", MEMORY, tmp_path / "dump", tmp_path / f"t{times}"],
            capture_output=True, text=True, check=True, env=environment(),
        )  # fmt: skip
        megabytes.append(int(run.stdout))
    assert megabytes[1] < megabytes[0] + 40


def test_a_line_without_end_takes_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storydesk.knowledge.stream.LONGEST_LINE", 1_000_000)
    good = as_dump(entities(0))
    (tmp_path / "dump").write_bytes(b"[\n" + b"x" * 3_000_000 + b"\n" + good[2:])
    assert imported(tmp_path / "dump", tmp_path / "t") == (7, 4, [2])


def test_other_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text('languages = ["en"]\n[[keep]]\ntype = "work"\nclasses = ["Q13442814"]\n')
    (tmp_path / "dump").write_bytes(as_dump(entities()))
    writer = Writer(tmp_path / "t")
    reached = bring_in(tmp_path / "dump", writer, rules(tmp_path / "rules.toml"))
    assert reached.kept == 1
    writer.close()
    (tmp_path / "rules.toml").write_text('languages = ["en"]\nkeep = []\nkeeep = 3\n')
    with pytest.raises(InputError, match="keeep"):
        rules(tmp_path / "rules.toml")


def test_one_town_known_by_two_ids_is_one(tmp_path: Path) -> None:
    """GeoNames' towns have no Wikidata item of ours: the import brings it."""
    town = next(each for each in built_in() if each.id.startswith("place:geonames") and each.place)
    assert town.place
    writer = Writer(tmp_path / "t")
    at = (town.place.latitude, town.place.longitude)
    writer.put(Kept("Q900000009", town.name, "place", names={"en": [town.name]}, place=at, country=town.country))
    writer.put(Kept("Q900000010", town.name, "place", names={"en": [town.name]}, place=(-at[0], at[1]), country="XX"))
    writer.close()
    found = combine(built_in(), Table(tmp_path / "t")).named(town.name)
    assert town.id not in {entity.id for entity in found}
    merged = next(entity for entity in found if entity.id == "Q900000009")
    assert (merged.weight, merged.facts) == (town.weight, town.facts)


@pytest.mark.parametrize(
    ("name", "also", "kind"),
    [
        ("Larnholm College", "Q43229", "organisation"),
        ("Joint Chiefs of Staff", "Q43229", "organisation"),
        ("School of Rowing, Larnholm", "Q43229", "organisation"),
        ("Larnholm", "Q43229", "place"),
        ("Larnholm College", "Q532", "place"),
    ],
)
def test_what_is_by_its_classes_a_place_and_a_body_is_what_its_name_says(name: str, also: str, kind: str) -> None:
    line = json.dumps(item(900000011, name, "Q27096213", claim("P31", entity_value(also)))).encode()
    kept = kept_of(line, rules(), {})
    assert kept
    assert kept.type == kind


@pytest.mark.parametrize(
    ("name", "pages", "kept"),
    [
        ("Larnholm High School", 3, "organisation"),
        ("Bank of Osterby", 3, "organisation"),
        ("The Larnholm Harbour Project", 3, "organisation"),
        ("Larnholm High School", 2, None),
        ("high school", 30, None),
        ("Larnholm Bridge", 30, None),
        ("School", 30, None),
    ],
)
def test_what_has_no_class_is_kept_if_its_name_says_that_it_is_a_body(name: str, pages: int, kept: str | None) -> None:
    record = item(900000012, name, "Q43229", pages=pages)
    record["claims"] = {}
    found = kept_of(json.dumps(record).encode(), rules(), {})
    assert (found.type if found else None) == kept


def test_a_common_noun_is_only_the_value_of_a_fact() -> None:
    kinds = {"ferry line": "Q43229", "eFerry": "Q43229", "ana ruiz": "Q5"}
    found = {
        name: kept_of(json.dumps(item(900000013, name, kind)).encode(), rules(), {}) for name, kind in kinds.items()
    }
    assert {name: kept.type for name, kept in found.items() if kept} == {
        "ferry line": "term",
        "eFerry": "organisation",
        "ana ruiz": "person",
    }


def test_a_body_is_looked_for_without_what_firms_and_clubs_add() -> None:
    names = ("Quellbrook Foundries, Inc.", "Larnholm Town F.C.", "Caloro Corp.")
    kept = [kept_of(json.dumps(item(900000014, name, "Q43229")).encode(), rules(), {}) for name in names]
    assert [each.names["en"] for each in kept if each] == [
        ["Quellbrook Foundries, Inc.", "Quellbrook Foundries"],
        ["Larnholm Town F.C.", "Larnholm Town"],
        ["Caloro Corp."],
    ]


@pytest.mark.parametrize(
    ("ours", "description", "also", "item_name", "kind", "one"),
    [
        (
            "Larn Coast Guard",
            "Coast guard of Larn.",
            "Larnish Coast Guard",
            "Larnish Coast Guard",
            "organisation",
            True,
        ),
        ("Larn Coast Guard", "Coast guard of Larn.", "L.C. Guard", "LC Guard", "organisation", True),
        ("Larn Coast Guard", "Coast guard of Larn.", "Guard", "Guard", "organisation", False),
        ("Larn Globe", "Larnish newspaper.", "", "Larn Globe", "work", True),
        ("Larn Globe", "Larnish brewery.", "", "Larn Globe", "work", False),
    ],
)
def test_a_body_of_two_bases_is_one_by_the_main_name_of_either(
    ours: str, description: str, also: str, item_name: str, kind: EntityType, one: bool
) -> None:
    own = Catalogue([Entity("org:own", ours, "organisation", description, aliases=(also, "Larn name"), weight=0.6)])
    other = Catalogue([Entity("Q900000015", item_name, kind, aliases=("Larn name",), weight=0.5)])
    found = combine(own, other).named("Larn name")
    assert [entity.id for entity in found] == (["Q900000015"] if one else ["org:own", "Q900000015"])
