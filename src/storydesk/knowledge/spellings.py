"""The spellings of one person's name: with foreign letters, without their marks, with two plain letters for each, with
and without middle initials, with all names or the last ones alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from storydesk.knowledge.lexicon import key

__all__ = ["fullest_spelling", "one_person", "plainest"]

EXPANDED = str.maketrans(
    {"å": "aa", "ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "Å": "Aa", "Ä": "Ae", "Ö": "Oe", "Ø": "Oe", "Ü": "Ue"}
)
"""How agencies write these letters where they write them with two; the other way is without their marks."""

INITIAL = re.compile(r"(?<= )\w (?=\w)")
"""A middle initial in a folded name."""

DOUBLED = re.compile(r"aa|(?<=[bcdfhjklmnprstvwxz])oe(?=[bcdfghjkmnpqrstvwxz])")
"""Two letters for one inside a word: "Haakon", "Bjoern", but neither "Joe" nor "Noel"."""


@lru_cache(maxsize=65_536)
def plainest(name: str) -> str:
    """What all spellings of a name share: its words folded, two letters that stand for one foreign one made one."""
    return DOUBLED.sub(lambda match: match[0][0], key(name))


def one_person(names: Collection[str]) -> list[list[str]]:
    """The names in groups of one person each. A group shares a spelling; a shorter name joins the one longer name that
    ends with it, and none where several do.
    """
    groups: list[tuple[set[str], list[str]]] = []
    for name in sorted(names, key=lambda name: (-len(name.split()), name)):
        mine = _spellings(name)
        same = [group for group in groups if mine & group[0]]
        if not same:
            ending = [
                group for group in groups if any(long.endswith(f" {short}") for long in group[0] for short in mine)
            ]
            same = ending if len(ending) == 1 else []
        joined: tuple[set[str], list[str]] = (set(mine), [name])
        for group in same:
            joined[0].update(group[0])
            joined[1].extend(group[1])
            groups.remove(group)
        groups.append(joined)
    return [group[1] for group in groups]


def fullest_spelling(names: Sequence[str]) -> str:
    """The name to show of one person's: the most names, then the most foreign letters, then the longest."""
    return max(
        sorted(names), key=lambda name: (name.count(" "), sum(not letter.isascii() for letter in name), len(name))
    )


def _spellings(name: str) -> set[str]:
    folded = {key(name), key(name.translate(EXPANDED)), plainest(name)}
    return folded | {INITIAL.sub("", spelling) for spelling in folded}
