"""A name on its way to becoming a mention."""

from __future__ import annotations

from dataclasses import dataclass

from storydesk.knowledge.lexicon import Via
from storydesk.model import Entity, EntityType, Span

__all__ = ["Named"]


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
