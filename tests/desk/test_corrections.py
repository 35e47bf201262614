"""Editors' corrections: they move items at once, hold against later grouping, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from storydesk.desk import corrections, placing
from storydesk.desk.addresses import leads_to
from storydesk.desk.database import Database
from storydesk.desk.discussion import published
from storydesk.desk.models import CommentRow, ItemRow, SourceRow
from storydesk.desk.store import Placed
from storydesk.errors import InputError, NotFound
from storydesk.group import Grouper
from storydesk.model import Account, Merge, Placement
from tests.desk.conftest import GAZETTE, NOON, item, keep_told
from tests.group.test_corrections import EAGER, of_event

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


def where(*keys: str) -> tuple[str | None, ...]:
    return tuple(ItemRow.objects.get(pk=key).story_id for key in keys)


def ruled(store: Database) -> set[tuple[str, str, str]]:
    return {(one.rule, one.item, one.other) for one in store.constraints()}


def place(store: Database, key: str, story: str, *merges: Merge) -> None:
    keep_told(store, item(key))
    store.keep_placement(Placement(key, story, 0.5), merges)


def address(story: str) -> tuple[str, bool]:
    led = leads_to(story)
    return led.story.pk, led.for_good


# ------------------------------------------------------------------------------------------------ split


def test_an_item_taken_out_stands_alone_and_is_kept_apart(store: Database) -> None:
    new = corrections.split(["b"], "ed", NOON).story_id
    assert where("a", "b") == ("sa", new)
    assert new != "sa"
    assert ruled(store) == {("must_join", "b", new), ("must_not_join", "b", "sa")}
    assert set(store.stale(9)) == {"sa", "sc", new}


def test_several_items_taken_out_stand_together(store: Database) -> None:
    place(store, "d", "sa")
    new = corrections.split(["d", "a"], "ed", NOON).story_id
    assert where("a", "b", "d") == (new, "sa", new)


def test_something_must_stay_behind_and_all_must_come_from_one_story(store: Database) -> None:
    with pytest.raises(InputError, match="must stay"):
        corrections.split(["c"], "ed", NOON)
    with pytest.raises(InputError, match="must stay"):
        corrections.split(["a", "b"], "ed", NOON)
    with pytest.raises(InputError, match="several stories"):
        corrections.split(["a", "c"], "ed", NOON)
    with pytest.raises(InputError, match="no item was chosen"):
        corrections.split([], "ed", NOON)


def test_the_same_split_at_the_same_time_makes_another_story(store: Database) -> None:
    first = corrections.split(["b"], "ed", NOON)
    corrections.undo(first.pk, "ed", NOON)
    assert corrections.split(["b"], "ed", NOON).story_id != first.story_id


# ------------------------------------------------------------------------------------------------ move


def test_a_moved_item_leaves_an_address_that_leads_after_it(store: Database) -> None:
    corrections.move(["c"], "sa", "ed", NOON)
    assert where("c") == ("sa",)
    assert address("sc") == ("sa", False)
    assert ruled(store) == {("must_join", "c", "sa"), ("must_not_join", "c", "sc")}


def test_items_of_several_stories_are_moved_at_once(store: Database) -> None:
    place(store, "d", "sd")
    row = corrections.move(["a", "c"], "sd", "ed", NOON)
    assert where("a", "b", "c") == ("sd", "sa", "sd")
    corrections.undo(row.pk, "ed", NOON)
    assert where("a", "b", "c") == ("sa", "sa", "sc")
    assert address("sc") == ("sc", True)


def test_what_a_later_correction_brings_back_is_no_longer_kept_out(store: Database) -> None:
    corrections.split(["b"], "ed", NOON)
    back = corrections.move(["b"], "sa", "mo", NOON)
    assert {rule for rule in ruled(store) if rule[2] == "sa"} == {("must_join", "b", "sa")}
    corrections.undo(back.pk, "mo", NOON)
    assert ("must_not_join", "b", "sa") in ruled(store)


def test_an_item_is_not_moved_to_where_it_stands(store: Database) -> None:
    with pytest.raises(InputError, match="in that story already"):
        corrections.move(["a"], "sa", "ed", NOON)


# ------------------------------------------------------------------------------------------------ merge


def test_two_stories_become_one_and_two_again(store: Database) -> None:
    row = corrections.merge("sc", "sa", "ed", NOON)
    assert where("a", "b", "c") == ("sc",) * 3
    assert address("sa") == ("sc", False)
    assert ruled(store) == {("must_join", "a", "sc"), ("must_join", "b", "sc")}
    corrections.undo(row.pk, "ed", NOON)
    assert where("a", "b", "c") == ("sa", "sa", "sc")
    assert address("sa") == ("sa", True)
    assert ruled(store) == set()


def test_a_merge_overrules_an_earlier_split_until_it_is_undone(store: Database) -> None:
    split = corrections.split(["b"], "ed", NOON)
    merge = corrections.merge("sa", split.story_id, "ed", NOON)
    assert ruled(store) == {("must_join", "b", "sa")}
    corrections.undo(merge.pk, "ed", NOON)
    assert where("b") == (split.story_id,)
    assert ("must_not_join", "b", "sa") in ruled(store)


def test_addresses_lead_through_chains_of_merges(store: Database) -> None:
    place(store, "d", "sd")
    place(store, "e", "se", Merge("sd", "se"))
    assert address("se") == ("sd", True)
    first = corrections.merge("sc", "sd", "ed", NOON)
    second = corrections.merge("sa", "sc", "ed", NOON)
    assert address("se") == address("sd") == address("sc") == ("sa", False)
    corrections.undo(first.pk, "ed", NOON)
    assert address("se") == ("sd", True)
    assert (where("d", "e"), where("c")) == (("sd", "sd"), ("sa",))
    corrections.undo(second.pk, "ed", NOON)
    assert address("sc") == ("sc", True)


def test_the_address_of_a_parted_story_that_kept_no_item_leads_on(store: Database) -> None:
    place(store, "d", "sd")
    merge = corrections.merge("sa", "sc", "ed", NOON)
    corrections.move(["c"], "sd", "ed", NOON)
    corrections.undo(merge.pk, "ed", NOON)
    assert where("c") == ("sd",)
    assert address("sc") == ("sa", False)


def test_one_story_is_not_merged_with_itself(store: Database) -> None:
    corrections.merge("sa", "sc", "ed", NOON)
    with pytest.raises(InputError, match="one story already"):
        corrections.merge("sc", "sa", "ed", NOON)


def test_comments_come_and_go_with_a_merged_story(store: Database) -> None:
    CommentRow.objects.create(key="k", story_id="sc", author="Una", text="Hm.", at=NOON, state="published")
    row = corrections.merge("sa", "sc", "ed", NOON)
    assert [comment.author for comment in published("sa")] == ["Una"]
    corrections.undo(row.pk, "ed", NOON)
    assert published("sa") == []
    assert len(published("sc")) == 1


# ------------------------------------------------------------------------------------------------ pin


def test_a_pinned_item_is_not_corrected_away_until_the_pin_is_taken_back(store: Database) -> None:
    pin = corrections.pin(["b"], "ana", NOON)
    assert ruled(store) == {("must_stay", "b", "sa")}
    for attempt in (
        lambda: corrections.split(["b"], "ed", NOON),
        lambda: corrections.move(["b"], "sc", "ed", NOON),
        lambda: corrections.merge("sc", "sa", "ed", NOON),
        lambda: corrections.pin(["b"], "ed", NOON),
    ):
        with pytest.raises(InputError, match="pinned to its story by ana"):
            attempt()
    corrections.undo(pin.pk, "ana", NOON)
    assert corrections.move(["b"], "sc", "ed", NOON)


def test_others_still_come_to_a_pinned_story(store: Database) -> None:
    corrections.pin(["b"], "ana", NOON)
    corrections.merge("sa", "sc", "ed", NOON)
    assert where("c") == ("sa",)


def test_an_undo_that_would_move_a_pinned_item_is_refused(store: Database) -> None:
    move = corrections.move(["b"], "sc", "ed", NOON)
    pin = corrections.pin(["b"], "ana", NOON)
    with pytest.raises(InputError, match="pinned"):
        corrections.undo(move.pk, "ed", NOON)
    assert where("b") == ("sc",)
    corrections.undo(pin.pk, "ana", NOON)
    corrections.undo(move.pk, "ed", NOON)
    assert where("b") == ("sa",)


# ------------------------------------------------------------------------------------------------ undo, what stays


def test_undo_restores_once(store: Database) -> None:
    row = corrections.move(["c"], "sa", "ed", NOON)
    corrections.undo(row.pk, "mo", NOON)
    assert where("c") == ("sc",)
    assert address("sc") == ("sc", True)
    assert store.constraints() == []
    with pytest.raises(InputError, match="taken back already"):
        corrections.undo(row.pk, "mo", NOON)


def test_an_earlier_correction_is_undone_under_a_later_one(store: Database) -> None:
    split = corrections.split(["b"], "ed", NOON)
    move = corrections.move(["b"], "sc", "ed", NOON)
    corrections.undo(split.pk, "ed", NOON)
    assert where("b") == ("sc",)
    corrections.undo(move.pk, "ed", NOON)
    assert where("b") == ("sa",)
    assert address(split.story_id) == ("sc", False)


def test_what_came_since_stays_and_a_grouped_story_is_followed(store: Database) -> None:
    split = corrections.split(["b"], "ed", NOON)
    place(store, "d", split.story_id)
    place(store, "e", "sa", Merge("sc", "sa"))
    assert ("must_not_join", "b", "sc") in ruled(store)
    corrections.undo(split.pk, "ed", NOON)
    assert where("b", "d") == ("sc", split.story_id)


def test_every_correction_counts_as_a_change_to_placing(store: Database) -> None:
    assert store.corrections_made() == 0
    row = corrections.split(["b"], "ed", NOON)
    assert store.corrections_made() == 1
    corrections.undo(row.pk, "ed", NOON)
    assert store.corrections_made() == 2


def test_a_correction_that_comes_between_two_placements_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Database):
        """An editor takes item 01 out as soon as it is placed, while 02 and 03 still wait in the worker's hands."""

        def keep_placement(self, placement: Placement, merges: Sequence[Merge]) -> None:
            super().keep_placement(placement, merges)
            if placement.id == "01":
                corrections.split(["01"], "ed", NOON)

    monkeypatch.setattr(placing, "Grouper", lambda constraints: Grouper(constraints, EAGER))
    desk = Interrupted()
    desk.add_source(GAZETTE)
    for number in range(4):
        traits = replace(of_event(0, number, 0), id=f"{number:02}", source=f"Outlet {number}")
        desk.keep_item(item(traits.id, f"Words of {traits.id}.", published=traits.published), NOON)
        (waiting,) = desk.untold(9)
        desk.keep_account(Account(waiting), traits)
    assert placing.Placing().place_all(desk) == 4
    assert where("00") != where("01")


