"""Dates as machines and people write them: right, unknown, but never wrong."""

from __future__ import annotations

import time as clock
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.read.calendars import calendar, from_solar
from storydesk.read.dates import YEAR, from_stamp, from_words, on_day, plausible, region_by_numbers

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LANGUAGES = list(tomllib.loads(files("storydesk.read").joinpath("calendar.toml").read_text("utf-8"))["months"])
MAIN = [
    *("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sk", "hu", "ro", "bg", "hr", "sr", "sl"),
    *("el", "tr", "sv", "nb", "fi", "lt", "lv", "et", "ar", "he", "fa", "hi", "th", "id", "vi", "ja", "ko", "zh"),
]
days = st.dates(date(1971, 1, 1), date(2026, 10, 30))


def at(hours: float, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=hours)))  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2024-05-12T14:05:00Z", at(0, 2024, 5, 12, 14, 5)),
        ("2024-05-12T14:05:00.123+0200", at(2, 2024, 5, 12, 14, 5, 0, 123000)),
        ("2024-05-12", at(0, 2024, 5, 12)),
        ("2024-5-7", at(0, 2024, 5, 7)),
        ("2024/05/12 14:05", at(0, 2024, 5, 12, 14, 5)),
        ("20240512", at(0, 2024, 5, 12)),
        ("20240512140500", at(0, 2024, 5, 12, 14, 5)),
        ("2024-05-12 5:19:00 -0600", at(-6, 2024, 5, 12, 5, 19)),
        ("2024-05-12 14:05:00 +0000 UTC", at(0, 2024, 5, 12, 14, 5)),
        ("Sun, 12 May 2024 14:05:00 EST", at(-5, 2024, 5, 12, 14, 5)),
        ("Sun May 12 14:05:00 UTC 2024", at(0, 2024, 5, 12, 14, 5)),
        ("Sun May 12 2024 14:05:00 GMT+0200 (Central European Summer Time)", at(2, 2024, 5, 12, 14, 5)),
        ("November 19, 2019, 07:47 PM EST", at(-5, 2019, 11, 19, 19, 47)),
        (1715515500, at(0, 2024, 5, 12, 12, 5)),
        ("1715515500000", at(0, 2024, 5, 12, 12, 5)),
        ("0000-00-00T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("2099-05-12T00:00:00Z", None),
        ("2024-02-30", None),
        ("9" * 10_000, None),
        ("", None),
        (None, None),
        ({"@value": "2024"}, None),
    ],
)
def test_stamps(stamp: object, expected: datetime | None) -> None:
    found = from_stamp(stamp, NOW)
    assert found == expected
    assert found is None or found.utcoffset() == expected.utcoffset()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("12. März 2026, 14:05 Uhr", "de", at(0, 2026, 3, 12, 14, 5)),
        ("So., 12.05.2024, 14.05 Uhr MESZ", "de", at(2, 2024, 5, 12, 14, 5)),
        ("le 1er mai 2024 à 14h05", "fr", at(0, 2024, 5, 1, 14, 5)),
        ("mar, 12 mar 2024", "es", at(0, 2024, 3, 12)),
        ("12 de mayo de 2024 a las 14:05 h", "es", at(0, 2024, 5, 12, 14, 5)),
        ("12 ott 2024 ore 14:05", "it", at(0, 2024, 10, 12, 14, 5)),
        ("12 мая 2024 г., 14:05 мск", "ru", at(3, 2024, 5, 12, 14, 5)),
        ("12 листопада 2024, 14:05", "uk", at(0, 2024, 11, 12, 14, 5)),
        ("12 listopada 2024", "pl", at(0, 2024, 11, 12)),
        ("12 listopada 2024", "hr", at(0, 2024, 10, 12)),
        ("12 listopada 2024", None, None),
        ("12.maj 2024 kl. 14.05", "da", at(0, 2024, 5, 12, 14, 5)),
        ("2024. május 12. 14:05", "hu", at(0, 2024, 5, 12, 14, 5)),
        ("2024 m. gegužės 12 d.", "lt", at(0, 2024, 5, 12)),
        ("2024. gada 12. maijs", "lv", at(0, 2024, 5, 12)),
        ("24 Şubat 2024 Cumartesi 14:05", "tr", at(0, 2024, 2, 24, 14, 5)),
        ("יום ראשון, 12 במאי 2024", "he", at(0, 2024, 5, 12)),
        ("١٢ مايو ٢٠٢٤", "ar", at(0, 2024, 5, 12)),
        ("2024年5月12日(日) 14時05分", "ja", at(0, 2024, 5, 12, 14, 5)),
        ("2024년 5월 12일 오후 2:05", "ko", at(0, 2024, 5, 12, 14, 5)),
        ("Ngày 12 tháng 5 năm 2024", "vi", at(0, 2024, 5, 12)),
        # Calendars that do not count from AD 1: Buddhist, Solar Hijri, Reiwa, Minguo.
        ("วันอาทิตย์ที่ 12 พฤษภาคม พ.ศ. 2567 14:05 น.", "th", at(0, 2024, 5, 12, 14, 5)),
        ("۱۴ اردیبهشت ۱۴۰۳", "fa", at(0, 2024, 5, 3)),
        ("1403/02/14", "fa", at(0, 2024, 5, 3)),
        ("令和6年5月12日", "ja", at(0, 2024, 5, 12)),
        ("民國113年5月12日", "zh", at(0, 2024, 5, 12)),
        # Zones, by what news means.
        ("May 12, 2024 | 9:30 a.m. ET", "en", at(-4, 2024, 5, 12, 9, 30)),
        ("Jan. 12, 2024, 9:30 a.m. Eastern Time", "en", at(-5, 2024, 1, 12, 9, 30)),
        ("12 May 2024 — 10am BST", "en", at(1, 2024, 5, 12, 10)),
        ("Wednesday 20 November 2019 11:42, UK", "en", at(0, 2019, 11, 20, 11, 42)),
        ("Saturday 30 March 2024 11:42, UK", "en", at(0, 2024, 3, 30, 11, 42)),
        ("Sunday 31 March 2024 11:42, UK", "en", at(1, 2024, 3, 31, 11, 42)),
        ("Saturday 26 October 2024 11:42, UK", "en", at(1, 2024, 10, 26, 11, 42)),
        ("Sunday 27 October 2024 11:42, UK", "en", at(0, 2024, 10, 27, 11, 42)),
        ("May 11, 2024, 12:00 PM (IST)", "en", at(5.5, 2024, 5, 11, 12)),
        ("May 11, 2024, 12:10 AM", "en", at(0, 2024, 5, 11, 0, 10)),
        ("Fri 5 Dec 2025 12.00 CET", "en", at(1, 2025, 12, 5, 12)),
        ("12 May 2024 14:05 (UTC+5:45)", "en", at(5.75, 2024, 5, 12, 14, 5)),
        # What 5/12 means depends on the country; where that is not known, on what is possible.
        ("5/12/2024", "en-US", at(0, 2024, 5, 12)),
        ("5/12/2024", "en-GB", at(0, 2024, 12, 5)),
        ("5/12/2024", "fr", at(0, 2024, 12, 5)),
        ("5.12.2024", None, at(0, 2024, 12, 5)),
        ("5/12/2024", "en", None),
        ("5/12/2024", "en-CA", None),
        ("5/28/2024", "en", at(0, 2024, 5, 28)),
        ("5/5/2024", "en", at(0, 2024, 5, 5)),
        ("5/12/2026", "en", at(0, 2026, 5, 12)),
        ("12/05/24", "de", at(0, 2024, 5, 12)),
        ("24/05/12", "ja", at(0, 2024, 5, 12)),
        ("31/12/99", "de", at(0, 1999, 12, 31)),
        # No date, or more than a date.
        ("3 hours ago", "en", None),
        ("May 2024", "en", None),
        ("12 May", "en", None),
        ("Elections on 12 May 2024 in Karwe", "en", None),
        ("March 2019 (2)", "en", None),
        ("9.4/10", "en", None),
        ("10.20.30.40", "de", None),
        ("0800 12 05 2024", "en", None),
        ("1 January 2099", "en", None),
        ("31 February 2024", "en", None),
        ("12:05", "en", None),
    ],
)
def test_lines(line: str, language: str | None, expected: datetime | None) -> None:
    found = from_words(line, NOW, language)
    assert found == expected
    if expected is not None:
        assert found is not None
        assert found.utcoffset() == expected.utcoffset()
        assert YEAR.search(line)


