"""How well plain text is read, as crawlers leave it: real pages with known text, printed in six styles.

Each page of both reading sets is printed in the style that its id draws (:mod:`eval.crawled`) and read as plain text,
by a network that saw no page of its site. Word F1 is WCXB's own. A title counts where the text has it as a line,
letters only; an author where the text has the name; a date of those given. Comments are known by the page's own markup.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

import justext
from justext.core import classify_paragraphs, revise_paragraph_classification
from justext.paragraph import Paragraph

from eval.crawled import STYLES, WORD, Line, Style, by_gold, lines, style
from eval.reading import benchmark, site, site_fold, wcxb, word_f1
from storydesk.model import Item
from storydesk.read.plain import read_plain
from storydesk.read.plain.network import plain_reading_by

__all__ = ["Page", "fold_weights", "measure", "pages"]

NOW = datetime(2027, 1, 1, tzinfo=UTC)

MOST_GOLD = 0.3
"""Share of gold words in what the markup calls comments from which the markup is not believed."""

LEAST_POSTS = 30
"""Words of readers from which a page counts as one with comments."""

HALF = 0.5

SEEDS = (
    ("000_ec833181e77a72a6.txt", "Secretary of State Antony Blinken met", "shared stake in the region.”", 13, 0),
    ("003_fed4981eb2cd7fd5.txt", "On May 19th", "ties between Moscow and Washington.", 18, 10),
)
"""The two pages the design starts from: how the body opens and closes, its paragraphs, and the comments."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as printed in a style, with what is true of it."""

    set: str
    site: str
    style: Style
    gold: str
    truth: dict[str, Any]
    lines: list[Line]

    @property
    def text(self) -> str:
        """The page as one text."""
        return "\n".join(line.text for line in self.lines)


def pages(data: Path, styles: Callable[[str], Sequence[Style]] = lambda page: [style(page)]) -> list[Page]:
    """All pages of both sets under ``data``, each printed in the styles that its id is given."""
    reading = data / "reading"
    given = [("aeb", truth, html) for truth, html in benchmark(reading / "article-extraction-benchmark")]
    given += [("wcxb", truth, html) for truth, html in wcxb(reading / "wcxb-articles-dev")]
    found = []
    for which, truth, html in given:
        gold = truth["articleBody"] if which == "aeb" else truth["text"] or ""
        for how in styles(truth["url"] or gold):
            printed = _believed(lines(html, how), gold)
            found.append(Page(which, site(truth["url"]), how, gold, truth, printed))
    return found


def fold_weights(fold: int) -> Path:
    """The weights of the network that saw no page of a fold's sites."""
    return Path(__file__).with_name("folds") / f"plain-{fold}.npz"


def _believed(printed: list[Line], gold: str) -> list[Line]:
    """The lines without their marks as comments where the markup calls the article so."""
    shares = by_gold([line.text for line in printed], gold)
    words = [len(line.text.split()) * bool(line.comment) for line in printed]
    among = sum(count * share for count, share in zip(words, shares, strict=True))
    if among > MOST_GOLD * sum(words):
        return [Line(line.text) for line in printed]
    return printed


def measure(data: Path) -> list[tuple[str, float]]:
    """The figures, by name."""
    if not (data / "reading" / "wcxb-articles-dev").is_dir():
        return []
    printed = pages(data)
    figures: list[tuple[str, float]] = []
    items: list[Item] = []
    slowest = 0.0
    for page in printed:
        start = time.perf_counter()
        with plain_reading_by(fold_weights(site_fold(page.site))):
            items.append(read_plain(page.text, now=NOW, url=page.truth["url"]))
        slowest = max(slowest, time.perf_counter() - start)
    figures += _bodies(printed, "", [item.text for item in items])
    for name, read in BASELINES.items():
        figures += _bodies(printed, f", {name}", [read(page) for page in printed])[:2]
    figures += _fields(printed, items)
    figures += _comments(printed, items)
    figures.append(("plain/seeds told apart", fmean(_seed(data / "seeds", *one) for one in SEEDS)))
    return [*figures, ("plain/seconds for the slowest page", slowest)]


