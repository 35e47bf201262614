"""Those who comment, and what moderators hold against some of them.

Whoever signs in is a Django user whose groups say what they may do (``storydesk.desk.members``). Whoever comments is
an author, with an account or by e-mail alone, so that trust, sanctions, export and erasure are the same for both.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

__all__ = ["AuthorRow", "LetterRow", "LimitRow", "SanctionRow", "SessionRow"]


class AuthorRow(models.Model):
    """Somebody who comments. ``user`` where they have an account; ``mail`` in lower case, and not yet theirs until
    ``confirmed``. Erased, the row stays without name, address and account, so that what they answered stays whole."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="author")
    name = models.CharField(max_length=80, blank=True)
    mail = models.EmailField(max_length=254, null=True, unique=True)
    confirmed = models.DateTimeField(null=True, help_text="when the address was shown to be theirs")
    since = models.DateTimeField()
    erased = models.DateTimeField(null=True)

    class Meta:
        db_table = "author"

    def __str__(self) -> str:
        return self.name or f"author {self.pk}"


class SanctionRow(models.Model):
    """That an author may not comment until a day, or that what they write waits for a moderator whatever else speaks
    for it. Lifted, it stays listed."""

    class Kind(models.TextChoices):
        """``ban``: nothing is taken from them; ``mute``: all they write is held."""

        BAN = "ban"
        MUTE = "mute"

    author = models.ForeignKey(AuthorRow, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, help_text="for good where there is none")
    reason = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=150)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sanction"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.author}"


class LimitRow(models.Model):
    """How much of a limit is used up (``storydesk.desk.limits``)."""

    key = models.CharField(max_length=64, primary_key=True, help_text="a digest of what is limited and for whom")
    full_until = models.BigIntegerField(db_index=True, help_text="when all of it is there again, in microseconds")

    class Meta:
        db_table = "rate_limit"

    def __str__(self) -> str:
        return self.key[:8]


class SessionRow(AbstractBaseSession):
    """That somebody is signed in, on one browser."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions")

    class Meta:
        db_table = "session"

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that reads these rows."""
        from storydesk.desk.sessions import SessionStore

        return SessionStore


class LetterRow(models.Model):
    """A letter that waits to be sent; sent, it is gone."""

    to = models.EmailField(max_length=254, db_index=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written = models.DateTimeField()
    due = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "letter"

    def __str__(self) -> str:
        return f"letter {self.pk}"
