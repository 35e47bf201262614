"""When to see again whether a page has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.desk.looking import look_hours, next_look
from storydesk.errors import InputError
from tests.desk.conftest import NOON

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("given", "hours"), [("", (1, 6, 24)), ("no", ()), ("2", (2,)), ("24, 1", (1, 24)), ("0.5", (0.5,))]
)
def test_the_setting_gives_hours(monkeypatch: pytest.MonkeyPatch, given: str, hours: tuple[float, ...]) -> None:
    monkeypatch.setenv("STORYDESK_LOOK_AGAIN", given)
    assert look_hours() == hours


@pytest.mark.parametrize("given", ["often", "0", "-1", "1,,6", "1;6", "nan", "1e9"])
def test_what_is_no_setting_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("STORYDESK_LOOK_AGAIN", given)
    with pytest.raises(InputError, match="STORYDESK_LOOK_AGAIN"):
        look_hours()


@given(st.lists(st.floats(0.25, 700), max_size=6).map(sorted), st.floats(0, 800))
def test_looks_are_ahead_never_twice_and_at_most_as_many_as_hours(hours: list[float], waited: float) -> None:
    now, looks = NOON + timedelta(hours=waited), []
    while (at := next_look(NOON, NOON, now, hours)) is not None:
        assert at > now
        looks.append(at)
        now = at
    assert looks == sorted(set(looks))
    assert len(looks) <= len(hours)


def test_what_is_old_when_it_is_first_read_is_not_looked_at_again() -> None:
    assert next_look(NOON - timedelta(days=3), NOON, NOON, (1,)) is None
    assert next_look(NOON - timedelta(days=1), NOON, NOON, (1,)) == NOON + HOUR
    assert next_look(None, NOON, NOON, (1,)) == NOON + HOUR
