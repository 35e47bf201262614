"""What the desk writes in its letters: plain text, and the link that each is about."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from storydesk.desk import letters
from storydesk.desk.people.links import HOURS

__all__ = [
    "confirm",
    "have_account",
    "invite",
    "mail_changed",
    "new_mail",
    "new_password",
    "no_account",
    "no_data",
    "own_data",
    "password_changed",
]

NOT_YOU: Final = "If it was not you who asked for this, nothing has happened and there is nothing to do."
UNINVITED: Final = "If you do not want it, there is nothing to do."


def confirm(to: str, link: str) -> None:
    """To an address that registers."""
    _write(
        to, "Your account", f"To make an account at {_desk()}, open this link within {HOURS['register']} hours:", link
    )


def have_account(to: str, link: str) -> None:
    """To one that registers although it has an account."""
    words = f"Somebody, probably you, asked for an account at {_desk()} for this address. It has one already."
    _write(to, "Your account", f"{words} Where its password is forgotten, a new one is chosen here:", link)


def new_password(to: str, link: str) -> None:
    """To one whose password is forgotten."""
    _write(to, "A new password", f"To choose a new password at {_desk()}, open this link within an hour:", link)


def no_account(to: str, link: str) -> None:
    """To one that asks for a new password and has no account."""
    words = f"Somebody, probably you, asked for a new password at {_desk()}. This address has no account there."
    _write(to, "A new password", f"{words} One is made here:", link)


def password_changed(to: str, link: str) -> None:
    """To one whose password is new."""
    words = f"The password of your account at {_desk()} was changed, and every other browser signed out."
    _write(to, "Your password was changed", f"{words} If that was not you, choose another one at once:", link, end="")


def new_mail(to: str, link: str) -> None:
    """To the address that an account is to have."""
    words = f"To use this address for your account at {_desk()}, open this link within {HOURS['mail']} hours:"
    _write(to, "Your new address", words, link)


def mail_changed(to: str, link: str) -> None:
    """To the address that an account had."""
    words = f"Your account at {_desk()} now has another mail address. Letters go there from now on."
    _write(to, "Your address was changed", f"{words} If that was not you, tell the desk:", link, end="")


def invite(to: str, role: str, link: str) -> None:
    """To somebody who is to work on the desk."""
    words = f"You are invited to {_desk()}, as {role}. To choose a name and a password, open this link within 7 days:"
    _write(to, "An invitation", words, link, end=UNINVITED)


def own_data(to: str, link: str) -> None:
    """To somebody who asks what is kept of them."""
    words = f"What {_desk()} keeps of you, and how to have it erased, stands here for an hour:"
    _write(to, "What is kept of you", words, link)


def no_data(to: str, link: str) -> None:
    """To somebody who asks, and of whom nothing is kept."""
    words = f"Somebody, probably you, asked what {_desk()} keeps of this address. It keeps nothing. How it works:"
    _write(to, "What is kept of you", words, link)


def _write(to: str, about: str, words: str, link: str, *, end: str = NOT_YOU) -> None:
    letters.send(to, f"{_desk()}: {about}", f"{words}\n\n{link}\n\n" + (f"{end}\n" if end else ""))


def _desk() -> str:
    return str(settings.SITE_NAME)
