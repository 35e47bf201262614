"""An outlet's id after its name: no two outlets become one, and one is not taken for two by its case or accents."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.desk.outlets import outlet_id


@pytest.mark.parametrize(
    ("name", "key"),
    [("The Gazette", "the-gazette"), ("Ny Tid, Ålesund", "ny-tid-alesund"), ("Le Télégramme", "le-telegramme")],
)
def test_a_name_in_latin_letters_is_its_own_id(name: str, key: str) -> None:
    assert outlet_id(name) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Канал 24", "Новости 24"),
        ("Газета", "Вести"),
        ("दिन", "दान"),
        ("Tidende Bodø", "Tidende Bod"),
        (
            "The Observer of " + "the Isles and " * 5 + "the North",
            "The Observer of " + "the Isles and " * 5 + "the South",
        ),
    ],
)
def test_two_names_are_two_outlets(one: str, other: str) -> None:
    assert outlet_id(one) != outlet_id(other)


@pytest.mark.parametrize(
    ("one", "other"), [("The Gazette", "THE GAZETTE"), ("El País", "El Pais"), ("Канал 24", "КАНАЛ  24")]
)
def test_case_and_accents_make_no_other_outlet(one: str, other: str) -> None:
    assert outlet_id(one) == outlet_id(other)


@given(st.text(min_size=1, max_size=200))
def test_an_id_is_one_part_of_an_address(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9_-]{1,70}", outlet_id(name))
