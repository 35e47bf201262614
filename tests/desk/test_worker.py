"""The worker, on the store in dictionaries and on the database, against a web that is a dictionary too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

import pytest

from storydesk.desk.store import Store, Visit
from storydesk.desk.visiting import Fetcher
from storydesk.desk.worker import Worker
from storydesk.errors import Gone, StorydeskError, Unreachable
from storydesk.gather import Fetched
from tests.desk.conftest import Clock, item, keep_told

FEED = "https://gazette.example/feed"
FERRY = "https://gazette.example/ferry"
STRIKE = "https://gazette.example/strike"


def feed(*entries: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>"
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
    """What each address answers: bytes, or an error. Counts what was asked."""

    answers: dict[str, bytes | StorydeskError]
    asked: list[str] = field(default_factory=list)

    def feed(self, visit: Visit, now: datetime) -> Fetched:
        return self.page(visit.feed.url, now)

    def page(self, url: str, now: datetime) -> Fetched:
        self.asked.append(url)
        answer = self.answers.get(url, Gone(f"{url} is gone"))
        if isinstance(answer, StorydeskError):
            raise answer
        return Fetched(url, url, 200, answer, content_type="text/html; charset=utf-8")


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
    assert sorted(web.asked) == [FEED, FERRY, STRIKE]


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
