"""Who said what: each speaker's utterances, each in the wordings in which the outlets carry it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from storydesk.coverage import Utterance, Wording
from storydesk.model import Span
from storydesk.site.present.frame import Frame, Words
from storydesk.site.present.words import Piece, cut

__all__ = ["Carrier", "Said", "Version", "Voice", "voices"]

SHORT: Final = 8
"""Words: a quotation of fewer is a fragment, shown with the sentence around it so that it does not seem to say more."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries a wording, and through whom the words came to it."""

    words: Words
    through: str


@dataclass(frozen=True, slots=True)
class Version:
    """One wording with its carriers. Only a ``verbatim`` one may stand inside quotation marks."""

    pieces: tuple[Piece, ...]
    verbatim: bool
    language: str
    carriers: tuple[Carrier, ...]
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance in all its wordings; ``origins`` is how many independent origins carry it."""

    versions: tuple[Version, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with all that is attributed to them; ``quoted`` where an outlet gives some of it word for word."""

    speaker: str
    href: str
    quoted: bool
    said: tuple[Said, ...]


def voices(frame: Frame, only: Collection[Utterance] | None = None) -> tuple[Voice, ...]:
    """The speakers, quoted ones first, those carried by most independent origins first, then as they are first heard.

    ``only`` are the utterances that are wanted, all of them where it is ``None``.
    """
    by_speaker: dict[str, list[Utterance]] = {}
    for utterance in frame.coverage.utterances if only is None else only:
        by_speaker.setdefault(utterance.entity or utterance.speaker, []).append(utterance)
    ranked = sorted(by_speaker.values(), key=_reach, reverse=True)
    return tuple(_voice(frame, utterances) for utterances in ranked)


def _reach(utterances: Sequence[Utterance]) -> tuple[bool, int, int]:
    quoted = any(_quoted(said) for said in utterances)
    return (
        quoted,
        len({origin for said in utterances for origin in said.origins}),
        max(len(said.origins) for said in utterances),
    )


def _voice(frame: Frame, utterances: Sequence[Utterance]) -> Voice:
    first = utterances[0]
    return Voice(
        speaker=first.speaker,
        href=frame.addresses.entity(first.entity) if first.entity else frame.addresses.person(first.speaker),
        quoted=any(_quoted(said) for said in utterances),
        said=tuple(
            Said(_versions(frame, said.wordings), len(said.origins))
            for said in sorted(utterances, key=lambda said: (_quoted(said), len(said.origins)), reverse=True)
        ),
    )


def _quoted(said: Utterance) -> bool:
    return any(wording.verbatim for wording in said.wordings)


def _versions(frame: Frame, wordings: Sequence[Wording]) -> tuple[Version, ...]:
    """Wordings that differ in no more than the shape of quotation marks and the comma before them are one version."""
    alike: dict[tuple[bool, str], list[Wording]] = {}
    for wording in wordings:
        alike.setdefault((wording.verbatim, _plain(wording.passage.text)), []).append(wording)
    return tuple(_version(frame, same) for same in alike.values())


def _version(frame: Frame, same: Sequence[Wording]) -> Version:
    first = same[0]
    shown = frame.words(first.passage, first.marks)
    return Version(
        pieces=_without_last_comma(shown.pieces) if first.verbatim else shown.pieces,
        verbatim=first.verbatim,
        language=shown.language,
        carriers=tuple(Carrier(frame.words(wording.passage), wording.through or "") for wording in same),
        sentence=_sentence(first),
    )


def _sentence(wording: Wording) -> tuple[Piece, ...]:
    """The sentence around reported words or a fragment, these marked; nothing where a quotation speaks for itself."""
    if wording.verbatim and len(wording.passage.text.split()) >= SHORT:
        return ()
    if len(wording.context.text.split()) <= len(wording.passage.text.split()):
        return ()
    start = wording.passage.start - wording.context.start
    return cut(wording.context.text, [Span(start, start + len(wording.passage.text))])


def _without_last_comma(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The comma that American usage puts inside the closing mark belongs to the sentence around the quotation."""
    *before, last = pieces
    return (*before, Piece(last.text.removesuffix(","), last.marked)) if last.text != "," else tuple(before)


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).strip(" ,.;")
