"""Occasions: days and years that accounts give for one and the same thing, and that cannot all be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from storydesk.compare.analysis import Analysis, Sentence, once_a_line
from storydesk.compare.dates import DATE, Day, days
from storydesk.compare.figures import PHOTO, around, clause_around
from storydesk.compare.frames import framed, in_one_frame, joined, tightly
from storydesk.compare.layout import Layout, Line
from storydesk.compare.passages import dateline
from storydesk.compare.spells import spells
from storydesk.compare.words import fold, is_content, stem, words
from storydesk.model import Span

__all__ = ["POSTED", "Occasion", "occasions"]

NEWS = 1
"""Days between publications from which accounts that name only weekdays tell each its own news."""

WEEKDAYS_APART = 2
"""Days apart that two weekdays of one thing may be: what lies further apart is another day's news."""

DATES_APART = 10
"""The same for days that are written with their month."""

YEARS_APART = 3

TOGETHER = 3
"""Days between publications over which "Tuesday" and "next month" are compared."""

FARTHEST = 10 * 366
"""Days that two times may lie apart where they stand in one frame."""

WINDOW = 10
"""Words on either side of a day that tell what it is of."""

BREAK = re.compile(r"[;:()“”\"—]")
"""What ends the words around a day, beside another day."""

LIKE = 0.4
"""Cosine of two sentences from which like words around a day are taken to be of one thing."""

PARTICLES = frozenset(("back", "away", "ahead", "along", "forward"))
"""Adverbs that go with any verb."""

BESIDE, LOOKED_BACK = 2, 6
FEW = 2
"""Words in common that two sentences may have by chance."""

_PARTS = "early late morning night evening afternoon local time"
_HOURS = frozenset(stem(word) for word in _PARTS.split())
"""Words right before a day that may be what was done on it, and those that only say at which hour."""

_TELL = r"(?:sa(?:id|ys|ying)|told|tells|announced|reported|added|confirmed|disclosed|revealed|warned|claimed|declared"
_TELL += r"|denied|asked|published|wrote|tweeted|posted)"
_REPORT = r"(?:statement|filings?|interview|conference|briefing|report|tweet|post|video|release)"
TELLING = re.compile(rf"\b(?:{_TELL}\b(?:\s\S+){{0,6}}|{_REPORT}\b(?:\s\S+){{0,8}})\s$", re.I)
POSTED = re.compile(r"\(@\w+\)\s?(?=$|\w+\s\d)")
TOLD_THEN = re.compile(
    rf"(?:\s(?:morning|afternoon|evening|night))?,?(?:\s(?!and\b)\S+){{0,2}}\s{_TELL}\b(?!\W*$)", re.I
)
"""Around a day: the day is when it was said, not when it happened."""

SAID = re.compile(rf"\b{_TELL}\b", re.I)
"""In a sentence that begins with a day: the day is when it was said."""

DONE = re.compile(r"\b(?!announced|reported|added|published|posted|tweeted)\w+ed\s$")
"""Right before a day: what was done on that day, whoever said so ("a letter dated Wednesday")."""

RANGE = re.compile(r"\b(?:since|until|till|by|before|after|through|between|dated back to)\s$", re.I)
"""Before a day that only bounds when something happened."""

CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w’']*")

YEAR = re.compile(r"(?<![\d,.$€£-])\b(?:19|20)\d\d\b(?![,.]?\d|-)")


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """A day, a year or a stretch of time named in a line, equal to no other. ``index`` is the line's place in the
    layout, ``offset`` how many days it lies from publication (``None`` for a year), ``spell`` whether it is a stretch
    ("last month"), ``near`` the stems around it, ``inner`` those of its clause, ``beside`` those right before it."""

    index: int
    line: Line
    day: Day
    offset: int | None
    spell: bool
    bound: bool
    said: bool
    near: frozenset[str]
    inner: frozenset[str]
    beside: frozenset[str]

    @property
    def span(self) -> Span:
        """Where its words stand in the line."""
        return self.day.span

    @property
    def when(self) -> date:
        """The day itself, the first of a stretch."""
        return self.day.day


_Found = tuple[Day, int | None, bool, bool, bool, frozenset[str], frozenset[str], frozenset[str]]


def occasions(layout: Layout) -> list[tuple[Occasion, ...]]:
    """The days, then the years, that clash, each group in the order of the layout."""
    found = [Occasion(index, layout.lines[index], *found) for index, found in layout.each(_of_line)]
    by_account: dict[int, list[Occasion]] = {}
    for occasion in found:
        by_account.setdefault(occasion.line.at, []).append(occasion)
    pairs = []
    for one, two in dict.fromkeys([*_likeliest(layout, found), *_framed_alike(layout, found)]):
        if not (_given(by_account[two.line.at], one) or _given(by_account[one.line.at], two)):
            pairs.append((one, two))
    several = joined(pairs, id)
    return [tuple(sorted(members, key=lambda each: (each.index, each.span))) for members in several]


