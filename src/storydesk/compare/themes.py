"""What numbers count in the news: units with their conversion, and the themes of casualty and other counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydesk.compare.words import Word, stem

__all__ = ["CURRENCIES", "GENERIC", "LABELS", "MEASURES", "RISING", "UNITS", "theme_near", "theme_stems"]

UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "percent", "per cent", "pct", "prozent", "pour cent"), ("percent", 1.0)),
    **dict.fromkeys(("percentage point", "percentage points", "points"), ("points", 1.0)),
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"), ("metre", 1000.0)),
    **dict.fromkeys(("mile", "miles"), ("metre", 1609.344)),
    **dict.fromkeys(("metre", "metres", "meter", "meters"), ("metre", 1.0)),
    **dict.fromkeys(("foot", "feet", "ft"), ("metre", 0.3048)),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeters"), ("metre", 0.01)),
    **dict.fromkeys(("inch", "inches"), ("metre", 0.0254)),
    **dict.fromkeys(("mm", "millimetres", "millimeters"), ("metre", 0.001)),
    **dict.fromkeys(("km/h", "kph", "kmh"), ("kilometre an hour", 1.0)),
    **dict.fromkeys(("mph", "miles per hour"), ("kilometre an hour", 1.609344)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("kilogram", 1.0)),
    **dict.fromkeys(("pound", "pounds", "lb", "lbs"), ("kilogram", 0.45359237)),
    **dict.fromkeys(("tonne", "tonnes", "ton", "tons"), ("kilogram", 1000.0)),
    **dict.fromkeys(("hectare", "hectares", "ha"), ("hectare", 1.0)),
    **dict.fromkeys(("acre", "acres"), ("hectare", 0.40468564)),
    **dict.fromkeys(("second", "seconds"), ("second", 1.0)),
    **dict.fromkeys(("minute", "minutes"), ("second", 60.0)),
    **dict.fromkeys(("hour", "hours"), ("second", 3600.0)),
    **dict.fromkeys(("day", "days"), ("day", 1.0)),
    **dict.fromkeys(("week", "weeks"), ("day", 7.0)),
    **dict.fromkeys(("month", "months"), ("month", 1.0)),
    **dict.fromkeys(("year", "years"), ("month", 12.0)),
    **dict.fromkeys(("year-old", "years old"), ("year of age", 1.0)),
    **dict.fromkeys(("light-year", "light-years", "light years", "años luz"), ("light-year", 1.0)),
    **dict.fromkeys(("dollar", "dollars"), ("$", 1.0)),
    **dict.fromkeys(("euro", "euros"), ("€", 1.0)),
    **dict.fromkeys(("krona", "kronor", "krone", "kroner"), ("krone", 1.0)),
    **dict.fromkeys(("yen",), ("¥", 1.0)),
    **dict.fromkeys(("rupee", "rupees"), ("₹", 1.0)),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles"), ("rouble", 1.0)),
    **dict.fromkeys(("yuan",), ("yuan", 1.0)),
}
"""What follows a number as its unit, to (the unit compared in, the factor into it). Factors are the international
definitions."""

CURRENCIES = {"$": "$", "us$": "$", "£": "£", "€": "€", "¥": "¥", "₹": "₹"}

THEMES = {
    "killed": "kill dead death die died dies fatal fatality fatalities toll perish lives bodies",
    "injured": "injured injure injury injuries injuring wounded wound wounding hurt hospitalised hospitalized",
    "missing": "missing unaccounted disappeared",
    "arrested": "arrested arrest arrests detained detain detaining custody",
    "displaced": "evacuated evacuate evacuating displaced homeless fled flee fleeing",
    "infected": "infected infections infection cases",
    "rescued": "rescued rescue saved",
    "aboard": "aboard board onboard passengers",
    "trapped": "trapped buried stranded",
}
"""Words that say what happened to those who are counted."""

LABELS = {
    "killed": "people killed",
    "injured": "people injured",
    "missing": "people missing",
    "arrested": "people arrested",
    "displaced": "people who had to leave",
    "infected": "cases",
    "rescued": "people rescued",
    "aboard": "people on board",
    "trapped": "people trapped",
}
"""The themes as a reader knows them."""

MEASURES = {
    "percent": "percentage",
    "points": "percentage points",
    "metre": "distance or length",
    "kilometre an hour": "speed",
    "kilogram": "weight",
    "hectare": "area",
    "second": "time taken",
    "day": "length of time",
    "month": "length of time",
    "year of age": "age",
    "light-year": "distance",
    "magnitude": "magnitude",
    "kelvin": "temperature",
    "vote": "result of the vote",
    "score": "score",
    "place in a row": "how often",
    "finish": "time taken",
}
"""What each unit measures, in a reader's words; a currency measures a sum of money."""

RISING = frozenset({"killed", "injured", "arrested", "displaced", "infected", "rescued"})
"""Counts that grow as an event goes on: a later, higher one is newer rather than different."""

GENERIC = frozenset({"people", "person", "persons", "others", "total"})
"""Nouns that say nothing of who is counted."""

REACH = 10
"""Words within which a theme word belongs to a number, in its own clause."""

FAR = 18
"""The same for what a number "has risen to" or "stands at"."""

BREAKS = re.compile(r"[,;:()–—]|\b(?:and|but|while|after|before)\b", re.I)
"""What ends the clause of a number: "nine people have died and thousands have left"."""

_BY_STEM = {stem(word): theme for theme, line in THEMES.items() for word in line.split()}


def theme_stems(theme: str) -> frozenset[str]:
    """The stems of the words that stand for a theme."""
    return frozenset(stem(word) for word in THEMES[theme].split())


def theme_near(sentence: str, found: Sequence[Word], first: int, last: int) -> str | None:
    """What the number at words ``first`` to ``last`` (exclusive) of a sentence counts: the theme of the nearest word in
    its clause, those after it before those ahead. Another number ends the clause as well."""
    reaches = {1: True, -1: True}
    risen = first > 0 and found[first - 1][1] in ("to", "at")
    for distance in range(FAR if risen else REACH):
        for step, place in ((1, last + distance), (-1, first - 1 - distance)):
            inside = reaches[step] and 0 <= place < len(found)
            if inside:
                word, near = found[place], found[place - step]
                between = sentence[min(word[0].end, near[0].end) : max(word[0].start, near[0].start)]
                inside = not BREAKS.search(f"{between} {word[1]}") and not word[1][0].isdigit()
            reaches[step] = inside
            if inside and (theme := _BY_STEM.get(stem(found[place][1]))):
                return theme
    return None
