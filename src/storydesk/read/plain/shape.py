"""How a block is written, whatever it says: prose, title-like, or informal as in a thread. No language is assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from storydesk.read.dates import YEAR
from storydesk.read.plain.lines import CLOSING, Block

__all__ = ["FULL_PARAGRAPH", "informality", "is_prose", "is_title_like", "prose_worth", "thread_start"]

LEAST_SENTENCE = 4
"""Words from which a line with terminal punctuation is a sentence."""

LONGEST_TITLE = 22
"""Words; longer lines without terminal punctuation are paragraphs cut short."""

FULL_PARAGRAPH = 60
"""Words beyond which a paragraph is no surer a sign of prose."""

DATED_WORDS = 10
"""A line of fewer words with a year in it is rather a date ("12 May 2024, 4 p.m.") than a sentence."""

SLANG = re.compile(
    r"\b(?:lol|lmf?ao|rofl|wtf|omg|imh?o|btw|smh|tbh|ffs|ppl|thx|pls|plz|gonna|wanna|gotta|ur|u|xd|haha\w*|hehe\w*|lmk|nah|yep|meh|bs|wow|ya|yall"
    r"|mdr|ptdr|jaja\w*|kkk+|rsrs|ахах\w*|хах\w*|лол|имхо|ржу)\b"
)
"""Words of chat in small letters, in the languages where they are spread most."""

EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]|[:;]-?[)(DPp](?=\s|$)|<3")
SHOUTED = re.compile(r"[!?.…,](?:(?<=[!?])[!?]|(?<=\.)\.{3}|(?<=…)\w|(?<!\.\.)(?<=\.)\.(?!\.)|(?<=\w,),)")
"""Marks in a row: two of "!?", four dots or just two, a comma too many, no blank behind an ellipsis."""

DRAWN_OUT = re.compile(r"([^\W\d_wWiIxX])\1\1")
CAPITALS = re.compile(r"\b[^\W\d_a-zà-ÿа-я]{5,}\b")
PERSONAL = re.compile(
    r"\b(?:you|your|you['’]re|my|me|i['’]m|du|dein\w*|mich|mein\w*|ihr|moi|toi|vous|votre|mes|tú|usted|mi|yo|eu|você|io|tu"
    r"|ты|вы|мне|мой|моё)\b"
)
SPEAKER = re.compile(r"I(?<!\wI)(?!\w)")
"""Who writes to whom: words in small letters, and the one that is always written large."""

QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{0,600}[”\"»“]")

REMEMBERED = 2_048
"""Blocks whose informality is kept at hand: it is asked for several times."""

STRONG = 1.0
WEAK = 0.5

SPOKEN = {"sign": 2.0, "personal": 0.7, "stop": 1.0, "sentences": 1.0, "bullet": -2.0, "nothing": -0.7}
"""How much each sign speaks for a reader's post against a headline (like log odds, set by hand): headlines have no full
stop and no second sentence, and often a bullet."""

THREAD_FROM = 2.0
"""Evidence from which a run of blocks is a thread, with at least two blocks that speak for it."""

INNER_STOP = re.compile(r"[.!?…]\s+\w")
TRAILING_STOP = re.compile(r"[.,。]$")


def is_prose(block: Block) -> bool:
    """Sentences: enough words, and terminal punctuation or a length that no title has."""
    return (block.ends_sentence and block.words >= LEAST_SENTENCE) or block.words > LONGEST_TITLE


def is_title_like(block: Block) -> bool:
    """Short, and not ending as a statement does; a question or an exclamation may be a title."""
    return block.words <= LONGEST_TITLE and (
        not block.ends_sentence or block.text[-CLOSING:].rstrip("”\"’'» ")[-1:] in ("?", "!", "？", "！")
    )


def prose_worth(block: Block) -> float:
    """How much a block speaks for being part of the article: words by the ten for prose, slightly negative for short
    lines."""
    if not is_prose(block) or (block.words <= DATED_WORDS and YEAR.search(block.opening)):
        return -0.3 if block.bullet else -0.6
    worth = min(block.words, FULL_PARAGRAPH) / 10
    return worth - informality(block) * min(2.0, 0.5 + block.words / 15)


def informality(block: Block) -> float:
    """How much it is written as people write to one another, from 0; 1 for one strong sign."""
    return _informality(block.opening, block.bullet)


@lru_cache(maxsize=REMEMBERED)
def _informality(text: str, bullet: bool) -> float:
    plain = QUOTED.sub(" ", text)
    lowered = plain.lower()
    signs = STRONG * sum(
        (
            text[:1].islower() and not bullet,
            bool(EMOJI.search(text)),
            bool(SHOUTED.search(plain)),
            bool(SLANG.search(lowered)),
            bool(DRAWN_OUT.search(plain)),
        )
    )
    signs += WEAK * (len(set(CAPITALS.findall(plain))) >= 2 and not text.isupper())
    return signs + WEAK * bool(PERSONAL.search(lowered) or SPEAKER.search(plain))


def thread_start(blocks: Sequence[Block]) -> int | None:
    """Where, in a run of short blocks, a list of headlines gives way to readers speaking; ``None`` where it never does.

    The posts are the suffix with the most evidence. Where empty lines divide the run into groups, it begins with a
    group; a single group that an empty line sets apart is not cut for the sake of its first line.
    """
    evidence = [_spoken(block) for block in blocks]
    gaps = [index for index, block in enumerate(blocks) if block.after_gap or index == 0]
    starts = gaps if 1 < len(gaps) < len(blocks) else range(len(blocks))
    best = max(starts, key=lambda start: sum(evidence[start:]), default=0)
    if gaps == [0] and best == 1 and blocks[0].after_gap:
        best = 0
    enough = sum(evidence[best:]) >= THREAD_FROM and sum(value > 0 for value in evidence[best:]) > 1
    return best if enough else None


def _spoken(block: Block) -> float:
    text = block.opening.rstrip("”\"’'») ")
    informal = informality(block)
    found = SPOKEN["sign"] * int(informal) + SPOKEN["personal"] * (informal % 1 > 0)
    found += SPOKEN["stop"] * bool(TRAILING_STOP.search(text)) + SPOKEN["sentences"] * bool(INNER_STOP.search(text))
    return (found or SPOKEN["nothing"]) + SPOKEN["bullet"] * block.bullet
