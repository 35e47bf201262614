"""Which items of a story share a root: near-copies of one text, what is credited to one agency, and the editions of
one owner.

Twenty outlets that reprint one dispatch are one origin, not twenty witnesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from storydesk.coverage import Origin
from storydesk.group.copies import Print, copied
from storydesk.model import Item

__all__ = ["credited", "origins", "prepare"]

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

KEPT = 2_048
"""Texts of which it is remembered to whom they are credited, and which others are copies of them."""


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


def prepare(item: Item) -> None:
    """Has remembered what of an item's own words tells of its origin: whom it is credited to, and what its text is
    known again by."""
    _credits(item.author, item.text)
    _print(item.text)


LAST = datetime.max.replace(tzinfo=UTC)
"""Undated items come after the dated."""


def credited(item: Item, sources: Mapping[str, str] | None = None) -> str | None:
    """The agency that an item is credited to in its by-line, dateline or last line, in lower case; ``None`` where
    there is none.

    ``sources`` maps the names, in lower case, of outlets that may be credited to the form to return; world agencies
    always may.
    """
    own, known = _plain(item.source or ""), sources or {}
    able = (found for found in _credits(item.author, item.text) if found in KNOWN or found in known)
    return next((found for found in able if found != own), None)


@lru_cache(maxsize=KEPT)
def _credits(author: str | None, text: str) -> tuple[str, ...]:
    """Whoever an item may be credited to, in lower case: by its by-line, its first and its last paragraph."""
    found = []
    if author and (by_line := BY_LINE.match(author.strip())):
        found.append(_plain(by_line["name"]))
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    for place in (*paragraphs[:1], *paragraphs[-1:]):
        found += [_plain(credit["agency"]) for pattern in CREDITS if (credit := pattern.search(place))]
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.strip(" .").casefold())


class _Root(NamedTuple):
    """Where an item may come from: whom it is credited to, its source, and the owner of that."""

    agency: str | None
    source: str | None
    owner: str | None


def _links(items: Sequence[Item], owners: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The pairs of items with one root, the earlier first, and why."""
    sources = {_plain(item.source): item.source for item in reversed(items) if item.source}
    roots = [_root(item, sources, owners) for item in items]
    met: dict[object, list[int]] = {}  # those that have an agency, a source, an owner
    for j, later in enumerate(items):
        copies = _copies_of(later.text)
        alike = {i for i, earlier in enumerate(items[:j]) if copies[earlier.text]}
        keys = [key for key in enumerate(roots[j]) if key[1]]
        for i in sorted(alike.union(*(met.get(key, ()) for key in keys))):
            why = "near-copies of one text" if i in alike else _shared(roots[i], roots[j], sources)
            if why:
                yield i, j, why
        for key in keys:
            met.setdefault(key, []).append(j)


def _root(item: Item, sources: Mapping[str, str], owners: Mapping[str, str]) -> _Root:
    own = item.source and _plain(item.source)
    return _Root(credited(item, sources) or own, item.source, owners.get(item.source or ""))


def _shared(one: _Root, two: _Root, sources: Mapping[str, str]) -> str | None:
    if one.agency and one.agency == two.agency and one.source != two.source:
        return f"credited to {sources.get(one.agency, one.agency.upper())}"
    if one.source and one.source == two.source:
        return f"both from {one.source}"
    return f"same owner, {one.owner}" if one.owner and one.owner == two.owner else None


class _Copies(dict[str, bool]):
    """Which texts have one root with a text, each found out when first asked for: so an item that is added is held
    against the others and not they against each other."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._print = _print(text)

    def __missing__(self, other: str) -> bool:
        self[other] = found = copied(_print(other), self._print)
        return found


_copies_of = lru_cache(maxsize=KEPT)(_Copies)
_print = lru_cache(maxsize=KEPT)(Print.of)


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
