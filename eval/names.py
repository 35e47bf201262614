"""Names: entity F1 on wikigold beside the language model alone, linking on two public benchmarks, the cards shown on
100 articles as checked by hand, and what recognition costs.

An entity counts where start, end and type (person, place, organisation) are all exact. Wikigold's fourth type, MISC, is
left out on both sides. A link counts where start, end and Wikidata item are exact ("strong" matching, as GERBIL calls
it); "weak" is the same where the spans only overlap ("The Associated Press", "Associated Press"), one to one. A
benchmark's names outside Wikidata (NIL) are wrong when linked. None of the three benchmarks marks a word for a people
("Russian") as its country's name: mentions that are marked as such are left out, and the precision with them is printed
beside.

RSS-500 marks two names of each sentence and leaves the others: so what is said of a name that nobody judged is neither
right nor wrong there. "On judged names" counts the links that overlap a marked name, linked or NIL, and no others;
all others counted as wrong, the figure stands beside it.

Entities of a benchmark that the base does not hold cannot be found: how many it holds is printed beside every figure.
The rows "with the benchmark's entities imported" are a closed world. Precision by type goes by the type of what is
linked to, recall by that of the gold entity, as the base has it.
"""

from __future__ import annotations

import gzip
import json
import random
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from eval import agreement
from storydesk import knowledge, language
from storydesk.knowledge.choosing import rules
from storydesk.knowledge.importing import bring_in
from storydesk.knowledge.kept import Kept
from storydesk.knowledge.table import Writer
from storydesk.model import Account, Item, Mention
from storydesk.recognise import capitalised, cards, recognise

__all__ = ["measure"]

Marked = set[tuple[int, int, str]]
"""Start, end and what is claimed of the span."""

TYPES = {"person": "PER", "place": "LOC", "organisation": "ORG"}
MODEL_TYPES = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}
CLOSED = "with the benchmark's entities imported, a closed world"
CHECKED = Path(__file__).with_name("cards_checked.toml")
MEASURED, IMPORTED = 20, 100_000
"""Articles whose cost is taken, and entities made up for it."""

SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
CLOSES_UP = {",", ".", ";", ":", "!", "?", ")", "'s", "'", "%", "n't", "'re", "'ll", "'ve", "'d", "'m"}
"""Tokens before which a written sentence has no space."""


def measure(data: Path) -> list[tuple[str, float]]:
    """Every figure by name. ``data`` is the folder of the labelled data. Takes two minutes."""
    names = data / "names"
    return [
        *_entities(names / "wikigold.conll.txt"),
        *_links(names, knowledge.built_in()),
        *_links_after(names),
        *_cards(data / "stories" / "background-6k.jsonl.gz"),
        *agreement.measure(data),
        *_cost(data / "stories" / "background-6k.jsonl.gz"),
    ]


def _entities(path: Path) -> Iterator[tuple[str, float]]:
    ours, model, unmodelled, base = Tally(), Tally(), Tally(), knowledge.built_in()
    for number, (text, gold) in enumerate(_sentences(path)):
        doc = language.parse(text)
        item = Item(id=str(number), text=text, language="en")
        ours.add(_entities_of(recognise(item, doc, base)), gold)
        unmodelled.add(_entities_of(recognise(item, doc, base, capitalised)), gold)
        entities = [entity for entity in doc.ents if entity.label_ in MODEL_TYPES]
        model.add({(entity.start_char, entity.end_char, MODEL_TYPES[entity.label_]) for entity in entities}, gold)
    for who, tally in (("ours", ours), ("spaCy alone", model), ("capitals in the model's place", unmodelled)):
        yield f"wikigold entity F1, {who}", tally.f1
        for kind in ("PER", "LOC", "ORG"):
            yield f"wikigold entity F1 {kind}, {who}", tally.of(kind).f1


def _entities_of(mentions: Iterable[Mention]) -> Marked:
    named = (mention for mention in mentions if mention.via != "demonym" and mention.type in TYPES)
    return {(mention.start, mention.end, TYPES[mention.type]) for mention in named}


