"""The laws of corrections, on the grouper alone: whatever arrives and whatever editors do in between, what they ruled
is obeyed, and a grouper that was restored decides as the one that never stopped."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storydesk.group import Constraint, Correction, Grouper, Settings, Traits, constraints_of
from tests.group.ledger import Act, Ledger, broken, steps
from tests.group.test_online import told

EAGER = Settings(days=1, at_least=4, join=0.4, merge=0.0)
"""Joins and merges at a hint, and forgets soon, so that corrections are put to the test."""

Step = tuple[str, int, int, int]


@cache
def of_event(event: int, hours: int, turn: int) -> Traits:
    return told(0, event, hours, turn)


class Run:
    """A grouper that lasts, and what a desk would know."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.traits: list[Traits] = []
        self.grouper = Grouper(settings=EAGER)

    def restored(self) -> Grouper:
        grouper = Grouper(self.ledger.constraints(), EAGER)
        for traits in self.traits:
            grouper.restore(traits, self.ledger.where(traits.id))
        return grouper

    def take(self, step: Step) -> None:
        if step[0] == "arrive":
            self.arrive(*step[1:])
        elif self.traits:
            {"split": self.split, "move": self.move, "merge": self.merge, "pin": self.pin, "undo": self.undo}[step[0]](
                *step[1:]
            )
            self.grouper.obey(self.ledger.constraints())
            for item in self.ledger.base:
                self.grouper.move(item, self.ledger.where(item))

    def arrive(self, event: int, hours: int, turn: int) -> None:
        traits = replace(of_event(event, hours, turn), id=str(len(self.traits)))
        rules, restored = self.ledger.constraints(), self.restored()
        placement, merges = self.grouper.place(traits)
        assert restored.place(traits) == (placement, merges)
        self.traits.append(traits)
        self.ledger.placed(traits.id, placement.story, merges)
        assert broken(rules, self.ledger) == []

    def chosen(self, which: int, how_many: int) -> tuple[str, list[str]]:
        """A story and some of its items that may be moved."""
        stories = self.ledger.stories()
        story = stories[which % len(stories)]
        members = [item for item in self.ledger.members(story) if item not in self.ledger.pinned()]
        return story, members[: how_many % 3 + 1]

    def split(self, which: int, how_many: int, _: int) -> None:
        story, items = self.chosen(which, how_many)
        if items and len(items) < len(self.ledger.members(story)):
            self.ledger.acts.append(Act("split", f"new{len(self.ledger.acts)}", dict.fromkeys(items, story)))

    def move(self, which: int, how_many: int, to: int) -> None:
        story, items = self.chosen(which, how_many)
        others = [other for other in self.ledger.stories() if other != story]
        if items and others:
            self.ledger.acts.append(Act("move", others[to % len(others)], dict.fromkeys(items, story)))

    def merge(self, which: int, other: int, _: int) -> None:
        stories = self.ledger.stories()
        kept, gone = stories[which % len(stories)], stories[other % len(stories)]
        if kept != gone and not self.ledger.pinned() & set(self.ledger.members(gone)):
            self.ledger.acts.append(Act("merge", kept, gone=gone))

    def pin(self, which: int, how_many: int, _: int) -> None:
        story, items = self.chosen(which, how_many)
        if items:
            self.ledger.acts.append(Act("pin", story, dict.fromkeys(items, story)))

    def undo(self, which: int, _: int, __: int) -> None:
        acts = [act for act in self.ledger.acts if not act.undone]
        if acts:
            act = acts[which % len(acts)]
            act.undone = not (act.kind != "pin" and self.ledger.moved_by_undo(act) & self.ledger.pinned())


@given(steps(24))
@settings(max_examples=400)
def test_what_editors_ruled_is_obeyed_whatever_arrives(taken: list[Step]) -> None:
    run = Run()
    for step in taken:
        run.take(step)
        assert broken(run.ledger.constraints(), run.ledger) == []


@given(steps(24))
def test_corrections_that_were_all_undone_leave_no_constraint(taken: list[Step]) -> None:
    run = Run()
    for step in taken:
        run.take(step)
    for act in run.ledger.acts:
        act.undone = True
    assert run.ledger.constraints() == []


ONE_EVENT = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), min_size=4, max_size=9)
KEPT_OUT = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=3)


@given(ONE_EVENT, KEPT_OUT)
@example([(19, 1), (8, 3), (11, 1), (8, 3), (6, 1), (19, 1), (13, 2), (11, 3), (10, 1)], [(8, 3)])
@settings(max_examples=400)
def test_an_item_kept_out_of_a_story_is_kept_out_of_the_one_that_took_it_in(
    arrivals: list[tuple[int, int]], kept_out: list[tuple[int, int]]
) -> None:
    rules = [Constraint("must_not_join", str(item), f"s{story}", "story") for item, story in kept_out if item > story]
    ledger, grouper = Ledger(), Grouper(rules, Settings(join=0.45, merge=0.0))
    for number, (hours, turn) in enumerate(arrivals):
        placement, merges = grouper.place(replace(of_event(0, hours, turn), id=str(number)))
        ledger.placed(placement.id, placement.story, merges)
    assert broken([rule for rule in rules if rule.item in ledger.base], ledger) == []


