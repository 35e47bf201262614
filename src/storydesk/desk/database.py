"""The store on Django's ORM: SQLite by default, PostgreSQL by one setting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import msgspec
from django.db import transaction
from django.db.models import Count, F, Max, Q

from storydesk import wire
from storydesk.coverage import Coverage
from storydesk.desk.affairs import keep_affair, near
from storydesk.desk.due import claim
from storydesk.desk.in_force import in_force
from storydesk.desk.mentions import keep_mentions, mentions_follow
from storydesk.desk.models import (
    CorrectionRow,
    EntryRow,
    FeedRow,
    ItemRow,
    RevisionRow,
    SourceRow,
    StoryRow,
)
from storydesk.desk.pieces import keep_revision, known_item
from storydesk.desk.ranking import rank
from storydesk.desk.rulings_in_force import rulings_of
from storydesk.desk.storable import storable
from storydesk.desk.store import Outcome, Placed, StoryFile, Task, Visit, Waiting
from storydesk.desk.turn import take_turn
from storydesk.desk.watching import keep_entries, keep_state
from storydesk.errors import NotFound
from storydesk.gather import host_of
from storydesk.group import Constraint, Gist, Link, Spread, Traits
from storydesk.model import Account, Entry, Feed, Item, Merge, Placement, Source, SourceKind
from storydesk.recognise import Rulings

__all__ = ["Database"]


class Database:
    """:class:`storydesk.desk.store.Store` on the tables of :mod:`storydesk.desk.models`."""

    # -------------------------------------------------------------------------------------------- sources and feeds

    def add_source(self, source: Source) -> None:
        fields = msgspec.to_builtins(source)
        del fields["id"]
        SourceRow.objects.update_or_create(pk=source.id, defaults={key: value or "" for key, value in fields.items()})

    def add_feed(self, feed: Feed, now: datetime) -> bool:
        fields = {"source_id": feed.source, "title": feed.title[:300], "next_visit": now, "host": host_of(feed.url)}
        _, new = FeedRow.objects.get_or_create(url=feed.url, defaults=fields)
        return new

    def claim_feeds(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Visit]:
        due = FeedRow.objects.filter(next_visit__lte=now).order_by("next_visit", "url")
        return [
            Visit(
                feed=Feed(url=row.url, source=row.source_id, title=row.title),
                etag=row.etag or None,
                modified=row.modified or None,
                failures=row.failures,
                interval=row.interval,
            )
            for row in claim(due, now, limit, busy)
        ]

    @transaction.atomic
    def keep_visit(self, url: str, outcome: Outcome, now: datetime) -> int:
        row = FeedRow.objects.get(url=url)
        changed = keep_entries(row, outcome.entries, now)
        keep_state(row, outcome, now)
        return changed

    def postpone_visit(self, url: str, until: datetime) -> None:
        FeedRow.objects.filter(url=url).update(next_visit=until, claimed_until=None)

    # -------------------------------------------------------------------------------------------- entries and items

    def claim_entries(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Task]:
        due = EntryRow.objects.filter(state=EntryRow.State.DUE, due_at__lte=now).order_by("due_at", "key")
        return [_task(row) for row in claim(due.select_related("feed__source"), now, limit, busy)]

    def claim_looks(self, now: datetime, limit: int, busy: Collection[str] = ()) -> list[Task]:
        due = EntryRow.objects.filter(state=EntryRow.State.READ, look_at__lte=now).order_by("look_at", "key")
        return [_task(row, look=True) for row in claim(due.select_related("feed__source"), now, limit, busy)]

    @transaction.atomic
    def keep_item(
        self, item: Item, now: datetime, task: Task | None = None, *, etag: str = "", modified: str = ""
    ) -> bool:
        entry = EntryRow.objects.select_related("item").filter(key=task.key).first() if task else None
        row, new = keep_revision(item, known_item(item, entry), [entry.key] if entry else [], now)
        if entry is not None:
            entry.state, entry.claimed_until, entry.problem, entry.attempts = EntryRow.State.READ, None, "", 0
            entry.item, entry.first_read = row, entry.first_read or now
            entry.etag, entry.modified = storable(etag)[:500], storable(modified)[:100]
            entry.save()
        return new

    def look_again(self, key: str, at: datetime | None) -> None:
        fields = {"state": EntryRow.State.READ, "attempts": 0, "problem": ""}
        EntryRow.objects.filter(key=key).update(look_at=at, claimed_until=None, **fields)

    def postpone_entry(self, key: str, until: datetime) -> None:
        EntryRow.objects.filter(key=key, state=EntryRow.State.DUE).update(due_at=until, claimed_until=None)
        EntryRow.objects.filter(key=key, state=EntryRow.State.READ).update(look_at=until, claimed_until=None)

    def fail_entry(self, key: str, problem: str, retry_at: datetime | None) -> None:
        rows, problem = EntryRow.objects.filter(key=key), storable(problem)
        if retry_at is None:
            rows.update(state=EntryRow.State.FAILED, problem=problem, claimed_until=None)
        else:
            rows.update(due_at=retry_at, attempts=F("attempts") + 1, problem=problem, claimed_until=None)

    @transaction.atomic
    def rest_host(self, host: str, until: datetime) -> None:
        FeedRow.objects.filter(host=host, next_visit__lt=until).update(next_visit=until)
        EntryRow.objects.filter(host=host, state=EntryRow.State.DUE, due_at__lt=until).update(due_at=until)
        EntryRow.objects.filter(host=host, look_at__lt=until).update(look_at=until)

    def together(self) -> AbstractContextManager[object]:
        return transaction.atomic()

    # -------------------------------------------------------------------------------------------- the item stages

    def untold(self, limit: int) -> list[Item]:
        rows = ItemRow.objects.filter(told__lt=F("revision")).order_by("published", "id")[:limit]
        return [wire.item_from(row.revisions.get(number=row.revision).record) for row in rows]

    @transaction.atomic
    def keep_account(self, account: Account, traits: Traits) -> None:
        take_turn()
        item = account.item
        RevisionRow.objects.filter(item=item.id, number=item.revision).update(account=wire.account_record(account))
        row = ItemRow.objects.get(pk=item.id)
        row.told = item.revision
        row.traits = msgspec.to_builtins(traits)
        row.state = ItemRow.State.PLACED if row.story_id else ItemRow.State.TOLD
        row.save()
        keep_mentions([row])
        if row.story_id:
            StoryRow.objects.filter(pk=row.story_id).update(stale=True)

    # -------------------------------------------------------------------------------------------- stories

    def unplaced(self) -> list[Traits]:
        rows = ItemRow.objects.filter(state=ItemRow.State.TOLD).order_by(F("published").asc(nulls_last=True), "id")
        return [msgspec.convert(row.traits, Traits) for row in rows]

    def placed(self, most: int) -> list[Placed]:
        rows = list(ItemRow.objects.exclude(position=None).order_by("-position")[:most])
        return [Placed(msgspec.convert(row.traits, Traits), str(row.story_id)) for row in reversed(rows)]

    def standing(self, most: int) -> list[tuple[str, str]]:
        return list(ItemRow.objects.exclude(position=None).order_by("-position").values_list("pk", "story")[:most])

    def constraints(self) -> list[Constraint]:
        return in_force()

    def corrections_made(self) -> int:
        made = CorrectionRow.objects.aggregate(done=Count("pk"), undone=Count("undone_at"))
        return int(made["done"]) + int(made["undone"])

    @contextmanager
    def alone(self) -> Iterator[None]:
        with transaction.atomic():
            take_turn()
            yield

    @transaction.atomic
    def keep_placement(self, placement: Placement, merges: Sequence[Merge]) -> None:
        StoryRow.objects.get_or_create(pk=placement.story)
        last: int = ItemRow.objects.aggregate(last=Max("position"))["last"] or 0
        ItemRow.objects.filter(pk=placement.id).update(
            story=placement.story,
            placed_in=placement.story,
            score=placement.score,
            why=list(placement.why),
            state=ItemRow.State.PLACED,
            position=last + 1,
        )
        StoryRow.objects.filter(pk=placement.story).update(stale=True)
        for merge in merges:
            _merge(merge)
        came = [placement.story, *(merge.kept for merge in merges)] if merges else []
        mentions_follow(ItemRow.objects.filter(Q(pk=placement.id) | Q(story__in=came)).defer("traits"))

    def stale(self, limit: int) -> list[str]:
        rows = StoryRow.objects.filter(stale=True, items__told__gt=0).order_by("pk").distinct()[:limit]
        return [row.pk for row in rows]

    def story(self, story: str) -> StoryFile:
        rows = list(
            ItemRow.objects.filter(story=story, told__gt=0).select_related("source").order_by("published", "id")
        )
        if not rows:
            raise NotFound(f"no story {story}")
        accounts = tuple(_account(row) for row in rows)
        return StoryFile(
            id=story,
            accounts=accounts,
            traits=tuple(msgspec.convert(row.traits, Traits) for row in rows),
            why={row.pk: tuple(row.why) for row in rows},
            owners={row.source.name: row.source.owner for row in rows if row.source.owner},
            rulings=rulings_of(rows),
        )

    @transaction.atomic
    def keep_coverage(
        self, coverage: Coverage, seen: Sequence[tuple[str, int]], rulings: Mapping[str, Rulings] | None = None
    ) -> None:
        take_turn()
        items = list(ItemRow.objects.filter(story=coverage.story).defer("traits"))
        same = {(item.pk, item.told) for item in items} == set(seen)
        StoryRow.objects.filter(pk=coverage.story).update(
            headline=coverage.headline[:500],
            first_seen=coverage.first_seen,
            last_changed=coverage.last_changed,
            item_count=len(coverage.items),
            origin_count=len(coverage.origins),
            rank=rank(len(coverage.origins), coverage.last_changed),
            coverage=wire.coverage_record(coverage),
            stale=not same or (rulings is not None and rulings_of(items) != dict(rulings)),
        )

    def unlinked(self, limit: int) -> list[str]:
        rows = StoryRow.objects.filter(gist__isnull=True, coverage__isnull=False, merged_into=None, items__told__gt=0)
        return list(rows.order_by("pk").distinct().values_list("pk", flat=True)[:limit])

    def near(self, gist: Gist) -> tuple[list[Gist], Spread]:
        return near(gist)

    def keep_affair(self, gist: Gist, links: Sequence[Link]) -> None:
        keep_affair(gist, links)

    def set_aside(self, story: str) -> None:
        StoryRow.objects.filter(pk=story).update(stale=False)

    # -------------------------------------------------------------------------------------------- the work itself

    def waiting(self, now: datetime) -> Waiting:
        return Waiting(
            feeds=FeedRow.objects.filter(next_visit__lte=now).count(),
            entries=EntryRow.objects.filter(state=EntryRow.State.DUE, due_at__lte=now).count(),
            untold=ItemRow.objects.filter(told__lt=F("revision")).count(),
            unplaced=ItemRow.objects.filter(state=ItemRow.State.TOLD).count(),
            stale=StoryRow.objects.filter(stale=True, items__told__gt=0).distinct().count(),
        )

    def release(self) -> None:
        FeedRow.objects.exclude(claimed_until=None).update(claimed_until=None)
        EntryRow.objects.exclude(claimed_until=None).update(claimed_until=None)


def _task(row: EntryRow, look: bool = False) -> Task:
    return Task(
        key=row.key,
        entry=msgspec.convert(row.entry, Entry),
        source=_source(row.feed.source),
        attempts=row.attempts,
        etag=row.etag or None,
        modified=row.modified or None,
        first_read=row.first_read,
        look=look,
    )


def _source(row: SourceRow) -> Source:
    return Source(
        id=row.pk,
        name=row.name,
        home=row.home or None,
        kind=msgspec.convert(row.kind, SourceKind),
        profile=row.profile,
        country=row.country or None,
        language=row.language or None,
        owner=row.owner or None,
    )


def _account(row: ItemRow) -> Account:
    record = row.revisions.get(number=row.told).account
    assert record is not None, "a revision that is told has its account"
    return wire.account_from(record)


def _merge(merge: Merge) -> None:
    StoryRow.objects.get_or_create(pk=merge.kept)
    ItemRow.objects.filter(story=merge.gone).update(story=merge.kept)
    StoryRow.objects.filter(pk=merge.gone).update(
        merged_into=merge.kept, gone=StoryRow.Gone.GROUPED, stale=False, coverage=None
    )
    StoryRow.objects.filter(pk=merge.kept).update(stale=True)
