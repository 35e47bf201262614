"""The figures of blocks: what holds of a block in any language and on any site, as one column each.

How long a text is, how much of it is links, where it stands, how much prose its enclosing elements hold, how many look
alike, how alike it is to the headline. (The types of the loops stand in ``figures.pxd``, by which they are compiled.)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from storydesk.read.layout import Floats, Ints, Layout
from storydesk.read.outline import KINDS, Block
from storydesk.read.words import HEAD, words_in

__all__ = ["COLUMNS", "Declared", "figures"]

AROUND = 5
"""Enclosing elements whose contents are measured."""

SHARES = (0.4, 0.6, 0.85)
"""Shares of the page's prose; the smallest element that holds so much is a guess at the article's own."""

SAMPLED = 4_000
"""Characters of a block whose kinds are counted."""

TAGS = (
    *("p", "h1", "h2", "h3", "h4 h5 h6", "li", "td th", "div", "blockquote", "pre", "figcaption caption"),
    *("section article main", "dt dd", "header footer nav aside", "button summary legend"),
)
TAG = {tag: kind for kind, tags in enumerate(TAGS) for tag in tags.split()}
ANYWHERE = ("a", "h1 h2 h3 h4 h5 h6", "strong b", "em i cite", "time")
ANYWHERE_BITS = bytes(KINDS.index(tags) for tags in ANYWHERE)
"""Bits that are also asked of any part of a block, not only of its enclosing element."""

SIGNS = (".…。", ",;:、", "!?", "\"“”„«»‘’'", "|•·›→/<>", "()[]", "-–—")
LETTERS = ("other", "space", "capital", "letter", "digit", *SIGNS)
"""Kinds of character that are counted."""

HIGHEST = 0x3100

IN_HEADLINE, IN_DESCRIPTION = 1, 2

ENDS = frozenset(".!?…\"”»“)。'’")

OF_TEXT = ("log words", "log characters", "links", "log links", "strong", "word length", "ends", "capital", "small")
OF_PLACE = (
    *("before", "behind", "log before", "log behind", "words before", "prose before", "log words", "log prose"),
    *("log blocks", "depth", "nearness of prose before", "nearness of prose behind"),
)
OF_ENCLOSING = ("log words", "links", "prose of the page's", "prose of its words", "log blocks", "words by block")
OF_CONTAINER = (
    *("its parent's prose", "its own", "its grandparent's", "its parent's as one", "its grandparent's as one"),
    *("in the fullest", "right in the fullest"),
)
OF_LOOK = ("prose", "log alike", "links", "words")
OF_REPEATS = ("log alike", "rank")
BEGUN = ("article", "h1")
OF_BEGUN = ("log begun", "log all")
OF_HEADLINE = ("headline", "description", "log repeats", "in declared text", "from heading", "below heading")
COLUMNS = (
    *OF_TEXT,
    *LETTERS,
    *OF_PLACE,
    *(OF_ENCLOSING * AROUND),
    *(("inside", "levels below") * len(SHARES)),
    *OF_CONTAINER,
    *OF_LOOK,
    *(OF_REPEATS * AROUND),
    *(OF_BEGUN * len(BEGUN)),
    *OF_HEADLINE,
    *KINDS,
    *ANYWHERE,
    *TAGS,
    "another tag",
)
"""What each column is, in order. Those that begin with "log" hold the logarithm of what was counted and one."""

LOGARITHMS = np.array([column for column, name in enumerate(COLUMNS) if name.startswith("log ")])

Declared = tuple[str, str, str]
"""What a page declares: its headline, its description, the text in its JSON-LD; each perhaps empty."""

Columns = NDArray[np.float32]


def figures(page: Layout, words: list[list[str]], declared: Declared) -> Columns:
    """The figures (n, f). ``words`` are those of each block that are looked up."""
    out = np.zeros((len(words), len(COLUMNS)), np.float32)
    sums = _sums(page.words, page.linked, page.chars, page.prose)
    column = _of_text(page.blocks, page.texts, page.words, page.chars, page.linked, out)
    column = _of_place(sums, page.depth, page.element, out, column)
    column = _of_enclosing(page.chains, page.first, page.after, sums, out, column)
    column = _of_mains(page, sums, out, column)
    column = _of_container(page, sums, out, column)
    column = _of_look(page.groups[2], sums, out, column)
    column = _of_repeats(page, out, column)
    column = _of_begun(page.outline.tags, page.opened, out, column)
    column = _of_headline(page, words, declared, out, column)
    _of_tags(page.blocks, page.outline.tags, page.outline.inside, out, column)
    out[:, LOGARITHMS] = np.log1p(out[:, LOGARITHMS])
    return out


def _table() -> bytes:
    """The kind of each character below :data:`HIGHEST`, by its place among :data:`LETTERS`."""
    letters = map(chr, range(HIGHEST))
    kinds = [1 if c.isspace() else 2 if c.isupper() else 3 if c.isalpha() else 4 if c.isdigit() else 0 for c in letters]
    for kind, signs in enumerate(SIGNS, 5):
        for sign in signs:
            kinds[ord(sign)] = kind
    return bytes(kinds)


TABLE = _table()


def _of_text(blocks: list[Block], texts: list[str], words: Floats, chars: Floats, linked: Floats, out: Columns) -> int:
    """How long it is, how much of it is links, capitals, digits and the like, how it begins and ends."""
    table = TABLE
    kinds = len(OF_TEXT)
    for at in range(len(blocks)):
        block, text = blocks[at], texts[at]
        length = chars[at]
        out[at, 0], out[at, 1], out[at, 2] = words[at], length, linked[at] / length
        out[at, 3] = block.links
        out[at, 4] = min(block.strong / length, 1)
        out[at, 5] = length / words[at] / 10
        out[at, 6], out[at, 7], out[at, 8] = text[-1] in ENDS, text[0].isupper(), text[0].islower()
        sampled = min(len(text), SAMPLED)
        for place in range(sampled):
            letter = ord(text[place])
            out[at, kinds + table[min(letter, HIGHEST - 1)]] += 1
        for column in range(kinds, kinds + len(LETTERS)):
            out[at, column] /= sampled
    return kinds + len(LETTERS)


def _sums(words: Floats, linked: Floats, chars: Floats, prose: Floats) -> Floats:
    """The sums of what stands before each block, and of all at the end, (4, n + 1)."""
    count = len(words)
    sums = np.zeros((4, count + 1))
    before = sums
    for at in range(count):
        before[0, at + 1], before[1, at + 1] = before[0, at] + words[at], before[1, at] + linked[at]
        before[2, at + 1], before[3, at + 1] = before[2, at] + chars[at], before[3, at] + prose[at]
    return sums


def _of_place(sums: Floats, depth: Ints, element: Ints, out: Columns, first: int) -> int:
    """Where on the page it stands, by blocks, by words and by prose, and how large the page is."""
    count = len(element)
    all_words, all_prose = sums[0, count], sums[3, count]
    last, following = -1_000, 100_000
    for at in range(count):
        behind = count - 1 - at
        out[at, first], out[at, first + 1], out[at, first + 2], out[at, first + 3] = (
            at / count,
            behind / count,
            at,
            behind,
        )
        out[at, first + 4], out[at, first + 5] = sums[0, at] / max(all_words, 1), sums[3, at] / max(all_prose, 1)
        out[at, first + 6], out[at, first + 7], out[at, first + 8] = all_words, all_prose, count
        out[at, first + 9], out[at, first + 10] = depth[element[at]] / 20, 1 / (at - last)
        if sums[3, at + 1] > sums[3, at]:
            last = at
    for at in range(count - 1, -1, -1):
        out[at, first + 11] = 1 / (following - at)
        if sums[3, at + 1] > sums[3, at]:
            following = at
    return first + len(OF_PLACE)


def _of_enclosing(chains: Ints, begins: Ints, after: Ints, sums: Floats, out: Columns, first: int) -> int:
    """What the enclosing elements hold, from the innermost outwards: words, links, share of the page's prose."""
    count = len(chains)
    all_prose = max(sums[3, count], 1)
    for at in range(count):
        for level in range(AROUND):
            element = chains[at, level]
            start, end = begins[element], after[element]
            words, linked = sums[0, end] - sums[0, start], sums[1, end] - sums[1, start]
            chars, prose = sums[2, end] - sums[2, start], sums[3, end] - sums[3, start]
            blocks = end - start
            column = first + level * 6
            out[at, column], out[at, column + 1] = words, linked / max(chars, 1)
            out[at, column + 2], out[at, column + 3] = prose / all_prose, prose / max(words, 1)
            out[at, column + 4], out[at, column + 5] = blocks, words / max(blocks, 1) / 50
    return first + AROUND * len(OF_ENCLOSING)


