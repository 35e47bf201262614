"""Whose words a quotation without a cue is, in invented texts, and which words are the outlet's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storydesk.language import parse
from storydesk.model import Attribution

Told = Callable[..., tuple[Attribution, ...]]

SPEECH = "“They have spent the whole fund on a single bridge.”"


def of_speech(found: tuple[Attribution, ...], text: str) -> list[Attribution]:
    return [a for a in found if any("whole fund" in piece.of(text) for piece in a.quoted)]


@pytest.mark.parametrize(
    "lead",
    [
        "Ana Ruiz accused the board of waste. ",
        "Ana Ruiz accused the board of waste.\n\n",
        "Ana Ruiz said that Ben Cole denies any waste. ",
        "Ana Ruiz was not convinced.\n\n",
        "Ana Ruiz was of another opinion: ",
    ],
)
def test_a_speech_without_a_cue_is_whose_who_was_reported_or_acted_last(told: Told, lead: str) -> None:
    text = f"The council met on Monday.\n\n{lead}{SPEECH}\n\nThe vote is on Friday."
    (found,) = of_speech(told(text, Ana_Ruiz="person", Ben_Cole="person"), text)
    assert found.speaker == "Ana Ruiz"


@pytest.mark.parametrize(
    "lead",
    [
        "Ana Ruiz accused the board of waste.\n\nThe hall was full.\n\n",
        "The hall was full on Monday.\n\n",
        "Ana Ruiz laughed at the poster ",
    ],
)
def test_a_speech_that_follows_nobody_is_nobodys(told: Told, lead: str) -> None:
    text = f"{lead}{SPEECH}"
    assert of_speech(told(text, Ana_Ruiz="person"), text) == []


def test_a_speech_keeps_its_own_cue(told: Told) -> None:
    text = f"Ana Ruiz accused the board of waste. {SPEECH[:-2]},” Ben Cole agreed."
    (found,) = of_speech(told(text, Ana_Ruiz="person", Ben_Cole="person"), text)
    assert found.speaker == "Ben Cole"


@pytest.mark.parametrize(
    "text",
    [
        "“They have spent the whole fund on a bridge,” Ana Ruiz said, leaving the hall after the vote.",
        "In a long interview with the Gazette on Monday, Ana Ruiz said, “They have spent the whole fund on a bridge.”",
    ],
)
def test_what_a_cue_parts_from_a_speech_is_the_outlets(told: Told, text: str) -> None:
    found = told(text, Ana_Ruiz="person")
    assert {piece.of(text)[0] for a in of_speech(found, text) for piece in a.content} == {"“"}


def test_a_report_does_not_read_on_into_the_next_paragraph(told: Told) -> None:
    text = f"Gazette reported on Monday that the board met in March\n\n{SPEECH[:-2]},” Ben Cole said."
    for found in told(text, Ben_Cole="person"):
        assert all("\n" not in piece.of(text) for piece in (*found.content, *found.source))
    (found,) = of_speech(told(text, Ben_Cole="person"), text)
    assert found.speaker == "Ben Cole"


def test_a_paragraph_begins_a_sentence() -> None:
    doc = parse("Board spends fund on bridge\n\nAna Ruiz was there \n and so was Ben Cole")
    assert [sentence.text.split()[0] for sentence in doc.sents] == ["Board", "Ana", "and"]


def test_a_transcript_in_quotation_marks_is_whose_its_labels_say(told: Told) -> None:
    text = (
        "They met on the evening news of Monday.\n\n"
        "“RUIZ: The bridge is safe and will reopen on Friday.\n\n“COLE: And who is going to pay for that?”\n\n"
        "Ana Ruiz and Ben Cole will meet again."
    )
    found = told(text, Ana_Ruiz="person", Ben_Cole="person")
    said = {"".join(s.of(text) for s in a.source): a.content[0].of(text)[:3] for a in found if a.content}
    assert said["RUIZ"] == "The"
    assert said["COLE"] == "And"


def test_a_relative_pronoun_is_the_source_of_who_it_stands_for(told: Told) -> None:
    text = "The plan was drawn up by Ana Ruiz, who said that the bridge was safe."
    (found,) = [a for a in told(text, Ana_Ruiz="person") if "safe" in a.content[-1].of(text)]
    assert [span.of(text) for span in found.source] == ["who"]
    assert found.speaker == "Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“The bridge is safe,” said Ana Ruiz, speaking to a full hall in the evening.", "Ana Ruiz"),
        ("“The bridge is safe,” added another senior engineer.", "another senior engineer"),
    ],
)
def test_a_source_is_who_speaks(told: Told, text: str, source: str) -> None:
    (found,) = told(text, Ana_Ruiz="person")
    assert [span.of(text) for span in found.source] == [source]
