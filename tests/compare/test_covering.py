"""Covering a story with all stages: what it leaves behind in the process, and that remembering tools cover alike."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storydesk import pipeline
from storydesk.compare import Analyses
from storydesk.errors import StorydeskError
from storydesk.language import Remembered
from storydesk.language.vectors import Vectors
from storydesk.model import Account, Mention

TEXTS = (
    "Fire destroyed nine boats in the harbour of Bergen on Monday. “Nobody slept,” said Ida Ravn.",
    "Eleven boats burned in the harbour of Stavanger on Monday. “Nobody slept that night,” Ravn said.",
    "Fire destroyed nine boats in the harbour of Bergen on Monday. The mayor, Per Lie, asked for help.",
    "Fire destroyed twelve boats in the harbour of Bergen on Tuesday. The mayor, Bo Ek, asked for help.",
)


@pytest.fixture
def told(account: Any, saying: Any) -> list[Account]:
    accounts = []
    for number, text in enumerate(TEXTS):
        said = [
            saying(text, "Ida Ravn", words) for words in ("Nobody slept,", "Nobody slept that night,") if words in text
        ]
        made: Account = account(text, f"n{number}", said, title=text[:30], language="en")
        names = ("Bergen", "place"), ("Stavanger", "place"), ("Per Lie", "person"), ("Bo Ek", "person")
        mentions = tuple(
            Mention(text.index(name), text.index(name) + len(name), kind, name) for name, kind in names if name in text
        )
        later = made.item.published + timedelta(hours=number) if made.item.published else None
        accounts.append(replace(made, item=replace(made.item, published=later), mentions=mentions))
    return accounts


def test_tools_that_remember_cover_a_story_as_others_do_whichever_item_joins_or_leaves(
    told: list[Account], bag: Any
) -> None:
    plain = replace(pipeline.default_tools(), encode=bag)
    remembering = replace(plain, encode=Remembered(bag), analyses=Analyses())
    for members in ((0, 1), (1, 0, 3), (0, 1, 2, 3), (3, 2), (0, 2, 3), (0, 1, 2, 3)):
        accounts = [told[place] for place in members]
        assert pipeline.cover("s", accounts, remembering) == pipeline.cover("s", accounts, plain)
    assert {"number", "date", "name"} == {each.kind for each in pipeline.cover("s", told, plain).differences}


def test_the_collector_of_cycles_is_left_as_it_was(told: list[Account], bag: Any) -> None:
    def failing(texts: Sequence[str]) -> Vectors:
        assert not gc.isenabled()
        raise StorydeskError("no vectors")

    pipeline.cover("s", told, replace(pipeline.default_tools(), encode=bag))
    assert gc.isenabled()
    with pytest.raises(StorydeskError):
        pipeline.cover("s", told, replace(pipeline.default_tools(), encode=failing))
    assert gc.isenabled()
    gc.disable()
    try:
        pipeline.cover("s", told, replace(pipeline.default_tools(), encode=bag))
        assert not gc.isenabled()
    finally:
        gc.enable()
