"""Who is a speaker and who is none, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storydesk.attribute import attribute
from storydesk.language import parse
from storydesk.model import Attribution, EntityType, Item, Mention

Told = Callable[..., tuple[Attribution, ...]]


def saying(found: tuple[Attribution, ...], text: str, phrase: str) -> Attribution:
    """The one attribution whose content holds a phrase."""
    return next(a for a in found if any(phrase in piece.of(text) for piece in a.content))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "BERGEN, Norway, March 4 (Agency) — Four miners trapped for days told rescuers they were hungry.",
            "Four",
        ),
        (
            "NAIROBI, March 6 (Agency) — A court ordered a firm to insure its riders, officials said.",
            "officials",
        ),
        ("DUBLIN, March 5 (Agency) — Ireland’s High Court ruled on Thursday that the riders are employees.", "Ireland"),
    ],
)
def test_a_dateline_says_nothing(told: Told, text: str, speaker: str) -> None:
    found = told(text)
    assert any((a.speaker or "").startswith(speaker) for a in found)
    head = text.index("—")
    assert all(piece.start > head for a in found for piece in (*a.content, *a.source))


@pytest.mark.parametrize("word", ["Neither", "Nobody", "Those", "Most of them"])
def test_indefinite_words_are_nobody(told: Told, word: str) -> None:
    found = told(f"{word} said that the old bridge would reopen on Monday.")
    assert [a.speaker for a in found] == [None]


def test_an_indefinite_aside_gives_way_to_who_speaks(told: Told) -> None:
    text = "Thirty people were hurt, most of them by smoke, the civil protection service said."
    assert saying(told(text), text, "were hurt").speaker == "the civil protection service"


def test_a_pronoun_that_leads_nowhere_is_nobody(told: Told) -> None:
    text = "Seven of the dead were in one ward, she said."
    assert saying(told(text), text, "Seven").speaker is None


def test_a_pronoun_goes_to_who_acted_in_its_paragraph(told: Told) -> None:
    text = (
        "“We knocked and they answered,” Ana Ruiz said.\n\nEva Lund met the families. She did not want to speak of "
        "causes. “Today is for those who are waiting,” she said."
    )
    assert saying(told(text, Ana_Ruiz="person", Eva_Lund="person"), text, "Today").speaker == "Eva Lund"


def of_outlet(text: str, source: str, *names: str) -> tuple[Attribution, ...]:
    mentions = tuple(Mention(text.index(n), text.index(n) + len(n), "organisation", n) for n in names)
    return attribute(Item(id="t", text=text, source=source), parse(text), mentions)


def test_what_the_outlet_itself_was_told_came_through_nobody() -> None:
    text = "“There was no panic,” a nurse told the Harbour Post."
    assert saying(of_outlet(text, "The Harbour Post", "Harbour Post"), text, "panic").through is None
    assert saying(of_outlet(text, "Evening Echo", "Harbour Post"), text, "panic").through == "Harbour Post"


def test_a_body_that_was_told_is_no_intermediary() -> None:
    text = "“There was no panic,” a nurse told the Harbour Commission."
    assert saying(of_outlet(text, "Evening Echo", "Harbour Commission"), text, "panic").through is None


def test_an_outlets_we_is_the_outlet() -> None:
    text = "Corrected: we first reported that five people were inside."
    assert saying(of_outlet(text, "Evening Echo"), text, "five people").speaker == "Evening Echo"


def of_people(text: str, *named: Mention) -> list[str | None]:
    return [found.speaker for found in attribute(Item("t", text, language="en"), parse(text, "en"), named)]


@pytest.mark.parametrize("kind", ["person", "place"])
def test_a_first_name_alone_is_whom_the_item_names_in_full_even_later(kind: EntityType) -> None:
    text = "“We are closing,” said Agnieszka. Agnieszka Wilczek opened the shop in 2012."
    first, full = text.index("Agnieszka"), text.index("Agnieszka Wilczek")
    named = Mention(first, first + 9, kind, "Agnieszka"), Mention(full, full + 17, "person", "Agnieszka Wilczek")
    assert of_people(text, *named) == ["Agnieszka Wilczek"]


@pytest.mark.parametrize(
    ("kind", "entity", "others"),
    [
        ("person", None, ["Agnieszka Nowak"]),
        ("person", "Q1", []),
        ("organisation", None, []),
        ("person", None, ["Maria Agnieszka"]),
    ],
)
def test_a_first_name_of_several_or_of_something_else_stays(
    kind: EntityType, entity: str | None, others: list[str]
) -> None:
    text = "“We are closing,” said Agnieszka. Agnieszka Wilczek, Agnieszka Nowak and Maria Agnieszka opened the shop."
    named = [Mention(text.index("Agnieszka"), text.index("Agnieszka") + 9, kind, "Agnieszka", entity)]
    for name in ["Agnieszka Wilczek", *others]:
        named.append(Mention(text.index(name), text.index(name) + len(name), "person", name))
    assert of_people(text, *named) == ["Agnieszka"]


@pytest.mark.parametrize("dash", ["―", "—", "--"])
def test_a_signed_quotation_is_its_signers(told: Told, dash: str) -> None:
    text = f"“I am truly afraid of the old bridge.” {dash} Ana Ruiz\n“It should be closed.” {dash} Ben Cole"
    found = told(text, Ana_Ruiz="person", Ben_Cole="person")
    assert [(a.speaker, a.kind) for a in found] == [("Ana Ruiz", "direct"), ("Ben Cole", "direct")]


def test_a_quotation_before_a_dash_and_a_clause_is_not_signed(told: Told) -> None:
    text = "“It should be closed,” Ben Cole said of the “old bridge” — Ruiz did not agree."
    assert all(a.speaker != "Ruiz did not agree" for a in told(text, Ben_Cole="person"))


def test_a_source_stays_in_its_line(told: Told) -> None:
    text = '"We had 140 calls," Cole said. "It was not us."\n\nAna Ruiz, a geologist, said that it was an earthquake.'
    for found in told(text, Ana_Ruiz="person", Cole="person"):
        assert all("\n" not in piece.of(text) and '"' not in piece.of(text) for piece in found.source)
