"""What readers do with their comments, what moderators do with them, and that nothing held is seen by anybody else."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from storydesk.desk import discussion
from storydesk.desk.models import AuthorRow, CommentRow, LetterRow, LogRow, SanctionRow
from tests.site.conftest import NOON, Edition, comment, member

FORM = {"key": "form-1", "author": "Una", "text": "When does the ferry sail again?"}
SECRET = "SECRET-WORDS of one reader"

pytestmark = pytest.mark.django_db


def written(client: Client, **more: str) -> CommentRow:
    """A comment as this visitor has just sent it."""
    client.post("/stories/s1/comments/", {**FORM, **more})
    return CommentRow.objects.get(key=f"form:{more.get('key', 'form-1')}")


def html(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


# ------------------------------------------------------------------------------------------------ nothing leaks

OUTPUTS = (
    *("/", "/stories/s1/", "/stories/s1.json", "/stories/s1/quotes.csv", "/stories/s1/atom.xml"),
    *("/stories/s1/feed.json", "/atom.xml", "/feed.json", "/items/courier-1/", "/sources/", "/sources/source-0-s1/"),
    *("/names/Q26087/", "/about/", "/comments/", "/stories/s1/thanks/", "/items/courier-1/thanks/"),
)


@pytest.mark.parametrize("how", ["held", "rejected", "unconfirmed", "withdrawn", "under a held one", "on an item"])
def test_what_is_not_public_is_in_no_output_and_no_count(edition: Edition, reader: Client, how: str) -> None:
    row = comment(edition.story, "secret", how if how in ("held", "rejected", "unconfirmed") else "published", SECRET)
    fields: dict[str, object] = {"author": "SECRET-NAME"}
    if how == "withdrawn":
        fields |= {"withdrawn": NOON}
    elif how == "under a held one":
        fields |= {"reply_to": edition.held}
    elif how == "on an item":
        fields |= {"item_id": "courier-1", "state": "held"}
    CommentRow.objects.filter(pk=row.pk).update(**fields)
    for client in (Client(), reader):
        for page in OUTPUTS:
            assert "SECRET-" not in html(client, page), page
        assert '<a href="#comments">Comments</a> <span>1</span>' in html(client, "/stories/s1/")
        assert client.get(f"/comments/{row.pk}/report/").status_code == 404


def test_what_was_redacted_is_in_no_output(edition: Edition, moderator: Client) -> None:
    row = edition.published
    moderator.post(f"/queue/{row.pk}/redact/", {"seen": "1", "span": "0-15"})
    for page in (*OUTPUTS, f"/comments/{row.pk}/report/"):
        assert "PUBLISHED-WORDS" not in html(Client(), page), page
    shown = html(Client(), "/stories/s1/")
    assert "▇▇▇ for everyone" in shown
    assert "took personal data out" in shown
    assert "PUBLISHED-WORDS" in html(moderator, f"/queue/{row.pk}/")


# ------------------------------------------------------------------------------------------------ authors


def test_an_author_sees_their_own_in_its_place_and_nobody_else_does(edition: Edition) -> None:
    una = Client()
    written(una)
    shown = html(una, "/stories/s1/")
    assert "Held. Only you and the moderators see it." in shown
    assert FORM["text"] in html(una, "/comments/")
    assert FORM["text"] not in html(Client(), "/stories/s1/")
    assert FORM["text"] not in html(Client(), "/comments/")


def test_a_member_comments_under_their_name_and_finds_it_from_anywhere(edition: Edition, reader: Client) -> None:
    row = written(reader, author="Somebody else")
    assert (row.author, row.writer.user.username) == ("reader", "reader")  # type: ignore[union-attr]
    again = Client()
    again.force_login(User.objects.get(username="reader"))
    assert FORM["text"] in html(again, "/comments/")


def test_a_comment_on_an_item_stands_on_its_page_and_is_told_of_on_the_storys(edition: Edition, editor: Client) -> None:
    una = Client()
    answer = una.post("/items/courier-1/comments/", FORM)
    assert answer.headers["Location"] == "/items/courier-1/thanks/"
    row = CommentRow.objects.get(key="form:form-1")
    editor.post(f"/queue/{row.pk}/decide/", {"seen": "1", "verdict": "publish"})
    assert FORM["text"] in html(Client(), "/items/courier-1/")
    shown = html(Client(), "/stories/s1/")
    assert FORM["text"] not in shown
    assert "The Courier, 1 comment</a>" in shown
    assert una.post("/items/courier-1/comments/", {**FORM, "key": "x", "text": " "}).status_code == 422


def test_an_author_changes_deletes_and_appeals(edition: Edition, moderator: Client) -> None:
    una = Client()
    row = written(una)
    page = f"/comments/{row.pk}/"
    una.post(page, {"do": "edit", "seen": "1", "words": "When does it sail, please?"})
    assert "When does it sail, please?" in html(una, "/comments/")
    stale = una.post(page, {"do": "edit", "seen": "1", "words": "Another"})
    assert (stale.status_code, "Another" in stale.content.decode()) == (422, True)
    form = {"seen": "2", "verdict": "reject", "rule": "off-topic"}
    moderator.post(f"/queue/{row.pk}/decide/", form)
    assert "Off the topic" in html(una, "/comments/")
    una.post(page, {"do": "appeal", "words": "But it is about the ferry."})
    assert una.post(page, {"do": "appeal", "words": "Once more."}).status_code == 422
    queue = html(moderator, "/queue/?only=appeals")
    assert "But it is about the ferry." in queue
    assert "against your own decision" in queue
    assert "against your own decision" not in html(member("mia", "moderators"), "/queue/")
    una.post(page, {"do": "withdraw"})
    assert "When does it sail" not in html(una, "/comments/")
    assert "When does it sail" not in html(moderator, "/queue/log/")


def test_what_screening_rejects_is_told_at_once_with_the_way_to_a_moderator(edition: Edition) -> None:
    una = Client()
    text = " ".join(f"https://spam-{number}.example/" for number in range(9))
    answer = una.post("/stories/s1/comments/", {**FORM, "text": text})
    row = CommentRow.objects.get(key="form:form-1")
    assert answer.headers["Location"] == f"/comments/#comment-{row.pk}"
    assert "No moderator has seen it yet; appeal, and one does." in html(una, "/comments/")


def test_nobody_touches_anothers_comment(edition: Edition, reader: Client) -> None:
    row = written(Client())
    for client, code in ((Client(), 302), (reader, 403)):
        for do in ("edit", "withdraw", "appeal"):
            assert client.post(f"/comments/{row.pk}/", {"do": do, "seen": "1", "words": "Mine."}).status_code == code
    row.refresh_from_db()
    assert (row.text, row.withdrawn) == (FORM["text"], None)


def test_a_banned_member_is_told_until_when_and_why(edition: Edition, reader: Client, moderator: Client) -> None:
    author = written(reader).writer
    assert author is not None
    form = {"kind": "ban", "until": "2126-01-01", "reason": "Insults, again and again."}
    moderator.post(f"/queue/authors/{author.pk}/", form)
    answer = reader.post("/stories/s1/comments/", {**FORM, "key": "form-2"})
    assert answer.status_code == 422
    assert "until 1 January 2126, 23:59 UTC: Insults, again and again." in answer.content.decode()
    moderator.post(f"/queue/sanctions/{SanctionRow.objects.get().pk}/lift/")
    assert written(reader, key="form-3").state == "held"


# ------------------------------------------------------------------------------------------------ guests


def test_a_guest_who_signs_with_a_members_name_is_told_from_the_member(
    edition: Edition, reader: Client, moderator: Client
) -> None:
    edition.published.delete()
    for client, key, author in ((reader, "member", ""), (Client(), "guest", "reader")):
        row = written(client, key=key, author=author)
        moderator.post(f"/queue/{row.pk}/decide/", {"seen": "1", "verdict": "publish"})
    for page in ("/stories/s1/", "/embed/stories/s1/", "/queue/published/"):
        assert re.findall(r'<strong dir="auto">reader</strong>( <span>guest)?', html(moderator, page)).count("") == 1
        assert html(moderator, page).count("reader</strong> <span>guest</span>") == 1, page
    names = [line["authors"][0]["name"] for line in Client().get("/comments/feed.json").json()["items"]]
    assert sorted(names) == ["reader", "reader (guest)"]


@pytest.fixture
def by_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that asks guests for a mail address."""
    monkeypatch.setenv("STORYDESK_GUESTS", "mail")


