"""Utterances: what one speaker said, with every wording in which the outlets carry it.

Only the words between quotation marks count as verbatim. Verbatim pieces are joined first, the fullest leading, by
the words they share or, where there are enough of them, by meaning; what is reported without quotation marks joins
what it plainly reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from storydesk.compare.layout import Layout
from storydesk.compare.speakers import Speaker, gather
from storydesk.compare.wordings import cut_from, marks, shared, titled, weight
from storydesk.compare.words import content
from storydesk.coverage import Extent, Utterance, Wording
from storydesk.language import Encoder
from storydesk.language.vectors import Vectors
from storydesk.model import Span

__all__ = ["utterances"]

SAME_WORDS = 0.6
"""The share of the shorter wording's content words that stand in the other, by their weight in the story (all that a
speaker says of one event shares its common words), from which both are of one utterance."""

SAME_MEANING = 0.8
"""Cosine from which two longer wordings are of one utterance though their words differ; .8 spares mere likeness of
topic."""

TRANSLATED = 0.7
"""The same between languages, where the encoder is less sure of equals."""

REPORTED = 0.65
"""Cosine from which reported speech that shares enough words is of one utterance with another wording."""

RARE = 0.4
"""The share of words that is enough for that."""

FEW = 2
"""A wording with fewer content words proves nothing by itself: what is around it must agree."""

NEARLY = 0.999
"""All words of the shorter wording, as floating point adds their weights."""

LONG = 4
"""Content words from which meaning alone may join."""

AROUND = 1
"""Content words that the sentences of two very short wordings must share besides, the speaker's name not counted."""


_Words = tuple[str, bool, str | None, frozenset[str]]
_Order = tuple[int, bool, tuple[int, Span]]


class _Piece(NamedTuple):
    """A wording before it is known what it is a wording of. ``weight`` is that of its stems, ``order`` its account's
    place in time and where it stands there."""

    speaker: Speaker
    wording: Wording
    language: str | None
    stems: frozenset[str]
    weight: float
    around: frozenset[str]
    order: tuple[int, Span]

    @property
    def words(self) -> _Words:
        """What likeness to others rests on: reprints are held against others once."""
        return self.wording.passage.text, self.wording.verbatim, self.language, self.around


def utterances(layout: Layout, encode: Encoder) -> tuple[Utterance, ...]:
    """Every utterance of the story; those that most origins carry first, of these the verbatim, then the first told."""
    pieces = _pieces(layout)
    told = {(piece.speaker, piece.wording.passage.item) for piece in pieces}
    carried = Counter(speaker for speaker, _ in told)  # what one item alone quotes needs no comparing by meaning
    vectors = encode([piece.wording.passage.text if carried[piece.speaker] > 1 else "" for piece in pieces])
    first = sorted(
        range(len(pieces)), key=lambda i: (not pieces[i].wording.verbatim, -len(pieces[i].stems), pieces[i].order)
    )
    by_speaker: dict[Speaker, list[dict[_Words, list[int]]]] = {}
    for index in first:
        groups = by_speaker.setdefault(pieces[index].speaker, [])
        likeness = partial(_likeness, layout.weights, pieces, vectors, index)
        firsts = [[same[0] for same in group.values()] for group in groups]
        if not pieces[index].wording.verbatim:
            firsts = [several[:1] for several in firsts]  # reports make no chain
        scored = [(max(map(likeness, several)), group) for several, group in zip(firsts, groups, strict=True)]
        score, best = max(scored, key=lambda entry: entry[0], default=(0.0, {}))
        if score == 0:
            groups.append(best := {})
        best.setdefault(pieces[index].words, []).append(index)
    found = [
        _utterance(layout, [pieces[i] for same in group.values() for i in same])
        for groups in by_speaker.values()
        for group in groups
    ]
    found.sort(key=lambda entry: entry[0])
    return tuple(utterance for _, utterance in found)


