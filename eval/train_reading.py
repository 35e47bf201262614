"""Trains the classifier of blocks that reads pages: ``python -m eval.train_reading DATA``.

Needs PyTorch (``pip install torch``), which nothing else does. A block is labelled with the share of its words that the
gold text of its page has in the same order. Pages are also shown with most of their article taken out, so that short
pieces on crowded pages are met as often as long ones. ``--folds`` trains on four fifths of the sites and reads the
fifth, five times, and prints what it reads: figures on sites never seen. Without it the weights are written.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq
from torch import Tensor, nn

from eval.reading import (
    FOLDS,
    WORD,
    benchmark,
    fold_weights,
    page_kinds,
    shingle_figures,
    site,
    site_fold,
    wcxb,
    word_f1,
)
from storydesk.read.blocks import WEIGHTS, worth
from storydesk.read.body import SURE, candidates, handed_over
from storydesk.read.encoding import decode
from storydesk.read.features import Features, features
from storydesk.read.markup import Markup, parse
from storydesk.read.outline import Block

__all__ = ["main"]

SEED = 7
VARIANTS = 4
"""Further versions of each page, with parts of it taken out."""

RUN = 4
"""Words in a row from which a match with the gold text is no coincidence."""

SITES, SITES_OF_WORDS = 5, 12
"""Sites on which a mark, a word must be met to be kept."""


@dataclass(slots=True)
class Sample:
    """One page as it is learned from: its features and labels, and those of its versions with parts taken out."""

    set: str
    site: str
    gold: str
    page: str
    texts: list[str]
    versions: list[tuple[Features, NDArray[np.float32]]]
    tensors: list[Inputs] = field(default_factory=list)


class Inputs(NamedTuple):
    """One version of a page as tensors."""

    figures: Tensor
    marks: tuple[Tensor, Tensor]
    near: Tensor
    far: Tensor
    words: tuple[Tensor, Tensor]
    counts: Tensor
    groups: Tensor
    lengths: Tensor
    labels: Tensor
    weights: Tensor


class Settings(NamedTuple):
    """How the network is shaped and trained."""

    epochs: int = 20
    rate: float = 3e-3
    marks: int = 8
    words: int = 8
    hidden: int = 48
    layers: int = 2
    dropout: float = 0.3
    forget: float = 0.3
    blind: float = 0.1
    noise: float = 0.1
    decay: float = 1e-2
    batch: int = 8
    plain: float = 0.6


# ------------------------------------------------------------------------------------------------ pages to samples


def labels(texts: list[str], gold: str) -> NDArray[np.float32]:
    """By block, the share of its words that lie on the longest common subsequence with the gold text, in runs."""
    words = [WORD.findall(text) for text in texts]
    matched = [0] * sum(map(len, words))
    for piece in LCSseq.opcodes([word for block in words for word in block], WORD.findall(gold)):
        if piece.tag == "equal":
            matched[piece.src_start : piece.src_end] = [piece.src_end - piece.src_start] * (
                piece.src_end - piece.src_start
            )
    found, at = [], 0
    for block in words:
        runs = matched[at : at + len(block)]
        at += len(block)
        found.append(sum(run >= min(RUN, len(block)) for run in runs) / len(block) if block else 0.0)
    return np.array(found, np.float32)


def _features(markup: Markup, blocks: list[Block]) -> Features:
    return features(markup.outline, blocks, (markup.headlines, markup.description, markup.body))


def _thinned(blocks: list[Block], marks: NDArray[np.float32], chance: random.Random) -> list[int]:
    """The places of blocks that stay where a stretch of the article, and perhaps one of the rest, is taken out."""
    article = [at for at, mark in enumerate(marks) if mark > 0.5]
    gone: set[int] = set()
    if len(article) > 2:
        stay = max(1, int(len(article) ** chance.random()))
        first = chance.choice((0, 0, chance.randrange(len(article) - stay + 1)))
        gone = set(article[:first] + article[first + stay :])
    if chance.random() < 0.5:
        length = int(len(blocks) * chance.random() * 0.6)
        first = chance.randrange(len(blocks) - length + 1)
        gone |= {at for at in range(first, first + length) if marks[at] < 0.5}
    return [at for at in range(len(blocks)) if at not in gone]


def sample(given: tuple[str, dict[str, Any], bytes]) -> Sample | None:
    """One page of a set with its labels and versions; ``None`` where it has no block."""
    which, truth, page = given
    gold = truth["articleBody"] if which == "aeb" else truth["text"] or ""
    html = decode(page, "text/html")
    markup = parse(html)
    blocks = [markup.outline.blocks[at] for at in candidates(markup.outline.blocks)] if markup else []
    if markup is None or not blocks:
        return None
    marks = labels([block.text for block in blocks], gold)
    chance = random.Random(gold)
    versions = [(_features(markup, blocks), marks)]
    for _ in range(VARIANTS):
        stay = _thinned(blocks, marks, chance)
        if stay:
            versions.append((_features(markup, [blocks[at] for at in stay]), marks[stay]))
    return Sample(which, site(truth["url"]), gold, html, [block.text for block in blocks], versions)


def samples(data: Path) -> list[Sample]:
    """All pages of both sets."""
    reading = data / "reading"
    given = [("aeb", *page) for page in benchmark(reading / "article-extraction-benchmark")]
    given += [("wcxb", *page) for page in wcxb(reading / "wcxb-articles-dev")]
    with ProcessPoolExecutor(2) as pool:
        return [one for one in pool.map(sample, given, chunksize=16) if one]


# ------------------------------------------------------------------------------------------------ the network


class Vocabulary(NamedTuple):
    """What the figures are scaled by, and the numbers of marks and words, from 1."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    marks: dict[str, int]
    words: dict[str, int]


