"""When to see again whether a page has changed: outlets mend their pieces without telling their feeds. Pure, but for
the setting."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from storydesk.errors import InputError

__all__ = ["look_hours", "next_look"]

USUAL = (1.0, 6.0, 24.0)
"""Hours after the first reading: most corrections come within the first, few after a day."""

RECENT = timedelta(days=2)
"""A piece published longer ago, when it is first read, is looked at no more."""

SLACK = timedelta(minutes=10)
"""A look that would follow so soon after a reading is left out."""


def look_hours() -> tuple[float, ...]:
    """The hours in ``STORYDESK_LOOK_AGAIN`` (by commas; ``no`` for none). Raises InputError for what is neither."""
    given = os.environ.get("STORYDESK_LOOK_AGAIN", "").strip().lower()
    if not given:
        return USUAL
    if given == "no":
        return ()
    try:
        hours = tuple(sorted(float(part) for part in given.split(",")))
    except ValueError:
        hours = (0.0,)
    if not all(0.25 <= hour <= 24 * 30 for hour in hours):
        raise InputError(
            f"STORYDESK_LOOK_AGAIN is {given!r}",
            "give hours after the first reading, such as 1,6,24, or no",
        )
    return hours


def next_look(
    published: datetime | None, first_read: datetime, now: datetime, hours: Sequence[float]
) -> datetime | None:
    """When to look again at a page read at ``now``; ``None`` for never. ``published`` unknown counts as just now."""
    if published is not None and first_read - published > RECENT:
        return None
    marks = (first_read + timedelta(hours=hour) for hour in hours)
    return next((mark for mark in marks if mark > now + SLACK), None)
