"""Days as news names them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from storydesk.compare.certainty import certainties_clash
from storydesk.compare.dates import clash, days
from storydesk.compare.spells import spells

WEDNESDAY = datetime(2026, 3, 4, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("They met on May 19, 2021.", date(2021, 5, 19)),
        ("They met on 19 May 2021.", date(2021, 5, 19)),
        ("They met on the 2nd of March.", date(2026, 3, 2)),
        ("They met on December 30th.", date(2025, 12, 30)),
        ("The file is dated 2026-01-09.", date(2026, 1, 9)),
        ("They met on Monday.", date(2026, 3, 2)),
        ("They met on Wednesday night.", date(2026, 3, 4)),
        ("They will meet on Friday.", date(2026, 3, 6)),
        ("They met yesterday.", date(2026, 3, 3)),
        ("They meet next Monday.", date(2026, 3, 9)),
        ("They met on June 12 last year.", date(2025, 6, 12)),
    ],
)
def test_a_day_is_placed_by_the_day_of_publication(sentence: str, day: date) -> None:
    assert [found.day for found in days(sentence, WEDNESDAY)] == [day]


def test_without_a_day_of_publication_only_full_dates_are_placed() -> None:
    assert days("They met on Monday, May 4.", None) == ()
    assert [found.day for found in days("They met on May 4, 2020.", None)] == [date(2020, 5, 4)]


def test_no_day_is_read_into_other_words() -> None:
    assert days("The march of May 500 million may cost 31 February 31.", WEDNESDAY) == ()
    assert days("They last met last Friday.", WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("It broke on Monday.", "It broke on Tuesday.", True),
        ("It broke on 2 March.", "It broke on March 2, 2026.", False),
        ("It broke on Monday.", "It broke on 2 March.", False),
        ("It broke yesterday.", "It broke on Monday.", False),  # a day's difference of time zones
        ("It broke yesterday.", "It broke on 27 February.", True),
        ("It broke on Monday and again on Tuesday.", "It broke on Tuesday.", False),
        ("It broke late on Monday.", "It broke early on Tuesday.", False),
        ("It broke on Monday night.", "It broke on Tuesday.", True),
        ("It broke on Monday evening.", "It broke early on Wednesday.", True),
    ],
)
def test_days_differ_only_where_each_sentence_names_one(first: str, second: str, differ: bool) -> None:
    assert bool(clash(days(first, WEDNESDAY), days(second, WEDNESDAY))) is differ


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("It broke last month.", date(2026, 2, 1), date(2026, 2, 28)),
        ("It broke in November.", date(2025, 11, 1), date(2025, 11, 30)),
        ("It will break in June 2027.", date(2027, 6, 1), date(2027, 6, 30)),
        ("It broke at the weekend.", date(2026, 2, 27), date(2026, 3, 1)),
        ("It broke last week.", date(2026, 2, 22), date(2026, 3, 1)),
        ("It broke in the 1920s.", date(1920, 1, 1), date(1929, 12, 31)),
        ("It broke overnight.", date(2026, 3, 3), date(2026, 3, 4)),
        ("It broke two days ago.", date(2026, 3, 2), date(2026, 3, 2)),
    ],
)
def test_a_stretch_of_time_is_placed_as_well(sentence: str, first: date, last: date) -> None:
    (spell,) = spells(sentence, WEDNESDAY)
    assert (date.fromordinal(int(spell.first)), date.fromordinal(int(spell.last) - 1)) == (first, last)


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("The ministry confirmed the leak.", "The ministry denied the leak.", True),
        ("Police confirmed the arrest.", "The arrest could not be independently verified.", True),
        ("The mayor allegedly took money.", "The mayor admitted taking money.", True),
        ("The ministry confirmed the leak.", "The ministry spoke of a leak.", False),
        ("He denied the claim, which police confirmed.", "Police confirmed the claim.", False),
        ("The mayor allegedly took money.", "The mayor denied taking money.", False),
    ],
)
def test_certainty_differs_where_one_confirms_what_the_other_leaves_open(first: str, second: str, differ: bool) -> None:
    assert bool(certainties_clash(first, second)) is differ
    assert bool(certainties_clash(second, first)) is differ
