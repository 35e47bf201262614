"""What each source of facts hands over."""

from __future__ import annotations

from dataclasses import dataclass, field

from storydesk.knowledge.lexicon import slug
from storydesk.model import Entity

__all__ = ["Written", "slug"]


@dataclass(frozen=True, slots=True)
class Written:
    """An entity with its demonyms and its names in other languages."""

    entity: Entity
    demonyms: tuple[str, ...] = ()
    foreign: dict[str, tuple[str, ...]] = field(default_factory=dict)
