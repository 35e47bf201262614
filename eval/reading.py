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
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from storydesk.errors import UnreadableFile
from storydesk.model import Item
from storydesk.read import read_document

__all__ = ["measure"]

NOW = datetime(2027, 1, 1, tzinfo=UTC)
"""After all pages of both sets, so that a date is refused only by what the page says."""

WORD = re.compile(r"\w+")
SHINGLE = 4

Page = tuple[dict[str, Any], bytes]


def measure(data: Path) -> list[tuple[str, float]]:
    """The figures, by name, for the data under ``data``; a set that is missing there is left out."""
    figures: list[tuple[str, float]] = []
    benchmark = data / "reading" / "article-extraction-benchmark"
    if benchmark.is_dir():
        figures += _shingles(
            [(truth["articleBody"], _read(html, truth["url"]).text) for truth, html in _benchmark(benchmark)]
        )
    pages = data / "reading" / "wcxb-articles-dev"
    if pages.is_dir():
        figures += _fields([(truth, _read(html, truth["url"])) for truth, html in _wcxb(pages)])
    return figures


def _read(html: bytes, url: str | None) -> Item:
    try:
        return read_document(html, now=NOW, url=url, content_type="text/html")
    except UnreadableFile:
        return Item(id="unread", text="")


def _benchmark(folder: Path) -> Iterator[Page]:
    for key, truth in json.loads((folder / "ground-truth.json").read_text()).items():
        yield truth, gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())


def _wcxb(folder: Path) -> Iterator[Page]:
    with gzip.open(folder / "truth.jsonl.gz") as lines:
        for truth in map(json.loads, lines):
            yield truth, gzip.decompress((folder / "html" / f"{truth['id']}.html.gz").read_bytes())


def _shingles(pairs: list[tuple[str, str]]) -> list[tuple[str, float]]:
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
    """Word F1 as WCXB's ``evaluate.py`` defines it, and the share of the given titles, authors and dates that are
    exact."""
    checks: tuple[tuple[str, str, Callable[[Item], str | None]], ...] = (
        ("title", "title", lambda item: item.title),
        ("author", "author", lambda item: item.author),
        ("date", "published", lambda item: item.published.date().isoformat() if item.published else None),
    )
    figures = [("reading/wcxb-word-f1", fmean(_word_f1(truth["text"] or "", item.text) for truth, item in pairs))]
    for name, key, of in checks:
        right = [_letters(truth[key]) == _letters(of(item)) for truth, item in pairs if truth.get(key)]
        figures.append((f"reading/wcxb-{name}", fmean(right)))
    return figures


def _word_f1(expected: str, found: str) -> float:
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
