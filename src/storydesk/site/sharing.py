"""Stories that share names with one: what an editor who merges or moves is offered."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from django.db.models import Count

from storydesk.desk.models import MentionRow, StoryRow

__all__ = ["sharing_names"]

SHARED: Final = 2
"""Names two stories must share to be offered: one alone, a capital or a president, says little."""

RAREST: Final = 24
"""How many of a story's names, the rarest on the desk first, are looked at."""


def sharing_names(story: StoryRow, most: int) -> dict[str, tuple[str, ...]]:
    """Stories, at most so many, that share two names or more with this one, and the rarest of these; those sharing the
    rarest first.

    A name weighs one over the number of stories that have it (an inverse document frequency without its logarithm,
    so that two everyday names never outweigh a rare one).
    """
    own = MentionRow.objects.filter(item__story=story).values_list("entity", flat=True).distinct()
    named = MentionRow.objects.filter(entity__in=list(own), item__story__isnull=False)
    spread = dict(
        named.values("entity")
        .annotate(stories=Count("item__story", distinct=True))
        .filter(stories__gt=1)
        .order_by("stories", "entity")
        .values_list("entity", "stories")[:RAREST]
    )
    others = MentionRow.objects.filter(entity__in=spread, item__story__coverage__isnull=False)
    shared: dict[str, dict[str, str]] = defaultdict(dict)
    for other, entity, name in others.exclude(item__story=story).values_list("item__story", "entity", "name"):
        shared[other][entity] = name
    near = {other: names for other, names in shared.items() if len(names) >= SHARED}
    best = sorted(near, key=lambda other: (-sum(1 / spread[entity] for entity in near[other]), other))[:most]
    return {other: _rarest(near[other], spread) for other in best}


def _rarest(names: dict[str, str], spread: dict[str, int]) -> tuple[str, ...]:
    rarest = sorted(names, key=lambda entity: (spread[entity], names[entity]))
    return tuple(names[entity] for entity in rarest[:4])
