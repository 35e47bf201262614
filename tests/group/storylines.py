"""The written sets of ``storylines.toml`` and whether they are linked as they should be, for tests and ``python -m eval
grouping``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from storydesk import pipeline
from storydesk.group import Gist, gist, link
from storydesk.model import Item

__all__ = ["LINES", "Line", "gists", "linked"]

DAY_ONE = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """Stories of one item each, and the affair that each belongs to. ``missed`` says why it is decided wrongly."""

    name: str
    items: tuple[Item, ...]
    affairs: tuple[str, ...]
    missed: str = ""

    @property
    def together(self) -> bool:
        """Whether any two belong to one affair."""
        return len(set(self.affairs)) < len(self.affairs)


def gists(line: Line) -> list[Gist]:
    """What each story is about."""
    accounts = [pipeline.account(item) for item in line.items]
    return [gist(told.item.id, [(pipeline.traits(told), told)]) for told in accounts]


def linked(line: Line) -> bool:
    """Whether just those stories are linked that belong to one affair."""
    told = zip(gists(line), line.affairs, strict=True)
    return all((link(a, b) is not None) == (mine == yours) for (a, mine), (b, yours) in combinations(told, 2))


def _line(told: dict[str, Any]) -> Line:
    items = tuple(_item(f"{number}", *one) for number, one in enumerate(told["stories"]))
    default = ["one"] * len(items) if told.get("affair") else [item.id for item in items]
    return Line(told["name"], items, tuple(told.get("affairs", default)), told.get("missed", ""))


def _item(key: str, day: float, source: str, title: str, text: str) -> Item:
    return Item(key, text, title, source=source, published=DAY_ONE + timedelta(days=day))


LINES = tuple(map(_line, tomllib.loads(Path(__file__).with_name("storylines.toml").read_text("utf-8"))["line"]))
