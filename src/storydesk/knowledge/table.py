"""Entities and their names in an SQLite file: millions of names, ready at once, in bounded memory.

``name`` holds the key of each name (see ``lexicon``) in each language, ``first`` how many words the longest name has
that begins with a word: a text is read once, and only its capitalised words are asked about. What a process asks often
stays in a small cache, which another process's writing empties.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from storydesk.knowledge.base import by_weight
from storydesk.knowledge.kept import Kept, entity_of
from storydesk.knowledge.lexicon import Entry, Finder, Hit, entry_of, keys, span_of
from storydesk.model import Entity

__all__ = ["Table", "Writer", "is_there"]

T = TypeVar("T")

SCHEMA = """
create table if not exists entity (id text primary key, record blob not null) without rowid;
create table if not exists name (
  key text not null, language text not null, id text not null, shape integer not null,
  primary key (key, language, id, shape)) without rowid;
create table if not exists first (word text primary key, longest integer not null) without rowid;
create table if not exists state (name text primary key, value text not null) without rowid;
"""

CACHED = 20_000
"""Answers of each kind that a process keeps."""

DECODER = msgspec.msgpack.Decoder(Kept)


def is_there(path: Path) -> bool:
    """Whether a table was ever written there."""
    return path.is_file() and path.stat().st_size > 0


class Cached(Generic[T]):
    """The last answers to a question; what is full begins anew."""

    def __init__(self, ask: Callable[[str], T | None]) -> None:
        self._ask = ask
        self._kept: dict[str, T | None] = {}

    def get(self, word: str, /) -> T | None:
        """The answer, asked for once."""
        if word not in self._kept:
            if len(self._kept) >= CACHED:
                self._kept.clear()
            self._kept[word] = self._ask(word)
        return self._kept[word]

    def clear(self) -> None:
        """Forgets all answers."""
        self._kept.clear()


class Reader:
    """One thread's view of a table."""

    def __init__(self, path: Path, elsewhere: Callable[[str], str | None]) -> None:
        self._file = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True, timeout=30)
        self._file.execute("pragma cache_size = -16384")
        self._file.execute("pragma mmap_size = 268435456")
        self._elsewhere = elsewhere
        self._version = 0
        self.entities = Cached(self._entity)
        self._longest = Cached(self._span)
        self._entries: dict[str, Cached[Sequence[Entry]]] = {}

    def finder(self, language: str) -> Finder:
        """Looks for the English names and for those of the language."""
        if language not in self._entries:
            self._entries[language] = Cached(lambda folded: self._named(folded, language))
        return Finder(self._entries[language], self._longest)

    def refresh(self) -> None:
        """Forgets what it knows where the table has changed."""
        (version,) = self._file.execute("pragma data_version").fetchone()
        if version != self._version:
            self._version = version
            self.entities.clear()
            self._longest.clear()
            for entries in self._entries.values():
                entries.clear()

    def _named(self, folded: str, language: str) -> list[Entry] | None:
        rows = self._file.execute(
            "select distinct id, shape from name where key = ? and language in ('en', ?) order by id, shape",
            (folded, language),
        )
        return [Entry(each, "name", bool(shape & 1), bool(shape & 2), bool(shape & 4)) for each, shape in rows] or None

    def _span(self, word: str) -> int | None:
        row = self._file.execute("select longest from first where word = ?", (word,)).fetchone()
        return row[0] if row else None

    def _entity(self, entity_id: str) -> Entity | None:
        kept = self._kept(entity_id)
        return entity_of(kept, self._name_of) if kept and kept.type != "term" else None

    def _name_of(self, entity_id: str) -> str | None:
        kept = self._kept(entity_id)
        return kept.name if kept else self._elsewhere(entity_id)

    def _kept(self, entity_id: str) -> Kept | None:
        row = self._file.execute("select record from entity where id = ?", (entity_id,)).fetchone()
        return DECODER.decode(row[0]) if row else None