def vocabulary(train: Sequence[Sample]) -> Vocabulary:
    """What the training pages have in common, site by site."""
    figures = np.concatenate([one.versions[0][0].figures for one in train])
    return Vocabulary(
        figures.mean(0),
        figures.std(0) + 1e-2,
        _frequent(((one.site, w) for one in train for m in one.versions[0][0].marks for w in m), SITES),
        _frequent(((one.site, w) for one in train for b in one.versions[0][0].words for w in b), SITES_OF_WORDS),
    )


def _frequent(met: Iterable[tuple[str, str]], least: int) -> dict[str, int]:
    sites = defaultdict(set)
    for where, word in met:
        sites[word].add(where)
    kept = sorted(word for word, on in sites.items() if len(on) >= least)
    return {word: number for number, word in enumerate(kept, 1)}


def _bags(bags: Iterable[Sequence[str]], numbers: dict[str, int]) -> tuple[Tensor, Tensor]:
    flat: list[int] = []
    starts = []
    for bag in bags:
        starts.append(len(flat))
        flat += [numbers[word] for word in bag if word in numbers]
    return torch.tensor(flat, dtype=torch.long), torch.tensor(starts, dtype=torch.long)


def _inputs(version: tuple[Features, NDArray[np.float32]], known: Vocabulary) -> Inputs:
    found, marks = version
    share = found.lengths / found.lengths.sum()
    root = found.lengths**0.5
    return Inputs(
        torch.tensor((found.figures - known.mean) / known.scale).clamp(-4, 4),
        _bags(found.marks, known.marks),
        torch.tensor(found.near),
        torch.tensor(found.far),
        _bags(found.words, known.words),
        torch.tensor([max(4.0, len(words)) for words in found.words]),
        torch.tensor(found.groups),
        torch.tensor(np.log1p(found.lengths) + 0.1, dtype=torch.float32),
        torch.tensor(marks),
        torch.tensor(0.7 * share + 0.3 * root / root.sum(), dtype=torch.float32),
    )


