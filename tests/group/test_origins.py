"""Independent origins: near-copies, wire credits, owners."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.group import origins
from storydesk.group.origins import credited
from storydesk.model import Item

DAY_ONE = datetime(2026, 3, 2, 8, tzinfo=UTC)
DISPATCH = """A ferry with 84 people on board ran aground off Bergen early on Monday, the coast guard said.
All passengers were taken off by lifeboats and brought to a school in Askoy, where doctors waited.
The captain told the coast guard that the rudder had jammed in a narrow passage.
Salvage boats from Stavanger were expected in the afternoon, and divers would look at the hull.
The line said that no oil had leaked and that sailings on the route were off until Wednesday.
It was the third grounding in these waters in ten years, after those of a freighter and a trawler."""
OWN = """Passengers wrapped in blankets told our reporter in Askoy of a bang and a long silence.
"The lights went out and then we sang," said teacher Marit Vik, who was on her way to work.
Our boat found the ferry leaning on the rocks at dawn, its bow lifted like a slipway.
Nobody could say when the quay would open again; the mayor asked people to keep their cars away."""


def item(name: str, text: str, hour: int = 0, source: str | None = None, **more: str) -> Item:
    return Item(name, text, source=source or f"Outlet {name}", published=DAY_ONE + timedelta(hours=hour), **more)


def together(*items: Item, owners: dict[str, str] | None = None) -> list[set[str]]:
    return [set(origin.items) for origin in origins(items, owners or {})]


LINES = DISPATCH.splitlines()


@pytest.mark.parametrize(
    "copy",
    [
        DISPATCH,
        "\n".join(LINES[:3]),
        "\n".join([LINES[0], *LINES[3:], *LINES[1:3]]),
        "BERGEN (Nordwire) - " + DISPATCH.replace("early on Monday", "before dawn on Monday"),
        "Our own page says this first.\n" + DISPATCH + "\nMore on page four.",
        "\n".join([OWN.splitlines()[0], *LINES[1:5], *OWN.splitlines()[1:3]]),
    ],
    ids=["whole", "cut", "reordered", "edited", "framed", "half in a frame"],
)
def test_a_near_copy_shares_its_origin(copy: str) -> None:
    assert together(item("a", DISPATCH), item("b", copy, 1)) == [{"a", "b"}]


def test_a_shared_quotation_or_notice_is_no_copy() -> None:
    notice = "\nCopyright 2026 Any. All rights reserved. This material may not be published, broadcast or rewritten."
    quoted = "The lights went out and then we sang, said teacher Marit Vik on her way to work."
    short = f"{quoted} Nobody could say when the quay would open, and the mayor asked people to keep their cars away."
    other = f"{quoted} The ferry leaned on rocks at dawn while divers looked at its hull and tugs came from the south."
    assert together(item("a", short + notice), item("b", other + notice, 1)) == [{"a"}, {"b"}]


def test_an_account_of_ones_own_is_an_origin() -> None:
    assert together(item("a", DISPATCH), item("b", OWN, 1)) == [{"a"}, {"b"}]


@pytest.mark.parametrize(
    "credit",
    [
        {"text": "ASKOY (Nordwire) - " + OWN},
        {"text": OWN + "\n— Nordwire"},
        {"text": OWN + "\nReporting by Nordwire."},
        {"text": OWN, "author": "Nordwire"},
        {"text": OWN, "author": "By Nordwire staff"},
    ],
    ids=["dateline", "dash", "reporting by", "author", "by-line"],
)
def test_a_wire_credit_shares_the_agency_s_origin(credit: dict[str, str]) -> None:
    found = origins([item("a", DISPATCH, source="Nordwire"), Item("b", source="Post", published=DAY_ONE, **credit)], {})
    assert len(found) == 1
    assert "credited to Nordwire" in found[0].why


def test_two_papers_that_credit_one_world_agency_share_an_origin() -> None:
    assert together(item("a", "OSLO (Reuters) - " + OWN), item("b", "BERGEN (Reuters) - " + DISPATCH)) == [{"a", "b"}]


def test_naming_an_outlet_in_passing_is_no_credit() -> None:
    text = "The minister told Nordwire that he would resign.\nNordwire had asked him twice."
    assert credited(Item("a", text, source="Post"), {"nordwire": "Nordwire"}) is None


def test_one_owner_is_one_origin() -> None:
    found = origins(
        [item("a", DISPATCH, source="Times"), item("b", OWN, 1, source="Sunday Times")],
        {"Times": "Harbour Group", "Sunday Times": "Harbour Group"},
    )
    assert [origin.items for origin in found] == [("a", "b")]
    assert found[0].why == "same owner, Harbour Group"


def test_the_earliest_names_the_origin() -> None:
    found = origins([item("late", DISPATCH, 5), item("early", DISPATCH, 1)], {})
    assert found[0].id == "early"
    assert found[0].items == ("early", "late")


def test_items_without_text_stand_for_themselves() -> None:
    assert together(item("a", ""), item("b", ""), item("c", "Fire.")) == [{"a"}, {"b"}, {"c"}]
    assert origins([], {}) == ()


@given(st.lists(st.tuples(st.sampled_from([DISPATCH, OWN, "", LINES[0]]), st.sampled_from("PQR")), max_size=6))
def test_every_item_has_exactly_one_origin_whatever_the_order(told: list[tuple[str, str]]) -> None:
    items = [item(str(number), text, number, source=source) for number, (text, source) in enumerate(told)]
    found = origins(items, {})
    assert sorted(name for origin in found for name in origin.items) == sorted(one.id for one in items)
    assert found == origins(items[::-1], {})
