"""What comparing needs of one account alone: worked out once, kept while its story grows.

A new item costs its own analysis; what stands in the others' texts is not looked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from storydesk.compare.passages import BOILERPLATE, dateline, passage, sentence_at, trimmed
from storydesk.compare.speakers import Speaker
from storydesk.compare.wordings import titled
from storydesk.compare.words import content, is_content, words
from storydesk.coverage import Passage, Wording
from storydesk.knowledge.spellings import plainest
from storydesk.model import Account, Attribution, Mention, Span

__all__ = ["KEPT", "PREFIX", "Analyses", "Analysis", "Said", "Sentence", "analyse", "find_ahead", "once", "once_a_line"]

Found = TypeVar("Found")

FEWEST_WORDS = 4
FEWEST_WITH_NUMBER = 3
"""Content words of a sentence that can be compared: "He declined to comment." aligns with anything, "In all, 418
flights were cancelled." does not."""

FEWEST_SAID = 2
"""Content words that reported speech needs to be a wording."""

OPENING = 60
"""Words at the head of a text that, with its title, say what the event is."""

PREFIX = 5
"""Letters by which a word is looked for in the rivals' texts: lenient, so that "sanctions" counts as told where
"sanctioned" stands."""

KEPT = 1_000
"""Analyses kept: several large stories at a time, about 60 KB each."""


class Sentence(NamedTuple):
    """A sentence with content. ``depth`` is its place in the text, 0 to 1, ``gist`` its words without the dateline,
    ``people`` who is named in it, ``mentions`` all that is, in order."""

    span: Span
    passage: Passage
    language: str | None
    depth: float
    stems: frozenset[str]
    people: frozenset[str]
    gist: str
    mentions: tuple[Mention, ...]


class Said(NamedTuple):
    """A piece of what a speaker said, as one attribution has it: its content words, and those of its sentence."""

    speaker: Speaker
    span: Span
    wording: Wording
    stems: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """An account and what stands in it. ``lines`` are at most ``most`` sentences; ``said`` is longest first.

    ``speakers`` are those whom it names, each once. ``opening`` holds the stems of title and first words, ``prefixes``
    the beginnings of all content words, ``words`` is how many words were read. As long as its account stands it is one
    object, and equal to no other: so what is found in it can be remembered by it (:func:`once`).
    """

    account: Account
    most: int
    lines: tuple[Sentence, ...]
    said: tuple[Said, ...]
    speakers: tuple[Speaker, ...]
    opening: frozenset[str]
    prefixes: frozenset[str]
    words: int


def once(find: Callable[[Analysis, int], Found]) -> Callable[[Analysis, int], Found]:
    """What ``find`` makes of the first so many lines of an account, worked out once, as the analysis is."""
    remembered = lru_cache(maxsize=2 * KEPT)(find)
    _alone.append(remembered)
    return remembered


def once_a_line(
    find: Callable[[Analysis, Sentence], Iterable[Found]],
) -> Callable[[Analysis, int], list[tuple[int, Found]]]:
    """The same of what ``find`` makes of one line of an account: all that it finds, each with the place of its line."""

    @once
    def found(told: Analysis, most: int) -> list[tuple[int, Found]]:
        return [(place, each) for place, line in enumerate(told.lines[:most]) for each in find(told, line)]

    return found


_alone: list[Callable[[Analysis, int], object]] = []
"""All that is found in one account alone."""


def find_ahead(told: Analysis, most: int) -> None:
    """Has remembered what is found in an account alone. A story of other length asks for fewer or more lines; then
    what was found in each sentence serves again."""
    for find in _alone:
        find(told, most)


def analyse(told: Account, most: int) -> Analysis:
    """The analysis of an account, with at most so many lines."""
    item = told.item
    return Analysis(
        told,
        most,
        tuple(islice(_lines(told), most)),
        tuple(_said(told)),
        tuple(dict.fromkeys(_speakers(told))),
        frozenset(content(f"{item.title} {' '.join(item.text.split()[:OPENING])}")),
        frozenset(stem[:PREFIX] for text in (item.title, item.text) for stem in content(text)),
        item.words,
    )


class Analyses:
    """Remembers the analyses of the latest accounts, one an item. An account that changed is analysed anew."""

    def __init__(self, most: int = KEPT) -> None:
        self._kept: dict[str, Analysis] = {}
        self._most = most

    def of(self, told: Account, most: int) -> Analysis:
        """The analysis of an account, with at least ``most`` of its lines where it has as many."""
        kept = self._kept.pop(told.item.id, None)
        if kept is None or kept.most < most or kept.account != told:
            kept = analyse(told, most)
        self._kept[told.item.id] = kept
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return kept


def _lines(told: Account) -> Iterator[Sentence]:
    item = told.item
    length = max(1, len(item.text))
    mentions = sorted(told.mentions, key=lambda mention: mention.start)
    for sentence in told.sentences:
        text = sentence.of(item.text)
        if BOILERPLATE.match(text):
            continue
        gist = text[dateline(text) :]
        stems = frozenset(content(gist))
        if len(stems) >= (FEWEST_WITH_NUMBER if any(stem.isdigit() for stem in stems) else FEWEST_WORDS):
            inside = [mention for mention in mentions if sentence.covers(mention.span)]
            people = frozenset(
                mention.entity or plainest(mention.name.split()[-1])
                for mention in inside
                if mention.name and mention.type == "person"
            )
            depth = sentence.start / length
            words_ = passage(item, sentence)
            yield Sentence(sentence, words_, item.language, depth, stems, people, gist, tuple(inside))


def _speakers(told: Account) -> Iterator[Speaker]:
    return ((name, said.entity) for said in told.attributions if (name := (said.speaker or "").strip()))


def _said(told: Account) -> Iterable[Said]:
    spans = [
        (((said.speaker or "").strip(), said.entity), span, verbatim, said.through or None)
        for said in told.attributions
        for span, verbatim in _spans(said, told)
    ]
    for speaker, span, verbatim, through in sorted(spans, key=lambda entry: (entry[1].start - entry[1].end, entry[1])):
        around = sentence_at(told, span)
        wording = Wording(passage(told.item, span), passage(told.item, around), verbatim, through=through)
        stems = frozenset(content(span.of(told.item.text)))
        yield Said(speaker, span, wording, stems, frozenset(content(around.of(told.item.text))))


def _spans(said: Attribution, told: Account) -> Iterator[tuple[Span, bool]]:
    """What of an attribution is a wording, and whether it is verbatim: its quoted pieces, or the longest of what is
    reported."""
    text = told.item.text
    quoted = [span for span in (trimmed(text, piece) for piece in said.quoted) if words(span.of(text))]
    if quoted:
        yield from ((span, True) for span in quoted if not titled(span.of(text)))
    elif not said.quoted and said.content:
        span = trimmed(text, max(said.content, key=lambda piece: piece.end - piece.start), ",;: ")
        if sum(is_content(word) for _, word in words(span.of(text))) >= FEWEST_SAID:
            yield span, False
