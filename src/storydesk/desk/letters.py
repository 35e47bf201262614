"""Letters to readers: short, plain text, through the mail server that the settings name."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail

__all__ = ["ready", "send"]


def ready() -> bool:
    """Whether the desk can send mail: without ``STORYDESK_MAIL`` it cannot."""
    return bool(getattr(settings, "LETTERS_FROM", ""))


def send(to: str, subject: str, text: str) -> None:
    """Sends one letter."""
    send_mail(subject, text, getattr(settings, "LETTERS_FROM", "") or None, [to])
