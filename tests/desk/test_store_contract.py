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


def test_a_feed_that_moved_to_one_the_desk_follows_becomes_one_with_it(store: Store) -> None:
    new = "https://gazette.example/new"
    store.add_feed(Feed(url=new, source="gazette"), NOON)
    store.keep_visit(URL, outcome(ENTRY, moved_to=new, next_visit=NOON), NOON)
    assert [visit.feed.url for visit in store.claim_feeds(NOON, 5)] == [new]
    assert [task.entry for task in store.claim_entries(NOON, 5)] == [ENTRY]
    assert store.keep_visit(new, outcome(ENTRY), NOON) == 0


def test_of_each_host_one_is_given_and_none_of_a_busy_one(store: Store) -> None:
    for name in ("sport", "world"):
        store.add_feed(Feed(url=f"https://gazette.example/{name}", source="gazette"), NOON)
    store.add_feed(Feed(url="https://other.example/feed", source="gazette"), NOON)
    store.add_feed(Feed(url="https://third.example/feed", source="gazette"), NOON)
    given = [visit.feed.url for visit in store.claim_feeds(NOON, 9, {"third.example"})]
    assert given == [URL, "https://other.example/feed"]
    assert [visit.feed.url for visit in store.claim_feeds(NOON, 1)] == ["https://gazette.example/sport"]


def test_of_many_rows_of_one_host_the_next_host_is_still_found(store: Store) -> None:
    entries = [Entry(url=f"https://gazette.example/{number:03}", published=NOON) for number in range(60)]
    store.keep_visit(URL, outcome(*entries, Entry(url="https://other.example/a")), NOON)
    assert {task.entry.url for task in store.claim_entries(NOON, 4)} == {entries[0].url, "https://other.example/a"}


def test_what_was_not_asked_after_all_is_due_later(store: Store) -> None:
    later = NOON + timedelta(minutes=10)
    store.keep_visit(URL, outcome(ENTRY, next_visit=NOON), NOON)
    (visit,), (task,) = store.claim_feeds(NOON, 5), store.claim_entries(NOON, 5)
    store.postpone_visit(visit.feed.url, later)
    store.postpone_entry(task.key, later)
    assert (store.claim_feeds(NOON, 5), store.claim_entries(NOON, 5)) == ([], [])
    assert (len(store.claim_feeds(later, 5)), len(store.claim_entries(later, 5))) == (1, 1)


def test_a_host_that_wishes_to_be_left_alone_is(store: Store) -> None:
    later = NOON + timedelta(hours=2)
    store.add_feed(Feed(url="https://other.example/feed", source="gazette"), NOON)
    store.keep_visit(URL, outcome(ENTRY, next_visit=NOON + timedelta(hours=3)), NOON)
    store.rest_host("gazette.example", later)
    assert store.claim_entries(NOON + timedelta(hours=1), 5) == []
    assert [visit.feed.url for visit in store.claim_feeds(NOON, 5)] == ["https://other.example/feed"]
    assert len(store.claim_entries(later, 5)) == 1
    assert URL not in {visit.feed.url for visit in store.claim_feeds(later, 5)}  # due later than that, and so it stays


def test_a_look_is_due_when_said_and_not_before(store: Store) -> None:
    later = NOON + timedelta(hours=1)
    store.keep_visit(URL, outcome(ENTRY), NOON)
    (task,) = store.claim_entries(NOON, 5)
    assert not task.look
    store.keep_item(item("a", url=ENTRY.url), NOON, task, etag='"one"', modified="Mon")
    store.look_again(task.key, later)
    assert store.claim_looks(NOON, 5) == []
    (look,) = store.claim_looks(later, 5)
    assert (look.look, look.etag, look.modified, look.first_read) == (True, '"one"', "Mon", NOON)
    assert store.claim_looks(later, 5) == []
    store.look_again(task.key, None)
    assert store.claim_looks(later + timedelta(days=9), 5) == []
    assert store.claim_entries(later + timedelta(days=9), 5) == []


def test_two_feeds_that_say_different_things_of_a_piece_do_not_have_it_read_for_ever(store: Store) -> None:
    world = "https://gazette.example/world"
    store.add_feed(Feed(url=world, source="gazette"), NOON)
    other = Entry(url=ENTRY.url, title="Ferry aground", summary="Another summary.", published=NOON)
    assert store.keep_visit(URL, outcome(ENTRY), NOON) == 1
    assert store.keep_visit(world, outcome(other), NOON) == 0
    assert store.keep_visit(URL, outcome(ENTRY), NOON) == 0
    changed = Entry(url=ENTRY.url, title="Ferry refloated", published=NOON)
    assert store.keep_visit(world, outcome(changed), NOON) == 1


ID = "gazette-4711"


