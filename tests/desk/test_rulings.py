"""Corrections of names on the desk: they hold at once and for what comes later, follow items, and leave no trace when
taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storydesk.desk import corrections, rulings
from storydesk.desk.database import Database
from storydesk.desk.models import ItemRow, MentionRow, RulingRow, StoryRow
from storydesk.desk.rulings import Scope
from storydesk.desk.rulings_in_force import kept
from storydesk.errors import InputError, NotFound
from storydesk.group import characterise
from storydesk.model import Account, Attribution, Item, Mention, Placement, Source, Span
from storydesk.pipeline import cover, default_tools
from storydesk.recognise import desk_person
from tests.desk.conftest import NOON

pytestmark = pytest.mark.django_db

OSLO, PARIS, FRANCE = "Q585", "Q90", "Q142"
ADA = desk_person("Ada Brook")


def account(key: str, place: str = "Oslo", entity: str | None = OSLO, person: str = "Ada Brook") -> Account:
    text = f"{person} spoke in {place} on Monday. “It is done,” said {person}."
    at, said = text.index(place), text.index("It is")
    return Account(
        Item(key, text, f"{person} speaks", source="The Courier", published=NOON, url=f"https://courier.example/{key}"),
        mentions=(
            Mention(0, len(person), "person", person, None, 0.9),
            Mention(at, at + len(place), "place", place, entity, 0.97),
        ),
        attributions=(
            Attribution((Span(said, said + 10),), speaker=person, kind="direct", quoted=(Span(said, said + 10),)),
        ),
    )


def encode(texts: Any) -> Any:
    import numpy as np

    return np.zeros((len(texts), 512), dtype=np.float32)


def arrive(told: Account, story: str) -> None:
    """An item comes and is placed, as by the worker."""
    store = Database()
    store.add_source(Source("courier", "The Courier"))
    store.keep_item(told.item, NOON)
    key = told.item.id
    store.keep_account(told, characterise(told, encode))
    store.keep_placement(Placement(key, story, 1.0), [])


def compare(story: str) -> list[str]:
    """Covers a story as the worker does; the ids of its cards."""
    store = Database()
    file = store.story(story)
    tools = replace(default_tools(), encode=encode)
    coverage = cover(story, file.accounts, tools, why=file.why, owners=file.owners, rulings=file.rulings)
    store.keep_coverage(coverage, [(told.item.id, told.item.revision) for told in file.accounts])
    return cards(story)


def cards(story: str) -> list[str]:
    coverage = StoryRow.objects.get(pk=story).coverage or {}
    return [card["entity"]["id"] for card in coverage["cards"]]


def named(item: str) -> set[str]:
    return set(MentionRow.objects.filter(item=item).values_list("entity", flat=True))


@pytest.fixture
def desk(db: None) -> None:
    """Two stories: one of two items in Oslo, one of a single item in Oslo."""
    arrive(account("a"), "s1")
    arrive(account("b"), "s1")
    arrive(account("c"), "s2")
    assert compare("s1") == compare("s2") == [OSLO]


@pytest.mark.usefixtures("desk")
def test_a_wrong_card_goes_at_once_and_does_not_come_back() -> None:
    rulings.not_this(OSLO, Scope("s1"), "ed", NOON)
    assert cards("s1") == []
    assert named("a") == {ADA}
    assert StoryRow.objects.get(pk="s1").stale, "quotes and statements are compared anew"
    arrive(account("later"), "s1")
    assert named("later") == {ADA}
    assert compare("s1") == []
    assert cards("s2") == [OSLO]


@pytest.mark.usefixtures("desk")
def test_what_it_is_instead_is_shown_at_once_and_obeyed_later() -> None:
    rulings.is_another(OSLO, PARIS, Scope("s1"), "ed", NOON)
    assert cards("s1") == [PARIS]
    arrive(account("later"), "s1")
    assert PARIS in named("later")
    assert OSLO not in named("later")
    assert compare("s1") == [PARIS]


@pytest.mark.usefixtures("desk")
def test_a_ruling_on_one_item_leaves_its_story() -> None:
    rulings.not_this(OSLO, Scope(item="a"), "ed", NOON)
    assert (named("a"), named("b")) == ({ADA}, {ADA, OSLO})
    assert cards("s1") == [OSLO]


@pytest.mark.usefixtures("desk")
def test_a_new_revision_obeys() -> None:
    rulings.not_this(OSLO, Scope(item="a"), "ed", NOON)
    told = account("a")
    words = f"{told.item.text} More came in."
    store = Database()
    store.keep_item(replace(told.item, text=words), NOON + timedelta(hours=1))
    (revised,) = store.untold(5)
    store.keep_account(replace(told, item=revised), characterise(told, encode))
    assert ItemRow.objects.get(pk="a").told == 2
    assert named("a") == {ADA}


@pytest.mark.usefixtures("desk")
def test_a_merge_holds_everywhere_and_for_what_comes_later() -> None:
    arrive(account("d", person="A. Brook"), "s2")
    rulings.one(ADA, desk_person("A. Brook"), "ed", NOON)
    assert kept(desk_person("A. Brook")) == ADA
    arrive(account("later", person="A. Brook"), "s1")
    assert {key for key in ("a", "c", "d", "later") if ADA in named(key)} == {"a", "c", "d", "later"}
    compare("s2")
    voices = {
        (said["speaker"], said["entity"]) for said in (StoryRow.objects.get(pk="s2").coverage or {})["utterances"]
    }
    assert {entity for _, entity in voices} == {ADA}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("scope", [Scope("s2"), Scope(item="d")])
@pytest.mark.parametrize("other", ["Adeline Brooke-Hammond", "Eda Brok"])
def test_one_of_the_desks_own_who_is_another_speaks_under_that_name(scope: Scope, other: str) -> None:
    arrive(account("d", person=other), "s2")
    rulings.is_another(desk_person(other), ADA, scope, "ed", NOON)
    compare("s2")
    said = (StoryRow.objects.get(pk="s2").coverage or {})["utterances"]
    assert {each["speaker"] for each in said} == {"Ada Brook"}
    assert {each["entity"] for each in said} == {None}
    assert sum(len(each["wordings"]) for each in said) == 2
    rulings.undo(RulingRow.objects.get().pk, "ed", NOON)
    compare("s2")
    said = (StoryRow.objects.get(pk="s2").coverage or {})["utterances"]
    assert {each["speaker"] for each in said} == {"Ada Brook", other}


@pytest.mark.usefixtures("desk")
def test_whoever_is_merged_into_one_of_the_desks_own_goes_by_the_name_that_was_kept() -> None:
    arrive(account("d", person="Adeline Brooke-Hammond Senior"), "s2")
    rulings.one(ADA, desk_person("Adeline Brooke-Hammond Senior"), "ed", NOON)
    compare("s2")
    assert {each["speaker"] for each in (StoryRow.objects.get(pk="s2").coverage or {})["utterances"]} == {"Ada Brook"}


@pytest.mark.usefixtures("desk")
def test_a_person_of_the_desks_own_gets_the_card_of_one_that_is_known() -> None:
    rulings.one("Q142", ADA, "ed", NOON)
    assert set(cards("s1")) == {OSLO, "Q142"}
    assert "Q142" in named("a")


@pytest.mark.usefixtures("desk")
def test_any_order_of_undoing_leaves_no_trace() -> None:
    before = set(MentionRow.objects.values_list("item", "entity", "name", "type", "count", "linked"))
    made = [
        rulings.is_another(OSLO, PARIS, Scope("s1"), "ed", NOON),
        rulings.not_this(PARIS, Scope(item="a"), "ed", NOON),
        rulings.one(FRANCE, OSLO, "ed", NOON),
        rulings.one(PARIS, ADA, "ed", NOON),
    ]
    for row in (made[2], made[0], made[3], made[1]):
        rulings.undo(row.pk, "ed", NOON)
    assert set(MentionRow.objects.values_list("item", "entity", "name", "type", "count", "linked")) == before
    assert cards("s1") == cards("s2") == [OSLO]


@pytest.mark.usefixtures("desk")
def test_a_ruling_follows_the_items_and_the_story() -> None:
    rulings.not_this(OSLO, Scope("s1"), "ed", NOON)
    split = corrections.split(["b"], "ed", NOON)
    assert named("b") == {ADA}, "it was ruled of this item too"
    corrections.undo(split.pk, "ed", NOON)
    merge = corrections.merge("s2", "s1", "ed", NOON)
    assert named("c") == {ADA}, "what leads to this story now rules here"
    corrections.undo(merge.pk, "ed", NOON)
    assert named("c") == {ADA, OSLO}
    corrections.move(["c"], "s1", "ed", NOON)
    assert named("c") == {ADA}


@pytest.mark.usefixtures("desk")
def test_what_makes_no_sense_is_refused_and_changes_nothing() -> None:
    rulings.one(PARIS, FRANCE, "ed", NOON)
    for refused in (
        lambda: rulings.one(FRANCE, PARIS, "ed", NOON),
        lambda: rulings.one(ADA, OSLO, "ed", NOON),
        lambda: rulings.is_another(FRANCE, PARIS, Scope("s1"), "ed", NOON),
        lambda: rulings.not_this(PARIS, Scope("s1"), "ed", NOON),
        lambda: rulings.not_this(OSLO, Scope("s1", form="Kristiania"), "ed", NOON),
    ):
        with pytest.raises(InputError):
            refused()
    for unknown in (
        lambda: rulings.not_this(OSLO, Scope(item="nowhere"), "ed", NOON),
        lambda: rulings.not_this(OSLO, Scope("nowhere"), "ed", NOON),
        lambda: rulings.is_another(OSLO, "Q0", Scope("s1"), "ed", NOON),
        lambda: rulings.undo(999, "ed", NOON),
    ):
        with pytest.raises(NotFound):
            unknown()
    assert RulingRow.objects.count() == 1
    assert named("a") == {ADA, OSLO}


@pytest.mark.usefixtures("desk")
def test_it_is_taken_back_once() -> None:
    row = rulings.not_this(OSLO, Scope("s1"), "ed", NOON)
    rulings.undo(row.pk, "ed", NOON)
    with pytest.raises(InputError, match="already"):
        rulings.undo(row.pk, "mo", NOON)
    assert RulingRow.objects.get().undone_by == "ed"


@pytest.mark.usefixtures("desk")
def test_a_story_whose_items_were_moved_out_rules_nowhere_else() -> None:
    rulings.not_this(OSLO, Scope("s2"), "ed", NOON)
    corrections.move(["c"], "s1", "ed", NOON)
    assert named("c") == {ADA}, "it was ruled of this item"
    assert named("a") == {ADA, OSLO}


@pytest.mark.usefixtures("desk")
def test_a_comparison_that_began_before_a_ruling_is_made_again() -> None:
    store = Database()
    file = store.story("s1")
    seen = [(told.item.id, told.item.revision) for told in file.accounts]
    coverage = cover("s1", file.accounts, replace(default_tools(), encode=encode), why=file.why, rulings=file.rulings)
    rulings.not_this(OSLO, Scope("s1"), "ed", NOON)
    store.keep_coverage(coverage, seen, file.rulings)
    assert StoryRow.objects.get(pk="s1").stale
    store.keep_coverage(coverage, seen, store.story("s1").rulings)
    assert not StoryRow.objects.get(pk="s1").stale
