"""When to come again: the laws that hold whatever a feed and its server do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.gather.schedule import FIRST_WAIT, LONGEST_WAIT, REST, SHORTEST_WAIT, LastVisit, next_visit

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def every(gap: timedelta, times: int = 10, latest: datetime = NOW) -> tuple[datetime, ...]:
    return tuple(latest - gap * number for number in range(times))


def wait(last: LastVisit) -> timedelta:
    return next_visit(last, now=NOW).at - NOW


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ((), FIRST_WAIT),
        (every(HOUR), HOUR / 2),
        (every(timedelta(minutes=1)), SHORTEST_WAIT),
        (every(timedelta(days=30)), LONGEST_WAIT),
        (every(HOUR, latest=NOW - 12 * HOUR), 3 * HOUR),
        (every(HOUR, latest=NOW + 9 * HOUR, times=12), HOUR / 2),
        (every(HOUR)[::-1] + every(HOUR), HOUR / 2),
    ],
)
def test_a_feed_is_visited_at_its_own_pace(published: tuple[datetime, ...], expected: timedelta) -> None:
    assert wait(LastVisit("ok", published=published)) == expected


def test_nothing_new_stretches_the_wait_from_visit_to_visit() -> None:
    waits, interval = [], 0.0
    for _ in range(30):
        following = next_visit(LastVisit("unchanged", interval=interval), now=NOW)
        interval = following.interval
        waits.append(following.at - NOW)
    assert waits[0] > FIRST_WAIT
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_failures_are_waited_out_twice_as_long_each_time_and_keep_the_pace() -> None:
    visits = [next_visit(LastVisit("failed", 1800.0, failures=n), now=NOW) for n in range(1, 40)]
    waits = [visit.at - NOW for visit in visits]
    assert waits[:4] == [SHORTEST_WAIT * factor for factor in (1, 2, 4, 8)]
    assert waits[-1] == LONGEST_WAIT
    assert {visit.interval for visit in visits} == {1800.0}
    assert not any(visit.rests for visit in visits)


def test_gone_is_doubted_twice_and_then_rests() -> None:
    visits = [next_visit(LastVisit("gone", failures=n), now=NOW) for n in (1, 2, 3, 10)]
    assert [visit.rests for visit in visits] == [False, False, True, True]
    assert [visit.at - NOW for visit in visits[2:]] == [REST, REST]


def test_gone_for_good_is_not_doubted() -> None:
    visit = next_visit(LastVisit("gone", failures=1, for_good=True), now=NOW)
    assert (visit.rests, visit.at - NOW) == (True, REST)


@given(
    st.sampled_from(["ok", "unchanged", "failed", "gone"]),
    st.floats(0, 1e7),
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=20).map(tuple),
    st.integers(0, 10_000),
    st.none() | st.floats(0, 1e12),
)
def test_the_wait_is_within_bounds_and_never_shorter_than_the_server_asks(
    outcome, interval, published, failures, retry
):
    last = LastVisit(outcome, interval, published, failures, retry)
    asked = timedelta(seconds=min(retry or 0.0, REST.total_seconds()))
    assert max(SHORTEST_WAIT, asked) <= wait(last) <= max(REST if outcome == "gone" else LONGEST_WAIT, asked)
    assert SHORTEST_WAIT.total_seconds() <= next_visit(last, now=NOW).interval <= LONGEST_WAIT.total_seconds()
