"""The timeline: when each item was published and revised, and the days that the accounts name with day and month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from storydesk.compare.analysis import Analysis, once
from storydesk.compare.dates import days
from storydesk.compare.figures import PHOTO
from storydesk.compare.layout import Layout
from storydesk.compare.occasions import POSTED
from storydesk.compare.passages import dateline
from storydesk.coverage import Moment

__all__ = ["timeline"]


def timeline(layout: Layout) -> tuple[Moment, ...]:
    """Every moment in order of time. A stated day stands at its midnight in UTC, with the sentence that names it.

    A day that several accounts name is listed once an item, with the first sentence there that names it.
    """
    moments = [*_published(layout), *_stated(layout)]
    return tuple(sorted(moments, key=lambda moment: moment.at))


def _published(layout: Layout) -> Iterator[Moment]:
    for told in layout.accounts:
        if told.item.published:
            yield Moment(told.item.published, "published", told.item.id)
        if told.item.updated and told.item.revision > 1:
            yield Moment(told.item.updated, "revised", told.item.id)


def _stated(layout: Layout) -> Iterator[Moment]:
    return (moment for _, moment in layout.each(_days))


@once
def _days(told: Analysis, most: int) -> list[tuple[int, Moment]]:
    """The days that an account names in full, by the first line that does."""
    item = told.account.item
    found: dict[date, tuple[int, Moment]] = {}
    for place, line in enumerate(told.lines[:most]):
        text = line.passage.text
        stated = [day for day in days(text, item.published) if day.stated]
        if not stated or PHOTO.match(text) or POSTED.search(text):
            continue  # the day of the picture, or of the post
        for day in stated:
            if day.span.start >= dateline(text):
                at = datetime.combine(day.day, time(), UTC)
                found.setdefault(day.day, (place, Moment(at, "stated", item.id, line.passage)))
    return list(found.values())