@once_a_line
def _of_line(told: Analysis, line: Sentence) -> Sequence[_Found]:
    return _of_sentence(line.passage.text, told.account.item.published)


@lru_cache(maxsize=16_384)
def _of_sentence(text: str, published: datetime | None) -> tuple[_Found, ...]:
    """What an occasion is beside its line, for each in a sentence."""
    return tuple(_found(text, published))


def _found(text: str, published: datetime | None) -> Iterator[_Found]:
    named: Sequence[Day] = days(text, published)
    spelt = spells(text, published)
    if not (named or spelt or YEAR.search(text)) or PHOTO.match(text):
        return
    start = dateline(text)
    named = [day for day in named if day.span.start >= start]
    for place, day in enumerate(named):
        first = named[place - 1].span.end if place else start
        last = named[place + 1].span.start if place + 1 < len(named) else len(text)
        offset = (day.day - published.date()).days if published else 0
        yield _occasion(text, day, offset, Span(first, last))
    dated = [found.span() for found in DATE.finditer(text)] if YEAR.search(text) else []
    for found in YEAR.finditer(text, start):
        inside = any(first <= found.start() < last for first, last in dated)
        if not inside and published:
            n = int(found.group())
            year = Day(
                Span(*found.span()), date(n, 1, 1), True, True, date(n, 1, 1).toordinal(), date(n + 1, 1, 1).toordinal()
            )
            yield _occasion(text, year, None, Span(start, len(text)))
    for spell in spelt:
        if published and spell.span.start >= start and not any(spell.span.overlaps(day.span) for day in named):
            offset = (spell.day - published.date()).days
            yield _occasion(text, spell, offset, Span(start, len(text)), spell=True)


def _occasion(text: str, day: Day, offset: int | None, within: Span, spell: bool = False) -> _Found:
    before = text[: day.span.start].removesuffix("on ").removesuffix("in ")
    bound = bool(RANGE.search(before))
    said = bool(TELLING.search(before)) and not DONE.search(before)
    said = said or bool(POSTED.search(before))
    said = said or bool(TOLD_THEN.match(text, day.span.end))
    said = said or (day.span.start < len("On the ") and bool(SAID.search(text)))
    said = said and (offset is None or offset <= 0)  # nobody has spoken on a day to come
    cuts = [found.span() for found in BREAK.finditer(text)]
    first = max((end for _, end in cuts if within.start <= end <= day.span.start), default=within.start)
    last = min((begin for begin, _ in cuts if day.span.end <= begin <= within.end), default=within.end)
    near = around(text, day.span, Span(first, last), WINDOW)
    clause = clause_around(text, day.span)
    inner = around(text, day.span, Span(max(first, clause.start), min(last, clause.end)), WINDOW)
    beside = _right_before(text[max(first, clause.start) : day.span.start])
    return day, offset, spell, bound, said, near, inner, beside


def _right_before(text: str) -> frozenset[str]:
    found = [stem(word) for _, word in words(text)[-LOOKED_BACK:] if is_content(word)]
    return frozenset([word for word in found if word not in _HOURS][-BESIDE:])


