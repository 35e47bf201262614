"""When two addresses, or two entries of a feed, are one and the same piece. Pure.

An outlet serves a piece under more than one address (http and https, with and without www., for phones, as AMP), and
changes its address with its headline. Each must stay one item, with one history.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec.structs import replace

from storydesk.desk.storable import storable
from storydesk.model import Entry
from storydesk.read import normalise
from storydesk.wire import item_id

__all__ = ["address_key", "alike", "entry_key", "lies_in_feed", "mark", "piece_key", "same_piece", "with_own_guids"]

FOR_PHONES = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
AMP_PATH = re.compile(r"(?:/amp(?=/)|/amp/?$|\.amp(?=\.html?$|$))", re.I)
AMP_QUERY = frozenset({"amp", "outputtype"})

LONGEST = 500
"""Characters of a key: databases index no longer ones. Of what is longer the end is kept as its digest."""

ALIKE = 0.1


def piece_key(url: str) -> str:
    """What the addresses of one piece have in common: host and path without scheme, "www.", the marks of phones and of
    AMP, and a closing slash; tracking parameters and fragment dropped.

    Applying it to the address with any of these added gives the same. What is no web address is its own key.
    """
    try:
        parts = urlsplit(normalise(url))
    except ValueError:
        return _short(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return _short(url.strip())
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not _asks_for_amp(name, value)]
    tail = parts.query if len(kept) == len(query) else urlencode(kept)
    path = AMP_PATH.sub("", parts.path, count=1).rstrip("/")
    key = f"//{FOR_PHONES.sub('', parts.netloc)}{path}" + (f"?{tail}" if tail else "")
    return _short(key)


def _short(key: str) -> str:
    return key if len(key) <= LONGEST else f"{key[: LONGEST - 17]}#{item_id(key)}"


def _asks_for_amp(name: str, value: str) -> bool:
    return name.lower() in AMP_QUERY and value.lower() in ("", "1", "true", "amp")


def entry_key(entry: Entry, feed: str) -> str:
    """The key under which an entry is kept. One that lies in the feed itself has no page, and keeps the fragment that
    names it."""
    own = entry.url.partition("#")[0] == feed.partition("#")[0]
    return _short(entry.url) if own else piece_key(entry.url)


def lies_in_feed(key: str) -> bool:
    """Whether an entry with this key has no page of its own."""
    return not key.startswith("//") and "#" in key


def address_key(url: str) -> str:
    """The key of a kept item's address: of one that lies in a feed, the address itself."""
    return _short(url) if "#" in url else piece_key(url)


def same_piece(one: Entry, other: Entry) -> bool:
    """Whether two entries of one outlet with the same id (``guid``) are one piece whose address changed.

    The id alone is not believed: some feeds number their entries by place. The time of publication must be the same
    too, or, where neither has one, the title.
    """
    if not one.guid or one.guid != other.guid:
        return False
    if one.published and other.published:
        return one.published == other.published
    return not one.published and not other.published and one.title == other.title


def mark(entry: Entry, key: str) -> str:
    """What makes a feed's entry the same as before: all that the feed says of it, except the time it was fetched."""
    updated = entry.updated.isoformat() if entry.updated else ""
    return item_id(*map(storable, (key, entry.title, entry.summary, entry.content, updated)))


def alike(one: str, other: str) -> bool:
    """Whether two texts can be states of one piece: of the shorter's runs of three words, a tenth stands in the other.

    Pieces on one event that were written apart share hardly any.
    """
    fewer, more = sorted((_runs(one), _runs(other)), key=len)
    return not fewer or len(fewer & more) >= ALIKE * len(fewer)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return set(zip(words, words[1:], words[2:], strict=False))


def with_own_guids(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of one visit; an id that several of them bear names none of them and is dropped, as is a very long
    one."""
    entries = list(entries)
    bearers = Counter(entry.guid for entry in entries)
    return [
        entry if entry.guid and bearers[entry.guid] == 1 and len(entry.guid) <= LONGEST else replace(entry, guid=None)
        for entry in entries
    ]
