"""Isso's comments: the database in which it keeps them (``isso/db``), or the JSON that it imports
(https://isso-comments.de/docs/guides/advanced-migration/). Texts are Markdown and stay as they were written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import quote

from storydesk.gather.exports.exported import Damage, Exported, Standing, exported
from storydesk.gather.exports.values import values

__all__ = ["MAGIC", "comments", "comments_of_database"]

MAGIC: Final = b"SQLite format 3\0"
MODES: Final[dict[object, Standing]] = {1: "approved", 2: "pending", 4: "deleted"}
QUERY: Final = (
    "SELECT threads.uri, comments.id, comments.parent, comments.author, comments.email, comments.text,"
    " comments.created, comments.mode FROM comments JOIN threads ON threads.id = comments.tid ORDER BY comments.id"
)


def comments_of_database(path: Path) -> Iterator[Exported | Damage]:
    """The comments of Isso's database, which is only read and whose schema may run no function of its own."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            for thread, number, parent, author, mail, text, created, mode in database.execute(QUERY):
                at = created if isinstance(created, float | int) else None
                standing = MODES.get(mode, "pending")
                above = f"{parent}" if parent else ""
                yield _comment(_text(thread), _text(author), _text(mail), _text(text), at, f"{number}", above, standing)
    except (sqlite3.Error, OverflowError) as error:
        yield Damage("the database", f"cannot be read: {error}")


def comments(file: IO[bytes]) -> Iterator[Exported | Damage]:
    """The comments of a list of threads. It says neither who answers whom nor what was decided."""
    for record in values(file):
        if isinstance(record, Damage):
            yield record
            continue
        thread, posts = _text(record.get("id")), record.get("comments")
        for post in posts if isinstance(posts, list) else [None]:
            yield _post(thread, post) if isinstance(post, dict) else Damage(f"thread {thread}", "has no comments")


def _post(thread: str, post: dict[str, Any]) -> Exported | Damage:
    number = post.get("id")
    number = f"{number}" if isinstance(number, int | str) else ""
    author, mail, text, at = (_text(post.get(name)) for name in ("author", "email", "text", "created"))
    return _comment(thread, author, mail, text, at, number, "", "approved")


def _comment(
    thread: str, author: str, mail: str, text: str, at: str | float | None, number: str, parent: str, standing: Standing
) -> Exported | Damage:
    """Comments are numbered within the thread at least."""
    above = f"{thread}#{parent}" if parent else ""
    return exported(f"{thread}#{number}" if number else "", thread, author, mail, text, at, above, standing)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
