"""How a block is written, whatever it says: prose, title-like, or informal as in a thread. No language is assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean, pstdev

from storydesk.read.plain.lines import Block

__all__ = ["informality", "is_prose", "is_title_like", "looks_like_thread", "prose_worth"]

LEAST_SENTENCE = 4
"""Words from which a line with terminal punctuation is a sentence."""

LONGEST_TITLE = 22
"""Words; longer lines without terminal punctuation are paragraphs cut short."""

FULL_PARAGRAPH = 60
"""Words beyond which a paragraph is no surer a sign of prose."""

SLANG = re.compile(
    r"\b(?:lol|lmf?ao|rofl|wtf|omg|imh?o|btw|smh|tbh|ffs|ppl|thx|pls|plz|gonna|wanna|gotta|ur|u|xd|haha\w*|hehe\w*|lmk|nah|yep|meh|bs|wow|ya|yall"
    r"|mdr|ptdr|jaja\w*|kkk+|rsrs|ахах\w*|хах\w*|лол|имхо|ржу)\b",
    re.I,
)
"""Words of chat, in the languages where they are spread most."""

EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf]|[:;]-?[)(DPp](?=\s|$)|<3")
SHOUTED = re.compile(r"[!?]{2,}|\.{4,}|…\w|(?<!\.)\.{2}(?!\.)|\w,{2,}")
DRAWN_OUT = re.compile(r"([^\W\d_wWiIxX])\1{2,}")
CAPITALS = re.compile(r"\b[^\W\d_a-zà-ÿа-я]{5,}\b")
PERSONAL = re.compile(
    r"(?i:\b(?:you|your|you['’]re|my|me|i['’]m|du|dein\w*|mich|mein\w*|ihr|moi|toi|vous|votre|mes|tú|usted|mi|yo|eu|você|io|tu"
    r"|ты|вы|мне|мой|моё)\b)|\bI\b"
)
QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{0,600}[”\"»“]")

STRONG = 1.0
WEAK = 0.5

THREAD_FROM = 0.4
"""From which :func:`looks_like_thread` says yes; set on invented pages and lists of headlines, not on one page."""


def is_prose(block: Block) -> bool:
    """Sentences: enough words, and terminal punctuation or a length that no title has."""
    return (block.ends_sentence and block.words >= LEAST_SENTENCE) or block.words > LONGEST_TITLE


def is_title_like(block: Block) -> bool:
    """Short, and not ending as a statement does; a question or an exclamation may be a title."""
    return block.words <= LONGEST_TITLE and (
        not block.ends_sentence or block.text.rstrip("”\"’'» ")[-1:] in ("?", "!", "？", "！")
    )


def prose_worth(block: Block) -> float:
    """How much a block speaks for being part of the article: words by the ten for prose, slightly negative for short
    lines."""
    if not is_prose(block):
        return -0.3 if block.bullet else -0.6
    worth = min(block.words, FULL_PARAGRAPH) / 10
    return worth - informality(block) * min(2.0, 0.5 + block.words / 15)


def informality(block: Block) -> float:
    """How much it is written as people write to one another, from 0; 1 for one strong sign."""
    text = block.text
    plain = QUOTED.sub(" ", text)
    signs = STRONG * sum(
        (
            text[0].islower() and not block.bullet,
            bool(EMOJI.search(text)),
            bool(SHOUTED.search(plain)),
            bool(SLANG.search(plain)),
            bool(DRAWN_OUT.search(plain)),
        )
    )
    signs += WEAK * (len(set(CAPITALS.findall(plain))) >= 2 and not text.isupper())
    return signs + WEAK * bool(PERSONAL.search(plain))


def looks_like_thread(blocks: Sequence[Block]) -> bool:
    """Whether these short blocks are readers speaking rather than a list of headlines.

    Headlines are alike: no full stop, a capital first, near one length, often with bullets. Posts differ among
    themselves.
    """
    if not blocks:
        return False
    strong = fmean(informality(block) >= STRONG for block in blocks)
    weak = fmean(0 < informality(block) < STRONG for block in blocks)
    stops = fmean(block.text.rstrip("”\"’'») ").endswith((".", "。", ",")) for block in blocks)
    lengths = [block.words for block in blocks]
    uneven = min(1.0, pstdev(lengths) / fmean(lengths))
    bullets = fmean(block.bullet for block in blocks)
    return strong + 0.5 * weak + 0.5 * stops + 0.3 * (uneven > 0.4) - 0.5 * bullets >= THREAD_FROM
