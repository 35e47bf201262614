"""How well near-copies are told from independent accounts: real items, edited as outlets edit what they take over."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Sequence
from heapq import nlargest
from pathlib import Path
from typing import NamedTuple

from eval.labelled import read_items
from storydesk.group.copies import Print, copied
from storydesk.group.rarity import rarity
from storydesk.group.words import read_words
from storydesk.model import Item

__all__ = ["EDITS", "measure"]

SETS = ("events69", "ecbplus-dev", "triples-dev", "background-6k")
SAMPLE, POOL = 150, 1_000
"""Items of a set that are edited, and the first of it among which their likest are sought."""

FEWEST_WORDS = 60
LIKEST = 20
"""Items that each copy is held against, those that share most weight of rare words with its original: the independent
accounts of its event, and those of the events most like it."""

RUN = 20
"""Words: two originals with so many in a row in common are taken to share a root already, and are set aside."""

Edit = Callable[[Item, Item, random.Random], str]
SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+")
DATELINE = re.compile(r"^[^\n]{0,60}?(?:\([A-Z][\w .&-]{1,30}\)\s*)?[—–-]{1,2}\s+(?=[A-Z])", re.MULTILINE)
OUTLETS = re.compile(
    r"\b(?:(?:The )?Associated Press|Reuters|AP|AFP|CNN|BBC(?: News)?|NPR|Fox News|(?:The )?New York Times|(?:The )?"
    r"Washington Post|(?:The )?Guardian|Politico|NBC(?: News)?|CBS(?: News)?|ABC(?: News)?|USA Today|Bloomberg)\b"
)


def cut(item: Item, _: Item, chance: random.Random) -> str:
    """Its opening, a sixth to two thirds of it, at least 40 words."""
    words = [found.end() for found in re.finditer(r"\S+", item.text)]
    return item.text[: words[min(len(words) - 1, max(40, round(len(words) * chance.uniform(0.15, 0.67))))]]


def reordered(item: Item, _: Item, chance: random.Random) -> str:
    """Its paragraphs in another order."""
    parts = [line for line in item.text.splitlines() if line.strip()]
    joint = "\n" if len(parts) > 3 else " "
    parts = parts if len(parts) > 3 else SENTENCE.split(item.text)
    return joint.join(chance.sample(parts, len(parts)))


def new_headline(item: Item, other: Item, _: random.Random) -> str:
    """Another headline and the first words of another piece above it, its own first sentence gone."""
    return "\n".join([other.title, other.text[:200], SENTENCE.sub("\n", item.text, count=1).split("\n", 1)[-1]])


def unsigned(item: Item, _: Item, __: random.Random) -> str:
    """Date-lines and the last line, where agencies are credited, gone."""
    lines = DATELINE.sub("", item.text).splitlines()
    return "\n".join(lines[:-1] if len(lines) > 3 else lines)


def renamed(item: Item, _: Item, __: random.Random) -> str:
    """The outlets and agencies that it names replaced."""
    return OUTLETS.sub("Harbour Times", item.text)


def reworded(item: Item, other: Item, chance: random.Random) -> str:
    """One word in sixteen dropped or replaced."""
    pool = other.text.split()
    words = (
        chance.choice(["", chance.choice(pool)]) if chance.random() < 1 / 16 else word for word in item.text.split()
    )
    return " ".join(word for word in words if word)


def framed(item: Item, other: Item, chance: random.Random) -> str:
    """Its first half between paragraphs of another piece of the same length."""
    words, more = item.text.split(), other.text.split()
    half = max(40, len(words) // 2)
    before = chance.randint(0, half)
    return " ".join([*more[:before], "\n", *words[:half], "\n", *more[before:half]])


def all_at_once(item: Item, other: Item, chance: random.Random) -> str:
    """All but the frame, one after the other."""
    text = item.text
    for edit in (cut, unsigned, renamed, reordered, reworded):
        text = edit(Item(item.id, text, item.title), other, chance)
    return f"{other.title}\n{text}"


EDITS: dict[str, Edit] = {
    "cut": cut,
    "reordered": reordered,
    "new headline": new_headline,
    "agency line removed": unsigned,
    "outlets renamed": renamed,
    "one word in 16 changed": reworded,
    "half of it in a frame": framed,
    "all but the frame": all_at_once,
}


class Judged(NamedTuple):
    """Whether each copy was found, by edit, and how many independent pairs were called copies, of how many."""

    found: dict[str, list[bool]]
    false: int
    apart: int


def measure(data: Path) -> list[tuple[str, float]]:
    """Recall and precision over all edits and sets; recall of each edit."""
    files = [data / "stories" / f"{name}.jsonl.gz" for name in SETS]
    judged = [_judge([item for item, _ in read_items(file)[:POOL]], file.name) for file in files]
    found = {edit: [one for part in judged for one in part.found[edit]] for edit in EDITS}
    right = sum(sum(each) for each in found.values())
    false, apart = sum(part.false for part in judged), sum(part.apart for part in judged)
    return [
        ("grouping/near-copies recall", right / sum(map(len, found.values()))),
        ("grouping/near-copies precision", right / (right + false)),
        ("grouping/near-copies, independent pairs", float(apart)),
        *((f"grouping/near-copies recall, {edit}", sum(each) / len(each)) for edit, each in found.items()),
    ]


def _judge(items: Sequence[Item], name: str) -> Judged:
    chance = random.Random(name)
    long = [index for index, item in enumerate(items) if len(item.text.split()) >= FEWEST_WORDS]
    prints = [Print.of(item.text) for item in items]
    rivals = _Rivals(items)
    found: dict[str, list[bool]] = {edit: [] for edit in EDITS}
    false = apart = 0
    for index in sorted(chance.sample(long, SAMPLE)):
        other = chance.choice([one for one in long if one != index])
        against = [prints[rival] for rival in rivals.of(index, other)]
        for called, edit in EDITS.items():
            copy = Print.of(edit(items[index], items[other], chance))
            found[called].append(copied(prints[index], copy))
            false += sum(copied(rival, copy) for rival in against)
            apart += len(against)
    return Judged(found, false, apart)


class _Rivals:
    """What each item is held against."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._runs = [_runs(item.text) for item in items]
        self._terms = [{term: rarity(term) for term in read_words(item.text[:2000])[0]} for item in items]

    def of(self, index: int, other: int) -> list[int]:
        """The rivals of one item: they share no run with it, nor with the other, whose words may frame the copy."""
        mine = self._terms[index]
        shared = [sum(weight for term, weight in terms.items() if term in mine) for terms in self._terms]
        used = self._runs[index] | self._runs[other]
        free = (one for one in range(len(shared)) if one not in (index, other) and self._runs[one].isdisjoint(used))
        return nlargest(LIKEST, free, key=shared.__getitem__)


def _runs(text: str) -> set[int]:
    words = re.findall(r"\w+", text.casefold())
    return {hash(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1)}


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1])):
        print(f"{figure[0]:<60} {figure[1]:.3f}")
