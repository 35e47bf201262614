"""What a reader holds of two accounts, and what compare holds of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from storydesk.compare.contested import contested
from storydesk.coverage import Difference, Passage, Point, Side
from tests.compare.differing import SEEN, UNSEEN, Pair, right, shown

ASKED = 0.95


@pytest.mark.parametrize("pairs", [SEEN, UNSEEN], ids=["in view", "unseen"])
def test_what_two_accounts_differ_in_is_told_rightly(pairs: Sequence[Pair]) -> None:
    wrong = [pair.texts for pair in pairs if not (right(pair) and right(pair, turned=True))]
    assert len(wrong) <= (1 - ASKED) * len(pairs), wrong


@pytest.mark.parametrize(
    "pair", [pair for pair in (*SEEN, *UNSEEN) if pair.rounding], ids=lambda pair: pair.texts[0][:40]
)
def test_figures_that_only_round_one_another_never_clash(pair: Pair) -> None:
    assert not shown(pair)


def test_the_suite_asks_for_every_kind_and_outcome() -> None:
    assert len(SEEN) + len(UNSEEN) >= 160
    assert len(UNSEEN) >= 50
    assert {pair.on for pair in UNSEEN} == {"", "number", "date", "place", "name", "blame", "certainty"}
    assert {pair.outcome for pair in UNSEEN} == {"agree", "clash", "update"}


def test_a_point_knows_the_differences_in_which_it_takes_a_side() -> None:
    def words(item: str, start: int, text: str) -> Passage:
        return Passage(item, 1, start, start + len(text), text)

    told = words("a", 10, "The fire killed 312 people on Monday.")
    other = words("b", 0, "The fire killed 321 people.")
    toll = Difference(
        "number", "people killed", (Side(words("a", 26, "312"), told), Side(words("b", 16, "321"), other))
    )
    day = Difference("date", "date", (Side(words("c", 0, "Monday"), other), Side(words("b", 3, "Tuesday"), other)))
    point, silent = contested([Point(told, ("a",)), Point(words("c", 40, "Nobody was told."), ("c",))], [day, toll])
    assert point.contested == (1,)
    assert silent.contested == ()
