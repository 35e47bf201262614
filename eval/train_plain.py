"""Trains the classifier of blocks that reads plain text: ``python -m eval.train_plain DATA``.

Needs PyTorch (the extra ``train``), which nothing else does. It learns from real pages printed in every style of
:mod:`eval.crawled`. A block is article by the share of its words that lie in runs of the page's gold text, comment by
the page's markup. Pages are also shown with a part of them taken out, and with the comments of another page of the same
fifth of the sites. ``--folds`` trains on four fifths of the sites, five times, and writes those weights: for figures on
sites never seen.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from eval.crawled import STYLES, Line, by_gold
from eval.plain import Page, fold_weights, pages
from eval.reading import FOLDS, site_fold
from storydesk.read.plain.lines import Block, blocks, split
from storydesk.read.plain.network import KINDS, REACH, WEIGHTS
from storydesk.read.plain.segments import told
from storydesk.read.plain.signs import Signs, signs

__all__ = ["main"]

SEED = 7
ALTERED = 4
"""Altered versions of each page, beside one in each style."""

SITES_OF_WORDS = 12
"""Sites on which a word must be met to be kept."""

MOST_BLOCKS = 1_500
"""Blocks of a page that are learned from."""


@dataclass(slots=True)
class Version:
    """One page in one style: its signs and, by block, how much of it is other, article, comment, and whether it is the
    headline; ``titled`` says whether the headline is known."""

    signs: Signs
    kinds: NDArray[np.float32]
    title: NDArray[np.float32]
    titled: bool
    altered: bool


@dataclass(slots=True)
class Sample:
    """All versions of one page."""

    site: str
    versions: list[Version] = field(default_factory=list)


class Inputs(NamedTuple):
    """One version as tensors."""

    figures: Tensor
    words: tuple[Tensor, Tensor]
    counts: Tensor
    lengths: Tensor
    kinds: Tensor
    title: Tensor
    weights: Tensor
    titled: bool


class Settings(NamedTuple):
    """How the network is shaped and trained."""

    epochs: int = 7
    rate: float = 3e-3
    words: int = 8
    hidden: int = 40
    layers: int = 3
    dropout: float = 0.25
    forget: float = 0.3
    noise: float = 0.1
    decay: float = 1e-2
    batch: int = 8
    shown: int = 2
    title: float = 0.3


# ------------------------------------------------------------------------------------------------ pages to samples


def _letters(text: str | None) -> str:
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


def version(page: Page, lines: Sequence[Line], altered: bool) -> Version | None:
    """Lines of a page as they are learned from; ``None`` where they have no block."""
    found = blocks(split("\n".join(line.text for line in lines)))[:MOST_BLOCKS]
    if not found:
        return None
    shares = np.array(by_gold([block.text for block in found], page.gold), np.float32)
    comment = np.array([_of_readers(block, lines) for block in found], np.float32)
    kinds = np.stack([(1 - shares) * (1 - comment), shares * (1 - comment), comment], 1)
    headline = _letters(page.truth.get("title"))
    title = np.array([bool(headline) and _letters(block.text) == headline for block in found], np.float32)
    return Version(signs(found, *told(found)), kinds, title, page.set == "wcxb", altered)


def _of_readers(block: Block, lines: Sequence[Line]) -> bool:
    return sum(lines[line.index].comment > 0 for line in block.lines) * 2 > len(block.lines)


def altered(page: Page, others: Sequence[Page], chance: random.Random) -> list[Line]:
    """The page with a stretch of what is not article, and perhaps of the article, taken out; and perhaps another page's
    comments under the article."""
    lines = list(page.lines)
    shares = by_gold([line.text for line in lines], page.gold)
    article = [at for at, share in enumerate(shares) if share > 0.5]
    gone: set[int] = set()
    if article and chance.random() < 0.6:
        kept = chance.choice((0, 0, chance.randrange(12), 30))
        gone |= {at for at in range(len(lines)) if at < article[0] - kept}
        kept = chance.choice((0, chance.randrange(12), 40, len(lines)))
        gone |= {at for at in range(len(lines)) if at > article[-1] + kept}
    if len(article) > 6 and chance.random() < 0.5:
        stay = max(3, int(len(article) ** chance.random()))
        first = chance.choice((0, chance.randrange(len(article) - stay + 1)))
        gone |= set(article[:first] + article[first + stay :])
    under: list[Line] = []
    if article and others and chance.random() < 0.6:
        thread = [line for line in chance.choice(others).lines if line.comment]
        start = chance.randrange(max(1, len(thread) - 5))
        under = thread[start : start + chance.randrange(5, 60)]
        if chance.random() < 0.4:
            under = [line for line in under if line.comment == 2]
    after = article[-1] if article else -1
    found: list[Line] = []
    for at, line in enumerate(lines):
        if at not in gone:
            found.append(line)
        if at == after:
            found += under
    return found


def samples(data: Path) -> list[Sample]:
    """All pages of both sets."""
    printed = pages(data, lambda _: STYLES)
    threads = defaultdict(list)
    for page in printed:
        if sum(line.comment == 2 for line in page.lines) > 5:
            threads[site_fold(page.site), page.style].append(page)
    by_page: dict[str, list[Page]] = defaultdict(list)
    for page in printed:
        by_page[page.set + (page.truth["url"] or page.gold)].append(page)
    given = [(some, [threads[site_fold(some[0].site), page.style] for page in some]) for some in by_page.values()]
    with ProcessPoolExecutor(2) as pool:
        return [one for one in pool.map(_sample, given, chunksize=16) if one.versions]


def _sample(given: tuple[list[Page], list[list[Page]]]) -> Sample:
    some, threads = given
    chance = random.Random(some[0].gold)
    found = [version(page, page.lines, False) for page in some]
    for at in chance.sample(range(len(some)), min(ALTERED, len(some))):
        found.append(version(some[at], altered(some[at], threads[at], chance), True))
    return Sample(some[0].site, [one for one in found if one])


# ------------------------------------------------------------------------------------------------ the network


class Vocabulary(NamedTuple):
    """What the figures are scaled by, and the numbers of words, from 1."""

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    words: dict[str, int]


def vocabulary(train: Sequence[Sample]) -> Vocabulary:
    """What the training pages have in common, site by site."""
    figures = np.concatenate([one.signs.figures for page in train for one in page.versions])
    sites = defaultdict(set)
    for page in train:
        for bag in page.versions[-1].signs.words + page.versions[0].signs.words:
            for word in bag:
                sites[word].add(page.site)
    kept = sorted(word for word, on in sites.items() if len(on) >= SITES_OF_WORDS and not word.isdigit())
    return Vocabulary(figures.mean(0), figures.std(0) + 1e-2, {word: at for at, word in enumerate(kept, 1)})


def _inputs(one: Version, known: Vocabulary) -> Inputs:
    found = one.signs
    flat: list[int] = []
    starts = []
    for bag in found.words:
        starts.append(len(flat))
        flat += [known.words[word] for word in bag if word in known.words]
    lengths = np.minimum(found.lengths, 300)
    root = lengths**0.5
    weights = 0.6 * lengths / lengths.sum() + 0.4 * root / root.sum()
    return Inputs(
        torch.tensor((found.figures - known.mean) / known.scale).clamp(-4, 4),
        (torch.tensor(flat, dtype=torch.long), torch.tensor(starts, dtype=torch.long)),
        torch.tensor([max(4.0, len(words)) for words in found.words]),
        torch.tensor(np.log1p(found.lengths) + 0.1, dtype=torch.float32),
        torch.tensor(one.kinds),
        torch.tensor(one.title),
        torch.tensor(weights, dtype=torch.float32),
        one.titled,
    )


class Network(nn.Module):  # type: ignore[misc]
    """What ``storydesk.read.plain.network`` computes, with dropout."""

    def __init__(self, known: Vocabulary, settings: Settings) -> None:
        super().__init__()
        self.words = nn.EmbeddingBag(len(known.words) + 1, settings.words, mode="sum", padding_idx=0)
        nn.init.normal_(self.words.weight, 0, 0.02)
        with torch.no_grad():
            self.words.weight[0] = 0
        self.first = nn.Linear(len(known.mean) + settings.words, settings.hidden)
        seen = (2 * len(REACH) + 4) * settings.hidden
        self.layers = nn.ModuleList(nn.Linear(seen, settings.hidden) for _ in range(settings.layers))
        self.last = nn.Linear(settings.hidden, len(KINDS) + 1)
        self.settings = settings

    def forward(self, page: Inputs) -> Tensor:
        """The log odds of each block's kinds, and of its being the headline. In training, words are forgotten."""
        drop = self.settings.dropout if self.training else 0.0
        numbers, starts = page.words
        figures = page.figures
        if self.training:
            numbers = numbers.masked_fill(torch.rand(len(numbers)) < self.settings.forget, 0)
            figures = figures + torch.randn_like(figures) * self.settings.noise
        words = self.words(numbers, starts) / page.counts[:, None]
        state = torch.relu(self.first(nn.functional.dropout(torch.cat([figures, words], 1), drop * 0.6)))
        for layer in self.layers:
            seen = torch.cat([state, *_near(state), *_means(state, page.lengths)], 1)
            state = state + torch.relu(layer(nn.functional.dropout(seen, drop)))
        out: Tensor = self.last(nn.functional.dropout(state, drop))
        return out


