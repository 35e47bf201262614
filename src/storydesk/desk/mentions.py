"""Which items name which entities, as rows: they follow from the items' accounts and the rulings in force, and are
written anew whenever either changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storydesk.desk.models import ItemRow, MentionRow, RevisionRow, RulingRow
from storydesk.desk.rulings_in_force import account_by_rulings, rulings_of
from storydesk.model import Account
from storydesk.recognise import desk_person, is_desk_person

__all__ = ["keep_mentions", "mentions_follow"]

AT_ONCE = 200
"""Items whose accounts are held in memory together."""


def keep_mentions(items: Iterable[ItemRow]) -> None:
    """Writes the rows of these items anew. To be called in the transaction that changes what they follow from."""
    rows = [row for row in items if row.told]
    for first in range(0, len(rows), AT_ONCE):
        batch = rows[first : first + AT_ONCE]
        rulings = rulings_of(batch)
        told = {(row.pk, row.told): row for row in batch}
        found: list[MentionRow] = []
        for revision in RevisionRow.objects.filter(item__in=batch, account__isnull=False):
            if row := told.get((revision.item_id, revision.number)):
                found += _rows(account_by_rulings(row, revision, rulings[row.pk]))
        MentionRow.objects.filter(item__in=batch).delete()
        MentionRow.objects.bulk_create(found)


def mentions_follow(items: Iterable[ItemRow]) -> None:
    """The same for items that came into another story, where any story has rulings of its own."""
    if RulingRow.objects.filter(undone_at=None, story__isnull=False).exists():
        keep_mentions(items)


def _rows(account: Account) -> Iterator[MentionRow]:
    """A row for each entity, and for each person named in full whom the knowledge base does not know."""
    seen: dict[str, MentionRow] = {}
    for mention in account.mentions:
        if mention.entity is None and (mention.type != "person" or " " not in mention.name):
            continue
        key = mention.entity or desk_person(mention.name)
        row = seen.get(key) or MentionRow(
            item_id=account.item.id,
            entity=key,
            name=mention.name[:200],
            type=mention.type,
            count=0,
            linked=not is_desk_person(key),
        )
        row.count += 1
        seen[key] = row
    yield from seen.values()
