"""Who belongs to the desk: listed, invited, given a role, kept out; an owner is always left."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from storydesk.desk.home import MailServer
from storydesk.desk.letters import folder
from storydesk.desk.members import has_owner, keep_member, role_of, set_role
from storydesk.desk.models import AuthorRow, LetterRow, SessionRow
from storydesk.errors import InputError, NotFound
from tests.desk.racing import race
from tests.site.people import PASSWORD, account, link, signed_in


def change(client: Client, user: User, **form: str) -> int:
    return client.post(f"/members/{user.pk}/", form).status_code


def test_an_owner_sees_who_belongs_to_the_desk(owner: Client, moderator: Client) -> None:
    account()
    html = owner.get("/members/").content.decode()
    for words in ("una", "una@example.org", "moderator", "never signed in", "No mail server is set"):
        assert words in html
    assert "una" not in owner.get("/members/?q=mod").content.decode()


def test_a_search_goes_on_over_its_pages(owner: Client) -> None:
    User.objects.bulk_create(User(username=f"reader-{number:02}") for number in range(60))
    html = owner.get("/members/?q=reader-").content.decode()
    assert "reader-00" in html
    assert 'rel="next" href="?q=reader-&amp;page=2"' in html
    assert "reader-59" in owner.get("/members/?q=reader-&page=2").content.decode()


def test_an_invitation_gives_the_role_once(owner: Client) -> None:
    assert owner.post("/members/invite/", {"mail": "Ben@example.org", "role": "editor"}).status_code == 302
    client = Client()
    assert client.post(link("ben@example.org"), {"name": "ben", "password": PASSWORD}).status_code == 302
    assert role_of(User.objects.get(username="ben")) == "editor"
    assert Client().post(link("ben@example.org"), {"name": "eve", "password": PASSWORD}).status_code == 410


def test_an_invitation_says_what_becomes_of_it(owner: Client, settings: Settings) -> None:
    form = {"mail": "ben@example.org", "role": "editor"}
    html = owner.post("/members/invite/", form, follow=True).content.decode()
    assert f"The invitation for ben@example.org is put into {folder()}." in html
    settings.MAIL = MailServer("mail.example.org", 587, "desk", "", "starttls", "desk@example.org")
    html = owner.post("/members/invite/", form, follow=True).content.decode()
    assert "The invitation for ben@example.org is on its way." in html
    text = LetterRow.objects.order_by("pk")[0].text
    assert "If you do not want it" in text
    assert "asked for this" not in text


def test_an_invitation_is_worth_as_much_as_the_owner_who_made_it(owner: Client) -> None:
    owner.post("/members/invite/", {"mail": "eve@example.org", "role": "owner"})
    keep_member("second", PASSWORD, "owner")
    set_role(User.objects.get(username="owner").pk, "reader")
    assert Client().post(link("eve@example.org"), {"name": "eve", "password": PASSWORD}).status_code == 410
    assert not User.objects.filter(username="eve").exists()


def test_the_role_in_a_link_cannot_be_changed(owner: Client, stranger: Client) -> None:
    owner.post("/members/invite/", {"mail": "eve@example.org", "role": "reader"})
    form = {"name": "eve", "password": PASSWORD, "role": "owner", "mail": "other@example.org"}
    stranger.post(link("eve@example.org"), form)
    assert role_of(User.objects.get(username="eve")) == "reader"
    assert AuthorRow.objects.get(name="eve").mail == "eve@example.org"


@pytest.mark.parametrize("form", [{"mail": "una@example.org", "role": "editor"}, {"mail": "no", "role": "editor"}])
def test_an_invitation_that_cannot_be_is_told(owner: Client, form: dict[str, str]) -> None:
    account()
    told = owner.post("/members/invite/", form)
    assert told.status_code == 422
    html = told.content.decode()
    assert f'value="{form["mail"]}"' in html, "what was typed stays"
    assert "<option selected>editor</option>" in html
    assert not LetterRow.objects.exists()


def test_a_role_is_changed_at_once(owner: Client) -> None:
    user = account()
    client = signed_in(user)
    assert client.get("/queue/").status_code == 403
    assert change(owner, user, do="role", role="moderator") == 302
    assert client.get("/queue/").status_code == 200
    assert change(owner, user, do="role", role="reader") == 302
    assert client.get("/queue/").status_code == 403


def test_whoever_is_kept_out_is_signed_out_at_once_and_may_come_back(owner: Client) -> None:
    user = account()
    client = signed_in(user)
    assert change(owner, user, do="deactivate") == 302
    assert not SessionRow.objects.filter(user=user).exists()
    assert client.get("/account/").status_code == 302
    form = {"username": "una", "password": PASSWORD}
    assert Client().post("/sign-in/", form).status_code == 200
    assert change(owner, user, do="activate") == 302
    assert Client().post("/sign-in/", form).status_code == 302


def test_whoever_is_kept_out_gets_no_new_password(owner: Client, stranger: Client) -> None:
    user = account()
    stranger.post("/password/", {"mail": "una@example.org"})
    path = link("una@example.org")
    change(owner, user, do="deactivate")
    assert stranger.post(path, {"password": PASSWORD}).status_code == 410


@pytest.mark.parametrize("form", [{"do": "deactivate"}, {"do": "role", "role": "editor"}])
def test_an_owner_is_always_left(owner: Client, form: dict[str, str]) -> None:
    only = User.objects.get(username="owner")
    assert change(owner, only, **form) == 422
    assert has_owner()
    keep_member("second", PASSWORD, "owner")
    assert change(owner, only, **form) == 302
    assert has_owner()


def test_of_two_owners_who_leave_at_once_one_stays(tmp_path: Path) -> None:
    code = """
