"""The window at volume: what is packed and restored decides as what was always at hand."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import nlargest

import msgspec
import numpy as np
import pytest

import storydesk.group.postings
import storydesk.group.window
from storydesk.group import Grouper, Settings, Traits
from storydesk.group.evidence import Weighed, evidence, in_words
from storydesk.group.packed import Packed
from storydesk.group.postings import LONGEST_POSTING, Postings

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


def test_packed_items_decide_as_those_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    traits = stream(400)
    at_hand = Grouper()
    expected = [at_hand.place(one) for one in traits]
    monkeypatch.setattr(storydesk.group.window, "AT_HAND", 3)
    monkeypatch.setattr(storydesk.group.window, "UNPACKED", 2)
    packing = Grouper()
    assert [packing.place(one) for one in traits] == expected


def test_what_is_unpacked_gives_the_same_evidence_to_the_last_digit() -> None:
    weighed = [Weighed.of(one) for one in (*stream(40), Traits("empty"), replace(stream(1)[0], published=None))]
    again = [Packed(one).unpacked() for one in weighed]
    for one, copy in zip(weighed, again, strict=True):
        assert [evidence(one, other) for other in weighed] == [evidence(copy, other) for other in again]
        assert [in_words(one, other) for other in weighed] == [in_words(copy, other) for other in again]


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