def _links_after(folder: Path) -> Iterator[tuple[str, float]]:
    """The same once the benchmarks' own entities are imported: a closed world, so no measure of the open one."""
    with TemporaryDirectory() as scratch:
        table = Path(scratch) / "imported.sqlite"
        writer = Writer(table)
        bring_in(folder / "benchmark-entities.jsonl.gz", writer, rules())
        writer.close()
        base = knowledge.combine(knowledge.built_in(), knowledge.Table(table))
        for figure, value in _links(folder, base):
            yield f"{figure}, {CLOSED}", value


def _links(folder: Path, base: knowledge.Knowledge) -> Iterator[tuple[str, float]]:
    for name in ("msnbc-updated", "rss500"):
        texts = [_judged(json.loads(line), base) for line in (folder / f"links-{name}.jsonl").open(encoding="utf-8")]
        gold = [link for text in texts for link in text.gold]
        yield f"{name}: share of gold links whose entity is in the base", _share(base.entity(e) for _, _, e in gold)
        every, judged, weak = Tally(), Tally(), Tally()
        with_peoples, exact = Tally(), Tally()
        for text in texts:
            on_judged = {link for link in text.said if any(_overlap(link, other) for other in text.marked)}
            every.add(text.said, text.gold)
            with_peoples.add(text.said | text.peoples, text.gold)
            judged.add(on_judged, text.gold)
            weak.add(_moved(on_judged, text.gold), text.gold)
            exact.add({link for link in text.said if link[:2] in {known[:2] for known in text.gold}}, text.gold)
        yield f"{name}: linking precision", every.precision
        yield f"{name}: linking precision, words for peoples counted", with_peoples.precision
        yield f"{name}: linking precision on marked spans", exact.precision
        yield f"{name}: linking recall", every.recall
        yield f"{name}: linking F1", every.f1
        for how, tally in (("", judged), (", weak", weak)):
            yield f"{name}: linking precision on judged names{how}", tally.precision
            yield f"{name}: linking recall on judged names{how}", tally.recall
            yield f"{name}: linking F1 on judged names{how}", tally.f1
        for kind in ("person", "place", "organisation"):
            part = judged.where(partial(_is_kind, base, kind))
            yield f"{name}: linking precision on judged names, {kind}", part.precision
            yield f"{name}: linking F1 on judged names, {kind}", part.f1
            part = weak.where(partial(_is_kind, base, kind))
            yield f"{name}: linking precision on judged names, weak, {kind}", part.precision


def _cards(path: Path) -> Iterator[tuple[str, float]]:
    """The cards shown beside the checked articles, each taken as a story of its own. A card that nobody has checked
    counts as wrong, so the share falls until somebody reads the article again.
    """
    checked = tomllib.loads(CHECKED.read_text("utf-8"))["item"]
    base, right, wrong, unchecked = knowledge.built_in(), 0, 0, 0
    for record in (each for each in _articles(path) if each["id"] in checked):
        item = Item(id=record["id"], text=record["text"], title=record["title"] or "", language="en")
        told = Account(item, mentions=recognise(item, language.parse(item.text), base))
        verdict = checked[item.id]
        for card in cards([told], base):
            right += card.entity.id in verdict["right"]
            wrong += card.entity.id in verdict.get("wrong", ())
            unchecked += card.entity.id not in (*verdict["right"], *verdict.get("wrong", ()))
    yield "cards shown on the articles checked by hand", right + wrong + unchecked
    yield "cards on which nobody has ruled", unchecked
    yield "share of the cards shown that are right", right / (right + wrong + unchecked)


def _cost(path: Path) -> Iterator[tuple[str, float]]:
    """Looking an article through for the names of 100,000 imported entities, and recognition beside spaCy itself. The
    names are made up, two words of three syllables each, so hardly one is found.
    """
    texts = [record["text"] for record in islice(_articles(path), MEASURED)]
    with TemporaryDirectory() as scratch:
        table = Path(scratch) / "imported.sqlite"
        writer, chance = Writer(table), random.Random(4)
        for number in range(IMPORTED):
            name = " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
            writer.put(Kept(f"Q{900_000_000 + number}", name, "person", names={"en": [name]}, weight=0.5))
        writer.close()
        base = knowledge.combine(knowledge.built_in(), knowledge.Table(table))
        docs = [language.parse(text) for text in texts]
        look_ups = [_seconds(partial(base.find, text)) for text in texts]
        parsing = sum(_seconds(partial(language.parse, text)) for text in texts)
        recognising = sum(
            _seconds(partial(recognise, Item(id="1", text=text, language="en"), doc, base))
            for text, doc in zip(texts, docs, strict=True)
        )
    yield "ms to look an article through for 100,000 imported entities, median", 1000 * median(look_ups)
    yield "ms to look an article through for 100,000 imported entities, slowest of 20", 1000 * max(look_ups)
    yield "spaCy and recognition together, spaCy's time alone being 1", (parsing + recognising) / parsing


