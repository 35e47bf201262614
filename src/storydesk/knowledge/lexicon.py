"""Names in running text, by a dictionary over runs of words: as fast as reading the words once.

A name is looked up by its *key*: its words without case, accents or punctuation, so that "Reykjavík", "REYKJAVIK" and
"U.S." / "US" meet. What the key forgets the *shape* remembers: a name in capitals (an acronym, "WHO") is found only in
capitals, any other only where its first word begins with a capital, or in a script that has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol, TypeVar

from storydesk.model import Entity

__all__ = [
    "ANY_BUT_ENGLISH",
    "Entry",
    "Finder",
    "Hit",
    "Lexicon",
    "Via",
    "entry_of",
    "free_of_overlap",
    "key",
    "keys",
    "slug",
    "span_of",
]

Via = Literal["name", "demonym"]

ANY_BUT_ENGLISH = "*"
"""The code under which names stand that are looked for in texts of every language but English."""

LONGEST_ACRONYM = 6
"""Letters: longer names in capitals are names, not acronyms (UNESCO has six)."""

WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[ \u00a0\u202f]{1,2}|\n|[-‐‑–.'’‘&/]|[.'’][ \u00a0]| ['’]|, ?| {1,2}& ?")
"""What may stand between two words of one name: "St. Louis", "Writers' Union", "Lund & Ek", "S&P". A comma only where
the name has it or a firm or a son is named: see ``Entry.fits``.
"""

ABBREVIATION = 4
"""Letters of the longest word whose full stop ends no sentence: "St. Louis", not "went to Boston. Globe"."""

GENITIVE = "sn"
"""Last letters before an apostrophe that ends no quotation: "Workers' Party", "Dunkin' Donuts"."""

COMMA = re.compile(r",(?! ?(?:Inc|Ltd|Jr|Sr)\b)")

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
"""Letters that Unicode does not take apart into a base letter and a mark."""

UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")
LONGEST_UNSPACED = 10
"""Characters of the longest name tried in scripts that put no space between words (Chinese, Japanese)."""

INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}(?= )")
"""An acronym with full stops at the head of a name: "U.S. Steel"."""

JOINED = re.compile(r"[^\W_](?:[-&/][^\W_])+")
"""Single letters and figures with a sign between: "G-7", "H&M"."""

ABBREVIATED = re.compile(r" (?:inc|corp|co|ltd|jr|sr|bros)$")
"""Last words, folded, whose full stop is a part of the name: "Caloro Inc."."""

SPELLED_END = re.compile(r"(?<![^\W_])[^\W\d_]\.[^\W\d_]$")
"""The end of an acronym with full stops, its last one aside: "F.C."."""


class Hit(NamedTuple):
    """A known name found in a text: where, the entities it can stand for (most talked of first), and how it names
    them.
    """

    start: int
    end: int
    entities: tuple[Entity, ...]
    via: Via


class Found(NamedTuple):
    """As :class:`Hit`, with ids."""

    start: int
    end: int
    ids: tuple[str, ...]
    via: Via


class Entry(NamedTuple):
    """One reading of a key."""

    id: str
    via: Via
    acronym: bool
    dotted: bool
    comma: bool = False

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the words there are written as this name is: "US" never fits "us", nor "Miss." a lady."""
        if self.dotted and text[end : end + 1] != ".":
            return False
        surface = text[start:end]
        if not self.comma and COMMA.search(surface):
            return False
        return not any(letter.islower() for letter in surface) if self.acronym else not surface[0].islower()


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without case and accents."""
    if word.isascii():
        return word.lower()
    marks = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """What two spellings of a name share: its words folded, with one space between. "U.S." and "US" have the same."""
    words = [fold(word) for word in WORD.findall(name)]
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)


def keys(name: str) -> tuple[str, ...]:
    """The keys under which a name is kept: its own, and another for what texts write in two ways: "us steel" for "U.S.
    Steel", "g 7" for "G-7".
    """
    if initials := INITIALS.match(name):
        return key(name), key(initials[0].replace(".", "") + name[initials.end() :])
    return (key(name), " ".join(map(fold, WORD.findall(name)))) if JOINED.fullmatch(name) else (key(name),)


def slug(name: str) -> str:
    """A name as part of an id: "Sergei Ryabkov" is "sergei-ryabkov"."""
    return re.sub(r"\W+", "-", key(name)).strip("-")


def entry_of(name: str, entity_id: str, via: Via = "name", *, place: bool = False) -> Entry:
    """What a name's shape says of how it must be written in a text. A comma in a place's name parts it from the region
    that it lies in, which is a name of its own.
    """
    letters = [letter for letter in name if letter.isalpha()]
    acronym = len(letters) <= LONGEST_ACRONYM and all(letter.isupper() for letter in letters)
    dotted = name.endswith(".") and not acronym and len(letters) <= LONGEST_ACRONYM
    return Entry(entity_id, via, acronym, dotted, not place and "," in name)


def span_of(folded: str) -> tuple[str, int]:
    """The first word of a key, and how many words it has."""
    return folded.partition(" ")[0], 1 + folded.count(" ")


T_co = TypeVar("T_co", covariant=True)


class Lookup(Protocol[T_co]):
    """What a finder asks: a dictionary, or a table on disk."""

    def get(self, word: str, /) -> T_co | None:
        """What stands under a key, or ``None``."""
        ...


class Finder:
    """Finds names in texts. ``entries`` has the readings of a key, ``longest`` the words of the longest key that begins
    with a word.
    """

    def __init__(self, entries: Lookup[Sequence[Entry]], longest: Lookup[int]) -> None:
        self._entries = entries
        self._longest = longest

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids of what bears exactly this name, demonyms aside."""
        entries = (self._entries.get(key(name)) or ()) if name else ()
        end = len(name.rstrip("."))
        named = (entry for entry in entries if entry.via == "name" and entry.fits(name, 0, end))
        return tuple(dict.fromkeys(entry.id for entry in named))

    def find(self, text: str) -> Iterator[Found]:
        """The names in a text, left to right, the longest at each place, never overlapping."""
        words = [(fold(match.group()), match.start(), match.end()) for match in WORD.finditer(text)]
        spelled = _spelled_out(words, text)
        inside = {at for first, last in spelled.items() for at in range(first + 1, last + 1)}
        at = 0
        while at < len(words):
            found = self._spelled(at, spelled, words, text) or self._longest_at(at, words, text)
            if found is None or at in inside:
                if UNSPACED.search(text, words[at][1], words[at][2]):
                    yield from self._inside(text, words[at][1], words[at][2])
                at += 1
                continue
            yield found
            while at < len(words) and words[at][1] < found.end:
                at += 1

    def _spelled(self, at: int, spelled: dict[int, int], words: list[tuple[str, int, int]], text: str) -> Found | None:
        """An acronym written with full stops ("U.S.", "U.N."), its last stop included, and what begins with one ("U.S.
        Senate").
        """
        last = spelled.get(at)
        if last is None:
            return None
        start, end = words[at][1], words[last][2]
        joined = "".join(word for word, _, _ in words[at : last + 1])
        longest = self._longest.get(joined) or 1
        found = self._longest_at(0, [(joined, start, end), *words[last + 1 : last + longest]], text)
        return found._replace(end=end + 1) if found and found.end == end and text[end : end + 1] == "." else found

    def _longest_at(self, at: int, words: list[tuple[str, int, int]], text: str) -> Found | None:
        if text[words[at][1]].islower():  # no name begins so: see ``Entry.fits``
            return None
        longest = self._longest.get(words[at][0])
        if longest is None:
            return None
        run = [words[at][0]]
        ends = [words[at][2]]
        for (last, _, before), (word, start, end) in zip(words[at:], words[at + 1 : at + longest], strict=False):
            if not _joins(text[before:start], last):
                break
            run.append(word)
            ends.append(end)
        for count in range(len(run), 0, -1):
            found = self._reading(" ".join(run[:count]), text, words[at][1], ends[count - 1])
            if found:
                return found
        return None

    def _reading(self, folded: str, text: str, start: int, end: int) -> Found | None:
        entries = self._entries.get(folded)
        if not entries:
            return None
        fitting = [entry for entry in entries if entry.fits(text, start, end)]
        if not fitting:
            return None
        via: Via = "name" if any(entry.via == "name" for entry in fitting) else "demonym"
        ids = tuple(dict.fromkeys(entry.id for entry in fitting if entry.via == via))
        stop = all(entry.dotted for entry in fitting) or _ends_in_stop(folded, text, end)
        return Found(start, end + stop, ids, via)

    def _inside(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Names inside a run of a script without spaces."""
        while start < end - 1:
            for stop in range(min(end, start + LONGEST_UNSPACED), start + 1, -1):
                found = self._reading(fold(text[start:stop]), text, start, stop)
                if found:
                    yield found
                    start = stop - 1
                    break
            start += 1


class Lexicon(Finder):
    """Names and the ids they can stand for, in memory."""

    def __init__(self) -> None:
        self._names: dict[str, list[Entry]] = {}
        self._spans: dict[str, int] = {}
        super().__init__(self._names, self._spans)

    def add(self, name: str, entity_id: str, via: Via = "name", *, place: bool = False) -> None:
        """Makes a name stand for an id as well."""
        entry = entry_of(name, entity_id, via, place=place)
        for folded in keys(name):
            if len(folded) < 2:
                continue
            entries = self._names.setdefault(folded, [])
            if entry not in entries:
                entries.append(entry)
            first, words = span_of(folded)
            self._spans[first] = max(self._spans.get(first, 0), words)


def _joins(gap: str, before: str) -> bool:
    """Whether a name may go on behind a gap: not at the end of a sentence or of a quotation."""
    if not GAP.fullmatch(gap):
        return False
    if len(gap) > 1 and gap[0] == ".":
        return len(before) <= ABBREVIATION
    return len(gap) == 1 or gap[0] not in "'’" or before[-1] in GENITIVE


def _ends_in_stop(folded: str, text: str, end: int) -> bool:
    """Whether the full stop behind a name is its own: "Caloro Inc.", "Larnholm F.C."."""
    own = ABBREVIATED.search(folded) or SPELLED_END.search(text, max(0, end - 4), end)
    return own is not None and text[end : end + 1] == "."


def _spelled_out(words: list[tuple[str, int, int]], text: str) -> dict[int, int]:
    """Runs of single letters with a full stop after each: index of the first word to index of the last."""
    runs: dict[int, int] = {}
    at = 0
    while at < len(words):
        last = at
        while (
            last + 1 < len(words)
            and words[last + 1][1] - words[last][2] == 1
            and text[words[last][2]] == "."
            and len(words[last][0]) == len(words[last + 1][0]) == 1
        ):
            last += 1
        if last > at:
            runs[at] = last
        at = last + 1
    return runs


def free_of_overlap(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits left to right; where two overlap the longer stays, and of equals the first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))
