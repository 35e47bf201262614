"""Accounts: made and changed. What a page answers never tells whether an address or a name is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from storydesk.desk.models import AuthorRow, CommentRow, LetterRow
from storydesk.desk.people import links
from tests.site.conftest import NOON, Edition
from tests.site.people import OTHER, PASSWORD, account, letter, link, registered, signed_in

pytestmark = pytest.mark.usefixtures("still")


class Counting(MD5PasswordHasher):
    """Counts what is hashed, in place of a clock."""

    hashed = 0

    def encode(self, password: str, salt: str, *rest: Any) -> str:
        type(self).hashed += 1
        return super().encode(password, salt, *rest)


@pytest.fixture
def hashes(settings: Settings) -> Iterator[type[Counting]]:
    settings.PASSWORD_HASHERS = ["tests.site.test_accounts.Counting"]
    Counting.hashed = 0
    return Counting


# ------------------------------------------------------------------------------------------------- registering


def test_a_letter_leads_to_an_account(edition: Edition, stranger: Client) -> None:
    assert "on its way" in stranger.post("/register/", {"mail": "Una@Example.org "}).content.decode()
    assert "una@example.org" in stranger.get(link("una@example.org")).content.decode()
    assert registered(stranger).headers["Location"] == "/"
    row = AuthorRow.objects.get()
    assert (row.mail, row.name, row.user.username, row.confirmed is not None) == ("una@example.org", "una", "una", True)
    assert "una" in stranger.get("/account/").content.decode()


def test_who_registers_is_promised_what_a_commenter_may(db: None, stranger: Client) -> None:
    asks = stranger.get("/register/").content.decode()
    assert "comment under a name of your own" in asks
    assert "whole texts" not in asks
    assert "Whom the desk invites reads whole texts" in stranger.get("/sign-in/").content.decode()


def test_nothing_is_kept_of_an_address_before_it_is_confirmed(db: None, stranger: Client) -> None:
    stranger.post("/register/", {"mail": "una@example.org"})
    assert (User.objects.count(), AuthorRow.objects.count()) == (0, 0)


def test_a_link_works_once(db: None, stranger: Client) -> None:
    registered(stranger)
    again = Client().post(link("una@example.org"), {"name": "eve", "password": PASSWORD})
    assert again.status_code == 410
    assert User.objects.count() == 1


def test_of_two_links_for_one_address_the_second_is_over(db: None, stranger: Client) -> None:
    stranger.post("/register/", {"mail": "una@example.org"})
    first = link("una@example.org")
    registered(stranger)
    assert Client().post(first, {"name": "eve", "password": PASSWORD}).status_code == 410


def test_a_link_that_was_changed_or_is_for_something_else_is_over(db: None, stranger: Client) -> None:
    stranger.post("/register/", {"mail": "una@example.org"})
    path = link("una@example.org")
    for wrong in (path[:-2] + "/", path.replace("/register/", "/password/"), path.replace("register", "invited")):
        assert stranger.get(wrong).status_code == 410


@pytest.mark.parametrize("purpose", sorted(links.HOURS))
def test_a_link_expires(db: None, purpose: links.Purpose) -> None:
    made = links.make(purpose, {"mail": "una@example.org"}, NOON)
    end = NOON + timedelta(hours=links.HOURS[purpose])
    assert links.read(purpose, made, end)["mail"] == "una@example.org"
    with pytest.raises(links.BadLink):
        links.read(purpose, made, end + timedelta(seconds=1))


def test_the_owner_of_an_address_is_not_waited_for_by_a_stranger(db: None, stranger: Client) -> None:
    """Pre-hijacking: whoever asks first has no password and no session in the account that its owner makes."""
    stranger.post("/register/", {"mail": "una@example.org", "name": "eve", "password": OTHER})
    registered(Client())
    assert User.objects.get().check_password(PASSWORD)
    assert stranger.get("/account/").status_code == 302


def test_what_a_stranger_wrote_under_an_address_is_not_its_owners(edition: Edition, stranger: Client) -> None:
    guest = AuthorRow.objects.create(name="Eve", mail="una@example.org", since=NOON)
    CommentRow.objects.filter(pk=edition.held.pk).update(writer=guest)
    registered(stranger)
    edition.held.refresh_from_db()
    assert edition.held.writer is None


def test_what_was_written_with_a_confirmed_address_is(edition: Edition, stranger: Client) -> None:
    guest = AuthorRow.objects.create(name="Una", mail="una@example.org", since=NOON, confirmed=NOON)
    CommentRow.objects.filter(pk=edition.held.pk).update(writer=guest)
    registered(stranger)
    edition.held.refresh_from_db()
    assert edition.held.writer is not None
    assert edition.held.writer.user == User.objects.get()


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("una", PASSWORD),
        ("UNA", PASSWORD),
        ("u", PASSWORD),
        ("u@x.example", PASSWORD),
        ("a b", PASSWORD),
        ("ben", "short"),
        ("ben", "1234567890"),
        ("ben", "x" * 1001),
    ],
)
def test_a_name_or_password_that_will_not_do_is_told(db: None, stranger: Client, name: str, password: str) -> None:
    account(mail="first@example.org")
    stranger.post("/register/", {"mail": "ben@example.org"})
    answer = stranger.post(link("ben@example.org"), {"name": name, "password": password})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "mail",
    [
        "",
        "una",
        "una@",
        "una@example.org\nBcc: eve@example.org",
        "ünä@example.org",
        '"a,b"@example.org',
        "una@example.org, eve@example.org",
        "una@exämple.org",
        "Una <una@example.org>",
    ],
)
def test_what_is_no_address_gets_no_letter(db: None, stranger: Client, mail: str) -> None:
    for page in ("/register/", "/password/", "/my-data/"):
        assert stranger.post(page, {"mail": mail}).status_code == 422
    assert not LetterRow.objects.exists()


def test_registration_can_be_closed_and_invitations_still_work(settings: Settings, owner: Client) -> None:
    settings.REGISTRATION = False
    assert Client().get("/register/").status_code == 403
    assert Client().post("/register/", {"mail": "una@example.org"}).status_code == 403
    owner.post("/members/invite/", {"mail": "una@example.org", "role": "moderator"})
    client = Client()
    answer = client.post(link("una@example.org"), {"name": "una", "password": PASSWORD})
    assert answer.headers["Location"] == "/queue/"
    assert client.get("/queue/").status_code == 200


# ------------------------------------------------------------------------------------------- no enumeration


def words(answer: Any) -> tuple[int, str]:
    """What a visitor can tell of an answer: status and page, without the token of the form."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, text