def test_a_correction_is_followed_without_reading_all_traits_again(store: Database) -> None:
    class Read(Database):
        times = 0

        def placed(self, most: int) -> list[Placed]:
            self.times += 1
            return super().placed(most)

    desk, worker = Read(), placing.Placing()
    keep_told(desk, item("d"))
    worker.place_all(desk)
    new = corrections.split(["b"], "ed", NOON).story_id
    keep_told(desk, item("e"))
    worker.place_all(desk)
    assert desk.times == 1
    assert worker.grouper is not None
    assert worker.grouper._window.items["b"].story == new
    assert sorted(desk.standing(9)) == sorted((traits.id, story) for traits, story in desk.placed(9))


def test_what_is_not_there_is_named(store: Database) -> None:
    with pytest.raises(NotFound, match="nothing"):
        corrections.split(["nothing"], "ed", NOON)
    with pytest.raises(NotFound, match="sz"):
        corrections.move(["a"], "sz", "ed", NOON)
    with pytest.raises(NotFound, match="sz"):
        corrections.merge("sa", "sz", "ed", NOON)
    with pytest.raises(NotFound, match="7"):
        corrections.undo(7, "ed", NOON)


def test_sources_of_items_are_made_by_name(store: Database) -> None:
    store.keep_item(item("x", source="Ny Tid, Ålesund"), NOON)
    assert SourceRow.objects.get(name="Ny Tid, Ålesund").pk == "ny-tid-alesund"
