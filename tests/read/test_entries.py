"""Items from what a feed says alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from storydesk.model import Entry, Source, Video
from storydesk.read import read_entry
from storydesk.read.fragment import text_from

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ENTRY = Entry(
    url="https://tidewater.example/dam?utm_source=rss",
    title="Crack &amp; leak in Orrin dam",
    published=datetime(2026, 3, 3, 8, tzinfo=UTC),
    summary="The level was lowered.",
    content="<p>The level was <b>lowered</b> by two metres.</p><ul><li>No danger</li><li>A report follows</li></ul>",
    complete=True,
)


def test_the_whole_piece() -> None:
    item = read_entry(ENTRY, now=NOW, source=Source("tide", "Tidewater Times"))
    assert item.text == "The level was lowered by two metres.\n\nNo danger\n\nA report follows"
    assert item.title == "Crack & leak in Orrin dam"
    assert (item.url, item.source, item.partial) == ("https://tidewater.example/dam", "Tidewater Times", False)


def test_a_truncated_feed_is_partial() -> None:
    assert read_entry(replace(ENTRY, complete=False), now=NOW).partial
    assert read_entry(replace(ENTRY, content=""), now=NOW).text == "The level was lowered."


def test_a_video_is_whole_with_its_description() -> None:
    video = Video(url="https://v.example/1", channel="Tide TV")
    item = read_entry(replace(ENTRY, content="", complete=False, video=video), now=NOW)
    assert (item.video, item.partial, item.source) == (video, False, "Tide TV")


def test_an_aggregator_names_the_true_publisher() -> None:
    item = read_entry(replace(ENTRY, publisher="Ridge Gazette"), now=NOW, source="Everything News")
    assert (item.source, item.carrier) == ("Ridge Gazette", "Everything News")
    own = read_entry(replace(ENTRY, publisher="tidewater times"), now=NOW, source="Tidewater Times")
    assert own.carrier is None


def test_a_date_in_the_future_is_none() -> None:
    assert read_entry(replace(ENTRY, published=datetime(2027, 1, 1, tzinfo=UTC)), now=NOW).published is None


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("no markup < at all", "no markup < at all"),
        ("one<br>two", "one\n\ntwo"),
        ("a<script>alert(1)</script>b<style>p{}</style>", "ab"),
        ("<table><tr><td>Seats</td><td>12</td></tr></table>", "Seats | 12"),
        (
            "It snowed.<p>The post <a href=x>Snow closes the pass</a> appeared first on <a href=y>Tide</a>.</p>",
            "It snowed.",
        ),
        ("<p>Only a <a href=x>link that is all there is</a></p>", "Only a link that is all there is"),
        ("&quot;Yes,&quot; she said", '"Yes," she said'),
        ("", ""),
        ("<!-- nothing -->", ""),
        ("<div>" * 3000 + "deep" + "</div>" * 3000, "deep"),
    ],
)
def test_fragments(fragment: str, text: str) -> None:
    assert text_from(fragment) == text