@pytest.mark.parametrize("page", ["/register/", "/password/", "/my-data/"])
def test_a_known_and_an_unknown_address_are_answered_alike(
    db: None, stranger: Client, hashes: type[Counting], page: str
) -> None:
    account()
    Counting.hashed = 0
    known = words(stranger.post(page, {"mail": "una@example.org"}))
    after_known = Counting.hashed
    unknown = words(stranger.post(page, {"mail": "ben@example.org"}))
    assert known == unknown
    assert (after_known, Counting.hashed) == (0, 0)
    assert LetterRow.objects.count() == 2  # the letters say what the pages do not
    assert letter("una@example.org") != letter("ben@example.org")


def test_a_wrong_password_an_unknown_name_and_a_closed_account_are_refused_alike(
    db: None, hashes: type[Counting]
) -> None:
    account()
    closed = account("ben", "ben@example.org")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    tries = {"una": OTHER, "una@example.org": OTHER, "nobody": OTHER, "nobody@example.org": OTHER, "ben": PASSWORD}
    answers, counts = set(), []
    for name, password in tries.items():
        Counting.hashed = 0
        status, text = words(Client().post("/sign-in/", {"username": name, "password": password}))
        answers.add((status, text.replace(name, "NAME")))
        counts.append(Counting.hashed)
    assert len(answers) == 1
    assert counts == [1] * len(tries)


def test_an_address_that_is_known_is_told_so_by_letter(db: None, stranger: Client) -> None:
    account()
    stranger.post("/register/", {"mail": "una@example.org"})
    assert "has one already" in letter("una@example.org")
    stranger.post("/password/", {"mail": "ben@example.org"})
    assert "no account" in letter("ben@example.org")


