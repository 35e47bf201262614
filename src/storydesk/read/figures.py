"""The figures of blocks: what holds of a block in any language and on any site, as one column each.

How long a text is, how much of it is links, where it stands, how much prose its enclosing elements hold, how many look
alike, how alike it is to the headline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from storydesk.read.layout import Floats, Ints, Layout
from storydesk.read.outline import KINDS

__all__ = ["HEAD", "WORD", "Declared", "figures"]

LEVELS = 5
"""Enclosing elements whose contents are measured."""

SHARES = np.array([0.4, 0.6, 0.85])
"""Shares of the page's prose; the smallest element that holds so much is a guess at the article's own."""

HEAD = 80
"""Characters of a block that are compared."""

SAMPLED = 4_000
"""Characters of a block whose kinds are counted."""

WORD = re.compile(r"[^\W\d_]+|\d+|[©@→»›|]")
TAGS = (
    *("p", "h1", "h2", "h3", "h4 h5 h6", "li", "td th", "div", "blockquote", "pre", "figcaption caption"),
    *("section article main", "dt dd", "header footer nav aside", "button summary legend"),
)
TAG = {tag: kind for kind, tags in enumerate(TAGS) for tag in tags.split()}
BITS = np.arange(len(KINDS))
ANYWHERE = np.array([KINDS.index(tags) for tags in ("a", "h1 h2 h3 h4 h5 h6", "strong b", "em i cite", "time")])
"""Bits that are also asked of any part of a block, not only of its enclosing element."""

LETTERS = 12
"""Kinds of character that are counted: other, space, capital, letter, digit, and the groups of :data:`SIGNS`."""

SIGNS = (".…。", ",;:、", "!?", "\"“”„«»‘’'", "|•·›→/<>", "()[]", "-–—")
HIGHEST = 0x3100
ENDS = frozenset(".!?…\"”»“)。'’")

Declared = tuple[str, str, str]
"""What a page declares: its headline, its description, the text in its JSON-LD; each perhaps empty."""


def figures(page: Layout, words: list[list[str]], looks: Ints, declared: Declared) -> NDArray[np.float32]:
    """The figures (n, f). ``words`` are those of each block that are looked up, ``looks`` number blocks that look
    alike."""
    columns = np.concatenate(
        [
            *_of_text(page),
            *_of_place(page),
            *_of_enclosing(page),
            *_of_container(page),
            *_of_look(page, looks),
            *_of_repeats(page),
            *_of_headline(page, words, declared),
        ],
        dtype=np.float32,
    )
    return np.concatenate([columns.reshape(-1, len(words)).T, *_of_tags(page)], 1)


def _table() -> NDArray[np.uint8]:
    """The kind of each character below :data:`HIGHEST`."""
    letters = map(chr, range(HIGHEST))
    kinds = [1 if c.isspace() else 2 if c.isupper() else 3 if c.isalpha() else 4 if c.isdigit() else 0 for c in letters]
    for kind, signs in enumerate(SIGNS, 5):
        for sign in signs:
            kinds[ord(sign)] = kind
    return np.array(kinds, np.uint8)


TABLE = _table()


def _of_text(page: Layout) -> Iterator[Floats]:
    """How long it is, how much of it is links, capitals, digits and the like, how it begins and ends."""
    count = len(page.texts)
    letters = "".join([text[:SAMPLED] for text in page.texts]).encode("utf-32-le", "surrogatepass")
    kinds = TABLE.take(np.frombuffer(letters, np.uint32), mode="clip")
    sampled = np.minimum(page.chars, SAMPLED).astype(int)
    rows = np.repeat(np.arange(0, count * LETTERS, LETTERS), sampled)
    shares = np.bincount(rows + kinds, minlength=count * LETTERS).reshape(count, LETTERS)
    yield np.log1p(page.words)
    yield np.log1p(page.chars)
    yield page.linked / page.chars
    yield np.log1p([block.links for block in page.blocks])
    yield np.minimum([block.strong for block in page.blocks] / page.chars, 1)
    yield page.chars / page.words / 10
    yield np.array([text[-1] in ENDS for text in page.texts], float)
    yield np.array([text[0].isupper() for text in page.texts], float)
    yield np.array([text[0].islower() for text in page.texts], float)
    yield (shares / sampled[:, None]).T.reshape(-1)


def _before(values: Floats) -> Floats:
    """The sums of what stands before each place, and of all at the end: one longer than the values."""
    return np.concatenate([[0.0], values.cumsum()])


def _of_place(page: Layout) -> Iterator[Floats]:
    """Where on the page it stands, by blocks, by words and by prose, and how large the page is."""
    count = len(page.texts)
    at = np.arange(count)
    words, prose = _before(page.words), _before(page.prose)
    yield at / count
    yield (count - 1 - at) / count
    yield np.log1p(at)
    yield np.log1p(count - 1 - at)
    yield words[:-1] / max(words[-1], 1)
    yield prose[:-1] / max(prose[-1], 1)
    yield from (np.full(count, np.log1p(total)) for total in (words[-1], prose[-1], count))
    yield page.depth[page.element] / 20
    is_prose = page.prose > 0
    last = np.maximum.accumulate(np.concatenate([[-1000], np.where(is_prose, at, -1000)[:-1]]))
    following = np.concatenate([np.where(is_prose, at, 100_000)[1:], [100_000]])
    yield 1 / (at - last)
    yield 1 / (np.minimum.accumulate(following[::-1])[::-1] - at)


def _of_enclosing(page: Layout) -> Iterator[Floats]:
    """What the enclosing elements hold, from the innermost outwards: words, links, share of the page's prose."""
    count = len(page.texts)
    sums = np.zeros((5, count + 1))
    np.cumsum([page.words, page.linked, page.chars, page.prose, np.ones(count)], 1, out=sums[:, 1:])
    all_prose = max(float(page.prose.sum()), 1)
    within = page.chains.T[:LEVELS]
    words, linked, chars, prose, blocks = sums[:, page.after[within]] - sums[:, page.first[within]]
    held = (
        np.log1p(words),
        linked / np.maximum(chars, 1),
        prose / all_prose,
        prose / np.maximum(words, 1),
        np.log1p(blocks),
        words / np.maximum(blocks, 1) / 50,
    )
    yield np.stack(held, 1).reshape(-1)
    shares = (sums[3][page.after] - sums[3][page.first]) / all_prose
    mains = np.where(shares >= SHARES[:, None], page.depth, -1).argmax(1)
    inside = page.within(mains)
    below = (page.depth[page.element] - page.depth[mains, None]) / 10
    yield np.stack([inside, below * inside], 1).reshape(-1)


