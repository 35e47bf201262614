"""Stories that belong to one affair, and such that only seem to (``storylines.toml``); and what always holds of a
link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from storydesk.group import Central, Gist, Spread, affair, gist, link
from storydesk.group.traits import Traits
from storydesk.model import Account, Item, Mention
from tests.group.storylines import LINES, Line, gists, linked

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_line(line: Line) -> None:
    if line.missed:
        pytest.xfail(line.missed)
    assert linked(line)


def test_the_suite_is_large_and_half_of_it_traps() -> None:
    assert len(LINES) >= 40
    assert 0.4 < sum(line.together for line in LINES) / len(LINES) < 0.6
    assert len({line.name for line in LINES}) == len(LINES)


def test_a_link_is_the_same_from_either_side_and_a_gist_can_be_kept() -> None:
    for line in LINES[1:4]:
        one, other, *_ = gists(line)
        there, back = link(one, other), link(other, one)
        assert there is not None
        assert back is not None
        assert (there.score, there.why) == (back.score, back.why)
        assert msgspec.convert(msgspec.to_builtins(one), Gist) == one


def brekke(story: str, days: float = 0, **fields: object) -> Gist:
    names = {
        "halvard brekke": Central("Halvard Brekke", "person", 1.0),
        "sigrid nyhus": Central("Sigrid Nyhus", "person", 1.0),
    }
    at = NOON + timedelta(days=days)
    return replace(Gist(story, at, at, names), **fields)  # type: ignore[arg-type]


def test_the_reason_is_told_in_words() -> None:
    terms = {"shipowner": 0.6}
    made = link(brekke("a", terms=terms), brekke("b", 190, terms=terms))
    assert made is not None
    assert made.why == (
        "both tell of Halvard Brekke and Sigrid Nyhus",
        "rare words in both: shipowner",
        "told 6 months apart",
    )


def test_the_longer_the_time_between_the_more_it_takes() -> None:
    scores = [made.score for days in (0, 2, 30, 300) if (made := link(brekke("a"), brekke("b", days)))]
    assert len(scores) >= 3
    assert scores == sorted(scores, reverse=True)
    assert link(brekke("a"), brekke("b", 20_000)) is None


def test_numbers_of_a_series_are_no_affair() -> None:
    column = (("Harbour Times", ("week", "garden")),)
    assert link(brekke("a", titles=column), brekke("b", 7, titles=column)) is None
    elsewhere = (("Other Times", ("week", "garden")),)
    assert link(brekke("a", titles=column), brekke("b", 7, titles=elsewhere)) is not None


def test_names_that_the_desk_has_in_every_other_story_link_nothing() -> None:
    everywhere = Spread(200, {"halvard brekke": 90, "sigrid nyhus": 90})
    assert link(brekke("a"), brekke("b"), everywhere) is None
    assert link(brekke("a"), brekke("b"), Spread(200, {"halvard brekke": 2})) is not None


def test_an_affair_has_the_closest_first_and_never_the_story_itself() -> None:
    nearest, later, other = brekke("n", 1), brekke("l", 200), Gist("o", NOON, NOON)
    assert [made.other for made in affair(brekke("a"), [later, other, brekke("a"), nearest])] == ["n", "l"]


def test_a_gist_holds_what_the_members_have_in_common() -> None:
    def member(key: str, text: str, *names: str) -> tuple[Traits, Account]:
        found = tuple(Mention(text.index(name), text.index(name) + len(name), "person", name) for name in names)
        return Traits(key, "Post", NOON, title=("wreck",), lead=("diver",)), Account(Item(key, text), mentions=found)

    found = gist("s", [member("a", "Ada Moe dived.", "Ada Moe"), member("b", "Ada Moe and Bo Ek.", "Ada Moe", "Bo Ek")])
    assert {key: central.weight for key, central in found.names.items()} == {"ada moe": 0.8, "bo ek": 0.4}
    assert found.terms == {"wreck": 1.0, "diver": 0.6}
    assert (found.begins, found.ends, found.titles) == (NOON, NOON, (("Post", ("wreck",)),))


def test_a_story_of_which_nothing_is_known_has_no_affair() -> None:
    assert link(gist("s", []), gist("t", [])) is None
