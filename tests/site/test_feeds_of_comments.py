"""Feeds of comments show what the pages show, and say who answers whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from storydesk.desk.models import AuthorRow, CommentRow, ItemRow, StoryRow
from storydesk.desk.people.erasure import erase
from tests.site.conftest import HOSTILE, NOON, Edition, comment

ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
FEEDS = ("/comments/atom.xml", "/comments/feed.json", "/stories/s1/comments/atom.xml", "/stories/s1/comments/feed.json")


def entries(client: Client, page: str) -> list[Any]:
    return list(etree.fromstring(client.get(page).content).iter(f"{ATOM}entry"))


def words(client: Client, page: str = "/comments/feed.json") -> list[str]:
    return [item["content_text"].split()[0] for item in client.get(page).json()["items"]]


@pytest.mark.parametrize("page", FEEDS)
def test_what_is_held_or_rejected_is_in_none(edition: Edition, stranger: Client, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "PUBLISHED-WORDS" in said
    assert "HELD-WORDS" not in said
    assert "REJECTED-WORDS" not in said
    assert not answer.cookies


def test_an_answer_names_what_it_replies_to(edition: Edition, stranger: Client) -> None:
    answer = comment(edition.story, "k4", "published", "ANSWER to it")
    CommentRow.objects.filter(pk=answer.pk).update(reply_to=edition.published, depth=1, at=NOON + timedelta(hours=1))
    first, second = entries(stranger, "/stories/s1/comments/atom.xml")
    reference = first.find(f"{THREAD}in-reply-to")
    assert reference.get("ref") == second.findtext(f"{ATOM}id") == f"http://testserver/comments/{edition.published.pk}/"
    assert reference.get("href") == f"http://testserver/stories/s1/#comment-{edition.published.pk}"
    assert second.find(f"{THREAD}in-reply-to") is None
    items = stranger.get("/comments/feed.json").json()["items"]
    assert items[0]["_storydesk"] == {"in_reply_to": items[1]["id"]}


@pytest.mark.parametrize("state", ["held", "rejected", "unconfirmed"])
def test_nothing_is_shown_that_answers_what_nobody_sees(edition: Edition, stranger: Client, state: str) -> None:
    middle, last = (
        comment(edition.story, "k4", "published", "MIDDLE one"),
        comment(edition.story, "k5", "published", "LAST one"),
    )
    CommentRow.objects.filter(pk=middle.pk).update(reply_to=edition.published, depth=1)
    CommentRow.objects.filter(pk=last.pk).update(reply_to=middle, depth=2)
    assert set(words(stranger)) == {"LAST", "MIDDLE", "PUBLISHED-WORDS"}
    CommentRow.objects.filter(pk=edition.published.pk).update(state=state)
    assert words(stranger) == []


def test_redactions_and_deletions_hold(edition: Edition, stranger: Client) -> None:
    CommentRow.objects.filter(pk=edition.published.pk).update(redactions=[[0, 9]])
    assert words(stranger) == ["▇▇▇-WORDS"]
    CommentRow.objects.filter(pk=edition.published.pk).update(withdrawn=NOON)
    assert words(stranger) == []


@pytest.mark.parametrize("keep", [True, False])
def test_an_erased_name_is_gone_from_feeds_and_frames(edition: Edition, stranger: Client, keep: bool) -> None:
    author = AuthorRow.objects.create(name="Una Daly", mail="una@example.org", since=NOON)
    CommentRow.objects.filter(pk=edition.published.pk).update(writer=author, author="Una Daly")
    pages = (*FEEDS, "/embed/stories/s1/")
    assert all(b"Una Daly" in stranger.get(page).content for page in pages)
    erase(author, keep_comments=keep, at=NOON)
    for page in pages:
        said = stranger.get(page).content
        assert b"Una Daly" not in said
        assert (b"PUBLISHED-WORDS" in said) is keep


def test_comments_on_items_belong_to_their_story(edition: Edition, stranger: Client) -> None:
    on_item = comment(edition.story, "k4", "published", "ITEM words")
    CommentRow.objects.filter(pk=on_item.pk).update(item=ItemRow.objects.get(pk="courier-1"))
    assert set(words(stranger, "/stories/s1/comments/feed.json")) == {"ITEM", "PUBLISHED-WORDS"}
    urls = {item["url"] for item in stranger.get("/comments/feed.json").json()["items"]}
    assert f"http://testserver/items/courier-1/#comment-{on_item.pk}" in urls


def test_a_story_whose_comments_are_off_is_in_no_feed_and_neither_is_one_that_became_it(
    edition: Edition, stranger: Client
) -> None:
    former = StoryRow.objects.create(pk="s0", headline="Ferry", merged_into=edition.story)
    comment(former, "k4", "published", "FORMER words")
    assert set(words(stranger)) == {"FORMER", "PUBLISHED-WORDS"}
    assert stranger.get("/stories/s0/comments/atom.xml").status_code in (301, 302)
    StoryRow.objects.filter(pk="s1").update(discussion="off")
    assert words(stranger) == words(stranger, "/stories/s1/comments/feed.json") == []


def test_what_was_published_last_comes_first(edition: Edition, stranger: Client) -> None:
    comment(edition.story, "k4", "published", "LATER words")
    CommentRow.objects.filter(pk=edition.published.pk).update(decided_at=NOON + timedelta(days=2))
    assert words(stranger) == ["PUBLISHED-WORDS", "LATER"]


@pytest.mark.parametrize("page", ["/comments/atom.xml", "/atom.xml", "/stories/s1/atom.xml"])
def test_what_atom_calls_html_is_escaped_text(edition: Edition, stranger: Client, page: str) -> None:
    CommentRow.objects.update(text=HOSTILE, author=HOSTILE)
    for entry in entries(stranger, page):
        assert "<script" not in (entry.findtext(f"{ATOM}summary") or "")
        assert "<img" not in (entry.findtext(f"{ATOM}summary") or "")
    if page == "/comments/atom.xml":
        assert "&lt;script&gt;" in entries(stranger, page)[0].findtext(f"{ATOM}summary")


def test_a_control_character_costs_no_feed(edition: Edition, stranger: Client) -> None:
    CommentRow.objects.update(text="PUBLISHED \x0b\x01 words", author="Una \x1f")
    StoryRow.objects.update(headline="Ferry \x08 aground")
    assert entries(stranger, "/stories/s1/comments/atom.xml")


def test_a_feed_without_entries_does_not_change_by_being_looked_at(db: None, stranger: Client) -> None:
    first = stranger.get("/comments/atom.xml").content
    assert b"<entry" not in first
    assert b"<updated>1970-01-01T00:00:00+00:00</updated>" in first
