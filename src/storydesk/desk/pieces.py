"""What reading a page leaves in the tables: an item, or another revision of one; under whatever address it was met."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db.models import Q

from storydesk import wire
from storydesk.compare import file_names
from storydesk.desk.identity import address_key, alike
from storydesk.desk.models import AddressRow, EntryRow, ItemRow, RevisionRow, SourceRow
from storydesk.desk.outlets import outlet_id
from storydesk.desk.storable import LONGEST_URL, storable
from storydesk.desk.store import digest
from storydesk.model import Item

__all__ = ["keep_revision", "known_item", "outlet_of_file"]

LONGEST_NAME: Final = 200


def known_item(item: Item, entry: EntryRow | None) -> ItemRow | None:
    """The item that the desk has of this piece: by the address of its page, else by the entry that led to it, else by
    its id.

    An address that an entry is the first to lead to, and under which quite other words stand already, is not believed:
    some sites declare one canonical address for all their pages.
    """
    there = AddressRow.objects.select_related("item").filter(key=address_key(item.url)).first() if item.url else None
    if there and (entry is None or entry.item_id == there.item_id or _goes_on(there.item, item)):
        return there.item
    if entry is not None:
        return entry.item
    return ItemRow.objects.filter(pk=item.id).first()


def _goes_on(row: ItemRow, item: Item) -> bool:
    return alike(row.revisions.get(number=row.revision).record["text"], item.text)


def keep_revision(item: Item, row: ItemRow | None, keys: Collection[str], now: datetime) -> tuple[ItemRow, bool]:
    """Keeps the item, as a revision of ``row`` where the desk has it. The row, and whether these words were new.

    It is met at its address and at ``keys`` from now on, where no other item was first.
    """
    row = row or ItemRow(id=_free_id(item, keys), source=_source_named(item.source), seen=now, revision=0)
    item = replace(item, id=row.pk, text=storable(item.text), title=storable(item.title))
    new = row.revision == 0 or row.revisions.get(number=row.revision).digest != digest(item)
    if new:
        _revise(row, item, now)
    met = {address_key(address) for address in (item.url, row.url) if address} | set(keys)
    taken = set(AddressRow.objects.filter(key__in=met).values_list("key", flat=True))
    AddressRow.objects.bulk_create([AddressRow(key=key, item=row) for key in sorted(met - taken)])
    return row, new


def _free_id(item: Item, keys: Collection[str]) -> str:
    """The item's own id, or one after the entry's key where another piece has it."""
    return wire.item_id(*keys) if keys and ItemRow.objects.filter(pk=item.id).exists() else item.id


def _revise(row: ItemRow, item: Item, now: datetime) -> None:
    row.revision += 1
    row.url = item.url if item.url and len(item.url) <= LONGEST_URL else row.url
    row.title = storable((item.title or item.text)[:500])
    row.published, row.language = item.published or row.published, (item.language or "")[:20]
    row.save()
    record = storable(wire.item_record(replace(item, revision=row.revision, published=row.published)))
    RevisionRow.objects.create(item=row, number=row.revision, digest=digest(item), seen=now, record=record)


def _source_named(name: str | None) -> SourceRow:
    """The source of that name, made where the desk does not have it: an aggregator may name any publisher."""
    name = storable(name or "Unknown outlet")[:LONGEST_NAME]
    key = outlet_id(name)
    there = SourceRow.objects.filter(Q(name=name) | Q(pk=key)).order_by("pk").first()
    return there or SourceRow.objects.create(pk=key, name=name)


def outlet_of_file(path: str) -> str:
    """What to call the outlet of a file that names none: the file, with so many of its folders as tell it from what the
    desk has of others."""
    names = [storable(name)[-LONGEST_NAME:] for name in file_names(path)]
    taken = set(SourceRow.objects.filter(pk__in=map(outlet_id, names)).values_list("pk", flat=True))
    taken -= set(
        RevisionRow.objects.filter(item__source__in=taken, record__path=path).values_list("item__source", flat=True)
    )
    return next((name for name in names if outlet_id(name) not in taken), names[-1])
