"""A story as a list shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storydesk.coverage import CoveredItem, Point
from storydesk.site.present.chart import Spark, spark

__all__ = ["Teaser", "teaser"]


@dataclass(frozen=True, slots=True)
class Teaser:
    """Headline, a line of the brief with whose it is, and by how many it is told."""

    href: str
    headline: str
    headline_language: str
    first: str
    first_outlet: str
    first_language: str
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    items: int
    origins: int
    last_changed: datetime | None
    spark: Spark | None


def teaser(
    *,
    href: str,
    headline: str,
    last_changed: datetime | None,
    origins: int,
    items: Sequence[CoveredItem],
    brief: Sequence[Point],
    outlets: tuple[str, ...],
    languages: tuple[str, ...],
) -> Teaser:
    """A teaser, with the line of the brief that :func:`_stands_for` the story best, in the headline's language where
    there is one."""
    by_id = {item.id: item for item in items}
    headed = next((item for item in items if item.title == headline), None)
    alike = [point for point in brief if headed and by_id[point.passage.item].language == headed.language]
    first = max(alike or brief, key=lambda point: _stands_for(point, by_id[point.passage.item]), default=None)
    teller = by_id.get(first.passage.item) if first else None
    return Teaser(
        href=href,
        headline=headline,
        headline_language=(headed.language if headed else None) or "",
        first=first.passage.text if first else "",
        first_outlet=teller.source if teller else "",
        first_language=(teller.language if teller else None) or "",
        outlets=outlets,
        languages=languages,
        items=len(items),
        origins=origins,
        last_changed=last_changed,
        spark=spark(items),
    )


def _stands_for(point: Point, item: CoveredItem) -> tuple[int, int, date]:
    """How well a line stands for its story, as a key of order: what opens a piece, is told by many, and is late."""
    day = item.published.date() if item.published else date.min
    return -point.passage.start, len(point.origins), day