@settings(max_examples=300)
@given(days, st.sampled_from(LANGUAGES), st.sampled_from(["long", "medium"]))
def test_what_babel_writes_is_read_or_unknown(day: date, language: str, form: str) -> None:
    written = format_date(day, form, locale=language.replace("-", "_"))  # type: ignore[arg-type]
    found = from_words(written, NOW, language)
    assert found is None or found.date() == day


@settings(max_examples=300)
@given(days, st.sampled_from(MAIN), st.sampled_from(["long", "full", "medium"]))
def test_what_babel_writes_in_a_main_language_is_read(day: date, language: str, form: str) -> None:
    written = format_date(day, form, locale=language)  # type: ignore[arg-type]
    found = from_words(written, NOW, language)
    assert found is not None, written
    assert found.date() == day


@settings(max_examples=100)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 10, 1)), st.sampled_from(["en", "de", "fr", "es", "it", "pt"]))
def test_times_beside_dates_are_read(moment: datetime, language: str) -> None:
    written = format_datetime(moment, "medium", locale=language)
    found = from_words(written, NOW, language)
    assert found == moment.replace(microsecond=0, tzinfo=UTC), written


@given(st.text(max_size=140), st.sampled_from([None, "en", "de", "ja", "fa", "xx"]))
def test_no_line_breaks_the_reader_or_lies_in_the_future(line: str, language: str | None) -> None:
    for found in (from_words(line, NOW, language), from_stamp(line, NOW)):
        assert found is None or (found.tzinfo is not None and found <= NOW)