def _likeliest(layout: Layout, found: Sequence[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """For each occasion, of every other account the one that is told most alike, where the two differ."""
    able = [occasion for occasion in found if not occasion.bound and not occasion.said and occasion.day.firm]
    able = [occasion for occasion in able if not occasion.spell]
    able = [occasion for occasion in able if occasion.offset is not None or not _ahead(layout, occasion)]
    best: dict[tuple[int, int], tuple[float, Occasion, Occasion]] = {}
    for one, two in _with_a_word_in_common(layout, able):
        if one.line.at == two.line.at or (one.offset is None) != (two.offset is None):
            continue
        likeness = _likeness(layout, one, two)
        if likeness:
            for key in ((id(one), two.line.at), (id(two), one.line.at)):
                if key not in best or likeness > best[key][0]:
                    best[key] = (likeness, one, two)
    for likeness, one, two in dict.fromkeys(best.values()):
        closest = best[id(one), two.line.at][0] == likeness == best[id(two), one.line.at][0]
        if closest and not one.day.meets(two.day) and _near(one, two):
            yield one, two


def _with_a_word_in_common(layout: Layout, able: Sequence[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """The pairs of occasions with the same word near or right before them, and those of two that are announced."""
    users: dict[object, list[int]] = {}
    for place, occasion in enumerate(able):
        words_ = [*occasion.near, *(("beside", word) for word in occasion.beside)]
        keys = [*words_, None] if _announced(layout, occasion) else words_
        for other in sorted({other for key in keys for other in users.get(key, ())}):
            yield able[other], occasion
        for key in keys:
            users.setdefault(key, []).append(place)


def _framed_alike(layout: Layout, found: Sequence[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """Days, months and years that stand in one frame: so told, they are of one thing."""
    able = [one for one in found if not one.bound and not one.said]
    around = [framed(layout, one.index, one.span) for one in able]
    for first, second in in_one_frame(layout, around, [one.day.when for one in able]):
        one, two = able[first], able[second]
        act = bool(one.beside & two.beside)
        act = act or (not (one.spell or two.spell) and tightly(around[first], around[second]))
        near = abs((one.when - two.when).days) <= FARTHEST and _of_one_time(layout, one, two)
        if act and near and not one.day.meets(two.day):
            yield one, two


def _of_one_time(layout: Layout, one: Occasion, two: Occasion) -> bool:
    """Whether two accounts can be held against each other by what hangs on the day of publication: they are published
    within days, and not each of a day from equally near, for then each tells its own day's news."""
    ours, theirs = (layout.accounts[occasion.line.at].item.published for occasion in (one, two))
    if not ours or not theirs or (one.day.stated and two.day.stated):
        return True
    apart = abs((ours.date() - theirs.date()).days)
    a_week = not (one.spell or two.spell) and (one.when - two.when).days % 7 == 0  # the last one and the next
    return apart <= TOGETHER and not a_week and not (apart and one.offset == two.offset)


def _ahead(layout: Layout, year: Occasion) -> bool:
    """Whether a year is still to come: plans are told in many shades, so only what was is compared."""
    published = layout.accounts[year.line.at].item.published
    return published is not None and year.when.year > published.year


def _likeness(layout: Layout, one: Occasion, two: Occasion) -> float:
    shared = len(one.near & two.near)
    if _announced(layout, one) and _announced(layout, two) and one.line.stems & two.line.stems:
        return 1.0 + shared
    if one.offset is not None and one.day.stated and two.day.stated:
        ahead = min(one.offset, two.offset or 0) > NEWS
        enough = bool(shared) if ahead else shared > 1 and bool(one.near & two.near - _names(one) - _names(two))
    else:
        inner = one.inner & two.inner
        told = one.offset is None or len(inner - _names(one) - _names(two) - PARTICLES) > 1
        enough = (len(inner) > 1 and told) or (_of_one_act(one, two) and one.offset is not None)
    meaning = float(layout.vectors[one.index] @ layout.vectors[two.index]) if enough else 0.0
    return meaning + shared if meaning >= LIKE else 0.0


def _of_one_act(one: Occasion, two: Occasion) -> bool:
    """Whether the same word stands right before both days, and their sentences have more in common."""
    return bool(one.beside & two.beside) and len(one.line.stems & two.line.stems) > FEW


def _names(occasion: Occasion) -> frozenset[str]:
    return _capitals(occasion.line.passage.text)


@lru_cache(maxsize=16_384)
def _capitals(text: str) -> frozenset[str]:
    """The stems of the words with a capital in a sentence."""
    return frozenset(stem(fold(word)) for word in CAPITAL.findall(text))


def _announced(layout: Layout, occasion: Occasion) -> bool:
    """Whether an account opens with a day to come: what its news is about."""
    first = occasion.index == 0 or layout.lines[occasion.index - 1].at != occasion.line.at
    return first and occasion.day.stated and (occasion.offset or 0) > NEWS


def _near(one: Occasion, two: Occasion) -> bool:
    """Whether two days are so near, and named from so near, that they may be meant for one."""
    apart = abs((one.when - two.when).days)
    if one.offset is None or two.offset is None:
        return apart <= YEARS_APART * 366
    if (one.offset > 0) != (two.offset > 0):
        return False
    if one.day.stated and two.day.stated:
        return apart <= DATES_APART
    if one.day.stated or two.day.stated:
        return apart <= WEEKDAYS_APART
    between = abs(one.offset - two.offset - (one.when - two.when).days)
    own = between >= 1 and one.offset == two.offset
    return apart <= WEEKDAYS_APART and between <= NEWS and not own


def _given(occasions_: Iterable[Occasion], other: Occasion) -> bool:
    """Whether an account also names the other's day, of what may be the same thing."""
    return any(
        own.when == other.when
        and (own.offset is None) == (other.offset is None)
        and (own.offset is None or bool(own.near & other.near))
        for own in occasions_
    )
