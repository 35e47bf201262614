"""The window at volume: what is restored decides as what was always at hand, and many are compared as each alone."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from heapq import nlargest

import msgspec
import numpy as np
import pytest

import storydesk.group.postings
from storydesk.group import Grouper, Settings, Traits
from storydesk.group.evidence import FEATURES, evidence
from storydesk.group.postings import LONGEST_POSTING, Postings
from storydesk.group.weighed import Weighed
from tests.group.pairs import plainly

DAY_ONE = datetime(2026, 3, 2, tzinfo=UTC)
WORDS = [
    f"{first}{second}{third}{last}"
    for first in "bdfk"
    for second in "aeiou"
    for third in ("ran", "lit", "mos", "nug")
    for last in ("al", "er", "ik", "om")
]


def stream(count: int) -> list[Traits]:
    """Made traits: four items an event, in the order of time."""
    chance = random.Random(7)
    noise = np.random.default_rng(7)
    made: list[Traits] = []
    for number in range(count):
        if number % 4 == 0:
            told = chance.sample(WORDS, 20)
            meaning = noise.standard_normal(512)
        own = told[:14] + chance.sample(WORDS, 8)
        vector = meaning + noise.standard_normal(512) / 2
        made.append(
            Traits(
                str(number),
                source=f"source {number % 9}",
                published=DAY_ONE + timedelta(minutes=30 * number),
                language="en",
                title=tuple(own[:5]),
                lead=tuple(dict.fromkeys(own[5:15])),
                body=dict.fromkeys(own, 1 + number % 3),
                names={form: form.title() for form in own[2:9]},
                numbers=(str(number // 4),),
                vector=(vector / np.linalg.norm(vector)).astype("<f2").tobytes(),
            )
        )
    return made


def test_a_thousand_items_restored_from_what_is_stored_go_on_as_if_nothing_had_been() -> None:
    traits = stream(1_200)
    settings = Settings(days=14, at_least=300)
    lasting, restored = Grouper(settings=settings), Grouper(settings=settings)
    stories: dict[str, str] = {}
    for one in traits[:1_000]:
        placement, merges = lasting.place(one)
        stories[one.id] = placement.story
        gone = {merge.gone: merge.kept for merge in merges}
        stories = {item: gone.get(story, story) for item, story in stories.items()}
    stored = [(msgspec.json.encode(one), stories[one.id]) for one in traits[:1_000]]
    for line, story in stored:
        restored.restore(msgspec.json.decode(line, type=Traits), story)
    after = [lasting.place(one) for one in traits[1_000:]]
    assert [restored.place(one) for one in traits[1_000:]] == after
    assert 0 < sum(placement.why == ("starts a story",) for placement, _ in after) < len(after)


def test_what_is_held_against_many_at_once_gives_the_plain_figures_of_each_pair() -> None:
    bare = Traits("bare", numbers=("12",), phrases=np.array([1, 7], dtype="<u4").tobytes(), weekdays=(2, 4))
    some = stream(24)
    traits = [
        *some,
        bare,
        Traits("empty"),
        replace(some[0], id="undated", published=None, stated=date(2026, 3, 5), phrases=bare.phrases, weekdays=(4,)),
        replace(some[1], id="short", body=dict(list((some[1].body or {}).items())[:3]), vector=b"", source=None),
    ]
    weighed = [Weighed.of(one) for one in traits]
    for one, item in zip(traits, weighed, strict=True):
        for other, found in zip(traits, evidence(item, weighed), strict=True):
            assert dict(zip(FEATURES, found, strict=True)) == pytest.approx(plainly(one, other), rel=1e-6, abs=1e-6)


def test_an_item_and_another_are_alike_whichever_comes_first() -> None:
    one, other, third = (Weighed.of(each) for each in stream(3))
    assert evidence(one, [third, other])[1] == pytest.approx(evidence(other, [one])[0])


def test_postings_find_what_a_plain_count_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storydesk.group.postings, "SWEEP", 50)
    chance = random.Random(3)
    postings = Postings()
    held: dict[str, list[tuple[int, float]]] = defaultdict(list)
    gone = -1
    for number in range(3_000):
        keys = {form: chance.random() for form in chance.sample(WORDS, 6)}
        shared: dict[int, float] = defaultdict(float)
        for form, weight in keys.items():
            for other, theirs in held[form][-LONGEST_POSTING:]:
                if other > gone:
                    shared[other] += weight * theirs
        if number % 17 == 0:
            closest = nlargest(9, shared.items(), key=lambda pair: (pair[1], -pair[0]))
            assert postings.near(keys, 9) == [other for other, _ in closest]
        postings.add(number, keys)
        for form, weight in keys.items():
            held[form].append((number, weight))
        if number > 1_500:
            gone = number - chance.randint(1_400, 1_500) if number % 100 == 0 else gone
            postings.leave(max(gone, 0))
    assert postings.near({"nowhere": 1.0}, 9) == []
