"""In brief: its sentences, and beside each what is told otherwise elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storydesk.coverage import Point
from storydesk.model import Span
from storydesk.site.present.figures import amount
from storydesk.site.present.frame import Frame, Words

__all__ = ["Brief", "Otherwise", "brief"]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What other accounts say instead of a sentence's words, and of what; ``update`` where the later ones replace the
    earlier."""

    about: str
    words: tuple[Words, ...]
    update: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """A sentence, the words in it that are contested marked, when it was published ("tonight" hangs on that), and what
    is told otherwise elsewhere."""

    words: Words
    published: datetime | None
    otherwise: tuple[Otherwise, ...]


def brief(frame: Frame) -> tuple[Brief, ...]:
    """The points of a coverage as the page shows them."""
    return tuple(_brief(frame, point) for point in frame.coverage.brief)


def _brief(frame: Frame, point: Point) -> Brief:
    place = point.passage
    marks, otherwise = [], []
    for difference in (frame.coverage.differences[index] for index in point.contested):
        sides = [side.passage for side in difference.sides]
        own = [one for one in sides if one.item == place.item and place.start <= one.start < place.end]
        marks += [Span(one.start - place.start, one.end - place.start) for one in own]
        said = {amount(one.text) for one in own}
        others = [one for one in sides if one.item != place.item and amount(one.text) not in said]
        if others:
            otherwise.append(Otherwise(difference.about, tuple(map(frame.words, others)), difference.update))
    return Brief(frame.words(place, marks), frame.items[place.item].published, tuple(otherwise))
