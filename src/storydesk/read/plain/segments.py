"""Which part of a page each block of its plain text is.

A heading of furniture casts its part over what follows it: a list of titles, a card, a thread. The body is then the
contiguous run of blocks whose worth is the highest (Kadane's maximum subarray): prose counts for it, furniture against
it, so that a subheading, a list or one "Read also" inside the article is crossed, and a run of cards is not. What is
left lies before or after the body, and is told apart by headings and by shape.

A small network (:mod:`network`) says beside that of each block how likely it is of the article. Where the blocks that
it would keep have a clearly higher expected F1 than those of the rules, the page is not as the rules think, and the
network's are taken. Cards of background are prose like the article's, and known by their headings alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from storydesk.read.blocks import worth
from storydesk.read.plain.cues import Cue, cue, opens_profile
from storydesk.read.plain.lines import Block
from storydesk.read.plain.network import Likely
from storydesk.read.plain.shape import FULL_PARAGRAPH, informality, is_prose, is_title_like, prose_worth, thread_start

__all__ = ["Part", "segment"]

Floats: TypeAlias = NDArray[np.floating[Any]]
Mask: TypeAlias = NDArray[np.bool_]

Part = Literal["title", "meta", "body", "profile", "related", "background", "call", "comments", "chrome"]

WORTH: dict[Cue, float] = {
    "related": -8.0,
    "inline related": -0.5,
    "profile": -8.0,
    "background": -10.0,
    "comments": -20.0,
    "call": -6.0,
    "chrome": -1.0,
    "form": -4.0,
    "carrier": -4.0,
}
"""What a heading or notice counts against a run that crosses it, in tens of words of prose: a related list may be
crossed where three paragraphs follow, a thread hardly ever."""

CAST_WORTH = -2.0
"""A block under a heading of furniture."""

PROFILE_BLOCKS = 4
"""A profile has at most as many paragraphs; where more follow, its heading was a subheading of the article."""

CLOSE = 0.06
"""Expected F1 that the rules' body may fall short of the best one and still be taken: they keep parts together."""

FEW_WORDS = 8.0
"""Words that the rules' body may be off besides, which is little in a long text and much in a short one."""

SURE_COMMENT = 0.5
"""How likely a block must be a reader's to be taken for one without a heading."""

SPOKEN_ARTICLE = 0.3
"""What remains of the chance to be article where the rules hear a reader, in signs of speech that articles lack."""

NEVER: tuple[Cue | None, ...] = ("background", "profile", "carrier", "form", "call", "related")
"""What says of itself that it is not the article."""

GAP, GAP_LIKELY = 2, 0.1
"""Blocks between two of the article that are taken for article, too, and how likely each must be."""

LEAST_COMMENT = 0.05
"""How likely the comments that the rules find must be some, on the whole."""

ENOUGH_PROSE = 3.0
"""Worth of prose before which a word like "Comments" is a link in the page's head, not the heading of a thread."""

TEMPLATE = re.compile(r"(?P<prefix>[^:]{2,40}):\s+(?P<name>\S.{0,60})")
NUMBER = re.compile(r"\d+")
TEMPLATE_WORDS = 8
CARD_OPENING = 6
"""Words in which a card names what it is about."""

CARD_BLOCKS = 6
"""A card has at most as many paragraphs."""

SECTION: dict[Cue, Part] = {
    "related": "related",
    "inline related": "related",
    "profile": "profile",
    "background": "background",
    "comments": "comments",
    "call": "call",
    "chrome": "chrome",
    "form": "chrome",
    "carrier": "meta",
}


def segment(
    blocks: Sequence[Block], cues: Sequence[Cue | None], cast: Sequence[Part | None], seen: Likely
) -> list[Part]:
    """The part of each block; ``cues`` and ``cast`` are what :func:`told` gives, ``seen`` what they are likely to be.

    Titles, dates and by-lines around the body are left "chrome" for the header to name.
    """
    if not blocks:
        return []
    ruled = _ruled(blocks, cues, cast)
    lengths = np.array([max(1, block.words) for block in blocks], np.float64)
    surely_not = [_named_otherwise(*one) for one in zip(blocks, cues, cast, strict=True)]
    spoken = [part == "comments" and informality(block) >= 1 for block, part in zip(blocks, ruled, strict=True)]
    article = np.where(surely_not, 0, seen.article) * np.where(spoken, SPOKEN_ARTICLE, 1)
    kept, sure = worth(article, lengths)
    body = np.array([part == "body" for part in ruled])
    if _expected(body, article, lengths) < sure - CLOSE - FEW_WORDS / max(FEW_WORDS, lengths[body].sum()):
        ruled = [_part(*one) for one in zip(_closed(kept, article), cues, cast, strict=True)]
    else:
        ruled = _believed(ruled, seen.comment, lengths)
    return [
        "comments" if likely > SURE_COMMENT and cue is None and part in ("chrome", "related") else part
        for part, cue, likely in zip(ruled, cues, seen.comment, strict=True)
    ]


