"""The evidence of one pair of items in plain arithmetic, as ``docs/models/grouping.md`` tells it: what grouping, which
holds an item against many at once, must come to."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from storydesk.group import Traits, meaning
from storydesk.group.phrases import in_articles
from storydesk.group.rarity import rarities, rarity

__all__ = ["plainly"]

Bag = Mapping[str, float]


def plainly(a: Traits, b: Traits) -> dict[str, float]:
    """Every feature by its name."""
    one, other = _Bags(a), _Bags(b)
    cosines = {name: _cosine(bag, other.bags[name]) for name, bag in one.bags.items()}
    leads = one.length_one("lead"), other.length_one("lead")
    in_leads = [form for form in leads[0] if form in leads[1]]
    names_in_leads = {form: rarity(form) for form in in_leads if form in one.names and form in other.names}
    either = sum(one.held["names"].values()) + sum(other.held["names"].values()) - sum(names_in_leads.values())
    found = cosines | _held(one, other) | _counted(a, b) | _of_time(a, b) | _of_length(a, b)
    return found | {
        "lead_root": math.sqrt(cosines["lead"]),
        "body_root": math.sqrt(cosines["body"]),
        "body_squared": cosines["body"] ** 2,
        "clash": (1 - found["names_least"]) * (1 - found["names_most"]),
        "names_common": sum(names_in_leads.values()) / either if either else 0.0,
        "shared_rarity": sum(min(leads[0][form], leads[1][form]) for form in in_leads),
        "rarest": max(map(rarity, in_leads), default=0.0),
        "rarest_name": max((rarity(form) for form in one.names if form in other.names), default=0.0),
        "meaning": _meaning(a.vector, b.vector),
        "meaning_own": _meaning(meaning.own(a.vector), meaning.own(b.vector)),
        "same_source": float(a.source is not None and a.source == b.source),
    }


class _Bags:
    """The terms of an item, weighed."""

    def __init__(self, traits: Traits) -> None:
        body, self.names = traits.body or {}, traits.names or {}
        head = {form: rarity(form) for form in traits.title + traits.lead}
        title = {form: rarity(form) for form in traits.title}
        self.known = head.keys() | body.keys()
        self.bags: dict[str, Bag] = {
            "title": title,
            "lead": {form: weight * (1.5 if form in title else 1) for form, weight in head.items()},
            "plain": {form: head[form] for form in head if form.isalpha() and form not in self.names},
            "body": {form: rarity(form) * (1 + math.log(count)) for form, count in body.items()},
            "names": {form: rarity(form) * (1 + math.log(body.get(form, 1))) for form in self.names},
        }
        of_names = {form: weight for form, weight in head.items() if form in self.names}
        self.held: dict[str, Bag] = {"names": of_names, "title": title, "lead": head}

    def length_one(self, name: str) -> Bag:
        length = math.hypot(*self.bags[name].values())
        return {form: weight / length for form, weight in self.bags[name].items()}


def _cosine(a: Bag, b: Bag) -> float:
    lengths = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(weight * b[form] for form, weight in a.items() if form in b) / lengths if lengths else 0.0


def _held(one: _Bags, other: _Bags) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in ("names", "title", "lead"):
        shares = _share(one.held[name], other), _share(other.held[name], one)
        found |= {f"{name}_least": min(shares), f"{name}_most": max(shares)}
    return found


def _share(bag: Bag, other: _Bags) -> float:
    total = sum(bag.values())
    return sum(weight for form, weight in bag.items() if form in other.known) / total if total else 0.0


def _counted(a: Traits, b: Traits) -> dict[str, float]:
    mine, yours = set(a.numbers), set(b.numbers)
    said, heard = (set(np.frombuffer(one.phrases, dtype="<u4").tolist()) for one in (a, b))
    return {
        "numbers": len(mine & yours) / max(1, min(len(mine), len(yours))),
        "numbers_shared": min(len(mine & yours), 5),
        "numbers_common": len(mine & yours) / max(1, len(mine | yours)),
        "phrases": len(said & heard) / math.sqrt(max(1, len(said)) * max(1, len(heard))),
        "phrases_shared": math.log1p(len(said & heard)),
        "phrases_rare": _cosine(_rare(said), _rare(heard)),
    }


def _rare(said: set[int]) -> Bag:
    """Phrases, each weighing the square of its rarity."""
    ordered = sorted(said)
    held = in_articles(np.array(ordered, dtype=np.uint32)).tolist()
    return {str(phrase): float(rarities()[articles]) ** 2 for phrase, articles in zip(ordered, held, strict=True)}


def _of_time(a: Traits, b: Traits) -> dict[str, float]:
    days = [one.published.date() if one.published else one.stated for one in (a, b)]
    gap = None if days[0] is None or days[1] is None else float(abs((days[0] - days[1]).days))
    if a.published and b.published:
        gap = abs((a.published - b.published).total_seconds()) / 86_400
    first = 1.0 if a.weekdays[:1] == b.weekdays[:1] else -1.0
    return {
        "gap_within_week": math.log1p(min(gap or 0, 7)),
        "gap_beyond_week": math.log1p(max(0, (gap or 0) - 7)),
        "undated": float(gap is None),
        "first_weekday": first if a.weekdays and b.weekdays else 0.0,
        "weekdays": len({*a.weekdays} & {*b.weekdays}) / max(1, len({*a.weekdays} | {*b.weekdays})),
    }


def _of_length(a: Traits, b: Traits) -> dict[str, float]:
    shorter, longer = sorted(sum((one.body or {}).values()) for one in (a, b))
    return {
        "shortest": math.log(max(20, shorter) / 300),
        "longest": math.log(max(20, longer) / 300),
        "shortness": max(0.0, math.log(100 / max(8, shorter))),
    }


def _meaning(one: bytes, other: bytes) -> float:
    return float(_vector(one) @ _vector(other)) if one and other else 0.0


def _vector(stored: bytes) -> NDArray[np.float32]:
    return np.frombuffer(stored, dtype="<f2").astype(np.float32)
