"""Editors' corrections: they move items at once, hold against later grouping, and can be undone."""

from __future__ import annotations

import pytest

from storydesk.desk import corrections
from storydesk.desk.database import Database
from storydesk.desk.models import ItemRow, SourceRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Placement
from tests.desk.conftest import GAZETTE, NOON, item, keep_told

pytestmark = pytest.mark.django_db


@pytest.fixture
def store() -> Database:
    """Two stories: sa with the items a and b, sc with the item c."""
    store = Database()
    store.add_source(GAZETTE)
    for key, story in (("a", "sa"), ("b", "sa"), ("c", "sc")):
        keep_told(store, item(key))
        store.keep_placement(Placement(key, story, 0.5), ())
    return store


def where(key: str) -> str | None:
    return ItemRow.objects.get(pk=key).story_id


def test_an_item_taken_out_stands_alone_and_is_kept_apart(store: Database) -> None:
    new = corrections.split("b", "ed", NOON)
    assert where("b") == new.pk != "sa"
    (constraint,) = store.constraints()
    assert (constraint.rule, constraint.item, constraint.other) == ("must_not_join", "b", "sa")
    assert set(store.stale(9)) == {"sa", "sc", new.pk}


def test_the_item_that_began_a_story_can_be_taken_out_too(store: Database) -> None:
    assert corrections.split("a", "ed", NOON).pk != "sa"
    assert where("b") == "sa"


def test_the_only_item_cannot_be_taken_out(store: Database) -> None:
    with pytest.raises(InputError, match="only item"):
        corrections.split("c", "ed", NOON)


def test_a_moved_item_leaves_an_address_that_redirects(store: Database) -> None:
    corrections.move("c", "sa", "ed", NOON)
    assert where("c") == "sa"
    assert StoryRow.objects.get(pk="sc").merged_into_id == "sa"
    assert [(one.rule, one.other) for one in store.constraints()] == [("must_join", "sa")]


def test_undo_restores_and_is_listed(store: Database) -> None:
    corrections.move("c", "sa", "ed", NOON)
    (row,) = corrections.in_force("sa")
    corrections.undo(row.pk, "mo", NOON)
    assert where("c") == "sc"
    assert StoryRow.objects.get(pk="sc").merged_into is None
    assert store.constraints() == []
    with pytest.raises(InputError, match="undone already"):
        corrections.undo(row.pk, "mo", NOON)


def test_undo_of_a_split_restores(store: Database) -> None:
    corrections.split("b", "ed", NOON)
    (row,) = corrections.in_force("sa")
    corrections.undo(row.pk, "ed", NOON)
    assert where("b") == "sa"


def test_what_is_not_there_is_named(store: Database) -> None:
    with pytest.raises(NotFound, match="nothing"):
        corrections.split("nothing", "ed", NOON)
    with pytest.raises(NotFound, match="sz"):
        corrections.move("a", "sz", "ed", NOON)


def test_sources_of_items_are_made_by_name(store: Database) -> None:
    store.keep_item(item("x", source="Ny Tid, Ålesund"), NOON)
    assert SourceRow.objects.get(name="Ny Tid, Ålesund").pk == "ny-tid-alesund"
