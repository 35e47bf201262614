"""The laws of corrections on a desk with its database: what editors ruled holds whatever arrives, an undo restores
exactly, every address leads to a living story, and a worker that was started again places what comes as the one before
would have."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storydesk.desk import corrections, placing
from storydesk.desk.addresses import leads_to
from storydesk.desk.database import Database
from storydesk.desk.models import CorrectionRow, ItemRow, StoryRow
from storydesk.desk.placing import Placing
from storydesk.errors import InputError
from storydesk.group import Constraint, Grouper, kept_story
from storydesk.model import Account
from tests.desk.conftest import GAZETTE, NOON, item
from tests.group.ledger import Act, Ledger, broken, steps
from tests.group.test_corrections import EAGER, of_event

NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
"""A desk is slow: a failing example is shown as it was found."""

Step = tuple[str, int, int, int]
State = tuple[dict[str, str], dict[str, str]]


def eager(constraints: list[Constraint]) -> Grouper:
    """A grouper that joins and merges at a hint, so that corrections are put to the test."""
    return Grouper(constraints, EAGER)


class Run:
    """A desk, the ledger of what it was told, and a worker's placing that lasts."""

    def __init__(self) -> None:
        self.store, self.placing, self.ledger = Database(), Placing(), Ledger()
        self.store.add_source(GAZETTE)

    def take(self, step: Step) -> None:
        kind, *numbers = step
        rules = self.store.constraints()
        if kind == "arrive":
            self.arrive(*numbers)
        elif self.ledger.base:
            self.correct(kind, *numbers)
            rules = self.store.constraints()
        assert broken(rules, self.ledger) == []
        self.check()

    def arrive(self, event: int, hours: int, turn: int) -> None:
        key = f"{len(self.ledger.base):02}"
        traits = replace(of_event(event, hours, turn), id=key)
        self.store.keep_item(item(key, f"Words of {key}.", published=traits.published), NOON)
        (waiting,) = self.store.untold(9)
        self.store.keep_account(Account(waiting), traits)
        placement, merges = Placing()._current(self.store).place(traits)
        self.placing.place_all(self.store)
        self.ledger.placed(key, placement.story, merges)

    def correct(self, kind: str, which: int, how_many: int, to: int) -> None:
        before = self.state()
        try:
            with transaction.atomic():
                row = self.act(kind, which, how_many, to)
        except InputError:
            assert self.state() == before, "what is refused changes nothing"
            return
        if kind != "undo":
            after = self.state()
            with transaction.atomic():
                corrections.undo(row.pk, "ed", NOON)
                assert self.state(before) == before, "an undo restores"
                transaction.set_rollback(True)
            assert self.state() == after

    def act(self, kind: str, which: int, how_many: int, to: int) -> CorrectionRow:
        """Does it on the desk, and tells the ledger."""
        if kind == "undo":
            return self.undo(which)
        stories = self.ledger.stories()
        story, other = stories[which % len(stories)], stories[to % len(stories)]
        items = self.ledger.members(story)[: how_many % 3 + 1]
        row = {
            "split": lambda: corrections.split(items, "ed", NOON),
            "move": lambda: corrections.move(items, other, "ed", NOON),
            "merge": lambda: corrections.merge(story, other, "ed", NOON),
            "pin": lambda: corrections.pin(items, "ed", NOON),
        }[kind]()
        stood = {} if kind == "merge" else dict.fromkeys(items, story)
        self.ledger.acts.append(Act(kind, row.story_id, stood, gone=row.gone_id or ""))
        return row

    def undo(self, which: int) -> CorrectionRow:
        rows = list(CorrectionRow.objects.order_by("pk"))
        if not rows:
            raise InputError("nothing was done yet")
        number = which % len(rows)
        row = corrections.undo(rows[number].pk, "mo", NOON)
        self.ledger.acts[number].undone = True
        return row

    def state(self, of: State | None = None) -> State:
        """Where each item stands, and where each address leads (of the stories that ``of`` knows)."""
        stories = of[1] if of else StoryRow.objects.values_list("pk", flat=True)
        return (
            dict(ItemRow.objects.values_list("pk", "story_id")),
            {story: leads_to(story).story.pk for story in stories},
        )

    def check(self) -> None:
        """What always holds."""
        where, addresses = self.state()
        assert where == {key: self.ledger.where(key) for key in self.ledger.base}
        assert set(addresses.values()) <= set(where.values()), "every address leads to a story with items"
        assert all(addresses[story] == story for story in where.values())
        for story, end in addresses.items():
            if story in self.ledger.kept and (kept := kept_story(story, self.ledger.kept)) in where.values():
                assert end == kept
        assert self.store.constraints() == self.ledger.constraints()


@pytest.mark.django_db
@given(steps(18), st.randoms(use_true_random=False))
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], phases=NO_SHRINKING)
def test_the_laws_of_corrections(taken: list[Step], random: object) -> None:
    with patch.object(placing, "Grouper", eager), transaction.atomic():
        run = Run()
        for step in taken:
            run.take(step)
        undo_all(random)
        where, addresses = run.state()
        assert where == {key: kept_story(story, run.ledger.grouped) for key, story in run.ledger.base.items()}
        assert set(addresses.values()) <= set(where.values())
        assert run.store.constraints() == []
        transaction.set_rollback(True)


def undo_all(random: object) -> None:
    """In any order, pins first: then all must be as grouping alone has it."""
    rows = list(CorrectionRow.objects.filter(undone_at=None))
    random.shuffle(rows)  # type: ignore[attr-defined]
    for row in sorted(rows, key=lambda row: row.kind != row.Kind.PIN):
        corrections.undo(row.pk, "ed", NOON)