def _of_container(page: Layout) -> Iterator[Floats]:
    """How much of the page's prose stands directly where it stands: under its parent, under its grandparent."""
    size, all_prose = len(page.parent), max(float(page.prose.sum()), 1)
    parent = page.parent[page.element]
    grandparent = page.parent[parent]
    by_parent = np.bincount(parent, page.prose, minlength=size) / all_prose
    by_grandparent = np.bincount(grandparent, page.prose, minlength=size) / all_prose
    yield by_parent[parent]
    yield by_parent[page.element]
    yield by_grandparent[grandparent]
    yield by_grandparent[parent]
    yield by_parent[grandparent]
    fullest = np.argmax(by_parent + 0.25 * by_grandparent, keepdims=True)
    yield page.within(fullest)[0]
    yield (parent == fullest).astype(float)


def _of_look(page: Layout, looks: Ints) -> Iterator[Floats]:
    """How much of the page looks the same: prose, blocks, links, and the usual length."""
    count = np.bincount(looks)
    prose, words, linked, chars = (
        np.bincount(looks, values) for values in (page.prose, page.words, page.linked, page.chars)
    )
    yield prose[looks] / max(float(page.prose.sum()), 1)
    yield np.log1p(count[looks])
    yield linked[looks] / chars[looks]
    yield words[looks] / count[looks] / 50


def _of_repeats(page: Layout) -> Iterator[Floats]:
    """Whether the enclosing elements are one of many alike beside each other, and the how manieth; how many articles
    and main headings have begun so far, and are on the page."""
    kinds = (page.parent[page.enclosing] * (int(page.look.max()) + 1) + page.look).tolist()
    begun: dict[int, int] = {}
    before = []
    for kind in kinds:
        before.append(begun.get(kind, 0))
        begun[kind] = before[-1] + 1
    many, rank = np.zeros(len(page.parent)), np.zeros(len(page.parent))
    many[page.enclosing] = [begun[kind] for kind in kinds]
    rank[page.enclosing] = before / many[page.enclosing]
    around = page.chains.T[:LEVELS]
    yield from chain.from_iterable(zip(np.log1p(many)[around], rank[around], strict=True))
    for tag in ("article", "h1"):
        columns = np.array([column for column, one in enumerate(page.outline.tags) if one == tag])
        yield np.log1p(np.searchsorted(columns, page.opened, "left"))
        yield np.full(len(page.texts), np.log1p(len(columns)))


def _of_headline(page: Layout, words: list[list[str]], declared: Declared) -> Iterator[Floats]:
    """How alike it is to the headline, the description and the declared text, and how it stands to the main heading."""
    headline, description, body = declared
    count, at = len(page.texts), np.arange(len(page.texts))
    title, described = set(WORD.findall(headline.lower())), set(WORD.findall(description.lower()))
    shared = [[len(told.intersection(some)) for some in words] for told in (title, described)]
    with_title, with_description = np.array(shared, float)
    own, times, tags = np.maximum([len(some) for some in words], 3), Counter(page.texts), page.outline.tags
    alike = with_title / own
    yield alike
    yield with_description / own
    yield np.log1p([times[text] - 1 for text in page.texts])
    yield np.array([text[:HEAD] in body for text in page.texts], float) if body else np.full(count, 0.5)
    main = np.array([tags[block.element] == "h1" for block in page.blocks])
    if not main.any():
        yield np.zeros(count)
        yield np.full(count, 0.5)
        return
    heading = int(np.argmax(np.where(main, alike + 0.1, 0)))
    yield np.clip((at - heading) / 50, -1, 1)
    yield (at > heading).astype(float)


def _of_tags(page: Layout) -> Iterator[NDArray[np.float32]]:
    """What it stands in, and what kind of element is around it; several columns each."""
    tags, inside = page.outline.tags, page.outline.inside
    columns = [(inside[block.element], block.inside, TAG.get(tags[block.element], len(TAGS))) for block in page.blocks]
    around, anywhere, kinds = np.array(columns).T
    yield ((around[:, None] >> BITS) & 1).astype(np.float32)
    yield ((anywhere[:, None] >> ANYWHERE) & 1).astype(np.float32)
    yield (kinds[:, None] == np.arange(len(TAGS) + 1)).astype(np.float32)
