"""The phases that hold a comment against what lies around it: what its sender sent before, the same words elsewhere,
the desk's languages, the story it stands under.

How often somebody wrote lately, and how often the same words came, is counted by whoever keeps the comments, and
arrives with the comment.
"""

from __future__ import annotations

import hashlib
import re

from storydesk.moderate.phase import LIKELY, SUSPECT, Finding, Read, Settings
from storydesk.moderate.words import read_words

__all__ = ["copied", "fingerprint", "language", "off_topic", "rate"]

COPIED_WORDS = 5
"""Fewer words are the same by chance: "well said", "thank you for this"."""

TOPIC_WORDS = 15
"""A shorter comment can be about anything."""

FAR = 0.02
"""Cosine of meaning below which a comment that shares no word with its thread is hardly about it. Of 500 longer
comments under real news (``fox-news-threads``) .034 are both with the head of their own piece, .074 with another's."""

STEM = 5
"""Letters in which words about one thing agree: "votes", "voting"."""

LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def fingerprint(text: str) -> str:
    """What the copies of a comment have in common, whatever their disguises, figures and links; empty for a comment too
    short to be somebody's copy."""
    forms = [word.form for word in read_words(text) if not word.form.isdigit()]
    if len(forms) < COPIED_WORDS:
        return ""
    return hashlib.sha256(" ".join(forms).encode()).hexdigest()[:32]


def rate(read: Read, settings: Settings) -> Finding | None:
    """More comments in a short time than a conversation has."""
    if not 0 < settings.rate <= read.comment.recent:
        return None
    return Finding("hold", SUSPECT, (read.whole("many in a short time"),))


def copied(read: Read, settings: Settings) -> Finding | None:
    """The same words came before."""
    copies = read.comment.copies
    if not copies or not settings.copies:
        return None
    reasons = (read.whole("copied"),)
    return Finding("reject", 0.99, reasons) if copies >= settings.copies else Finding("hold", LIKELY, reasons)


def language(read: Read, settings: Settings) -> Finding | None:
    """A language that nobody at the desk reads."""
    if not settings.languages or read.language is None or read.language in settings.languages:
        return None
    return Finding("hold", SUSPECT, (read.whole("language"),))


def off_topic(read: Read, _: Settings) -> Finding | None:
    """Long enough to be about something, and neither a word nor the meaning of it has to do with its thread."""
    thread = read.comment.thread
    if read.encode is None or not thread or len(read.words) < TOPIC_WORDS or _stems(read.text) & _stems(thread):
        return None
    meant, topic = read.encode([read.text, thread])
    return Finding("hold", SUSPECT, (read.whole("off topic"),)) if float(meant @ topic) < FAR else None


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in LONG_WORD.findall(text.casefold())}
