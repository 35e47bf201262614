"""The worker looks at pages again, and knows a piece whose address changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from storydesk.desk.store import Store
from storydesk.desk.visiting import Fetcher
from storydesk.desk.worker import Worker
from storydesk.errors import Gone
from storydesk.gather import Fetched
from tests.desk.conftest import NOON, Clock
from tests.desk.web import FEED, FERRY, FERRY_PAGE, STRIKE, STRIKE_PAGE, Web, feed

# ------------------------------------------------------------------------------------------------ looks


def test_a_page_is_looked_at_again_and_its_change_is_a_revision(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    work().drain()
    web.answers[FERRY] = FERRY_PAGE.replace(b"Nobody was hurt", b"Three people were hurt")
    clock.advance(minutes=59)
    work().drain()
    assert web.asked.count(FERRY) == 1
    clock.advance(minutes=2)
    work().drain()
    clock.advance(minutes=2)
    work().drain()
    assert web.asked.count(FERRY) == web.asked.count(STRIKE) == 2
    revisions = sorted(
        account.item.revision for placed in store.placed(9) for account in store.story(placed.story).accounts
    )
    assert revisions == [1, 2]


def test_looks_come_after_one_hour_six_and_a_day_and_then_no_more(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    web.answers[FEED] = feed((FERRY, "Ferry"))
    seen = []
    for _ in range(24 * 8):
        before = web.asked.count(FERRY)
        work().drain()
        if web.asked.count(FERRY) > before:
            seen.append((clock() - NOON).total_seconds() / 3600)
        clock.advance(minutes=15)
    assert seen == [0.0, 1.0, 6.0, 24.0]


def test_an_unchanged_page_costs_no_reading(store: Store, web: Web, clock: Clock, work: Callable[[], Worker]) -> None:
    web.answers[FEED] = feed((FERRY, "Ferry"))
    work().drain()
    web.answers[FERRY] = Fetched(FERRY, FERRY, 304, not_modified=True)
    clock.advance(hours=1, minutes=1)
    work().drain()
    assert web.asked.count(FERRY) == 2
    (placed,) = store.placed(9)
    assert store.story(placed.story).accounts[0].item.revision == 1


def test_a_look_that_fails_loses_nothing(store: Store, web: Web, clock: Clock, work: Callable[[], Worker]) -> None:
    web.answers[FEED] = feed((FERRY, "Ferry"))
    work().drain()
    web.answers[FERRY] = Gone("it was withdrawn")
    clock.advance(hours=1, minutes=1)
    work().drain()
    assert len(store.placed(9)) == 1
    web.answers[FERRY] = FERRY_PAGE.replace(b"Nobody", b"Nobody else")
    clock.advance(hours=5)
    work().drain()
    assert web.asked.count(FERRY) == 3


def test_looks_at_one_host_are_few(store: Store, web: Web, clock: Clock, work: Callable[[], Worker]) -> None:
    worker = work()
    worker.drain()
    clock.advance(hours=1, minutes=1)
    worker.drain()
    assert len(web.asked) == 3 + 1 + 1  # the feed, and one of the two pages that are due for a look


def test_a_desk_may_do_without_looks(store: Store, web: Web, clock: Clock) -> None:
    web.answers[FEED] = feed((FERRY, "Ferry"))
    for _ in range(3):
        Worker(store, cast(Fetcher, web), clock=clock, hours=()).drain()
        clock.advance(hours=2)
    assert web.asked.count(FERRY) == 1


# ------------------------------------------------------------------------------------------------ other addresses


def test_an_address_that_leads_to_the_front_page_is_no_piece(
    store: Store, web: Web, work: Callable[[], Worker]
) -> None:
    web.answers[FERRY] = Fetched(FERRY, "https://gazette.example/", 200, STRIKE_PAGE, content_type="text/html")
    work().drain()
    assert len(store.placed(9)) == 1


@pytest.mark.parametrize(
    "other",
    [
        "http://gazette.example/ferry",
        "https://www.gazette.example/ferry",
        "https://m.gazette.example/ferry",
        "https://amp.gazette.example/ferry",
        "https://gazette.example/ferry/",
        "https://gazette.example/amp/ferry",
        "https://gazette.example/ferry/amp/",
        "https://gazette.example/ferry?amp=1",
        "https://gazette.example/ferry?outputType=amp",
        "https://gazette.example/ferry?utm_source=rss#top",
    ],
)
def test_another_address_of_a_piece_does_not_double_it(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker], other: str
) -> None:
    web.answers[FEED] = feed((FERRY, "Ferry"))
    work().drain()
    web.answers[FEED] = feed((other, "Ferry: 3 hurt"))
    web.answers[other] = FERRY_PAGE.replace(b"Nobody was hurt", b"Three people were hurt")
    clock.advance(days=2)
    work().drain()
    (placed,) = store.placed(9)
    assert [account.item.revision for account in store.story(placed.story).accounts] == [2]


def test_a_redirect_to_a_new_address_does_not_double_it(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    new = "https://gazette.example/2026/03/ferry-refloated"
    web.answers[FEED] = feed((FERRY, "Ferry"))
    work().drain()
    moved = Fetched(FERRY, new, 200, FERRY_PAGE, content_type="text/html; charset=utf-8")
    web.answers |= {FERRY: moved, new: FERRY_PAGE}
    clock.advance(hours=2)
    work().drain()
    web.answers[FEED] = feed((new, "Ferry"))
    clock.advance(days=1)
    work().drain()
    assert web.asked[-1] == new or new in web.asked
    assert len(store.placed(9)) == 1


def test_a_canonical_link_is_the_address(store: Store, web: Web, clock: Clock, work: Callable[[], Worker]) -> None:
    canonical = b'<link rel="canonical" href="https://gazette.example/ferry"></head>'
    syndicated = "https://gazette.example/partners/ferry"
    web.answers[syndicated] = FERRY_PAGE.replace(b"</head>", canonical)
    web.answers[FEED] = feed((FERRY, "Ferry"), (syndicated, "Ferry"))
    work().drain()
    assert len(store.placed(9)) == 1


def test_one_canonical_address_for_all_pages_is_not_believed(
    store: Store, web: Web, work: Callable[[], Worker]
) -> None:
    canonical = b'<link rel="canonical" href="https://gazette.example/news"></head>'
    web.answers[FERRY] = FERRY_PAGE.replace(b"</head>", canonical)
    web.answers[STRIKE] = STRIKE_PAGE.replace(b"</head>", canonical)
    work().drain()
    titles = [account.item.title for placed in store.placed(9) for account in store.story(placed.story).accounts]
    assert sorted(titles) == ["Dockers in Mombasa walk out", "Ferry runs aground off Cork"]


def test_a_new_slug_under_the_same_guid_does_not_double_it(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    new = "https://gazette.example/three-hurt-as-ferry-runs-aground"
    web.answers[FEED] = feed((FERRY, "Ferry"), guid="gazette-4711")
    work().drain()
    web.answers[FEED] = feed((new, "Three hurt as ferry runs aground"), guid="gazette-4711")
    web.answers[new] = FERRY_PAGE.replace(b"Nobody was hurt", b"Three people were hurt")
    clock.advance(days=2)
    work().drain()
    (placed,) = store.placed(9)
    (account,) = store.story(placed.story).accounts
    assert (account.item.revision, account.item.url) == (2, new)
