"""Signing in and staying signed in: as often as a guesser must not, until the password is another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from storydesk.desk.models import AuthorRow, SessionRow
from tests.site.conftest import NOON
from tests.site.people import OTHER, PASSWORD, account, letter, link, signed_in

pytestmark = pytest.mark.usefixtures("still")


# ------------------------------------------------------------------------------------------------- signing in


@pytest.mark.parametrize("name", ["una", "una@example.org", "UNA@example.org"])
def test_one_signs_in_by_name_or_address(db: None, stranger: Client, name: str) -> None:
    account()
    assert stranger.post("/sign-in/", {"username": name, "password": PASSWORD}).status_code == 302
    assert stranger.get("/account/").status_code == 200


def test_an_address_that_is_not_confirmed_signs_nobody_in(db: None, stranger: Client) -> None:
    user = User.objects.create_user("una", password=PASSWORD)
    AuthorRow.objects.create(user=user, name="una", mail="una@example.org", since=NOON)
    assert stranger.post("/sign-in/", {"username": "una@example.org", "password": PASSWORD}).status_code == 200


def enter(client: Client, password: str, address: str = "127.0.0.1", name: str = "una") -> int:
    return client.post("/sign-in/", {"username": name, "password": password}, REMOTE_ADDR=address).status_code


def test_tries_on_one_account_are_limited_whatever_the_address(db: None) -> None:
    account()
    tried = [enter(Client(), OTHER, f"198.51.100.{number}") for number in range(20)]
    assert tried == [200] * 5 + [429] * 15
    assert enter(Client(), PASSWORD, "198.51.100.99") == 429


def test_an_unknown_name_is_limited_alike(db: None) -> None:
    assert [enter(Client(), OTHER, f"198.51.100.{n}", "nobody") for n in range(7)] == [200] * 5 + [429] * 2


def test_tries_from_one_address_are_limited_whatever_the_account(db: None) -> None:
    tried = [enter(Client(), OTHER, name=f"name{number}") for number in range(25)]
    assert tried == [200] * 20 + [429] * 5


def test_nobody_is_kept_out_by_those_who_guess(db: None) -> None:
    """Her own browser, which signed in before, has tries of its own; and a letter always brings a new password."""
    account()
    own = Client()
    assert enter(own, PASSWORD) == 302
    own.post("/sign-out/")
    for number in range(60):
        enter(Client(), OTHER, f"198.51.100.{number}")
    assert enter(Client(), PASSWORD, "203.0.113.1") == 429
    assert enter(own, PASSWORD) == 302
    other = Client()
    other.post("/password/", {"mail": "una@example.org"})
    assert other.post(link("una@example.org"), {"password": OTHER}).headers["Location"] == "/account/"


def test_the_cookie_of_a_browser_is_for_one_account_and_ends_with_the_password(db: None) -> None:
    user = account()
    account("ben", "ben@example.org")
    own = Client()
    enter(own, PASSWORD)
    own.post("/sign-out/")
    for name in ("una", "ben"):
        for number in range(6):
            enter(Client(), OTHER, f"198.51.100.{number}", name)
    assert enter(own, PASSWORD, "203.0.113.1", "ben") == 429
    user.set_password(OTHER)
    user.save()
    assert enter(own, OTHER, "203.0.113.1") == 429


def test_waits_end_by_themselves(db: None) -> None:
    from storydesk.desk.people.entering import wait_to_enter

    waits = [wait_to_enter("una", f"198.51.100.{number}", "", NOON) for number in range(200)]
    assert 0 < max(waits) <= 86400 / 50
    assert wait_to_enter("una", "203.0.113.1", "", NOON + timedelta(seconds=max(waits))) == 0


# --------------------------------------------------------------------------------------------- sessions, passwords


def test_a_new_password_ends_every_other_session(db: None) -> None:
    user = account()
    here, there = signed_in(user), signed_in(user)
    assert here.post("/account/password/", {"old": PASSWORD, "new": OTHER}).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert SessionRow.objects.filter(user=user).count() == 1
    assert "was changed" in letter("una@example.org")


def test_the_old_password_is_asked_for(db: None) -> None:
    client = signed_in(account())
    answer = client.post("/account/password/", {"old": OTHER, "new": "yet-another-one-3"})
    assert answer.status_code == 422
    assert "The password is wrong." in answer.content.decode()


def test_a_forgotten_password_is_replaced_once(db: None, stranger: Client) -> None:
    there = signed_in(account())
    stranger.post("/password/", {"mail": "una@example.org"})
    path = link("una@example.org")
    assert stranger.get(path).status_code == 200
    stranger.post(path, {"password": OTHER})
    assert there.get("/account/").status_code == 302
    assert stranger.get("/account/").status_code == 200
    assert Client().post(path, {"password": PASSWORD}).status_code == 410
    assert User.objects.get().check_password(OTHER)


def test_a_new_password_ends_the_links_sent_before(db: None, stranger: Client) -> None:
    user = account()
    stranger.post("/password/", {"mail": "una@example.org"})
    path = link("una@example.org")
    signed_in(user).post("/account/password/", {"old": PASSWORD, "new": OTHER})
    assert stranger.get(path).status_code == 200  # that it is over shows when it is used
    assert stranger.post(path, {"password": PASSWORD}).status_code == 410


def test_signing_out_everywhere(db: None) -> None:
    user = account()
    here, there = signed_in(user), signed_in(user)
    assert here.post("/account/sign-out-everywhere/").headers["Location"] == "/sign-in/"
    assert (here.get("/account/").status_code, there.get("/account/").status_code) == (302, 302)


def test_no_more_passwords_are_hashed_at_once_than_a_small_machine_can_hold(db: None, settings: Settings) -> None:
    """With all turns and all places to wait taken, signing in, registering, resetting and the hash for a name that
    nobody has are told to come again, and nothing is hashed."""
    from contextlib import ExitStack

    from storydesk.desk.people import passwords

    user = account()
    Client().post("/register/", {"mail": "ben@example.org"})
    Client().post("/password/", {"mail": "una@example.org"})
    client = signed_in(user)
    settings.PASSWORD_HASHERS = ["storydesk.desk.people.passwords.InTurn"]
    user.set_password(PASSWORD)
    with ExitStack() as held:
        for _ in range(passwords.AT_ONCE + passwords.WAITING):
            held.enter_context(passwords._room)
        answers = [
            Client().post("/sign-in/", {"username": "una", "password": PASSWORD}),
            Client().post("/sign-in/", {"username": "nobody", "password": PASSWORD}),
            Client().post(link("ben@example.org"), {"name": "ben", "password": PASSWORD}),
            Client().post(link("una@example.org"), {"password": OTHER}),
            client.post("/account/password/", {"old": PASSWORD, "new": OTHER}),
        ]
    assert [(answer.status_code, answer.headers.get("Retry-After")) for answer in answers] == [(503, "5")] * 5
