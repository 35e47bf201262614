"""Comments: taken, held, shown nowhere before a moderator published them; decisions that collide are told."""

from __future__ import annotations

import pytest
from django.test import Client

from storydesk.desk.models import CommentRow, LogRow
from tests.site.conftest import Edition, comment

EVERYWHERE = (
    "/",
    "/stories/s1/",
    "/stories/s1/thanks/",
    "/stories/s1.json",
    "/stories/s1/quotes.csv",
    "/stories/s1/statements.csv",
    "/stories/s1/annotations.jsonld",
    "/stories/s1/atom.xml",
    "/stories/s1/feed.json",
    "/atom.xml",
    "/feed.json",
    "/items/courier-1/",
    "/sources/",
    "/names/Q26087/",
    "/about/",
)
FORM = {"key": "form-1", "author": "Una", "text": "When does the ferry sail again?"}


@pytest.mark.parametrize("page", EVERYWHERE)
@pytest.mark.parametrize("secret", ["HELD-WORDS", "REJECTED-WORDS", "Author k1", "Author k3"])
def test_what_is_not_published_is_nowhere(edition: Edition, stranger: Client, page: str, secret: str) -> None:
    assert secret not in stranger.get(page).content.decode()


def test_what_is_published_is_under_its_story_and_counted_alone(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    assert "PUBLISHED-WORDS" in html
    assert '<a href="#comments">Comments</a> <span>1</span>' in html


def test_a_comment_is_held_and_thanked_for(edition: Edition, stranger: Client) -> None:
    answer = stranger.post("/stories/s1/comments/", FORM)
    assert answer.headers["Location"] == "/stories/s1/thanks/"
    assert "held" in stranger.get("/stories/s1/thanks/").content.decode()
    assert CommentRow.objects.get(key="form:form-1").state == "held"
    assert "When does the ferry sail" not in Client().get("/stories/s1/").content.decode()


def test_the_same_form_twice_is_one_comment(edition: Edition, stranger: Client) -> None:
    for _ in range(2):
        assert stranger.post("/stories/s1/comments/", FORM).status_code == 302
    assert CommentRow.objects.filter(author="Una").count() == 1


def test_the_key_of_a_comment_that_came_another_way_makes_nobody_its_author(edition: Edition, stranger: Client) -> None:
    stranger.post("/stories/s1/comments/", {**FORM, "key": edition.published.key})
    assert stranger.post(f"/comments/{edition.published.pk}/", {"do": "withdraw"}).status_code == 302
    edition.published.refresh_from_db()
    assert edition.published.withdrawn is None
    assert CommentRow.objects.get(author="Una").text == FORM["text"]


def test_the_form_carries_a_key_of_its_own_each_time(edition: Edition, stranger: Client) -> None:
    keys = {stranger.get("/stories/s1/").context["form"]["key"] for _ in range(3)}
    assert len(keys) == 3


def test_an_answer_stands_under_what_it_answers(edition: Edition, stranger: Client, moderator: Client) -> None:
    html = stranger.get(f"/stories/s1/?reply={edition.published.pk}").content.decode()
    assert "Reply to <bdi>Author k2</bdi>" in html
    stranger.post("/stories/s1/comments/", {**FORM, "reply_to": str(edition.published.pk)})
    row = CommentRow.objects.get(key="form:form-1")
    assert row.reply_to == edition.published
    moderator.post(f"/queue/{row.pk}/decide/", {"seen": "1", "verdict": "publish"})
    assert (
        f'href="#comment-{edition.published.pk}">in reply to <bdi>Author k2'
        in stranger.get("/stories/s1/").content.decode()
    )


def test_nobody_answers_what_is_not_published(edition: Edition, stranger: Client) -> None:
    assert "Author k1" not in stranger.get(f"/stories/s1/?reply={edition.held.pk}").content.decode()
    stranger.post("/stories/s1/comments/", {**FORM, "reply_to": str(edition.held.pk)})
    assert CommentRow.objects.get(key="form:form-1").reply_to is None


def test_a_program_that_fills_in_everything_is_forgotten(edition: Edition, stranger: Client) -> None:
    answer = stranger.post("/stories/s1/comments/", {**FORM, "website": "https://spam.example"})
    assert answer.headers["Location"] == "/stories/s1/thanks/"
    assert not CommentRow.objects.filter(author="Una").exists()


@pytest.mark.parametrize("fault", [{"text": "  "}, {"author": ""}, {"text": "x" * 4_001}, {"key": ""}])
def test_what_cannot_be_taken_is_given_back(edition: Edition, stranger: Client, fault: dict[str, str]) -> None:
    answer = stranger.post("/stories/s1/comments/", {**FORM, **fault})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'role="alert"' in html
    assert FORM["text"] in html or "text" in fault
    assert not CommentRow.objects.filter(key="form:form-1").exists()


def test_a_form_from_elsewhere_is_refused(edition: Edition) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/stories/s1/comments/", FORM).status_code == 403


def test_the_queue_shows_the_most_suspicious_first_with_the_words_that_weighed(
    edition: Edition, moderator: Client
) -> None:
    comment(edition.story, "k4", "held", "Mild words", 0.1)
    html = moderator.get("/queue/").content.decode()
    assert html.index("HELD</mark>-WORDS") < html.index("Mild")
    assert "<mark>HELD</mark>" in html
    assert 'href="/stories/s1/"' in html


def test_a_moderator_publishes_and_the_log_tells_who(edition: Edition, moderator: Client, stranger: Client) -> None:
    answer = moderator.post(f"/queue/{edition.held.pk}/decide/", {"seen": "1", "verdict": "publish"})
    assert answer.headers["Location"] == "/queue/#queue"
    assert "HELD-WORDS" in stranger.get("/stories/s1/").content.decode()
    log = moderator.get("/queue/log/").content.decode()
    assert "held → published" in log
    assert "moderator" in log


def test_a_rejection_keeps_its_reason(edition: Edition, moderator: Client) -> None:
    moderator.post(
        f"/queue/{edition.held.pk}/decide/", {"seen": "1", "verdict": "reject", "rule": "insult", "words": "Not here."}
    )
    assert LogRow.objects.get().reason == "Insult: Not here."
    assert "Insult" in moderator.get("/queue/rejected/").content.decode()


def test_the_second_moderator_is_told_and_nothing_changes(edition: Edition, moderator: Client, editor: Client) -> None:
    form = {"seen": "1", "verdict": "reject"}
    editor.post(f"/queue/{edition.held.pk}/decide/", form)
    answer = moderator.post(f"/queue/{edition.held.pk}/decide/", {**form, "verdict": "publish"})
    assert answer.status_code == 409
    assert "already decided by editor" in answer.content.decode()
    edition.held.refresh_from_db()
    assert edition.held.state == "rejected"


@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_nobody_else_decides(edition: Edition, request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)
    answer = client.post(f"/queue/{edition.held.pk}/decide/", {"seen": "1", "verdict": "publish"})
    assert answer.status_code in (302, 403)
    edition.held.refresh_from_db()
    assert edition.held.state == "held"


def test_a_published_comment_can_be_taken_back(edition: Edition, moderator: Client, stranger: Client) -> None:
    moderator.post(f"/queue/{edition.published.pk}/decide/", {"seen": "1", "verdict": "hold"})
    assert "PUBLISHED-WORDS" not in stranger.get("/stories/s1/").content.decode()


@pytest.mark.parametrize(
    "form", [{}, {"seen": "1"}, {"seen": "x", "verdict": "publish"}, {"seen": "1", "verdict": "x"}]
)
def test_a_decision_that_is_none_is_not_found(edition: Edition, moderator: Client, form: dict[str, str]) -> None:
    assert moderator.post(f"/queue/{edition.held.pk}/decide/", form).status_code == 404
