"""How well pages are read: the article-extraction benchmark and the article pages of WCXB.

Both are scored as their own benchmarks define it: the first by shingles of four words (the mean over pages of
precision and of recall, each page normalised, and their harmonic mean), the second by the words of a page as a bag
(the mean over pages of F1). A title, an author or a date counts as right when it equals the one given, letters only,
whatever its case; of those given.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from storydesk.errors import UnreadableFile
from storydesk.language import detect
from storydesk.model import Item
from storydesk.read import read_document
from storydesk.read.blocks import reading_by

__all__ = [
    "FOLDS",
    "benchmark",
    "fold_weights",
    "measure",
    "page_kinds",
    "shingle_figures",
    "site",
    "site_fold",
    "wcxb",
    "word_f1",
]

NOW = datetime(2027, 1, 1, tzinfo=UTC)
"""After all pages of both sets, so that a date is refused only by what the page says."""

WORD = re.compile(r"\w+")
SHINGLE = 4
FOLDS = 5

COMMENTS = re.compile(r"""(?:id|class)=["'][^"']*\bcomment-?(?:list|body|content|author)""", re.I)

Page = tuple[dict[str, Any], bytes]


def measure(data: Path) -> list[tuple[str, float]]:
    """The figures, by name, for the data under ``data``; a set that is missing there is left out.

    The network was trained on these pages. The figures for "sites held out" are those of the same network, trained five
    times on four fifths of the sites, on the fifth that it never saw.
    """
    figures: list[tuple[str, float]] = []
    slowest = 0.0
    articles = data / "reading" / "article-extraction-benchmark"
    if articles.is_dir():
        pages = list(benchmark(articles))
        for which, read in READERS.items():
            found, seconds = _texts(pages, read)
            slowest = max(slowest, seconds) if read is _ours else slowest
            golds = [truth["articleBody"] for truth, _ in pages]
            figures += [(name + which, value) for name, value in shingle_figures(list(zip(golds, found, strict=True)))]
    folder = data / "reading" / "wcxb-articles-dev"
    if folder.is_dir():
        pages = list(wcxb(folder))
        for which, read in READERS.items():
            found, seconds = _texts(pages, read)
            slowest = max(slowest, seconds) if read is _ours else slowest
            scores = [word_f1(truth["text"] or "", text) for (truth, _), text in zip(pages, found, strict=True)]
            figures.append(("reading/wcxb-word-f1" + which, fmean(scores)))
        figures += _fields([(truth, _read(html, truth["url"])) for truth, html in pages])
    return [*figures, ("reading/seconds for the slowest page", slowest)]


def _texts(pages: list[Page], read: Callable[[bytes, str | None], str]) -> tuple[list[str], float]:
    """What a reader finds on each page, and the seconds that the slowest took."""
    found, slowest = [], 0.0
    for truth, html in pages:
        start = time.perf_counter()
        found.append(read(html, truth["url"]))
        slowest = max(slowest, time.perf_counter() - start)
    return found, slowest


def _read(html: bytes, url: str | None) -> Item:
    try:
        return read_document(html, now=NOW, url=url, content_type="text/html")
    except UnreadableFile:
        return Item(id="unread", text="")


def _ours(html: bytes, url: str | None) -> str:
    return _read(html, url).text


def _held_out(html: bytes, url: str | None) -> str:
    """What a network reads that saw no page of the site."""
    with reading_by(fold_weights(site_fold(site(url)))):
        return _ours(html, url)


def _trafilatura(html: bytes, _: str | None) -> str:
    return trafilatura.extract(html, include_comments=False) or ""


def _trafilatura_fast(html: bytes, _: str | None) -> str:
    return trafilatura.extract(html, include_comments=False, fast=True) or ""


READERS: dict[str, Callable[[bytes, str | None], str]] = {
    "": _ours,
    ", sites held out": _held_out,
    ", trafilatura": _trafilatura,
    ", trafilatura fast": _trafilatura_fast,
}


def site(url: str | None) -> str:
    """The site of an address: what folds are made by, so that two pages of one site are in one."""
    parts = (urlsplit(url or "").hostname or str(url)).split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 else parts[-2:])


def site_fold(site: str) -> int:
    """The fold of a site, by its digest."""
    return sha256(site.encode()).digest()[0] % FOLDS


def fold_weights(fold: int) -> Path:
    """The weights of the network that saw no page of a fold's sites."""
    return Path(__file__).with_name("folds") / f"reading-{fold}.npz"


def benchmark(folder: Path) -> Iterator[Page]:
    """The pages of the article-extraction benchmark, each with what is true of it."""
    for key, truth in json.loads((folder / "ground-truth.json").read_text()).items():
        yield truth, gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())


def wcxb(folder: Path) -> Iterator[Page]:
    """The pages of WCXB, each with what is true of it."""
    with gzip.open(folder / "truth.jsonl.gz") as lines:
        for truth in map(json.loads, lines):
            yield truth, gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())


def shingle_figures(pairs: list[tuple[str, str]]) -> list[tuple[str, float]]:
    """Precision, recall and F1 as ``evaluate.py`` of the article-extraction benchmark defines them."""
    precisions, recalls = [], []
    for expected, found in pairs:
        true, given = _grams(expected), _grams(found)
        shared = (true & given).total()
        if given:
            precisions.append(shared / given.total())
        if true:
            recalls.append(shared / true.total())
    precision, recall = fmean(precisions), fmean(recalls)
    return [
        ("reading/aeb-precision", precision),
        ("reading/aeb-recall", recall),
        ("reading/aeb-f1", 2 * precision * recall / (precision + recall)),
    ]


def _grams(text: str) -> Counter[tuple[str, ...]]:
    """Shingles of four words, or the whole where there are fewer."""
    words = WORD.findall(text)
    found = (tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(shingle for shingle in found if shingle)


def _fields(pairs: list[tuple[dict[str, Any], Item]]) -> list[tuple[str, float]]:
    """The share of the given titles, authors and dates that are
    exact."""
    checks: tuple[tuple[str, str, Callable[[Item], str | None]], ...] = (
        ("title", "title", lambda item: item.title),
        ("author", "author", lambda item: item.author),
        ("date", "published", lambda item: item.published.date().isoformat() if item.published else None),
    )
    figures = []
    for name, key, of in checks:
        right = [_letters(truth[key]) == _letters(of(item)) for truth, item in pairs if truth.get(key)]
        figures.append((f"reading/wcxb-{name}", fmean(right)))
    return figures


def page_kinds(gold: str, page: str) -> list[str]:
    """The kinds that a page is of, by its gold text and its markup: what figures are told apart by."""
    words, lowered = len(gold.split()), page.lower()
    kinds = {
        "short (under 200 words)": words < 200,
        "long (over 2,000 words)": words > 2_000,
        "not in English": detect(gold) != "en",
        "with a table": "<table" in lowered,
        "with readers' comments": bool(COMMENTS.search(page)),
        "in question and answer or list": gold.count("\n") > words / 12,
    }
    return [kind for kind, holds in kinds.items() if holds] or ["of no such kind"]


def word_f1(expected: str, found: str) -> float:
    """The F1 of the words as a bag, as WCXB's ``evaluate.py`` defines it."""
    true, given = Counter(WORD.findall(expected.lower())), Counter(WORD.findall(found.lower()))
    if not true or not given:
        return float(true == given)
    shared = (true & given).total()
    return 2 * shared / (true.total() + given.total())


def _letters(text: str | None) -> str:
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


if __name__ == "__main__":
    for name, value in measure(Path(sys.argv[1])):
        print(f"{name:24} {value:.4f}")