def letter() -> str:
    """The address in the last letter."""
    found = re.search(r"http://testserver(/comments/link/\S+)", LetterRow.objects.latest("pk").text)
    assert found
    return found.group(1)


@pytest.mark.usefixtures("by_mail")
def test_a_guests_comment_waits_for_the_link_of_the_letter(edition: Edition, moderator: Client) -> None:
    una = Client()
    answer = una.post("/stories/s1/comments/", {**FORM, "mail": "Una@Example.org"})
    assert answer.headers["Location"] == "/stories/s1/thanks/"
    assert "letter" in html(una, "/stories/s1/thanks/")
    row = CommentRow.objects.get(key="form:form-1")
    assert (row.state, LetterRow.objects.get().to) == ("unconfirmed", "una@example.org")
    seen = [html(moderator, page) for page in ("/queue/", "/queue/log/", "/comments/", "/stories/s1/")]
    seen += [html(una, page) for page in ("/comments/", "/stories/s1/")]
    assert not any(FORM["text"] in page for page in seen)
    link, phone = letter(), Client()
    assert FORM["text"] in html(phone, link)
    row.refresh_from_db()
    assert row.state == "unconfirmed", "to open it changes nothing: programs open links too"
    phone.post(link, {"do": "confirm"})
    assert FORM["text"] in html(phone, "/comments/")
    assert FORM["text"] in html(moderator, "/queue/")
    assert AuthorRow.objects.get(mail="una@example.org").confirmed is not None
    assert Client().get(link).headers["Location"] == f"/comments/#comment-{row.pk}"


