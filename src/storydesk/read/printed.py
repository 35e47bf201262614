"""The dates that a page prints: beside its headline, or where it says when it was published."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice

from selectolax.lexbor import LexborNode

from storydesk.read.around import Around, Line, line
from storydesk.read.dateline import DATE, date_in, says_published, says_updated
from storydesk.read.dates import from_stamp, from_words, is_swapped, region_by_numbers
from storydesk.read.marks import boxed
from storydesk.read.markup import Markup, squeeze
from storydesk.read.outline import INSIDE, Outline

__all__ = ["dated_language", "dated_lines", "marked_date", "printed_dates", "sole", "stray_dates", "told_date"]

YEAR = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./-]\d\d?[./-]\d\d)")
RIGHTS = re.compile(r"©|copyright|all rights", re.I)
PIECE = re.compile(r"\s*[|•·⋅⸱—／]\s*|\s+[–/-]{1,2}\s+|(?<=\d{4})\.\s+")
TAIL = re.compile(r"\s+by\s.*|\s*\([^()]*\d[^()]*\)\s*$", re.I)
"""What may follow a date in its line: who wrote, the hour in another zone."""

TIME = INSIDE["time"]
WORDS = re.compile(r"[^\W\d_]{3,}.*[^\W\d_]{3,}", re.S)
WORDS_BESIDE = 5
"""Words behind the date in a line, at most; where there are more, a sentence tells of some day."""

SENTENCE = 20
"""Words of a line that is a sentence, at least."""

SHORT = 100
"""Code points of a line that says when a piece was published."""

MOST = 200
"""Dated lines of a page, and elements for times, that are looked at; where there are more, it is a list of pieces."""

LABEL, CONNECTING = 30, 3
"""Code points of a label before a date, and of a word between the two ("on"), at most."""

OTHERS = re.compile(
    r"comment|copyright|related|recommend|teaser|latest|popular|trending|masthead|topbar|top-bar|today|clock|breaking|ticker|weather",
    re.I,
)
"""In the names of what encloses the date of another piece, or of today."""

CHANGED = re.compile(r"modif|updat", re.I)
FIRST = re.compile(r"publish", re.I)
"""In the names of an element: that its time is of a change, that it is of the publication."""

TIMES = 'time, [itemprop~="datePublished"], [class*="publish" i]'
"""A selector of elements that may hold a time."""

STAMPS = ("datetime", "content", "title")
"""Attributes in which such an element tells a time to machines."""

DIGITS = re.compile(r"\d")

NODES = 12
"""Nodes in an element for a time, or in a label before it, that are looked at."""


def printed_dates(lines: list[Line], now: datetime, language: str | None) -> Iterator[tuple[datetime, bool]]:
    """The dates in these lines, in order, each with whether it is said to be of a change."""
    for found in lines:
        timed = found.block.inside & TIME
        if (timed or _has_date(found.text)) and not boxed(found.outline, found.block.element, OTHERS):
            yield from _dates(found, now, language)


def told_date(lines: list[Line], now: datetime, language: str | None) -> datetime | None:
    """When any of the page's dated lines says in words that it was published ("Published on March 3, 2026"); ``None``
    where several differ."""
    told = (found for found in lines if says_published(found.text) or says_published(_label(found)))
    return sole(at for found in told for at, changed in _dates(found, now, language) if not changed)


def stray_dates(
    lines: list[Line], near: Around, now: datetime, language: str | None
) -> tuple[list[datetime], list[datetime]]:
    """The dates of lines behind the headline that say nothing else, and those that any line says are of a change."""
    alone: list[datetime] = []
    changed: list[datetime] = []
    start = near.behind[0].at if near.behind else sys.maxsize
    for found in lines:
        if boxed(found.outline, found.block.element, OTHERS):
            continue
        dates = list(_dates(found, now, language))
        changed += (at for at, change in dates if change)
        pieces = PIECE.split(found.text)
        if found.at >= start and all(date_in(piece, now, language) or not WORDS.search(piece) for piece in pieces):
            alone += (at for at, change in dates if not change)
    return alone, changed


def dated_lines(outline: Outline) -> list[Line]:
    """The first short lines of a page that hold a date."""
    near = (place for place, block in enumerate(outline.blocks) if len(block.text) <= SHORT and _has_date(block.text))
    return [found for place in islice(near, MOST) if (found := line(outline, place))]


def sole(times: Iterable[datetime]) -> datetime | None:
    """The time of which all others are of the same day; ``None`` where there is none."""
    days = {at.date(): at for at in times}
    return next(iter(days.values())) if len(days) == 1 else None


def dated_language(lines: list[Line], language: str | None) -> str | None:
    """The language of the page with the region whose order of day and month its dated lines tell, if any."""
    return region_by_numbers("\n".join([found.text for found in lines]), language)


def marked_date(markup: Markup, now: datetime, language: str | None) -> datetime | None:
    """The first time on the page that is marked up as the one of publication, else as any but of a change; else the
    first day in the words of what is."""
    outline = markup.outline
    placed = ((node, column) for node in markup.tree.css(TIMES) if (column := outline.column(node)) is not None)
    nodes = [(node, column, outline.attributes(column)) for node, column in islice(placed, MOST)]
    nodes.sort(key=lambda found: not FIRST.search(_marks(found[2])))
    own = [
        (node, next(filter(None, map(attributes.get, STAMPS)), None))
        for node, column, attributes in nodes
        if not (_is_change(attributes) or _is_told_updated(node) or boxed(outline, column, OTHERS))
    ]
    stamped = (from_stamp(stamp, now, language) for _, stamp in own if stamp)
    worded = (date_in(squeeze(node.text()), now, language) for node, _ in own)
    return next(filter(None, chain(stamped, worded)), None)


def _has_date(text: str) -> bool:
    return (
        bool(YEAR.search(text)) and not RIGHTS.search(text) and text.count(" ") < SENTENCE and bool(DATE.search(text))
    )


def _dates(found: Line, now: datetime, language: str | None) -> Iterator[tuple[datetime, bool]]:
    """The dates in a line, each with whether it is of a change."""
    if found.block.inside & TIME:
        yield from _times(found, now, language)
    label = _label(found)
    for piece in _pieces(found):
        at = _date(piece, now, language)
        if at:
            yield at, says_updated(piece) or says_updated(label)
        if len(piece) > CONNECTING:
            label = piece if len(piece) <= LABEL else ""


def _times(found: Line, now: datetime, language: str | None) -> Iterator[tuple[datetime, bool]]:
    """The times that a line's elements hold, unless they print another day."""
    outline = found.outline
    for column in found.elements():
        if outline.tags[column] != "time":
            continue
        attributes = outline.attributes(column)
        at = from_stamp(attributes.get("datetime"), now, language)
        lines = _texts(outline.nodes[column])
        printed = DATE.search(" ".join(lines))
        day = from_words(printed.group(), now, language) if printed else None
        if at and (day is None or day.date() == at.date() or is_swapped(day, at)):
            before = found.text.partition(lines[0])[0] if lines and lines[0] in found.text else ""
            label = DIGITS.split(before)[-1] or _label(found)
            yield at, _is_change(attributes) or says_updated(label) or _begins_updated(lines)


