"""How well items are grouped into stories: B³ on three labelled sets, one pass in file order, with the one default
setting."""

from __future__ import annotations

import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import group_traps
from storydesk import language, wire
from storydesk.group import Grouper, Settings, Traits, characterise
from storydesk.group.words import read_words
from storydesk.model import Account, Item

__all__ = ["SETS", "b_cubed", "characterised", "measure", "read_items", "story_of"]

LOOSE = 0.45
"""Where F1 is highest on these sets; the default is more careful (docs/decisions/0007-joining.md)."""

SETS = ("events69", "ecbplus-dev", "triples-dev")
LEAD = 60
BATCH = 64


def measure(data: Path) -> list[tuple[str, float]]:
    """Name and figure of each measure: B³ precision, recall and F1 of the default setting, and TF-IDF's F1 beside
    it."""
    figures = []
    for name in SETS:
        items = read_items(data / "stories" / f"{name}.jsonl.gz")
        gold = [story for _, story in items]
        traits = characterised(items)
        precision, recall, f1 = b_cubed(gold, story_of(Grouper(), traits))
        loose = b_cubed(gold, story_of(Grouper(settings=Settings(join=LOOSE)), traits))[2]
        figures += [
            (f"group {name} B3 precision", precision),
            (f"group {name} B3 recall", recall),
            (f"group {name} B3 F1", f1),
            (f"group {name} B3 F1, joining at {LOOSE}", loose),
            (f"group {name} B3 F1 of TF-IDF at its best threshold", tf_idf([item for item, _ in items], gold)),
        ]
    return figures + group_traps.measure()


def read_items(path: Path) -> list[tuple[Item, str]]:
    """The items of a file in order, each with its gold story."""
    with gzip.open(path, "rb") as lines:
        records = [wire.decode(line) for line in lines]
    return [(wire.item_from(record), str(record["story"])) for record in records]


def characterised(items: Sequence[tuple[Item, str]], kept: Path | None = None) -> list[Traits]:
    """The traits of items, encoded in batches, which is faster. ``kept`` is where vectors are kept between runs."""
    heads: list[str] = []

    def note(texts: Sequence[str]) -> language.vectors.Vectors:
        heads.extend(texts)
        return np.zeros((len(texts), language.vectors.DIMENSIONS), dtype=np.float32)

    for item, _ in items:
        before = len(heads)
        characterise(Account(item), note)
        heads.extend([""] * (before + 1 - len(heads)))
    if kept and kept.exists():
        vectors = np.load(kept)
    else:
        vectors = np.vstack([language.encode(heads[start : start + BATCH]) for start in range(0, len(heads), BATCH)])
        if kept:
            np.save(kept, vectors)
    return [_with_vector(characterise(Account(item), note), row) for (item, _), row in zip(items, vectors, strict=True)]


def _with_vector(traits: Traits, row: NDArray[np.float32]) -> Traits:
    return replace(traits, vector=row.astype("<f2").tobytes() if row.any() else b"")


def story_of(grouper: Grouper, traits: Sequence[Traits]) -> list[str]:
    """One pass in order: the story of each item after all merges."""
    stories: list[str] = []
    kept: dict[str, str] = {}
    for one in traits:
        placement, merges = grouper.place(one)
        stories.append(placement.story)
        kept |= {merge.gone: merge.kept for merge in merges}
    return [_last(kept, story) for story in stories]


def _last(kept: dict[str, str], story: str) -> str:
    while story in kept:
        story = kept[story]
    return story


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 (Bagga and Baldwin, 1998)."""
    both = Counter(zip(gold, found, strict=True))
    golden, ours = Counter(gold), Counter(found)
    precision = sum(count * count / ours[story] for (_, story), count in both.items()) / len(gold)
    recall = sum(count * count / golden[story] for (story, _), count in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def tf_idf(items: Sequence[Item], gold: Sequence[str]) -> float:
    """F1 of the usual baseline: cosine of TF-IDF of title and lead to the closest story's mean, at its own best
    threshold."""
    bags = [Counter(read_words(f"{item.title}\n{item.text[: LEAD * 10]}")[0][: LEAD * 2]) for item in items]
    held = Counter(term for bag in bags for term in bag)
    vectors = [_unit({term: n * math.log(len(bags) / held[term]) for term, n in bag.items()}) for bag in bags]
    return max(b_cubed(gold, _leader(vectors, threshold / 100))[2] for threshold in range(10, 55, 3))


def _leader(vectors: Sequence[dict[str, float]], threshold: float) -> list[str]:
    """Each vector joins the story whose mean is closest, or starts one."""
    holders: dict[str, dict[int, float]] = defaultdict(dict)
    lengths: list[float] = []
    found = []
    for vector in vectors:
        closeness: Counter[int] = Counter()
        for term, weight in vector.items():
            for story, held in holders[term].items():
                closeness[story] += weight * held  # type: ignore[assignment]
        best = max(closeness, key=lambda story: closeness[story] / math.sqrt(lengths[story]), default=-1)
        if best < 0 or closeness[best] / math.sqrt(lengths[best]) < threshold:
            best = len(lengths)
            lengths.append(0.0)
        for term, weight in vector.items():
            held = holders[term].get(best, 0.0)
            lengths[best] += (held + weight) ** 2 - held**2
            holders[term][best] = held + weight
        found.append(str(best))
    return found


def _unit(bag: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in bag.values())) or 1.0
    return {term: weight / length for term, weight in bag.items()}