class Network(nn.Module):  # type: ignore[misc]
    """What ``storydesk.read.blocks`` computes, with dropout."""

    def __init__(self, known: Vocabulary, settings: Settings) -> None:
        super().__init__()
        self.marks = nn.EmbeddingBag(len(known.marks) + 1, settings.marks, mode="sum", padding_idx=0)
        self.words = nn.EmbeddingBag(len(known.words) + 1, settings.words, mode="sum", padding_idx=0)
        nn.init.normal_(self.marks.weight, 0, 0.02)
        nn.init.normal_(self.words.weight, 0, 0.02)
        with torch.no_grad():
            self.marks.weight[0] = self.words.weight[0] = 0
        wide = len(known.mean) + 2 * settings.marks + settings.words
        self.first = nn.Linear(wide, settings.hidden)
        self.layers = nn.ModuleList(nn.Linear(9 * settings.hidden, settings.hidden) for _ in range(settings.layers))
        self.last = nn.Linear(settings.hidden, 1)
        self.settings = settings

    def forward(self, page: Inputs) -> Tensor:
        """The log odds of each block. In training, marks and words are forgotten at random."""
        drop = self.settings.dropout if self.training else 0.0
        marked = self.marks(*self._forgetful(page.marks, self.settings.blind))
        words = self.words(*self._forgetful(page.words, 0)) / page.counts[:, None]
        figures = page.figures
        if self.training:
            figures = figures + torch.randn_like(figures) * self.settings.noise
        inputs = [figures, marked[page.near].sum(1).tanh(), marked[page.far].sum(1).tanh(), words]
        state = torch.relu(self.first(nn.functional.dropout(torch.cat(inputs, 1), drop * 0.6)))
        for layer in self.layers:
            seen = torch.cat([*_around(state), *_means(state, page.groups, page.lengths)], 1)
            state = state + torch.relu(layer(nn.functional.dropout(seen, drop)))
        out: Tensor = self.last(nn.functional.dropout(state, drop))[:, 0]
        return out

    def _forgetful(self, bags: tuple[Tensor, Tensor], blind: float) -> tuple[Tensor, Tensor]:
        numbers, starts = bags
        if not self.training:
            return bags
        share = 1.0 if random.random() < blind else self.settings.forget
        return numbers.masked_fill(torch.rand(len(numbers)) < share, 0), starts


def _around(state: Tensor) -> list[Tensor]:
    none = torch.zeros(2, state.shape[1])
    wide = torch.cat([none, state, none])
    count = len(state)
    return [state, *(wide[2 + step : 2 + step + count] for step in (-1, 1, -2, 2))]


def _means(state: Tensor, groups: Tensor, lengths: Tensor) -> list[Tensor]:
    weighted = state * lengths[:, None]
    found = []
    for numbers in groups:
        size = int(numbers.max()) + 1
        total = torch.zeros(size, state.shape[1]).index_add_(0, numbers, weighted)
        weight = torch.zeros(size).index_add_(0, numbers, lengths)
        found.append((total / weight[:, None])[numbers])
    return [*found, (weighted.sum(0) / lengths.sum()).expand_as(state)]


def train(pages: list[Sample], settings: Settings) -> tuple[Network, Vocabulary]:
    """A network that learned from the pages."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    random.seed(SEED)
    known = vocabulary(pages)
    data = [[_inputs(version, known) for version in one.versions] for one in pages]
    network = Network(known, settings)
    steps = settings.epochs * -(-len(data) // settings.batch)
    optimiser = torch.optim.AdamW(network.parameters(), settings.rate, weight_decay=settings.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps + 1)
    for _ in range(settings.epochs):
        random.shuffle(data)
        for start in range(0, len(data), settings.batch):
            optimiser.zero_grad()
            batch = data[start : start + settings.batch]
            for versions in batch:
                plain = random.random() < settings.plain or len(versions) == 1
                page = versions[0] if plain else random.choice(versions[1:])
                loss = nn.functional.binary_cross_entropy_with_logits(network(page), page.labels, reduction="none")
                ((loss * page.weights).sum() / len(batch)).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return network.eval(), known


def chances(network: Network, known: Vocabulary, pages: Sequence[Sample]) -> list[NDArray[np.float32]]:
    """By page, how likely each block belongs to the article."""
    with torch.no_grad():
        return [torch.sigmoid(network(_inputs(one.versions[0], known))).numpy() for one in pages]


# ------------------------------------------------------------------------------------------------ figures and weights


def _fold(given: tuple[Path, int, Settings]) -> list[tuple[int, NDArray[np.float32]]]:
    cache, fold, settings = given
    pages: list[Sample] = pickle.loads(cache.read_bytes())
    held = [at for at, one in enumerate(pages) if site_fold(one.site) == fold]
    network, known = train([one for one in pages if site_fold(one.site) != fold], settings)
    save(network, known, fold_weights(fold))
    return list(zip(held, chances(network, known, [pages[at] for at in held]), strict=True))


def figures(pages: Sequence[Sample], read: Sequence[str]) -> dict[str, float]:
    """Both benchmarks' figures for what was read of the pages."""
    aeb = [(one.gold, text) for one, text in zip(pages, read, strict=True) if one.set == "aeb"]
    words = [word_f1(one.gold, text) for one, text in zip(pages, read, strict=True) if one.set == "wcxb"]
    return {**dict(shingle_figures(aeb)), "reading/wcxb-word-f1": float(np.mean(words))}


