"""Limits: as many as may be and not one more, whoever asks at the same moment, and room comes back by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.desk.limits import forget, take, take_each
from storydesk.desk.models import LimitRow
from tests.desk.conftest import NOON
from tests.desk.racing import race

pytestmark = pytest.mark.django_db


def test_so_many_are_taken_and_the_next_is_told_how_long_to_wait() -> None:
    assert [take("a", 3, 60, NOON) for _ in range(4)] == [0, 0, 0, 20]


def test_keys_do_not_share() -> None:
    take("a", 1, 60, NOON)
    assert take("b", 1, 60, NOON) == 0


def test_who_waits_as_told_is_let_in_and_a_refusal_costs_nothing() -> None:
    for _ in range(3):
        take("a", 3, 60, NOON)
    for _ in range(50):
        assert take("a", 3, 60, NOON + timedelta(seconds=19)) == 1
    assert take("a", 3, 60, NOON + timedelta(seconds=20)) == 0


def test_waits_grow_with_the_tries_and_end() -> None:
    rates = ((2, 10), (3, 600))
    waits = [take_each("a", rates, NOON + timedelta(seconds=second)) for second in (0, 0, 0, 5, 10)]
    assert waits == [0, 0, 5, 0, 190]
    assert take_each("a", rates, NOON + timedelta(seconds=200)) == 0


def test_no_key_can_be_read_in_the_table() -> None:
    take("sign-in una@example.org", 3, 60, NOON)
    assert "una" not in LimitRow.objects.get().key


def test_what_limits_nothing_any_more_is_forgotten() -> None:
    take("a", 1, 60, NOON)
    assert (forget(NOON + timedelta(seconds=59)), forget(NOON + timedelta(seconds=61))) == (0, 1)


@settings(max_examples=40)
@given(
    many=st.integers(1, 9),
    seconds=st.integers(1, 500),
    steps=st.lists(st.floats(0, 100), min_size=1, max_size=60),
)
def test_in_no_stretch_of_time_are_more_taken_than_may_be(many: int, seconds: int, steps: list[float]) -> None:
    """At most ``many`` at once, and after that one for each part of the time that went by."""
    LimitRow.objects.all().delete()
    at, taken = NOON, []
    for step in steps:
        at += timedelta(seconds=step)
        if take("a", many, seconds, at) == 0:
            taken.append(at)
    for first, begin in enumerate(taken):
        for count, end in enumerate(taken[first:], start=1):
            assert count <= many + (end - begin).total_seconds() * many / seconds + 1e-3


def test_many_at_once_take_no_more_than_may_be(tmp_path: Path) -> None:
    code = """
from storydesk.desk.limits import take
result = together(*[lambda: [take("a", 5, 3600, NOON) for _ in range(5)] for _ in range(8)])
"""
    waits = [wait for found in race(tmp_path, code) for wait in found]
    assert (len(waits), waits.count(0)) == (40, 5)
