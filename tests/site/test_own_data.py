"""All that is kept of somebody is theirs to take away, and to have erased so that no trace of them is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from storydesk.desk.models import AuthorRow, CommentRow, LetterRow, SanctionRow, SessionRow
from tests.site.conftest import NOON, Edition, comment, member
from tests.site.people import OTHER, PASSWORD, account, link, signed_in
from tests.site.test_comments import EVERYWHERE

NAME, MAIL = "Zebedee", "zebedee@quay.example"
TRACES = (NAME.lower(), "quay.example")


def writes(edition: Edition, author: AuthorRow) -> dict[str, CommentRow]:
    """An author with a comment in each state, one of them answered by somebody else."""
    rows = {}
    for state in ("held", "published", "rejected"):
        row = comment(edition.story, f"of-{state}", state, f"{state} words of the author")
        row.author, row.writer, row.rejection = NAME, author, "off the topic" if state == "rejected" else ""
        row.save()
        rows[state] = row
    answer = comment(edition.story, "answer", "published", "ANSWER-WORDS of somebody else")
    answer.reply_to = rows["published"]
    answer.save()
    SanctionRow.objects.create(author=author, kind="mute", since=NOON, who="mo", reason=f"{NAME} insults")
    return rows


def author_with_account(edition: Edition) -> tuple[User, Client]:
    user = account(NAME, MAIL)
    writes(edition, user.author)  # type: ignore[attr-defined]
    return user, signed_in(user)


def kept() -> str:
    """Every value of every row of every table."""
    rows = (row for table in apps.get_models() for row in table._default_manager.values())
    return json.dumps([*rows], default=str).lower()


# ------------------------------------------------------------------------------------------------- taking away


def test_a_member_takes_everything_away(edition: Edition) -> None:
    _, client = author_with_account(edition)
    answer = client.get("/account/data.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    record = answer.json()
    assert record["author"]["mail"] == MAIL
    assert record["account"]["role"] == "commenter"
    assert len(record["account"]["sessions_until"]) == 1
    assert {row["state"] for row in record["comments"]} == {"held", "published", "rejected"}
    for row in record["comments"]:
        assert row["text"] == f"{row['state']} words of the author"
        assert row["at"] == NOON.isoformat()
        assert row["headline"] == "Ferry aground off Tromsø"
    assert [row["rejection"] for row in record["comments"] if row["state"] == "rejected"] == ["off the topic"]
    assert record["sanctions"][0]["kind"] == "mute"


def test_it_has_nothing_of_anybody_else(edition: Edition) -> None:
    _, client = author_with_account(edition)
    text = client.get("/account/data.json").content.decode()
    for other in ("ANSWER-WORDS", "HELD-WORDS", "Author k1", '"mo"'):
        assert other not in text


def test_a_guest_takes_it_away_by_a_link(edition: Edition, stranger: Client) -> None:
    writes(edition, AuthorRow.objects.create(name=NAME, mail=MAIL, since=NOON))
    stranger.post("/my-data/", {"mail": MAIL})
    path = link(MAIL)
    assert stranger.get(path).status_code == 200
    for _ in range(2):
        assert len(stranger.post(path, {"do": "export"}).json()["comments"]) == 3


# ------------------------------------------------------------------------------------------------- erasing


@pytest.mark.parametrize("comments", ["keep", "go"])
@pytest.mark.parametrize("way", ["password", "link"])
def test_whoever_is_erased_is_nowhere(edition: Edition, stranger: Client, comments: str, way: str) -> None:
    user, client = author_with_account(edition)
    for page in ("/register/", "/password/", "/my-data/"):
        stranger.post(page, {"mail": MAIL})
    assert TRACES[0] in kept()
    if way == "password":
        client.post("/account/erase/", {"password": PASSWORD, "comments": comments})
    else:
        Client().post(link(MAIL), {"do": "erase", "comments": comments})
    for trace in (*TRACES, "zebedee insults"):
        assert trace not in kept()
    assert not User.objects.filter(pk=user.pk).exists()
    assert not SessionRow.objects.filter(user=user.pk).exists()
    assert client.get("/account/").status_code == 302
    viewers = (stranger, member("mod", "moderators", "editors"))
    for page in (*EVERYWHERE, "/queue/", "/queue/published/", "/queue/rejected/", "/queue/log/", "/corrections/"):
        for viewer in viewers:
            answer = viewer.get(page)
            assert not [trace for trace in TRACES if trace in answer.content.decode().lower()], page


def test_comments_stay_without_a_name_or_go(edition: Edition, stranger: Client) -> None:
    _, client = author_with_account(edition)
    client.post("/account/erase/", {"password": PASSWORD, "comments": "keep"})
    html = stranger.get("/stories/s1/").content.decode()
    assert "published words of the author" in html
    assert "A reader" in html
    assert "held words of the author" not in html


def test_of_comments_that_go_no_word_is_left_and_what_answered_them_stays(edition: Edition, stranger: Client) -> None:
    _, client = author_with_account(edition)
    client.post("/account/erase/", {"password": PASSWORD, "comments": "go"})
    assert "words of the author" not in kept()
    html = stranger.get("/stories/s1/").content.decode()
    assert "ANSWER-WORDS" in html
    assert "Deleted by its author." in html


def test_the_row_stays_without_name_address_and_account(edition: Edition) -> None:
    user, client = author_with_account(edition)
    key = user.author.pk  # type: ignore[attr-defined]
    client.post("/account/erase/", {"password": PASSWORD})
    row = AuthorRow.objects.get(pk=key)
    assert (row.name, row.mail, row.user, row.confirmed) == ("", None, None, None)
    assert row.erased is not None


def test_what_a_member_decided_is_told_without_their_name(edition: Edition, moderator: Client) -> None:
    user = account(NAME, MAIL)
    from storydesk.desk.members import set_role

    set_role(user.pk, "moderator")
    client = signed_in(user)
    client.post(f"/queue/{edition.held.pk}/decide/", {"seen": "1", "verdict": "publish"})
    assert NAME in moderator.get("/queue/log/").content.decode()
    client.post("/account/erase/", {"password": PASSWORD})
    log = moderator.get("/queue/log/").content.decode()
    assert NAME not in log
    assert "a former member" in log


def test_the_password_is_asked_for(edition: Edition) -> None:
    user, client = author_with_account(edition)
    answer = client.post("/account/erase/", {"password": OTHER, "comments": "go"})
    assert answer.status_code == 422
    assert User.objects.filter(pk=user.pk).exists()


def test_opening_the_link_erases_nothing_and_using_it_works_once(edition: Edition, stranger: Client) -> None:
    writes(edition, AuthorRow.objects.create(name=NAME, mail=MAIL, since=NOON, confirmed=NOON))
    stranger.post("/my-data/", {"mail": MAIL})
    path = link(MAIL)
    stranger.get(path)
    assert AuthorRow.objects.get().name == NAME
    assert stranger.post(path, {"do": "erase"}).status_code == 302
    assert stranger.post(path, {"do": "erase"}).status_code == 410
    assert not LetterRow.objects.exists()


def test_the_only_owner_stays(owner: Client) -> None:
    User.objects.get().set_password(PASSWORD)
    answer = owner.post("/account/erase/", {"password": "a-long-password-1"})
    assert answer.status_code == 422
    assert "needs an owner" in answer.content.decode()
    assert User.objects.filter(username="owner").exists()


def test_whoever_was_erased_may_come_again(edition: Edition, stranger: Client) -> None:
    _, client = author_with_account(edition)
    client.post("/account/erase/", {"password": PASSWORD})
    stranger.post("/register/", {"mail": MAIL})
    assert stranger.post(link(MAIL), {"name": NAME, "password": PASSWORD}).status_code == 302


def test_every_page_must_be_asked_for_anew(edition: Edition, stranger: Client, reader: Client) -> None:
    """No cache may show what was taken back, nor one visitor's page to another."""
    for page in EVERYWHERE:
        for viewer in (stranger, reader):
            answer = viewer.get(page)
            said = answer.headers["Cache-Control"]
            assert "no-cache" in said or "no-store" in said, page
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "Cookie" in answer.headers["Vary"], page


