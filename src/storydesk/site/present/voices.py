"""Who said what: each speaker's utterances, each in the wordings in which the outlets carry it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from storydesk.coverage import Extent, Utterance, Wording
from storydesk.model import Span
from storydesk.site.present.frame import Frame, Words
from storydesk.site.present.words import Piece, cut, plain

__all__ = ["Carrier", "Said", "Version", "Voice", "needs_sentence", "voices"]

SHORT: Final = 8
"""Words: a quotation of fewer is a fragment, shown with the sentence around it so that it does not seem to say more."""


EXTENTS: Final[dict[Extent, str]] = {"whole": "", "part": "cut short", "joined": "joins what others quote apart"}


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries a wording, when it published, and through whom the words came to it. ``first`` where
    others carry the utterance too, later."""

    words: Words
    through: str
    published: datetime | None
    first: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One wording with its carriers. Only a ``verbatim`` one may stand inside quotation marks. ``extent`` says in words
    what it is of the fullest wording, where it is not the whole."""

    pieces: tuple[Piece, ...]
    verbatim: bool
    language: str
    carriers: tuple[Carrier, ...]
    sentence: tuple[Piece, ...]
    extent: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance in all its wordings; ``origins`` is how many independent origins carry it."""

    versions: tuple[Version, ...]
    origins: int

    @property
    def quoted(self) -> bool:
        """Whether an outlet gives it word for word."""
        return any(version.verbatim for version in self.versions)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with all that is attributed to them: what an outlet gives word for word, and what is only reported.
    ``more`` is not shown here."""

    speaker: str
    href: str
    said: tuple[Said, ...]
    reported: tuple[Said, ...]
    more: int = 0

    @property
    def rows(self) -> int:
        """The lines of a table that it takes: one for each wording, and one for what is only reported or not shown."""
        return sum(len(said.versions) for said in self.said) + bool(self.reported or self.more)


def voices(frame: Frame, only: Collection[Utterance] | None = None, most: int | None = None) -> tuple[Voice, ...]:
    """The speakers, quoted ones first, those carried by most independent origins first, then as they are first heard.

    ``only`` are the utterances that are wanted, all of them where it is ``None``; ``most`` how many of each speaker's,
    quoted and reported, are shown.
    """
    by_speaker: dict[str, list[Utterance]] = {}
    for utterance in frame.coverage.utterances if only is None else only:
        by_speaker.setdefault(utterance.entity or utterance.speaker, []).append(utterance)
    ranked = sorted(by_speaker.values(), key=_reach, reverse=True)
    return tuple(_voice(frame, utterances, most) for utterances in ranked)


def needs_sentence(wording: Wording) -> bool:
    """Whether the sentence around it is shown with it: around reported words and fragments, not around a quotation
    that speaks for itself."""
    if wording.verbatim and len(wording.passage.text.split()) >= SHORT:
        return False
    return len(wording.context.text.split()) > len(wording.passage.text.split())


def _reach(utterances: Sequence[Utterance]) -> tuple[bool, int, int]:
    quoted = any(_quoted(said) for said in utterances)
    return (
        quoted,
        len({origin for said in utterances for origin in said.origins}),
        max(len(said.origins) for said in utterances),
    )


def _voice(frame: Frame, utterances: Sequence[Utterance], most: int | None) -> Voice:
    first = utterances[0]
    ranked = sorted(utterances, key=_weight, reverse=True)
    quoted = [said for said in ranked if _quoted(said)]
    reported = [said for said in ranked if not _quoted(said)]
    shown = quoted[:most], reported[:most]
    heard = [_said(frame, said) for said in shown[0]]
    return Voice(
        speaker=first.speaker,
        href=frame.addresses.entity(first.entity) if first.entity else frame.addresses.person(first.speaker),
        said=_by_sentence(heard),
        reported=tuple(_said(frame, said) for said in shown[1]),
        more=len(utterances) - len(shown[0]) - len(shown[1]),
    )


def _weight(said: Utterance) -> tuple[int, bool]:
    """Told by most origins first, then quotations that speak for themselves, then fragments."""
    longest = max(len(wording.passage.text.split()) for wording in said.wordings)
    return len(said.origins), longest >= SHORT


def _quoted(said: Utterance) -> bool:
    return any(wording.verbatim for wording in said.wordings)


def _said(frame: Frame, said: Utterance) -> Said:
    """Wordings that differ in no more than the shape of quotation marks and the comma before them are one version."""
    alike: dict[tuple[bool, str], list[Wording]] = {}
    for wording in said.wordings:
        alike.setdefault((wording.verbatim, plain(wording.passage.text)), []).append(wording)
    first = _first(frame, said.wordings)
    return Said(tuple(_version(frame, same, first) for same in alike.values()), len(said.origins))


def _by_sentence(heard: Sequence[Said]) -> tuple[Said, ...]:
    """Fragments that one sentence of one outlet quotes stand in it together, once."""
    lines: dict[object, Said] = {}
    for said in heard:
        version = said.versions[0]
        alone = len(said.versions) == len(version.carriers) == 1 and version.sentence
        text = "".join(piece.text for piece in version.sentence)
        place = (text, version.carriers[0].words.outlet) if alone else id(said)
        before = lines.get(place)
        lines[place] = replace(said, versions=(_both(before.versions[0], version),)) if before else said
    return tuple(lines.values())


def _both(one: Version, other: Version) -> Version:
    marks: list[Span] = []
    for version in (one, other):
        at = 0
        for piece in version.sentence:
            marks += [Span(at, at + len(piece.text))] if piece.marked else []
            at += len(piece.text)
    return replace(one, sentence=cut("".join(piece.text for piece in one.sentence), marks))


def _first(frame: Frame, wordings: Sequence[Wording]) -> Wording | None:
    """The wording that was published first, where several outlets carry it and it is known when each published."""
    items = {id(one): frame.items.get(one.passage.item) for one in wordings}
    times = [(item.published, place) for place, item in enumerate(items.values()) if item and item.published]
    several = len({item.source for item in items.values() if item}) > 1
    return wordings[min(times)[1]] if several and len(times) == len(wordings) else None


def _version(frame: Frame, same: Sequence[Wording], first: Wording | None) -> Version:
    fullest = same[0]
    shown = frame.words(fullest.passage, fullest.marks)
    return Version(
        pieces=_without_last_comma(shown.pieces) if fullest.verbatim else shown.pieces,
        verbatim=fullest.verbatim,
        language=shown.language,
        carriers=tuple(_carrier(frame, wording, first) for wording in same),
        sentence=_sentence(fullest),
        extent=EXTENTS[fullest.extent],
    )


def _carrier(frame: Frame, wording: Wording, first: Wording | None) -> Carrier:
    item = frame.items.get(wording.passage.item)
    return Carrier(
        words=frame.words(wording.passage),
        through=wording.through or "",
        published=item.published if item else None,
        first=wording is first,
    )


def _sentence(wording: Wording) -> tuple[Piece, ...]:
    """The sentence around reported words or a fragment, these marked."""
    if not needs_sentence(wording):
        return ()
    start = wording.passage.start - wording.context.start
    return cut(wording.context.text, [Span(start, start + len(wording.passage.text))])


def _without_last_comma(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The comma that American usage puts inside the closing mark belongs to the sentence around the quotation."""
    *before, last = pieces
    return (*before, Piece(last.text.removesuffix(","), last.marked)) if last.text != "," else tuple(before)
