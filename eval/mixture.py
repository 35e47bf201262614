"""As many items as wanted, made of real ones by rule: for volume, where no labelled set is large enough.

An event takes the terms of two real items, most of its names changed for others; each item on it drops some of them and
adds terms of a third. So words stand in as many items as in the news, and posting lists fill as they would. Traits are
made, not texts: 100,000 in a few seconds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from eval.labelled import read_items
from storydesk.group import Traits, characterise
from storydesk.language.vectors import DIMENSIONS, Vectors
from storydesk.model import Account

__all__ = ["mixture"]

SETS = ("background-6k", "events69")
SEED = 100_000
START = datetime(2026, 3, 1, tzinfo=UTC)
SOURCES = 300
ALONE = 0.6
"""Share of events that one outlet alone tells; the others are told by two to forty, few by many."""

CHANGED = 0.8
"""Share of an event's names that are not those of the real item."""

NEW = 0.3
"""Share of the changed names that no real item holds: with ten times the news come new names."""

KEPT = 0.7
"""Share of the event's terms in each of its items."""

LONGEST_DAYS = 2.0
NOISE = 0.6
"""How far the vectors of one event lie apart: cosines of about .7, as between outlets."""


class _Pool(NamedTuple):
    real: list[Traits]
    names: list[str]
    """As often as they are written, so that frequent ones are drawn often."""


def mixture(data: Path, count: int, days: float) -> list[tuple[Traits, str]]:
    """``count`` items over ``days`` in order of publication, each with the story its event makes. The same at each
    call."""
    chance = random.Random(SEED)
    noise = np.random.default_rng(SEED)
    pool = _pool(data)
    made: list[tuple[Traits, str]] = []
    while len(made) < count:
        event = _event(pool, chance)
        began = chance.uniform(0, days - LONGEST_DAYS)
        meaning = noise.standard_normal(DIMENSIONS)
        story = f"s{len(made)}"
        for _ in range(_size(chance)):
            moment = START + timedelta(days=began + chance.uniform(0, LONGEST_DAYS) ** 2 / LONGEST_DAYS)
            told = _told(event, chance.choice(pool.real), chance)
            vector = meaning + NOISE * noise.standard_normal(DIMENSIONS)
            half = (vector / np.linalg.norm(vector)).astype("<f2").tobytes()
            one = replace(told, id=str(len(made)), published=moment, vector=half)
            made.append((one, story))
    return sorted(made[:count], key=lambda pair: pair[0].published or START)


def _pool(data: Path) -> _Pool:
    def none(texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), DIMENSIONS), dtype=np.float32)

    items = [item for name in SETS for item, _ in read_items(data / "stories" / f"{name}.jsonl.gz")]
    real = [characterise(Account(replace(item, language="en")), none) for item in items]
    long = [one for one in real if len(one.body or ()) >= 20]
    return _Pool(long, [form for one in long for form in one.names or ()])


def _size(chance: random.Random) -> int:
    return 1 if chance.random() < ALONE else min(40, 1 + int(chance.paretovariate(1.1)))


def _event(pool: _Pool, chance: random.Random) -> Traits:
    """The terms of one real item and half of those of another, under changed names."""
    one, other = chance.sample(pool.real, 2)
    named = dict.fromkeys([*(one.names or ()), *(other.names or ())])
    changed = {form: _name(pool, chance) for form in named if chance.random() < CHANGED}
    more = [form for form in other.body or () if chance.random() < 0.5]
    body = {changed.get(form, form): count for form, count in ((one.body or {}) | dict.fromkeys(more, 1)).items()}
    names = [changed.get(form, form) for form in named]
    return replace(
        one,
        title=_renamed(one.title, changed),
        lead=_renamed(one.lead, changed),
        body=body,
        names={form: form.capitalize() for form in names if form in body},
        stated=None,
    )


def _name(pool: _Pool, chance: random.Random) -> str:
    name = chance.choice(pool.names)
    if chance.random() >= NEW:
        return name
    other = chance.choice(pool.names)
    return name[: len(name) // 2 + 1] + other[len(other) // 2 :]


def _renamed(terms: Sequence[str], changed: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(changed.get(form, form) for form in terms))


def _told(event: Traits, other: Traits, chance: random.Random) -> Traits:
    """One outlet's account: some of the event's terms, and terms of its own."""
    kept = _some(chance, KEPT)
    own = _some(chance, 1 - KEPT)
    title = tuple(form for form in event.title if kept())
    lead = tuple(dict.fromkeys([*filter(lambda _: kept(), event.lead), *filter(lambda _: own(), other.lead)]))
    body = {form: count for form, count in (event.body or {}).items() if kept()}
    body |= {form: 1 for form in other.body or () if own()}
    shown = dict(list(body.items())[:80])
    names = {form: shape for form, shape in ((event.names or {}) | (other.names or {})).items() if form in shown}
    return replace(
        event,
        source=f"outlet {chance.randrange(SOURCES)}",
        title=title,
        lead=tuple(form for form in lead if form not in title),
        body=shown,
        names=names,
    )


def _some(chance: random.Random, share: float) -> Callable[[], bool]:
    return lambda: chance.random() < share