LIFE = """
import os, re, sys
from storydesk.desk.opening import open_desk
open_desk()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
from django.utils import timezone
from storydesk.desk import letters
from storydesk.desk.home import home
from storydesk.desk.models import AuthorRow, CommentRow, StoryRow
name, mail, comments = sys.argv[1:]

def link():
    letters.deliver(timezone.now())
    newest = max((home() / "letters").iterdir(), key=lambda file: int(file.stem.rpartition("-")[2]))
    return re.search(r"http://testserver(\\S+)", newest.read_text())[1]

client = Client()
client.post("/register/", {"mail": mail})
client.post(link(), {"name": name, "password": "a-long-password-1"})
author = AuthorRow.objects.get()
story = StoryRow.objects.create(pk="s1", headline="Ferry")
for number in range(200):
    row = CommentRow.objects.create(key=str(number), story=story, author=name, writer=author, at=timezone.now(),
                                    text=f"I, {name}, ask again. " * (number % 60))
    row.text += mail
    row.save()
for row in CommentRow.objects.all():
    row.text = row.text[: row.pk % 70]
    row.save()
client.post("/account/password/", {"old": "a-long-password-1", "new": "a-long-password-2"})
client.post("/sign-out/")
client.post("/sign-in/", {"username": mail, "password": "a-long-password-2"})
letters.deliver(timezone.now())
print(sum(mail.encode() in file.read_bytes() for file in home().rglob("*") if file.is_file()))
answer = client.post("/account/erase/", {"password": "a-long-password-2", "comments": comments})
assert answer.status_code == 302, answer.content
from datetime import timedelta
from storydesk.desk.people.erasure import scrub
soon = timezone.now() + timedelta(minutes=2)
assert not scrub(timezone.now())
assert scrub(soon)
assert not scrub(soon + timedelta(minutes=2))
sys.stdout.flush()
os._exit(0)  # as at a kill: nothing is put in order on the way out
"""


def test_no_byte_of_them_is_left_in_the_files_of_the_desk(tmp_path: Path) -> None:
    """The free places of the database and its write-ahead log included, once housekeeping was there. Comments go: what
    somebody wrote into the words of comments that stay is theirs to change before."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("STORYDESK_", "DJANGO_"))}
    run = subprocess.run(
        [sys.executable, "-c", LIFE, NAME, MAIL, "go"],
        env=environment | {"STORYDESK_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) >= 2  # the database or its log, and letters: there was something to find
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        data = file.read_bytes().lower()
        for trace in TRACES:
            assert trace.encode() not in data, file


def test_every_reference_to_an_author_is_known_here() -> None:
    """A new table that refers to an author must be told of in the record, and be thought of in the erasure."""
    known: set[tuple[str, str]] = {("comment", "writer"), ("report", "author"), ("sanction", "author")}
    found: set[Any] = {
        (str(relation.related_model._meta.db_table), relation.field.name)
        for relation in AuthorRow._meta.related_objects
    }
    assert found == known
