"""A second ear: names in another language as a model of that language hears them, where one is installed.

The models were trained on WikiNER (Nothman et al. 2013), whose four types are persons, places, organisations and all
else. What they mistake most is the kind of a surname behind a form of address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storydesk.language import namer
from storydesk.model import EntityType
from storydesk.recognise.names import Hearing, Named

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

__all__ = ["Foreign", "ear"]

TYPES: dict[str, EntityType] = {"PER": "person", "LOC": "place", "ORG": "organisation", "MISC": "other"}
"""WikiNER's types as ours."""

EDGES = " \t\n\u00a0\"'“”‘’«»()[],;:!?…–—-"

ADDRESS = r"(?:MM?\.|Mmes?|Mlles?|Me|Dr|Pr|[Mm]onsieur|[Mm]adame|[Mm]aître)"
ADDRESSED = re.compile(rf"\b{ADDRESS}[ \u00a0]$")
BEFORE = re.compile(rf"(?:{ADDRESS}[ \u00a0]|(?:[Ll][ea]s?|[Dd]u|[Dd]es)[ \u00a0]|[LlDd]['’])+(?=\w)")
"""Forms of address and articles; "La Haye" keeps its own by the knowledge base, which finds the longer name."""


@dataclass(frozen=True)
class Foreign:
    """A :class:`~storydesk.recognise.Hearing` by a model of another language; ``listen`` runs it over a text."""

    listen: Callable[[str], Doc]

    def __call__(self, _: Doc, text: str, /) -> Iterator[Named]:
        """See :class:`~storydesk.recognise.Hearing`. The parsed text is not looked at: it has no names in it."""
        for ent in self.listen(text).ents:
            start, end = ent.start_char, ent.end_char
            words = text[start:end]
            start += len(words) - len(words.lstrip(EDGES))
            end -= len(words) - len(words.rstrip(EDGES))
            if before := BEFORE.match(text, start, end):
                start = before.end()
            if start < end and text[start].isupper() and "\n" not in text[start:end]:
                yield Named(start, end, _kind(text, start, ent.label_))


def _kind(text: str, start: int, label: str) -> EntityType:
    addressed = ADDRESSED.search(text, max(0, start - 12), start)
    return "person" if addressed else TYPES.get(label, "other")


def ear(language: str | None) -> Hearing | None:
    """What hears names in that language (BCP 47) where a model of it is installed; never English, whose model has
    heard them when the text was parsed.
    """
    listen = namer((language or "en").split("-")[0])
    return Foreign(listen) if listen else None
