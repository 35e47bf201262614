"""How long it takes to compare a long story, from its accounts to its coverage, and to take in one item more.

The accounts are the articles of the largest stories of events69, of one outlet each, and where more are asked for
copies of them, edited as outlets edit what they take over: many items, lines that agree, and words that repeat.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from threadpoolctl import threadpool_limits

from eval.labelled import read_items
from eval.near_copies import EDITS
from storydesk import pipeline
from storydesk.compare import Analyses
from storydesk.language import Remembered
from storydesk.language.vectors import Vectors
from storydesk.model import Account, Item

__all__ = ["measure"]

PASSES = 3
COUNTS = (40, 200)
ORIGINALS = 120
"""Articles of a story at the most; what is more is copied from the first of them."""

OWN_WORDS = ("cut", "reordered", "agency line removed", "outlets renamed", "one word in 16 changed")
"""Edits that bring in no other article, which would make one origin of two."""


def measure(data: Path) -> Iterator[tuple[str, float]]:
    """For each size of story: seconds to compare it in a process that met none of its texts, how many of these go into
    vectors, and milliseconds to compare it again with one item more; then both where each item was prepared when it was
    told, as a desk does. Medians of the passes, by the time of one processor."""
    told = [pipeline.account(item) for item in _items(data / "stories" / "events69.jsonl.gz", max(COUNTS))]
    for count in COUNTS:
        given = told[:count]
        with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
            passes = list(pool.map(_seconds, [given] * 2 * PASSES, [False] * PASSES + [True] * PASSES))
        cold, vectors, added = (statistics.median(column) for column in zip(*passes[:PASSES], strict=True))
        yield f"compare: seconds, {count} items from accounts, nothing prepared", cold
        yield f"compare: seconds of that for vectors, {count} items", vectors
        yield f"compare: milliseconds, an item added to {count - 1}, not prepared", 1000 * added
        ready, _, added = (statistics.median(column) for column in zip(*passes[PASSES:], strict=True))
        yield f"compare: seconds, {count} items, each prepared when it was told", ready
        yield f"compare: milliseconds, an item added to {count - 1}, prepared when it was told", 1000 * added


def _items(file: Path, count: int) -> Iterator[Item]:
    labelled = read_items(file)
    size = Counter(story for _, story in labelled)
    largest = sorted(labelled, key=lambda entry: (-size[entry[1]], entry[1]))[:ORIGINALS]
    originals = [replace(item, source=f"Outlet {number}") for number, (item, _) in enumerate(largest)]
    yield from originals
    chance = random.Random(count)
    for number, item in enumerate(originals[: count - ORIGINALS]):
        text = EDITS[OWN_WORDS[number % len(OWN_WORDS)]](item, originals[number - 1], chance)
        yield replace(item, id=f"{item.id} again", text=text, source=f"Reprint {number}")


def _seconds(told: Sequence[Account], prepared: bool) -> tuple[float, float, float]:
    """Of one pass: cold, for vectors, and with the last of the originals added."""
    encode, spent = pipeline.default_tools().encode, [0.0]

    def timed(texts: Sequence[str]) -> Vectors:
        start = time.process_time()
        vectors = encode(texts)
        spent[0] += time.process_time() - start
        return vectors

    tools = replace(pipeline.default_tools(), encode=Remembered(timed), analyses=Analyses())
    added = min(len(told), ORIGINALS) - 1
    with threadpool_limits(1):
        pipeline.cover("loads what is loaded once", [Account(Item("first", "News."))], tools)
        for account in told if prepared else ():
            pipeline.prepare(account, tools)
        spent[0] = 0.0
        start = time.process_time()
        pipeline.cover("long", [*told[:added], *told[added + 1 :]], tools)
        cold, vectors = time.process_time() - start, spent[0]
        start = time.process_time()
        pipeline.cover("long", told, tools)
        return cold, vectors, time.process_time() - start
