"""What each source of facts hands over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from storydesk.knowledge.lexicon import slug
from storydesk.model import Entity

__all__ = ["Written", "slug", "with_article"]

ARTICLE = re.compile(
    r"United |(?:Netherlands|Philippines|Bahamas|Gambia|Maldives|Isle of Man)$|.*(?:Republic|Islands)\b"
)
"""Names of countries before which English puts an article."""


def with_article(country: str) -> str:
    """ "the Netherlands", but "France"."""
    return f"the {country}" if ARTICLE.match(country) else country


@dataclass(frozen=True, slots=True)
class Written:
    """An entity with its demonyms and its names in other languages."""

    entity: Entity
    demonyms: tuple[str, ...] = ()
    foreign: dict[str, tuple[str, ...]] = field(default_factory=dict)
