"""A comment as another system kept it, whatever the form of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from selectolax.lexbor import LexborHTMLParser

from storydesk.gather.parsed import moment

__all__ = ["LONGEST", "Damage", "Exported", "Standing", "exported", "words"]

Standing = Literal["approved", "pending", "refused", "deleted"]
"""What was decided there; ``refused`` is spam, or rejected by a moderator."""

LONGEST: Final = 100_000
"""Characters of a comment's markup; no system takes so many."""

BLOCKS: Final = "p, div, li, ul, ol, blockquote, pre, h1, h2, h3, h4, h5, h6, tr, table"
UNSEEN: Final = "script, style, template, title"
WEB: Final = ("http://", "https://")
EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Exported:
    """A comment of an export. ``id`` and ``parent`` (empty: it answers none) are unique among all files of the format;
    ``thread`` is the address, or the path, of the page it stands under; ``text`` is plain, ``at`` in UTC. ``mail`` is
    what its author once gave, and nobody has shown it to be theirs.
    """

    id: str
    thread: str
    author: str
    mail: str
    text: str
    at: datetime
    parent: str = ""
    standing: Standing = "approved"


@dataclass(frozen=True, slots=True)
class Damage:
    """What could not be read: ``where`` (the file, once it is known, and the place in it), and ``why``."""

    where: str
    why: str


def exported(
    key: str, thread: str, author: str, mail: str, text: str, at: str | float | None, parent: str, standing: Standing
) -> Exported | Damage:
    """The comment with ``key`` as its id, or what keeps it from being one. ``at`` is a time as text, or in seconds
    since 1970."""
    if not key:
        return Damage("a comment", "has no id")
    when = _time(at)
    if when is None:
        return Damage(f"comment {key}", "has no time that can be read")
    text = text.strip()
    if not text and standing in ("approved", "pending"):
        return Damage(f"comment {key}", "has no words")
    return Exported(key, thread.strip(), " ".join(author.split()), mail.strip(), text, when, parent, standing)


def words(markup: str) -> str:
    """The words of a comment in HTML: a line a block, the address of a link after its words. Line breaks of plain text
    stay."""
    markup = markup[:LONGEST]
    if "<" in markup or "&" in markup:
        tree = LexborHTMLParser(markup)
        for unseen in tree.css(UNSEEN):
            unseen.decompose()
        for link in tree.css("a[href]"):
            address = (link.attributes.get("href") or "").strip()
            if address.startswith(WEB) and address not in link.text():
                link.insert_after(f" ({address})")
        for block in tree.css(BLOCKS):
            block.insert_before("\n\n")
            block.insert_after("\n\n")
        for line in tree.css("br, hr"):
            line.insert_after("\n")
        markup = tree.body.text() if tree.body else ""
    lines = (" ".join(line.split()) for line in markup.replace("\r\n", "\n").split("\n"))
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _time(at: str | float | None) -> datetime | None:
    if isinstance(at, str) or at is None:
        return moment(at, None)
    try:
        return datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return None
