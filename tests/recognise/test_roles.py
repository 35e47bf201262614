"""What an outlet says that a person is: exactly its words, from where they begin to where they end."""

from __future__ import annotations

import pytest

from storydesk.model import Account, Item, Mention
from storydesk.recognise.roles import roles

NAME = "Berit Lund"


def said(text: str, entity: str | None = None, asked: str = "desk") -> list[str]:
    start = text.index(NAME)
    told = Account(Item("i", text), mentions=(Mention(start, start + len(NAME), "person", NAME, entity),))
    return [span.of(text) for span in roles(told, asked, frozenset({NAME}))]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“Nobody was hurt,” said harbour master Berit Lund.", "harbour master"),
        ("Berit Lund, the harbour master of Tromsø, said so.", "the harbour master of Tromsø"),
        ("Berit Lund, harbour master of Tromsø, said so.", "harbour master of Tromsø"),
        ("The Norwegian Foreign Minister Berit Lund met him.", "Norwegian Foreign Minister"),
        ("She told spokeswoman Berit Lund that.", "spokeswoman"),
        ("Berit Lund, 41, a farmer, won.", "a farmer"),
        ("They asked former prime minister Berit Lund.", "former prime minister"),
        ("It was the bank's chief economist Berit Lund.", "chief economist"),
    ],
)
def test_a_title_before_and_an_apposition_behind(text: str, role: str) -> None:
    assert said(text) == [role]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Berit Lund left.",
        "Yesterday Berit Lund said so.",
        "Berit Lund, who leads the union, said so.",
        "Berit Lund, who spoke with her husband, left.",
        "Berit Lund, speaking for a minister, left.",
        "The captain. Berit Lund said so.",
        "Berit Lund, Tromsø, a minister and two others came.",
    ],
)
def test_nothing_where_it_is_not_plain(text: str) -> None:
    assert said(text) == []


def test_a_namesake_has_roles_of_their_own() -> None:
    text = "said harbour master Berit Lund."
    assert said(text, "Q1", "Q1") == ["harbour master"]
    assert said(text, "Q1", "Q2") == []
