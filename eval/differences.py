"""How many of the written pairs of accounts (``tests/compare/differences*.toml``) are told rightly to agree, to
clash or to be an update; and of the differences shown in real stories, how many are there.

Those are kept as places, never as words, in ``differences_checked.toml``: each was read in both articles and is one, or
is none. What is shown now and was not read then counts as neither, and is told.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from storydesk import pipeline, wire
from storydesk.coverage import Difference
from tests.compare.differing import SEEN, UNSEEN, Pair, right, shown

__all__ = ["measure"]


CHECKED = Path(__file__).with_name("differences_checked.toml")
STORIES = ("events69", "roundups-dev")

Places = frozenset[tuple[str, int, int]]
"""Where a difference stands: the item and the offsets of each side's words."""


def measure(data: Path) -> list[tuple[str, float]]:
    """The figures of the written pairs, then those of the real stories in ``data``."""
    return [*_written(), *_real(data)]


def _real(data: Path) -> list[tuple[str, float]]:
    checked = {_places(entry["sides"]): entry["right"] for entry in tomllib.loads(CHECKED.read_text())["shown"]}
    found = [places for name in STORIES for places, _ in shown_in(data / "stories" / f"{name}.jsonl.gz")]
    read = [checked[places] for places in found if places in checked]
    return [
        ("differences/shown in real stories", float(len(found))),
        ("differences/of these not read by hand", float(len(found) - len(read))),
        ("differences/true of those read", sum(read) / len(read) if read else 0.0),
    ]


def shown_in(file: Path) -> Iterator[tuple[Places, Difference]]:
    """Every difference that compare shows in the stories of a file, which events their outlets' items tell of given."""
    stories: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            stories[record["story"]] += record.get("items", [record])
    for story, items in stories.items():
        told = [pipeline.account(wire.item_from(item)) for item in items]
        for difference in pipeline.cover(story, told).differences:
            sides = [side.passage for side in difference.sides]
            yield _places([(side.item, side.start, side.end) for side in sides]), difference


def _places(sides: Sequence[Sequence[object]]) -> Places:
    return frozenset((str(item), int(str(start)), int(str(end))) for item, start, end in sides)


def _written() -> list[tuple[str, float]]:
    """The share of pairs told rightly in either order, of those in view while the method was made and of those written
    afterwards; and of the pairs of figures that only round one another, the share that is not taken to differ."""
    rounded = [pair for pair in (*SEEN, *UNSEEN) if pair.rounding]
    return [
        ("differences/pairs in view", float(len(SEEN))),
        ("differences/pairs in view right", _share(SEEN)),
        ("differences/pairs unseen", float(len(UNSEEN))),
        ("differences/pairs unseen right", _share(UNSEEN)),
        ("differences/pairs that only round", float(len(rounded))),
        ("differences/of these shown no clash", sum(not shown(pair) for pair in rounded) / len(rounded)),
    ]


def _right(pair: Pair) -> bool:
    return right(pair) and right(pair, turned=True)


def _share(pairs: Sequence[Pair]) -> float:
    return sum(map(_right, pairs)) / len(pairs)


def main() -> int:
    """Names each pair that is told wrongly; status 1 where there is one."""
    wrong = [pair for pair in (*SEEN, *UNSEEN) if not _right(pair)]
    for pair in wrong:
        print(f"{pair.outcome} {pair.on} {' / '.join(pair.words)}", *pair.texts, sep="\n  ")
        for turned in (False, True):
            for found in shown(pair, turned=turned):
                sides = " / ".join(side.passage.text for side in found.sides)
                print(f"    {found.kind} ({found.about}){' update' if found.update else ''}: {sides}")
    print(f"{len(SEEN) + len(UNSEEN) - len(wrong)} of {len(SEEN) + len(UNSEEN)} right")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
