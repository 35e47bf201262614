"""Labelled items read for measuring, their traits, one pass of grouping over them, and B³."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storydesk import language, wire
from storydesk.group import Grouper, Traits, characterise
from storydesk.model import Account, Item

__all__ = [
    "Labelled",
    "b_cubed",
    "characterised",
    "crowded",
    "labelled",
    "last",
    "read_items",
    "read_roundups",
    "story_of",
]

BATCH = 64


class Labelled(NamedTuple):
    """A set of ``data/stories`` in file order: its items, the gold story and the traits of each."""

    name: str
    items: tuple[Item, ...]
    gold: tuple[str, ...]
    traits: tuple[Traits, ...]


@cache
def labelled(data: Path, name: str) -> Labelled:
    """A set by its name, characterised once a process however many measures look at it."""
    pairs = read_items(data / "stories" / f"{name}.jsonl.gz")
    items, gold = tuple(item for item, _ in pairs), tuple(story for _, story in pairs)
    return Labelled(name, items, gold, tuple(characterised(pairs)))


def read_items(path: Path) -> list[tuple[Item, str]]:
    """The items of a file in order, each with its gold story."""
    with gzip.open(path, "rb") as lines:
        records = [wire.decode(line) for line in lines]
    return [(wire.item_from(record), str(record["story"])) for record in records]


def crowded(traits: Sequence[Traits], gold: Sequence[str]) -> tuple[list[Traits], list[str]]:
    """Items and their events as if all events fell into one fortnight, as on a desk: the items of an event are moved by
    whole weeks. In the order of time, the undated last."""
    first: dict[str, datetime] = {}
    for one, event in zip(traits, gold, strict=True):
        if one.published is not None:
            first[event] = min(one.published, first.get(event, one.published))
    moved = [
        (_moved(one, (first[event] - FORTNIGHT) // (2 * WEEK) * 2 * WEEK if event in first else timedelta()), event)
        for one, event in zip(traits, gold, strict=True)
    ]
    moved.sort(key=lambda pair: (pair[0].published is None, pair[0].published or FORTNIGHT))
    return [one for one, _ in moved], [event for _, event in moved]


FORTNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
"""The Monday on which it begins."""

WEEK = timedelta(days=7)


def _moved(traits: Traits, back: timedelta) -> Traits:
    return replace(
        traits,
        published=traits.published and traits.published - back,
        stated=traits.stated and traits.stated - back,
    )


def read_roundups(path: Path) -> list[tuple[Item, str]]:
    """The items of a file of events in order, each with its event. All items of an event carry its one time."""
    with gzip.open(path, "rb") as lines:
        events = [wire.decode(line) for line in lines]
    return [(wire.item_from(record), str(event["story"])) for event in events for record in event["items"]]


def characterised(items: Sequence[tuple[Item, str]], kept: Path | None = None) -> list[Traits]:
    """The traits of items, encoded in batches, which is faster. ``kept`` is where vectors are kept between runs."""
    heads: list[str] = []

    def note(texts: Sequence[str]) -> language.vectors.Vectors:
        heads.extend(texts)
        return np.zeros((len(texts), language.vectors.DIMENSIONS), dtype=np.float32)

    for item, _ in items:
        before = len(heads)
        characterise(Account(item), note)
        heads.extend([""] * (before + 1 - len(heads)))
    if kept and kept.exists():
        vectors = np.load(kept)
    else:
        vectors = np.vstack([language.encode(heads[start : start + BATCH]) for start in range(0, len(heads), BATCH)])
        if kept:
            np.save(kept, vectors)
    return [_with_vector(characterise(Account(item), note), row) for (item, _), row in zip(items, vectors, strict=True)]


def _with_vector(traits: Traits, row: NDArray[np.float32]) -> Traits:
    return replace(traits, vector=row.astype("<f2").tobytes() if row.any() else b"")


def story_of(grouper: Grouper, traits: Sequence[Traits]) -> list[str]:
    """One pass in order: the story of each item after all merges."""
    stories: list[str] = []
    kept: dict[str, str] = {}
    for one in traits:
        placement, merges = grouper.place(one)
        stories.append(placement.story)
        kept |= {merge.gone: merge.kept for merge in merges}
    return [last(kept, story) for story in stories]


def last(kept: dict[str, str], story: str) -> str:
    """The story that a merged one stands in now: ``kept`` maps each gone story to that which took it in."""
    while story in kept:
        story = kept[story]
    return story


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 (Bagga and Baldwin, 1998)."""
    both = Counter(zip(gold, found, strict=True))
    golden, ours = Counter(gold), Counter(found)
    precision = sum(count * count / ours[story] for (_, story), count in both.items()) / len(gold)
    recall = sum(count * count / golden[story] for (story, _), count in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)
