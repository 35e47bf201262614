"""How well items are grouped into stories: B³ on three labelled sets, one pass in file order, with the one default
setting."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from eval import arrivals, group_mistakes, group_peers, group_storylines, group_traps, near_copies
from eval.labelled import b_cubed, labelled
from storydesk.group.words import read_words
from storydesk.model import Item

__all__ = ["SETS", "measure", "notes"]

SETS = ("events69", "ecbplus-dev", "triples-dev")
LEAD = 60


def measure(data: Path) -> list[tuple[str, float]]:
    """Name and figure of each measure: B³ precision, recall and F1 of the default setting, and TF-IDF's F1 beside
    it."""
    figures = []
    for name in SETS:
        one = labelled(data, name)
        done = _grouped(data, name)
        precision, recall, f1 = b_cubed(one.gold, done.found)
        figures += [
            (f"group {name} B3 precision", precision),
            (f"group {name} B3 recall", recall),
            (f"group {name} B3 F1", f1),
            (f"group {name} B3 F1 of TF-IDF at its best threshold", tf_idf(one.items, one.gold)),
            *((f"group {name} B3 F1 of {peer}", peers) for peer, peers in group_peers.measure(*one[1:])),
            *group_mistakes.rates(done),
        ]
    return [
        *figures,
        *group_traps.measure(),
        *group_storylines.measure(),
        *near_copies.measure(data),
        *arrivals.measure(data),
    ]


@cache
def _grouped(data: Path, name: str) -> group_mistakes.Grouped:
    return group_mistakes.grouped(labelled(data, name))


def notes(data: Path) -> str:
    """The error rates and the ten worst mistakes, in Markdown: what stands in ``docs/quality.md``."""
    sets = [_grouped(data, name) for name in SETS]
    rows = [[f"{rate:.3f}".lstrip("0") for _, rate in group_mistakes.rates(done)] for done in sets]
    return "\n".join(
        [
            "| errors of one pass | joins wrong | due joins missed | pairs joined wrongly | pairs parted wrongly |",
            "|---|---|---|---|---|",
            *(f"| {name} | {' | '.join(row)} |" for name, row in zip(SETS, rows, strict=True)),
            "",
            "The ten worst mistakes on these sets, by pairs of items joined or parted wrongly (events by the sets'",
            "own ids). The evidence named lies on the wrong side of the middle between pairs of one event and of two.",
            "",
            *(f"{number}. {told}" for number, told in enumerate(group_mistakes.worst(sets), 1)),
        ]
    )


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
