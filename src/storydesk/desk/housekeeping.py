"""What a desk does beside its news: its letters are sent, and what is over is dropped."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from django.db import connection
from django.utils import timezone

from storydesk.desk import letters, limits
from storydesk.desk.opening import translated
from storydesk.desk.people import erasure
from storydesk.desk.sessions import SessionStore

__all__ = ["keep_house"]

log = logging.getLogger("storydesk.housekeeping")

PAUSE: Final = 2.0
"""Seconds between two looks for letters: whoever asked for one sits and waits for it."""

SELDOM: Final = timedelta(minutes=10)


def keep_house(stop: Event) -> None:
    """Works until ``stop`` is set. Several processes may do so at once."""
    tidied = timezone.now() - SELDOM
    while not stop.wait(PAUSE):
        now = timezone.now()
        try:
            letters.deliver(now)
            if now - tidied >= SELDOM:
                tidied = now
                _tidy(now)
        except Exception as error:
            known = translated(error)
            if known:
                log.error("%s", known)
            else:
                log.exception("housekeeping met an unexpected error and goes on")
    connection.close()


def _tidy(now: datetime) -> None:
    letters.tidy(now)
    limits.forget(now)
    SessionStore.clear_expired()
    erasure.scrub(now)
