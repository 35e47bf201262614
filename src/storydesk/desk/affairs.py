"""The links between stories of one affair, kept: what each story is about, the names that lead from one to another, and
the links found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Count, Q

from storydesk.desk.models import LinkRow, StoryNameRow, StoryRow
from storydesk.desk.storable import storable
from storydesk.group import Gist, Link, Spread

__all__ = ["Linked", "keep_affair", "links_of", "near"]

LONGEST: Final = 120
"""Characters of a name by which stories are found."""

FOLLOWED, LED = 12, 40
"""Names, the rarest on the desk, that are followed, and the stories, the latest, to which each leads."""

CANDIDATES: Final = 60
SHOWN: Final = 12
"""Links that a page shows, the closest ones."""


class Linked(NamedTuple):
    """Another story of the affair, and why it is one."""

    story: StoryRow
    score: float
    why: tuple[str, ...]


def near(gist: Gist) -> tuple[list[Gist], Spread]:
    """The living stories that share a name with this one, those sharing the rarest first, at most so many; and how
    common its names are among all stories."""
    keys = _keys(gist)
    named = StoryNameRow.objects.filter(key__in=keys.values())
    held = dict(named.order_by().values_list("key").annotate(stories=Count("pk")))
    for key in StoryNameRow.objects.filter(story=gist.story, key__in=keys.values()).values_list("key", flat=True):
        held[key] -= 1
    weights: dict[str, float] = {}
    for key in sorted((key for key in held if held[key]), key=lambda key: (held[key], key))[:FOLLOWED]:
        for story in StoryNameRow.objects.filter(key=key).order_by("-pk").values_list("story", flat=True)[:LED]:
            weights[story] = weights.get(story, 0.0) + 1 / held[key]
    weights.pop(gist.story, None)
    best = sorted(weights, key=lambda story: (-weights[story], story))[:CANDIDATES]
    # By their ids alone: with more asked, SQLite goes through all stories that lead to none.
    rows = StoryRow.objects.only("merged_into", "gist").in_bulk(best).values()
    spread = Spread(
        StoryRow.objects.filter(merged_into=None).count(), {name: held.get(key, 0) for name, key in keys.items()}
    )
    living = (row for row in rows if row.merged_into_id is None and row.gist is not None)
    return [msgspec.convert(row.gist, Gist) for row in living], spread


@transaction.atomic
def keep_affair(gist: Gist, links: Sequence[Link]) -> None:
    """Keeps what a story is about and its links, in place of those it had."""
    StoryRow.objects.filter(pk=gist.story).update(gist=storable(msgspec.to_builtins(gist)))
    StoryNameRow.objects.filter(Q(story=gist.story) | Q(story__merged_into=gist.story)).delete()
    StoryNameRow.objects.bulk_create(
        StoryNameRow(story_id=gist.story, key=key) for key in sorted(set(_keys(gist).values()))
    )
    LinkRow.objects.filter(Q(one=gist.story) | Q(other=gist.story)).delete()
    LinkRow.objects.bulk_create(_rows(links), ignore_conflicts=True)


def links_of(story: str) -> list[Linked]:
    """The living stories of the affair to which a story belongs, the closest first."""
    rows = LinkRow.objects.filter(Q(one=story) | Q(other=story)).order_by("-score", "one", "other")
    ends = {str(row.other_id if row.one_id == story else row.one_id): row for row in rows}
    found = StoryRow.objects.defer("coverage", "gist").in_bulk(list(ends))
    living = [(found[key], row) for key, row in ends.items() if found[key].merged_into_id is None]
    return [Linked(story, row.score, tuple(row.why)) for story, row in living[:SHOWN]]


def _rows(links: Sequence[Link]) -> Iterator[LinkRow]:
    for link in links:
        one, other = sorted((link.one, link.other))
        yield LinkRow(one_id=one, other_id=other, score=link.score, why=list(link.why))


def _keys(gist: Gist) -> dict[str, str]:
    """Each name and the key it is found by."""
    return {name: storable(name)[:LONGEST] for name in gist.names}
