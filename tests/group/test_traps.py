"""Pairs that invite a false merge or a missed one (``traps.toml``), decided with the default setting."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storydesk.group import Grouper, Traits, characterise
from storydesk.language import encode
from storydesk.model import Account, Item

DAY_ONE = datetime(2026, 3, 2, 8, tzinfo=UTC)
TRAPS = tomllib.loads(Path(__file__).with_name("traps.toml").read_text("utf-8"))["trap"]


def traits(number: int, told: dict[str, Any]) -> Traits:
    published = DAY_ONE + timedelta(days=told["day"]) if "day" in told else None
    text = told["text"].replace("\n", " ")
    return characterise(
        Account(Item(str(number), text, told["title"], source=told["source"], published=published)), encode
    )


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["name"])
def test_trap(trap: dict[str, Any]) -> None:
    grouper = Grouper()
    stories = [grouper.place(traits(number, told))[0].story for number, told in enumerate(trap["item"])]
    assert (len(set(stories)) == 1) is trap["same"]
