"""What a story is about, as a plain value that can be kept: the names and words that its members have in common, and
when it was told. Two of them are enough to see whether two stories belong to one affair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from storydesk.group.rarity import rarity
from storydesk.group.traits import Traits
from storydesk.group.words import CALENDAR, read_words
from storydesk.model import Account, EntityType

__all__ = ["Central", "Gist", "gist"]

MEMBERS = 12
"""Of a long story the first and the latest items tell what it is about."""

LEAD = 400
"""Code points in which news says of whom and where it tells."""

NAMED_FIRST, NAMED_ONCE = 0.8, 0.25
"""How central a name is that stands in the lead, and one that stands once further down; in the title it is 1."""

LEAST = 0.2
MOST = 24
"""Names, and words, that are kept of a story."""

RARE = 3.5
"""A word worth keeping stands in less than one article of thirty."""


@dataclass(frozen=True, slots=True)
class Central:
    """A name of a story: how it is written, what it names, and how central it is, 0 to 1."""

    name: str
    kind: EntityType
    weight: float


@dataclass(frozen=True, slots=True)
class Gist:
    """What a story is about.

    ``begins`` and ``ends`` are the first and last publication, ``None`` where all is undated. ``names`` maps a Wikidata
    QID, or a name in lower case where it has none, to what is said of it; ``terms`` rare words that are part of no name
    to their weight, 0 to 1. ``titles`` are the (source, terms) of its headings. ``vector`` is the mean meaning of its
    members, as in :class:`Traits`.
    """

    story: str
    begins: datetime | None = None
    ends: datetime | None = None
    names: dict[str, Central] = field(default_factory=dict)
    terms: dict[str, float] = field(default_factory=dict)
    titles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    vector: bytes = b""


def gist(story: str, members: Sequence[tuple[Traits, Account]]) -> Gist:
    """What a story is about, from its members, first to publish first."""
    some = [*members[: MEMBERS // 2], *members[MEMBERS // 2 :][-MEMBERS // 2 :]]
    times = [traits.published for traits, _ in members if traits.published is not None]
    names = _names([account for _, account in some], [frozenset(traits.title) for traits, _ in some])
    parts = {form for central in names.values() for form in read_words(central.name)[0]}
    return Gist(
        story=story,
        begins=min(times, default=None),
        ends=max(times, default=None),
        names=names,
        terms=_terms([traits for traits, _ in some], parts),
        titles=tuple(dict.fromkeys((traits.source or "", traits.title) for traits, _ in some)),
        vector=_mean(traits.vector for traits, _ in some),
    )


def _names(accounts: Sequence[Account], titles: Sequence[frozenset[str]]) -> dict[str, Central]:
    """The names that are central, the most central first: the mean over the members of how central each is there."""
    weights: dict[str, float] = defaultdict(float)
    forms: dict[str, tuple[str, EntityType]] = {}
    for account, title in zip(accounts, titles, strict=True):
        for key, (weight, name, kind) in _central(account, title).items():
            weights[key] += weight / len(accounts)
            forms.setdefault(key, (name, kind))
    ranked = sorted((key for key in weights if weights[key] >= LEAST), key=lambda key: (-weights[key], key))[:MOST]
    return {key: Central(*forms[key], weight=round(weights[key], 3)) for key in ranked}


def _central(account: Account, title: frozenset[str]) -> dict[str, tuple[float, str, EntityType]]:
    found: dict[str, tuple[float, str, EntityType]] = {}
    for mention in account.mentions:
        key = mention.entity or mention.name.casefold()
        before = found.get(key, (0.0, mention.name, mention.type))
        words = read_words(mention.name)[0]
        in_title = bool(words) and (words[-1] in title if mention.type == "person" else title.issuperset(words))
        first = 1.0 if in_title else NAMED_FIRST if mention.start < LEAD else 0.0
        found[key] = (min(1.0, max(before[0] + NAMED_ONCE, first)), *before[1:])
    return found


def _terms(members: Sequence[Traits], parts: set[str]) -> dict[str, float]:
    """The rare words of titles and leads, the heaviest first."""
    weights: dict[str, float] = defaultdict(float)
    for traits in members:
        for form in traits.title:
            weights[form] += 1.0 / len(members)
        for form in traits.lead:
            weights[form] += 0.6 / len(members)
    telling = [
        form
        for form in weights
        if form.isalpha() and rarity(form) > RARE and form not in parts and form not in CALENDAR
    ]
    telling.sort(key=lambda form: (-weights[form] * rarity(form), form))
    return {form: round(weights[form], 3) for form in telling[:MOST] if weights[form] >= LEAST}


def _mean(vectors: Iterable[bytes]) -> bytes:
    known = [np.frombuffer(vector, dtype="<f2").astype(np.float32) for vector in vectors if vector]
    if not known:
        return b""
    mean = np.mean(known, axis=0)
    return bytes((mean / (np.linalg.norm(mean) or 1.0)).astype("<f2").tobytes())
