"""Each page answers, under the strict policy, with nothing inline; each route lets in whom it should."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from storydesk.desk.models import SourceRow
from storydesk.site.policy import POLICY
from tests.site.conftest import Edition

PUBLIC = (
    "/",
    "/stories/s1/",
    "/stories/s1/thanks/",
    "/items/courier-1/",
    "/items/courier-1/?r=1&w=4-20",
    "/sources/",
    "/sources/source-0-s1/",
    "/names/Q26087/",
    "/names/desk:berit-lund/",
    "/about/",
    "/sign-in/",
)
DATA = (
    "/stories/s1.json",
    "/stories/s1/quotes.csv",
    "/stories/s1/atom.xml",
    "/stories/s1/feed.json",
    "/atom.xml",
    "/feed.json",
)
MODERATION = ("/queue/", "/queue/published/", "/queue/rejected/", "/queue/log/")


@pytest.mark.parametrize("page", PUBLIC)
def test_a_stranger_reads_every_public_page(edition: Edition, stranger: Client, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "'unsafe-inline'" not in POLICY
    html = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", html)
    assert html.count("<h1") == 1
    assert '<html lang="en">' in html
    assert 'href="#main"' in html


@pytest.mark.parametrize("page", MODERATION)
def test_moderation_is_for_moderators_and_editors(
    edition: Edition, stranger: Client, reader: Client, moderator: Client, editor: Client, page: str
) -> None:
    asked = stranger.get(page)
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/sign-in/?next=")
    assert reader.get(page).status_code == 403
    assert moderator.get(page).status_code == 200
    assert editor.get(page).status_code == 200


@pytest.mark.parametrize("page", DATA)
def test_data_is_public(edition: Edition, stranger: Client, page: str) -> None:
    assert stranger.get(page).status_code == 200


@pytest.mark.parametrize(
    "page", ["/stories/none/", "/items/none/", "/sources/none/", "/names/none/", "/items/courier-1/?r=9"]
)
def test_what_is_not_there_is_not_found(edition: Edition, stranger: Client, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


@pytest.mark.django_db
def test_a_new_desk_says_what_to_do(stranger: Client) -> None:
    html = stranger.get("/").content.decode()
    for command in ("storydesk add", "storydesk run", "storydesk demo"):
        assert command in html


def test_a_story_without_coverage_is_a_list_of_its_items_and_on_no_front_page(
    edition: Edition, stranger: Client
) -> None:
    edition.story.coverage = None
    edition.story.save()
    html = stranger.get("/stories/s1/").content.decode()
    assert "Being compared" in html
    assert "Ferry aground, says The Echo" in html
    assert "/stories/s1/" not in stranger.get("/").content.decode()


@pytest.mark.parametrize("tail", ["/", ".json", "/quotes.csv", "/atom.xml", "/feed.json"])
def test_a_merged_story_redirects_for_ever(edition: Edition, stranger: Client, tail: str) -> None:
    edition.story.absorbed.create(id="old")
    answer = stranger.get(f"/stories/old{tail}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/stories/s1{tail}")


def test_the_desk_says_that_it_is_well(edition: Edition, stranger: Client) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(("who", "goes_to"), [("moderators", "/queue/"), ("", "/")])
def test_signing_in_leads_where_a_member_may_go(edition: Edition, stranger: Client, who: str, goes_to: str) -> None:
    from tests.site.conftest import member

    member("una", *filter(None, [who]))
    answer = stranger.post("/sign-in/", {"username": "una", "password": "a-long-password-1"})
    assert answer.headers["Location"] == goes_to
    assert stranger.post("/sign-out/").headers["Location"] == "/"


def test_signing_in_leads_to_no_other_site(edition: Edition, stranger: Client) -> None:
    from tests.site.conftest import member

    member("una")
    form = {"username": "una", "password": "a-long-password-1", "next": "https://evil.example/"}
    assert stranger.post("/sign-in/", form).headers["Location"] == "/"


def test_health_of_feeds_is_for_members(edition: Edition, stranger: Client, reader: Client) -> None:
    from storydesk.desk.models import FeedRow, SourceRow
    from tests.site.conftest import NOON

    source = SourceRow.objects.get(name="The Courier")
    FeedRow.objects.create(url="https://courier.example/private-feed", source=source, next_visit=NOON, problem="503")
    for page in ("/sources/", f"/sources/{source.pk}/"):
        assert "private-feed" not in stranger.get(page).content.decode()
        assert "private-feed" in reader.get(page).content.decode()


def test_a_feed_whose_pieces_cannot_be_read_says_so(edition: Edition, reader: Client) -> None:
    from storydesk.desk.models import EntryRow, FeedRow, SourceRow
    from tests.site.conftest import NOON

    source = SourceRow.objects.get(name="The Courier")
    feed = FeedRow.objects.create(url="https://courier.example/feed", source=source, next_visit=NOON)
    for number in range(3):
        fields = {"state": "failed", "problem": f"https://courier.example/{number} does not exist (HTTP 404)"}
        EntryRow.objects.create(key=f"courier.example/{number}", feed=feed, entry={}, due_at=NOON, **fields)
    for page in ("/sources/", f"/sources/{source.pk}/"):
        html = reader.get(page).content.decode()
        assert "3 of the latest 3 pieces could not be read, the last: does not exist (HTTP 404)" in html


def test_a_desk_that_is_filling_says_so_and_looks_again(db: None, stranger: Client) -> None:
    SourceRow.objects.create(pk="gazette", name="The Gazette")
    html = stranger.get("/").content.decode()
    assert "on their way" in html
    assert '<meta http-equiv="refresh"' in html
    assert "storydesk add" not in html


def test_a_desk_with_stories_does_not_reload(edition: Edition, stranger: Client) -> None:
    assert "http-equiv" not in stranger.get("/").content.decode()
