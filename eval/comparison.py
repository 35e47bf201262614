"""Comparing, measured: aligned statements (``eval.alignment``), "only here" (``eval.only_here``), quotes
across outlets (``eval.quote_wordings``), and ROUGE of our brief against an editor's summary of the same event.

The data, ``stories/roundups-dev.jsonl.gz``: events of 2021, each with the openings of two or three outlets' articles
and a summary written by an editor. Beside the brief stand two summaries of whole sentences cut from the same openings
and stopped at the same length: the lead of the most central article, and LexRank (Erkan and Radev, 2004).

ROUGE (Lin, 2004) is F1 here: of unigrams (1), of bigrams (2), and of the longest common subsequence of the whole texts
(L), on lower-cased words without stemming or stop words.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from eval import alignment, differences, only_here, quote_wordings
from storydesk import language, wire
from storydesk.compare import compare
from storydesk.model import Account

__all__ = ["measure"]

DAMPING = 0.85
LINKED = 0.1
"""LexRank's damping and the least cosine of TF-IDF vectors that links two sentences, as its authors chose them."""

ROUNDS = 50


def measure(data: Path) -> list[tuple[str, float]]:
    """Every figure of comparing."""
    parts = (alignment.measure, only_here.measure, quote_wordings.measure, _brief, differences.measure)
    return [figure for measured in parts for figure in measured(data)]


def _brief(data: Path) -> list[tuple[str, float]]:
    """ROUGE-1, -2 and -L of the brief, of the lead and of LexRank on the roundups in ``data``, in that order."""
    scores: dict[str, list[tuple[float, float, float]]] = {"brief": [], "the lead": [], "LexRank": []}
    for accounts, reference in _events(data / "stories" / "roundups-dev.jsonl.gz"):
        coverage = compare("roundup", accounts, (), language.encode, why={})
        brief = [point.passage.text for point in coverage.brief]
        length = sum(len(_words(sentence)) for sentence in brief)
        central = next(told for told in accounts if told.item.id == coverage.headline_item)
        sentences = [span.of(told.item.text) for told in accounts for span in told.sentences]
        summaries = {
            "brief": brief,
            "the lead": _cut([span.of(central.item.text) for span in central.sentences], length),
            "LexRank": _cut(_lexrank(sentences), length),
        }
        for name, summary in summaries.items():
            scores[name].append(_rouge(" ".join(summary), reference))
    return [
        (
            f"brief ROUGE-{kind}" + ("" if name == "brief" else f" of {name}"),
            float(np.mean([score[place] for score in found])),
        )
        for name, found in scores.items()
        for place, kind in enumerate("12L")
    ]


def _events(file: Path) -> Iterator[tuple[list[Account], str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            yield [_account(record) for record in event["items"]], event["reference"]


def _account(record: dict[str, Any]) -> Account:
    """The item with its sentences: the brief rests on nothing else, so names and quotes are not looked for."""
    item = replace(wire.item_from(record), language="en")
    return Account(item, language.sentences(language.parse(item.text, "en")))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _cut(sentences: Sequence[str], length: int) -> list[str]:
    """Sentences until ``length`` words are reached, the last one cut there, so that every summary is equally long."""
    taken: list[str] = []
    for sentence in sentences:
        words = _words(sentence)[: length - sum(len(_words(done)) for done in taken)]
        if words:
            taken.append(" ".join(words))
    return taken


def _rouge(summary: str, reference: str) -> tuple[float, float, float]:
    ours, theirs = _words(summary), _words(reference)
    grams = [_f1(_overlap(_grams(ours, n), _grams(theirs, n)), len(ours) - n + 1, len(theirs) - n + 1) for n in (1, 2)]
    return grams[0], grams[1], _f1(_common(ours, theirs), len(ours), len(theirs))


def _grams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[place : place + n]) for place in range(len(words) - n + 1))


def _overlap(ours: Counter[tuple[str, ...]], theirs: Counter[tuple[str, ...]]) -> int:
    return (ours & theirs).total()


def _f1(hits: int, ours: int, theirs: int) -> float:
    return 2 * hits / (ours + theirs) if hits else 0.0


def _common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    best = [0] * (len(theirs) + 1)
    for word in ours:
        before = 0
        for place, other in enumerate(theirs, 1):
            before, best[place] = best[place], before + 1 if word == other else max(best[place], best[place - 1])
    return best[-1]


def _lexrank(sentences: Sequence[str]) -> list[str]:
    """The sentences by the weight that a random walk over links between like sentences gives them; likes left out."""
    bags = [Counter(_words(sentence)) for sentence in sentences]
    seen = Counter(word for bag in bags for word in bag)
    column = {word: place for place, word in enumerate(seen)}
    vectors = np.zeros((len(bags), len(column)))
    for row, bag in enumerate(bags):
        for word, count in bag.items():
            vectors[row, column[word]] = count * np.log(1 + len(bags) / seen[word])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    alike = vectors @ vectors.T
    links = (alike > LINKED).astype(float)
    step = links / np.maximum(1, links.sum(axis=1, keepdims=True))
    weight = np.full(len(bags), 1 / max(1, len(bags)))
    for _ in range(ROUNDS):
        weight = (1 - DAMPING) / len(bags) + DAMPING * weight @ step
    chosen: list[int] = []
    for row in np.argsort(-weight, kind="stable").tolist():
        if all(alike[row, other] < 0.5 for other in chosen):
            chosen.append(row)
    return [sentences[row] for row in chosen]
