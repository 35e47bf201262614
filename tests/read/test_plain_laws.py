"""What holds for any text at all."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from storydesk.read.encoding import mend
from storydesk.read.excerpt import excerpt, label
from storydesk.read.plain import parts, read_plain
from storydesk.read.plain.lines import NEW_LINE, blocks, split

NOW = datetime(2026, 11, 1, tzinfo=UTC)

furniture = st.sampled_from(
    [
        "Related",
        "3 comments",
        "Read more: Snow",
        "By Ana Ruiz",
        "3 March 2025",
        "About us",
        "• one",
        "Share",
        "2 hours ago",
        "Reply",
        "",
    ]
)
sentence = st.lists(
    st.sampled_from(["the", "council", "ministers", "said", "on", "Friday", "no", "lol", "You"]),
    min_size=1,
    max_size=40,
).map(lambda words: " ".join(words) + ".")
page = st.lists(st.one_of(furniture, sentence, st.text(max_size=40)), max_size=25).map("\n".join)


@settings(max_examples=150)
@given(page)
def test_every_line_is_in_exactly_one_part(text: str) -> None:
    told = parts(text, now=NOW)
    assert [line for _, line in told] == NEW_LINE.split(text)
    assert all((part is None) == (not line.split()) for part, line in told)


@settings(max_examples=150)
@given(page)
@example("à\x85\x91")
def test_the_text_is_the_body_lines_and_nothing_else(text: str) -> None:
    text = mend(text)
    assume(mend(text) == text)  # what is mended once may be mended further
    item = read_plain(text, now=NOW)
    body = [line.text for line, (part, _) in zip(split(text), parts(text, now=NOW), strict=True) if part == "body"]
    assert item.text.split() == " ".join(body).split()


@settings(max_examples=100)
@given(st.one_of(st.text(max_size=300), page), st.sampled_from(["\n", "\r\n", "\r", "\n\n", " "]))
@example("\x80\xc2\x85\x80", "\n")  # what is mended once may be mended further
def test_any_text_is_read_and_the_body_is_its_lines_in_order(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    item = read_plain(text, now=NOW)
    lines = iter(" ".join(line.text.split()) for line in split(mend(text)))
    for block in item.text.split("\n\n") if item.text else []:
        # A paragraph is one line, or the lines that it was wrapped over.
        told = ""
        while told != block:
            told = f"{told} {following}".strip() if (following := next(lines)) and block.startswith(told) else following
    assert item.text == item.text.strip()


@pytest.mark.parametrize("text", ["", " ", "\n", "\n \n\t\n", "\ufeff"])
def test_a_text_that_says_nothing_gives_an_item_that_says_nothing(text: str) -> None:
    item = read_plain(text, now=NOW)
    assert (item.text.strip("\ufeff"), item.comments, item.author, item.published) == ("", (), None, None)


LONG = {
    "a line of 10 MB": "word " * (2 * 2**20),
    "a word of 10 MB": "x" * (10 * 2**20),
    "a million lines": "Read more about it\n" * 1_000_000,
    "many paragraphs": "Low.\n\n" * 200_000,
    "many empty lines": "\n" * 500_000,
    "a long thread": "Anna Smith says:\nI do not like this one bit\n2 hours ago\nReply\n" * 20_000,
    "quotation marks": '"' * 500_000 + "\n" + "“a " * 200_000,
    "full stops": "a." * 1_000_000,
    "bullets": "- " * 500_000,
    "wrapped": "the water rose and fell and rose again over the old harbour walls\n" * 30_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=list(LONG))
def test_the_time_is_bounded(text: str) -> None:
    start = time.process_time()
    read_plain(text, now=NOW)
    assert time.process_time() - start < 10


@given(page)
def test_blocks_hold_each_line_once(text: str) -> None:
    lines = split(text)
    held = [line.index for block in blocks(lines) for line in block.lines]
    assert held == [line.index for line in lines if line.text]


@given(st.text(max_size=400), st.integers(min_value=1, max_value=60))
def test_an_excerpt_is_an_opening(text: str, words: int) -> None:
    short = excerpt(text, words)
    assert len(short.split()) <= words + 1
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


@given(st.text(max_size=400))
def test_a_label_is_an_opening_of_one_line(text: str) -> None:
    assert "\n" not in label(text)
    assert " ".join(text.split()).startswith(label(text).removesuffix("…"))


def test_an_excerpt_ends_with_a_sentence() -> None:
    text = "The dam held through the night. Engineers will inspect it today. " + "More rain is expected " * 20
    assert excerpt(text, 15) == "The dam held through the night. Engineers will inspect it today."
    assert excerpt("word " * 50, 10) == "word " * 9 + "word…"
    assert excerpt("short", 10) == "short"