def _closed(kept: Mask, article: Floats) -> Mask:
    """The choice with its short gaps closed where nothing speaks loudly against it: questions, subheadings, lists."""
    closed = kept.copy()
    places = np.flatnonzero(kept)
    for above, below in pairwise(places.tolist()):
        if 1 < below - above <= GAP + 1 and article[above + 1 : below].min() >= GAP_LIKELY:
            closed[above:below] = True
    return closed


def _named_otherwise(block: Block, kind: Cue | None, under: Part | None) -> bool:
    """Whether a block is named as no article: by its own words, or by the heading of a card, a profile or a list."""
    if kind in NEVER or under in ("background", "profile"):
        return True
    return under == "related" and not is_prose(block)


def _expected(body: Mask, article: Floats, lengths: Floats) -> float:
    """The F1 that is expected of a choice of blocks."""
    right = float((article * lengths)[body].sum())
    return 2 * right / float(lengths[body].sum() + (article * lengths).sum() + 1e-9)


def _part(kept: bool, kind: Cue | None, under: Part | None) -> Part:
    """The part of a block where the rules do not fit the page: only what it says itself, or a card or list above."""
    if kept:
        return "body"
    if kind:
        return "chrome" if kind == "comments" else SECTION[kind]
    return under if under and under != "comments" else "chrome"


def _believed(ruled: list[Part], comment: Floats, lengths: Floats) -> list[Part]:
    """The parts without the comments, where hardly any of them is likely to be one."""
    said = np.array([part == "comments" for part in ruled])
    if said.any() and float((comment * lengths)[said].sum()) < LEAST_COMMENT * float(lengths[said].sum()):
        return ["chrome" if part == "comments" else part for part in ruled]
    return ruled


def _ruled(blocks: Sequence[Block], cues: Sequence[Cue | None], cast: Sequence[Part | None]) -> list[Part]:
    """The parts as the headings and the shapes alone tell them."""
    start, end = _body(blocks, cues, cast)
    parts: list[Part] = []
    for index in range(len(blocks)):
        kind, under = cues[index], cast[index]
        if kind:
            # The heading of a thread is not a post of it.
            parts.append("chrome" if kind == "comments" else SECTION[kind])
        elif under:
            parts.append(under)
        else:
            parts.append("body" if start <= index < end else "chrome")
    _tail(blocks, cues, parts, end)
    return parts


def told(blocks: Sequence[Block]) -> tuple[list[Cue | None], list[Part | None]]:
    """What each block says of itself, and the part that a heading above puts on it."""
    cues = _cues(blocks)
    return cues, _cast(blocks, cues)


def _cues(blocks: Sequence[Block]) -> list[Cue | None]:
    """The cue of each block; headings that repeat one form with another name each time ("Profile: A", "Profile: B")
    are cards."""
    found = [cue(block) for block in blocks]
    forms = Counter(form for block in blocks if (form := _form(block)))
    for index, block in enumerate(blocks):
        follower = blocks[index + 1] if index + 1 < len(blocks) else None
        form = _form(block)
        if found[index] is None and form and forms[form] > 1 and follower is not None and _form(follower) is None:
            found[index] = _card(block, follower)
    for index in range(len(blocks)):
        if found[index] is None and _about_name(blocks, found, index):
            found[index] = "profile"
    return found


def _card(heading: Block, follower: Block) -> Cue | None:
    """Whether what follows a repeated form of heading is a card: prose that says first what it is about."""
    if not is_prose(follower):
        return "related"
    match = TEMPLATE.fullmatch(heading.text)
    named = match is not None and not NUMBER.search(match["prefix"])
    opening = follower.opening.casefold().split()[:CARD_OPENING]
    name = match["name"].casefold().split()[-1] if match and named else ""
    return "background" if name and any(word.startswith(name) for word in opening) else None


