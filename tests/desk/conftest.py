"""Every store there is, under one name, so that one suite states the contract for all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storydesk.desk.store import Store
from storydesk.model import Account, Feed, Item, Source
from storydesk.pipeline import traits

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


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store with one source and one feed in it."""
    if request.param == "memory":
        from storydesk.desk.memory import Memory

        chosen: Store = Memory()
    else:
        if request.param == "postgres" and "STORYDESK_TEST_POSTGRES" not in os.environ:
            pytest.skip("needs STORYDESK_TEST_POSTGRES, the address of a PostgreSQL server (.ci/run starts one)")
        request.getfixturevalue("postgres" if request.param == "postgres" else "db")
        from storydesk.desk.database import Database

        chosen = Database()
    chosen.add_source(GAZETTE)
    chosen.add_feed(Feed(url="https://gazette.example/feed", source="gazette"), NOON)
    return chosen


@pytest.fixture
def postgres(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default database is a fresh schema on the PostgreSQL server for the length of a test."""
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import override_settings

    from storydesk.desk.settings import database

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before, before_settings = connections["default"], connections.settings["default"]
        settings = {**before_settings, "OPTIONS": {}, **database(os.environ["STORYDESK_TEST_POSTGRES"])}
        with override_settings():
            connections.settings["default"] = settings
            del connections["default"]
            try:
                call_command("migrate", interactive=False, verbosity=0)
                call_command("flush", interactive=False, verbosity=0)
                yield
            finally:
                connections["default"].close()
                connections.settings["default"] = before_settings
                connections["default"] = before


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