@pytest.mark.usefixtures("by_mail")
def test_a_guest_whose_address_was_used_deletes_it(edition: Edition) -> None:
    written(Client(), mail="una@example.org")
    Client().post(letter(), {"do": "withdraw"})
    assert Client().get(letter()).status_code == 404


@pytest.mark.usefixtures("by_mail")
def test_a_banned_address_is_told_by_its_link_alone(edition: Edition, moderator: Client) -> None:
    author = AuthorRow.objects.create(mail="una@example.org", since=NOON)
    SanctionRow.objects.create(author=author, kind="ban", since=NOON, who="mo", reason="Insults.")
    row = written(Client(), mail="una@example.org")
    answer = Client().post(letter(), {"do": "confirm"})
    assert (answer.status_code, "for good: Insults." in answer.content.decode()) == (422, True)
    row.refresh_from_db()
    assert row.state == "unconfirmed"


@pytest.mark.usefixtures("by_mail")
@pytest.mark.parametrize("address", ["", "nobody", "a b@example.org"])
def test_what_is_no_address_is_given_back(edition: Edition, address: str) -> None:
    answer = Client().post("/stories/s1/comments/", {**FORM, "mail": address})
    assert answer.status_code == 422
    assert not LetterRow.objects.exists()


@pytest.mark.usefixtures("by_mail")
def test_an_address_is_not_pestered(edition: Edition) -> None:
    for number in range(9):
        form = {**FORM, "key": f"k-{number}", "mail": "una@example.org"}
        Client(REMOTE_ADDR=f"203.0.113.{number}").post("/stories/s1/comments/", form)
    assert LetterRow.objects.count() == 5


@pytest.mark.parametrize("link", ["x", "MTI:1abc:xyz"])
def test_a_link_that_was_made_up_is_not_found(edition: Edition, link: str) -> None:
    assert Client().get(f"/comments/link/{link}/").status_code == 404


