"""Comments in a frame on another site: who may hold it, what is in it, and what it cannot do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from storydesk.desk.home import embed_origins
from storydesk.desk.models import CommentRow, StoryRow
from storydesk.errors import InputError
from tests.site.conftest import Edition, comment

PAGES = ("/embed/stories/s1/", "/embed/items/courier-1/")


def directives(answer: object) -> dict[str, str]:
    policy = answer["Content-Security-Policy"]  # type: ignore[index]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in policy.split(";"))}


@pytest.mark.parametrize("page", PAGES)
def test_nobody_may_frame_it_before_a_site_is_named(edition: Edition, stranger: Client, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 200
    assert directives(answer)["frame-ancestors"] == "'none'"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("page", PAGES)
def test_the_sites_that_are_named_may_and_only_this_page(
    edition: Edition, stranger: Client, page: str, settings: Any
) -> None:
    settings.EMBED_ORIGINS = ("https://courier.example", "https://blog.example:8443")
    answer = stranger.get(page)
    assert directives(answer)["frame-ancestors"] == "https://courier.example https://blog.example:8443"
    assert "X-Frame-Options" not in answer
    for other in ("/", "/stories/s1/", "/items/courier-1/", "/comments/"):
        whole = stranger.get(other)
        assert whole["X-Frame-Options"] == "DENY"
        assert directives(whole)["frame-ancestors"] == "'none'"


def test_it_has_no_form_and_no_cookie_and_its_own_policy_sandboxes_it(edition: Edition, editor: Client) -> None:
    answer = editor.get("/embed/stories/s1/")
    assert b"<form" not in answer.content
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    told = directives(answer)
    assert told["form-action"] == "'none'"
    assert not {"allow-same-origin", "allow-forms", "allow-top-navigation"} & set(told["sandbox"].split())


def test_it_shows_what_is_published_and_nobody_s_own(edition: Edition) -> None:
    author = Client()
    session = author.session
    session["comments"] = [edition.held.pk]
    session.save()
    said = author.get("/embed/stories/s1/").content.decode()
    assert "PUBLISHED-WORDS" in said
    assert "HELD-WORDS" not in said
    assert "REJECTED-WORDS" not in said
    assert 'href="/stories/s1/#comments" target="_blank" rel="noopener"' in said


def test_redactions_and_what_was_turned_off_hold(edition: Edition, stranger: Client) -> None:
    CommentRow.objects.filter(pk=edition.published.pk).update(redactions=[[0, 9]])
    assert "PUBLISHED" not in stranger.get("/embed/stories/s1/").content.decode()
    StoryRow.objects.update(discussion="off")
    assert "WORDS" not in stranger.get("/embed/stories/s1/").content.decode()


def test_a_long_discussion_is_cut_and_says_so(edition: Edition, stranger: Client) -> None:
    for number in range(105):
        comment(edition.story, f"many{number}", "published", "Words.")
    assert "6 more, and the discussion" in stranger.get("/embed/stories/s1/").content.decode()


def test_a_story_that_became_another_leads_on(edition: Edition, stranger: Client) -> None:
    StoryRow.objects.create(pk="s0", headline="Ferry", merged_into=edition.story)
    answer = stranger.get("/embed/stories/s0/")
    assert answer.status_code in (301, 302)
    assert answer["Location"] == "/embed/stories/s1/"
    assert stranger.get("/embed/stories/none/").status_code == 404
    assert stranger.get("/embed/items/none/").status_code == 404


def test_editors_are_shown_how_to_put_it_there_once_a_site_is_named(
    edition: Edition, editor: Client, stranger: Client, settings: Any
) -> None:
    assert "iframe src" not in editor.get("/stories/s1/").content.decode()
    settings.EMBED_ORIGINS = ("https://courier.example",)
    shown = editor.get("/stories/s1/").content.decode()
    assert "&lt;iframe src=&quot;http://testserver/embed/stories/s1/&quot;" in shown
    assert "allow-same-origin" not in shown
    assert "iframe src" not in stranger.get("/stories/s1/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        "courier.example",
        "https://courier.example/",
        "https://a.example; script-src *",
        "*",
        "https://*",
        "ftp://a.example",
        "https://a b",
    ],
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("STORYDESK_EMBED_ORIGINS", f"https://good.example,{wrong}")
    with pytest.raises(InputError):
        embed_origins()


def test_origins_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYDESK_EMBED_ORIGINS", "https://Good.example, http://127.0.0.1:8000,https://*.paper.example")
    assert embed_origins() == ("https://good.example", "http://127.0.0.1:8000", "https://*.paper.example")
