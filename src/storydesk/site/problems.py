"""What went wrong, as people read it."""

from __future__ import annotations

from storydesk.errors import StorydeskError

__all__ = ["sentence"]


def sentence(error: StorydeskError) -> str:
    """What went wrong and what to try, as sentences."""
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in (error.message, error.hint) if part)
