"""Quantities as people mean them: a number with its unit and what it counts, as wide as its rounding and its hedge.

"About 30" and 31 agree, so do "at least 27" and 30, "dozens" and 34, 5 miles and 8 km; 27 and 31 dead do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storydesk.compare.forms import Form, forms
from storydesk.compare.numerals import Numeral, numerals
from storydesk.compare.themes import CURRENCIES, GENERIC, UNITS, theme_near
from storydesk.compare.words import Word, is_content, stem, words
from storydesk.model import Span

__all__ = ["Quantity", "agree", "clashes", "comparable", "quantities"]

AFTER = 3
"""Words after a number that may say what it counts ("27 foreign aid workers")."""

CONVERTED = 0.08
"""How far two figures in different units may be apart: who converts also rounds."""

DEGREES = 0.6
"""The same for temperatures, in kelvin."""

MEASURED = 0.49
"""Just under half of the last digit of a measure: 12% covers 12.4%, and 3 days are not 4. Heads are not rounded."""

AGE = "year of age"

YEARS = range(1800, 2101)

MANY_POUNDS = 1e6
STERLING = re.compile(r"\ssterling\b")
OF_GOODS = re.compile(r"\sof\b|-force\b|\s(?:heav\w+|lighter|per)\b")
"""What tells pounds of money from those of weight: behind the word, and how many there are."""

_UNIT = re.compile(
    r"[\s-]?(" + "|".join(re.escape(u) for u in sorted(UNITS, key=len, reverse=True)) + r")(?![\w-])", re.I
)
_NOT_A_COUNT = re.compile(
    r"\s?(?:st|nd|rd|th|am|pm|a\.m|p\.m|GMT|UTC|o['’]clock)\b|:\d|[-–]?(?:thirds?|quarters?|fifths?)\b|[-–]\d|/\d|[-–][A-Z]"
    r"|\s(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec)\b"
)
_DATE_BEFORE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"\.?\s(?:the\s)?$|(?:No\.|#|number|aged?|Article|Section|Chapter)\s?$"
)
_NAME_BEFORE = re.compile(r"\w[^.!?]*\b[A-Z][\w’'-]*\s$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something. ``low`` to ``high`` is what it may mean, in the unit of ``unit`` ("" for a plain count).

    ``span`` covers hedge, number and unit, as offsets into the sentence. ``theme`` is what happened to those counted
    ("killed"), ``nouns`` the words that follow and may name them, folded, ``own`` the unit as written.
    """

    span: Span
    low: float
    high: float
    value: float
    unit: str
    own: str
    theme: str | None
    nouns: tuple[str, ...]


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence in order: no years, dates, times or numbers that are part of a name."""
    found = words(sentence)
    formed = [quantity for form in forms(sentence) if (quantity := _formed(sentence, found, form))]
    counts = [
        _quantity(sentence, found, numeral)
        for numeral in numerals(sentence)
        if _counts(sentence, numeral) and not any(one.span.overlaps(numeral.span) for one in formed)
    ]
    return tuple(sorted([*formed, *counts], key=lambda quantity: quantity.span))


def _formed(sentence: str, found: Sequence[Word], form: Form) -> Quantity | None:
    first, last = _words_of(found, form.span)
    theme = (
        None
        if form.unit
        else theme_near(sentence, found, first, last) or theme_near(sentence, found, last - 1, last - 1)
    )
    if not form.unit and not theme:
        return None  # "no one" of whom nothing happened
    nouns = _nouns(sentence, found[last:], form.span.end) if form.unit == "place in a row" else ()
    return Quantity(form.span, form.low, form.high, form.value, form.unit, form.own, theme, nouns)


def _counts(sentence: str, numeral: Numeral) -> bool:
    before, after = sentence[: numeral.span.start], sentence[numeral.span.end :]
    if numeral.currency:
        return True
    if _NOT_A_COUNT.match(after) or (numeral.exact and _DATE_BEFORE.search(before)):
        return False
    if numeral.exact and numeral.value in YEARS and "," not in numeral.written and not _UNIT.match(after):
        return False
    if numeral.exact and _NAME_BEFORE.search(before):
        return bool(_UNIT.match(after) or re.match(r"\s(?:people\b|[a-z]+s\b)", after))
    return not (numeral.written.casefold() == "one" and not re.match(r"\s[a-z]{3,}", after))


def _quantity(sentence: str, found: Sequence[Word], numeral: Numeral) -> Quantity:
    match = _UNIT.match(sentence, numeral.span.end)
    own = match[1].casefold() if match else numeral.currency
    unit, factor = ("", 1.0)
    if numeral.currency:
        unit = CURRENCIES.get(numeral.currency, numeral.currency)
    elif match:
        unit, factor = UNITS[own] if not _is_money(sentence, numeral, match) else ("£", 1.0)
    span = Span(numeral.span.start, match.end() if match and not numeral.currency else numeral.span.end)
    first, last = _words_of(found, span)
    low, high = numeral.low, numeral.high
    if unit and unit != AGE and numeral.exact and low == high:  # a measure is rounded to the digits shown
        low, high = low - MEASURED, high + MEASURED
    theme = None if unit else theme_near(sentence, found, first, last)
    return Quantity(
        span,
        low * factor,
        high * factor,
        numeral.value * factor,
        unit,
        own,
        theme,
        _nouns(sentence, found[last:], span.end),
    )


def _is_money(sentence: str, numeral: Numeral, unit: re.Match[str]) -> bool:
    """Whether pounds are of money: pounds sterling, and millions of them of which nothing is named ("1.8 million pounds
    of beef")."""
    if unit[1].casefold() not in ("pound", "pounds"):
        return False
    return bool(STERLING.match(sentence, unit.end())) or (
        numeral.value >= MANY_POUNDS and not OF_GOODS.match(sentence, unit.end())
    )


def _words_of(found: Sequence[Word], span: Span) -> tuple[int, int]:
    """The first word of a span, and the first behind it."""
    first = next((n for n, (where, _) in enumerate(found) if where.end > span.start), len(found))
    return first, next((n for n, (where, _) in enumerate(found) if where.start >= span.end), len(found))


def _nouns(sentence: str, after: Sequence[Word], end: int) -> tuple[str, ...]:
    nouns: list[str] = []
    of = 1 if after and after[0][1] == "of" else 0  # dozens of homes
    for span, word in after[of : of + AFTER]:
        known = is_content(word) or span.of(sentence).isupper() or sentence[span.end - 1] == "."  # "10 US citizens"
        if not known or word[0].isdigit() or re.search(r"[,;:.()–—]", sentence[end : span.start]):
            break
        nouns.append(word)
        end = span.end
    return tuple(nouns)


def agree(first: Quantity, second: Quantity) -> bool:
    """Whether both may mean the same number."""
    slack = 0.0
    if first.own != second.own and first.unit not in ("", AGE):
        slack = DEGREES if first.unit == "kelvin" else CONVERTED * max(first.value, second.value)
    return first.low - slack <= second.high and second.low - slack <= first.high


def clashes(first: str, second: str) -> tuple[tuple[Quantity, Quantity], ...]:
    """The pairs of quantities, one of each sentence, that count the same thing and cannot both be exact."""
    ours, theirs = quantities(first), quantities(second)
    alike = [(one, two) for one in ours for two in theirs if _alike(one, two, ours, theirs)]
    settled = {id(side) for pair in alike if agree(*pair) for side in pair}
    return tuple(pair for pair in alike if not settled & {id(pair[0]), id(pair[1])})


def _alike(one: Quantity, two: Quantity, ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether two quantities of aligned sentences count the same thing."""
    if one.unit and one.unit == two.unit:
        only = sum(q.unit == one.unit for q in ours) == 1 == sum(q.unit == one.unit for q in theirs)
        return only or _same_nouns(one.nouns, two.nouns)
    return comparable(one, two)


def comparable(one: Quantity, two: Quantity) -> bool:
    """Whether two quantities count the same thing, by their own words: one unit, one theme, one noun."""
    if one.unit != two.unit or one.theme != two.theme:
        return False
    vague = any(not nouns or nouns[0] in GENERIC for nouns in (one.nouns, two.nouns))
    return _same_nouns(one.nouns, two.nouns) or (vague and one.theme is not None)


def _same_nouns(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the word after one number also follows the other: "27 aid workers", "31 foreign aid workers"."""
    ours, theirs = [stem(word) for word in one], [stem(word) for word in two]
    return bool(ours and theirs) and (ours[0] in theirs or theirs[0] in ours)
