"""Names found in texts written for the purpose."""

from __future__ import annotations

from storydesk import language
from storydesk.knowledge import Catalogue, built_in, combine
from storydesk.model import Entity, Item, Mention
from storydesk.recognise import recognise


def mentions(text: str, lang: str = "en") -> tuple[Mention, ...]:
    """The names in a text."""
    item = Item(id="1", text=text, language=lang)
    return recognise(item, language.parse(text, lang), built_in())


def links(text: str, lang: str = "en") -> dict[str, str | None]:
    """The words that name something, and what they are linked to."""
    return {text[mention.start : mention.end]: mention.entity for mention in mentions(text, lang)}


def of(text: str, words: str, lang: str = "en") -> Mention | None:
    """The first mention of these words."""
    return next((at for at in mentions(text, lang) if text[at.start : at.end] == words), None)


DESK = Catalogue(
    [
        Entity("own:harbour-watch", "Harbour Watch", "organisation", "Residents' group.", weight=0.6),
        Entity("own:quellbrook", "Quellbrook Foundries", "organisation", weight=0.6),
        Entity("own:ada-works", "Ada Merrow", "organisation", "Maker of boats.", weight=0.6),
        Entity("team:x", "Norway national team", "organisation", aliases=("Norway",), weight=0.5),
    ]
)


def by_desk(text: str) -> dict[str, str | None]:
    """Links in a desk that has entries of its own."""
    item = Item(id="1", text=text, language="en")
    found = recognise(item, language.parse(text), combine(DESK, built_in()))
    return {text[at.start : at.end]: at.entity for at in found}