# ------------------------------------------------------------------------------------------------ what follows


def test_an_item_taken_out_must_stand_where_it_is_and_not_where_it_stood() -> None:
    split = Correction("split", "new", (("a", "s1"), ("b", "s1")))
    assert constraints_of([split], {}) == [
        Constraint("must_join", "a", "new", "story"),
        Constraint("must_not_join", "a", "s1", "story"),
        Constraint("must_join", "b", "new", "story"),
        Constraint("must_not_join", "b", "s1", "story"),
    ]


def test_a_constraint_follows_a_story_through_its_merges() -> None:
    split = Correction("split", "new", (("a", "s1"),))
    assert constraints_of([split], {"s1": "s2", "s2": "s3", "new": "s4"}) == [
        Constraint("must_join", "a", "s4", "story"),
        Constraint("must_not_join", "a", "s3", "story"),
    ]


def test_the_latest_correction_rules_and_what_it_brings_back_is_no_longer_kept_out() -> None:
    there = Correction("move", "s2", (("a", "s1"),))
    back = Correction("move", "s1", (("a", "s2"),))
    assert constraints_of([there, back], {}) == [
        Constraint("must_join", "a", "s1", "story"),
        Constraint("must_not_join", "a", "s2", "story"),
    ]


def test_a_pin_holds_the_item_and_the_story() -> None:
    moved = Correction("move", "s2", (("a", "s1"),))
    assert constraints_of([moved, Correction("pin", "s2", (("a", "s2"),))], {}) == [
        Constraint("must_stay", "a", "s2", "story"),
        Constraint("must_not_join", "a", "s1", "story"),
    ]
    with pytest.raises(ValueError, match="stays in a story"):
        Constraint("must_stay", "a", "b")


# ------------------------------------------------------------------------------------------------ in the grouper


def two_halves(*constraints: Constraint) -> tuple[tuple[str, str], ...]:
    """Two stories of one event, and a third item that shows them to be one: (kept, gone) of each merge."""
    grouper = Grouper(constraints, Settings(join=0.45, merge=0.0))
    grouper.restore(told(0, 0), "s0")
    grouper.restore(told(1, 0, 1, 3), "s1")
    _, merges = grouper.place(told(2, 0, 2, 2))
    return tuple((merge.kept, merge.gone) for merge in merges)


def test_the_elder_story_is_kept_unless_an_editor_holds_the_younger() -> None:
    assert two_halves() == (("s0", "s1"),)
    assert two_halves(Constraint("must_stay", "0", "s0", "story")) == (("s0", "s1"),)
    assert two_halves(Constraint("must_stay", "1", "s1", "story")) == (("s1", "s0"),)
    both = (Constraint("must_stay", "0", "s0", "story"), Constraint("must_stay", "1", "s1", "story"))
    assert two_halves(*both) == ()


def test_stories_whose_items_must_not_meet_are_not_merged() -> None:
    assert two_halves(Constraint("must_not_join", "0", "1")) == ()
    assert two_halves(Constraint("must_not_join", "0", "s1", "story")) == ()


def test_a_ruling_on_a_story_that_was_merged_away_holds_for_the_one_kept() -> None:
    rule = Constraint("must_not_join", "3", "s1", "story")
    grouper = Grouper([rule], Settings(join=0.45, merge=0.0))
    grouper.restore(told(0, 0), "s0")
    grouper.restore(told(1, 0, 1, 3), "s1")
    _, merges = grouper.place(told(2, 0, 2, 2))
    assert [merge.gone for merge in merges] == ["s1"]
    assert grouper.place(told(3, 0, 3))[0].story == "s3"


def test_an_item_grown_old_is_still_kept_apart() -> None:
    """Item 0, kept apart from item 9, has left the window; a younger one stands for its story."""
    fresh = Grouper(settings=Settings(days=2, at_least=2, at_most=2))
    ruled = Grouper([Constraint("must_not_join", "9", "0")], Settings(days=2, at_least=2, at_most=2))
    for grouper in (fresh, ruled):
        grouper.restore(told(0, 0), "s0")
        grouper.restore(told(1, 0, 1, 1), "s0")
        grouper.restore(told(2, 1, 2), "s2")
    assert fresh.place(told(9, 0, 3, 1))[0].story == "s0"
    assert ruled.place(told(9, 0, 3, 1))[0].story == "s9"
