"""Lists of feeds into a desk and out of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storydesk.desk.adding import add_file, followed
from storydesk.desk.database import Database
from storydesk.desk.models import ItemRow, SourceRow
from storydesk.gather import FeedLink, read_opml, write_opml

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OUTLET = (("name", "Quay & Co"), ("kind", "agency"), ("profile", "Ships."), ("country", "NO"), ("language", "nb"))
LINK = FeedLink("http://quay.example/feed", "Quay & Co | News", "http://quay.example/", outlet=OUTLET)


def test_a_list_that_one_desk_writes_gives_another_the_same_outlets() -> None:
    assert add_file(Database(), write_opml([LINK], "Theirs"), "feeds.opml", NOW)
    row = SourceRow.objects.get()
    assert (row.name, row.kind, row.profile, row.country, row.language) == tuple(value for _, value in OUTLET)
    assert read_opml(write_opml(followed(), "Ours")) == (LINK,)


def test_what_no_outlet_can_be_is_left_out() -> None:
    wrong = (("name", "Q"), ("kind", "oracle"), ("country", "Norway"), ("language", "in the words of the sea, always"))
    add_file(Database(), write_opml([FeedLink("http://quay.example/feed", outlet=wrong)], "Theirs"), "f.opml", NOW)
    row = SourceRow.objects.get()
    assert (row.kind, row.country) == ("site", "")
    assert len(row.language) <= 20


def test_a_file_without_an_outlet_stands_for_one_on_every_page() -> None:
    text = b"Harbour reopens after storm\n\nThe harbour reopened on Monday, the port said. Ferries run again."
    for path in ("/a/index.txt", "/b/index.txt", "/a/index.txt"):
        add_file(Database(), text, path, NOW)
    items = ItemRow.objects.select_related("source").order_by("source__name")
    assert [row.source.name for row in items] == ["b/index.txt", "index.txt"]
    assert [row.source.name for row in items] == [row.revisions.get().record["source"] for row in items]
