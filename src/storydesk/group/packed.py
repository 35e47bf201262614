"""Weighed traits put away small: their bags as one row of terms beside one row of weights take a third of the
memory."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np

from storydesk.group.evidence import Weighed
from storydesk.group.traits import Traits

__all__ = ["Packed", "interned"]

BAGS = tuple(field.name for field in fields(Weighed) if field.type == "Bag")
OTHERS = tuple(field.name for field in fields(Weighed) if field.type != "Bag" and field.name not in ("traits", "vector"))
SPARED: dict[str, Any] = {"title": (), "lead": (), "body": None, "vector": b""}
"""Of the traits, what pairs are not compared by once it is weighed."""


class Packed:
    """One item's :class:`Weighed`, put away. :meth:`unpacked` gives it back equal to the last digit, but for the title,
    lead, body and vector of its traits, which it holds weighed."""

    __slots__ = ("_others", "_starts", "_terms", "_traits", "_vector", "_weights")

    def __init__(self, weighed: Weighed) -> None:
        bags: list[Mapping[str, float]] = [getattr(weighed, name) for name in BAGS]
        self._starts = tuple(accumulate(map(len, bags), initial=0))
        self._terms = tuple(chain.from_iterable(bags))
        self._weights = array("d", chain.from_iterable(bag.values() for bag in bags))
        self._others = tuple(getattr(weighed, name) for name in OTHERS)
        self._vector = weighed.traits.vector
        self._traits = replace(weighed.traits, **SPARED)

    def unpacked(self) -> Weighed:
        """What was put away."""
        terms, weights = self._terms, self._weights
        bags = [dict(zip(terms[start:end], weights[start:end], strict=True)) for start, end in pairwise(self._starts)]
        vector = np.frombuffer(self._vector, dtype="<f2").astype(np.float32) if self._vector else None
        return Weighed(
            traits=self._traits,
            vector=vector,
            **dict(zip(BAGS, bags, strict=True)),
            **dict(zip(OTHERS, self._others, strict=True)),
        )


def interned(traits: Traits) -> Traits:
    """The same traits; a term is held once in the process, however many items hold it."""
    intern = sys.intern
    return replace(
        traits,
        source=None if traits.source is None else intern(traits.source),
        title=tuple(map(intern, traits.title)),
        lead=tuple(map(intern, traits.lead)),
        body=traits.body and {intern(form): count for form, count in traits.body.items()},
        names=traits.names and {intern(form): intern(shape) for form, shape in traits.names.items()},
        numbers=tuple(map(intern, traits.numbers)),
    )
