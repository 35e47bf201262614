"""The plot of mentions over time: every item in its column, no column outside, the table the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storydesk.site.present.history import COLUMNS, history

NOON = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gaps", "unit"),
    [
        ([timedelta(0)], "hour"),
        ([timedelta(hours=hours) for hours in (0, 0, 3, 30)], "hour"),
        ([timedelta(days=days) for days in (0, 1, 1, 20)], "day"),
        ([timedelta(days=days) for days in (0, 7, 300)], "week"),
        ([timedelta(days=days) for days in (0, 31, 1200)], "month"),
        ([timedelta(days=days) for days in (0, 366, 15000)], "year"),
    ],
)
def test_columns_are_whole_units_and_hold_everything(gaps: list[timedelta], unit: str) -> None:
    found = history([NOON - gap for gap in gaps])
    assert found is not None
    assert found.unit == unit
    assert sum(count.items for count in found.counts) == found.total == len(gaps)
    for drawing in found.drawings:
        assert len(drawing.bars) == len(found.counts) <= COLUMNS + 1
        assert max(bar.height for bar in drawing.bars) == drawing.base - drawing.top
        for bar in drawing.bars:
            assert drawing.left <= bar.x
            assert bar.x + bar.width <= drawing.right
            assert round(bar.y + bar.height, 1) == drawing.base
        assert 1 <= len(drawing.ticks) <= 9
        gaps_between = [late.x - early.x for early, late in zip(drawing.ticks, drawing.ticks[1:], strict=False)]
        assert all(gap > 50 for gap in gaps_between), "labels do not run into one another"


def test_the_table_says_what_the_columns_say() -> None:
    found = history([NOON, NOON + timedelta(minutes=20), NOON + timedelta(hours=2)])
    assert found is not None
    assert [(count.label, count.items) for count in found.counts] == [
        ("2 March 2026, 12:00", 2),
        ("2 March 2026, 14:00", 1),
    ]
    assert [bar.title for bar in found.drawings[0].bars] == [
        "2 March 2026, 12:00: 2 items",
        "2 March 2026, 14:00: 1 item",
    ]


def test_times_of_other_zones_are_counted_in_utc() -> None:
    found = history([datetime(2026, 3, 3, 0, 30, tzinfo=timezone(timedelta(hours=2)))])
    assert found is not None
    assert found.counts[0].label == "2 March 2026, 22:00"


def test_what_is_dated_to_the_beginning_of_time_does_not_flatten_the_rest() -> None:
    found = history([datetime(1970, 1, 1, tzinfo=UTC), NOON, NOON])
    assert found is not None
    assert (found.total, found.unit) == (2, "hour")


def test_no_times_no_plot() -> None:
    assert history([]) is None