def _best(one: Sample) -> str:
    return "\n".join(text for text, label in zip(one.texts, one.versions[0][1], strict=True) if label > 0.5)


def _chosen(one: Sample, likely: NDArray[np.float32]) -> tuple[str, float]:
    mask, sure = worth(likely, one.versions[0][0].lengths)
    return "\n".join(text for text, kept in zip(one.texts, mask, strict=True) if kept), sure


def save(network: Network, known: Vocabulary, file: Path) -> None:
    """Writes the weights as plain arrays, halves where halves do."""
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in network.named_parameters()}
    words = {"mark_names": np.array(list(known.marks)), "word_names": np.array(list(known.words))}
    with file.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, mean=known.mean, scale=known.scale, **words, **arrays)


def main() -> None:
    """Prints the figures of the folds, or trains on all and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_reading", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", action="store_true", help="only print the figures on sites never seen")
    parser.add_argument("--cache", type=Path, help="where the pages' features are kept between runs")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings of training")
    given = parser.parse_args()
    changes = {name: type(getattr(Settings(), name))(value) for name, value in (one.split("=") for one in given.set)}
    settings = Settings()._replace(**changes)
    cache = given.cache or Path(tempfile.gettempdir()) / "storydesk-reading.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(samples(given.data)))
    pages: list[Sample] = pickle.loads(cache.read_bytes())
    if not given.folds:
        save(*train(pages, settings), given.out)
        print(f"wrote {given.out}, {given.out.stat().st_size:,} bytes")
        return
    with ProcessPoolExecutor(2) as pool:
        folds = pool.map(_fold, [(cache, fold, settings) for fold in range(FOLDS)])
        found = [one for fold in folds for one in fold]
    cache.with_suffix(".folds").write_bytes(pickle.dumps(found))
    report(pages, found)


def report(pages: Sequence[Sample], found: Sequence[tuple[int, NDArray[np.float32]]]) -> None:
    """Prints what was read of held-out pages: on the whole, and by kind of page."""
    held = [pages[at] for at, _ in found]
    for name, value in figures(held, [_best(one) for one in held]).items():
        print(f"{name:24} {value:.4f}  the best choice of blocks that there is", flush=True)
    read = [_chosen(one, likely) for one, (_, likely) in zip(held, found, strict=True)]
    unsure = [sure < SURE for _, sure in read]
    mixed = [
        handed_over(one.page, "") or text if hand else text
        for one, (text, _), hand in zip(held, read, unsure, strict=True)
    ]
    print(f"{len(held)} pages, each read by a network that saw no page of its site; handed over {np.mean(unsure):.3f}")
    for which, texts in (("alone", [text for text, _ in read]), ("with pages handed over", mixed)):
        for name, value in figures(held, texts).items():
            print(f"{name:24} {value:.4f}  {which}", flush=True)
    kinds = defaultdict(list)
    for one, text in zip(held, mixed, strict=True):
        for kind in page_kinds(one.gold, one.page):
            kinds[kind].append(word_f1(one.gold, text))
    for kind, scores in sorted(kinds.items()):
        print(f"word F1 of {len(scores):4} pages {kind:28} {np.mean(scores):.4f}  with pages handed over", flush=True)


if __name__ == "__main__":
    main()
