"""What each source of facts hands over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from storydesk.knowledge.lexicon import key
from storydesk.model import Entity

__all__ = ["Written", "slug"]


@dataclass(frozen=True, slots=True)
class Written:
    """An entity with its demonyms and its names in other languages."""

    entity: Entity
    demonyms: tuple[str, ...] = ()
    foreign: dict[str, tuple[str, ...]] = field(default_factory=dict)


def slug(name: str) -> str:
    """A name as part of an id: "Sergei Ryabkov" is "sergei-ryabkov"."""
    return re.sub(r"\W+", "-", key(name)).strip("-")
