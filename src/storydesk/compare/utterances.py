"""Utterances: what one speaker said, with every wording in which the outlets carry it.

Only the words between quotation marks count as verbatim. Verbatim pieces are joined first, the fullest leading, by
the words they share or, where there are enough of them, by meaning; what is reported without quotation marks joins
what it plainly reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from storydesk.compare.analysis import KEPT, Analysis
from storydesk.compare.layout import Layout
from storydesk.compare.speakers import Speaker, gather
from storydesk.compare.wordings import cut_from, marks, shared, weight
from storydesk.compare.words import content
from storydesk.coverage import Extent, Utterance, Wording
from storydesk.language import Encoder
from storydesk.model import Span

__all__ = ["asked", "utterances"]

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
"""Content words from which meaning may join."""

SOME = 0.2
"""The share of words below which it is not asked for within a language: of what the models take for one utterance all
has far more, and to encode a quotation takes time."""

AROUND = 1
"""Content words that the sentences of two very short wordings must share besides, the speaker's name not counted."""


_Words = tuple[str, bool, str | None, frozenset[str]]
_Order = tuple[int, bool, int, Span]
_Pair = tuple[int, int]


class _Piece(NamedTuple):
    """A wording before it is known what it is a wording of, and where it stands in its account."""

    speaker: Speaker
    wording: Wording
    language: str | None
    stems: frozenset[str]
    around: frozenset[str]
    item: str
    span: Span

    @property
    def words(self) -> _Words:
        """What likeness to others rests on."""
        return self.wording.passage.text, self.wording.verbatim, self.language, self.around


class _Alike(NamedTuple):
    """Pairs of one speaker's pieces, by place, the later first: those ``sure`` to be of one utterance by their words,
    0 to 1, and those of which it is ``asked`` whether their meaning comes so near."""

    sure: dict[_Pair, float]
    asked: dict[_Pair, float]


NOTHING_ALIKE = _Alike({}, {})


def utterances(layout: Layout, encode: Encoder) -> tuple[Utterance, ...]:
    """Every utterance of the story; those that most origins carry first, of these the verbatim, then the first told."""
    place = {told.item.id: at for at, told in enumerate(layout.accounts)}
    spoken = [_in_other_words(pieces, place) for pieces in _by_speaker(layout)]
    firsts = [[same[0] for same in several] for several in spoken]
    alike = [_alike(layout.weights, several) for several in firsts]
    _ask(firsts, alike, encode)
    found = [
        _utterance(layout, place, [piece for member in group for piece in several[member]])
        for several, pieces, each in zip(spoken, firsts, alike, strict=True)
        for group in _gathered(pieces, each.sure)
    ]
    found.sort(key=lambda entry: entry[0])
    return tuple(utterance for _, utterance in found)


def asked(told: Analysis) -> Iterator[str]:
    """What an account quotes or reports whose meaning a story may ask for."""
    return (said.wording.passage.text for said in told.said if len(said.stems) >= LONG)


def _in_other_words(pieces: Sequence[_Piece], place: Mapping[str, int]) -> list[list[_Piece]]:
    """The pieces of a speaker by their words, so that reprints are held against others once: the verbatim first, of
    these the longest, of these the first told, by the ``place`` of its item in time."""

    def rank(piece: _Piece) -> tuple[bool, int, int, Span]:
        return not piece.wording.verbatim, -len(piece.stems), place[piece.item], piece.span

    if len(pieces) == 1:
        return [[*pieces]]  # most speakers
    same: dict[_Words, list[_Piece]] = {}
    for piece in sorted(pieces, key=rank):
        same.setdefault(piece.words, []).append(piece)
    return list(same.values())


def _alike(weights: Mapping[str, float], pieces: Sequence[_Piece]) -> _Alike:
    """What words say of the pieces of a speaker; only those with a word in common, or of two languages, are looked
    at."""
    if len(pieces) == 1:
        return NOTHING_ALIKE
    alike = _Alike({}, {})
    users: dict[str, list[int]] = {}
    heavy = cache(lambda place: weight(pieces[place].stems, weights))
    several = len({piece.language for piece in pieces} - {None}) > 1
    carried = len({piece.item for piece in pieces}) > 1  # what one item quotes is not asked about
    for place, piece in enumerate(pieces):
        near = range(place) if several else {other for stem in piece.stems for other in users.get(stem, ())}
        for other in near:
            two = pieces[other]
            if several and piece.language and two.language and piece.language != two.language:
                alike.asked[place, other] = TRANSLATED
                continue
            overlap = shared(piece.stems, two.stems, min(heavy(place), heavy(other)), weights)
            fewest = min(len(piece.stems), len(two.stems))
            if overlap > NEARLY and _bear_out(piece, two, fewest) if fewest <= FEW else overlap >= SAME_WORDS:
                alike.sure[place, other] = overlap
            elif carried and fewest >= LONG and overlap >= SOME:
                reported = not (piece.wording.verbatim and two.wording.verbatim)
                alike.asked[place, other] = REPORTED if reported and overlap >= RARE else SAME_MEANING
        for stem in piece.stems:
            users.setdefault(stem, []).append(place)
    return alike


