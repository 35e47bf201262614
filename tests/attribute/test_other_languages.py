"""Who speaks in languages without a syntax model, through recognition and attribution as in the pipeline."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from storydesk.model import Account, Item
from storydesk.pipeline import account

SENTENCES = tomllib.loads(Path(__file__).with_name("other_languages.toml").read_text("utf-8"))
BEFORE = {
    "de": "Im Hafen wurde gestritten.",
    "fr": "On a débattu au port.",
    "es": "Hubo debate en el puerto.",
    "it": "Si è discusso al porto.",
}


def told(sentence: str, language: str) -> Account:
    return account(Item("i", f"{BEFORE[language]}\n\n{sentence}\n", language=language))


def is_right(sentence: str, language: str, speaker: str) -> bool:
    """Whether this speaks and nobody else; without one, whether no person does."""
    found = told(sentence, language)
    people = {mention.name for mention in found.mentions if mention.type == "person"}
    spoke = [said.speaker for said in found.attributions]
    return spoke == [speaker] if speaker else not people.intersection(filter(None, spoke))


RIGHT = {
    "seen": {"de": 11, "fr": 12, "es": 13, "it": 13},
    "unseen": {"de": 17, "fr": 18, "es": 17, "it": 16},
}
"""Of 14 seen, and of 20 unseen in German and 18 in the others."""


@pytest.mark.parametrize("language", BEFORE)
@pytest.mark.parametrize("kind", RIGHT)
def test_speakers_behind_and_before_the_reporting_word(kind: str, language: str) -> None:
    sentences = SENTENCES[kind][language]
    right = sum(is_right(sentence, language, speaker) for sentence, speaker in sentences.items())
    assert right >= RIGHT[kind][language]


@pytest.mark.parametrize(("sentence", "language"), SENTENCES["nobody"].items())
def test_places_and_bodies_beside_an_office_are_no_people(sentence: str, language: str) -> None:
    assert is_right(sentence, language, "")


def test_who_held_an_office_once_goes_by_the_surname_later() -> None:
    found = told("Am Abend kam Bürgermeister Karl Lund. „Wir warten“, sagte Lund.", "de")
    people = [mention.name for mention in found.mentions if mention.type == "person"]
    assert people == ["Karl Lund", "Karl Lund"]
    assert [said.speaker for said in found.attributions] == ["Karl Lund"]
