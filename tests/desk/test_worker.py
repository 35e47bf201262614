"""The worker, on the store in dictionaries and on the database, against a web that is a dictionary too."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from storydesk.desk.store import Store
from storydesk.desk.visiting import Fetcher
from storydesk.desk.window import Window
from storydesk.desk.worker import Worker
from storydesk.errors import StorydeskError, TooSoon, Unreachable
from storydesk.model import Feed
from tests.desk.conftest import Clock, item, keep_told
from tests.desk.web import FEED, FERRY, FERRY_PAGE, STRIKE, Web, feed


def test_a_feed_becomes_stories(store: Store, web: Web, clock: Clock, work: Callable[[], Worker]) -> None:
    work().drain()
    assert store.waiting(clock()).nothing
    texts = [account.item.title for placed in store.placed(9) for account in store.story(placed.story).accounts]
    assert sorted(texts) == ["Dockers in Mombasa walk out", "Ferry runs aground off Cork"]
    assert len({placed.story for placed in store.placed(9)}) == 2


def test_nothing_is_asked_for_twice(store: Store, web: Web, work: Callable[[], Worker]) -> None:
    work().drain()
    work().drain()
    assert sorted(web.asked) == [FEED, FERRY, STRIKE]


def test_a_worker_killed_after_any_step_leaves_work_that_another_ends(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    steps = 0
    while (worker := work()).step():  # a new worker for each step: all that it held in memory is lost
        worker.store.release()
        steps += 1
    assert steps >= 5
    assert store.waiting(clock()).nothing
    assert len({placed.traits.id for placed in store.placed(9)}) == len(store.placed(9)) == 2
    assert set(web.asked) == {FEED, FERRY, STRIKE}
    assert len(web.asked) <= 3 + steps  # what was under way at a kill is asked for once more


def test_a_changed_entry_makes_a_revision_in_the_same_story(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    work().drain()
    before = {placed.traits.id: placed.story for placed in store.placed(9)}
    web.answers[FEED] = feed((FERRY, "Ferry: 3 hurt"), (STRIKE, "Strike"))
    web.answers[FERRY] = FERRY_PAGE.replace(b"Nobody was hurt", b"Three people were hurt")
    clock.advance(days=2)
    work().drain()
    assert {placed.traits.id: placed.story for placed in store.placed(9)} == before
    revisions = {account.item.revision for story in before.values() for account in store.story(story).accounts}
    assert revisions == {1, 2}


def test_a_page_that_fails_for_now_is_tried_again_later(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    web.answers[FERRY] = Unreachable("it hangs", retry_after=3600)
    work().drain()
    assert len(store.placed(9)) == 1
    clock.advance(minutes=30)
    work().drain()
    assert web.asked.count(FERRY) == 1
    web.answers[FERRY] = FERRY_PAGE
    clock.advance(minutes=31)
    work().drain()
    assert len(store.placed(9)) == 2


def test_a_page_that_is_gone_is_not_tried_again(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    del web.answers[FERRY]
    work().drain()
    clock.advance(days=30)
    work().drain()
    assert web.asked.count(FERRY) == 1


def test_a_failing_feed_says_so_and_recovers(store: Store, web: Web, clock: Clock, work: Callable[[], Worker]) -> None:
    good, web.answers[FEED] = web.answers[FEED], b"<html><body>Service unavailable</body></html>"
    work().drain()
    clock.advance(days=1)
    (visit,) = store.claim_feeds(clock(), 1)
    assert visit.failures == 1
    store.release()
    web.answers[FEED] = good
    work().drain()
    assert len(store.placed(9)) == 2


def test_an_item_that_breaks_a_stage_is_kept_bare_and_the_rest_goes_on(
    store: Store, web: Web, work: Callable[[], Worker], caplog: pytest.LogCaptureFixture
) -> None:
    from storydesk.pipeline import default_tools

    def parse(text: str, language: str | None) -> object:
        if "ferry" in text:
            raise RuntimeError("a fault in a model")
        return default_tools().parse(text, language)

    worker = work()
    worker.tools = lambda: replace(default_tools(), parse=parse)  # type: ignore[arg-type]
    worker.drain()
    assert len(store.placed(9)) == 2
    assert "because a stage failed" in caplog.text


def test_a_constraint_made_while_the_worker_runs_is_obeyed(
    store: Store, web: Web, clock: Clock, work: Callable[[], Worker]
) -> None:
    from storydesk.desk.memory import Memory
    from storydesk.group import Constraint

    if not isinstance(store, Memory):
        pytest.skip("editors' corrections on the database are tested in test_corrections.py")
    worker = work()
    worker.drain()
    ferry = next(row.placement.story for row in store.items.values() if row.placement and row.revisions[0].url == FERRY)
    twin = item(
        "twin", "A ferry with 212 people on board ran aground off Cork on Monday morning, the coast guard said."
    )
    store.corrections.append(Constraint("must_not_join", item="twin", other=ferry, other_is="story"))
    keep_told(store, twin, clock())
    worker.drain()
    stories = {placed.traits.id: placed.story for placed in store.placed(9)}
    assert stories["twin"] != ferry


# ------------------------------------------------------------------------------------------------ side by side


def outlets(web: Web, store: Store, clock: Clock, number: int) -> list[str]:
    """More feeds, each on a host of its own, with one piece each; the hosts."""
    hosts = [f"outlet{n}.example" for n in range(number)]
    for host in hosts:
        web.answers[f"https://{host}/feed"] = feed((f"https://{host}/piece", f"A piece of {host}"))
        web.answers[f"https://{host}/piece"] = FERRY_PAGE
        store.add_feed(Feed(f"https://{host}/feed", "gazette"), clock())
    return hosts


def test_one_that_hangs_holds_up_none_of_the_others(store: Store, web: Web, clock: Clock) -> None:
    hosts = outlets(web, store, clock, 12)
    over = threading.Event()
    web.hang = {f"https://{hosts[0]}/feed": over, f"https://{hosts[1]}/feed": over}
    worker = Worker(store, cast(Fetcher, web), clock=clock, window=Window(4))
    while len(web.asked) < 13 + 12:  # all the feeds, and the pages of those that answer
        assert worker.step()
    assert not over.is_set()
    over.set()
    worker.drain()
    assert len(store.placed(99)) == 14


def test_a_host_is_asked_for_one_thing_at_a_time(store: Store, web: Web, clock: Clock) -> None:
    web.answers |= {f"https://gazette.example/{n}": FERRY_PAGE for n in range(20)}
    web.answers[FEED] = feed(*((f"https://gazette.example/{n}", f"Piece {n}") for n in range(20)))
    web.slow = 0.005
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert len(web.asked) == 21
    assert web.together == 1


def test_hosts_are_asked_side_by_side_and_no_more_than_the_window_is_wide(store: Store, web: Web, clock: Clock) -> None:
    outlets(web, store, clock, 12)
    web.slow = 0.05
    Worker(store, cast(Fetcher, web), clock=clock, window=Window(4)).drain()
    assert 2 <= web.together <= 4


def test_a_host_whose_turn_has_not_come_is_left_for_later(store: Store, web: Web, clock: Clock) -> None:
    web.resting = {"gazette.example": 3600.0}
    worker = Worker(store, cast(Fetcher, web), clock=clock)
    worker.drain()
    assert web.asked == []
    web.resting = {}
    worker.drain()
    assert len(web.asked) == 3


def test_draining_waits_for_a_turn_that_comes_soon(store: Store, web: Web, clock: Clock) -> None:
    until = time.monotonic() + 0.2
    web.resting_until = {"gazette.example": until}
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert time.monotonic() >= until
    assert len(web.asked) == 3


def test_a_feed_that_may_not_be_asked_yet_is_put_off_without_a_word(store: Store, web: Web, clock: Clock) -> None:
    good, web.answers[FEED] = web.answers[FEED], TooSoon("wait", 600)
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert store.claim_feeds(clock() + timedelta(minutes=9), 1) == []
    (visit,) = store.claim_feeds(clock() + timedelta(minutes=10), 1)
    assert visit.failures == 0
    store.release()
    web.answers[FEED] = good
    web.answers[FERRY] = TooSoon("wait", 600)
    clock.advance(minutes=10)
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert len(store.placed(9)) == 1
    web.answers[FERRY] = FERRY_PAGE
    clock.advance(minutes=10)
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert len(store.placed(9)) == 2


def test_a_wish_to_be_left_alone_holds_for_all_of_the_host(store: Store, web: Web, clock: Clock) -> None:
    store.add_feed(Feed("https://gazette.example/sport", "gazette"), clock())
    store.add_feed(Feed("https://other.example/feed", "gazette"), clock())
    web.answers["https://gazette.example/sport"] = web.answers["https://other.example/feed"] = feed((STRIKE, "Strike"))
    web.answers[FEED] = Unreachable("asks us to wait", "later", 7200.0, host="gazette.example")
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert sorted(web.asked) == [FEED, "https://other.example/feed"]
    web.resting = {}  # as after a restart
    clock.advance(minutes=119)
    assert {visit.feed.url for visit in store.claim_feeds(clock(), 9)} <= {"https://other.example/feed"}
    clock.advance(minutes=1)
    assert {visit.feed.url for visit in store.claim_feeds(clock(), 9)} & {FEED, "https://gazette.example/sport"}


def test_a_fault_in_reading_one_feed_is_told_and_the_rest_goes_on(
    store: Store, web: Web, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    outlets(web, store, clock, 1)
    web.answers[FEED] = cast(StorydeskError, RuntimeError("a fault of ours"))
    Worker(store, cast(Fetcher, web), clock=clock).drain()
    assert len(store.placed(9)) == 1
    assert "an unexpected error" in caplog.text
    (visit,) = store.claim_feeds(clock() + timedelta(minutes=5), 1)
    assert (visit.feed.url, visit.failures) == (FEED, 1)