def _texts(node: LexborNode) -> list[str]:
    """The first texts in an element."""
    return [text for one in _first(node) if one.is_text_node and (text := squeeze(one.text_content or ""))]


def _first(node: LexborNode) -> list[LexborNode]:
    return list(islice(node.traverse(include_text=True), NODES))


def _begins_updated(texts: list[str]) -> bool:
    """Whether an element of these texts says before its date that it is of a change."""
    return says_updated(DIGITS.split(" ".join(texts))[0])


def _is_told_updated(node: LexborNode) -> bool:
    """Whether an element, or a label just before it, says in words that its time is of a change."""
    before = node.prev
    while before is not None and not before.is_element_node and not squeeze(before.text_content or ""):
        before = before.prev
    if before is None or any(inner.tag == "time" for inner in _first(before)):
        return _begins_updated(_texts(node))
    label = DIGITS.split(" ".join(_texts(before)))[-1]
    return (len(label) <= LABEL and says_updated(label)) or _begins_updated(_texts(node))


def _marks(attributes: Mapping[str, str | None]) -> str:
    return f"{attributes.get('class')} {attributes.get('itemprop')}"


def _is_change(attributes: Mapping[str, str | None]) -> bool:
    """Whether the attributes of an element say that its time is of a change, not of the publication."""
    marks = _marks(attributes)
    return bool(CHANGED.search(marks)) and not FIRST.search(marks)


def _label(found: Line) -> str:
    """The short line before this one, which may say what its date means."""
    before = line(found.outline, found.at - 1)
    return before.text if before and len(before.text) <= LABEL and not _has_date(before.text) else ""


def _pieces(found: Line) -> Iterator[str]:
    """The parts of a line, as its elements and the marks in it divide it; then all of it."""
    pieces = found.pieces()
    for text in (*pieces, *([found.text] if len(pieces) > 1 else ())):
        yield from filter(None, PIECE.split(text))


def _date(piece: str, now: datetime, language: str | None) -> datetime | None:
    """The date in a piece of a line that says little else."""
    found = DATE.search(piece)
    if not found:
        return None
    if at := date_in(piece, now, language) or date_in(TAIL.sub("", piece), now, language):
        return at
    before, after = piece[: found.start()], piece[found.end() :]
    # Words before a date that is not told as one of publication make it the date of what they name.
    few = len(after.split()) <= WORDS_BESIDE and (
        says_published(before) or says_updated(before) or not WORDS.search(before)
    )
    return from_words(found.group(), now, language) if few else None
