"""Which part of a page each block of its plain text is.

Three steps, each of weak cues. A heading of furniture casts its part over what follows it: a list of titles, a card, a
thread. The body is then the contiguous run of blocks whose worth is the highest (Kadane's maximum subarray): prose
counts for it, furniture against it, so that a subheading, a list or one "Read also" inside the article is crossed, and
a run of cards is not. What is left lies before or after the body, and is told apart by headings and by shape.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from storydesk.read.plain.cues import Cue, cue, opens_profile
from storydesk.read.plain.lines import Block
from storydesk.read.plain.shape import is_prose, is_title_like, prose_worth, thread_start

__all__ = ["Part", "segment"]

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

ENOUGH_PROSE = 3.0
"""Worth of prose before which a word like "Comments" is a link in the page's head, not the heading of a thread."""

TEMPLATE = re.compile(r"(?P<prefix>[^:]{2,40}):\s+(?P<name>\S.{0,60})")
NUMBER = re.compile(r"\d+")
TEMPLATE_WORDS = 8
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


def segment(blocks: Sequence[Block]) -> list[Part]:
    """The part of each block. Titles, dates and by-lines around the body are left "chrome" for the header to name."""
    cues = _cues(blocks)
    cast = _cast(blocks, cues)
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


def _cues(blocks: Sequence[Block]) -> list[Cue | None]:
    """The cue of each block; headings that repeat one form with another name each time ("Profile: A", "Profile: B")
    are cards."""
    found = [cue(block) for block in blocks]
    forms = Counter(form for block in blocks if (form := _form(block)))
    for index, block in enumerate(blocks):
        follower = blocks[index + 1] if index + 1 < len(blocks) else None
        form = _form(block)
        if found[index] is None and form and forms[form] > 1 and follower is not None and _form(follower) is None:
            found[index] = "background" if is_prose(follower) else "related"
    for index in range(len(blocks)):
        if found[index] is None and _about_name(blocks, found, index):
            found[index] = "profile"
    return found


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
            prose += max(0.0, prose_worth(block))
    return cast


def _reaches(under: Cue, blocks: Sequence[Block], index: int, since: int) -> bool:
    """Whether a heading still speaks for this block, the ``since``-th under it."""
    block = blocks[index]
    if under == "related":
        return not is_prose(block) or (block.bullet and block.words <= 30)
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
