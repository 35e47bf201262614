"""Measures ``storydesk.attribute`` on PolNeAR's development split: ``python -m eval.attribution DATA``.

Tokens are runs of letters, digits and underscores (``\\w+``), told apart by where they stand. Four readings, each
with precision and recall micro-averaged over all articles:

- **content, source, all**: the tokens in any content (any source) span predicted in an article against those in any
  annotated one;
- **content, source, quotations**: the same over the annotated attributions whose content holds a quotation mark,
  against the predicted ones that have verbatim words;
- **aligned**: the stricter reading. Predicted and annotated attributions of an article are paired one to one,
  greedily by the overlap (intersection over union) of their contents; only tokens shared within a pair count, and
  unpaired ones count against.

The baseline is what a page of code gives: every quotation between marks, attributed to the nearest name. Mentions are
those of the syntax model's own name tagger, so that the figures are this stage's and nobody else's.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storydesk.attribute import attribute, quotations
from storydesk.language import parse
from storydesk.model import Attribution, EntityType, Item, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["articles", "baseline", "measure", "names_of"]

WORD = re.compile(r"\w+")
MARKED = re.compile(r"[\"“”„«»]|''|(?<!\w)[‘']")
TYPES: dict[str, EntityType] = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
Spans = Sequence[Sequence[int]]
Stage = Callable[[Item, "Doc", tuple[Mention, ...]], tuple[Attribution, ...]]


def articles(data: Path, split: str) -> Iterator[dict[str, Any]]:
    """The annotated articles of a split ("train", "dev"): ``{"id", "text", "attributions": [{"source", "cue",
    "content"}]}``.
    """
    with gzip.open(data / "quotes" / f"attribution-{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def names_of(doc: Doc) -> tuple[Mention, ...]:
    """The names the syntax model sees; a bare surname takes the fullest name that ends with it."""
    people = [entity.text for entity in doc.ents if entity.label_ == "PERSON"]
    return tuple(
        Mention(entity.start_char, entity.end_char, TYPES[entity.label_], _fullest(entity.text, people))
        for entity in doc.ents
        if entity.label_ in TYPES
    )


def _fullest(name: str, people: list[str]) -> str:
    return next((full for full in people if full.endswith(" " + name)), name)


def baseline(item: Item, _: Doc, mentions: tuple[Mention, ...]) -> tuple[Attribution, ...]:
    """Quotation marks and the nearest name."""
    found = []
    for quotation in quotations(item.text):
        gaps = [(max(m.start - quotation.outer.end, quotation.outer.start - m.end), m) for m in mentions]
        outside = [(gap, m.start, m) for gap, m in gaps if gap >= 0]
        nearest = min(outside, key=lambda entry: entry[:2], default=None)
        source = (nearest[2].span,) if nearest else ()
        found.append(Attribution((quotation.outer,), source=source, kind="direct", quoted=(quotation.inner,)))
    return tuple(found)


class Tally:
    """Counts of shared, predicted and annotated tokens by the name of a reading."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, shared: int, predicted: int, annotated: int) -> None:
        """Counts one article's tokens in."""
        self.counts += Counter({(name, "both"): shared, (name, "ours"): predicted, (name, "gold"): annotated})

    def f1(self, name: str) -> float:
        """F1 over everything counted, 0 to 1."""
        total = self.counts[name, "ours"] + self.counts[name, "gold"]
        return 2 * self.counts[name, "both"] / total if total else 0.0


def measure(data: Path, stages: dict[str, Stage] | None = None) -> list[tuple[str, float]]:
    """The figures as (name, value), for ours and for the baseline. ``data`` is the folder that holds ``quotes/``."""
    stages = stages or {"ours": attribute, "baseline": baseline}
    tallies = {name: Tally() for name in stages}
    for article in articles(data, "dev"):
        item = Item(id=article["id"], text=article["text"], language="en")
        doc = parse(item.text, "en")
        mentions = names_of(doc)
        for name, stage in stages.items():
            _count(tallies[name], item.text, stage(item, doc, mentions), article["attributions"])
    readings = [f"{way}{part}, {over}" for way in ("", "aligned ") for over in ("all", "quotations") for part in PARTS]
    return [
        (f"attribution-dev {reading}, {name}", tally.f1(reading))
        for name, tally in tallies.items()
        for reading in readings
    ]


PARTS = ("content", "source")


def _count(tally: Tally, text: str, found: tuple[Attribution, ...], annotated: list[dict[str, Spans]]) -> None:
    marked = [a for a in annotated if any(MARKED.search(text[start:end]) for start, end in a["content"])]
    for over, gold, ours in (("all", annotated, found), ("quotations", marked, tuple(a for a in found if a.quoted))):
        for part in PARTS:
            left = _tokens(text, (span for a in ours for span in getattr(a, part)))
            right = _tokens(text, (span for a in gold for span in a[part]))
            tally.add(f"{part}, {over}", len(left & right), len(left), len(right))
        _count_aligned(tally, over, text, ours, gold)


def _count_aligned(
    tally: Tally, over: str, text: str, ours: Sequence[Attribution], gold: list[dict[str, Spans]]
) -> None:
    left = [_tokens(text, a.content) for a in ours]
    right = [_tokens(text, a["content"]) for a in gold]
    overlaps = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a & b),
        reverse=True,
    )
    pair: dict[int, int] = {}
    for _, i, j in overlaps:
        if i not in pair and j not in pair.values():
            pair[i] = j
    shared = sum(len(left[i] & right[j]) for i, j in pair.items())
    tally.add(f"aligned content, {over}", shared, sum(map(len, left)), sum(map(len, right)))
    left = [_tokens(text, a.source) for a in ours]
    right = [_tokens(text, a["source"]) for a in gold]
    shared = sum(len(left[i] & right[j]) for i, j in pair.items())
    tally.add(f"aligned source, {over}", shared, sum(map(len, left)), sum(map(len, right)))


def _tokens(text: str, spans: Iterable[Sequence[int] | Span]) -> set[int]:
    """The tokens in some spans, by where they start."""
    return {match.start() for start, end in spans for match in WORD.finditer(text, start, end)}


if __name__ == "__main__":
    for figure, value in measure(Path(sys.argv[1])):
        print(f"{value:.3f}  {figure}")
