"""The desk's letters: written into the database, sent from there, so that no page waits for a mail server and none is
lost at a kill. The program's second door out: it leads to the server that ``STORYDESK_MAIL`` names and nowhere else
(``docs/decisions/0023-people.md``).

Without a mail server letters are put into the folder ``letters`` of the desk's home, for its owner to hand on.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta
from email.utils import formataddr
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q
from django.utils import timezone

from storydesk.desk.home import MailServer, home
from storydesk.desk.models import LetterRow

__all__ = ["deliver", "folder", "forget_letters_to", "ready", "send", "tidy"]

log = logging.getLogger("storydesk.letters")

TIMEOUT: Final = 15
"""Seconds that a mail server may take over each of its answers."""

LEASE: Final = timedelta(minutes=5)
"""How long a letter is left to the process that took it."""

TRIES: Final = 9
"""After the last of them, some ten hours on, the links in a letter are mostly too old."""

KEPT: Final = timedelta(days=7)
"""How long a letter lies in the folder."""


def ready() -> bool:
    """Whether letters reach their readers: without ``STORYDESK_MAIL`` only the owner of the machine sees them."""
    return settings.MAIL is not None


def send(to: str, subject: str, text: str) -> None:
    """Puts a letter among those to be sent, in the transaction that is under way. ``to`` is an address that
    ``storydesk.desk.people.addresses`` has passed."""
    now = timezone.now()
    LetterRow.objects.create(to=to, subject=" ".join(subject.split())[:200], text=text, written=now, due=now)


def deliver(at: datetime) -> int:
    """Sends what is due; how many. What a server does not take is tried again later, less and less often.

    A kill after the server took a letter and before the row is gone sends it twice, under one Message-ID.
    """
    free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    sent = 0
    for row in LetterRow.objects.filter(free, due__lte=at).order_by("pk")[:50]:
        if not LetterRow.objects.filter(free, pk=row.pk).update(claimed_until=at + LEASE, tries=F("tries") + 1):
            continue
        try:
            _hand_over(row)
        except OSError as error:  # of which SMTPException is one; its words may hold the address
            _put_off(row, type(error).__name__, at)
        else:
            row.delete()
            sent += 1
    return sent


def _put_off(row: LetterRow, problem: str, at: datetime) -> None:
    tries = row.tries + 1
    log.warning("letter %s could not be sent (%s), try %s of %s", row.pk, problem, tries, TRIES)
    if tries >= TRIES:
        row.delete()
        return
    due = at + timedelta(minutes=2 ** (tries - 1))
    LetterRow.objects.filter(pk=row.pk).update(due=due, claimed_until=None, problem=problem)


def _hand_over(row: LetterRow) -> None:
    server: MailServer | None = settings.MAIL
    if server is None:
        _put_into_folder(row)
        return
    host = server.sender.rpartition("@")[2]
    letter = EmailMessage(
        row.subject,
        row.text,
        formataddr((settings.SITE_NAME, server.sender)),
        [row.to],
        headers={"Message-ID": f"<{row.written.timestamp():.6f}.{row.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security == "starttls",
        use_ssl=server.security == "tls",
        timeout=TIMEOUT,
    )
    connection.send_messages([letter])


def folder() -> Path:
    """Where letters lie on a desk without a mail server."""
    return home() / "letters"


def _put_into_folder(row: LetterRow) -> None:
    folder().mkdir(mode=0o700, exist_ok=True)
    file = folder() / f"{row.written:%Y-%m-%dT%H%M%S}-{row.pk}.txt"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"To: {row.to}\nSubject: {row.subject}\n\n{row.text}")


def forget_letters_to(address: str) -> None:
    """Drops every letter to an address, sent ones in the folder too."""
    LetterRow.objects.filter(to=address).delete()
    for file in folder().glob("*.txt"):
        if file.read_text(encoding="utf-8").startswith(f"To: {address}\n"):
            file.unlink(missing_ok=True)


def tidy(at: datetime) -> None:
    """Drops letters in the folder that have lain there long enough."""
    for file in folder().glob("*.txt"):
        if file.stat().st_mtime < (at - KEPT).timestamp():
            file.unlink(missing_ok=True)
