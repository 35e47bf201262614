"""How often grouping errs, and its worst mistakes with what misled it: figures and ids only, no words of an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb

import numpy as np

from eval.labelled import Labelled, last
from storydesk.group import Grouper, story_id
from storydesk.group.evidence import FEATURES, days_apart, evidence
from storydesk.group.weighed import Weighed

__all__ = ["Grouped", "grouped", "rates", "worst"]

TOLD = {
    "names_least": "names",
    "title_least": "the words of the headlines",
    "lead": "the words of headline and lead",
    "body": "the words of the text",
    "numbers": "figures",
    "meaning": "meaning",
}
"""Features that a person can follow, in words. Each runs from 0, nothing in common, to 1."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Grouped:
    """A labelled set as one pass groups it: by item its story in the end, and the score and whether it joined when it
    was placed."""

    labelled: Labelled
    found: tuple[str, ...]
    scores: tuple[float, ...]
    joined: tuple[bool, ...]
    at_once: tuple[str, ...]


@dataclass(frozen=True)
class Mistake:
    """``weight`` is how many pairs of items it joins or parts wrongly."""

    weight: int
    set: str
    told: str


def grouped(labelled: Labelled) -> Grouped:
    """One pass in file order at the default setting."""
    grouper = Grouper()
    placements = []
    kept: dict[str, str] = {}
    for one in labelled.traits:
        placement, merges = grouper.place(one)
        placements.append(placement)
        kept |= {merge.gone: merge.kept for merge in merges}
    return Grouped(
        labelled,
        tuple(last(kept, placement.story) for placement in placements),
        tuple(placement.score for placement in placements),
        tuple(placement.story != story_id(one.id) for one, placement in zip(labelled.traits, placements, strict=True)),
        tuple(placement.story for placement in placements),
    )


def rates(done: Grouped) -> list[tuple[str, float]]:
    """Of the items that join a story, the share that find none of their event there as they come; of the items whose
    event has come before, the share that start a story; and of the pairs in one story or one event, those wrongly
    joined or parted in the end."""
    gold, name = done.labelled.gold, done.labelled.name
    members: dict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    wrong = missed = again = 0
    for event, story, joined in zip(gold, done.at_once, done.joined, strict=True):
        wrong += joined and event not in members[story]
        again += event in seen
        missed += event in seen and not joined
        members[story].add(event)
        seen.add(event)
    right = _pairs(zip(gold, done.found, strict=True))
    return [
        (f"grouping/{name}, wrong joins of all joins", wrong / max(1, sum(done.joined))),
        (f"grouping/{name}, missed joins of all due", missed / max(1, again)),
        (f"grouping/{name}, pairs joined wrongly", 1 - right / max(1, _pairs(done.found))),
        (f"grouping/{name}, pairs parted wrongly", 1 - right / max(1, _pairs(gold))),
    ]


def _pairs(labels: Iterable[object]) -> int:
    return sum(comb(count, 2) for count in Counter(labels).values())


def worst(sets: Sequence[Grouped], most: int = 10) -> list[str]:
    """The mistakes that join or part most pairs wrongly, worst first, a line each."""
    mistakes = [mistake for done in sets for mistake in (*_merges(done), *_splits(done))]
    mistakes.sort(key=lambda mistake: (-mistake.weight, mistake.set, mistake.told))
    return [f"{mistake.set}: {mistake.told}" for mistake in mistakes[:most]]


def _merges(done: Grouped) -> Iterator[Mistake]:
    """Stories that hold several events."""
    gold = done.labelled.gold
    for _, members in _by(done.found):
        events = Counter(gold[index] for index in members)
        weight = _pairs(gold[index] for index in members)
        if (wrong := comb(len(members), 2) - weight) == 0:
            continue
        pair = _closest(done, [(i, j) for i, j in combinations(members, 2) if gold[i] != gold[j]])
        held = ", ".join(f"{event} ({count})" for event, count in events.most_common(4))
        rest = f" and {len(events) - 4} more" if len(events) > 4 else ""
        yield Mistake(
            wrong,
            done.labelled.name,
            f"one story of {len(members)} items holds {held}{rest}: {wrong} pairs joined wrongly. "
            f"Closest pair of two events: {_reasons(done, pair, alike=True)}.",
        )


def _splits(done: Grouped) -> Iterator[Mistake]:
    """Events that stand in several stories."""
    for event, members in _by(done.labelled.gold):
        stories = Counter(done.found[index] for index in members)
        parted = comb(len(members), 2) - _pairs(done.found[index] for index in members)
        if parted == 0:
            continue
        pair = _closest(done, [(i, j) for i, j in combinations(members, 2) if done.found[i] != done.found[j]])
        sizes = " + ".join(str(count) for _, count in stories.most_common())
        refused = max(
            (done.scores[index] for index in members[1:] if not done.joined[index]), default=done.scores[members[-1]]
        )
        yield Mistake(
            parted,
            done.labelled.name,
            f"{event}, {len(members)} items, stands in {len(stories)} stories ({sizes}): {parted} pairs parted "
            f"wrongly, the closest refusal at {refused:.2f}. Closest parted pair: {_reasons(done, pair, alike=False)}.",
        )


def _by(labels: Sequence[str]) -> list[tuple[str, list[int]]]:
    members: dict[str, list[int]] = defaultdict(list)
    for index, label in enumerate(labels):
        members[label].append(index)
    return list(members.items())


def _closest(done: Grouped, pairs: Sequence[Pair]) -> Pair:
    return max(pairs, key=lambda pair: _features(done, pair)["body"])


def _features(done: Grouped, pair: Pair) -> dict[str, float]:
    one, other = _weighed(done, pair)
    return dict(zip(FEATURES, evidence(one, [other])[0].tolist(), strict=True))


def _weighed(done: Grouped, pair: Pair) -> tuple[Weighed, Weighed]:
    one, other = (Weighed.of(done.labelled.traits[index]) for index in pair)
    return one, other


def _reasons(done: Grouped, pair: Pair, *, alike: bool) -> str:
    """Which features speak for the wrong decision: they lie on the wrong side of the middle between pairs of one event
    and of two."""
    found, middle = _features(done, pair), _middles(done)
    misled = [
        f"{words} {found[name]:.2f} (even at {middle[name]:.2f})"
        for name, words in TOLD.items()
        if (found[name] > middle[name]) == alike
    ]
    gap = days_apart(*_weighed(done, pair))
    when = "no date tells them apart" if gap is None else f"{gap:.1f} days apart"
    return f"{', '.join(misled) or 'nothing alone, all together'}; {when}"


def _middles(done: Grouped) -> Mapping[str, float]:
    """Between the median of neighbouring pairs of one event and that of pairs of two, by feature."""
    if done.labelled.name not in _MIDDLES:
        gold = done.labelled.gold
        events = _by(gold)
        same = [(members[0], members[1]) for _, members in events if len(members) > 1]
        apart = [(a[0], b[0]) for (_, a), (_, b) in pairwise(events)]
        medians = []
        for pairs in (same, apart):
            found = [_features(done, pair) for pair in pairs]
            medians.append({name: float(np.median([one[name] for one in found])) for name in TOLD})
        _MIDDLES[done.labelled.name] = {name: (medians[0][name] + medians[1][name]) / 2 for name in TOLD}
    return _MIDDLES[done.labelled.name]


_MIDDLES: dict[str, dict[str, float]] = {}
