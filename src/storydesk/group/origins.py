"""Which items of a story share a root: near-copies of one text, what is credited to one agency, and the editions of
one owner.

Twenty outlets that reprint one dispatch are one origin, not twenty witnesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from storydesk.coverage import Origin
from storydesk.group.copies import Print, copied
from storydesk.model import Item

__all__ = ["credited", "origins"]

AGENCY = r"(?P<agency>[A-Z][\w&.'’-]*(?:[ -][A-Z][\w&.'’-]*){0,3})"
CREDITS = (
    re.compile(rf"^[^\n]{{0,60}}\({AGENCY}\)\s*[-–—:]"),
    re.compile(rf"[-–—(]\s*{AGENCY}\)?\s*$"),
    re.compile(rf"\b(?:[Rr]eporting|[Ww]riting|[Ee]diting) (?:for|by) {AGENCY}[.)]*\s*$"),
    re.compile(rf"\b(?:[Vv]ia|[Ss]ource:|[Cc]opyright|©|\(c\))\s*(?:\d{{4}}\s*)?(?:[Tt]he )?{AGENCY}[.)]*\s*$"),
)
"""Where an agency is credited: in the dateline "CITY (Agency) —", after a dash or in brackets at the end, or in a
closing line."""

BY_LINE = re.compile(r"^(?:by |from )?(?:staff,? )?(?P<name>.+?)(?: staff| reporters?)?$", re.IGNORECASE)
KNOWN = frozenset(
    {"ap", "afp", "reuters", "associated press", "agence france-presse", "dpa", "efe", "ansa", "pa media", "upi"}
)
"""World agencies that may be credited where none of their own items is in the story."""


def origins(items: Sequence[Item], owners: Mapping[str, str]) -> tuple[Origin, ...]:
    """The independent origins among the items of one story, by time; the earliest item of each names it.

    ``owners`` maps source names to their owners. ``why`` says in words what an origin of several items rests on.
    """
    ordered = sorted(items, key=lambda item: (item.published or LAST, item.id))
    shared = _Groups(len(ordered))
    for one, other, why in _links(ordered, owners):
        shared.join(one, other, why)
    return tuple(
        Origin(ordered[members[0]].id, tuple(ordered[index].id for index in members), "; ".join(reasons))
        for members, reasons in shared.groups()
    )


LAST = datetime.max.replace(tzinfo=UTC)
"""Undated items come after the dated."""


def credited(item: Item, sources: Mapping[str, str] | None = None) -> str | None:
    """The agency that an item is credited to in its by-line, dateline or last line, in lower case; ``None`` where
    there is none.

    ``sources`` maps the names, in lower case, of outlets that may be credited to the form to return; world agencies
    always may.
    """
    names = dict.fromkeys(KNOWN) | dict(sources or {})
    return next((found for found in _credits(item) if found in names and found != _plain(item.source or "")), None)


def _credits(item: Item) -> Iterator[str]:
    if item.author and (by_line := BY_LINE.match(item.author.strip())):
        yield _plain(by_line["name"])
    paragraphs = [line.strip() for line in item.text.splitlines() if line.strip()]
    if not paragraphs:
        return
    for place in (paragraphs[0], paragraphs[-1]):
        for credit in CREDITS:
            if found := credit.search(place):
                yield _plain(found["agency"])


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.strip(" .").casefold())


def _links(items: Sequence[Item], owners: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    sources = {_plain(item.source): item.source for item in items if item.source}
    agencies = [credited(item, sources) or (_plain(item.source) if item.source else None) for item in items]
    texts = [item.text for item in items]
    for j, later in enumerate(items):
        for i, (earlier, text) in enumerate(zip(items[:j], texts, strict=False)):
            if _copied(text, later.text):
                yield i, j, "near-copies of one text"
            elif agencies[i] and agencies[i] == agencies[j] and earlier.source != later.source:
                yield i, j, f"credited to {_shown(agencies[j], items)}"
            elif earlier.source and earlier.source == later.source:
                yield i, j, f"both from {earlier.source}"
            elif (owner := owners.get(earlier.source or "")) and owner == owners.get(later.source or ""):
                yield i, j, f"same owner, {owner}"


@lru_cache(maxsize=131_072)
def _copied(one: str, other: str) -> bool:
    """Remembered, so that an item that is added is held against the others and not they against each other."""
    return copied(_print(one), _print(other))


_print = lru_cache(maxsize=1_024)(Print.of)


def _shown(agency: str | None, items: Sequence[Item]) -> str:
    written = next((item.source for item in items if item.source and _plain(item.source) == agency), None)
    return written or (agency or "").upper()


class _Groups:
    """Items united step by step, with the reasons."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._reasons: list[tuple[int, str]] = []

    def join(self, one: int, other: int, why: str) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first
        self._reasons.append((one, why))

    def groups(self) -> Iterator[tuple[list[int], list[str]]]:
        """Each group's members in order and its reasons, once each."""
        members: dict[int, list[int]] = {}
        reasons: dict[int, dict[str, None]] = {}
        for index in range(len(self._parent)):
            members.setdefault(self._root(index), []).append(index)
        for index, why in self._reasons:
            reasons.setdefault(self._root(index), {})[why] = None
        for root in sorted(members):
            yield members[root], list(reasons.get(root, ()))

    def _root(self, index: int) -> int:
        while self._parent[index] != index:
            index = self._parent[index]
        return index
