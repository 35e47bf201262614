"""Labels: what a difference is about, in words that both of its sentences have."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from storydesk.compare.words import Word, is_content, stem, words

__all__ = ["common"]

MOST = 4
"""Words of a label's common part."""

_NOT_TELLING = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december people about nearly more least one two three four five six seven eight nine"
    " ten early late morning night evening afternoon day today yesterday tomorrow year years first last new"
)
NOT_TELLING = frozenset(_NOT_TELLING.split())
"""Words that say nothing of what a number or a date is of."""


@lru_cache(maxsize=4_096)
def common(first: str, second: str) -> str:
    """The words that two sentences have in common, as the first has them: their longest common run, or their first two
    common words; "" where they have none."""
    ours, theirs = words(first), words(second)
    matcher = SequenceMatcher(None, [stem(w) for _, w in ours], [stem(w) for _, w in theirs], autojunk=False)
    runs = [_trim(ours[block.a : block.a + block.size]) for block in matcher.get_matching_blocks()]
    runs = [run for run in runs if run]
    if not runs:
        return ""
    best = max(runs, key=lambda run: sum(_tells(word) for _, word in run))
    if len(best) > 1:
        return " ".join(first[best[0][0].start : best[-1][0].end].split())
    return ", ".join(dict.fromkeys(run[0][0].of(first) for run in runs[:2]))


def _trim(run: Sequence[Word]) -> Sequence[Word]:
    while run and not _tells(run[0][1]):
        run = run[1:]
    run = run[:MOST]
    while run and not _tells(run[-1][1]):
        run = run[:-1]
    return run


def _tells(folded: str) -> bool:
    return is_content(folded) and not folded[0].isdigit() and folded not in NOT_TELLING
