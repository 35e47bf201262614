"""The rulings in force on names, as the values that recognition obeys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from storydesk import wire
from storydesk.desk.addresses import family
from storydesk.desk.models import ItemRow, RevisionRow, RulingRow
from storydesk.knowledge.lexicon import key
from storydesk.model import Account, EntityType
from storydesk.recognise import Ruling, Rulings, ruled

__all__ = ["account_by_rulings", "kept", "merged", "rulings_of"]

Kind = RulingRow.Kind


def merged() -> dict[str, str]:
    """Each entity that was found to be another one, and that one."""
    merges = RulingRow.objects.filter(kind=Kind.ONE, undone_at=None)
    return dict(merges.order_by("pk").values_list("entity", "other"))


def kept(entity: str) -> str:
    """The entity that one has become by merges; itself where it was not merged."""
    return Rulings((), merged()).kept(entity)


def rulings_of(items: Iterable[ItemRow]) -> dict[str, Rulings]:
    """What holds for each of these items: what was ruled of the item itself, or of the story in which it stands now."""
    rows, everywhere = list(items), merged()
    others = RulingRow.objects.filter(undone_at=None).exclude(other="").order_by("pk")
    named = dict(others.values_list("other", "other_name"))
    here = RulingRow.objects.filter(undone_at=None).exclude(kind=Kind.ONE)
    by_item: dict[str, dict[int, RulingRow]] = defaultdict(dict)
    if here.exists():
        for story in {row.story_id for row in rows if row.story_id}:
            for ruling in here.filter(story__in=family(story, by_merges=True)):
                for row in (row for row in rows if row.story_id == story):
                    by_item[row.pk][ruling.pk] = ruling
        steps = RulingRow.items.through.objects.filter(itemrow__in=rows, rulingrow__in=here)
        for step in steps.select_related("rulingrow"):
            by_item[step.itemrow_id][step.rulingrow_id] = step.rulingrow
    return {
        row.pk: Rulings(tuple(_ruling(by_item[row.pk][pk]) for pk in sorted(by_item[row.pk])), everywhere, named)
        for row in rows
    }


def account_by_rulings(row: ItemRow, revision: RevisionRow, rulings: Rulings | None = None) -> Account:
    """What was found in a revision of an item, as the rulings have it; the bare item where the stages have not seen
    it yet."""
    if not revision.account:
        return Account(wire.item_from(revision.record))
    return ruled(wire.account_from(revision.account), rulings or rulings_of([row])[row.pk])


def _ruling(row: RulingRow) -> Ruling:
    kind = msgspec.convert(row.other_type, EntityType) if row.other_type else None
    return Ruling(row.entity, row.other or None, kind, key(row.form))
