"""Passwords: Argon2id, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from storydesk.errors import DeskError, InputError

__all__ = ["LONGEST", "Busy", "InTurn", "checked", "turn"]

AT_ONCE: Final = 2
"""Passwords hashed at the same moment: each takes Argon2id about 100 MiB (Django's parameters), so that many at once
would exhaust a small machine."""

WAITING: Final = 2
"""Threads that may wait for their turn. More would leave none to answer pages."""

LONGEST: Final = 1000
"""Characters of a password; a longer one is no safer."""

_turn = BoundedSemaphore(AT_ONCE)
_room = BoundedSemaphore(AT_ONCE + WAITING)


class Busy(DeskError):
    """Too many passwords are being checked at this moment."""

    permanent = False


@contextmanager
def turn() -> Iterator[None]:
    """Waits for a turn to hash. Raises Busy where too many wait already."""
    if not _room.acquire(blocking=False):
        raise Busy("too many people sign in at this moment", "try again in some seconds")
    try:
        with _turn:
            yield
    finally:
        _room.release()


class InTurn(Argon2PasswordHasher):
    """Argon2id in turn. All that hashes comes through here: signing in, new passwords, and the hash that is made for
    a name that nobody has, so that its refusal takes as long (``django.contrib.auth.backends.ModelBackend``)."""

    def encode(self, password: str, salt: str) -> str:
        """The hash of a new password."""
        with turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one that was hashed."""
        with turn():
            return super().verify(password, encoded)


def checked(password: str) -> str:
    """The password, where it will do. Raises InputError that says why it will not."""
    if len(password) > LONGEST:
        raise InputError(f"the password will not do: it has more than {LONGEST:,} characters")
    try:
        validate_password(password)
    except ValidationError as error:
        raise InputError("the password will not do: " + " ".join(error.messages)) from None
    return password
