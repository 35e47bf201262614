"""Editors' corrections of names: a name is not this entity, it is that one, two entities are one; and undo.

Each is kept with who and when, holds at once, and is obeyed by all later linking: in the items and the story for which
it was made, a merge everywhere. Nothing is written into an item's account, so an undo leaves no trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from storydesk import recognise, wire
from storydesk.desk.addresses import living, merged
from storydesk.desk.knowing import tools
from storydesk.desk.mentions import keep_mentions
from storydesk.desk.models import ItemRow, MentionRow, RulingRow, StoryRow
from storydesk.desk.rulings_in_force import account_by_rulings, kept, rulings_of
from storydesk.desk.turn import take_turn
from storydesk.errors import InputError, NotFound
from storydesk.recognise import is_desk_person

__all__ = ["Scope", "called", "is_another", "not_this", "one", "undo"]

Kind = RulingRow.Kind

AT_ONCE = 12
"""Stories whose cards are made anew before the editor sees the page again; those of more are compared anew later."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a ruling holds: in an item, or in a story and all that comes to it; ``form`` limits it to names that read
    so."""

    story: str = ""
    item: str = ""
    form: str = ""


@transaction.atomic
def not_this(entity: str, scope: Scope, who: str, at: datetime) -> RulingRow:
    """Rules that nothing in the scope is ``entity``. Raises NotFound, and InputError where nothing there is."""
    take_turn()
    return _rule(RulingRow(kind=Kind.NOT, entity=entity, who=who, at=at), scope)


@transaction.atomic
def is_another(entity: str, other: str, scope: Scope, who: str, at: datetime) -> RulingRow:
    """Rules that what is taken for ``entity`` in the scope is ``other``. Raises NotFound, and InputError where nothing
    there is taken for it or the two are one.
    """
    take_turn()
    if kept(entity) == kept(other):
        raise InputError("that is whom it is taken for already")
    name, kind = called(other)
    row = RulingRow(kind=Kind.IS, entity=entity, other=other, other_name=name, other_type=kind, who=who, at=at)
    return _rule(row, scope)


@transaction.atomic
def one(keep: str, gone: str, who: str, at: datetime) -> RulingRow:
    """Rules that two entities are one: whatever is taken for ``gone`` is ``keep``, now and later, and its page leads
    there. Raises NotFound, and InputError where they are one already, or one that the knowledge base knows would go
    into a person of whom the desk has only the name.
    """
    take_turn()
    keep, gone = kept(keep), kept(gone)
    if keep == gone:
        raise InputError("the two are one already")
    if is_desk_person(keep) and not is_desk_person(gone):
        raise InputError("the one that has a card must be kept", "merge the other way round")
    (name, _), (other_name, kind) = called(gone), called(keep)
    row = RulingRow.objects.create(
        kind=Kind.ONE, entity=gone, name=name, other=keep, other_name=other_name, other_type=kind, who=who, at=at
    )
    _settle(_naming(keep, gone))
    return row


@transaction.atomic
def undo(ruling: int, who: str, at: datetime) -> RulingRow:
    """Takes a ruling back: names are what they would be without it. Raises NotFound, and InputError where it was taken
    back before."""
    take_turn()
    row = RulingRow.objects.filter(pk=ruling).first()
    if row is None:
        raise NotFound(f"no correction {ruling}")
    if row.undone_at is not None:
        raise InputError("this correction was taken back already", f"by {row.undone_by}")
    touched = _naming(kept(row.other)) if row.kind == Kind.ONE else _standing(row)
    row.undone_by, row.undone_at = who, at
    row.save()
    _settle(touched)
    return row


def called(entity: str) -> tuple[str, str]:
    """The name and the type of an entity: the knowledge base's, else what the news call it. Raises NotFound."""
    known = tools().knowledge.entity(entity)
    if known:
        return known.name, known.type
    named = MentionRow.objects.filter(entity=entity).order_by("-count", "name").first()
    if named:
        return named.name, named.type
    ruled = RulingRow.objects.filter(entity=entity).first()
    if ruled:
        return ruled.name, "person" if is_desk_person(entity) else "other"
    raise NotFound(f"nobody is known as {entity}")


def _rule(row: RulingRow, scope: Scope) -> RulingRow:
    story = living(scope.story) if scope.story else None
    items = list((story.items.all() if story else ItemRow.objects.filter(pk=scope.item)).defer("traits"))
    if not items:
        raise NotFound("there is no such item", "say in which item or story")
    row.name, _ = called(row.entity)
    before = _named_in(items), _has_card(scope.story, row.entity)
    row.story, row.form = story, scope.form[:200]
    row.save()
    row.items.set(items)
    _settle(items)
    if (_named_in(items), _has_card(scope.story, row.entity)) == before:
        raise InputError("nothing there is taken for it", "it may have been corrected meanwhile")
    return row


def _named_in(items: Sequence[ItemRow]) -> set[tuple[str, str, int]]:
    return set(MentionRow.objects.filter(item__in=items).values_list("item", "entity", "count"))


def _has_card(story: str, entity: str) -> bool:
    """Whether a story shows its card, maybe on account of a title alone."""
    coverage = StoryRow.objects.get(pk=living(story).pk).coverage if story else None
    return any(card["entity"]["id"] == entity for card in (coverage or {}).get("cards", []))


def _standing(row: RulingRow) -> list[ItemRow]:
    """The items for which a ruling on a name holds."""
    items = {item.pk: item for item in row.items.defer("traits")}
    if row.story_id:
        items |= {item.pk: item for item in merged(row.story_id).items.defer("traits")}
    return list(items.values())


def _naming(*entities: str) -> list[ItemRow]:
    return list(ItemRow.objects.filter(mentions__entity__in=entities).defer("traits").distinct())


def _settle(items: Sequence[ItemRow]) -> None:
    """Has what is shown of these items follow the rulings in force: their mentions and cards at once, the comparison
    of their stories in a moment."""
    keep_mentions(items)
    stories = {str(item.story_id) for item in items if item.story_id}
    StoryRow.objects.filter(pk__in=stories).update(stale=True)
    for story in sorted(stories)[:AT_ONCE]:
        _deal(StoryRow.objects.get(pk=story))


def _deal(story: StoryRow) -> None:
    """Makes the cards of a story anew."""
    if story.coverage is None:
        return
    items = list(story.items.filter(told__gt=0).order_by("published", "id").defer("traits"))
    rulings = rulings_of(items)
    accounts = [account_by_rulings(item, item.revisions.get(number=item.told), rulings[item.pk]) for item in items]
    knowledge = tools().knowledge
    dealt = recognise.cards(recognise.agreed(accounts, knowledge, rulings), knowledge, rulings)
    coverage = replace(wire.coverage_from(story.coverage), cards=dealt)
    StoryRow.objects.filter(pk=story.pk).update(coverage=wire.coverage_record(coverage))
