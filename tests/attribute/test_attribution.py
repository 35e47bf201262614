"""Who said what, in invented sentences: each form of reporting once, and the laws that hold for any text."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.attribution_laws import broken, generated
from storydesk.attribute import attribute
from storydesk.language import parse
from storydesk.model import Attribution, Item, Mention, Span

Told = Callable[..., tuple[Attribution, ...]]


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


def saying(found: tuple[Attribution, ...], text: str, phrase: str) -> Attribution:
    """The one attribution whose content holds a phrase; the widest where one stands inside another."""
    holding = [a for a in found if any(phrase in piece.of(text) for piece in a.content)]
    assert holding, f"nobody says {phrase!r}"
    return max(holding, key=lambda a: sum(end - start for start, end in a.content))


FORMS = {
    "quote, then said X": ("“The old bridge is safe,” said Ana Ruiz, the mayor.", "bridge is safe", "direct"),
    "quote, then X said": ("“The old bridge is safe,” Ana Ruiz said on Monday.", "bridge is safe", "direct"),
    "colon": ("Ana Ruiz said: “The old bridge is safe and will reopen.”", "bridge is safe", "direct"),
    "colon and a new line": ("Ana Ruiz said:\n“The old bridge is safe and will reopen.”", "bridge is safe", "direct"),
    "clause": ("Ana Ruiz said that the old bridge was safe.", "bridge was safe", "indirect"),
    "clause without that": ("Ana Ruiz said the old bridge was safe.", "bridge was safe", "indirect"),
    "part of it quoted": ("Ana Ruiz said the old bridge was “perfectly safe” for cars.", "perfectly safe", "mixed"),
    "interrupting": ("The old bridge, Ana Ruiz said, was safe for all cars.", "was safe", "indirect"),
    "according to": ("According to Ana Ruiz, the old bridge was safe.", "bridge was safe", "indirect"),
    "passive": (
        "“The old bridge is safe,” was the verdict given by Ana Ruiz, who added that it would reopen.",
        "reopen",
        "",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_reporting(told: Told, form: str) -> None:
    text, phrase, kind = FORMS[form]
    found = saying(told(text, Ana_Ruiz="person"), text, phrase)
    assert found.speaker == "Ana Ruiz"
    assert found.entity == "id:Ana Ruiz"
    assert not kind or found.kind == kind


def test_an_interrupted_quotation_is_one_attribution(told: Told) -> None:
    text = "“The bridge is safe,” Ana Ruiz said, “and it will reopen on Friday.”"
    (found,) = told(text, Ana_Ruiz="person")
    assert words(text, found.quoted) == ["The bridge is safe,", "and it will reopen on Friday."]
    assert words(text, found.cue) == ["said"]


def test_a_second_sentence_between_marks_goes_on(told: Told) -> None:
    text = "“The bridge is safe,” Ana Ruiz said. “It will reopen on Friday.”\n\n“We thank everybody who helped us.”"
    found = told(text, Ana_Ruiz="person")
    assert saying(found, text, "reopen on Friday").speaker == "Ana Ruiz"
    assert saying(found, text, "thank everybody").speaker == "Ana Ruiz"


def test_a_quotation_runs_on_over_paragraphs(told: Told) -> None:
    text = "Ana Ruiz said: “The bridge is safe and sound.\n\n“It will reopen on Friday.”"
    found = saying(told(text, Ana_Ruiz="person"), text, "safe and sound")
    assert words(text, found.quoted) == ["The bridge is safe and sound.", "It will reopen on Friday."]


def test_scare_quotes_and_titles_are_nobodys_words(told: Told) -> None:
    text = "The so-called “bridge party” met in June. Critics liked “The Long Bridge” at the cinema."
    assert not [a for a in told(text) if a.quoted and a.kind == "direct"]


def test_pronouns_go_to_who_spoke(told: Told) -> None:
    text = "Ana Ruiz met Ben Cole. “The bridge is safe,” Ruiz said. She added that it would reopen."
    found = saying(told(text, Ana_Ruiz="person", Ben_Cole="person"), text, "would reopen")
    assert found.speaker == "Ana Ruiz"


def test_titles_tell_he_from_she(told: Told) -> None:
    text = "Mr. Cole met Ms. Ruiz at noon. The bridge, he said, was safe."
    names = {"Ben Cole": "Cole", "Ana Ruiz": "Ruiz"}
    mentions = tuple(
        Mention(text.index(form), text.index(form) + len(form), "person", name) for name, form in names.items()
    )
    found = attribute(Item(id="t", text=text), parse(text), mentions)
    assert saying(found, text, "was safe").speaker == "Ben Cole"


def test_they_are_the_last_group_to_speak(told: Told) -> None:
    text = (
        "Two senior harbour officials told reporters that the ferry was late. They said that it was “no drama” at all."
    )
    assert saying(told(text), text, "no drama").speaker == "Two senior harbour officials"


def test_a_described_source_keeps_its_words(told: Told) -> None:
    text = "A senior harbour official who asked not to be named said that the ferry was late."
    assert saying(told(text), text, "ferry was late").speaker == "A senior harbour official"


def test_two_speakers_together(told: Told) -> None:
    text = "Ana Ruiz and Ben Cole said that the bridge was safe."
    assert saying(told(text, Ana_Ruiz="person", Ben_Cole="person"), text, "was safe").speaker == "Ana Ruiz and Ben Cole"


THROUGH = {
    "report": (
        "Ana Ruiz declined to comment on the ferry, according to a Harbour Post report.",
        "comment on the ferry",
    ),
    "website": ("“The bridge is safe,” Ana Ruiz said on Monday, according to the city website.", "bridge is safe"),
    "account": ("But Ruiz, according to a city account of the meeting, stressed that the bridge was safe.", "was safe"),
    "media": ("Ana Ruiz told state television that the bridge was safe.", "bridge was safe"),
}


@pytest.mark.parametrize("way", THROUGH)
def test_the_intermediary_is_not_the_speaker(told: Told, way: str) -> None:
    text, phrase = THROUGH[way]
    found = saying(told(text, Ana_Ruiz="person"), text, phrase)
    assert found.speaker == "Ana Ruiz"
    assert found.through is not None
    assert {"report": "report", "website": "website", "account": "account", "media": "television"}[way] in found.through
    assert found.through_span is not None
    assert found.through_span.of(text) in text


def test_reporters_are_no_intermediary(told: Told) -> None:
    text = "Ana Ruiz told reporters that the bridge was safe."
    assert saying(told(text, Ana_Ruiz="person"), text, "was safe").through is None


def test_while_somebody_else_said(told: Told) -> None:
    text = "Ana Ruiz said that the bridge was safe, while Ben Cole said that the ferry was late."
    found = told(text, Ana_Ruiz="person", Ben_Cole="person")
    assert saying(found, text, "ferry was late").speaker == "Ben Cole"
    assert not any("ferry" in piece.of(text) for a in found if a.speaker == "Ana Ruiz" for piece in a.content)


def test_a_line_with_a_label(told: Told) -> None:
    text = "The hearing went on.\nAna Ruiz: The bridge is safe and will reopen.\nBen Cole: And when will that be?"
    found = told(text, Ana_Ruiz="person", Ben_Cole="person")
    assert saying(found, text, "bridge is safe").speaker == "Ana Ruiz"
    assert saying(found, text, "when will that be").speaker == "Ben Cole"


OTHERS = {
    "es": "«El puente es seguro», dijo Ana Ruiz el lunes.",
    "pt": "“A ponte é segura”, afirmou Ana Ruiz na segunda-feira.",
    "fr": "« Le pont est sûr », a déclaré Ana Ruiz lundi.",
    "de": "„Die Brücke ist sicher“, sagte Ana Ruiz am Montag.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_by_their_marks(told: Told, language: str) -> None:
    text = OTHERS[language]
    (found,) = told(text, language, Ana_Ruiz="person")
    assert (found.speaker, found.kind, len(found.quoted)) == ("Ana Ruiz", "direct", 1)


def test_a_title_in_another_language_is_left_out(told: Told) -> None:
    assert told("El cine mostró «El puente largo» en junio. Ana Ruiz fue.", "es", Ana_Ruiz="person") == ()


PIECES = [
    *["Ana Ruiz", "Ruiz", "he", "They", "said", "told", "according to", "that", "the bridge was safe", "was", "added"],
    *[
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        ",",
        ".",
        ":",
        "?",
        "\n",
        "\n\n",
        "I",
        "by",
        "a report",
        "while",
        "—",
        "🦊",
    ],
]
noise = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=80)


@settings(max_examples=150)
@given(noise | st.integers(0, 2**32).map(lambda seed: generated(Random(seed))), st.sampled_from(["en", "es"]))
def test_laws_on_any_text(text: str, language: str) -> None:
    """``python -m eval attribution_laws`` tries the same on 10,000 texts and on all articles at hand."""
    item = Item(id="t", text=text, language=language)
    at = text.find("Ana Ruiz")
    mentions = (Mention(at, at + 8, "person", "Ana Ruiz"),) if at >= 0 else ()
    found = attribute(item, parse(text, language), mentions)
    assert found == attribute(item, parse(text, language), mentions)
    assert not broken(text, found)
