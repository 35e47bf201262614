"""Whether a candidate is an attribution: logistic regression over what its words and relations are.

The weights were learned from 400 articles of political news annotated with their attributions (PolNeAR, train split)
by ``python -m eval.train_attribution``; ``docs/models/attribution.md`` is the model card. They are plain numbers by
feature name in ``weights.json``: words of two or more articles and grammatical labels, nothing else of the texts.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from storydesk.attribute import cues
from storydesk.attribute.syntax import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

__all__ = ["Model", "features", "holds", "model"]

LONG_CLAUSE = (3, 8, 16)
"""Steps of length, in tokens, at which a content's kind changes: a name, a phrase, a clause, a long clause."""


class Model(NamedTuple):
    """Weights by feature; a candidate holds where their sum passes ``threshold`` (in log odds)."""

    weights: dict[str, float]
    threshold: float


@cache
def model() -> Model:
    """The weights that travel with the package."""
    record = json.loads(files("storydesk.attribute").joinpath("weights.json").read_text("utf-8"))
    return Model(record["weights"], record["threshold"])


def holds(candidate: Candidate, quoted: Sequence[bool], using: Model) -> bool:
    """Whether a candidate is taken for an attribution. ``quoted`` says of each token whether it stands in a
    quotation.
    """
    return sum(using.weights.get(name, 0.0) for name in features(candidate, quoted)) > using.threshold


def features(candidate: Candidate, quoted: Sequence[bool]) -> list[str]:
    """The names of what is true of a candidate."""
    cue, relation, content, link, source = candidate
    lemma = cue.lemma_.lower()
    form = f"{relation}:{link}" if relation == "prep" else f"{relation}:{link or '0'}"
    teller = _teller(source)
    start, end = content.left_edge.i, content.right_edge.i + 1
    length = sum(end - start > step for step in LONG_CLAUSE)
    marked = "in" if quoted[cue.i] else "at" if any(quoted[start:end]) else "no"
    share = 4 * sum(quoted[start:end]) // (end - start)
    speech = cues.speaks(lemma)
    side = "<" if content.i < cue.i else ">"
    names = [
        "1",
        f"lemma={lemma}",
        f"relation={relation}",
        f"form={form}",
        f"lemma,relation={lemma},{relation}",
        f"lemma,form={lemma},{form}",
        f"teller={teller}",
        f"relation,teller={relation},{teller}",
        f"lemma,teller={lemma},{teller}",
        f"marked={marked}",
        f"relation,marked={relation},{marked}",
        f"lemma,marked={lemma},{marked}",
        f"tag,relation={cue.tag_},{relation}",
        f"side,relation={side},{relation}",
        f"length,relation={length},{relation}",
        f"content={relation},{content.pos_},{content.tag_}",
        f"object={content.lemma_.lower()},{relation}",
        f"under={cue.dep_}",
        f"under,relation={cue.dep_},{relation}",
        f"head={cue.head.lemma_.lower()},{cue.dep_}",
        f"share={share},{relation}",
        f"begins={quoted[start]},{relation}",
        f"speech,share={speech},{share}",
        f"speech,relation={speech},{relation},{link}",
    ]
    if source is not None:
        names.append(f"source={source.lemma_.lower()}")
    for child in cue.children:
        if child.dep_ in {"neg", "prt", "auxpass"} or child.tag_ == "MD":
            names += [f"aux={child.dep_},{child.tag_}", f"aux,lemma={lemma},{child.dep_}"]
        elif child.dep_ in {"dobj", "ccomp", "xcomp"} and child.i != content.i:
            names.append(f"beside={relation},{child.dep_}")
            if child.dep_ == "dobj":
                names.append(f"beside={lemma},{relation}")
    return names


def _teller(source: Token | None) -> str:
    """What kind of word the source is."""
    if source is None:
        return "none"
    if source.ent_type_:
        return source.ent_type_
    if source.pos_ == "PRON":
        return source.lower_
    return source.tag_
