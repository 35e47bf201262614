"""Sentences beside each other: by meaning across languages, and only where every two are close."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storydesk.compare.closeness import Closeness, neighbours
from storydesk.compare.layout import lay_out
from storydesk.compare.only import FAR
from storydesk.compare.statements import SAME, TOGETHER, align
from storydesk.language import encode
from storydesk.model import Account, EntityType, Mention

ENGLISH = """The ferry Havbris ran aground off Storvik on Monday night with 214 passengers aboard.
The captain had warned the company twice that the radar was out of order.
All passengers were brought to a school by lifeboats before dawn.
The harbour café will reopen in spring with a new owner."""
GERMAN = """Die Fähre Havbris lief am Montagabend vor Storvik mit 214 Passagieren an Bord auf Grund.
Der Kapitän hatte die Reederei zweimal gewarnt, dass das Radar defekt sei.
Alle Passagiere wurden vor Tagesanbruch mit Rettungsbooten in eine Schule gebracht.
Die Gewerkschaft der Lehrer verlangt seit Jahren höhere Löhne."""


@pytest.fixture(scope="module")
def closeness(account: Any) -> Closeness:
    told = [account(ENGLISH, "a", language="en"), account(GERMAN, "b", language="de")]
    return Closeness(lay_out(told, (), encode))


def test_what_is_told_in_two_languages_stands_in_one_row(closeness: Closeness) -> None:
    groups = align(closeness.layout, neighbours(closeness, FAR))
    assert groups == ((0, 4), (1, 5), (2, 6))


def test_rows_hold_only_what_is_close_to_all_of_the_row(closeness: Closeness) -> None:
    for group in align(closeness.layout, neighbours(closeness, FAR)):
        close = closeness.of(list(group), list(group))
        assert close.min() >= min(SAME, TOGETHER)


def test_closeness_is_the_same_either_way_and_whichever_way_it_is_asked(closeness: Closeness) -> None:
    everything = slice(0, len(closeness.layout.lines))
    every = closeness.of(everything, everything)
    assert every == pytest.approx(every.T, abs=1e-5)
    assert closeness.of([2], [6])[0, 0] == pytest.approx(every[2, 6], abs=1e-5)
    assert ((every >= 0) & (every <= 1)).all()


def _naming(told: Account, words: str, kind: EntityType) -> Account:
    start = told.item.text.index(words)
    return replace(told, mentions=(Mention(start, start + len(words), kind, words),))


@pytest.mark.parametrize(
    ("kind", "ours", "theirs", "rows"),
    [
        ("place", "Storvik", "Nordland", 1),
        ("person", "Tveiterås", "Tveiteraas", 1),
        ("person", "Ravn", "Tveiteraas", 0),
    ],
    ids=["the town and its county", "one person in two spellings", "two people"],
)
def test_other_people_keep_sentences_apart_and_other_places_do_not(
    account: Any, bag: Any, kind: EntityType, ours: str, theirs: str, rows: int
) -> None:
    told = [
        _naming(
            account(f"A landslide near {name} buried the coast road on Sunday evening, {name} said.", item), name, kind
        )
        for item, name in (("a", ours), ("b", theirs))
    ]
    closeness = Closeness(lay_out(told, (), bag))
    assert len(align(closeness.layout, neighbours(closeness, FAR))) == rows
