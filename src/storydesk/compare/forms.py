"""Figures in a form of their own: a magnitude, a temperature, a share ("two-thirds of"), a score or a vote, an age
beside a name, a place in a row ("the third fire"), a time to the second, and nobody at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storydesk.compare.numerals import SMALL, WORDS
from storydesk.model import Span

__all__ = ["Form", "forms"]

FRACTION = 0.1
"""How far off "two in five" or "a third" may be, as a share of it: people say "two in five" of 38 to 44 percent."""

MORE = 1.3
"""By how much "more than a third" may be passed."""

NEARLY = 0.8
"""How little of it "nearly a third" may be."""

ZERO = 273.15
"""Kelvin at 0 °C: on that scale two temperatures have a ratio."""

_PARTS = {
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINALS = tuple(_ORDINALS.split())
_small = "|".join(SMALL[1:11])
_of = r"(?=\s(?:of|the|its|all|their|his|her|our)\b)"

_FORMS = {
    "magnitude": r"\bmagnitude(?:\sof)?\s(?P<magnitude>\d\.\d)\b|\b(?P<magnitude_>\d\.\d)[-\s]magnitude\b",
    "clock": r"\b(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)\b"
    r"|\b(?P<h_>\d{1,2})\shours?,?\s(?P<m_>\d{1,2})\sminutes?,?(?:\sand)?\s(?P<s_>\d{1,2})\sseconds?\b",
    "share": rf"\b(?P<part>{_small})\s(?:in|out\sof)(?:\severy)?\s(?P<whole>{_small}|100)\b",
    "fraction": r"\b(?:(?P<hedge>nearly|almost|just under|more than|over|just over|about|around|roughly|at least)\s)?"
    rf"(?:(?P<half>half){_of}|(?P<times>an?|{_small})[-\s](?P<nth>{'|'.join(_PARTS)})s?{_of})",
    "temperature": r"(?P<below>minus\s|(?<![\w\d])[-−–])?(?<![\d.])(?P<degrees>\d{1,3}(?:\.\d)?)\s?"
    r"(?:°\s?|degrees?\s)(?P<scale>C|F|Celsius|Fahrenheit|centigrade)\b",
    "score": r"(?<![\w.,:/-])(?P<one>\d{1,3})(?P<to>\s(?:votes\s)?to\s|[-–])(?P<two>\d{1,3})\b"
    r"(?![-–/.:,]\d|\s\d"
    r"|[-\s]?(?:years?|months?|days?|hours?|minutes?|weeks?|percent|per|points?|%|million|billion|people)\b)",
    "age": r"(?<=[^\W\d_]{2}),\s(?P<age>[1-9]\d)(?=,|\.$)"
    r"|\b(?:aged|(?:at\s)?the\sage\sof)\s(?P<age_>\d{1,2})\b|\b(?:man|woman)\sof\s(?P<age__>\d{2})\b",
    "place in a row": rf"\b(?:the|a|its|his|her|their)\s(?:(?P<nth_>{_ORDINALS.replace(' ', '|')})"
    r"|(?P<row>\d{1,3})(?:st|nd|rd|th))(?=\s(?!century\b|quarter\b|of\b|floor\b)(?-i:[a-z]{3}))",
    "none": r"\b(?:no\sone|nobody|none)(?=\s(?:was|were|has|had|is|died)\b)"
    r"|\bno\s(?:people|deaths|injuries|fatalities|passengers|arrests)\b",
}
FORM = re.compile("|".join(f"(?P<{kind.replace(' ', '_')}_form>{form})" for kind, form in _FORMS.items()), re.I)

VOTED = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballot|Senate|House|parliament|council|committee|court|approved?|passed|rejected)\b", re.I
)
PLAYED = re.compile(
    r"\b(?:beat|beaten|w[io]n|wins|winning|defeat(?:s|ed)?|lo(?:se|st)|draw|drew|match|final|game|victory|goals?|scored?"
    r"|cup|league|half-time|tied?|knocked)\b",
    re.I,
)
"""Around two numbers: they are the votes for and against, or the score."""


@dataclass(frozen=True, slots=True)
class Form:
    """A figure in a form of its own: what it may mean, ``low`` to ``high``, in its ``unit`` (shares in percent,
    temperatures in kelvin); ``own`` is the unit as written. ``unit`` is "" for nobody."""

    span: Span
    low: float
    high: float
    value: float
    unit: str
    own: str


def forms(sentence: str) -> Iterator[Form]:
    """Every such figure of a sentence, in order."""
    for found in FORM.finditer(sentence):
        kind = next(kind for kind in _FORMS if found[f"{kind.replace(' ', '_')}_form"])
        if figure := _READ[kind](sentence, found):
            low, high, value, unit, own = figure
            start = found.start() + (2 if found.group().startswith(", ") else 0)
            yield Form(Span(start, found.end()), low, high, value, unit, own)


_Read = tuple[float, float, float, str, str]


def _magnitude(_: str, found: re.Match[str]) -> _Read:
    strength = float(found["magnitude"] or found["magnitude_"])
    return strength, strength, strength, "magnitude", "magnitude"


def _clock(_: str, found: re.Match[str]) -> _Read:
    hours, minutes, seconds = (float(found[name] or found[f"{name}_"]) for name in "hms")
    value = 3600 * hours + 60 * minutes + seconds
    return value, value, value, "finish", "finish"


def _share(_: str, found: re.Match[str]) -> _Read:
    whole = 100.0 if found["whole"] == "100" else WORDS[found["whole"].casefold()]
    return _part(100 * WORDS[found["part"].casefold()] / whole)


def _fraction(_: str, found: re.Match[str]) -> _Read:
    if found["half"]:
        return _part(50.0, found["hedge"])
    times = 1.0 if found["times"].casefold() in ("a", "an") else WORDS[found["times"].casefold()]
    return _part(100 * times / _PARTS[found["nth"].casefold()], found["hedge"])


def _part(value: float, hedge: str | None = None) -> _Read:
    low, high = value * (1 - FRACTION), value * (1 + FRACTION)
    hedge = (hedge or "").casefold()
    if hedge in ("nearly", "almost", "just under"):
        low, high = value * NEARLY, value
    elif hedge in ("more than", "over", "just over", "at least"):
        low, high = value, value * MORE
    return low, high, value, "percent", "share"


def _temperature(_: str, found: re.Match[str]) -> _Read:
    degrees = float(found["degrees"]) * (-1 if found["below"] else 1)
    celsius = degrees if found["scale"][0] in "Cc" else (degrees - 32) / 1.8
    value = celsius + ZERO
    return value - 0.5, value + 0.5, value, "kelvin", found["scale"][0].casefold()


def _score(sentence: str, found: re.Match[str]) -> _Read | None:
    one, two = sorted((float(found["one"]), float(found["two"])), reverse=True)
    unit = "vote" if VOTED.search(sentence) else "score" if PLAYED.search(sentence) and "to" not in found["to"] else ""
    value = one + two / 1000  # whoever is named first, it is one result
    return (value, value, value, unit, unit) if unit else None


def _age(_: str, found: re.Match[str]) -> _Read:
    age = float(found["age"] or found["age_"] or found["age__"])
    return age, age, age, "year of age", "year of age"


def _row(_: str, found: re.Match[str]) -> _Read:
    place = float(found["row"]) if found["row"] else 2.0 + ORDINALS.index(found["nth_"].casefold())
    return place, place, place, "place in a row", "place in a row"


def _none(_: str, __: re.Match[str]) -> _Read:
    return 0.0, 0.0, 0.0, "", ""


_READ: dict[str, Callable[[str, re.Match[str]], _Read | None]] = {
    "magnitude": _magnitude,
    "clock": _clock,
    "share": _share,
    "fraction": _fraction,
    "temperature": _temperature,
    "score": _score,
    "age": _age,
    "place in a row": _row,
    "none": _none,
}
