"""What the order of arrival and the company of other news change: B³ of events69 in five random orders, among 6,000
other items, and with all events in one fortnight."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.labelled import b_cubed, characterised, crowded, labelled, read_items, story_of
from storydesk.group import Grouper, Traits

__all__ = ["measure"]

ORDERS = 5
"""Random orders, their seeds 1 to 5."""

DATED = ("events69", "triples-dev")
SEED = 69
"""Of the mixture."""


def measure(data: Path) -> list[tuple[str, float]]:
    """B³ F1 of events69 in each random order and their spread; then among the background, at random and by time of
    publication, and how far it falls below the same order without the background."""
    events = labelled(data, "events69")
    others = read_items(data / "stories" / "background-6k.jsonl.gz")
    gold = {item.id: story for item, story in zip(events.items, events.gold, strict=True)}
    traits = list(events.traits)
    mixed = traits + characterised([(replace(item, id=f"background {item.id}"), story) for item, story in others])
    orders = [_f1(random.Random(seed).sample(traits, len(traits)), gold) for seed in range(1, ORDERS + 1)]
    figures = [(f"grouping/events69 in random order {number}, B3 F1", f1) for number, f1 in enumerate(orders, 1)]
    figures.append(("grouping/random orders, spread of B3 F1", max(orders) - min(orders)))
    ways = {"at random": random.Random(SEED).sample(mixed, len(mixed)), "by time": sorted(mixed, key=_time)}
    for way, order in ways.items():
        among, alone = _f1(order, gold), _f1([one for one in order if one.id in gold], gold)
        figures.append((f"grouping/among 6,000 others {way}, B3 F1", among))
        figures.append((f"grouping/among 6,000 others {way}, fall", alone - among))
    return [*figures, *in_one_fortnight(data)]


def in_one_fortnight(data: Path) -> list[tuple[str, float]]:
    """B³ of the dated sets as if all their events fell into one fortnight, as on a desk, where closeness in time says
    little."""
    figures = []
    for name in DATED:
        one = labelled(data, name)
        traits, gold = crowded(one.traits, one.gold)
        precision, _, f1 = b_cubed(gold, story_of(Grouper(), traits))
        figures += [
            (f"grouping/{name} in one fortnight, B3 precision", precision),
            (f"grouping/{name} in one fortnight, B3 F1", f1),
        ]
    return figures


def _time(traits: Traits) -> float:
    return traits.published.timestamp() if traits.published else 0.0


def _f1(order: Sequence[Traits], gold: dict[str, str]) -> float:
    """B³ F1 over the items with a gold story alone."""
    placed = zip(order, story_of(Grouper(), order), strict=True)
    pairs = [(gold[one.id], story) for one, story in placed if one.id in gold]
    return b_cubed([story for story, _ in pairs], [story for _, story in pairs])[2]


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1])):
        print(f"{figure[0]:<60} {figure[1]:.3f}")
