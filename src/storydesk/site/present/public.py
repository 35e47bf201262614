"""What the public is given of a story and of its items' own pages: together never more than half of any piece, its
excerpt included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from storydesk.compare import contested
from storydesk.coverage import Coverage, Passage, Statement, Utterance
from storydesk.model import Account, Attribution, Span
from storydesk.site.present.voices import needs_sentence
from storydesk.site.present.words import EXCERPT, around

__all__ = ["ONLY_SHOWN", "Opened", "Withheld", "for_the_public", "opened", "telling"]

ONLY_SHOWN: Final = 4
"""Statements of each single origin that the public sees: enough to tell what is peculiar to it."""

SHARE: Final = 0.5
"""The most of a piece's characters that is given in all: a page that gave more would take the place of the outlet's."""

LEAST: Final = 480
"""Characters that are given of any piece, however short: its excerpt, and a sentence or two."""


ATTRIBUTIONS: Final = 6
"""Attributions of a piece that the public sees on its page."""

CONTEXT: Final = 30
"""Words given on either side of those that a story shows: their sentence and its neighbours."""

RUNS: Final = re.compile(b"\1+")


@dataclass(frozen=True, slots=True)
class Opened:
    """What of a piece's text the public can open on its page, in order, and the attributions that it sees there."""

    stretches: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()

    def around(self, asked: Span) -> Span | None:
        """The stretch in which the words asked for begin; ``None`` where they are not to be had."""
        return next((one for one in self.stretches if one.start <= asked.start < one.end), None)


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much of a coverage is left to the outlets' own pages: statements by the origin that alone tells them,
    statements that several tell, and utterances."""

    only: Mapping[str, int] = field(default_factory=dict)
    shared: int = 0
    utterances: int = 0


class _Given:
    """The characters of each piece, by id, that were given so far."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._given = {item: bytearray(len(text)) for item, text in texts.items()}
        for item, text in texts.items():
            lead = text.split(maxsplit=EXCERPT)
            rest = len(lead[-1]) if len(lead) > EXCERPT else 0
            self._mark(item, 0, len(text) - rest)

    def give(self, passages: Iterable[Passage]) -> bool:
        """Whether all of them may be given; they are then counted."""
        return self.give_places([(words.item, Span(words.start, words.end)) for words in passages])

    def give_places(self, places: Sequence[tuple[str, Span]]) -> bool:
        """The same for stretches of items. Words of an item that is not there are free: there is no text that they
        could add up to."""
        new = Counter[str]()
        for item, span in places:
            new[item] += self._given.get(item, b"")[span.start : span.end].count(0)
        if any(more and self._over(item, more) for item, more in new.items()):
            return False
        for item, span in places:
            self._mark(item, span.start, span.end)
        return True

    def stretches(self, item: str, text: str) -> tuple[Span, ...]:
        """What was given of a piece, in order; blanks between two stretches are no gap."""
        found: list[Span] = []
        for run in RUNS.finditer(self._given[item]):
            start = found.pop().start if found and not text[found[-1].end : run.start()].strip() else run.start()
            found.append(Span(start, run.end()))
        return tuple(found)

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
    return _shared_out(coverage, _Given({account.item.id: account.item.text for account in accounts}))


def opened(account: Account, coverage: Coverage | None, texts: Mapping[str, str]) -> Opened:
    """What of one piece the public is given on its own page, all requests together: what its story shows of it
    (``coverage``, over the ``texts`` of its items by id), the first :data:`ATTRIBUTIONS` for which there is room, then
    :data:`CONTEXT` words around each stretch, while there is room."""
    item, text = account.item.id, account.item.text
    given = _Given({**texts, item: text})
    if coverage:
        _shared_out(coverage, given)
    said = islice((one for one in telling(account) if given.give_places([(item, one.extent)])), ATTRIBUTIONS)
    attributions = tuple(said)
    for stretch in given.stretches(item, text):
        given.give_places([(item, around(text, stretch, CONTEXT))])
    return Opened(given.stretches(item, text), attributions)


def telling(account: Account) -> list[Attribution]:
    """The attributions that say something to a reader: whose speaker is known, or that quote."""
    return [one for one in account.attributions if one.speaker or one.quoted]


def _shared_out(coverage: Coverage, given: _Given) -> tuple[Coverage, Withheld]:
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
