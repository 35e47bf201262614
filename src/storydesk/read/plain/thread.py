"""A thread of readers' comments as it was printed: posts told apart, authors, times and buttons taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydesk.model import ReaderComment
from storydesk.read.plain.cues import vocabulary
from storydesk.read.plain.lines import Block

__all__ = ["posts", "says_when", "says_who"]

AGO = vocabulary("ago")
CLOCK = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:uhr|[a-z]{2,5}))?"
DAY = (
    r"(?:\w{3,9}\.?,?\s+)?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s+\w{3,10}\.?,?\s+\d{4}"
    r"|\w{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    rf"(?:,?\s*(?:at|um|à|a las|às|alle|om|в|[|•·-])?\s*{CLOCK})?"
)
WHEN = rf"(?:on\s+|am\s+|le\s+)?(?:{AGO}|{DAY})[\s)|•·.:–—-]*"
TIME = re.compile(rf"[\s|•·,(–—-]*{WHEN}", re.I)
"""A line that is only a time."""

HEAD = re.compile(
    r"(?:\#?\d+[.)]?\s+)?(?:(?:posted )?by\s+|from\s+)?(?P<name>@?[^\s.!?:|•·][^.!?:|•·]{0,38}?)"
    rf"(?:\s+{vocabulary('says')})?[\s|•·,:(–—-]+{WHEN}",
    re.I,
)
"""A name and a time."""

SAYS = re.compile(rf"(?P<name>[^!?:]{{1,40}}?)\s+{vocabulary('says')}\s*:?", re.I)
BUTTON = re.compile(rf"[\W\d]*(?:{vocabulary('buttons')}(?:[\W\d]+|$))+", re.I)
LONGEST_HEAD = 80
"""Code points of a line of names, times and buttons."""

NUMBERED = re.compile(r"^(?:#?\d{1,4}[.):]|\[\d{1,4}\]|#\d{1,4})\s+(?=\S)")
NAMED = re.compile(r"(?P<name>[^\W\d_][\w.'’@-]*(?: [\w.'’@-]+){0,2}): (?P<words>\S.*)", re.S)
"""A post that begins with its author's name, as in a transcript."""

NAMED_SHARE = 0.7
"""Share of posts that begin so, from which it is the form of the thread and not of a post."""

NAME_WORDS = 5


def says_who(text: str) -> bool:
    """Whether a line reads as the head of a post: a name and a time, or that somebody says something."""
    return len(text) <= LONGEST_HEAD and bool(SAYS.fullmatch(text) or HEAD.fullmatch(text))


def says_when(text: str) -> bool:
    """Whether a line is only a time, or only buttons, as they stand about a post."""
    return len(text) <= LONGEST_HEAD and bool(TIME.fullmatch(text) or BUTTON.fullmatch(text))


def posts(blocks: Sequence[Block]) -> tuple[ReaderComment, ...]:
    """The comments in order. Where the thread prints names and times, a post reaches to the next of them; where it
    numbers its posts, to the next number; else each block is a post."""
    texts = [block.text for block in blocks if not (len(block.text) <= LONGEST_HEAD and BUTTON.fullmatch(block.text))]
    heads = _heads(texts)
    if heads:
        return _headed(texts, heads)
    if sum(bool(NUMBERED.match(text)) for text in texts) * 2 >= len(texts) > 1:
        return _numbered(texts)
    named = [match for text in texts if (match := NAMED.fullmatch(text))]
    if len(named) >= NAMED_SHARE * len(texts) > 1:
        return tuple(_named(text) for text in texts)
    return tuple(ReaderComment(text) for text in texts)


def _named(text: str) -> ReaderComment:
    match = NAMED.fullmatch(text)
    return ReaderComment(match["words"], match["name"]) if match else ReaderComment(text)


def _heads(texts: Sequence[str]) -> dict[int, tuple[int, str | None]]:
    """Where posts begin: the index of their first line of head, to the index after the head and the author."""
    heads: dict[int, tuple[int, str | None]] = {}
    for index, text in enumerate(texts):
        if len(text) > LONGEST_HEAD:
            continue
        named = SAYS.fullmatch(text) or HEAD.fullmatch(text)
        if TIME.fullmatch(text):
            above = texts[index - 1] if index else ""
            if index - 1 in heads and heads[index - 1][0] == index:
                heads[index - 1] = (index + 1, heads[index - 1][1])
            elif above and len(above.split()) <= NAME_WORDS and above[-1] not in ".!?…":
                heads[index - 1] = (index + 1, above)
            else:
                heads[index] = (index + 1, None)
        elif named and len(named["name"].split()) <= NAME_WORDS:
            heads[index] = (index + 1, named["name"].strip())
    return heads


def _headed(texts: Sequence[str], heads: dict[int, tuple[int, str | None]]) -> tuple[ReaderComment, ...]:
    starts = sorted(heads)
    found = [ReaderComment(text) for text in texts[: starts[0]]]
    for start, stop in zip(starts, [*starts[1:], len(texts)], strict=True):
        after, author = heads[start]
        words = "\n".join(texts[after:stop])
        if words:
            found.append(ReaderComment(words, author))
    return tuple(found)


def _numbered(texts: Sequence[str]) -> tuple[ReaderComment, ...]:
    found: list[str] = []
    for text in texts:
        if NUMBERED.match(text) or not found:
            found.append(NUMBERED.sub("", text))
        else:
            found[-1] += "\n" + text
    return tuple(ReaderComment(text) for text in found)
