"""Signing in: by name or mail address, as often as a guesser must not and a forgetful person may."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from storydesk.desk.limits import Rate, take_each
from storydesk.desk.models import AuthorRow
from storydesk.desk.people.links import state

__all__ = ["ByNameOrMail", "known_device", "wait_to_enter"]

TO_AN_ACCOUNT: Final[tuple[Rate, ...]] = ((5, 60), (15, 3600), (50, 86400))
"""Tries on one name from all browsers that never signed in under it, and from each one that did."""

FROM_A_NETWORK: Final[tuple[Rate, ...]] = ((20, 60), (200, 3600))
"""Tries from one network, on any names. An office may share one address."""

_signer = Signer(salt="storydesk.device")


class ByNameOrMail(ModelBackend):
    """Django's check of a password, for a name or for a confirmed mail address. Names hold no @."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user, or None after as many hashes as for one who is there."""
        return super().authenticate(request, username=_name(username or ""), password=password or "")


def _name(given: str) -> str:
    if "@" not in given:
        return given
    rows = AuthorRow.objects.filter(mail=given.strip().lower(), user__isnull=False, confirmed__isnull=False)
    found = rows.values_list("user__username", flat=True).first()
    return str(found) if found else given


def wait_to_enter(name: str, network: str, device: str, at: datetime) -> float:
    """Takes one try to sign in: 0, or the seconds until there is another.

    ``device`` is the cookie of a browser that signed in under this name before. Tries from it are counted apart, so
    that whoever guesses from elsewhere keeps nobody out of their own account (OWASP, device cookies).
    """
    name = name.strip().lower()
    known = _device(device, name)
    whose = f"sign-in device {known}" if known else f"sign-in account {name}"
    return take_each(f"sign-in network {network}", FROM_A_NETWORK, at) or take_each(whose, TO_AN_ACCOUNT, at)


def known_device(user: User) -> str:
    """The cookie for a browser on which this user has signed in. With a new password it means nothing any more."""
    return _signer.sign_object({"user": user.pk, "state": state(user), "once": secrets.token_hex(8)})


def _device(cookie: str, given: str) -> str:
    """What a browser is counted by, where it has signed in under this name; else nothing."""
    try:
        said = _signer.unsign_object(cookie)
    except (BadSignature, ValueError):
        return ""
    user = User.objects.filter(pk=said["user"]).first()
    if user is None or said["state"] != state(user) or _name(given).lower() != user.username.lower():
        return ""
    return str(said["once"])
