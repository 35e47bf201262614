"""The written pairs of ``differences.toml`` and ``differences_unseen.toml``, and whether compare holds of a pair what a
reader does, for tests and ``python -m eval comparison``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from storydesk import pipeline
from storydesk.coverage import Difference
from storydesk.model import Account, Item

__all__ = ["SEEN", "UNSEEN", "Pair", "right", "shown"]

NOON = "2026-03-04T12:00"
OUTLETS = ("The Northern Post", "Harbour Radio")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts and what holds of them: ``outcome`` "agree", "clash" or "update", ``on`` which kind of difference,
    in which ``words`` (each inside the words that one side marks). ``rounding`` where figures only round one another.
    """

    outcome: str
    texts: tuple[str, str]
    at: tuple[datetime, datetime]
    on: str = ""
    words: tuple[str, ...] = ()
    rounding: bool = False


def _pairs(name: str) -> tuple[Pair, ...]:
    given = tomllib.loads(Path(__file__).with_name(name).read_text()).get("pair", [])
    return tuple(
        Pair(
            outcome=pair["is"],
            texts=(pair["a"], pair["b"]),
            at=(_moment(pair, 0), _moment(pair, 1)),
            on=pair.get("on", ""),
            words=tuple(pair.get("words", ())),
            rounding=pair.get("rounding", False),
        )
        for pair in given
    )


def _moment(pair: dict[str, Any], side: int) -> datetime:
    return datetime.fromisoformat(pair.get("at", (NOON, NOON))[side]).replace(tzinfo=UTC)


SEEN = _pairs("differences.toml")
"""Written before the method and had in view while it was made."""

UNSEEN = _pairs("differences_unseen.toml")
"""Written when the method was done."""


@cache
def _account(text: str, outlet: str, at: datetime) -> Account:
    item = Item(id=outlet, text=text, source=outlet, published=at, language="en")
    return pipeline.account(item)


def shown(pair: Pair, *, turned: bool = False) -> Sequence[Difference]:
    """The differences that a pair's coverage shows; ``turned`` gives the accounts the other way round."""
    told = [_account(*each) for each in zip(pair.texts, OUTLETS, pair.at, strict=True)]
    return pipeline.cover("pair", told[::-1] if turned else told).differences


def right(pair: Pair, *, turned: bool = False) -> bool:
    """Whether just what holds is shown: nothing where the accounts agree, else one difference of that kind, in those
    words, told as an update where it is one."""
    found = shown(pair, turned=turned)
    if pair.outcome == "agree":
        return not found
    return len(found) == 1 and _meets(pair, found[0])


def _meets(pair: Pair, found: Difference) -> bool:
    marked = [side.passage.text.casefold() for side in found.sides]
    return (
        found.kind == pair.on
        and found.update == (pair.outcome == "update")
        and all(any(word.casefold() in words for words in marked) for word in pair.words)
    )
