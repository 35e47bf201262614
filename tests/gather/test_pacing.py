"""One request at a time to a host, none sooner than it wishes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from math import inf

import pytest

from storydesk.errors import TooSoon, Unreachable
from storydesk.gather import Pacing


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def pacing(seconds: Seconds) -> Pacing:
    return Pacing(seconds)


def test_a_host_is_busy_while_it_is_asked_and_free_afterwards(pacing: Pacing) -> None:
    with pacing.turn("a.example"):
        assert pacing.waits() == {"a.example": inf}
        with pytest.raises(TooSoon), pacing.turn("a.example", patience=0):
            pytest.fail("two at once")
        with pacing.turn("b.example"):
            assert pacing.waits().keys() == {"a.example", "b.example"}
    assert pacing.waits() == {}


def test_the_delay_counts_from_the_end_of_the_last_request(pacing: Pacing, seconds: Seconds) -> None:
    with pacing.turn("a.example"):
        seconds.now = 4
    pacing.delay("a.example", 10)
    seconds.now = 5
    assert pacing.waits() == {"a.example": 9}
    with pytest.raises(TooSoon) as caught, pacing.turn("a.example", patience=8):
        pytest.fail("too soon")
    assert caught.value.wait == 9
    seconds.now = 14
    with pacing.turn("a.example", patience=0):
        pass
    assert pacing.waits() == {"a.example": 10}
    pacing.delay("a.example", 0)
    assert pacing.waits() == {}


def test_a_rest_is_a_floor_that_a_shorter_one_does_not_lower(pacing: Pacing, seconds: Seconds) -> None:
    pacing.rest("a.example", 3600)
    pacing.rest("a.example", 60)
    assert pacing.waits() == {"a.example": 3600}
    seconds.now = 3600
    assert pacing.waits() == {}


def test_wishes_without_end_are_kept_to_within_reason(pacing: Pacing) -> None:
    pacing.rest("a.example", inf)
    pacing.delay("b.example", 1e12)
    with pacing.turn("b.example"):
        pass
    waits = pacing.waits()
    assert waits["a.example"] == 7 * 86_400
    assert waits["b.example"] == 86_400


def test_an_error_in_the_block_frees_the_host(pacing: Pacing) -> None:
    with pytest.raises(RuntimeError), pacing.turn("a.example"):
        raise RuntimeError
    assert pacing.waits() == {}


def test_those_who_wait_are_let_in_one_by_one() -> None:
    pacing, inside, most = Pacing(), [0], [0]

    def ask(_: int) -> None:
        with pacing.turn("a.example"):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            threading.Event().wait(0.005)
            inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(40)))
    assert (inside, most) == ([0], [1])


def test_closing_sends_all_home_at_once() -> None:
    pacing = Pacing()
    with ThreadPoolExecutor(1) as pool, pacing.turn("a.example"):
        waiting = pool.submit(lambda: pacing.turn("a.example").__enter__())
        threading.Event().wait(0.05)
        pacing.close()
        with pytest.raises(Unreachable, match="stopping"):
            waiting.result(5)


def test_hosts_that_may_be_asked_are_forgotten_in_time(pacing: Pacing) -> None:
    pacing.rest("waits.example", 60)
    for number in range(25_000):
        with pacing.turn(f"{number}.example"):
            pass
    assert len(pacing._hosts) <= 10_001
    assert "waits.example" in pacing.waits()