@given(st.dates(date(1964, 3, 21), date(2093, 3, 1)))
def test_solar_days_follow_each_other(day: date) -> None:
    first = date(1964, 3, 21)
    if (day.month, day.day) == (3, 25):
        # The year turns at the equinox, so each year of the reckoning begins on one of three days of March.
        year = 1343 + day.year - first.year
        assert from_solar(year, 1, 1) in {date(day.year, 3, number) for number in (20, 21, 22)}
        assert from_solar(year, 12, 29) - from_solar(year, 1, 1) == timedelta(364)


def test_known_solar_days() -> None:
    assert from_solar(1399, 12, 30) == date(2021, 3, 20)
    assert from_solar(1400, 1, 1) == date(2021, 3, 21)
    assert from_solar(1404, 1, 1) == date(2025, 3, 21)


def test_the_table_holds_what_babel_knows() -> None:
    table = calendar()
    assert len(LANGUAGES) > 60
    assert table.month("listopada", "pl") == 11
    assert table.month("listopada", "") is None


def test_plausible_gives_a_zone() -> None:
    assert plausible(datetime(2024, 5, 12), NOW) == at(0, 2024, 5, 12)
    assert plausible(datetime.min, NOW) is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("3/28/2021 at 3:23pm", "en", "en-US"),
        ("28/3/2021", "en", "en-GB"),
        ("3/4/2021", "en", "en"),
        ("28/3/2021 and 3/28/2021", "en", "en"),
        ("3/28/2021", "de", "de"),
        ("3/28/2021", None, None),
    ],
)
def test_a_page_tells_its_order_of_day_and_month(text: str, language: str | None, expected: str | None) -> None:
    assert region_by_numbers(text, language) == expected


@given(st.datetimes(datetime(2020, 1, 1), datetime(2026, 10, 30), timezones=st.just(UTC)), st.integers(-2, 2))
def test_a_moment_is_told_on_the_day_that_is_printed_where_there_is_such_a_zone(moment: datetime, off: int) -> None:
    printed = datetime.combine(moment.date() + timedelta(off), datetime.min.time(), UTC)
    told = on_day(moment, printed)
    if {-1: moment.hour < 12, 0: True, 1: moment.hour >= 10}.get(off, False):
        assert told == moment
        assert told.date() == printed.date()
    else:
        assert told is None


def test_a_moment_stays_in_a_zone_that_is_stated() -> None:
    moment = at(-5, 2024, 5, 12, 23, 30)
    assert [on_day(moment, at(0, 2024, 5, day)) for day in (11, 12, 13, 14)] == [moment, moment, moment, None]
    told = on_day(moment.astimezone(UTC), at(-5, 2024, 5, 12))
    assert told is not None
    assert told.isoformat() == moment.isoformat()


def test_a_line_is_read_in_microseconds() -> None:
    """Five hundred lines took a second with a general parser. No two are alike: what was read before is remembered."""
    forms = ["May 12, {} at 2:05 pm EDT", "Elections on 12 May {} in Karwe", "12.05.{}, 14:05 Uhr"]
    lines = [form.format(year) for form in forms for year in range(1800, 2000)]
    from_words("May 12, 2024", NOW, "en")
    start = clock.perf_counter()
    for line in lines:
        from_words(line, NOW, "en")
    assert clock.perf_counter() - start < 0.5


@pytest.mark.parametrize("line", ["1" * 1_000_000, "1." * 500_000, "12 May " * 100_000, " " * 1_000_000 + "2024"])
def test_a_hostile_line_costs_nothing(line: str) -> None:
    start = clock.perf_counter()
    assert from_words(line, NOW) is None
    assert from_stamp(line, NOW) is None
    assert clock.perf_counter() - start < 0.2
