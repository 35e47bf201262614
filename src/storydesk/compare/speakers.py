"""Whether two outlets mean the same speaker: by the entity where both are linked, else by the name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from storydesk.knowledge.spellings import plainest

__all__ = ["Speaker", "gather"]

Speaker = tuple[str, str | None]
"""A name and maybe an entity id."""

DESCRIBED = frozenset({"a", "an", "the", "one", "some", "senior", "several"})
"""How the words for a speaker without a name begin ("a senior official")."""


def gather(speakers: Iterable[Speaker]) -> dict[Speaker, Speaker]:
    """Each speaker, as the attributions of a story's accounts name them, to the fullest form of the same speaker.

    "Ravn" is Ida Ravn where the story has one Ravn; where it has two, Ravn stays Ravn. An agency's "Tveiteraas" is
    Tveiterås.
    """
    fullest = sorted(dict.fromkeys(speakers), key=_fullness)
    kept: dict[str, list[Speaker]] = {}  # by what two forms of one speaker have in common: entity or last word
    canon: dict[Speaker, Speaker] = {}
    for speaker in fullest:
        keys = [key for key in (speaker[1], *_plain(speaker[0])[-1:]) if key]
        able = dict.fromkeys(other for key in keys for other in kept.get(key, ()))
        same = [other for other in able if _same(speaker, other)]
        canon[speaker] = same[0] if len(same) == 1 else speaker
        if len(same) != 1:
            for key in keys:
                kept.setdefault(key, []).append(speaker)
    return canon


@lru_cache(maxsize=4096)
def _plain(name: str) -> tuple[str, ...]:
    return tuple(plainest(name).split())


@lru_cache(maxsize=4096)
def _fullness(speaker: Speaker) -> tuple[bool, int, bool, str]:
    """Sorts the linked first, then the longest, then those with their own letters."""
    name, entity = speaker
    return entity is None, -len(name.split()), name.isascii(), name


def _same(short: Speaker, full: Speaker) -> bool:
    if short[1] and full[1]:
        return short[1] == full[1]
    ours, theirs = (_plain(name) for name in (short[0], full[0]))
    if not ours or not theirs or (ours[0] in DESCRIBED or theirs[0] in DESCRIBED):
        return ours == theirs
    return ours[-1] == theirs[-1] and set(ours) <= set(theirs)
