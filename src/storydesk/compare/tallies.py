"""Tallies: figures of one thing, from anywhere in the accounts of a story, that cannot all be exact.

Four ways lead to two figures of one thing, each with its own caution: what happened to people, counted where accounts
open with it; the number that headlines lead with; a count or measure told in like words; and any figure that two
accounts set in one frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from storydesk.compare.figures import Figure, figures
from storydesk.compare.frames import framed, in_one_frame, joined, wholly
from storydesk.compare.layout import Layout
from storydesk.compare.numerals import values
from storydesk.compare.quantities import agree, comparable
from storydesk.compare.themes import GENERIC
from storydesk.compare.words import stem
from storydesk.language.vectors import Vectors

__all__ = ["Tally", "tallies"]

OPENING = 4
"""Lines at the head of an account in which a count of people is the event's own."""

LIKE = 0.5
"""Cosine of two sentences from which like words around a number are taken to be of one thing."""

NEARLY_SAME = 0.62
"""Cosine from which fewer words need to be shared."""

APART = 3.0
"""Tolls of one event differ by less than this factor: one that differs by more is of another event."""

CLOSE = 1.5
"""The same for other counts and measures, which do not grow from one to many."""

FAR = 10.0
"""The same where both stand in one frame."""

IN_A_ROW = "place in a row"
FRAMED_ONLY = frozenset({"kelvin", "vote", "score", IN_A_ROW})
"""Measures of which a story has many: they are compared only where both stand in one frame."""

FAINTLY = 0.25
"""Cosine that two sentences need where a verb or all but the same number already speaks for one thing."""

PRECISE = 100
HAIR = 0.03
"""Numbers from 100 up that lie within three percent of each other are seldom of two things."""

MOSTLY = 0.4
"""The share of the words around the shorter told of two measures that must stand around the other."""

DEEPEST, DEEPEST_FEW = 0.6, 0.25
"""How deep in its text, 0 to 1, the event's own figures are looked for, and its small counts; background stands
below."""

DAYS = 5
"""Days between publications over which counts and measures of things are not compared: the next event of its kind may
lie between."""

VAGUE = 1.3
"""A figure that may mean this much more than its least says too little to show that an account knows another's."""

SMALL = 10
"""Below this a count of things is likely to be of a few among them."""

_GENERIC = frozenset(stem(word) for word in GENERIC)

