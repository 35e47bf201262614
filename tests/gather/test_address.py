"""How addresses are shown in messages."""

from __future__ import annotations

from storydesk.gather import shown, told_of


def test_an_address_is_told_once() -> None:
    place = "https://gazette.example/feed"
    assert told_of(place, f"{place} does not exist (HTTP 404)") == f"{place} does not exist (HTTP 404)"
    assert told_of(place, "3 new or changed") == f"{place}: 3 new or changed"
    assert told_of(place, f"{place}/2 does not answer") == f"{place}: {place}/2 does not answer"


def test_an_address_of_any_length_is_told_once() -> None:
    place = "https://gazette.example/" + "x" * 5000
    assert told_of(place, f"{shown(place)} does not answer") == f"{shown(place)} does not answer"
