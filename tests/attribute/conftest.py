"""What the tests of attribution share: a text parsed once, with the names in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storydesk.attribute import attribute
from storydesk.language import parse
from storydesk.model import Attribution, EntityType, Item, Mention

TYPES: dict[str, EntityType] = {"PERSON": "person", "ORG": "organisation", "NORP": "organisation", "GPE": "place"}

Told = Callable[..., tuple[Attribution, ...]]


def mentions_of(text: str, names: dict[str, EntityType]) -> tuple[Mention, ...]:
    """A mention wherever one of the names stands; a surname goes by the full name."""
    found = []
    for name, kind in names.items():
        for form in {name, name.split()[-1]} if kind == "person" else {name}:
            at = text.find(form)
            while at >= 0:
                found.append(Mention(at, at + len(form), kind, name, entity=f"id:{name}"))
                at = text.find(form, at + 1)
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))


@pytest.fixture(scope="session")
def told() -> Told:
    """``told(text, Ana_Ruiz="person", …)``: the attributions of a text in which those names are known."""

    def run(text: str, language: str = "en", **names: EntityType) -> tuple[Attribution, ...]:
        item = Item(id="t", text=text, language=language)
        mentions = mentions_of(text, {name.replace("_", " "): kind for name, kind in names.items()})
        return attribute(item, parse(text, language), mentions)

    return run
