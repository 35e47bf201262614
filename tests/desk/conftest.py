"""Every store there is, under one name, so that one suite states the contract for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from django.contrib.auth.models import User

from storydesk.desk.models import AuthorRow, StoryRow
from storydesk.desk.store import Store
from storydesk.desk.visiting import Fetcher
from storydesk.desk.worker import Worker
from storydesk.model import Account, Feed, Item, Source
from storydesk.pipeline import traits
from tests.desk.web import FEED, FERRY, FERRY_PAGE, STRIKE, STRIKE_PAGE, Web, feed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
GAZETTE = Source(id="gazette", name="The Gazette", owner="Quay Holdings")


class Clock:
    """A time that moves when told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", pytest.param("database", marks=pytest.mark.django_db)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store with one source and one feed in it. The database is SQLite, or what STORYDESK_DATABASE names."""
    if request.param == "memory":
        from storydesk.desk.memory import Memory

        chosen: Store = Memory()
    else:
        from storydesk.desk.database import Database

        chosen = Database()
    chosen.add_source(GAZETTE)
    chosen.add_feed(Feed(url="https://gazette.example/feed", source="gazette"), NOON)
    return chosen


def item(key: str, text: str = "A ferry ran aground off Cork on Monday.", **fields: object) -> Item:
    """A short item that was published at noon."""
    return Item(**{"id": key, "text": text, "title": text[:30], "source": "The Gazette", "published": NOON, **fields})  # type: ignore[arg-type]


def told(of: Item) -> Account:
    """The least account: no mentions, no attributions."""
    return Account(of)


def keep_told(store: Store, of: Item, now: datetime = NOON) -> Account:
    """Keeps an item and its least account; the account."""
    store.keep_item(of, now)
    (latest,) = [waiting for waiting in store.untold(100) if waiting.id == of.id]
    account = told(latest)
    store.keep_account(account, traits(account))
    return account


@pytest.fixture
def story() -> StoryRow:
    return StoryRow.objects.create(pk="s1", headline="Ferry aground off Cork")


@pytest.fixture
def moderator() -> User:
    return User.objects.create_user("mo")


@pytest.fixture
def mia() -> User:
    return User.objects.create_user("mia")


@pytest.fixture
def una() -> AuthorRow:
    return AuthorRow.objects.create(name="Una", mail="una@example.org", since=NOON, confirmed=NOON)


@pytest.fixture
def web() -> Web:
    return Web({FEED: feed((FERRY, "Ferry"), (STRIKE, "Strike")), FERRY: FERRY_PAGE, STRIKE: STRIKE_PAGE})


@pytest.fixture
def work(store: Store, web: Web, clock: Clock) -> Callable[[], Worker]:
    """Makes a new worker, as a restarted process would."""
    return lambda: Worker(store, cast(Fetcher, web), clock=clock)
