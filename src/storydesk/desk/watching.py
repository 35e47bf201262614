"""What a visit to a feed leaves in the tables: the feed's state, and entries that are new, changed or moved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from storydesk.desk.identity import entry_key, mark, same_piece, with_own_guids
from storydesk.desk.models import EntryRow, FeedRow
from storydesk.desk.storable import LONGEST_URL, storable
from storydesk.desk.store import Outcome
from storydesk.gather import host_of
from storydesk.model import Entry

__all__ = ["keep_entries", "keep_state"]


def keep_state(row: FeedRow, outcome: Outcome, now: datetime) -> None:
    """The feed's own row: how the visit went, and when the next is due."""
    failed = outcome.problem is not None
    row.state, row.next_visit, row.interval = outcome.state, outcome.next_visit, outcome.interval
    row.title = storable(outcome.title)[:300] or row.title
    row.failures = row.failures + 1 if failed else 0
    row.problem_since = (row.problem_since or now) if failed else None
    row.problem = storable(outcome.problem or "")
    row.blocked_by, row.advice = storable(outcome.blocked_by)[:300], storable(outcome.advice)[:500]
    row.claimed_until = None
    if not failed:
        row.last_success = now
        row.etag, row.modified = storable(outcome.etag or "")[:500], storable(outcome.modified or "")[:100]
    if outcome.moved_to and len(outcome.moved_to) <= LONGEST_URL:
        _move(row, outcome.moved_to)
    if row.pk:
        row.save()


def _move(row: FeedRow, address: str) -> None:
    """The feed under its new address; folded into the feed that the desk follows there already."""
    there = FeedRow.objects.filter(url=address).exclude(pk=row.pk).first()
    if there is None:
        row.url, row.host = address, host_of(address)
        return
    row.entries.update(feed=there)
    row.delete()


def keep_entries(feed: FeedRow, entries: Collection[Entry], now: datetime) -> int:
    """Keeps the entries of one visit; how many are new or changed, and so due to be read."""
    listed = {entry_key(entry, feed.url): entry for entry in with_own_guids(entries) if len(entry.url) <= LONGEST_URL}
    known = {row.key: row for row in EntryRow.objects.filter(key__in=list(listed))}
    known |= _moved(feed, {key: entry for key, entry in listed.items() if key not in known}, known)
    return sum(_keep(feed, key, entry, known.get(key), now) for key, entry in listed.items())


def _keep(feed: FeedRow, key: str, entry: Entry, known: EntryRow | None, now: datetime) -> bool:
    said, name = mark(entry, key), str(feed.pk)
    row = known or EntryRow(feed=feed)
    before = row.marks.get(name)
    if before == said:
        return False
    row.marks[name] = said
    # That another feed lists a piece which the desk has does not say that it changed.
    news = known is None or before is not None
    if news:
        row.key, row.host, row.guid = key, host_of(entry.url), storable(entry.guid or "")
        row.entry = storable(msgspec.to_builtins(entry))
        row.state, row.due_at, row.attempts, row.problem, row.look_at = EntryRow.State.DUE, now, 0, "", None
    row.save()
    return news


def _moved(feed: FeedRow, strange: Mapping[str, Entry], listed: Collection[str]) -> dict[str, EntryRow]:
    """Of the entries whose addresses are strange, those that the desk has under another one, told by the outlet's own
    id for them; not under one that the feed lists besides."""
    guids = {entry.guid: (key, entry) for key, entry in strange.items() if entry.guid}
    rows = EntryRow.objects.filter(guid__in=list(guids), feed__source=feed.source_id).exclude(key__in=list(listed))
    found = {}
    for row in rows if guids else ():
        key, entry = guids[row.guid]
        if same_piece(msgspec.convert(row.entry, Entry), entry):
            found[key] = row
    return found