def _of_mains(page: Layout, sums: Floats, out: Columns, first: int) -> int:
    """Whether it stands in the deepest element that holds so much of the page's prose, of several the first, for each
    of :data:`SHARES`; and how many levels below."""
    begins, after, depth, element = page.first, page.after, page.depth, page.element
    all_prose = max(sums[3, len(element)], 1)
    for least in SHARES:
        main = 0
        for column in range(1, len(depth)):
            held = (sums[3, after[column]] - sums[3, begins[column]]) / all_prose
            if held >= least and depth[column] > depth[main]:
                main = column
        for at in range(begins[main], after[main]):
            out[at, first], out[at, first + 1] = 1, (depth[element[at]] - depth[main]) / 10
        first += 2
    return first


def _of_container(page: Layout, sums: Floats, out: Columns, first: int) -> int:
    """How much of the page's prose stands directly where it stands: under its parent, under its grandparent."""
    parent, element, prose = page.parent, page.element, page.prose
    shares = np.zeros((2, len(parent)))
    held = shares  # of an element, by parent and by grandparent
    for at in range(len(element)):
        above = parent[element[at]]
        held[0, above] += prose[at]
        held[1, parent[above]] += prose[at]
    all_prose = max(sums[3, len(element)], 1)
    fullest = 0
    for column in range(len(parent)):
        held[0, column] /= all_prose
        held[1, column] /= all_prose
        if held[0, column] + held[1, column] / 4 > held[0, fullest] + held[1, fullest] / 4:
            fullest = column
    begins, after = page.first[fullest], page.after[fullest]
    for at in range(len(element)):
        above = parent[element[at]]
        grandparent = parent[above]
        out[at, first], out[at, first + 1] = held[0, above], held[0, element[at]]
        out[at, first + 2], out[at, first + 3] = held[1, grandparent], held[1, above]
        out[at, first + 4] = held[0, grandparent]
        out[at, first + 5] = begins <= at < after
        out[at, first + 6] = above == fullest
    return first + len(OF_CONTAINER)


