"""What all parts of a story page share: the coverage, the accounts by item, and where things are to be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from storydesk.coverage import Coverage, CoveredItem, Origin, Passage
from storydesk.model import Account, Span
from storydesk.site.fragment import link_to_words
from storydesk.site.present.words import Piece, cut

__all__ = ["Addresses", "Frame", "Words"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are to be found: pages of the desk, or places in the one file. ``""`` where there is no such
    place.
    """

    item: Callable[[str], str]
    words: Callable[[Passage], str]
    source: Callable[[str], str]
    entity: Callable[[str], str]
    person: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """A passage as shown: its pieces, whose it is, and where it can be read in its place, here and at the outlet."""

    pieces: tuple[Piece, ...]
    outlet: str
    language: str
    place: str
    out: str

    @property
    def text(self) -> str:
        """The words themselves."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Frame:
    """A story with what its parts look up again and again."""

    coverage: Coverage
    accounts: Sequence[Account]
    addresses: Addresses

    @cached_property
    def items(self) -> dict[str, CoveredItem]:
        """The story's items by id."""
        return {item.id: item for item in self.coverage.items}

    @cached_property
    def account_of(self) -> dict[str, Account]:
        """The accounts by item id."""
        return {account.item.id: account for account in self.accounts}

    @cached_property
    def origin_of(self) -> dict[str, Origin]:
        """Each item's origin."""
        return {item: origin for origin in self.coverage.origins for item in origin.items}

    @cached_property
    def in_time(self) -> tuple[CoveredItem, ...]:
        """The items, first to publish first; those without a time last."""
        timed = [item for item in self.coverage.items if item.published]
        timed.sort(key=lambda item: item.published.timestamp() if item.published else 0.0)
        return (*timed, *(item for item in self.coverage.items if not item.published))

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The item of each origin that was published first: the others repeat or rewrite it."""
        seen: set[str] = set()
        firsts = []
        for item in self.in_time:
            if item.origin not in seen:
                firsts.append(item.id)
            seen.add(item.origin)
        return frozenset(firsts)

    @cached_property
    def foreign(self) -> bool:
        """Whether more than one language is in it, so that each passage should say its own."""
        return len(self.coverage.languages) > 1

    def words(self, passage: Passage, marks: Iterable[Span] = ()) -> Words:
        """A passage with its outlet and addresses. ``marks`` are offsets into ``passage.text``."""
        item = self.items.get(passage.item)
        return Words(
            pieces=cut(passage.text, marks),
            outlet=item.source if item else "",
            language=(item.language if item else None) or "",
            place=self.addresses.words(passage),
            out=link_to_words(item.url, *self._in_its_text(passage)) if item else "",
        )

    def _in_its_text(self, passage: Passage) -> tuple[str, Span]:
        """The text in which a passage stands, the passage itself where that is not at hand, and its place there."""
        account = self.account_of.get(passage.item)
        if account is None or account.item.revision != passage.revision:
            return passage.text, Span(0, len(passage.text))
        return account.item.text, Span(passage.start, passage.end)
