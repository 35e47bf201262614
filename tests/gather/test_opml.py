"""Lists of feeds in and out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import UnreadableFile
from storydesk.gather import FeedLink, read_opml, write_opml

LIST = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Harbours"><outline text="North"><outline type="rss" text="Quay" xmlUrl="http://quay.example/feed"
 htmlUrl="http://quay.example/"/></outline>
<outline title="Pier &amp; Post" text="x" XMLURL=" http://pier.example/rss "/></outline>
<outline text="No feed" htmlUrl="http://none.example/"/>
<outline text="Quay again" xmlUrl="http://quay.example/feed"/>
<outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="Loose" xmlUrl="https://loose.example/atom"/></body></opml>"""


def test_nested_folders_are_kept_and_each_feed_comes_once() -> None:
    assert read_opml(LIST) == (
        FeedLink("http://quay.example/feed", "Quay", "http://quay.example/", ("Harbours", "North")),
        FeedLink("http://pier.example/rss", "Pier & Post", None, ("Harbours",)),
        FeedLink("https://loose.example/atom", "Loose"),
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not an OPML"),
        (b"not xml at all", "not an OPML"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not an OPML"),
        (b"<html><body>no</body></html>", "not an OPML"),
        (b'{"opml": 1}', "not an OPML"),
        (b"<opml><body><outline text='empty'/></body></opml>", "lists no feed"),
        (b"<opml/>", "lists no feed"),
        (b"<opml><body>" + b"<outline text='a'>" * 5_000, "lists no feed"),
    ],
)
def test_other_files_are_refused_with_the_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_opml(data)
    assert caught.value.hint


def test_a_broken_list_gives_what_can_be_read() -> None:
    broken = LIST.replace(b"&amp;", b"&").replace(b"</body></opml>", b"")
    assert len(read_opml(broken)) == 3


def test_entities_lead_to_no_file() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]><opml><body>&x;<outline text="&x;" xmlUrl="http://a.example/"/></body></opml>'
    assert read_opml(bomb)[0].title == ""


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)
LINKS = st.builds(
    FeedLink,
    url=st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9?=&]{0,8}", fullmatch=True),
    title=NAMES,
    home=st.none() | st.just("https://home.example/"),
    folder=st.lists(NAMES, max_size=3).map(tuple),
)


@given(st.lists(LINKS, min_size=1, max_size=12, unique_by=lambda link: link.url))
def test_what_is_written_is_read_again(links: list[FeedLink]) -> None:
    assert set(read_opml(write_opml(links, "Desk"))) == set(links)


def test_what_a_desk_knows_of_an_outlet_goes_with_its_feed() -> None:
    outlet = (("name", "Quay & Co"), ("kind", "agency"), ("country", "NO"))
    link = FeedLink("http://quay.example/feed", "News", "http://quay.example/", outlet=outlet)
    assert read_opml(write_opml([link], "Mine")) == (link,)
