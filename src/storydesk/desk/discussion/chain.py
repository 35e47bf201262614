"""The chain of the log: pure functions of its entries.

An entry's digest is the SHA-256 of the digest before it and of its own content as canonical JSON, so that whoever
changes, drops, adds or reorders an entry has to write all later ones anew. The content has no name and no free words:
in their place stand digests under a salt that is kept beside the entry, and that can be thrown away with them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["GENESIS", "Entry", "Fault", "canonical", "digest", "faults", "masked", "said"]

GENESIS: Final = "0" * 64
"""What the first entry names as the digest before it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is kept: ``content`` is hashed as it stands, the rest may be blank once somebody was erased."""

    number: int
    before: str
    digest: str
    content: str
    name: str = ""
    reason: str = ""
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry, in words."""

    number: int
    what: str


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write a content: keys in order, no blanks, UTF-8 as it is (after RFC 8785, for strings, integers
    and short decimals)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(before: str, content: str) -> str:
    """SHA-256, in hexadecimal, of the digest before, a line's end, and the content."""
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


def masked(salt: str, words: str) -> str:
    """The salted digest that stands for a name or free words; ``""`` for none. Without the salt nobody can try names
    until one fits."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest() if words else ""


def said(content: str) -> dict[str, Any]:
    """What an entry's content says; nothing where it was spoilt."""
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def faults(entries: Iterable[Entry]) -> list[Fault]:
    """What is wrong with the log, entries in order of number; nothing where it is whole."""
    found: list[Fault] = []
    last, number = GENESIS, 0
    for entry in entries:
        number += 1
        found += [Fault(entry.number, what) for what in _wrong(entry, last, number)]
        last, number = entry.digest, entry.number
    return found


def _wrong(entry: Entry, last: str, number: int) -> Iterable[str]:
    if entry.number != number:
        yield f"entry {number} is missing"
    if entry.before != last:
        yield "does not follow on the entry before it"
    if entry.digest != digest(entry.before, entry.content):
        yield "its content is not what was written"
        return
    content = said(entry.content)
    if content.get("n") != entry.number:
        yield "stands in another's place"
    if entry.salt:
        for kept, key in ((entry.name, "who"), (entry.reason, "why")):
            if kept and masked(entry.salt, kept) != content.get(key, ""):
                yield f"its {'name' if key == 'who' else 'reason'} is not what was written"
    elif entry.name or entry.reason:
        yield "words were put into an entry that was erased"
