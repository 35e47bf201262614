"""What the accounts of a story say of one entity: what it is quoted as saying, what others say of it, and what outlets
call it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from storydesk.coverage import Passage, Utterance
from storydesk.recognise.roles import roles
from storydesk.site.present.frame import Frame, Words
from storydesk.site.present.voices import Voice, voices

__all__ = ["Called", "Role", "by_it", "of_it", "roles_of"]

ROLES: Final = 12


@dataclass(frozen=True, slots=True)
class Called:
    """An entity as one story has it: its id, its names there, and whether the knowledge base knows it."""

    id: str
    names: frozenset[str]
    known: bool


@dataclass(frozen=True, slots=True)
class Role:
    """What outlets say that somebody is, in their words, and where each does."""

    words: str
    language: str
    where: tuple[Words, ...]


def by_it(frame: Frame, it: Called) -> tuple[Voice, ...]:
    """What it is quoted as saying."""
    return voices(frame, [said for said in frame.coverage.utterances if _speaks(said, it)])


def of_it(frame: Frame, it: Called) -> tuple[Voice, ...]:
    """What others say in whose words it is named, in the wordings that name it."""
    found = []
    for said in frame.coverage.utterances:
        wordings = tuple(wording for wording in said.wordings if _names(frame, wording.passage, it))
        if wordings and not _speaks(said, it):
            found.append(replace(said, wordings=wordings))
    return voices(frame, found)


def roles_of(told: Collection[tuple[Frame, Called]]) -> tuple[Role, ...]:
    """What outlets say that a person is, what most outlets say first."""
    found: dict[str, list[Words]] = {}
    for frame, it in told:
        for words in _roles(frame, it):
            found.setdefault(words.text.casefold(), []).append(words)
    ranked = sorted(found.values(), key=lambda said: -len({words.outlet for words in said}))
    return tuple(Role(said[0].text, said[0].language, _once_an_outlet(said)) for said in ranked[:ROLES])


def _roles(frame: Frame, it: Called) -> Iterator[Words]:
    for account in frame.accounts:
        item = frame.items.get(account.item.id)
        if item and (item.language or "en").startswith("en"):
            for span in roles(account, it.id, it.names):
                yield frame.words(
                    Passage(item.id, account.item.revision, span.start, span.end, span.of(account.item.text))
                )


def _once_an_outlet(said: Sequence[Words]) -> tuple[Words, ...]:
    return tuple({words.outlet: words for words in reversed(said)}.values())[::-1]


def _speaks(said: Utterance, it: Called) -> bool:
    return said.entity == it.id or (said.entity is None and said.speaker in it.names)


def _names(frame: Frame, passage: Passage, it: Called) -> bool:
    """Whether it is named inside a passage."""
    account = frame.account_of.get(passage.item)
    if account is None or account.item.revision != passage.revision:
        return False
    inside = (mention for mention in account.mentions if passage.start <= mention.start and mention.end <= passage.end)
    return any(
        mention.entity == it.id or (not it.known and mention.entity is None and mention.name in it.names)
        for mention in inside
    )
