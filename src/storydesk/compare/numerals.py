"""Numerals in running text: digits, words, vague words and ranges, with the hedge before them, as the range they may
mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from storydesk.model import Span

__all__ = ["SMALL", "WORDS", "Numeral", "numerals", "values"]

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL, TENS = tuple(_SMALL.split()), tuple(_TENS.split())
WORDS = {word: float(n) for n, word in enumerate(SMALL)} | {word: 20.0 + 10 * n for n, word in enumerate(TENS)}
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6}
SCALES |= {"billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}

VAGUE = {
    "tens of thousands": (15_000.0, 150_000.0),
    "hundreds of thousands": (150_000.0, 1_500_000.0),
    "half a dozen": (5.0, 7.0),
    "a dozen": (10.0, 14.0),
    "a couple": (2.0, 3.0),
    "a handful": (2.0, 8.0),
    "a few": (2.0, 9.0),
    "several": (2.0, 15.0),
    "dozens": (20.0, 150.0),
    "scores": (30.0, 200.0),
    "hundreds": (150.0, 1_500.0),
    "thousands": (1_500.0, 20_000.0),
    "millions": (1_500_000.0, 30_000_000.0),
}
"""What vague words cover, taken wide: who writes "dozens" does not clash with who counts 34."""

HEDGES = {
    "about": "about, around, roughly, approximately, some, circa, close to, an estimated, estimated",
    "nearly": "nearly, almost, just under, just short of",
    "least": "well over, just over, over, above, at least, more than, no fewer than, no less than, upwards of",
    "most": "up to, at most, no more than, less than, fewer than, under, below, as many as, as much as",
}
HEDGE_OF = {words: hedge for hedge, several in HEDGES.items() for words in several.split(", ")}

ABOUT = 0.1
"""How far off a number with "about" may be."""

NEARLY = 0.15
"""How far above the truth "nearly" may be."""

AT_LEAST = 2.0
"""By how much "at least" may be passed: to write "more than 30" of 300 is to tell something else."""

ROUNDED = 0.15
"""The most that rounding to the last digit shown may hide: "3 billion" covers 3.4, and "1 million" does not cover
1.3."""


PLAIN = 0.1
"""The same for numbers written out: "100 homes" covers 109."""


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_word = _either((*SMALL[1:], *TENS))
_digits = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
NUMERAL = re.compile(
    rf"(?<![\w.,/$:-])(?:(?P<hedge>{_either(HEDGE_OF)})\s+)?"
    r"(?:(?P<currency>(?:US|C|A)?[$£€¥₹])\s?)?"
    rf"(?:(?P<vague>{_either(VAGUE)})\b"
    rf"|(?P<between>between\s)?(?P<number>{_digits}|\b(?:{_word})(?:-(?:{_word}))?\b"
    r"|\ban?(?=\s(?:hundred|thousand|million|billion)\b))"
    rf"(?:(?:\s?[-–]\s?|\sto\s|(?(between)\sand\s|\0))(?P<upper>{_digits}|\b(?:{_word})\b)(?![\w-]))?"
    rf"(?:[\s-]?(?P<scale>{_either(SCALES)})\b)?)"
    r"(?P<after>\s(?:or so|or more))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: what it may mean (``low`` to ``high``), the ``value`` itself, ``exact`` where neither
    hedged nor vague."""

    span: Span
    low: float
    high: float
    value: float
    written: str
    currency: str
    exact: bool


def numerals(sentence: str) -> Iterator[Numeral]:
    """Every numeral of a sentence, in order; its span holds hedge and currency."""
    for found in NUMERAL.finditer(sentence):
        span = Span(*found.span())
        currency = (found["currency"] or "").casefold()
        if found["vague"]:
            low, high = VAGUE[found["vague"].casefold()]
            yield Numeral(span, low, high, (low * high) ** 0.5, "", currency, False)
            continue
        scale = SCALES[(found["scale"] or "").casefold()] if found["scale"] else 1.0
        written = found["number"]
        value = _value(written) * scale
        if found["upper"]:
            upper = _value(found["upper"]) * scale
            if upper > value:  # else it is a score or a season
                yield Numeral(span, value, upper, value, "", currency, False)
            continue
        hedge = "least" if "more" in (found["after"] or "") else "about" if found["after"] else None
        hedge = HEDGE_OF.get(" ".join((found["hedge"] or "").casefold().split())) or hedge
        low, high = _range(value, hedge, _slack(written, value, scale))
        yield Numeral(span, low, high, value, written, currency, hedge is None)


@lru_cache(maxsize=4_096)
def values(text: str) -> tuple[float, ...]:
    """What the numerals of a headline say, in order."""
    return tuple(numeral.value for numeral in numerals(text))


def _value(written: str) -> float:
    word = written.casefold()
    if word in ("a", "an"):
        return 1.0
    if not word[0].isdigit():
        return sum(WORDS[part] for part in word.split("-"))
    grouped = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", word)
    return float(word.replace(",", "") if grouped else word.replace(",", "."))


def _slack(written: str, value: float, scale: float) -> float:
    """Half of the last place shown: of decimals, of a scale word, of the zeros at the end of a number from 100 up."""
    _, _, decimals = written.replace(",", "").partition(".")
    zeros = len(written.replace(",", "")) - len(written.replace(",", "").rstrip("0")) if not decimals else 0
    if decimals or scale > 12:
        place = scale * 10.0 ** -len(decimals)
    elif value >= 100 and zeros:
        place = 10.0**zeros
    else:
        return 0.0
    return min(place / 2, (ROUNDED if decimals or scale > 12 else PLAIN) * value)


def _range(value: float, hedge: str | None, slack: float) -> tuple[float, float]:
    if hedge == "about":
        slack = max(slack, 1.0 if value >= 2 and value == int(value) else 0.0, ABOUT * value)
        return value - slack, value + slack
    if hedge == "nearly":
        return value * (1 - NEARLY), value
    if hedge == "least":
        return value, value * AT_LEAST
    if hedge == "most":
        return 0.0, value
    return value - slack, value + slack