def test_an_address_gets_three_letters_an_hour_and_the_page_says_no_more(db: None) -> None:
    said = {words(Client().post("/password/", {"mail": "una@example.org"})) for _ in range(6)}
    assert len(said) == 1
    assert LetterRow.objects.count() == 3


def test_a_network_that_asks_for_many_letters_is_told_to_wait(db: None, stranger: Client) -> None:
    answers = [stranger.post("/password/", {"mail": f"a{number}@example.org"}) for number in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert LetterRow.objects.count() == 10


# ------------------------------------------------------------------------------------------------- mail address


def test_a_new_address_is_confirmed_there_and_told_to_the_old_one(db: None) -> None:
    client = signed_in(account())
    client.post("/account/mail/", {"mail": "new@example.org", "password": PASSWORD})
    assert AuthorRow.objects.get().mail == "una@example.org"
    path = link("new@example.org")
    assert "new@example.org" in Client().get(path).content.decode()
    assert AuthorRow.objects.get().mail == "una@example.org"  # a program that opens links changes nothing
    Client().post(path)
    assert AuthorRow.objects.get().mail == "new@example.org"
    assert "another mail address" in letter("una@example.org")
    assert "new@example.org" not in letter("una@example.org")
    assert Client().post(path).status_code == 410


def test_an_address_that_another_account_has_is_not_told_apart(db: None) -> None:
    client = signed_in(account())
    account("ben", "ben@example.org")
    said = {
        words(client.post("/account/mail/", {"mail": mail, "password": PASSWORD}))
        for mail in ("ben@example.org", "free@example.org")
    }
    assert len(said) == 1
    assert "has one already" in letter("ben@example.org")


def test_a_new_address_asks_for_the_password(db: None) -> None:
    client = signed_in(account())
    answer = client.post("/account/mail/", {"mail": "new@example.org", "password": OTHER})
    assert answer.status_code == 422
    assert not LetterRow.objects.exists()


def test_a_guest_who_becomes_one_with_an_account_brings_comments_and_bans(edition: Edition) -> None:
    from storydesk.desk.models import SanctionRow

    user = account()
    guest = AuthorRow.objects.create(name="Una", mail="guest@example.org", since=NOON, confirmed=NOON)
    CommentRow.objects.filter(pk=edition.held.pk).update(writer=guest)
    SanctionRow.objects.create(author=guest, kind="mute", since=NOON, who="mo")
    client = signed_in(user)
    client.post("/account/mail/", {"mail": "guest@example.org", "password": PASSWORD})
    client.post(link("guest@example.org"))
    row = AuthorRow.objects.get()
    assert (row.user, row.mail, row.comments.count(), row.sanctions.count()) == (user, "guest@example.org", 1, 1)


# ------------------------------------------------------------------------------------------------- all pages


@pytest.mark.parametrize(
    "page", ["/sign-in/", "/register/", "/password/", "/my-data/", "/account/", "/account/erase/", "/account/data.json"]
)
def test_pages_about_a_person_stay_in_no_cache(db: None, page: str) -> None:
    client = signed_in(account()) if page.startswith("/account") else Client()
    kept = client.get(page).headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_links_lead_to_the_address_that_the_settings_name(db: None, settings: Settings, stranger: Client) -> None:
    settings.SITE_ADDRESS = "https://news.example.org/"
    stranger.post("/register/", {"mail": "una@example.org"})
    assert "https://news.example.org/register/" in letter("una@example.org")


def test_links_never_lead_to_a_name_that_a_stranger_chose(db: None, stranger: Client) -> None:
    assert stranger.post("/register/", {"mail": "una@example.org"}, HTTP_HOST="evil.example").status_code == 400
    assert not LetterRow.objects.exists()


def test_the_letters_clock_is_the_links(db: None, stranger: Client) -> None:
    stranger.post("/register/", {"mail": "una@example.org"})
    made = link("una@example.org").split("/")[2]
    with pytest.raises(links.BadLink):
        links.read("register", made, timezone.now() + timedelta(hours=25))
