"""Learns the weights of ``storydesk.attribute.scoring``: ``python -m eval.train_attribution DATA [OUT]``.

``DATA`` is the folder that holds ``quotes/attribution-train.jsonl.gz``; ``OUT`` the weights file (that of the package
by default). The dev split is not read. Logistic regression with an L2 penalty, full batches, Adam; the threshold is
the one with the best F1, candidates weighed by their words, on every fifth article held out. No chance is involved:
the same data give the same file.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eval.attribution import articles
from storydesk.attribute import scoring, syntax
from storydesk.attribute.quotation import Marks
from storydesk.language import parse

PENALTY = 2.0
STEPS = 400
RATE = 0.05
FEWEST_ARTICLES = 3
"""Articles a feature must occur in: rarer ones say more of an article than of the language."""
FLAT = 0.05
"""Weights nearer to zero than this are left out."""
HELD_OUT = 5

Floats = NDArray[np.float64]


class Row(NamedTuple):
    """A candidate: the number of its article, its features, whether an annotator marked it, and the words of its
    content.
    """

    article: int
    features: list[str]
    true: bool
    words: int


def rows(data: Path) -> Iterator[Row]:
    """Every candidate of the train split.

    It counts as true where an annotated attribution has the candidate's cue among its cue words and shares half of
    all the words of the two contents, or holds four fifths of the candidate's.
    """
    for number, article in enumerate(articles(data, "train")):
        doc = parse(article["text"], "en")
        inside = Marks(doc.text).tokens(doc)
        gold = [
            (_tokens(doc, found["content"]), _tokens(doc, found["cue"], words_only=False))
            for found in article["attributions"]
        ]
        for candidate in syntax.candidates(doc):
            own = {i for start, end in syntax.content_of(candidate) for i in range(start, end) if doc[i].is_alpha}
            cue = set(range(*syntax.cue_of(candidate)))
            true = any(
                len(own & content) >= 0.5 * len(own | content) or len(own & content) >= 0.8 * len(own)
                for content, marked in gold
                if cue & marked and own
            )
            if own:
                yield Row(number, scoring.features(candidate, inside), true, len(own))


def _tokens(doc, spans, words_only: bool = True) -> set[int]:  # type: ignore[no-untyped-def]
    covered = (doc.char_span(start, end, alignment_mode="expand") for start, end in spans)
    return {token.i for span in covered if span is not None for token in span if token.is_alpha or not words_only}


def fit(table: list[Row]) -> dict[str, float]:
    """The weights by feature."""
    seen: dict[str, set[int]] = defaultdict(set)
    for row in table:
        for name in row.features:
            seen[name].add(row.article)
    columns = {
        name: i for i, name in enumerate(sorted(n for n, where in seen.items() if len(where) >= FEWEST_ARTICLES))
    }
    indices = [[columns[name] for name in row.features if name in columns] for row in table]
    row_of = np.repeat(np.arange(len(table)), [len(index) for index in indices])
    column_of = np.concatenate([np.array(index, dtype=np.int64) for index in indices])
    true = np.array([row.true for row in table], dtype=np.float64)
    weight = np.log1p([row.words for row in table])
    weight /= weight.mean()
    found = _adam(row_of, column_of, true, weight, len(columns))
    return {name: float(found[i]) for name, i in columns.items()}


def _adam(row_of: NDArray[np.int64], column_of: NDArray[np.int64], true: Floats, weight: Floats, width: int) -> Floats:
    w, mean, square = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-np.bincount(row_of, w[column_of], len(true))))
        slope = np.bincount(column_of, ((chance - true) * weight)[row_of], width) + PENALTY * w
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        rate = RATE if step < 0.7 * STEPS else RATE / 5
        w -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return w


def scores(table: list[Row], weights: dict[str, float]) -> Floats:
    """The log odds of each candidate."""
    return np.array([sum(weights.get(name, 0.0) for name in row.features) for row in table])


def best_threshold(table: list[Row], found: Floats) -> tuple[float, float]:
    """(F1, threshold) of the best threshold, each candidate counting for the words of its content."""
    words = np.array([row.words for row in table])
    true = np.array([row.true for row in table])
    return max(
        (2 * float(words[(found > t) & true].sum()) / float(words[found > t].sum() + words[true].sum()), float(t))
        for t in np.arange(-1.5, 1.5, 0.1).round(2)
    )


def main() -> None:
    """Learns, prints what the held-out articles say, and writes the weights."""
    data = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(scoring.__file__).with_name("weights.json")
    table = list(rows(data))
    held = [row for row in table if row.article % HELD_OUT == 0]
    f1, threshold = best_threshold(held, scores(held, fit([row for row in table if row.article % HELD_OUT])))
    weights = {name: round(value, 2) for name, value in fit(table).items() if abs(value) >= FLAT}
    record = {"threshold": threshold, "weights": weights}
    out.write_text(json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"candidates {len(table)}, true {sum(row.true for row in table)}, features kept {len(weights)}")
    print(f"held-out articles: F1 {f1:.3f} at threshold {threshold}")


if __name__ == "__main__":
    main()