def _near(state: Tensor) -> list[Tensor]:
    wide = max(REACH)
    none = torch.zeros(wide, state.shape[1])
    padded, count = torch.cat([none, state, none]), len(state)
    return [padded[wide + step : wide + step + count] for reach in REACH for step in (-reach, reach)]


def _means(state: Tensor, lengths: Tensor) -> list[Tensor]:
    """The means of all above, of all below, and of the page."""
    weight = lengths[:, None]
    sums, weights = torch.cumsum(state * weight, 0), torch.cumsum(weight, 0)
    total, all_weights = sums[-1:], weights[-1:]
    below = (total - sums) / (all_weights - weights + 1e-3)
    return [sums / weights, below, (total / all_weights).expand_as(state)]


def train(given: Sequence[Sample], settings: Settings) -> tuple[Network, Vocabulary]:
    """A network that learned from the pages."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    random.seed(SEED)
    known = vocabulary(given)
    data = [[_inputs(one, known) for one in page.versions] for page in given]
    network = Network(known, settings)
    steps = settings.epochs * -(-len(data) * settings.shown // settings.batch)
    optimiser = torch.optim.AdamW(network.parameters(), settings.rate, weight_decay=settings.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, total_steps=steps + 1)
    for epoch in range(settings.epochs):
        shown = [one for versions in data for one in random.sample(versions, min(settings.shown, len(versions)))]
        random.shuffle(shown)
        lost = 0.0
        for start in range(0, len(shown), settings.batch):
            optimiser.zero_grad()
            batch = shown[start : start + settings.batch]
            for page in batch:
                loss = _loss(network(page), page, settings) / len(batch)
                loss.backward()
                lost += float(loss)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: {lost * settings.batch / len(shown):.4f}", flush=True)
    return network.eval(), known


def _loss(out: Tensor, page: Inputs, settings: Settings) -> Tensor:
    kinds = -(torch.log_softmax(out[:, : len(KINDS)], 1) * page.kinds).sum(1)
    loss: Tensor = (kinds * page.weights).sum()
    if page.titled:
        # The odds of the headlines among all blocks, and the choice that there is none.
        odds = torch.cat([out[:, len(KINDS)], torch.zeros(1)])
        right = torch.cat([page.title, (page.title.sum() == 0).float()[None]]) > 0
        loss = loss - settings.title * torch.logsumexp(torch.log_softmax(odds, 0)[right], 0)
    return loss


def save(network: Network, known: Vocabulary, file: Path) -> None:
    """Writes the arrays, in halves of the usual precision."""
    arrays = {name: value.numpy().astype(np.float16) for name, value in network.state_dict().items()}
    file.parent.mkdir(exist_ok=True)
    np.savez_compressed(file, mean=known.mean, scale=known.scale, word_names=np.array(list(known.words)), **arrays)


def _fold(given: tuple[Path, int, Settings]) -> int:
    cache, fold, settings = given
    held: list[Sample] = pickle.loads(cache.read_bytes())
    save(*train([one for one in held if site_fold(one.site) != fold], settings), fold_weights(fold))
    return fold


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_plain", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", action="store_true", help="write the weights of sites held out")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights are written")
    parser.add_argument("--cache", type=Path, help="where the pages are kept between runs")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="settings of training")
    given = parser.parse_args()
    changes = {name: type(getattr(Settings(), name))(value) for name, value in (one.split("=") for one in given.set)}
    settings = Settings()._replace(**changes)
    cache = given.cache or Path(tempfile.gettempdir()) / "storydesk-plain.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(samples(given.data)))
    if given.folds:
        with ProcessPoolExecutor(2) as pool:
            for fold in pool.map(_fold, [(cache, fold, settings) for fold in range(FOLDS)]):
                print(f"wrote {fold_weights(fold)}")
        return
    save(*train(pickle.loads(cache.read_bytes()), settings), given.out)
    print(f"wrote {given.out}, {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
