"""Why an item stands in its story, in words for people: the evidence of grouping with how close it was, or what an
editor did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storydesk.group import Settings

__all__ = ["Standing", "closeness", "reasons"]

BEGAN: Final = "starts a story"
"""What grouping says of an item that joined none."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item came to its story: how close grouping found it, 0 to 1, whether it is this story that grouping put it
    in, and what an editor did with it since (a key of :data:`RULED`, or nothing)."""

    score: float
    here: bool = True
    ruled: str = ""


RULED: Final = {
    "split": "an editor took it out of another story, with those that stand beside it",
    "move": "an editor moved it here",
    "pin": "an editor pinned it here",
    "merge": "an editor found the story in which it stood to be one with this one",
}


def reasons(why: Sequence[str], standing: Standing | None) -> tuple[str, ...]:
    """The reasons, one line each. Without ``standing`` the evidence alone."""
    if standing is None:
        return tuple(map(_plainly, why))
    said = (RULED[standing.ruled],) if standing.ruled else ()
    if standing.ruled in ("split", "move"):
        return said
    return (*said, *_found(why, standing))


def closeness(why: Sequence[str], standing: Standing | None) -> str:
    """The closeness for which an item stands in its story, with two decimals; nothing where it stands there for another
    reason."""
    joined = standing is not None and standing.ruled not in ("split", "move") and why and BEGAN not in why
    return f"{standing.score:.2f}" if standing and joined else ""


def _found(why: Sequence[str], standing: Standing) -> tuple[str, ...]:
    least = Settings().join
    if BEGAN in why:
        closest = (
            f": no other stood closer than {standing.score:.2f}, and {least:.2f} is needed" if standing.score else ""
        )
        return (f"{'it began this story' if standing.here else 'it began a story of its own'}{closest}",)
    return (f"closeness to the story {standing.score:.2f} of 1, where {least:.2f} is needed", *map(_plainly, why))


def _plainly(reason: str) -> str:
    kind, _, figure = reason.partition(" ")
    if kind == "meaning":
        return f"closeness of meaning {figure} of 1 to that item"
    return f"{reason} from the item most like it" if kind == "published" else reason
