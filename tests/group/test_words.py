"""Terms, names, numbers and stated dates by light rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.group.dates import stated_date, weekdays
from storydesk.group.words import SENTENCE_END, UNSPACED, WORD, numbers, read_words, term


def test_names_are_what_is_capital_where_no_sentence_begins() -> None:
    terms, names = read_words(
        "Talks resumed in Reykjavik. Lavrov met Blinken, and then Lavrov's plane left. Snow fell."
    )
    assert names == {"reykjavik": "Reykjavik", "blinken": "Blinken", "lavrov": "Lavrov"}
    assert "talk" in terms


def test_a_word_mostly_written_small_is_no_name() -> None:
    assert read_words("It was the Port, the port and the port of old.")[1] == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("floods", "flood"), ("cities", "city"), ("Iran's", "Iran"), ("Iran’s", "iran"), ("RIOTS", "riot")],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert term(one) == term(other)


@pytest.mark.parametrize("word", ["crisis", "virus", "press", "gas"])
def test_a_final_s_that_is_no_plural_stays(word: str) -> None:
    assert term(word) == word


def test_unspaced_scripts_give_pairs_of_characters() -> None:
    assert read_words("東京都知事")[0] == ["東京", "京都", "都知", "知事"]


def test_a_sentence_may_end_between_blanks_where_no_word_stands() -> None:
    assert read_words("it rained . Snow fell - Oslo waited")[1] == {"oslo": "Oslo"}


@given(st.text(alphabet="abBC.('’ \n-東京7", max_size=60))
def test_what_is_read_between_blanks_comes_to_what_is_read_at_a_stretch(text: str) -> None:
    capital, small, end = [], [], 0
    for match in WORD.finditer(text):
        first, form = match.group()[0], term(match.group())
        opens = end == 0 or SENTENCE_END.search(text, end, match.start())
        end = match.end()
        if len(form) < 2 or UNSPACED.search(match.group()):
            continue
        if first.islower():
            small.append(form)
        elif first.isupper() and not opens:
            capital.append(form)
    assert set(read_words(text)[1]) == {form for form in capital if capital.count(form) > small.count(form)}


def test_days_are_named_by_whole_words() -> None:
    told = "Tuesday and MONDAY, then Tuesday. Friday's news; Sunday-night, a wednesdayish day"
    assert weekdays(told, "en") == weekdays(told, None) == (1, 0)
    assert weekdays("na segunda-feira, e o sábado", "pt") == (0, 5)
    assert weekdays("Montag", "en") == weekdays("Monday", "eu") == ()


def test_numbers_lose_their_separators() -> None:
    assert numbers("1,200 of 84 people; 5.2 metres; 1,200 again; covid19") == ("1200", "84", "5.2")


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    terms, names = read_words(text)
    assert set(names) <= set(terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("July 21, 2013, 2:21 pm", date(2013, 7, 21)),
        ("Published on 3rd of May 2024", date(2024, 5, 3)),
        ("2013 - 09 - 26", date(2013, 9, 26)),
        ("28/11/05 Aftershocks", date(2005, 11, 28)),
        ("03/04/2020 could be March or April", None),
        ("February 31, 2020", None),
        ("no date at all", None),
    ],
)
def test_stated_dates_are_read_and_never_guessed(text: str, found: date | None) -> None:
    assert stated_date(text) == found
