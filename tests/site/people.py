"""Somebody with an account, and the letters that the desk wrote to them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from storydesk.desk.models import AuthorRow, LetterRow
from tests.site.conftest import NOON

PASSWORD, OTHER = "a-long-password-1", "another-long-one-2"


def account(name: str = "una", mail: str = "una@example.org") -> User:
    """Somebody with an account and a confirmed address."""
    user = User.objects.create_user(name, password=PASSWORD)
    AuthorRow.objects.create(user=user, name=name, mail=mail, confirmed=NOON, since=NOON)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def letter(to: str) -> str:
    """The text of the newest letter to an address."""
    return LetterRow.objects.filter(to=to).latest("pk").text


def link(to: str) -> str:
    """The path of the link in it."""
    found = re.search(r"http://testserver(/\S+)", letter(to))
    assert found
    return found[1]


def registered(client: Client, mail: str = "una@example.org", name: str = "una") -> Any:
    """What the last step of registering answers."""
    client.post("/register/", {"mail": mail})
    return client.post(link(mail), {"name": name, "password": PASSWORD})
