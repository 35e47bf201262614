"""A name on its way to becoming a mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from storydesk.knowledge.lexicon import Via
from storydesk.model import Entity, EntityType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Hearing", "Named"]


@dataclass(frozen=True, slots=True)
class Named:
    """A span that names something.

    ``type`` is what the language model takes it for, ``None`` where it heard nothing there. ``entities`` are what the
    knowledge base has under these words. ``name`` is the fullest form in the item, "" until that is settled; ``unsure``
    says that the words fit several people of the item, or that those beside
    them make another thing of them.
    """

    start: int
    end: int
    type: EntityType | None
    entities: tuple[Entity, ...] = ()
    via: Via = "name"
    name: str = ""
    unsure: bool = False

    @property
    def span(self) -> Span:
        """Its offsets as a span."""
        return Span(self.start, self.end)


class Hearing(Protocol):
    """What finds names in a text before the knowledge base is asked: plug in a better one with
    ``recognise(..., hear=...)`` or ``Tools(hear=...)``.

    Three come with Storydesk: ``heard``, the English model's names with its known faults mended; ``Foreign``, those of
    another language's model, where one is installed; and ``capitalised``, runs of words with capitals, which needs no
    model and is what texts in languages without one get.
    """

    def __call__(self, doc: Doc, text: str, /) -> Iterable[Named]:
        """Names left to right, never overlapping, each with ``start``, ``end`` (code points of ``text``) and ``type``;
        the rest is found out later. ``doc`` is the text as ``storydesk.language.parse`` gives it.
        """
        ...