class Table:
    """A knowledge base (see :class:`~storydesk.knowledge.base.Knowledge`) over such a file, for any number of threads.
    ``elsewhere`` names items that facts speak of and the table does not hold.
    """

    def __init__(self, path: Path, elsewhere: Callable[[str], str | None] = lambda _: None) -> None:
        self._path = path
        self._elsewhere = elsewhere
        self._local = threading.local()

    def entity(self, entity_id: str) -> Entity | None:
        """See :class:`~storydesk.knowledge.base.Knowledge`."""
        return self._reader().entities.get(entity_id)

    def named(self, name: str) -> tuple[Entity, ...]:
        """See :class:`~storydesk.knowledge.base.Knowledge`."""
        return self._of(self._reader().finder("en").ids(name))

    def find(self, text: str, language: str | None = "en") -> tuple[Hit, ...]:
        """See :class:`~storydesk.knowledge.base.Knowledge`."""
        reader = self._reader()
        reader.refresh()
        found = reader.finder((language or "en").split("-")[0]).find(text)
        return tuple(Hit(start, end, self._of(ids), via) for start, end, ids, via in found)

    def _of(self, ids: Iterable[str]) -> tuple[Entity, ...]:
        return by_weight(entity for each in ids if (entity := self.entity(each)))

    def _reader(self) -> Reader:
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = Reader(self._path, self._elsewhere)
        return reader


class Writer:
    """Writes entities and the state of an import, each :meth:`commit` whole or not at all."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._file.execute("pragma journal_mode = wal")
        self._file.execute("pragma synchronous = normal")
        self._file.execute("pragma cache_size = -65536")
        self._file.executescript(SCHEMA)
        self._file.execute("begin immediate")

    def put(self, kept: Kept) -> None:
        """An entity with its names, in place of what stood there."""
        before = self.kept(kept.id)
        if before:
            self._file.executemany(
                "delete from name where key = ? and language = ? and id = ?",
                {(folded, language, kept.id) for folded, language, _ in _keys(before)},
            )
        self._file.execute("insert or replace into entity values (?, ?)", (kept.id, msgspec.msgpack.encode(kept)))
        keys = set(_keys(kept)) if kept.type != "term" else set()
        rows = [(folded, language, kept.id, shape) for folded, language, shape in keys]
        self._file.executemany("insert or ignore into name values (?, ?, ?, ?)", rows)
        self._file.executemany(
            "insert into first values (?, ?) on conflict (word) do update set longest = excluded.longest "
            "where excluded.longest > longest",
            {span_of(folded) for folded, _, _ in keys},
        )

    def kept(self, entity_id: str) -> Kept | None:
        """What is stored of an entity."""
        row = self._file.execute("select record from entity where id = ?", (entity_id,)).fetchone()
        return DECODER.decode(row[0]) if row else None

    def state(self, name: str) -> str | None:
        """A note that was kept with the entities."""
        row = self._file.execute("select value from state where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def note(self, name: str, value: str) -> None:
        """Keeps a note, in the same transaction as the entities."""
        self._file.execute("insert or replace into state values (?, ?)", (name, value))

    def commit(self) -> None:
        """Makes all since the last one lasting."""
        self._file.execute("commit")
        self._file.execute("begin immediate")

    def count(self, table: str) -> int:
        """How many entities or names are stored."""
        asked = {"entity": "select count(*) from entity", "name": "select count(*) from name"}[table]
        return int(self._file.execute(asked).fetchone()[0])

    def close(self, *, keep: bool = True) -> None:
        """Ends, with or without what was not committed."""
        self._file.execute("commit" if keep else "rollback")
        self._file.close()


def _keys(kept: Kept) -> Iterator[tuple[str, str, int]]:
    for language, names in kept.names.items():
        for name in names:
            entry = entry_of(name, kept.id, place=kept.type == "place")
            for folded in keys(name):
                if len(folded) > 1:
                    yield folded, language, entry.acronym + 2 * entry.dotted + 4 * entry.comma