def _form(block: Block) -> str | None:
    """The fixed words of a heading with a name in it, numbers aside; ``None`` for anything else."""
    match = TEMPLATE.fullmatch(block.text)
    if not match or block.words > TEMPLATE_WORDS or block.ends_sentence:
        return None
    return NUMBER.sub("#", match["prefix"].casefold())


def _about_name(blocks: Sequence[Block], cues: Sequence[Cue | None], index: int) -> bool:
    """Whether "About <Name>" opens a profile: at the very top or the end, with few paragraphs under it."""
    if not opens_profile(blocks[index]):
        return False
    under = 0
    while index + 1 + under < len(blocks) and is_prose(blocks[index + 1 + under]) and not cues[index + 1 + under]:
        under += 1
    return 0 < under <= PROFILE_BLOCKS


def _cast(blocks: Sequence[Block], cues: Sequence[Cue | None]) -> list[Part | None]:
    """The part that a heading above puts on each block, ``None`` where none does."""
    cast: list[Part | None] = [None] * len(blocks)
    under: Cue | None = None
    since, prose = 0, 0.0
    for index, block in enumerate(blocks):
        kind = cues[index]
        if kind == "comments" and prose < ENOUGH_PROSE:
            kind = None
        if kind in ("related", "profile", "background", "comments"):
            under, since = kind, 0
        elif kind == "carrier":
            under = None
        elif kind is None and under is not None:
            since += 1
            if not _reaches(under, blocks, index, since):
                under = None
            else:
                cast[index] = SECTION[under]
        if kind is None and under is None:
            prose += min(block.words, FULL_PARAGRAPH) / 10 * is_prose(block)
    return cast


def _reaches(under: Cue, blocks: Sequence[Block], index: int, since: int) -> bool:
    """Whether a heading still speaks for this block, the ``since``-th under it."""
    block = blocks[index]
    if under == "related":
        return not is_prose(block) or (block.bullet and block.words <= 30)
    if under == "background":
        return since <= CARD_BLOCKS
    if under == "profile":
        # A title with prose under it, after the profile's own prose, is the article's headline.
        headline = since > 1 and not is_prose(block) and index + 1 < len(blocks) and is_prose(blocks[index + 1])
        return since <= PROFILE_BLOCKS and not headline
    return True


def _body(blocks: Sequence[Block], cues: Sequence[Cue | None], cast: Sequence[Part | None]) -> tuple[int, int]:
    """The run with the highest worth, as half-open indices; without any prose, all that no cue speaks against."""
    best, best_run, worth, start = 0.0, (0, 0), 0.0, 0
    for index, block in enumerate(blocks):
        kind = cues[index]
        own = WORTH[kind] if kind else CAST_WORTH if cast[index] else prose_worth(block)
        if kind is None and not cast[index] and block.bullet and index and _introduces(blocks[index - 1]):
            own = max(own, 0.1)
        if worth <= 0:
            worth, start = 0.0, index
        worth += own
        if worth > best:
            best, best_run = worth, (start, index + 1)
    if best > 0:
        return best_run
    free = [index for index in range(len(blocks)) if not cues[index] and not cast[index]]
    return (free[0], free[-1] + 1) if free else (0, 0)


def _introduces(block: Block) -> bool:
    """A sentence that ends with a colon, or an item of the list that it introduced."""
    return block.text.endswith((":", "：")) or block.bullet


def _tail(blocks: Sequence[Block], cues: Sequence[Cue | None], parts: list[Part], end: int) -> None:
    """Names what follows the body, section by section: a thread is known by its heading, or by how it is written."""
    index = end
    opened: Cue | None = None
    while index < len(blocks):
        kind = cues[index]
        if kind:
            opened = opened if kind in ("chrome", "form", "carrier", "inline related") else kind
            index += 1
            continue
        stop = index
        while stop < len(blocks) and cues[stop] is None:
            stop += 1
        section = blocks[index:stop]
        parts[index:stop] = _after_body(section, opened)
        index = stop


def _after_body(section: Sequence[Block], opened: Cue | None) -> list[Part]:
    """The parts of the blocks under one heading (or none) after the body."""
    titles = all(is_title_like(block) for block in section)
    if opened == "comments" or (opened == "call" and not titles):
        return ["comments"] * len(section)
    if opened in ("profile", "background"):
        return [SECTION[opened]] * len(section)
    start = thread_start(section)
    listed = len(section) if start is None else start
    other: Part = "related" if opened else "chrome"
    return [other] * listed + ["comments"] * (len(section) - listed)
