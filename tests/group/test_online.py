"""The laws of the grouper, on traits made by hand: no encoder, no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from storydesk.group import Constraint, Grouper, Settings, Traits, characterise
from storydesk.language.vectors import DIMENSIONS, Vectors
from storydesk.model import Account, Item, Merge, Placement

DAY_ONE = datetime(2026, 3, 2, 8, tzinfo=UTC)
EVENTS = (
    (
        "The ferry Havdis ran aground off Bergen with 84 people",
        "Captain Lars Nygaard told the coast guard at Bergen that the rudder of Havdis had jammed",
        "Lifeboats from Askoy took all 84 off the ferry, said Marit Vik of the coast guard",
        "Tugs from Stavanger will pull the Havdis from the rocks, said Lars Nygaard",
    ),
    (
        "The mayor of Zagreb, Ivan Babic, resigned over a tender for trams",
        "Prosecutor Nada Horvat had searched the villa of Ivan Babic in Zagreb on Friday",
        "His deputy Petra Juric takes over the town hall in Zagreb until the vote",
        "The tender for trams went to a firm in Split owned by a cousin of Babic, said Nada Horvat",
    ),
    (
        "A comet named Okafor can be seen over the Atacama before dawn",
        "Astronomer Chidi Okafor found it with a telescope in the Atacama last May",
        "Its tail of dust is longer than that of Halley, said Chidi Okafor in Antofagasta",
        "The observatory at Antofagasta opens its terrace for those who want to see Okafor",
    ),
    (
        "Nurseries in Leeds close after 31 cases of measles",
        "Doctor Priya Nair asked parents in Leeds and Wakefield to check the vaccination card",
        "A clinic in Wakefield vaccinates on Sunday, said Priya Nair",
        "Of 31 children with measles four are in hospital in Leeds",
    ),
)


def by_words(texts: Sequence[str]) -> Vectors:
    """An encoder for tests: texts with common words lie close."""
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            vectors[row, crc32(word.encode()) % DIMENSIONS] += 1.0
        vectors[row] /= np.linalg.norm(vectors[row]) or 1.0
    return vectors


def told(number: int, event: int, hours: float = 0, turn: int = 0) -> Traits:
    """An item on one of the events; ``turn`` says with which of its sentences it begins."""
    sentences = EVENTS[event][turn % 4 :] + EVENTS[event][: turn % 4]
    item = Item(
        str(number),
        ". ".join(sentences) + ".",
        sentences[1],
        source=f"source {number}",
        published=DAY_ONE + timedelta(hours=hours),
        language="en",
    )
    return characterise(Account(item), by_words)


ARRIVALS = st.lists(
    st.tuples(st.integers(0, len(EVENTS) - 1), st.integers(0, 96), st.integers(0, 3)), min_size=1, max_size=14
)


def traits_of(arrivals: list[tuple[int, int, int]]) -> list[Traits]:
    return [told(number, event, hours, turn) for number, (event, hours, turn) in enumerate(arrivals)]


def run(grouper: Grouper, traits: list[Traits]) -> tuple[list[Placement], dict[str, str]]:
    """Every placement as decided, and the story of each item after merges."""
    placements: list[Placement] = []
    story: dict[str, str] = {}
    for one in traits:
        placement, merges = grouper.place(one)
        placements.append(placement)
        story[one.id] = placement.story
        story = follow(story, merges)
    return placements, story


def follow(story: dict[str, str], merges: tuple[Merge, ...]) -> dict[str, str]:
    for merge in merges:
        story = {item: merge.kept if old == merge.gone else old for item, old in story.items()}
    return story


def test_items_of_one_event_join_and_others_stay_apart() -> None:
    traits = [told(0, 0), told(1, 1), told(2, 0, 2, 1), told(3, 1, 3, 2), told(4, 2)]
    _, story = run(Grouper(), traits)
    assert story == {"0": "s0", "1": "s1", "2": "s0", "3": "s1", "4": "s4"}


def test_a_placement_says_why() -> None:
    placements, _ = run(Grouper(), [told(0, 0), told(1, 0, 3)])
    assert placements[0].why == ("starts a story",)
    assert placements[1].why[0].startswith("shares the names ")
    assert "Havdis" in placements[1].why[0]
    assert "published 3 hours apart" in placements[1].why
    assert placements[1].score > 0.5


@given(ARRIVALS)
def test_what_is_decided_does_not_depend_on_what_comes_later(arrivals: list[tuple[int, int, int]]) -> None:
    traits = traits_of(arrivals)
    whole, _ = run(Grouper(), traits)
    part, _ = run(Grouper(), traits[: len(traits) // 2])
    assert whole[: len(part)] == part


@given(ARRIVALS, st.integers(0, 14))
def test_a_restored_grouper_decides_as_the_one_that_never_stopped(
    arrivals: list[tuple[int, int, int]], stop: int
) -> None:
    traits = traits_of(arrivals)
    lasting = Grouper(settings=Settings(days=2, at_least=3))
    _, story = run(lasting, traits[:stop])
    restored = Grouper(settings=Settings(days=2, at_least=3))
    for one in traits[:stop]:
        stored = msgspec.convert(msgspec.json.decode(msgspec.json.encode(one)), Traits)
        restored.restore(stored, story[one.id])
    assert [lasting.place(one) for one in traits[stop:]] == [restored.place(one) for one in traits[stop:]]


@given(ARRIVALS)
def test_placing_again_changes_nothing(arrivals: list[tuple[int, int, int]]) -> None:
    traits = traits_of(arrivals)
    grouper = Grouper()
    _, story = run(grouper, traits)
    for one in traits:
        placement, merges = grouper.place(one)
        assert placement.story == story[one.id]
        assert not merges


def test_a_story_that_grows_old_as_an_item_comes_in_is_no_rival() -> None:
    grouper = Grouper(settings=Settings(days=2, at_least=3))
    for one in traits_of([(0, 0, 0), (1, 49, 0), (0, 0, 0), (1, 77, 0), (1, 64, 0)]):
        _, merges = grouper.place(one)
        assert not merges


def test_the_window_forgets_the_old_but_never_the_latest() -> None:
    old = told(0, 0)
    fresh = [told(number, 1 + number % 3, 24 * 8 + number, number) for number in range(1, 30)]
    late = told(99, 0, 24 * 8 + 40)
    forgetful = Grouper(settings=Settings(days=7, at_least=10))
    run(forgetful, [old, *fresh])
    assert forgetful.place(late)[0].story == "s99"
    retentive = Grouper(settings=Settings(days=7, at_least=100, join=0.1))
    run(retentive, [old, *fresh])
    assert retentive.place(late)[0].story == "s0"


def test_memory_is_bounded_by_the_most_items() -> None:
    grouper = Grouper(settings=Settings(at_least=2, at_most=5))
    for number in range(40):
        grouper.place(told(number, number % 4, number))
    assert len(grouper._window.items) == 5
    assert sum(map(len, grouper._window.stories.values())) == 5


def test_one_item_from_the_future_ages_nobody() -> None:
    grouper = Grouper(settings=Settings(days=7, at_least=0))
    grouper.place(told(0, 0))
    for number in range(1, 4):
        grouper.place(told(number, 1, number))
    grouper.place(told(4, 2, 24 * 365 * 50))
    assert grouper.place(told(5, 0, 5, 1))[0].story == "s0"


def test_empty_undated_and_one_word_items_stand_alone() -> None:
    traits = [Traits("a"), Traits("b"), Traits("c", title=("fire",), body={"fire": 1})]
    _, story = run(Grouper(), [*traits, replace(traits[2], id="d", title=("rain",), body={"rain": 1})])
    assert len(set(story.values())) == 4


def test_two_stories_merge_when_evidence_grows() -> None:
    """Two accounts that share little meet through a third that tells both halves; the older story is kept."""
    grouper = Grouper(settings=Settings(join=0.45, merge=0.0))
    grouper.restore(told(0, 0), "s0")
    grouper.restore(told(1, 0, 1, 3), "s1")
    placement, merges = grouper.place(told(2, 0, 2, 2))
    assert [(merge.kept, merge.gone) for merge in merges] == [("s0", "s1")]
    assert placement.story in {"s0", "s1"}
    assert grouper.place(told(1, 0, 1, 3))[0].story == "s0"


RULES = st.lists(
    st.builds(
        Constraint,
        st.sampled_from(["must_join", "must_not_join"]),
        st.integers(0, 13).map(str),
        st.integers(0, 13).map(str),
    ),
    max_size=4,
)


@given(ARRIVALS, RULES)
def test_constraints_are_obeyed_whatever_arrives(arrivals: list[tuple[int, int, int]], rules: list[Constraint]) -> None:
    rules = [rule for rule in rules if rule.item != rule.other]
    _, story = run(Grouper(rules), traits_of(arrivals))
    forbidden = any(rule.rule == "must_not_join" for rule in rules)
    for rule in rules:
        if rule.item not in story or rule.other not in story:
            continue
        if rule.rule == "must_not_join" and not contradicted(rule, rules):
            assert story[rule.item] != story[rule.other]
        if rule.rule == "must_join" and not forbidden:
            assert story[rule.item] == story[rule.other]


def contradicted(rule: Constraint, rules: list[Constraint]) -> bool:
    """Whether joining rules alone already bring together what a rule keeps apart."""
    together = {rule.item}
    for _ in rules:
        for other in rules:
            if other.rule == "must_join" and {other.item, other.other} & together:
                together |= {other.item, other.other}
    return rule.other in together


@given(ARRIVALS, RULES)
def test_undone_constraints_leave_no_trace(arrivals: list[tuple[int, int, int]], rules: list[Constraint]) -> None:
    traits = traits_of(arrivals)
    ruled = Grouper(rules)
    ruled.obey(())
    assert run(ruled, traits) == run(Grouper(), traits)


def test_an_item_can_be_kept_out_of_a_story_and_put_into_one() -> None:
    out = Grouper([Constraint("must_not_join", "2", "s0", "story")])
    assert run(out, [told(0, 0), told(1, 0, 1, 1), told(2, 0, 2, 2)])[1] == {"0": "s0", "1": "s0", "2": "s2"}
    into = Grouper([Constraint("must_join", "2", "s0", "story")])
    placements, story = run(into, [told(0, 0), told(1, 1), told(2, 1, 1)])
    assert story["2"] == "s0"
    assert placements[2].why == ("an editor ruled so",)


def test_a_moved_item_takes_its_company_along() -> None:
    grouper = Grouper()
    run(grouper, [told(0, 0), told(1, 0, 1, 1)])
    grouper.move("1", "s1")
    assert grouper.place(told(1, 0, 1, 1))[0].story == "s1"
    assert grouper.place(told(0, 0))[0].story == "s0"