def _likeness(
    weights: Mapping[str, float], pieces: Sequence[_Piece], vectors: Vectors, first: int, second: int
) -> float:
    """How surely two pieces of one speaker are of one utterance, 0 (not) to 1."""
    one, two = pieces[first], pieces[second]
    if one.language and two.language and one.language != two.language:
        meaning = float(vectors[first] @ vectors[second])
        return meaning if meaning >= TRANSLATED else 0.0
    fewest = min(len(one.stems), len(two.stems))
    if fewest < LONG and one.stems.isdisjoint(two.stems):
        return 0.0  # most pairs
    overlap = shared(one.stems, two.stems, min(one.weight, two.weight), weights)
    if fewest <= FEW:
        return overlap if overlap > NEARLY and _bear_out(one, two, fewest) else 0.0
    if overlap >= SAME_WORDS:
        return overlap
    if fewest < LONG:
        return 0.0
    meaning = float(vectors[first] @ vectors[second])
    reported = not (one.wording.verbatim and two.wording.verbatim)
    least = REPORTED if reported and overlap >= RARE else SAME_MEANING
    return meaning if meaning >= least else 0.0


def _bear_out(one: _Piece, two: _Piece, fewest: int) -> bool:
    """Whether more than their few words speaks for two pieces: what is around them, or one word for word."""
    if fewest < FEW:
        return len(one.around & two.around - (one.stems & two.stems)) >= AROUND
    texts = sorted((one.wording.passage.text, two.wording.passage.text), key=len)
    return one.stems == two.stems or cut_from(*texts)


def _pieces(layout: Layout) -> list[_Piece]:
    speakers = gather(layout.accounts)
    names = {speaker: frozenset(content(speaker[0])) for speaker in set(speakers.values())}
    return [piece for at in range(len(layout.analyses)) for piece in _pieces_of(layout, at, speakers, names)]


def _pieces_of(
    layout: Layout, at: int, speakers: Mapping[Speaker, Speaker], names: Mapping[Speaker, frozenset[str]]
) -> Iterator[_Piece]:
    """The pieces of one account, longest first; one that is only a part of another of the same speaker is left out."""
    told = layout.analyses[at]
    language = told.account.item.language
    kept: dict[tuple[Speaker, bool], list[Span]] = {}
    for said in told.said:
        speaker = speakers.get(said.speaker)
        if speaker is None or (said.wording.verbatim and titled(said.wording.passage.text)):
            continue
        before = kept.setdefault((speaker, said.wording.verbatim), [])
        if any(other.covers(said.span) for other in before):
            continue
        before.append(said.span)
        rest, heavy = said.around - names[speaker], weight(said.stems, layout.weights)
        yield _Piece(speaker, said.wording, language, said.stems, heavy, rest, (at, said.span))


def _utterance(layout: Layout, pieces: Sequence[_Piece]) -> tuple[_Order, Utterance]:
    """The utterance, after the key of its order among the others."""
    told = sorted(pieces, key=lambda piece: piece.order)
    said = [piece for piece in told if piece.wording.verbatim]
    fullest = max(said, key=lambda piece: len(piece.wording.passage.text.split()), default=None)
    wordings = tuple(_marked(piece, fullest, said) for piece in told)
    origins = layout.origins_of(wording.passage.item for wording in wordings)
    order = (-len(origins), not said, told[0].order)
    return order, Utterance(told[0].speaker[0], told[0].speaker[1], wordings, origins)


def _marked(piece: _Piece, fullest: _Piece | None, said: Sequence[_Piece]) -> Wording:
    """The wording with what differs marked, and whether it is cut short or joined; reported speech and translations,
    which differ throughout, stay unmarked."""
    if fullest is None or not piece.wording.verbatim or piece.language != fullest.language:
        return piece.wording
    text = piece.wording.passage.text
    parts = Counter(other.wording.passage.item for other in said if cut_from(other.wording.passage.text, text))
    joined = any(count > 1 for count in parts.values())
    extent: Extent = "joined" if joined else "part" if cut_from(text, fullest.wording.passage.text) else "whole"
    return replace(piece.wording, marks=marks(text, fullest.wording.passage.text), extent=extent)
