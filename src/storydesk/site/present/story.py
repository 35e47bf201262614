"""A story page: from a coverage and its accounts to what the template loops over, in the order of the page.

:func:`story_page` is the one function that the served page and the standalone file share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from storydesk.coverage import Coverage
from storydesk.model import Account, Source
from storydesk.site.fragment import safe_address
from storydesk.site.present.brief import Brief, brief
from storydesk.site.present.cards import Named, RecentItems, ShownCard, cards, people
from storydesk.site.present.chart import NARROW, WIDE, Chart, chart
from storydesk.site.present.frame import Addresses, Frame
from storydesk.site.present.public import Withheld
from storydesk.site.present.sides import Sides, sides
from storydesk.site.present.standing import Standing
from storydesk.site.present.told import Change, Shown, told
from storydesk.site.present.voices import Voice, voices

__all__ = ["Background", "Related", "SourceNote", "StoryPage", "story_page"]


AT_ONCE: Final = 12
"""Speakers, and statements that several tell, on the page at once; the rest is a link away."""

LISTED: Final = 40
"""Items listed on the page at once."""

SAID_AT_ONCE: Final = 6
"""A speaker's quotations, and what is reported of them, on the page at once."""

NOTHING: Final = Withheld()

UNDATED: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source as the foot of a story shows it: its profile and what it published of late."""

    source: Source
    href: str
    home: str
    recent: RecentItems


@dataclass(frozen=True, slots=True)
class Related:
    """A story of one affair with the one shown, and why it is held to be; ``here`` is the one shown itself, which needs
    no reason."""

    headline: str
    href: str
    first_seen: datetime | None
    items: int
    score: float = 1.0
    why: tuple[str, ...] = ()
    here: bool = False


@dataclass(frozen=True)
class Background:
    """What a desk knows around a story. The standalone page has none of it."""

    sources: Sequence[tuple[Source, RecentItems]] = ()
    recent: Mapping[str, RecentItems] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    standing: Mapping[str, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoryPage:
    """All that a story page shows, in the order in which it shows it. ``related`` are the other stories of its affair,
    the closest first; ``affair`` all of them in order of time, empty where that is no chain. ``unheard`` is how many
    speakers are not shown, ``unquoted`` how many utterances are left to the outlets' pages."""

    id: str
    headline: str
    headline_language: str
    first_seen: datetime | None
    last_changed: datetime | None
    items: int
    origins: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    brief: tuple[Brief, ...]
    charts: tuple[Chart, ...]
    told: Shown
    voices: tuple[Voice, ...]
    reported: tuple[Voice, ...]
    unheard: int
    unquoted: int
    sides: Sides
    cards: tuple[ShownCard, ...]
    people: tuple[Named, ...]
    sources: tuple[SourceNote, ...]
    related: tuple[Related, ...]
    affair: tuple[Related, ...]

    @property
    def comments_apart(self) -> int:
        """Comments that stood in the items' own pages. They are kept apart and never shown."""
        return sum(item.comments_apart for item in self.told.items)


def story_page(
    coverage: Coverage,
    accounts: Sequence[Account],
    addresses: Addresses,
    background: Background | None = None,
    withheld: Withheld = NOTHING,
    *,
    everything: bool = True,
) -> StoryPage:
    """What a story page shows. ``withheld`` is what was left out of the coverage for the public; without
    ``everything`` the page is kept short and says how much more there is.
    """
    frame = Frame(coverage, accounts, addresses)
    around = background or Background()
    heard = voices(frame, most=None if everything else SAID_AT_ONCE)
    quoted = [voice for voice in heard if voice.said]
    reported = [voice for voice in heard if not voice.said]
    most = None if everything else AT_ONCE
    head = frame.items.get(coverage.headline_item)
    return StoryPage(
        id=coverage.story,
        headline=coverage.headline,
        headline_language=(head.language if head else None) or "",
        first_seen=coverage.first_seen,
        last_changed=coverage.last_changed,
        items=len(coverage.items),
        origins=len(coverage.origins),
        outlets=coverage.outlets,
        languages=coverage.languages,
        brief=brief(frame),
        charts=tuple(drawn for drawn in (chart(frame, WIDE), chart(frame, NARROW)) if drawn),
        told=told(frame, around.changes, around.standing, None if everything else LISTED),
        voices=tuple(quoted[:most]),
        reported=tuple(reported[:most]),
        unheard=len(heard) - len(quoted[:most]) - len(reported[:most]),
        unquoted=withheld.utterances,
        sides=sides(frame, withheld, most),
        cards=cards(frame, around.recent),
        people=people(frame),
        sources=tuple(
            SourceNote(source, addresses.source(source.name), safe_address(source.home), recent)
            for source, recent in around.sources
        ),
        related=around.related,
        affair=_affair(coverage, around.related),
    )


def _affair(coverage: Coverage, related: Sequence[Related]) -> tuple[Related, ...]:
    """The affair in order of time, with the story itself in its place, where it has at least three stories."""
    if len(related) < 2:
        return ()
    here = Related(coverage.headline, "", coverage.first_seen, len(coverage.items), here=True)
    return tuple(sorted((*related, here), key=lambda one: (one.first_seen is None, one.first_seen or UNDATED)))
