"""Links in letters: signed with the desk's secret, good for one purpose, for a while, and once.

A link says all by itself, so that nothing is kept of one that nobody opens. That it was used is kept as a limit of one
in its lifetime (``storydesk.desk.limits``), taken in the transaction that does what the link is for.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final, Literal

from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from storydesk.desk.limits import take
from storydesk.errors import NotFound

__all__ = ["HOURS", "BadLink", "Purpose", "make", "read", "state", "use"]

Purpose = Literal["register", "invite", "password", "mail", "data"]

HOURS: Final[dict[Purpose, int]] = {"register": 24, "invite": 7 * 24, "password": 1, "mail": 24, "data": 1}
"""How long a link is good for."""


class BadLink(NotFound):
    """A link that was changed, was used, is too old, or no longer fits what it is about."""

    def __init__(self) -> None:
        super().__init__("this link cannot be used: it is too old, was used before, or is not whole")


def make(purpose: Purpose, about: dict[str, Any], at: datetime) -> str:
    """The last part of a link's address. ``about`` can be read by whoever has the link."""
    until = int(at.timestamp()) + HOURS[purpose] * 3600
    return _signer(purpose).sign_object({**about, "until": until, "once": secrets.token_hex(8)})


def read(purpose: Purpose, link: str, at: datetime) -> dict[str, Any]:
    """What a link is about; it can still be used afterwards, so that a page can be shown first: programs that read
    letters open the links in them. Raises BadLink."""
    try:
        about: dict[str, Any] = _signer(purpose).unsign_object(link)
    except (BadSignature, ValueError):
        raise BadLink from None
    if at.timestamp() > about["until"]:
        raise BadLink
    return about


def use(purpose: Purpose, link: str, at: datetime) -> dict[str, Any]:
    """What a link is about, this one time. Raises BadLink the second time."""
    about = read(purpose, link, at)
    if take(f"link {about['once']}", 1, HOURS[purpose] * 3600, at):
        raise BadLink
    return about


def state(user: User) -> str:
    """A digest that changes with the password, so that links and cookies made before lose their meaning."""
    return salted_hmac("storydesk.link.state", user.password, algorithm="sha256").hexdigest()[:16]


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"storydesk.link.{purpose}")