def _of_look(looks: Ints, sums: Floats, out: Columns, first: int) -> int:
    """How much of the page looks the same: prose, blocks, links, and the usual length."""
    count = len(looks)
    held = np.zeros((count, 5))  # by look: blocks, and words, links, characters, prose
    for at in range(count):
        look = looks[at]
        held[look, 4] += 1
        for measure in range(4):
            held[look, measure] += sums[measure, at + 1] - sums[measure, at]
    all_prose = max(sums[3, count], 1)
    for at in range(count):
        look = looks[at]
        out[at, first], out[at, first + 1] = held[look, 3] / all_prose, held[look, 4]
        out[at, first + 2], out[at, first + 3] = held[look, 1] / held[look, 2], held[look, 0] / held[look, 4] / 50
    return first + len(OF_LOOK)


def _of_repeats(page: Layout, out: Columns, first: int) -> int:
    """Whether the enclosing elements are one of many alike beside each other, and the how manieth."""
    enclosing, parent, look, chains = page.enclosing, page.parent, page.look, page.chains
    looks = len(look)
    begun: dict[int, int] = {}
    counts = np.zeros((2, len(parent)))
    repeats = counts  # how many came before it, how many there are
    for place in range(len(enclosing)):
        element = enclosing[place]
        kind = parent[element] * looks + look[place]
        before = begun.get(kind, 0)
        repeats[0, element] = before
        begun[kind] = before + 1
    for place in range(len(enclosing)):
        element = enclosing[place]
        repeats[1, element] = begun[parent[element] * looks + look[place]]
    for at in range(len(chains)):
        for level in range(AROUND):
            element = chains[at, level]
            out[at, first + 2 * level] = repeats[1, element]
            out[at, first + 2 * level + 1] = repeats[0, element] / max(repeats[1, element], 1)
    return first + AROUND * len(OF_REPEATS)


