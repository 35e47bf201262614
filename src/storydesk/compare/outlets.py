"""Who published: the name to show for each item's outlet, where none is named too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

from storydesk.model import Item

__all__ = ["file_names", "outlets"]


def outlets(items: Sequence[Item]) -> dict[str, str]:
    """The name to show for who published each item, by the item's id: the source, else what carried it, else the site's
    host, else the file, else the id.

    A file is called by its name, with so many of its folders as tell it from the other files among ``items``.
    """
    named = {item.id: _named(item) for item in items}
    paths = {item.path for item in items if item.path and not named[item.id]}
    files = dict(zip(paths, _told_apart(paths), strict=True))
    return {item.id: named[item.id] or files.get(item.path or "") or item.id for item in items}


def file_names(path: str) -> Iterator[str]:
    """What a file may be called, from its name alone to its whole path, a folder more each time."""
    parts = PurePath(path).parts
    return (PurePath(*parts[at:]).as_posix() for at in range(len(parts) - 1, -1, -1))


def _named(item: Item) -> str:
    host = urlsplit(item.url or "").hostname or ""
    return item.source or item.carrier or host.removeprefix("www.")


def _told_apart(paths: Iterable[str]) -> list[str]:
    """The shortest name of each path that no other has as one of its names; the whole path where there is none."""
    names = [list(file_names(path)) for path in paths]
    bearers = Counter(name for own in names for name in own)
    return [next((name for name in own if bearers[name] == 1), own[-1]) for own in names]
