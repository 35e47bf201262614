"""What kind of thing a name is, mended where the name's own words or the words around it say otherwise than the
model.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from storydesk.knowledge.lexicon import key
from storydesk.model import EntityType
from storydesk.recognise.names import Named

__all__ = ["mended"]

BODY = re.compile(
    r"""
    agency|airlines|alliance|army|assembly|association|authority|bank|band|battalion|board|brigade|bureau|
    cabinet|chamber|club|coalition|college|command|commission|committee|company|conference|congress|consortium|
    corporation|corps|council|court|department|division|federation|fc|force|forces|forum|foundation|fund|
    government|group|guard|inc|institute|institution|league|ltd|ministry|movement|network|news|office|orchestra|
    organisation|organization|parliament|party|police|radio|railroad|railway|records|regiment|school|secretariat|
    senate|service|society|squadron|team|television|trust|tribunal|union|university
    """,
    re.VERBOSE,
)
"""Last words of names of organisations."""

LOCALITY = re.compile(
    r"""
    airport|avenue|basin|bay|beach|border|bridge|canal|cape|coast|county|desert|district|forest|gulf|harbor|
    harbour|heights|highlands|hill|hills|island|islands|lake|mountain|mountains|ocean|park|peninsula|plateau|
    port|province|region|ridge|river|road|sea|square|station|strait|street|territory|valley|village
    """,
    re.VERBOSE,
)
"""Last words of names of places."""

LOCATED = re.compile(r"\b(?:in|near|outside|around) $")
"""Of what follows these a person is the rarest."""


def mended(text: str, names: Sequence[Named]) -> list[Named]:
    """The same names with mended types; one name is one kind of thing throughout an item, the kind it is taken for
    most often.
    """
    told = [replace(name, type=_told(text, name)) for name in names]
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in told:
        if name.type is not None and name.via == "name":
            votes[key(text[name.start : name.end])][name.type] += 1
    majority = {each: counted.most_common(1)[0][0] for each, counted in votes.items()}
    return [
        replace(name, type=majority[key(text[name.start : name.end])]) if name.type and name.via == "name" else name
        for name in told
    ]


def _told(text: str, name: Named) -> EntityType | None:
    """What the last word or the word before says."""
    if name.type not in ("person", "place", "organisation") or name.via != "name":
        return name.type
    words = key(text[name.start : name.end]).split()
    if len(words) > 1 and BODY.fullmatch(words[-1]):
        return "organisation"
    if len(words) > 1 and LOCALITY.fullmatch(words[-1]) and name.type == "person":
        return "place"
    if len(words) == 1 and name.type == "person" and LOCATED.search(text[max(0, name.start - 12) : name.start]):
        return "place"
    return name.type