def _of_begun(tags: list[str], opened: Ints, out: Columns, first: int) -> int:
    """How many articles and main headings have begun so far, and are on the page."""
    for tag in BEGUN:
        begun = walked = 0
        for at in range(len(opened)):
            while walked < opened[at]:  # blocks come in the order of their elements
                begun += tags[walked] == tag
                walked += 1
            out[at, first] = begun
        begun += tags[walked:].count(tag)
        for at in range(len(opened)):
            out[at, first + 1] = begun
        first += len(OF_BEGUN)
    return first


def _of_headline(page: Layout, words: list[list[str]], declared: Declared, out: Columns, first: int) -> int:
    """How alike it is to the headline, the description and the declared text, and how it stands to the main heading."""
    texts, blocks, tags = page.texts, page.blocks, page.outline.tags
    said = _said(declared[0], declared[1])
    body = declared[2]
    times: dict[str, int] = {}
    for text in texts:
        times[text] = times.get(text, 0) + 1
    heading, closest = -1, 0.0
    for at in range(len(words)):
        own, text = words[at], texts[at]
        least = max(len(own), 3)
        with_headline = with_description = 0
        for word in {word for word in own if word in said}:
            with_headline += said[word] & IN_HEADLINE
            with_description += said[word] // IN_DESCRIPTION
        alike = with_headline / least
        out[at, first], out[at, first + 1] = alike, with_description / least
        out[at, first + 2] = times[text] - 1
        out[at, first + 3] = (text[:HEAD] in body) if body else 0.5
        if alike + 0.1 > closest and tags[blocks[at].element] == "h1":
            heading, closest = at, alike + 0.1
    for at in range(len(words)):
        out[at, first + 4] = max(-1.0, min(1.0, (at - heading) / 50)) if heading >= 0 else 0.0
        out[at, first + 5] = (at > heading) if heading >= 0 else 0.5
    return first + len(OF_HEADLINE)


def _said(headline: str, description: str) -> dict[str, int]:
    """The words of these, and in which they are."""
    said = dict.fromkeys(words_in(headline.lower()), IN_HEADLINE)
    for word in words_in(description.lower()):
        said[word] = said.get(word, 0) | IN_DESCRIPTION
    return said


def _of_tags(blocks: list[Block], tags: list[str], inside: list[int], out: Columns, first: int) -> None:
    """What it stands in, and what kind of element is around it; several columns each."""
    for at in range(len(blocks)):
        block = blocks[at]
        around, anywhere = inside[block.element], block.inside
        column = first
        for bit in range(len(KINDS)):
            out[at, column + bit] = (around >> bit) & 1
        column += len(KINDS)
        for place in range(len(ANYWHERE_BITS)):
            out[at, column + place] = (anywhere >> ANYWHERE_BITS[place]) & 1
        column += len(ANYWHERE_BITS)
        kind = TAG.get(tags[block.element], len(TAGS))
        out[at, column + kind] = 1
