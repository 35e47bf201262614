"""One story's accounts to its coverage: every table of the story page, from values alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from storydesk.compare.analysis import Analyses, Analysis, find_ahead
from storydesk.compare.brief import brief
from storydesk.compare.central import headline
from storydesk.compare.closeness import Closeness, neighbours
from storydesk.compare.contested import contested
from storydesk.compare.differences import differences
from storydesk.compare.layout import MOST_LINES, Layout, lay_out
from storydesk.compare.only import FAR
from storydesk.compare.statements import align, statements
from storydesk.compare.timeline import timeline
from storydesk.compare.utterances import asked, utterances
from storydesk.coverage import Coverage, CoveredItem, Origin
from storydesk.knowledge import Catalogue, Knowledge
from storydesk.language import Encoder
from storydesk.model import Account

__all__ = ["compare", "prepare"]

PREPARED = 40
"""Lines of an account that are worked out ahead: all lines of most accounts, and what a story of fifty compares of
each."""


def prepare(told: Account, encode: Encoder, analyses: Analyses) -> None:
    """Has remembered what any story needs of an account: its analysis, what can differ in its first lines, and the
    meaning of these, of its title and of what is quoted in it."""
    analysis = analyses.of(told, MOST_LINES)
    lines = [line.gist for line in analysis.lines[:PREPARED]]
    encode([told.item.title, *lines, *asked(analysis)])
    find_ahead(analysis, PREPARED)


def compare(
    story: str,
    accounts: Sequence[Account],
    origins: Sequence[Origin],
    encode: Encoder,
    *,
    why: Mapping[str, tuple[str, ...]],
    analyses: Analyses | None = None,
    knowledge: Knowledge | None = None,
) -> Coverage:
    """What the accounts of one story tell together and apart.

    ``accounts`` are one or more, in any order; an item given in several revisions counts in its newest. ``origins``
    say which items share a root of reporting (an item in none is a root of its own): support, "all", "some" and "one"
    count origins, not items. ``why`` maps item ids to the evidence of their membership. ``analyses`` are those of
    earlier comparisons, where any are kept: what they spare is time. ``knowledge`` says which place lies in which;
    without it places that are linked are not told apart. The result depends on nothing
    but the arguments; ``cards`` are left to whoever has a knowledge base. Raises ValueError where there is no
    account.
    """
    if not accounts:
        raise ValueError(f"story {story}: nothing to compare")
    layout = lay_out(accounts, origins, encode, analyses)
    titles = encode([told.item.title for told in layout.accounts])
    closeness = Closeness(layout)
    near = neighbours(closeness, FAR)
    groups = align(layout, near)
    said = utterances(layout, encode)
    differing = differences(layout, groups, titles, encode, knowledge or Catalogue(()))
    title, central = headline(layout, titles, differing)
    moments = timeline(layout)
    published = [moment.at for moment in moments if moment.what == "published"]
    changed = [moment.at for moment in moments if moment.what in ("published", "revised")]
    return Coverage(
        story=story,
        headline=title,
        headline_item=central,
        first_seen=min(published, default=None),
        last_changed=max(changed, default=None),
        languages=_languages(layout),
        outlets=tuple(dict.fromkeys(layout.outlets.values())),
        items=tuple(_covered(told, layout, why) for told in layout.analyses),
        origins=_origins(layout, origins),
        brief=contested(brief(closeness, near, groups, _language_of(layout, central)), differing),
        utterances=said,
        statements=statements(layout, near, groups, said, encode, differing),
        differences=differing,
        timeline=moments,
    )


def _language_of(layout: Layout, item: str) -> str | None:
    return next(told.item.language for told in layout.accounts if told.item.id == item)


def _languages(layout: Layout) -> tuple[str, ...]:
    """The languages of the items, that of most items first."""
    counted = Counter(told.item.language for told in layout.accounts if told.item.language)
    return tuple(language for language, _ in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))


def _covered(told: Analysis, layout: Layout, why: Mapping[str, tuple[str, ...]]) -> CoveredItem:
    item = told.account.item
    return CoveredItem(
        id=item.id,
        source=layout.outlets[item.id],
        title=item.title,
        url=item.url,
        published=item.published,
        language=item.language,
        words=told.words,
        partial=item.partial,
        revision=item.revision,
        origin=layout.origin_of[item.id],
        video=item.video is not None,
        why=tuple(why.get(item.id, ())),
    )


def _origins(layout: Layout, given: Sequence[Origin]) -> tuple[Origin, ...]:
    """The origins that have items here, first to publish first, with only those items."""
    reasons = {origin.id: origin.why for origin in given}
    return tuple(
        Origin(name, tuple(item for item, own in layout.origin_of.items() if own == name), reasons.get(name, ""))
        for name in layout.origins
    )