def _ask(spoken: Sequence[Sequence[_Piece]], alike: Sequence[_Alike], encode: Encoder) -> None:
    """Makes sure of the pairs whose meaning comes near enough; the texts are encoded together."""
    row: dict[str, int] = {}
    asked = [
        (each.sure, pair, least, [row.setdefault(pieces[place].wording.passage.text, len(row)) for place in pair])
        for pieces, each in zip(spoken, alike, strict=True)
        for pair, least in each.asked.items()
    ]
    vectors = encode(list(row))
    for sure, pair, least, (one, two) in asked:
        meaning = float(vectors[one] @ vectors[two])
        if meaning >= least:
            sure[pair] = meaning


def _gathered(pieces: Sequence[_Piece], sure: Mapping[_Pair, float]) -> list[list[int]]:
    """The pieces of a speaker, by place, as one list an utterance: each goes where it is likest to a piece before it;
    what is reported to the first one of an utterance, so that reports make no chain."""
    likest: dict[int, list[tuple[float, int]]] = {}
    for (place, other), likeness in sure.items():
        likest.setdefault(place, []).append((likeness, other))
    groups: list[list[int]] = []
    group_of: list[int] = []
    for place, piece in enumerate(pieces):
        able = [
            (likeness, -group_of[other])
            for likeness, other in likest.get(place, ())
            if piece.wording.verbatim or groups[group_of[other]][0] == other
        ]
        if able:
            group_of.append(-max(able)[1])
            groups[group_of[-1]].append(place)
        else:
            group_of.append(len(groups))
            groups.append([place])
    return groups


def _bear_out(one: _Piece, two: _Piece, fewest: int) -> bool:
    """Whether more than their few words speaks for two pieces: what is around them, or one word for word."""
    if fewest < FEW:
        return len(one.around & two.around - (one.stems & two.stems)) >= AROUND
    texts = sorted((one.wording.passage.text, two.wording.passage.text), key=len)
    return one.stems == two.stems or cut_from(*texts)


def _by_speaker(layout: Layout) -> Iterable[list[_Piece]]:
    """The pieces of each speaker in the order in which they are told, the first to be heard first."""
    speakers = gather(chain.from_iterable([told.speakers for told in layout.analyses]))
    pieces: dict[Speaker, list[_Piece]] = {}
    for told in layout.analyses:
        for piece in _pieces_of(told, tuple([speakers.get(said.speaker) for said in told.said])):
            pieces.setdefault(piece.speaker, []).append(piece)
    return pieces.values()


@lru_cache(maxsize=KEPT)
def _pieces_of(told: Analysis, speakers: Sequence[Speaker | None]) -> Sequence[_Piece]:
    """The pieces of an account, longest first, said by these speakers, one each; one that is only a part of another of
    the same speaker is left out."""
    kept: dict[tuple[Speaker, bool], list[Span]] = {}
    pieces = []
    for said, speaker in zip(told.said, speakers, strict=True):
        if speaker is None:
            continue
        before = kept.setdefault((speaker, said.wording.verbatim), [])
        if not any(other.covers(said.span) for other in before):
            before.append(said.span)
            around = said.around - _stems(speaker[0])
            language = told.account.item.language
            pieces.append(_Piece(speaker, said.wording, language, said.stems, around, told.account.item.id, said.span))
    return tuple(pieces)


@lru_cache(maxsize=KEPT)
def _stems(name: str) -> frozenset[str]:
    return frozenset(content(name))


def _utterance(layout: Layout, place: Mapping[str, int], pieces: Sequence[_Piece]) -> tuple[_Order, Utterance]:
    """The utterance, after the key of its order among the others. ``place`` has that of each item in time."""
    if len(pieces) == 1:
        only = pieces[0]  # most utterances
        own = (layout.origin_of[only.item],)
        return (-1, not only.wording.verbatim, place[only.item], only.span), Utterance(
            *only.speaker, (only.wording,), own
        )
    told = sorted(pieces, key=lambda piece: (place[piece.item], piece.span))
    said: dict[str, list[_Piece]] = {}
    for piece in told:
        if piece.wording.verbatim:
            said.setdefault(piece.wording.passage.text, []).append(piece)
    wordings = tuple(piece.wording for piece in told)
    if len(said) > 1:
        fullest = max(said, key=lambda text: len(text.split()))
        items = {text: [piece.item for piece in several] for text, several in said.items()}
        wordings = tuple(_marked(piece, said[fullest][0], items) for piece in told)
    origins = layout.origins_of(wording.passage.item for wording in wordings)
    order = (-len(origins), not said, place[told[0].item], told[0].span)
    return order, Utterance(*told[0].speaker, wordings, origins)


def _marked(piece: _Piece, fullest: _Piece, items: Mapping[str, Sequence[str]]) -> Wording:
    """The wording with what differs marked, and whether it is cut short or joined; reported speech and translations,
    which differ throughout, stay unmarked. ``items`` has those of each verbatim wording, by its words."""
    if not piece.wording.verbatim or piece.language != fullest.language:
        return piece.wording
    text = piece.wording.passage.text
    parts = Counter(item for other, several in items.items() if cut_from(other, text) for item in several)
    joined = any(count > 1 for count in parts.values())
    extent: Extent = "joined" if joined else "part" if cut_from(text, fullest.wording.passage.text) else "whole"
    return replace(piece.wording, marks=marks(text, fullest.wording.passage.text), extent=extent)
