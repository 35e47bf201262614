"""The words that are looked up of a text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from storydesk.read.words import HEAD, ends, words_in, words_of_name

WORD = re.compile(r"[^\W\d_]+|\d+|[©@→»›|]")
IN_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@given(st.text() | st.text(alphabet="aZé9²_ -.@|©→ß中٣'"))
def test_words_are_runs_of_letters_runs_of_digits_and_signs(text: str) -> None:
    assert words_in(text) == WORD.findall(text)


def test_the_words_of_a_long_text_are_those_at_its_head_and_its_end_in_small_letters() -> None:
    text = "Alpha " + "x" * HEAD + " middle " + "y" * HEAD + " OMEGA"
    assert ends(text)[0] == "alpha"
    assert ends(text)[-1] == "omega"
    assert "middle" not in ends(text)
    assert ends("Two Words") == ["two", "words"]


@given(st.text() | st.text(alphabet="abAB1-_é "))
def test_the_words_of_a_name_end_where_its_case_or_a_sign_says_so(name: str) -> None:
    assert words_of_name(name) == IN_NAME.findall(name)


def test_names_in_markup_are_spelt_in_several_ways() -> None:
    assert words_of_name("post-title postTitle HTMLPage") == ["post", "title", "post", "Title", "HTML", "Page"]