from django.contrib.auth.models import User
from storydesk.desk.members import assign, has_owner, set_active
users = [User.objects.create_user(name) for name in ("one", "two")]
for user in users:
    assign(user, "owner")
said = together(*[lambda user=user: set_active(user.pk, active=False).username for user in users])
result = [sorted("InputError" in word for word in said), has_owner()]
"""
    assert race(tmp_path, code) == [[False, True], True]


@pytest.mark.parametrize("form", [{}, {"do": "role"}, {"do": "role", "role": "king"}, {"do": "x"}])
def test_a_change_that_is_none_is_not_found(owner: Client, form: dict[str, str]) -> None:
    assert change(owner, account(), **form) == 404


def test_a_member_who_is_not_there_is_not_found(owner: Client) -> None:
    assert owner.post("/members/99/", {"do": "activate"}).status_code == 404
    with pytest.raises(NotFound):
        set_role(99, "reader")


@pytest.mark.django_db
def test_a_member_is_kept_by_name_with_or_without_a_new_password() -> None:
    assert keep_member("ana", PASSWORD, "owner", "Ana@example.org")
    assert not keep_member("ana", "", "owner")
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert user.author.mail == "ana@example.org"  # type: ignore[attr-defined]
    with pytest.raises(InputError, match="needs an owner"):
        keep_member("ana", "", "reader")
    with pytest.raises(InputError, match="needs a password"):
        keep_member("ben", "", "reader")
    with pytest.raises(InputError, match="no @"):
        keep_member("ana@example.org", PASSWORD, "reader")
    with pytest.raises(InputError, match="somebody else"):
        keep_member("ben", PASSWORD, "reader", "ana@example.org")
    assert User.objects.count() == 1


def test_a_password_that_the_owner_of_the_machine_sets_ends_the_sessions(db: None) -> None:
    user = account()
    client = signed_in(user)
    keep_member("una", "another-long-one-2", "reader")
    assert client.get("/account/").status_code == 302


def test_a_reader_sees_nothing_of_it(reader: Client, moderator: Client, editor: Client) -> None:
    for client in (reader, moderator, editor):
        assert client.get("/members/").status_code == 403
        assert "/members/" not in client.get("/about/").content.decode()


def test_who_makes_an_account_is_a_commenter_and_who_is_invited_may_be_a_reader(owner: Client) -> None:
    user = account()
    assert role_of(user) == "commenter"
    assert "Feeds" not in signed_in(user).get("/sources/").content.decode()
    assert change(owner, user, do="role", role="reader") == 302
    assert role_of(User.objects.get(pk=user.pk)) == "reader"
