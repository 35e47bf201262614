"""What a desk allows its readers, from the environment (``docs/settings.md``)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, cast

from storydesk.desk import letters
from storydesk.errors import InputError

__all__ = ["REASONS", "Guests", "Rules", "reason_in_words", "rules"]

Guests = Literal["mail", "name", "no"]

REASONS: Final = {
    "insult": "Insult",
    "hate": "Hatred of a group of people",
    "threat": "Threat",
    "personal": "Private details of a person",
    "spam": "Spam or advertising",
    "off-topic": "Off the topic",
    "false": "False, and harmful",
    "law": "Against the law",
    "other": "Another reason",
}
"""Why a comment is rejected or reported: the code that the log keeps, and what the author reads."""


@dataclass(frozen=True, slots=True)
class Rules:
    """``guests`` comment by name and a link that is mailed to them, by name alone, or not at all. ``trust_after``
    published comments an author's next is published where no phase of screening objects; 0 trusts nobody.
    ``reports_hold`` reports by known readers hold a comment that no moderator has seen; 0 leaves it published.
    """

    comments: bool
    guests: Guests
    edit_within: timedelta
    trust_after: int
    reports_hold: int


def rules() -> Rules:
    """The desk's rules. Raises InputError for a value that is none."""
    guests = os.environ.get("STORYDESK_GUESTS", "") or ("mail" if letters.ready() else "name")
    if guests not in ("mail", "name", "no"):
        raise InputError(f"STORYDESK_GUESTS is {guests!r}", "it must be mail, name or no")
    comments = os.environ.get("STORYDESK_COMMENTS", "") or "on"
    if comments not in ("on", "off"):
        raise InputError(f"STORYDESK_COMMENTS is {comments!r}", "it must be on or off")
    return Rules(
        comments=comments == "on",
        guests=cast(Guests, guests),
        edit_within=timedelta(minutes=_number("STORYDESK_EDIT_MINUTES", 10)),
        trust_after=_number("STORYDESK_TRUST_AFTER", 0),
        reports_hold=_number("STORYDESK_REPORTS_HOLD", 3),
    )


def reason_in_words(rule: str, words: str) -> str:
    """A reason as its author reads it: the one of the list, the moderator's own words, or both."""
    named = REASONS.get(rule, "") if rule != "other" or not words.strip() else ""
    return ": ".join(filter(None, [named, words.strip()]))[:300]


def _number(name: str, default: int) -> int:
    given = os.environ.get(name, "").strip()
    if given and not (given.isdecimal() and len(given) < 7):
        raise InputError(f"{name} is {given!r}", "it must be a whole number, 0 or more")
    return int(given) if given else default