def _seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def _articles(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class Judged(NamedTuple):
    """One text: links said, links said by words for peoples, gold links, and all names that the benchmark marks."""

    said: Marked
    peoples: Marked
    gold: Marked
    marked: Marked


def _judged(record: dict[str, Any], base: knowledge.Knowledge) -> Judged:
    marked: Marked = {(*label["span"], label["entity_id"]) for label in record["labels"]}
    item = Item(id=str(record["id"]), text=record["text"], language="en")
    said = [at for at in recognise(item, language.parse(item.text), base) if at.entity and at.entity.startswith("Q")]
    return Judged(
        {(at.start, at.end, at.entity or "") for at in said if at.via != "demonym"},
        {(at.start, at.end, at.entity or "") for at in said if at.via == "demonym"},
        {link for link in marked if link[2].startswith("Q")},
        marked,
    )


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _moved(said: Marked, gold: Marked) -> Marked:
    """Links of the right entity put on the gold span they overlap, each gold span taken once."""
    free, moved = set(gold), set()
    for link in sorted(said, key=lambda link: link not in gold):
        at = next((known for known in sorted(free) if known[2] == link[2] and _overlap(known, link)), link)
        free.discard(at)
        moved.add(at)
    return moved


def _is_kind(base: knowledge.Knowledge, kind: str, entity: str) -> bool:
    found = base.entity(entity)
    return found is not None and found.type == kind


def _share(found: Iterable[object]) -> float:
    known = [each is not None for each in found]
    return sum(known) / len(known)


def _sentences(path: Path) -> Iterator[tuple[str, Marked]]:
    """Each sentence as written text, and its names. Wikigold marks with I- alone: neighbours of one type are one
    name.
    """
    for block in path.read_text("utf-8").split("\n\n"):
        text, start, kind = "", 0, "O"
        gold: list[tuple[int, int, str]] = []
        for line in filter(None, block.splitlines()):
            token, _, tag = line.rpartition(" ")
            here = tag.rpartition("-")[2]
            if text and token not in CLOSES_UP and not text.endswith(("(", " ``")):
                text += " "
            if here != "O" and here == kind:
                gold[-1] = (start, len(text) + len(token), kind)
            elif here != "O":
                start = len(text)
                gold.append((start, start + len(token), here))
            kind = here
            text += token
        if text:
            yield text, {name for name in gold if name[2] in TYPES.values()}


class Tally:
    """What was claimed, what was true, and both, over many texts."""

    def __init__(self) -> None:
        self.claims: list[tuple[int, int, int, str]] = []
        self.truths: list[tuple[int, int, int, str]] = []
        self.texts = 0

    def add(self, said: Marked, gold: Marked) -> None:
        """One text."""
        self.claims += [(self.texts, *mark) for mark in said]
        self.truths += [(self.texts, *mark) for mark in gold]
        self.texts += 1

    def of(self, kind: str) -> Tally:
        """The same for one type."""
        return self.where(lambda each: each == kind)

    def where(self, fits: Callable[[str], bool]) -> Tally:
        """The same for what is claimed of some kinds."""
        part = Tally()
        part.claims = [mark for mark in self.claims if fits(mark[3])]
        part.truths = [mark for mark in self.truths if fits(mark[3])]
        return part

    @property
    def right(self) -> int:
        """How many claims are true."""
        return len(set(self.claims) & set(self.truths))

    @property
    def precision(self) -> float:
        """The share of claims that are true."""
        return self.right / len(self.claims) if self.claims else 0.0

    @property
    def recall(self) -> float:
        """The share of truths that were claimed."""
        return self.right / len(self.truths) if self.truths else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = len(self.claims) + len(self.truths)
        return 2 * self.right / total if total else 0.0


if __name__ == "__main__":
    for figure, value in measure(Path(__file__).resolve().parents[2] / "shared" / "data"):
        print(f"{value:.3f}  {figure}")
