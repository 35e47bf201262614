"""What grouping looks at in an item, as a plain value that can be stored: with it a story grows without the text being
read again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from storydesk.group.dates import stated_date, weekdays
from storydesk.group.phrases import phrases
from storydesk.group.words import numbers, read_words
from storydesk.language import detect
from storydesk.model import Account

if TYPE_CHECKING:
    from storydesk.language import Encoder

__all__ = ["Traits", "characterise"]

LEAD_WORDS = 60
"""News tells its event in the first two or three sentences."""

BODY_WORDS = 300
"""Past these an article turns to background, which other events share."""

PHRASED_WORDS = 600
"""Phrases are rarer than words, and telling further down."""

BODY_TERMS = 80
"""Terms kept of the body, the most frequent and longest first: what a cosine rests on, and bounded memory."""

LONG_WORD = 10
"""Code points a word with what follows it takes at the most, in the mean."""

ENCODED = 400
"""Code points of title and text that the meaning vector is made of: title and lead."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of one item; plain, so that they can be stored as JSON.

    ``stated`` is the date an undated item gives in its dateline; ``language`` a two-letter code.

    ``title`` and ``lead`` are distinct terms in order (the lead without the title's), ``body`` counts terms of title
    and opening, ``names`` maps the terms that are names to the form written. ``vector`` is the meaning of title and
    lead as 512 IEEE half floats, little endian; empty where there was nothing to encode. ``phrases`` are those of
    title and text as 32-bit integers, little endian. ``weekdays`` (0 for Monday) are those
    that the opening names, in order.
    """

    id: str
    source: str | None = None
    published: datetime | None = None
    stated: date | None = None
    language: str | None = None
    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: dict[str, int] | None = None
    names: dict[str, str] | None = None
    numbers: tuple[str, ...] = ()
    vector: bytes = b""
    phrases: bytes = b""
    weekdays: tuple[int, ...] = ()


def characterise(account: Account, encode: Encoder) -> Traits:
    """The traits of an account's item. Only its item is read, so that grouping alone needs no parser."""
    item = account.item
    title, _ = read_words(item.title)
    text = item.text or item.summary
    terms, names = read_words(text[: PHRASED_WORDS * LONG_WORD])
    opening = terms[:BODY_WORDS]
    first = set(title)
    told = f"{item.title}\n{text[: BODY_WORDS * LONG_WORD]}"
    head = f"{item.title}\n{text}".strip()[:ENCODED]
    language = (item.language or detect(head) or "").split("-")[0] or None
    return Traits(
        id=item.id,
        source=item.source,
        published=item.published,
        stated=None if item.published else stated_date(f"{item.title}\n{text}"),
        language=language,
        title=tuple(dict.fromkeys(title)),
        lead=tuple(form for form in dict.fromkeys(terms[:LEAD_WORDS]) if form not in first),
        body=_body(title + opening),
        names={form: names[form] for form in dict.fromkeys(opening) if form in names},
        numbers=numbers(f"{item.title}\n{text[: LEAD_WORDS * LONG_WORD]}"),
        vector=encode([head])[0].astype("<f2").tobytes() if head else b"",
        phrases=phrases(title + terms[:PHRASED_WORDS]).astype("<u4").tobytes(),
        weekdays=weekdays(told, language),
    )


def _body(terms: list[str]) -> dict[str, int]:
    """The terms that are told most often, the longer first where two are told as often, with how often."""
    counted = Counter(terms)
    kept = sorted(counted, key=len, reverse=True)
    kept.sort(key=counted.__getitem__, reverse=True)
    return {form: counted[form] for form in kept[:BODY_TERMS]}
