"""Whether words for groups of people move the score of abuse by themselves.

Three areas under the ROC curve, after Borkan et al. (2019), "Nuanced metrics for measuring unintended bias": subgroup
(fair and abusive comments that name the group), BPSN (fair ones that name it, abusive ones that do not: low where the
name alone raises the score) and BNSP (the other way round: low where it lowers the score).

On written sentences, the same for every identity, each identity is a group; on the real comments that were kept aside,
each family of identities, since few name any one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from eval.identities import FAMILIES, IDENTITIES, abusive, unseen
from storydesk.moderate.classifier import judge
from storydesk.moderate.words import read_words

__all__ = ["measure"]

FEWEST = 10
"""Comments of each kind that a group needs before a figure says anything."""


ANY = "any of them"


class Scored(NamedTuple):
    """A comment's score, whether it is abusive, and the group that it names, if any."""

    score: float
    abusive: bool
    groups: frozenset[str]


def measure(comments: Iterable[tuple[str, bool]]) -> list[tuple[str, float]]:
    """The least of each area over the groups, and the mean; ``comments`` are real ones, each abusive or not."""
    written = [Scored(_score(text), False, frozenset({name})) for name, text in unseen()]
    written += [Scored(_score(text), True, frozenset({name})) for name, text in abusive()]
    real = [Scored(_score(text), bad, _families(text)) for text, bad in comments]
    return [*_areas("written", written, IDENTITIES, 1), *_areas("real", real, [*FAMILIES, ANY], FEWEST)]


def _areas(kind: str, scored: list[Scored], groups: Iterable[str], fewest: int) -> list[tuple[str, float]]:
    found: dict[str, list[tuple[float, str]]] = {"subgroup": [], "BPSN": [], "BNSP": []}
    for group in groups:
        fair, bad = (_scores(scored, wanted, group, True) for wanted in (False, True))
        other_fair, other_bad = (_scores(scored, wanted, group, False) for wanted in (False, True))
        if min(len(fair), len(bad)) < fewest:
            continue
        found["subgroup"].append((area(bad, fair), group))
        found["BPSN"].append((area(other_bad, fair), group))
        found["BNSP"].append((area(bad, other_fair), group))
    lines = []
    for name, values in found.items():
        worst, group = min(values)
        lines.append((f"moderate bias, {kind} {name} AUC, least ({group})", worst))
        lines.append((f"moderate bias, {kind} {name} AUC, mean", float(np.mean([value for value, _ in values]))))
    return lines


def _scores(scored: list[Scored], abusive: bool, group: str, named: bool) -> list[float]:
    return [one.score for one in scored if one.abusive == abusive and (group in one.groups) == named]


def area(positive: list[float], negative: list[float]) -> float:
    """The share of pairs in which the positive scores higher; ties count half."""
    high, low = np.array(positive)[:, None], np.array(negative)[None, :]
    return float((high > low).mean() + (high == low).mean() / 2)


def _score(text: str) -> float:
    judgement = judge(read_words(text))
    return max(judgement.abuse, judgement.hate)


_named = {
    family: re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})s?\b", re.IGNORECASE)
    for family, names in FAMILIES.items()
}


def _families(text: str) -> frozenset[str]:
    found = frozenset(family for family, pattern in _named.items() if pattern.search(text))
    return found | {ANY} if found else found
