"""Statements beside each other, measured: pairs of sentences of real stories judged by hand (``alignment.toml``).

What is measured on the pairs is F1 on "same or overlapping" at the threshold of closeness that was chosen on the tuning
half, beside the cosine of the vectors and the share of common words at theirs. On what the page shows, precision: the
share of the pairs of sentences of one row (of two origins) that tell the same or overlap.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.labelled import read_items
from storydesk import language, pipeline
from storydesk.compare.closeness import Closeness, neighbours
from storydesk.compare.layout import Layout, lay_out
from storydesk.compare.only import FAR
from storydesk.compare.statements import align
from storydesk.group import origins
from storydesk.model import Account

__all__ = ["Event", "Judged", "Sentence", "events", "f1", "judged", "laid_out", "measure", "sentence_places"]

GOLD = Path(__file__).with_name("alignment.toml")
HALVES = ("tuning", "held-out")

TELLS = 0.53
"""Closeness from which a pair counts as same or overlapping here: that of the best F1 on the tuning half."""

Sentence = tuple[int, int, int]
"""The line of an item in its file, and its offsets."""

Scores = NDArray[np.float64]


class Judged(NamedTuple):
    """What was judged of one story: pairs with whether they tell in part the same, and rows of sentences, each with the
    letters of what it tells."""

    story: str
    half: str
    pairs: tuple[tuple[Sentence, Sentence, bool], ...]
    shown: tuple[tuple[tuple[Sentence, str], ...], ...]


class Event(NamedTuple):
    """A story of the data: its accounts, and the line of each item in the file."""

    accounts: tuple[Account, ...]
    line: dict[str, int]


def judged() -> list[Judged]:
    """All stories with something judged."""
    gold = tomllib.loads(GOLD.read_text())
    return [
        Judged(
            story,
            half,
            tuple(((a, b, c), (d, e, f), label != "different") for a, b, c, d, e, f, label in told["pairs"]),
            tuple(tuple(((a, b, c), tells) for a, b, c, tells in row) for row in told.get("shown", ())),
        )
        for half in HALVES
        for story, told in gold[half].items()
    ]


@cache
def events(data: Path) -> dict[str, Event]:
    """The stories of events69 as the pipeline reads them, once a process."""
    found: dict[str, Event] = {}
    for place, (item, story) in enumerate(read_items(data / "stories" / "events69.jsonl.gz")):
        before = found.get(story, Event((), {}))
        found[story] = Event((*before.accounts, pipeline.account(item)), before.line | {item.id: place})
    return found


def laid_out(event: Event) -> Layout:
    """A story as ``compare`` lays it out."""
    return lay_out(event.accounts, origins([told.item for told in event.accounts], {}), language.encode)


def measure(data: Path) -> list[tuple[str, float]]:
    """F1, precision and recall on each half of the pairs, and the precision of what is shown."""
    layouts = {one.story: laid_out(events(data)[one.story]) for one in judged()}
    closeness = {story: Closeness(layout) for story, layout in layouts.items()}
    return [*_pairs(data, closeness), *_shown(data, closeness)]


def _pairs(data: Path, closeness: dict[str, Closeness]) -> Iterator[tuple[str, float]]:
    scores: dict[str, list[tuple[float, float, float]]] = {half: [] for half in HALVES}
    truth: dict[str, list[bool]] = {half: [] for half in HALVES}
    for one in judged():
        place = sentence_places(closeness[one.story].layout, events(data)[one.story])
        for first, second, tells in one.pairs:
            scores[one.half].append(_scored(closeness[one.story], place.get(first), place.get(second)))
            truth[one.half].append(tells)
    tuning, held = (np.array(scores[half]) for half in HALVES)
    gold = [np.array(truth[half]) for half in HALVES]
    yield "alignment pairs, held-out half", float(len(held))
    every, right = np.vstack([tuning, held])[:, 0] >= TELLS, np.concatenate(gold)
    yield from zip(
        (f"alignment {name}, held-out half" for name in RATES), f1(held[:, 0] >= TELLS, gold[1]), strict=True
    )
    yield "alignment F1, all", f1(every, right)[0]
    for column, name in ((1, "cosine"), (2, "common words")):
        best = max(set(held[:, column]), key=lambda least: f1(held[:, column] >= least, gold[1])[0])
        yield f"alignment F1 of {name}, at its best there", f1(held[:, column] >= best, gold[1])[0]


RATES = ("F1", "precision", "recall")


def sentence_places(layout: Layout, event: Event) -> dict[Sentence, int]:
    """Which line of a layout each sentence of the data is."""
    items = [told.item.id for told in layout.accounts]
    return {(event.line[items[line.at]], *line.span): index for index, line in enumerate(layout.lines)}


def _scored(closeness: Closeness, first: int | None, second: int | None) -> tuple[float, float, float]:
    """Closeness, and its two baselines: cosine, and common words over the geometric mean of both lengths. What is no
    line of the layout is close to nothing."""
    if first is None or second is None:
        return 0.0, 0.0, 0.0
    one, other = (closeness.layout.lines[index].stems for index in (first, second))
    meaning = closeness.layout.vectors[first] @ closeness.layout.vectors[second]
    shared = len(one & other) / (len(one) * len(other)) ** 0.5
    return float(closeness.of([first], [second])[0, 0]), float(meaning), shared


def f1(found: Sequence[bool] | NDArray[np.bool_], gold: NDArray[np.bool_]) -> tuple[float, float, float]:
    """F1, precision and recall."""
    hits = float((np.asarray(found) & gold).sum())
    precision, recall = hits / max(1, np.asarray(found).sum()), hits / max(1, gold.sum())
    return 2 * precision * recall / ((precision + recall) or 1), precision, recall


def _shown(data: Path, closeness: dict[str, Closeness]) -> Iterator[tuple[str, float]]:
    for half in HALVES:
        right = wrong = unknown = 0
        for one in (one for one in judged() if one.half == half and one.shown):
            known = _verdicts(one)
            for pair in shown_pairs(closeness[one.story], events(data)[one.story]):
                verdict = known.get(pair)
                right, wrong, unknown = (
                    right + (verdict is True),
                    wrong + (verdict is False),
                    unknown + (verdict is None),
                )
        yield f"alignment shown, pairs right, {half} half", right / max(1, right + wrong)
        yield f"alignment shown, pairs, {half} half", float(right + wrong)
        yield f"alignment shown, pairs not judged, {half} half", float(unknown)


def _verdicts(one: Judged) -> dict[frozenset[Sentence], bool]:
    return {
        frozenset((first, second)): bool(set(tells) & set(others))
        for row in one.shown
        for (first, tells), (second, others) in combinations(row, 2)
    }


def shown_pairs(closeness: Closeness, event: Event) -> Iterator[frozenset[Sentence]]:
    """Every two sentences of two origins that the page shows in one row."""
    layout = closeness.layout
    sentence = {index: place for place, index in sentence_places(layout, event).items()}
    for group in align(closeness.layout, neighbours(closeness, FAR)):
        for first, second in combinations(group, 2):
            if layout.lines[first].origin != layout.lines[second].origin:
                yield frozenset((sentence[first], sentence[second]))
