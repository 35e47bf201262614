"""Names: entity F1 on wikigold beside the language model alone, and linking on two public benchmarks with the built-in
base.

An entity counts where start, end and type (person, place, organisation) are all exact; a link where start, end and
Wikidata item are. Wikigold's fourth type, MISC, is left out on both sides. Entities of a benchmark that the
base does not hold cannot be found: how many it holds is printed beside every figure. The rows "with the benchmark's
entities imported" are a closed world. RSS-500 marks only some of the
names of each sentence, so for it precision is also given on the marked spans alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from storydesk import knowledge, language
from storydesk.knowledge.choosing import rules
from storydesk.knowledge.importing import bring_in
from storydesk.knowledge.table import Writer
from storydesk.model import Item
from storydesk.recognise import recognise

__all__ = ["measure"]

Marked = set[tuple[int, int, str]]
"""Start, end and what is claimed of the span."""

TYPES = {"person": "PER", "place": "LOC", "organisation": "ORG"}
MODEL_TYPES = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}
CLOSED = "with the benchmark's entities imported, a closed world"
CLOSES_UP = {",", ".", ";", ":", "!", "?", ")", "'s", "'", "%", "n't", "'re", "'ll", "'ve", "'d", "'m"}
"""Tokens before which a written sentence has no space."""


def measure(data: Path) -> list[tuple[str, float]]:
    """Every figure by name. ``data`` is the folder of the labelled data. Takes about a minute."""
    names = data / "names"
    return [*_entities(names / "wikigold.conll.txt"), *_links(names, knowledge.built_in()), *_links_after(names)]


def _entities(path: Path) -> Iterator[tuple[str, float]]:
    ours, model, base = Tally(), Tally(), knowledge.built_in()
    for number, (text, gold) in enumerate(_sentences(path)):
        doc = language.parse(text)
        mentions = recognise(Item(id=str(number), text=text, language="en"), doc, base)
        named = [mention for mention in mentions if mention.via != "demonym" and mention.type in TYPES]
        ours.add({(mention.start, mention.end, TYPES[mention.type]) for mention in named}, gold)
        entities = [entity for entity in doc.ents if entity.label_ in MODEL_TYPES]
        model.add({(entity.start_char, entity.end_char, MODEL_TYPES[entity.label_]) for entity in entities}, gold)
    for who, tally in (("ours", ours), ("spaCy alone", model)):
        yield f"wikigold entity F1, {who}", tally.f1
        for kind in ("PER", "LOC", "ORG"):
            yield f"wikigold entity F1 {kind}, {who}", tally.of(kind).f1


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
        everywhere, marked, held, wanted = Tally(), Tally(), 0, 0
        for line in (folder / f"links-{name}.jsonl").read_text("utf-8").splitlines():
            record = json.loads(line)
            labels = [label for label in record["labels"] if label["entity_id"].startswith("Q")]
            gold: Marked = {(*label["span"], label["entity_id"]) for label in labels}
            known = {(start, end) for start, end, _ in gold}
            item = Item(id=str(record["id"]), text=record["text"], language="en")
            mentions = recognise(item, language.parse(item.text), base)
            said = {(at.start, at.end, at.entity) for at in mentions if at.entity and at.entity.startswith("Q")}
            everywhere.add(said, gold)
            marked.add({link for link in said if link[:2] in known}, gold)
            wanted += len(gold)
            held += sum(base.entity(entity) is not None for _, _, entity in gold)
        yield f"{name}: share of gold links whose entity is in the base", held / wanted
        yield f"{name}: linking precision", everywhere.precision
        yield f"{name}: linking precision on marked spans", marked.precision
        yield f"{name}: linking recall", everywhere.recall
        yield f"{name}: linking F1", everywhere.f1


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
        part = Tally()
        part.claims = [mark for mark in self.claims if mark[3] == kind]
        part.truths = [mark for mark in self.truths if mark[3] == kind]
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
