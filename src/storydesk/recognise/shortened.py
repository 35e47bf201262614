"""Bodies called by the last words of a name that the item gives before: "the Court" after "Supreme Court", "the Times"
after "The New York Times".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from storydesk.knowledge.lexicon import key
from storydesk.recognise.bodies import BODY
from storydesk.recognise.names import Named

__all__ = ["PAPERS", "shortened"]

PAPERS = r"Times|Post|Journal|Herald|Tribune|Gazette|Chronicle|Globe|Star|Sun|Examiner|Inquirer|Observer"
"""Last words of names of newspapers."""

PAPER = re.compile(PAPERS)
GOES_ON = re.compile(r"[-–][^\W\d_a-z]|(?: and| &)? (?!M(?:r|rs|s)\b|\w+day\b)[^\W\d_a-z]")
"""Behind the first words of a longer name: "the Post and Courier", "the Times-Picayune"."""

THE = re.compile(r"\b[Tt]he $")
THE_WITHIN = re.compile(r"The (?=[^\W\d_a-z])")


def shortened(text: str, names: Sequence[Named]) -> list[Named]:
    """The same names; one such is a body's by its full name, where the item names just one body before that has these
    words in its name. A paper is one even if another is known by the short name alone.
    """
    bodies = list(_bodies(text, names))
    return [_settled(text, name, bodies) if bodies else name for name in names]


def _bodies(text: str, names: Sequence[Named]) -> Iterator[tuple[int, str]]:
    """Where bodies are named in several words, and these."""
    for name in names:
        words = THE_WITHIN.sub("", text[name.start : name.end], count=1)
        is_body = name.entities[0].type == "organisation" if name.entities else name.type == "organisation"
        if is_body and " " in words and not name.unsure:
            yield name.start, words


def _settled(text: str, name: Named, bodies: Sequence[tuple[int, str]]) -> Named:
    article = THE_WITHIN.match(text, name.start, name.end)
    words = text[article.end() if article else name.start : name.end]
    last = words.rpartition(" ")[2]
    paper = PAPER.fullmatch(words) is not None
    if not paper and (name.entities or not BODY.fullmatch(last.lower())):
        return name
    if GOES_ON.match(text, name.end) or not (article or THE.search(text, max(0, name.start - 4), name.start)):
        return name
    full = {key(each): each for start, each in bodies if start < name.start and _has(each, words)}
    if len(full) != 1 or not next(iter(full)).endswith(f" {key(words)}"):
        return name
    return replace(name, type="organisation", entities=(), name=next(iter(full.values())))


def _has(body: str, words: str) -> bool:
    return f" {key(words)} " in f" {key(body)} " and key(body) != key(words)
