"""What every store keeps to: the in-memory one, SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storydesk.coverage import Coverage, CoveredItem, Origin
from storydesk.desk.store import LEASE, Outcome, Store
from storydesk.errors import NotFound
from storydesk.model import Entry, Feed, Merge, Placement
from tests.desk.conftest import NOON, item, keep_told

URL = "https://gazette.example/feed"
ENTRY = Entry(url="https://gazette.example/ferry", title="Ferry aground", published=NOON)


def outcome(*entries: Entry, **fields: object) -> Outcome:
    return Outcome(
        **{"state": "active", "next_visit": NOON + timedelta(hours=1), "interval": 3600.0, "entries": entries, **fields}
    )  # type: ignore[arg-type]


def coverage(story: str, *items: str) -> Coverage:
    covered = tuple(CoveredItem(key, "The Gazette", key, None, NOON, "en", 8, False, 1, "o") for key in items)
    return Coverage(story, "Ferry", items[0], NOON, NOON, ("en",), ("The Gazette",), covered, (Origin("o", items),))


def test_a_feed_is_added_once(store: Store) -> None:
    assert not store.add_feed(Feed(url=URL, source="gazette"), NOON)
    assert store.waiting(NOON).feeds == 1


def test_a_claimed_feed_is_not_given_again_until_its_lease_ends(store: Store) -> None:
    assert [visit.feed.url for visit in store.claim_feeds(NOON, 5)] == [URL]
    assert store.claim_feeds(NOON, 5) == []
    assert len(store.claim_feeds(NOON + LEASE + timedelta(seconds=1), 5)) == 1


def test_release_gives_back_what_a_killed_worker_held(store: Store) -> None:
    store.claim_feeds(NOON, 5)
    store.release()
    assert len(store.claim_feeds(NOON, 5)) == 1


def test_a_visit_brings_entries_once_and_again_when_they_change(store: Store) -> None:
    store.claim_feeds(NOON, 5)
    assert store.keep_visit(URL, outcome(ENTRY), NOON) == 1
    assert store.keep_visit(URL, outcome(ENTRY), NOON) == 0
    changed = Entry(url=ENTRY.url, title="Ferry refloated", published=NOON)
    assert store.keep_visit(URL, outcome(changed), NOON) == 1
    assert store.waiting(NOON).entries == 1


def test_a_failed_visit_keeps_what_the_last_good_one_left(store: Store) -> None:
    store.keep_visit(URL, outcome(etag='"one"'), NOON)
    store.keep_visit(URL, outcome(problem="it hangs", state="failing", next_visit=NOON), NOON)
    store.keep_visit(URL, outcome(problem="it hangs", state="failing", next_visit=NOON), NOON)
    (visit,) = store.claim_feeds(NOON, 5)
    assert (visit.etag, visit.failures) == ('"one"', 2)


def test_a_feed_rests_until_its_next_visit(store: Store) -> None:
    store.keep_visit(URL, outcome(problem="gone", state="resting", next_visit=NOON + timedelta(days=7)), NOON)
    assert store.claim_feeds(NOON + timedelta(days=6), 5) == []
    assert len(store.claim_feeds(NOON + timedelta(days=7), 5)) == 1


def test_a_feed_that_moved_for_good_is_visited_there(store: Store) -> None:
    store.keep_visit(URL, outcome(moved_to="https://gazette.example/new", next_visit=NOON), NOON)
    assert [visit.feed.url for visit in store.claim_feeds(NOON, 5)] == ["https://gazette.example/new"]


def test_an_entry_is_read_once(store: Store) -> None:
    store.keep_visit(URL, outcome(ENTRY), NOON)
    (task,) = store.claim_entries(NOON, 5)
    assert (task.entry, task.source.owner) == (ENTRY, "Quay Holdings")
    assert store.claim_entries(NOON, 5) == []
    assert store.keep_item(item("a"), NOON, task.url)
    assert store.waiting(NOON).entries == 0
    assert [waiting.id for waiting in store.untold(5)] == ["a"]


def test_an_entry_that_failed_is_tried_again_when_due_or_never(store: Store) -> None:
    store.keep_visit(URL, outcome(ENTRY), NOON)
    (task,) = store.claim_entries(NOON, 5)
    later = NOON + timedelta(hours=1)
    store.fail_entry(task.url, "it hangs", later)
    assert store.claim_entries(NOON, 5) == []
    (again,) = store.claim_entries(later, 5)
    assert again.attempts == 1
    store.fail_entry(task.url, "gone", None)
    assert store.claim_entries(later + timedelta(days=1), 5) == []


def test_the_same_words_are_kept_once_and_other_words_make_a_revision(store: Store) -> None:
    assert store.keep_item(item("a"), NOON)
    assert not store.keep_item(item("a"), NOON)
    assert store.keep_item(item("a", "A ferry ran aground off Cork on Monday; 3 hurt."), NOON)
    (latest,) = store.untold(5)
    assert (latest.revision, latest.text[-7:]) == (2, "3 hurt.")


def test_a_revision_without_a_date_keeps_the_first_one(store: Store) -> None:
    store.keep_item(item("a"), NOON)
    store.keep_item(item("a", "Other words entirely.", published=None), NOON)
    assert store.untold(5)[0].published == NOON


def test_items_wait_for_grouping_in_order_of_publication(store: Store) -> None:
    keep_told(store, item("b", published=NOON + timedelta(hours=1)))
    keep_told(store, item("c", published=None))
    keep_told(store, item("a", published=NOON + timedelta(hours=2)))
    keep_told(store, item("d"))
    assert [traits.id for traits in store.unplaced()] == ["d", "b", "a", "c"]


def test_traits_come_back_as_they_were_kept(store: Store) -> None:
    from storydesk.pipeline import traits

    account = keep_told(store, item("a", "Reykjavik: 27 people met the minister Ana Reis on Monday."))
    assert store.unplaced() == [traits(account)]


def test_a_placed_item_is_in_its_story_and_the_story_is_stale(store: Store) -> None:
    account = keep_told(store, item("a"))
    store.keep_placement(Placement("a", "sa", 0.4, ("shares the name Cork",)), ())
    assert store.unplaced() == []
    assert store.stale(5) == ["sa"]
    file = store.story("sa")
    assert file.accounts == (account,)
    assert file.why == {"a": ("shares the name Cork",)}
    assert file.owners == {"The Gazette": "Quay Holdings"}
    assert [placed.story for placed in store.placed(9)] == ["sa"]
    keep_told(store, item("b"))
    store.keep_placement(Placement("b", "sb", 0.4), ())
    assert [placed.story for placed in store.placed(9)] == ["sa", "sb"]
    assert [placed.story for placed in store.placed(1)] == ["sb"]


def test_placing_twice_places_once(store: Store) -> None:
    keep_told(store, item("a"))
    for _ in range(2):
        store.keep_placement(Placement("a", "sa", 0.4), ())
    assert len(store.story("sa").accounts) == 1


def test_a_coverage_of_what_the_story_holds_ends_its_staleness(store: Store) -> None:
    keep_told(store, item("a"))
    store.keep_placement(Placement("a", "sa", 0.4), ())
    store.keep_coverage(coverage("sa", "a"), [("a", 1)])
    assert store.stale(5) == []
    assert store.waiting(NOON + timedelta(minutes=-1)).nothing


def test_a_coverage_made_of_what_has_changed_since_leaves_the_story_stale(store: Store) -> None:
    for key in "ab":
        keep_told(store, item(key))
    store.keep_placement(Placement("a", "sa", 0.4), ())
    store.keep_placement(Placement("b", "sa", 0.4), ())
    store.keep_coverage(coverage("sa", "a"), [("a", 1)])
    assert store.stale(5) == ["sa"]


def test_a_revision_of_a_placed_item_makes_its_story_stale_and_keeps_its_place(store: Store) -> None:
    keep_told(store, item("a"))
    store.keep_placement(Placement("a", "sa", 0.4), ())
    store.keep_coverage(coverage("sa", "a"), [("a", 1)])
    keep_told(store, item("a", "Quite other words."))
    assert store.stale(5) == ["sa"]
    assert store.unplaced() == []
    assert store.story("sa").accounts[0].item.revision == 2


def test_merged_stories_become_one(store: Store) -> None:
    for key in "ab":
        keep_told(store, item(key))
    store.keep_placement(Placement("a", "sa", 0.4), ())
    store.keep_placement(Placement("b", "sb", 0.4), [Merge(kept="sa", gone="sb")])
    assert sorted(account.item.id for account in store.story("sa").accounts) == ["a", "b"]
    assert store.stale(5) == ["sa"]
    with pytest.raises(NotFound, match="sb"):
        store.story("sb")


def test_a_story_set_aside_is_left_until_it_changes(store: Store) -> None:
    keep_told(store, item("a"))
    store.keep_placement(Placement("a", "sa", 0.4), ())
    store.set_aside("sa")
    assert store.stale(5) == []
    keep_told(store, item("a", "Quite other words."))
    assert store.stale(5) == ["sa"]
