"""Quotation marks of every style, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storydesk.attribute import quotations

STYLES = {
    "curly": ("“It holds,” she said. “Go.”", ["It holds,", "Go."]),
    "straight": ('"It holds," she said. "Go."', ["It holds,", "Go."]),
    "single": ("‘It holds,’ she said. ‘Go.’", ["It holds,", "Go."]),
    "single with apostrophes": ("‘The workers’ boat isn’t lost,’ she said.", ["The workers’ boat isn’t lost,"]),
    "straight single": ("'It isn't lost,' she said. It's Ana's boat.", ["It isn't lost,"]),
    "guillemets": ("«Ça tient», dit-elle.", ["Ça tient"]),
    "spaced guillemets": ("« Ça tient », dit-elle.", ["Ça tient"]),
    "reversed guillemets": ("»Es hält«, sagte sie.", ["Es hält"]),
    "low-high": ("„Es hält“, sagte sie.", ["Es hält"]),
    "low-high, other closer": ("„Trzyma”, powiedziała.", ["Trzyma"]),
    "typewriter": ("``It holds,'' she said.", ["It holds,"]),
    "two apostrophes": ("''It holds,'' she said.", ["It holds,"]),
    "corner brackets": ("彼女は「大丈夫だ」と言った。", ["大丈夫だ"]),
    "closer mistyped as opener": ("“It holds,“ she said.", ["It holds,"]),
    "closer mistyped as straight": ('“It holds," she said. “Go.”', ["It holds,", "Go."]),
    "nested": ("“He said ‘go’ and ‘stay’,” she said.", ["He said ‘go’ and ‘stay’,"]),
    "nested at the end": ("“He said: ‘Go.’” She left.", ["He said: ‘Go.’"]),
    "missing closer": (
        "She said: “The bridge holds and that is that\nNext day it fell.",
        ["The bridge holds and that is that"],
    ),
    "repeated opener": ("“One and two.\n“Three and four.” End.", ["One and two.", "Three and four."]),
}


@pytest.mark.parametrize("style", STYLES)
def test_finds_the_quotations(style: str) -> None:
    text, expected = STYLES[style]
    assert [quotation.inner.of(text) for quotation in quotations(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's Ana's boat, the workers' boat, and rock 'n' roll of the '90s.",
        "It’s Ana’s boat, the workers’ boat, back in ’98.",
        'a 6\'2" man with a 5" knife',
        "‘08 was the year; it’s long gone",
        '“” and "" and « »',
        "",
    ],
)
def test_apostrophes_inches_and_empty_marks_are_no_quotations(text: str) -> None:
    assert quotations(text) == ()


def test_an_apostrophe_taken_for_an_opener_does_not_hide_what_follows() -> None:
    text = "She won in ‘08. “We hold the ‘old line’ and the ‘new line’,” she said."
    assert [quotation.inner.of(text) for quotation in quotations(text)] == [
        "We hold the ‘old line’ and the ‘new line’,"
    ]


def test_says_what_runs_on() -> None:
    first, second = quotations("“One and two.\n\n“Three and four.” End.")
    assert (first.closed, first.runs_on) == (False, True)
    assert (second.closed, second.runs_on) == (True, False)


noisy = st.text(alphabet="abA sS.,?!\n“”„«»‘’\"'`()-0", max_size=160)


@given(noisy)
def test_quotations_are_ordered_apart_and_not_empty(text: str) -> None:
    found = quotations(text)
    assert all(left.outer.end <= right.outer.start for left, right in pairwise(found))
    for quotation in found:
        assert quotation.outer.covers(quotation.inner)
        assert quotation.inner.of(text).strip() == quotation.inner.of(text) != ""


PAIRS = {"“": "”", "«": "»", "„": "“", "「": "」"}


@given(noisy)
@example('"“0""')  # the one inside began in another style
@example('“0„“"')
def test_no_quotation_holds_an_unpaired_mark_of_its_own_style(text: str) -> None:
    for quotation in quotations(text):
        opener, inside = text[quotation.outer.start], quotation.inner.of(text)
        if opener == '"':
            assert inside.count('"') <= sum(inside.count(mark) for mark in "“”„")
        elif opener in "“«":
            closing = inside.count(PAIRS[opener]) + inside.count("„")  # which “ closes
            assert inside.count(opener) <= closing or not quotation.closed


@given(noisy)
def test_the_same_text_gives_the_same_quotations(text: str) -> None:
    assert quotations(text) == quotations(text)