@pytest.mark.parametrize(
    ("later", "moved"),
    [
        (Entry(url="https://gazette.example/new-slug", title="New", published=NOON, guid=ID), True),
        (Entry(url="https://gazette.example/new-slug", published=NOON + timedelta(days=1), guid=ID), False),
        (Entry(url="https://gazette.example/new-slug", title="New", published=NOON, guid="another"), False),
    ],
)
def test_the_outlets_own_id_tells_a_piece_at_a_new_address(store: Store, later: Entry, moved: bool) -> None:
    store.keep_visit(URL, outcome(Entry(url=ENTRY.url, title="Ferry", published=NOON, guid=ID)), NOON)
    assert store.keep_visit(URL, outcome(later), NOON) == 1
    assert store.waiting(NOON).entries == (1 if moved else 2)


def test_an_id_that_many_entries_bear_names_none_of_them(store: Store) -> None:
    first, second = (Entry(url=f"https://gazette.example/{n}", published=NOON, guid=ID) for n in "ab")
    assert store.keep_visit(URL, outcome(first, second), NOON) == 2
    assert store.keep_visit(URL, outcome(first, second), NOON) == 0
    third = Entry(url="https://gazette.example/c", published=NOON, guid=ID)
    assert store.keep_visit(URL, outcome(first, third), NOON) == 1
    assert store.waiting(NOON).entries == 3


def test_an_item_met_at_another_address_stays_the_item_it_was(store: Store) -> None:
    store.keep_visit(URL, outcome(ENTRY), NOON)
    (task,) = store.claim_entries(NOON, 5)
    store.keep_item(item("a", url=ENTRY.url), NOON, task)
    moved = item("b", "A ferry ran aground off Cork on Monday; 3 hurt.", url="https://gazette.example/moved")
    assert store.keep_item(moved, NOON, task)
    assert [(kept.id, kept.revision, kept.url) for kept in store.untold(9)] == [("a", 2, moved.url)]
    assert not store.keep_item(item("c", moved.text, url=moved.url), NOON)
    assert not store.keep_item(item("d", moved.text, url="http://www.gazette.example/ferry?utm_source=x"), NOON)
    assert len(store.untold(9)) == 1


HOSTILE = "a\0b\ud800" + "c" * 5_000


def test_what_a_hostile_feed_sends_is_kept_or_dropped_and_never_an_error(store: Store) -> None:
    entries = (
        Entry(url="https://gazette.example/1", title=HOSTILE, summary=HOSTILE, content=HOSTILE, guid=HOSTILE),
        Entry(url="https://gazette.example/" + "d" * 1_900, title="long"),
        Entry(url="https://gazette.example/" + "é" * 1_900, title="longer"),
        Entry(url="https://gazette.example/" + "e" * 50_000, title="too long"),
        Entry(url=URL + "#" + "f" * 9_000, title="anchored"),
    )
    store.keep_visit(URL, outcome(*entries, title=HOSTILE, etag=HOSTILE, modified=HOSTILE), NOON)
    failed = outcome(problem=HOSTILE, blocked_by=HOSTILE, advice=HOSTILE, state="failing", next_visit=NOON)
    store.keep_visit(URL, failed, NOON)
    tasks = [task for _ in range(9) for task in store.claim_entries(NOON, 9)]
    assert len(tasks) >= 3
    piece = item("x", HOSTILE, title=HOSTILE, author=HOSTILE, url="https://gazette.example/" + "h" * 3_000)
    store.keep_item(piece, NOON, tasks[0], etag=HOSTILE, modified=HOSTILE)
    store.fail_entry(tasks[1].key, HOSTILE, None)
    assert len(store.untold(9)) == 1


def test_what_is_kept_together_is_kept_or_not_together(store: Store) -> None:
    with store.together():
        store.keep_visit(URL, outcome(ENTRY), NOON)
        store.keep_item(item("a"), NOON)
    assert store.waiting(NOON).entries == 1
    assert len(store.untold(9)) == 1


def test_an_entry_is_read_once(store: Store) -> None:
    store.keep_visit(URL, outcome(ENTRY), NOON)
    (task,) = store.claim_entries(NOON, 5)
    assert (task.entry, task.source.owner) == (ENTRY, "Quay Holdings")
    assert store.claim_entries(NOON, 5) == []
    assert store.keep_item(item("a"), NOON, task)
    assert store.waiting(NOON).entries == 0
    assert [waiting.id for waiting in store.untold(5)] == ["a"]


def test_an_entry_that_failed_is_tried_again_when_due_or_never(store: Store) -> None:
    store.keep_visit(URL, outcome(ENTRY), NOON)
    (task,) = store.claim_entries(NOON, 5)
    later = NOON + timedelta(hours=1)
    store.fail_entry(task.key, "it hangs", later)
    assert store.claim_entries(NOON, 5) == []
    (again,) = store.claim_entries(later, 5)
    assert again.attempts == 1
    store.fail_entry(task.key, "gone", None)
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
