"""The two real pages the design starts from. Key phrases only: their texts are not ours."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk.model import Item, Video
from storydesk.read import read_document
from storydesk.read.plain import parts

NOW = datetime(2026, 11, 1, tzinfo=UTC)
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def one(seeds: tuple[Path, Path]) -> Item:
    return read_document(seeds[0].read_bytes(), now=NOW, path=str(seeds[0]))


@pytest.fixture(scope="module")
def two(seeds: tuple[Path, Path]) -> Item:
    return read_document(seeds[1].read_bytes(), now=NOW, path=str(seeds[1]))


def test_the_headline(one: Item) -> None:
    assert one.title.startswith("Blinken Tells Lavrov U.S. Seeks ‘More Stable’")
    assert one.title not in one.text


def test_the_true_publisher_is_the_video_channel(one: Item) -> None:
    assert one.source == "Bloomberg Quicktake: Now"
    assert one.carrier is None
    assert one.video == Video(channel="Bloomberg Quicktake: Now")


def test_the_body_is_the_description_and_nothing_else(one: Item) -> None:
    paragraphs = one.text.split("\n\n")
    assert paragraphs[0].startswith("Secretary of State Antony Blinken met")
    assert paragraphs[-1].endswith("given our shared stake in the region.”")
    assert len(paragraphs) == 13


@pytest.mark.parametrize(
    "furniture",
    [
        "About This Source",
        "Thomas Secunda",
        "Recent from",
        "AMC",
        "published this video",
        "YouTube",
        "Got a comment",
        "In This Story",
        "landlocked",
        "Recent Items",
        "Sausage Dog",
        "Leave a Comment",
    ],
)
def test_no_furniture_in_the_body(one: Item, furniture: str) -> None:
    assert furniture not in one.text


def test_quotation_marks_stay_as_given(one: Item) -> None:
    assert one.text.count("“") == one.text.count("”") > 5
    assert "It’s “no secret" in one.text


def test_nobody_has_commented_yet(one: Item) -> None:
    assert one.comments == ()


def test_dates_in_lists_are_not_the_publication(one: Item) -> None:
    assert one.published is None


def test_a_page_without_headline_is_labelled_by_its_opening(two: Item) -> None:
    assert two.title.startswith("On May 19th, US Secretary of State Antony Blinken met")
    assert two.title.endswith("…")
    assert two.published is None


def test_the_body_ends_with_the_sanctions(two: Item) -> None:
    paragraphs = two.text.split("\n\n")
    assert paragraphs[0].startswith("On May 19th")
    assert paragraphs[-1].endswith("normalise ties between Moscow and Washington.")
    assert len(paragraphs) == 18


def test_every_line_of_the_thread_is_kept_apart(two: Item, seeds: tuple[Path, Path]) -> None:
    lines = seeds[1].read_text("utf-8").splitlines()
    thread = lines[lines.index("MORE ON THE TOPIC:") + 1 :]
    assert [comment.text for comment in two.comments] == thread
    assert len(thread) == 10
    assert not any(line in two.text for line in thread)


def test_every_line_is_in_one_part(seeds: tuple[Path, Path]) -> None:
    for seed in seeds:
        text = seed.read_text("utf-8")
        assert [line for _, line in parts(text, now=NOW)] == text.split("\n")