def test_a_desk_without_guests_asks_to_sign_in(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYDESK_GUESTS", "no")
    assert "to write a comment" in html(Client(), "/stories/s1/")
    assert Client().post("/stories/s1/comments/", FORM).status_code == 422


# ------------------------------------------------------------------------------------------------ moderators


def test_one_reason_decides_on_several_and_the_changed_one_is_named(edition: Edition, moderator: Client) -> None:
    other = comment(edition.story, "k9", "held", "More words")
    CommentRow.objects.filter(pk=other.pk).update(version=2)
    picks = [f"{edition.held.pk}:1", f"{other.pk}:1"]
    answer = moderator.post("/queue/bulk/", {"pick": picks, "verdict": "reject", "rule": "spam"}, follow=True)
    assert "1 of 2 are rejected." in answer.content.decode()
    assert f"Comment {other.pk} was left as it is" in answer.content.decode()
    edition.held.refresh_from_db()
    assert edition.held.rejection == "Spam or advertising"


@pytest.mark.parametrize(
    "form", [{}, {"verdict": "x"}, {"verdict": "publish", "pick": "7"}, {"verdict": "publish", "pick": "7:x"}]
)
def test_a_decision_on_several_that_is_none_is_not_found(
    edition: Edition, moderator: Client, form: dict[str, str]
) -> None:
    assert moderator.post("/queue/bulk/", form).status_code == 404


def test_a_decision_is_undone_from_the_queue(edition: Edition, moderator: Client) -> None:
    moderator.post(f"/queue/{edition.held.pk}/decide/", {"seen": "1", "verdict": "publish"})
    (undo,) = re.findall(r'action="(/queue/log/\d+/undo/)"', html(moderator, "/queue/"))
    moderator.post(undo, {"back": "/queue/"})
    edition.held.refresh_from_db()
    assert edition.held.state == "held"
    answer = moderator.post(undo, {"back": "/queue/"}, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert moderator.post("/queue/log/99/undo/").status_code == 404


def test_personal_data_goes_with_one_button(edition: Edition, moderator: Client) -> None:
    row = comment(edition.story, "k9", "held", "Write to una.berg@example.org about it.")
    assert "Take out personal data (1)" in html(moderator, "/queue/")
    moderator.post(f"/queue/{row.pk}/redact/", {"seen": "1", "found": "1"})
    moderator.post(f"/queue/{row.pk}/decide/", {"seen": "2", "verdict": "publish"})
    assert "Write to ▇▇▇ about it." in html(Client(), "/stories/s1/")
    assert moderator.post(f"/queue/{row.pk}/redact/", {"seen": "1", "found": "1"}).status_code == 409


def test_the_queue_shows_the_thread_the_history_and_the_reports(edition: Edition, moderator: Client) -> None:
    author = AuthorRow.objects.create(name="Una", since=NOON)
    CommentRow.objects.filter(pk=edition.held.pk).update(reply_to=edition.published, writer=author)
    comment(edition.story, "k8", "published", "Beside it").save()
    CommentRow.objects.filter(key="k8").update(reply_to=edition.published, writer=author)
    discussion.report(edition.published.pk, "visit:a", None, "false", "Not so.", NOON)
    shown = html(moderator, "/queue/")
    assert "1 more reply to" in shown
    assert "1 published, 0 rejected, 1 held" in shown
    assert "False, and harmful: “Not so.”" in shown
    assert f"/queue/{edition.held.pk}/" in html(moderator, f"/queue/?author={author.pk}&rule=abuse&story=s1")
    assert "HELD" not in html(moderator, "/queue/?only=reported")
    assert "HELD" not in html(moderator, "/queue/?story=none")


def test_the_page_of_a_comment_has_what_was_said_before(edition: Edition, moderator: Client) -> None:
    una = Client()
    row = written(una)
    una.post(f"/comments/{row.pk}/", {"do": "edit", "seen": "1", "words": "Other words."})
    shown = html(moderator, f"/queue/{row.pk}/")
    assert FORM["text"] in shown
    assert "screened" in shown
    assert moderator.get("/queue/9999/").status_code == 404


def test_a_reader_reports_and_the_queue_shows_it(edition: Edition, moderator: Client) -> None:
    ben, page = Client(), f"/comments/{edition.published.pk}/report/"
    assert "What is wrong with it?" in html(ben, page)
    assert ben.post(page, {"rule": ""}).status_code == 422
    assert ben.post(page, {"rule": "insult"}).headers["Location"] == "/stories/s1/#comments"
    ben.post(page, {"rule": "spam"})
    edition.published.refresh_from_db()
    assert edition.published.reported == 1
    assert "-WORDS for everyone" in html(moderator, "/queue/?only=reported")


def test_moderators_close_a_discussion(edition: Edition, moderator: Client, reader: Client) -> None:
    assert reader.post("/stories/s1/discussion/", {"discussion": "closed"}).status_code == 403
    assert moderator.post("/stories/s1/discussion/", {"discussion": "ajar"}).status_code == 404
    moderator.post("/stories/s1/discussion/", {"discussion": "closed"})
    shown = html(Client(), "/stories/s1/")
    assert "The discussion is closed" in shown
    assert "PUBLISHED-WORDS" in shown
    assert 'name="text"' not in shown
    assert Client().post("/stories/s1/comments/", FORM).status_code == 422
    moderator.post("/stories/s1/discussion/", {"discussion": "off"})
    assert "PUBLISHED-WORDS" not in html(Client(), "/stories/s1/")


MODERATION = (
    *("/queue/bulk/", "/queue/1/decide/", "/queue/1/redact/", "/queue/log/1/undo/", "/queue/authors/1/"),
    *("/queue/sanctions/1/lift/", "/stories/s1/discussion/"),
)


@pytest.mark.parametrize("page", MODERATION)
def test_what_moderators_do_nobody_else_does(edition: Edition, reader: Client, page: str) -> None:
    assert Client().post(page).headers["Location"].startswith("/sign-in/")
    assert reader.post(page).status_code == 403


@pytest.mark.parametrize("page", ["/queue/log.jsonl", "/queue/1/"])
def test_what_moderators_read_nobody_else_reads(edition: Edition, reader: Client, page: str) -> None:
    assert Client().get(page).headers["Location"].startswith("/sign-in/")
    assert reader.get(page).status_code == 403


def test_the_log_is_verified_and_given_away_without_readers(edition: Edition, moderator: Client) -> None:
    CommentRow.objects.all().delete()
    written(Client())
    assert "The log is whole" in html(moderator, "/queue/log/?verify=1")
    lines = html(moderator, "/queue/log.jsonl").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1]
    assert "Una" not in lines[0]
    LogRow.objects.update(content="{}")
    assert "not whole" in html(moderator, "/queue/log/?verify=1")


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/queue/", "/queue/\\evil", "/stories/s1/", ""]
)
def test_a_form_leads_back_to_moderation_alone(edition: Edition, moderator: Client, back: str) -> None:
    form = {"seen": "1", "verdict": "publish", "back": back}
    answer = moderator.post(f"/queue/{edition.held.pk}/decide/", form)
    assert answer.headers["Location"] == "/queue/#queue"


def test_one_network_sends_a_few_comments_a_minute(edition: Edition) -> None:
    codes = [
        Client()
        .post("/stories/s1/comments/", {**FORM, "key": f"k-{number}", "text": f"Remark {number} on it"})
        .status_code
        for number in range(9)
    ]
    assert codes == [302] * 6 + [429] * 3
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert elsewhere.post("/stories/s1/comments/", {**FORM, "key": "k-9"}).status_code == 302


def test_reports_are_taken_so_often_and_no_more(edition: Edition) -> None:
    for _ in range(11):
        answer = Client().post(f"/comments/{edition.published.pk}/report/", {"rule": "spam"})
    assert answer.status_code == 429


def test_a_desk_that_trusts_says_so(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "earned the desk" not in html(Client(), "/stories/s1/")
    monkeypatch.setenv("STORYDESK_TRUST_AFTER", "3")
    assert "earned the desk" in html(Client(), "/stories/s1/")
    assert "earned the desk" in html(Client(), "/about/")
