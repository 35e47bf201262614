"""Words as meant, with the offsets of what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.moderate.words import read_words


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("You sh!t", ["you", "shit"]),
        ("f u c k off", ["fuck", "off"]),
        ("f.u.c.k", ["fuck"]),
        ("id1ot looooser", ["idiot", "looser"]),
        ("a$$ and @ss", ["ass", "and", "ass"]),
        ("fаscist", ["fascist"]),
        ("f*ck", ["f*ck"]),
        ("Putin’s plan", ["putin", "plan"]),
        ("the U.S.A. and covid19", ["the", "u", "s", "a", "and", "covid"]),
        ("100% of $500", ["100", "of", "500"]),
        ("@john_smith see https://a.example/shit", ["see"]),
    ],
)
def test_disguises_are_undone(text: str, forms: list[str]) -> None:
    assert [word.form for word in read_words(text)] == forms


@given(st.text(max_size=300))
def test_words_come_in_order_and_lie_in_the_text(text: str) -> None:
    end = 0
    for word in read_words(text):
        assert end <= word.start < word.end <= len(text)
        end = word.end