Pair = tuple[Figure, Figure]


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of one thing that clash, in the order of the layout; each clashes with at least one of the others."""

    figures: tuple[Figure, ...]


def tallies(layout: Layout, titles: Vectors) -> list[Tally]:
    """The figures that clash, tolls first. ``titles`` holds a vector for the title of each account."""
    found = figures(layout)
    by_account: dict[int, list[Figure]] = {}
    for figure in found:
        by_account.setdefault(figure.line.at, []).append(figure)
    pairs = [*_openings(layout, by_account), *_first_given(by_account)]
    pairs += [*_headlined(layout, by_account, titles), *_alike(layout, found), *_framed_alike(layout, found)]
    several = joined((pair for pair in pairs if not _settled(*pair, by_account)), _place)
    return [Tally(tuple(sorted(figures, key=_place))) for figures in several]


def _whole(figure: Figure) -> bool:
    return not figure.part and not figure.frame & {"behind", "ahead"}


def _openings(layout: Layout, by_account: dict[int, list[Figure]]) -> Iterator[Pair]:
    """The tolls that accounts open with, the highest of each theme: "31 hurt"."""
    first = _first_lines(layout)
    highest: dict[str, dict[int, Figure]] = {}
    for at, own in by_account.items():
        for figure in own:
            if figure.quantity.theme and figure.index - first[at] < OPENING and _whole(figure):
                of_theme = highest.setdefault(figure.quantity.theme, {})
                if at not in of_theme or figure.quantity.value > of_theme[at].quantity.value:
                    of_theme[at] = figure
    for of_theme in highest.values():
        for one, two in combinations(of_theme.values(), 2):
            if comparable(one.quantity, two.quantity) and _same_people(one, two) and _within(one, two, APART):
                yield one, two


def _same_people(one: Figure, two: Figure) -> bool:
    """Whether two tolls are of the same people at the same time: ten Americans are not the twelve who died."""
    heads = {"" if figure.head in _GENERIC else figure.head for figure in (one, two)}
    return len(heads) == 1 and one.years == two.years


def _first_given(by_account: dict[int, list[Figure]]) -> Iterator[Pair]:
    """The magnitude that each account gives first: an earthquake has one, its aftershocks come later."""
    given = []
    for own in by_account.values():
        given += [figure for figure in own if figure.quantity.unit == "magnitude" and _whole(figure)][:1]
    for one, two in combinations(given, 2):
        if _within(one, two, CLOSE) and one.years == two.years:
            yield one, two


def _first_lines(layout: Layout) -> dict[int, int]:
    first: dict[int, int] = {}
    for index, line in enumerate(layout.lines):
        first.setdefault(line.at, index)
    return first


def _headlined(layout: Layout, by_account: dict[int, list[Figure]], titles: Vectors) -> Iterator[Pair]:
    """The counts that headlines give, where they stand in the texts and the headlines are alike."""
    leading: list[Figure] = []
    for at, own in by_account.items():
        named = set(values(layout.accounts[at].item.title))
        plain = [f for f in own if not f.quantity.unit and f.quantity.value in named and not f.frame]
        leading += sorted(plain, key=lambda figure: -figure.quantity.value)[:1]
    for one, two in combinations(leading, 2):
        alike = titles[one.line.at] @ titles[two.line.at] >= LIKE and _same_thing(one, two)
        if alike and _within(one, two, CLOSE):
            yield one, two


def _same_thing(one: Figure, two: Figure) -> bool:
    """Whether nothing in the words says that two counts are of different things."""
    return len({one.quantity.theme, two.quantity.theme} - {None}) < 2 and _same_people(one, two)


def _modifiers(one: Figure, two: Figure) -> bool:
    """Whether what stands before the nouns does not set them apart ("cargo ships", "cruise ships")."""
    ours, theirs = ({stem(word) for word in figure.noun.split()[:-1]} for figure in (one, two))
    return not (ours and theirs) or bool(ours & theirs)


def _alike(layout: Layout, found: Sequence[Figure]) -> Iterator[Pair]:
    """Figures with one unit or noun, told in like words: for each, the one of every other account told most alike."""
    by_key: dict[str, list[Figure]] = {}
    for figure in found:
        if (key := _key(figure)) and key not in FRAMED_ONLY and _whole_or_ahead(figure):
            by_key.setdefault(key, []).append(figure)
    for several in by_key.values():
        for place, one in enumerate(several, 1):
            best: dict[int, tuple[float, Figure]] = {}
            for two in several[place:]:  # in the order of the layout
                if two.line.at == one.line.at or (one.near.isdisjoint(two.near) and one.quantity.unit != "finish"):
                    continue  # most pairs
                if close := _likeness(layout, one, two):
                    best[two.line.at] = max(best.get(two.line.at, (0.0, two)), (close, two), key=lambda entry: entry[0])
            yield from ((one, two) for _, two in best.values() if _within(one, two, CLOSE))


def _framed_alike(layout: Layout, found: Sequence[Figure]) -> Iterator[Pair]:
    """Figures of one unit or noun in one frame, however far apart: so told, they are of one thing."""
    by_key: dict[str, list[Figure]] = {}
    for figure in found:
        if (key := _key(figure)) and _whole_or_ahead(figure):
            by_key.setdefault(key, []).append(figure)
    for several in by_key.values():
        if several[0].line.at == several[-1].line.at:
            continue  # one account's
        around = [framed(layout, figure.index, figure.quantity.span) for figure in several]
        given = [(figure.quantity.low, figure.quantity.high, figure.quantity.own) for figure in several]
        for first, second in in_one_frame(layout, around, given):
            one, two = several[first], several[second]
            able = _ratio(one, two) <= FAR and _able(layout, one, two) and not agree(one.quantity, two.quantity)
            if able and (not _few(one, two) or wholly(around[first], around[second])):
                yield one, two


def _able(layout: Layout, one: Figure, two: Figure) -> bool:
    """Whether nothing around two figures of one unit or noun says that they are of different things or times."""
    if one.frame != two.frame or not _modifiers(one, two):
        return False
    if (one.quantity.theme and not _same_people(one, two)) or _days_apart(layout, one, two) > DAYS:
        return False
    return one.quantity.unit != IN_A_ROW or one.quantity.nouns[:1] == two.quantity.nouns[:1]


def _few(one: Figure, two: Figure) -> bool:
    """Whether two counts of things are small, and so may be of a few among them."""
    quantity = one.quantity
    return not quantity.unit and not quantity.theme and max(quantity.value, two.quantity.value) < SMALL


def _ratio(one: Figure, two: Figure) -> float:
    low, high = sorted((one.quantity.value, two.quantity.value))
    return high / low if low else 1.0


def _whole_or_ahead(figure: Figure) -> bool:
    bounded = bool(figure.quantity.unit) and not figure.quantity.low  # "below $6,000" is no price
    return not figure.part and "behind" not in figure.frame and not bounded


def _key(figure: Figure) -> str:
    quantity = figure.quantity
    return quantity.unit or quantity.theme or figure.head


def _likeness(layout: Layout, one: Figure, two: Figure) -> float:
    """How alike two figures of one unit or noun are told; 0 where not enough to be of one thing."""
    if one.frame != two.frame or one.line.language != two.line.language or not _modifiers(one, two):
        return 0.0
    if one.quantity.theme and not _same_people(one, two):
        return 0.0
    few = not one.quantity.unit and max(one.quantity.value, two.quantity.value) < SMALL
    deepest = max(one.line.depth, two.line.depth)
    if _days_apart(layout, one, two) > DAYS or deepest > (DEEPEST_FEW if few else DEEPEST):
        return 0.0
    shared = len(one.near & two.near)
    most = shared >= MOSTLY * min(len(one.near), len(two.near))
    meaning = float(layout.vectors[one.index] @ layout.vectors[two.index])
    named = not one.quantity.unit and one.head == two.head and one.head not in _GENERIC
    if _all_but_same(one, two):
        least, shared = FAINTLY, shared + (one.quantity.unit == "finish")
    elif named and not few:
        least = FAINTLY if one.verb and one.verb == two.verb else LIKE if shared > 1 else NEARLY_SAME
    else:
        least = LIKE if shared > 1 and most and not few else NEARLY_SAME
        shared *= most
    return meaning + shared if shared and meaning >= least else 0.0


def _all_but_same(one: Figure, two: Figure) -> bool:
    """Whether two precise numbers of one noun or clock are so near that chance hardly makes them so."""
    low, high = sorted((one.quantity.value, two.quantity.value))
    precise = one.quantity.low == one.quantity.high and two.quantity.low == two.quantity.high and low >= PRECISE
    named = one.quantity.unit == "finish" or (not one.quantity.unit and bool(one.head) and one.head not in _GENERIC)
    return precise and named and high <= low * (1 + HAIR)


def _days_apart(layout: Layout, one: Figure, two: Figure) -> int:
    published = [layout.accounts[figure.line.at].item.published for figure in (one, two)]
    first, second = published
    return abs((first - second).days) if first and second else 0


def _within(one: Figure, two: Figure, factor: float) -> bool:
    low, high = sorted((one.quantity.value, two.quantity.value))
    return 0 < high <= factor * low and not agree(one.quantity, two.quantity)


def _settled(one: Figure, two: Figure, by_account: dict[int, list[Figure]]) -> bool:
    """Whether either account also gives the other's figure: then it knows both, and they are of different things."""
    return _gives(by_account[two.line.at], one) or _gives(by_account[one.line.at], two)


def _gives(figures: Iterable[Figure], other: Figure) -> bool:
    return any(
        figure.quantity.unit == other.quantity.unit
        and "behind" not in figure.frame
        and (bool(other.quantity.unit) or _key(figure) == _key(other))
        and figure.quantity.high <= VAGUE * figure.quantity.low
        and agree(figure.quantity, other.quantity)
        for figure in figures
    )


def _place(figure: Figure) -> tuple[int, int]:
    return figure.index, figure.quantity.span.start
