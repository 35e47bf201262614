"""A feed that answers well and leads to pages that do not: how many of its latest pieces, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storydesk.desk.database import Database
from storydesk.desk.models import FeedRow
from storydesk.desk.unread import LATEST, Unread, unread
from storydesk.model import Entry, Feed, Source
from tests.desk.conftest import NOON, item
from tests.desk.test_store_contract import outcome

pytestmark = pytest.mark.django_db

URL, OTHER = "https://gazette.example/feed", "https://courier.example/feed"
GONE = "does not exist (HTTP 404)"


@pytest.fixture
def store() -> Database:
    store = Database()
    for name, url in (("gazette", URL), ("courier", OTHER)):
        store.add_source(Source(id=name, name=name))
        store.add_feed(Feed(url, name), NOON)
    return store


def listed(store: Database, url: str, names: range, hours: int) -> None:
    """A visit, so many hours after noon, that finds pieces of these numbers."""
    pieces = tuple(Entry(url=url.replace("feed", f"{name}"), title=f"Piece {name}") for name in names)
    at = NOON + timedelta(hours=hours)
    store.keep_visit(url, outcome(*pieces, next_visit=at), at)


def read(store: Database, hours: int, problem: str = "", again: bool = False) -> None:
    """Reads all that is due so many hours after noon, or fails to, for good or to try ``again``."""
    at = NOON + timedelta(hours=hours)
    while tasks := store.claim_entries(at, 1):
        for task in tasks:
            if problem:
                store.fail_entry(task.key, f"{task.entry.url} {problem}", at + timedelta(hours=1) if again else None)
            else:
                store.keep_item(item(task.key, url=task.entry.url), at, task)


def found() -> dict[str, Unread]:
    urls = dict(FeedRow.objects.values_list("pk", "url"))
    return {urls[key]: told for key, told in unread(FeedRow.objects.all()).items()}


def test_what_was_not_tried_yet_is_not_counted(store: Database) -> None:
    listed(store, URL, range(3), 0)
    assert found() == {}
    read(store, 0, GONE)
    listed(store, URL, range(3, 5), 1)
    assert found() == {URL: Unread(3, 3, GONE)}
    assert str(found()[URL]) == "3 of the latest 3 pieces could not be read, the last: does not exist (HTTP 404)"


def test_each_feed_has_its_own_and_the_last_reason_counts(store: Database) -> None:
    listed(store, URL, range(2), 0)
    read(store, 0)
    listed(store, URL, range(2, 4), 1)
    read(store, 1, GONE)
    listed(store, OTHER, range(2), 2)
    read(store, 2)
    assert found() == {URL: Unread(2, 4, GONE)}
    listed(store, URL, range(4, 5), 3)
    read(store, 3, "is refused to us (HTTP 403)", again=True)
    assert found() == {URL: Unread(3, 5, "is refused to us (HTTP 403)")}
    read(store, 5)
    assert found() == {URL: Unread(2, 5, GONE)}


def test_a_feed_that_leads_to_pages_again_is_well_again(store: Database) -> None:
    listed(store, URL, range(LATEST), 0)
    read(store, 0, GONE)
    listed(store, URL, range(LATEST, 2 * LATEST - 1), 1)
    read(store, 1)
    assert found() == {URL: Unread(1, LATEST, GONE)}
    listed(store, URL, range(2 * LATEST, 2 * LATEST + 1), 2)
    read(store, 2)
    assert found() == {}
