"""A thread of readers' comments as it was printed: posts told apart, authors, times and buttons taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storydesk.model import ReaderComment
from storydesk.read.plain.lines import Block

__all__ = ["posts"]

AGO = (
    r"(?:just now|yesterday|today|an? (?:minute|hour|day|week|month|year)s? ago|\d+\s*(?:s|m|h|d|w|mo|y|sec\w*|min\w*|hours?|hrs?|days?|weeks?|months?|years?)"
    r"(?:\s+ago)?|vor \d+ \w+|il y a \d+ \w+|hace \d+ \w+|há \d+ \w+|\d+ \w+ fa|\d+ \w+ geleden|\d+ \S+ (?:назад|тому)|gestern|hier|ayer|вчера)"
)
DAY = (
    r"(?:(?:\w{3,9}\.?,?\s+)?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s+\w{3,10}\.?,?\s+\d{4}|\w{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}))"
    r"(?:,?\s*(?:at|um|à|a las|às|alle|om|в|[|•·-])?\s*\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:uhr|[a-z]{2,5}))?)?"
)
TIME = re.compile(rf"^[\s|•·,(–—-]*(?:on\s+|am\s+|le\s+)?(?:{AGO}|{DAY})[\s)|•·.:–—-]*$", re.I)
HEAD = re.compile(
    rf"^(?:\#?\d+[.)]?\s+)?(?:posted by\s+|by\s+|from\s+)?(?P<name>@?[^\s.!?:|•·][^.!?:|•·]{{0,38}}?)(?:\s+(?:says|said|wrote|writes|commented|replied|schrieb|schreibt|dit|dice|diz|scrive|пишет))?"
    rf"[\s|•·,:(–—-]+(?:on\s+|am\s+|le\s+)?(?:{AGO}|{DAY})[\s)|•·.:–—-]*$",
    re.I,
)
SAYS = re.compile(
    r"^(?P<name>[^!?:]{1,40}?)\s+(?:says|said|wrote|writes|commented|replied|schrieb|schreibt|sagt|a écrit|dit|dice|escribió|diz|scrive|пишет)\s*:?$",
    re.I,
)
BUTTON = re.compile(
    r"^[\W\d]*(?:(?:reply|like|dislike|report|share|flag|upvote|downvote|permalink|quote|edit|recommend|helpful|antworten|melden|gefällt mir|zitieren|répondre|signaler"
    r"|j['’]aime|responder|denunciar|me gusta|curtir|rispondi|segnala|reageer|rapporteer|odpowiedz|zgłoś|ответить|пожаловаться|відповісти|svara|svar"
    r"|\d*\s*(?:likes?|upvotes?|votes?|points?)|(?:view|show|hide|load)\b.{0,25}(?:repl(?:y|ies)|comments?)?|sort(?:ed)? by.{0,20}|newest|oldest|best|most liked)[\W\d]*)+$",
    re.I,
)
NUMBERED = re.compile(r"^(?:#?\d{1,4}[.):]|\[\d{1,4}\]|#\d{1,4})\s+(?=\S)")
NAME_WORDS = 5


def posts(blocks: Sequence[Block]) -> tuple[ReaderComment, ...]:
    """The comments in order. Where the thread prints names and times, a post reaches to the next of them; where it numbers its
    posts, to the next number; else each block is a post."""
    texts = [block.text for block in blocks if not BUTTON.match(block.text)]
    heads = _heads(texts)
    if heads:
        return _headed(texts, heads)
    if sum(bool(NUMBERED.match(text)) for text in texts) * 2 >= len(texts) > 1:
        return _numbered(texts)
    return tuple(ReaderComment(text) for text in texts)


def _heads(texts: Sequence[str]) -> dict[int, tuple[int, str | None]]:
    """Where posts begin: the index of their first line of head, to the index after the head and the author."""
    heads: dict[int, tuple[int, str | None]] = {}
    for index, text in enumerate(texts):
        named = SAYS.match(text) or HEAD.match(text)
        if TIME.match(text):
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
