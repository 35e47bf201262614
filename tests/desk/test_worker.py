"""The worker, on the store in dictionaries and on the database, against a web that is a dictionary too."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from storydesk.desk.store import Store, Task, Visit
from storydesk.desk.visiting import Fetcher
from storydesk.desk.window import Window
from storydesk.desk.worker import Worker
from storydesk.errors import Gone, StorydeskError, TooSoon, Unreachable
from storydesk.gather import Fetched, ParsedFeed, parse_feed
from storydesk.model import Feed, Item
from storydesk.read import read_document
from tests.desk.conftest import NOON, Clock, item, keep_told

FEED = "https://gazette.example/feed"
FERRY = "https://gazette.example/ferry"
STRIKE = "https://gazette.example/strike"


def feed(*entries: tuple[str, str], guid: str = "") -> bytes:
    name = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link>{name}<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>"
        for url, title in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'.encode()


def page(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html lang="en"><head><title>{title}</title></head><body><main><article><h1>{title}</h1>'
        f"{body}</article></main></body></html>"
    ).encode()


FERRY_PAGE = page(
    "Ferry runs aground off Cork",
    "A ferry with 212 people on board ran aground off Cork on Monday morning, the coast guard said. Nobody was hurt.",
    "“We waited for the tide and kept calm,” said the ship's master, Una Daly, after the ferry was refloated at noon.",
)
STRIKE_PAGE = page(
    "Dockers in Mombasa walk out",
    "About 1,500 dockers at the port of Mombasa in Kenya stopped work on Monday over pay, their union said.",
    "The port authority said that 17 ships were waiting to be unloaded and that talks would resume on Tuesday.",
)


@dataclass
class Web:
    """What each address answers: bytes, or an error. Counts what was asked, and how much of it ``together``."""

    answers: dict[str, bytes | Fetched | StorydeskError]
    asked: list[str] = field(default_factory=list)
    hang: dict[str, threading.Event] = field(default_factory=dict)
    resting: dict[str, float] = field(default_factory=dict)
    resting_until: dict[str, float] = field(default_factory=dict)
    slow: float = 0.0
    together: int = 0
    inside: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def feed(self, visit: Visit, now: datetime) -> Fetched:
        return self._fetch(visit.feed.url)

    def page(self, task: Task, now: datetime) -> Fetched:
        return self._fetch(task.entry.url)

    def _fetch(self, url: str) -> Fetched:
        with self.lock:
            self.asked.append(url)
            self.inside += 1
            self.together = max(self.together, self.inside)
        if url in self.hang:
            self.hang[url].wait(30)
        time.sleep(self.slow)
        with self.lock:
            self.inside -= 1
        answer = self.answers.get(url, Gone(f"{url} is gone"))
        if isinstance(answer, Unreachable) and answer.retry_after and answer.host:
            self.resting[answer.host] = answer.retry_after
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Fetched):
            return answer
        return Fetched(url, url, 200, answer, content_type="text/html; charset=utf-8")

    def parse(self, answer: Fetched, now: datetime) -> ParsedFeed:
        return parse_feed(answer.body, answer.final_url, now=now)

    def read(self, answer: Fetched, task: Task, now: datetime) -> Item:
        url, kind = answer.final_url, answer.content_type
        return read_document(answer.body, now=now, url=url, content_type=kind, entry=task.entry, source=task.source)

    def waits(self) -> dict[str, float]:
        later = {host: until - time.monotonic() for host, until in self.resting_until.items()}
        return self.resting | {host: wait for host, wait in later.items() if wait > 0}


@pytest.fixture
def web() -> Web:
    return Web({FEED: feed((FERRY, "Ferry"), (STRIKE, "Strike")), FERRY: FERRY_PAGE, STRIKE: STRIKE_PAGE})


@pytest.fixture
def work(store: Store, web: Web, clock: Clock) -> Callable[[], Worker]:
    """Makes a new worker, as a restarted process would."""
    return lambda: Worker(store, cast(Fetcher, web), clock=clock)


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
