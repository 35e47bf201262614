"""What grouping knows of news at large, from the 6,000 unlabelled articles of ``background-6k``: how many hold a word,
how many a phrase, and in which directions their meanings differ most. The texts cannot be had back from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.labelled import characterised, read_items
from storydesk.group import Traits
from storydesk.group.words import read_words
from storydesk.model import Item

__all__ = ["write"]

FEWEST_ARTICLES = 5
"""A word or phrase in fewer articles counts as unseen: rarer counts are chance, and the tables stay small."""

SHRUNK = 100
"""The directions that are shrunk to the next. More gave no more on events not seen, and a longer file."""


def write(data: Path, package: Path, vectors: Path | None) -> None:
    """Writes ``background.txt``, by which the phrases are found, then ``phrases.npz`` and ``directions.npz``."""
    items = read_items(data / "stories" / "background-6k.jsonl.gz")
    (package / "background.txt").write_text(words([item for item, _ in items]), "utf-8")
    traits = characterised(items, vectors and vectors / "background-6k.npy")
    _store(package / "phrases.npz", phrases(traits))
    meanings = [np.frombuffer(one.vector, dtype="<f2").astype(np.float32) for one in traits if one.vector]
    _store(package / "directions.npz", directions(np.array(meanings)))


def words(items: Sequence[Item]) -> str:
    """The table of words: the number of articles, then each word with how many hold it."""
    counts: Counter[str] = Counter()
    for item in items:
        title, _ = read_words(item.title)
        terms, _ = read_words(item.text[:3000])
        counts.update(set(title + terms[:300]))
    kept = sorted((-count, word) for word, count in counts.items() if count >= FEWEST_ARTICLES)
    return f"{len(items)}\n" + "".join(f"{word}\t{-count}\n" for count, word in kept)


def phrases(traits: Sequence[Traits]) -> dict[str, NDArray[np.generic]]:
    """The ``phrases`` of many articles (phrases,), ascending, and how many ``articles`` hold each."""
    counts = Counter(phrase for one in traits for phrase in np.frombuffer(one.phrases, dtype="<u4").tolist())
    kept = sorted(phrase for phrase, count in counts.items() if count >= FEWEST_ARTICLES)
    return {
        "phrases": np.array(kept, dtype=np.uint32),
        "articles": np.array([counts[phrase] for phrase in kept], dtype=np.uint16),
    }


def directions(meanings: NDArray[np.float32]) -> dict[str, NDArray[np.generic]]:
    """Of the meanings of many articles (articles, 512) their ``mean`` (512,), the ``axes`` (directions, 512) in which
    they differ most, and the share of each that is to be taken off (directions,), so that the next is as long."""
    mean = meanings.mean(axis=0)
    _, spread, axes = np.linalg.svd(meanings - mean, full_matrices=False)
    taken = 1 - spread[SHRUNK] / spread[:SHRUNK]
    parts = {"mean": mean, "axes": axes[:SHRUNK], "taken": taken}
    return {name: part.astype(np.float16) for name, part in parts.items()}


def _store(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    np.savez_compressed(path, allow_pickle=False, **dict(arrays))
