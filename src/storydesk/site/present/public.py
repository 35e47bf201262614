"""What of a coverage the public is given: never more than half of any piece, its excerpt included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from storydesk.compare import contested
from storydesk.coverage import Coverage, Passage, Statement, Utterance
from storydesk.model import Account
from storydesk.site.present.voices import needs_sentence
from storydesk.site.present.words import EXCERPT

__all__ = ["ONLY_SHOWN", "Withheld", "for_the_public"]

ONLY_SHOWN: Final = 4
"""Statements of each single origin that the public sees: enough to tell what is peculiar to it."""

SHARE: Final = 0.5
"""The most of a piece's characters that is given in all: a page that gave more would take the place of the outlet's."""

LEAST: Final = 480
"""Characters that are given of any piece, however short: its excerpt, and a sentence or two."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much of a coverage is left to the outlets' own pages: statements by the origin that alone tells them,
    statements that several tell, and utterances."""

    only: Mapping[str, int] = field(default_factory=dict)
    shared: int = 0
    utterances: int = 0


class _Given:
    """The characters of each piece that were given so far."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._given = {account.item.id: bytearray(len(account.item.text)) for account in accounts}
        for account in accounts:
            lead = account.item.text.split(maxsplit=EXCERPT)
            rest = len(lead[-1]) if len(lead) > EXCERPT else 0
            self._mark(account.item.id, 0, len(account.item.text) - rest)

    def give(self, passages: Sequence[Passage]) -> bool:
        """Whether all of them may be given; they are then counted. Words of an item that is not there are free: there
        is no text that they could add up to."""
        new = Counter[str]()
        for words in passages:
            given = self._given.get(words.item, b"")
            new[words.item] += given[words.start : words.end].count(0)
        if any(more and self._over(item, more) for item, more in new.items()):
            return False
        for words in passages:
            self._mark(words.item, words.start, words.end)
        return True

    def _over(self, item: str, more: int) -> bool:
        given = self._given[item]
        return given.count(1) + more > max(SHARE * len(given), LEAST)

    def _mark(self, item: str, start: int, end: int) -> None:
        given = self._given.get(item, bytearray())
        end = min(end, len(given))
        given[start:end] = b"\1" * max(0, end - start)


def for_the_public(coverage: Coverage, accounts: Sequence[Account]) -> tuple[Coverage, Withheld]:
    """The coverage without what would add up to more than half of a piece, and how much that is.

    What matters most to a reader is given first: differences, the brief, what all tell, quotations that several
    origins carry, what some tell, other quotations, the first :data:`ONLY_SHOWN` statements of each single origin, then
    reported speech. Whatever finds no room is left out whole: a statement never loses one outlet's cell, which would
    read as if that outlet were silent.
    """
    given = _Given(accounts)
    differences = [one for one in coverage.differences if given.give([side.context for side in one.sides])]
    brief = [point for point in coverage.brief if given.give([point.passage])]
    shared = sorted((one for one in coverage.statements if one.told_by != "one"), key=lambda one: -len(one.origins))
    statements = [one for one in shared if one.told_by == "all" and given.give(one.cells)]
    quoted = sorted((one for one in coverage.utterances if _verbatim(one)), key=lambda one: -len(one.origins))
    compared = [one for one in quoted if len(one.origins) > 1 and given.give(list(_words(one)))]
    statements += [one for one in shared if one.told_by == "some" and given.give(one.cells)]
    single = [one for one in quoted if len(one.origins) <= 1 and given.give(list(_words(one)))]
    only = [one for one in _first(coverage.statements) if given.give(one.cells)]
    reported = [one for one in coverage.utterances if not _verbatim(one) and given.give(list(_words(one)))]
    utterances = (*compared, *single, *reported)
    timeline = [one for one in coverage.timeline if one.passage is None or given.give([one.passage])]
    kept = {id(one) for one in (*statements, *only, *utterances)}
    left = [one for one in coverage.statements if id(one) not in kept]
    shown = replace(
        coverage,
        brief=contested(brief, differences),
        differences=tuple(differences),
        statements=tuple(one for one in coverage.statements if id(one) in kept),
        utterances=tuple(_bare(one) for one in coverage.utterances if id(one) in kept),
        timeline=tuple(timeline),
    )
    return shown, Withheld(
        only=Counter(origin for one in left if one.told_by == "one" for origin in one.origins),
        shared=sum(one.told_by != "one" for one in left),
        utterances=len(coverage.utterances) - len(utterances),
    )


def _first(statements: Sequence[Statement]) -> Iterator[Statement]:
    told: Counter[tuple[str, ...]] = Counter()
    for one in statements:
        if one.told_by == "one":
            told[one.origins] += 1
            if told[one.origins] <= ONLY_SHOWN:
                yield one


def _verbatim(utterance: Utterance) -> bool:
    return any(wording.verbatim for wording in utterance.wordings)


def _words(utterance: Utterance) -> Iterator[Passage]:
    for wording in utterance.wordings:
        yield wording.context if needs_sentence(wording) else wording.passage


def _bare(utterance: Utterance) -> Utterance:
    """Without the sentences around quotations that speak for themselves."""
    return replace(
        utterance,
        wordings=tuple(one if needs_sentence(one) else replace(one, context=one.passage) for one in utterance.wordings),
    )