def _bodies(printed: Sequence[Page], which: str, texts: Sequence[str]) -> list[tuple[str, float]]:
    """Word F1, by set and by style."""
    scores = [word_f1(page.gold, text) for page, text in zip(printed, texts, strict=True)]
    sets = {page.set: None for page in printed}
    figures = [
        (f"plain/{name}-word-f1{which}", fmean(s for s, page in zip(scores, printed, strict=True) if page.set == name))
        for name in sets
    ]
    for how in STYLES:
        some = [score for score, page in zip(scores, printed, strict=True) if page.style == how]
        figures.append((f"plain/word-f1 of {how}{which}", fmean(some)))
    return figures


def _everything(page: Page) -> str:
    return page.text


def _justext(page: Page) -> str:
    """jusText's classifier on the lines, with its own defaults."""
    paragraphs = []
    for line in page.lines:
        if line.text.strip():
            paragraph = Paragraph(_AsPath())
            paragraph.append_text(line.text.strip())
            paragraphs.append(paragraph)
    classify_paragraphs(paragraphs, justext.get_stoplist("English"))
    revise_paragraph_classification(paragraphs, 200)
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


class _AsPath:
    """What jusText asks of the place of a paragraph."""

    dom = "body.p"
    xpath = "/html/body/p"


def _best(page: Page) -> str:
    """The best choice of lines that there is: those of which half is gold."""
    shares = by_gold([line.text for line in page.lines], page.gold)
    return "\n".join(line.text for line, share in zip(page.lines, shares, strict=True) if share >= HALF)


BASELINES: dict[str, Callable[[Page], str]] = {
    "all of the text": _everything,
    "jusText on its lines": _justext,
    "the best choice of lines": _best,
}


def _fields(printed: Sequence[Page], items: Sequence[Item]) -> list[tuple[str, float]]:
    """The share of titles, authors and dates that are exact, of those that the text can tell."""
    titles, authors, dates = [], [], []
    for page, item in zip(printed, items, strict=True):
        if page.set != "wcxb":
            continue
        title, author, day = (page.truth.get(name) for name in ("title", "author", "published"))
        if title and any(_letters(title) == _letters(line.text) for line in page.lines):
            titles.append(_letters(item.title) == _letters(title))
        if author and _letters(author) in _letters(page.text):
            authors.append(_letters(item.author) == _letters(author))
        if day:
            dates.append(item.published is not None and item.published.date().isoformat() == day)
    return [
        ("plain/wcxb-title, where a line has it", fmean(titles)),
        ("plain/wcxb-author, where the text has it", fmean(authors)),
        ("plain/wcxb-date, of those given", fmean(dates)),
    ]


def _comments(printed: Sequence[Page], items: Sequence[Item]) -> list[tuple[str, float]]:
    """What became of readers' words, over the pages that have some; and pages without that were given some."""
    leaked, found, invented = [], [], []
    for page, item in zip(printed, items, strict=True):
        posts = _words("\n".join(line.text for line in page.lines if line.comment == 2))
        said = _words("\n".join(comment.text for comment in item.comments))
        if posts.total() >= LEAST_POSTS:
            spare = _words(item.text) - _words(page.gold)
            leaked.append((posts & spare).total() / posts.total())
            found.append((posts & said).total() / posts.total())
        elif not any(line.comment for line in page.lines):
            invented.append((_words(page.gold) & said).total() >= LEAST_POSTS)
    return [
        ("plain/pages with comments", float(len(leaked))),
        ("plain/share of readers' words kept out of the body", 1 - fmean(leaked)),
        ("plain/share of readers' words found", fmean(found)),
        ("plain/pages whose article is taken for comments", fmean(invented)),
    ]


def _seed(folder: Path, name: str, opening: str, ending: str, paragraphs: int, comments: int) -> bool:
    item = read_plain((folder / name).read_text("utf-8"), now=NOW)
    body = item.text.split("\n\n")
    whole = body[0].startswith(opening) and body[-1].endswith(ending)
    return whole and len(body) == paragraphs and len(item.comments) == comments


def _words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))


def _letters(text: str | None) -> str:
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


if __name__ == "__main__":
    for name, value in measure(Path(sys.argv[1])):
        print(f"{name:56} {value:.4f}")
