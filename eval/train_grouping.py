"""Learns what ``storydesk.group`` scores by: what it knows of news at large (``eval/background.py``) and the weights of
the evidence.

python -m eval.train_grouping ../shared/data prints figures: what half of the events teaches about the other half, and
what all teach about themselves. With --write it replaces the tables of the background and weights.json.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import storydesk.group.scorer
from eval import background
from eval.grouping import SETS
from eval.hard_pairs import columns, cut, instalments, reprints, twins
from eval.labelled import b_cubed, characterised, crowded, read_items, read_roundups, story_of
from eval.perceptron import fit
from storydesk.group import Grouper, Settings, Traits
from storydesk.group.evidence import FEATURES, evidence
from storydesk.group.scorer import Network
from storydesk.group.weighed import Incoming, Weighed
from storydesk.group.window import Window
from storydesk.model import Item

PACKAGE = Path(storydesk.group.scorer.__file__).parent

WEIGHT_OF_ITEMS = 500.0
"""What the pairs of a labelled set weigh together, times the square root of its items: more events teach more, though
not as much more as they are. With equal weights the many small events of ``triples-dev`` hardly counted."""

WEIGHT_OF_CUT = 2_500.0
WEIGHT_OF_APART, WEIGHT_OF_REPRINTS = 4_000.0, 200.0
"""What the pairs of its cut items weigh together, its twins, columns and instalments, and its reprints: enough to pass
the written traps of ``tests/group/test_traps.py``, and no more, as each costs recall on the labelled sets."""

MOST, MOST_TWINS = 800, 600
"""Items of a set that are cut, and that get a twin and a column."""

UNDATED = 1 / 3
"""Share of the items of ``roundups-dev`` that lose their time."""

NEIGHBOURS = 48
UNITS, UNITS_ACROSS = 28, 4
"""Units of each network; few for pairs across languages, which are learned on pairs of one."""

JOINS = (0.45, 0.52, 0.55, 0.6)
SPLITS = 2
"""Ways in which the events are halved."""

Array = NDArray[np.float64]


class Pairs(NamedTuple):
    """``features`` (pairs, features), whether they are the ``same`` event (pairs,), the events of both (pairs, 2), and
    what all weigh together."""

    features: Array
    same: Array
    events: NDArray[np.str_]
    total: float

    def among(self, events: set[str]) -> Pairs:
        """The pairs of which both items tell of these events."""
        kept = np.isin(self.events, sorted(events)).all(axis=1)
        return Pairs(self.features[kept], self.same[kept], self.events[kept], self.total)


def neighbours(traits: Sequence[Traits], gold: Sequence[str], total: float) -> Pairs:
    """Each item with its neighbours so far."""
    window = Window(days=1e6, at_least=1_000_000, at_most=1_000_000)
    found: list[Array] = []
    events: list[tuple[str, str]] = []
    for one, event in zip(traits, gold, strict=True):
        incoming = Incoming.of(one)
        if near := window.near(incoming, NEIGHBOURS):
            found.append(evidence(incoming.weighed, [active.weighed for active in near]))
            events.extend((event, active.story) for active in near)
        window.add(incoming, event)
    same = np.array([float(one == other) for one, other in events])
    return Pairs(np.concatenate(found), same, np.array(events), total)


def hard(data: Path, name: str, vectors: Path | None) -> list[Pairs]:
    """Pairs made by rule (``eval/hard_pairs.py``): cut items with their gold stories; twins, columns and instalments
    as pairs apart, reprints as pairs of one event."""
    chance = random.Random(name)
    items = read_items(data / "stories" / f"{name}.jsonl.gz")[:MOST]
    short = [(cut(item, chance), event) for item, event in items]
    gold = [event for _, event in short]
    cut_pairs = neighbours(characterised(short, vectors and vectors / f"{name} short.npy"), gold, WEIGHT_OF_CUT)
    event_of = {item.id: event for item, event in items}
    originals = [item for item, _ in short[:MOST_TWINS]]
    whole = [item for item, _ in items[:MOST_TWINS]]
    apart = twins(originals, chance) + columns(originals, chance) + instalments(whole, chance)
    both = reprints(originals, chance) + reprints(whole, chance)
    return [
        cut_pairs,
        made(apart, 0.0, WEIGHT_OF_APART, event_of, vectors and vectors / f"{name} apart.npy"),
        made(both, 1.0, WEIGHT_OF_REPRINTS, event_of, vectors and vectors / f"{name} reprints.npy"),
    ]


def made(
    pairs: Sequence[tuple[Item, Item]], same: float, total: float, event_of: dict[str, str], vectors: Path | None
) -> Pairs:
    """Pairs made by rule, all the same event or all not."""
    flat = [(item, "") for pair in pairs for item in pair]
    weighed = [Weighed.of(one) for one in characterised(flat, vectors)]
    features = np.concatenate([evidence(one, [other]) for one, other in zip(weighed[::2], weighed[1::2], strict=True)])
    events = np.array([(event_of[item.id],) * 2 for item, _ in pairs])
    return Pairs(features, np.full(len(pairs), same), events, total)


def roundups(data: Path, vectors: Path | None) -> Pairs:
    """The openings of ``roundups-dev``, all of an event under its one time: a third lose it, the rest are put up to a
    day apart."""
    chance = random.Random("roundups")
    items = read_roundups(data / "stories" / "roundups-dev.jsonl.gz")
    apart = [(replace(item, published=_about(item.published, chance)), event) for item, event in items]
    traits = characterised(apart, vectors and vectors / "roundups.npy")
    return neighbours(traits, [event for _, event in items], weight_of(items))


def weight_of(items: Sequence[object]) -> float:
    """What the pairs of a labelled set weigh together."""
    return WEIGHT_OF_ITEMS * math.sqrt(len(items))


def _about(time: datetime | None, chance: random.Random) -> datetime | None:
    undated = chance.random() < UNDATED
    return None if undated or time is None else time + timedelta(days=chance.triangular(-1, 1))


def learn(sets: Sequence[Pairs], names: Sequence[str] = FEATURES, units: int = UNITS) -> Network:
    """The network that the pairs of several sets teach, each set of its own total weight."""
    weight = np.concatenate([np.full(len(pairs.same), pairs.total / len(pairs.same)) for pairs in sets])
    features = np.vstack([pairs.features for pairs in sets])
    return fit(features, np.concatenate([pairs.same for pairs in sets]), weight, names, units)


ACROSS = (
    "names",
    "names_least",
    "names_most",
    "meaning",
    "numbers",
    "gap_within_week",
    "gap_beyond_week",
    "undated",
    "same_source",
    "first_weekday",
    "weekdays",
)
"""What two items in different languages can share."""


def use(network: Network) -> None:
    """Lets the scorer use this network in this process."""
    both = dict.fromkeys(("one language", "across languages"), network)
    storydesk.group.scorer._networks = lambda: both  # type: ignore[assignment]


@dataclass(frozen=True)
class Set:
    """A labelled set: the traits of its items, their events, and the pairs to learn from."""

    traits: Sequence[Traits]
    gold: Sequence[str]
    pairs: Sequence[Pairs]

    @classmethod
    def read(cls, data: Path, name: str, vectors: Path | None) -> Set:
        """A set of the data by its name."""
        items = read_items(data / "stories" / f"{name}.jsonl.gz")
        traits, gold = characterised(items, vectors and vectors / f"{name}.npy"), [event for _, event in items]
        close = neighbours(*crowded(traits, gold), weight_of(items))
        return cls(traits, gold, [neighbours(traits, gold, weight_of(items)), close, *hard(data, name, vectors)])

    def halves(self, seed: int) -> tuple[set[str], set[str]]:
        """The events in two halves by chance."""
        events = sorted(set(self.gold))
        random.Random(seed).shuffle(events)
        return set(events[::2]), set(events[1::2])

    def figures(self, join: float, events: set[str] | None = None) -> tuple[float, float, float]:
        """B³ of the items of some events, of all where none are given."""
        kept = [(one, gold) for one, gold in zip(self.traits, self.gold, strict=True) if not events or gold in events]
        grouper = Grouper(settings=replace(Settings(), join=join))
        return b_cubed([gold for _, gold in kept], story_of(grouper, [one for one, _ in kept]))


def held_out(sets: dict[str, Set], more: Pairs) -> None:
    """Prints what half of the events teaches about the other half: the figures to expect on news of these kinds."""
    found: dict[tuple[str, float], list[tuple[float, float, float]]] = defaultdict(list)
    for seed, side in product(range(SPLITS), (0, 1)):
        use(learn([more, *(pairs.among(one.halves(seed)[side]) for one in sets.values() for pairs in one.pairs)]))
        for (name, one), join in product(sets.items(), JOINS):
            found[name, join].append(one.figures(join, one.halves(seed)[1 - side]))
    for (name, join), figures in found.items():
        report(name, "half held out", join, np.mean(figures, axis=0))


def report(name: str, how: str, join: float, figures: Iterable[float]) -> None:
    """Prints precision, recall and F1."""
    print(f"{name:12} {how:15} join {join}", *(f"{figure:.3f}" for figure in figures), flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--vectors", type=Path, help="a folder to keep meaning vectors in between runs")
    options = parser.parse_args()
    if options.write:
        background.write(options.data, PACKAGE, options.vectors)
    sets = {name: Set.read(options.data, name, options.vectors) for name in SETS}
    more = roundups(options.data, options.vectors)
    held_out(sets, more)
    everything = [pairs for one in sets.values() for pairs in one.pairs] + [more]
    learned = learn(everything)
    use(learned)
    for (name, one), join in product(sets.items(), JOINS):
        report(name, "learned on all", join, one.figures(join))
    if options.write:
        written = [pairs for pairs in everything if pairs.total != WEIGHT_OF_REPRINTS]
        record = {"one language": learned, "across languages": learn(written, ACROSS, UNITS_ACROSS)}
        stored = {which: {part: _plain(value) for part, value in asdict(one).items()} for which, one in record.items()}
        (PACKAGE / "weights.json").write_text(json.dumps(stored) + "\n", "utf-8")


def _plain(value: Any) -> Any:
    """Part of a network as JSON holds it, to four places."""
    return np.round(value, 4).tolist() if isinstance(value, np.ndarray | float) else value


if __name__ == "__main__":
    main()
