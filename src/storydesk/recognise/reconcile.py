"""What the model heard and what the knowledge base has under the same words, made one list without overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from storydesk.knowledge import Hit
from storydesk.model import Span
from storydesk.recognise.another import names_another_thing
from storydesk.recognise.headlines import sober
from storydesk.recognise.names import Named
from storydesk.recognise.places import is_country_or_state, kind_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

__all__ = ["reconcile"]

WELL_KNOWN = 0.5
"""Weight from which a name that the model did not hear is believed: a country, a capital, a city of a million."""

NAMING = frozenset({"PROPN", "ADJ", "NOUN", "X"})
"""Parts of speech in which a known name may stand; "Nice" as an adjective at the head of a sentence is caught by its
weight.
"""

CALLED_AFTER = re.compile(r"(?:Avenue|Camp|Casa|Hotel|Place|Plaza|Rue|Saint|St\.?|Stade|Team|Teatro|Villa)")
"""First words of what is called after somebody."""

JOINED = re.compile(r"(?:[-–—/ ]|,? and |, )*")


def reconcile(
    doc: Doc, text: str, heard: Iterable[Named], hits: Sequence[Hit], *, guessed: bool = False
) -> list[Named]:
    """Left to right, no two overlapping. Where both see something the longer name wins; where they agree they are
    joined. What is heard is ``guessed`` where nothing but capitals speaks for it.
    """
    heard = list(heard)
    confirmed = set() if guessed else {name.span for name in heard}
    known = [_known(hit) for hit in hits if _believable(doc, text, hit, (hit.start, hit.end) in confirmed)]
    heard = sober(text, heard, known)
    another = {(hit.start, hit.end) for hit in hits if hit.via == "name" and names_another_thing(text, hit)}
    names = [replace(name, unsure=name.span in another) for name in heard if not _made_of_several(text, name, known)]
    if guessed:  # runs of capitals are the weaker witness: German writes every noun with one
        names = [name for name in names if not any(name.span.overlaps(other.span) for other in known)]
    names = [name for name in names if not any(_cuts(text, name, other) for other in known)]
    kept: list[Named] = []
    for name in sorted((*known, *names), key=lambda name: (name.start - name.end, name.start, not name.entities)):
        at = next((at for at, other in enumerate(kept) if name.start < other.end and other.start < name.end), None)
        if at is None:
            kept.append(name)
        elif kept[at].type is None and name.type is not None:
            kept[at] = _joined(kept[at], name)
    return sorted(kept, key=lambda name: name.start)


def _joined(known: Named, heard: Named) -> Named:
    """What both see. A word for a people that the model takes for a person or a body ("Finn", "the Indians") is no
    such word.
    """
    if known.via == "demonym" and heard.type in ("person", "organisation"):
        return heard
    return replace(known, type=heard.type)


def _known(hit: Hit) -> Named:
    return Named(hit.start, hit.end, None, hit.entities, hit.via)


def _made_of_several(text: str, name: Named, known: Sequence[Named]) -> bool:
    """ "U.S.-Russia" is two known names, and "Arctic Council summit" one with a common noun: the known names are then
    enough.
    """
    inside = [
        other for other in known if other.start < name.end and name.start <= other.start and other.end <= name.end
    ]
    inside = [other for other in inside if other.via == "name"]
    if not inside or inside[0].span == name.span:
        return False
    if _ends_in_a_person(text, name, inside[-1]):
        return True
    if _is_full_name(text, name, inside):
        return False
    if _is_of_a_state(text, name, inside):
        return False
    rest, at = [], name.start
    for other in inside:
        rest.append(text[at : other.start])
        at = other.end
    rest.append(text[at : name.end])
    return all(JOINED.fullmatch(part) or part.strip(" -–").islower() for part in rest if part.strip(" -–"))


def _is_of_a_state(text: str, name: Named, parts: Sequence[Named]) -> bool:
    """ "Ohio Senate": a state's body, heard whole, is not the state and the nation's body of that name."""
    if name.type != "organisation" or len(parts) != 2 or text[parts[0].end : parts[1].start] != " ":
        return False
    state, body = parts[0].entities[0], parts[1].entities[0]
    whole = (parts[0].start, parts[1].end) == name.span
    return whole and kind_of(state) == "state" and body.type == "organisation"


def _cuts(text: str, name: Named, known: Named) -> bool:
    """Whether a name was heard across an end of a known one of several words: "Dinner Party" of "Annual Dinner Party of
    Norway". An article is no part that counts.
    """
    if name.end <= known.start or known.end <= name.start:
        return False
    inner = Span(known.start + len("The ") * text.startswith("The ", known.start), known.end)
    several = " " in text[inner.start : inner.end]
    return several and not name.span.covers(inner) and not inner.covers(name.span)


def _is_full_name(text: str, name: Named, parts: Sequence[Named]) -> bool:
    """ "Marlow Jackson": two words heard as a person are one, though a film is called by the first and a town by the
    second; "Norway Oslo" is not.
    """
    words = text[name.start : name.end].split(" ")
    if name.type != "person" or len(words) != 2 or len(parts) != 2:
        return False
    return not any(part.entities[0].type == "person" or is_country_or_state(part.entities[0]) for part in parts)


def _ends_in_a_person(text: str, name: Named, known: Named) -> bool:
    """ "Substitute Bafo Adu", "Frenchman Luc Blanc" and "Ruiz beat Ana Lie": a known person's full name behind words
    that say something of it. A ship's or a school's name does not end so, or begins in capitals: "USS Ana Lie".
    """
    whole = known.end == name.end and " " in text[known.start : known.end] and name.type != "work"
    if not whole or any(entity.type != "person" for entity in known.entities):
        return False
    before = text[name.start : known.start].split()
    said = any(word.islower() for word in before) or (len(before) == 1 and not CALLED_AFTER.fullmatch(before[0]))
    return said and not any(word.isupper() for word in before)


def _believable(doc: Doc, text: str, hit: Hit, confirmed: bool) -> bool:
    """Whether a known name in the text is likely one at all: the words of some are ordinary words."""
    if not hit.entities or names_another_thing(text, hit):
        return False
    span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
    if span is None or not doc.has_annotation("TAG"):
        return confirmed or hit.entities[0].weight >= WELL_KNOWN or " " in text[hit.start : hit.end]
    if hit.via == "demonym":
        return span[0].ent_type_ != "LANGUAGE" and any(token.pos_ in NAMING for token in span)
    if any(token.ent_type_ for token in span):
        return True
    alone = len(span) == 1
    unlikely = alone and (span[0].pos_ not in NAMING or hit.entities[0].weight < WELL_KNOWN)
    return not unlikely and not _part_of_a_name(span)


def _part_of_a_name(span: Tokens) -> bool:
    """ "Montreal" in "Montreal Victorias": a known name that only qualifies another that nobody knows."""
    head = span.root.head
    return span.root.dep_ == "compound" and head.pos_ == "PROPN" and head.i >= span.end and not head.ent_type_
