"""A desk that an older Storydesk filled is brought up to date, and nothing in it is fetched or kept twice for that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from storydesk.desk import corrections, discussion
from storydesk.desk.addresses import leads_to
from storydesk.desk.database import Database
from storydesk.desk.members import role_of
from storydesk.desk.models import CommentRow, CorrectionRow, ItemRow, LogRow
from storydesk.model import Entry
from storydesk.read import normalise
from storydesk.wire import item_id
from tests.desk.conftest import NOON, item
from tests.desk.test_store_contract import outcome

URL = "https://gazette.example/feed"
FERRY = Entry(url="https://gazette.example/ferry?utm_source=rss", title="Ferry aground", published=NOON)
TWIN = Entry(url="http://www.gazette.example/ferry/", title="Ferry aground", published=NOON)
STRIKE = Entry(url="https://gazette.example/strike", title="Strike", published=NOON)


class Steps(MigrationLoader):
    """The steps that an older desk goes through, without the one that stands for them in a new desk."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {key: step for key, step in self.disk_migrations.items() if not step.replaces}


def stepwise() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.loader = Steps(connection)
    return executor


def migrated(name: str) -> Any:
    """The tables as they are at a migration."""
    executor = stepwise()
    with transaction.atomic():
        executor.migrate([("desk", name)])
    return executor.loader.project_state([("desk", name)]).apps


def last_step() -> str:
    return str(stepwise().loader.graph.leaf_nodes("desk")[0][1])


def tables() -> dict[str, Any]:
    """Every table: its columns, and what is asked of them."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        look = connection.introspection
        for table in look.table_names(cursor):
            columns = {column.name: column._replace(name="") for column in look.get_table_description(cursor, table)}
            asked = look.get_constraints(cursor, table).values()
            kept = ("columns", "primary_key", "unique", "foreign_key", "check", "index")
            found[table] = columns, sorted(repr([one[name] for name in kept]) for one in asked)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_new_desk_has_the_tables_that_an_older_one_comes_to() -> None:
    latest = last_step()
    new = tables()
    assert len(new) > 20
    connection.disable_constraint_checking()
    with transaction.atomic():
        stepwise().migrate([("desk", None)])
    assert len(tables()) < 20
    migrated(latest)
    connection.enable_constraint_checking()
    assert tables() == new


@pytest.mark.django_db(transaction=True)
def test_entries_keep_their_state_under_their_new_keys() -> None:
    latest = last_step()
    connection.disable_constraint_checking()
    old = migrated("0001_initial")
    source = old.get_model("desk", "SourceRow").objects.create(id="gazette", name="The Gazette")
    feed = old.get_model("desk", "FeedRow").objects.create(url=URL, source=source, next_visit=NOON)
    piece = old.get_model("desk", "ItemRow").objects.create(
        id="old", source=source, url=normalise(FERRY.url), title="Ferry", seen=NOON
    )
    old.get_model("desk", "RevisionRow").objects.create(
        item=piece, number=1, digest="x", seen=NOON, record={"text": item("old").text}
    )
    for entry, state in ((FERRY, "read"), (TWIN, "due"), (STRIKE, "due")):
        old.get_model("desk", "EntryRow").objects.create(
            url=normalise(entry.url),
            feed=feed,
            entry=msgspec.to_builtins(entry),
            fingerprint="before",
            state=state,
            due_at=NOON,
        )
    migrated(latest)
    connection.enable_constraint_checking()
    store = Database()
    assert store.keep_visit(URL, outcome(FERRY, STRIKE), NOON) == 0
    (task,) = store.claim_entries(NOON + timedelta(days=1), 9)
    assert task.entry == STRIKE
    store.keep_item(item("new", "A ferry ran aground off Cork on Monday. 3 hurt.", url=TWIN.url), NOON)
    assert [(kept.id, kept.revision) for kept in store.untold(9)] == [("old", 2)]


@pytest.mark.django_db(transaction=True)
def test_corrections_made_before_hold_and_can_be_undone() -> None:
    latest = last_step()
    connection.disable_constraint_checking()
    old = migrated("0002_network")
    row = {name: old.get_model("desk", f"{name}Row").objects for name in ("Source", "Story", "Item", "Correction")}
    source = row["Source"].create(id="gazette", name="The Gazette")
    made = f"s{item_id('split', 'b', NOON.isoformat())}"
    for story, into in (("sa", None), (made, None), ("sc", "sa"), ("sd", "sa")):
        row["Story"].create(id=story, merged_into_id=into)
    for key, story in (("a", "sa"), ("b", made), ("c", "sa"), ("e", "sa")):
        row["Item"].create(id=key, source=source, title=key, seen=NOON, story_id=story)
    ruling = {"who": "ed", "at": NOON}
    row["Correction"].create(kind="must_not_join", item_id="b", story_id="sa", before_id="sa", **ruling)
    row["Correction"].create(kind="must_join", item_id="c", story_id="sa", before_id="sc", **ruling)
    undone = {"undone_by": "mo", "undone_at": NOON}
    row["Correction"].create(kind="must_join", item_id="e", story_id=made, before_id="sa", **ruling, **undone)
    migrated(latest)
    connection.enable_constraint_checking()
    assert {(one.rule, one.item, one.other) for one in Database().constraints()} == {
        ("must_join", "b", made),
        ("must_not_join", "b", "sa"),
        ("must_join", "c", "sa"),
        ("must_not_join", "c", "sc"),
    }
    assert leads_to("sd").for_good
    for correction in CorrectionRow.objects.filter(undone_at=None):
        corrections.undo(correction.pk, "mo", NOON)
    assert {key: ItemRow.objects.get(pk=key).story_id for key in "abce"} == {"a": "sa", "b": "sa", "c": "sc", "e": "sa"}
    assert [leads_to(story).story.pk for story in ("sc", "sd", made)] == ["sc", "sa", "sa"]


@pytest.mark.django_db(transaction=True)
def test_decisions_made_before_stand_in_the_chain_and_can_be_undone() -> None:
    latest = last_step()
    connection.disable_constraint_checking()
    old = migrated("0006_authors")
    row = {name: old.get_model("desk", f"{name}Row").objects for name in ("Story", "Comment", "Decision")}
    row["Story"].create(id="s1", headline="Ferry aground")
    kept = {"story_id": "s1", "author": "Una", "text": "When does it sail?", "at": NOON}
    first = row["Comment"].create(key="a", state="rejected", rejection="No.", **kept)
    second = row["Comment"].create(key="b", state="published", reply_to=first, **kept)
    third = row["Comment"].create(key="c", state="held", reply_to=second, score=0.5, **kept)
    lowest = row["Comment"].create(key="d", state="held", reply_to=third, **kept)
    for comment, before, after, reason in (
        (first, "held", "published", ""),
        (second, "held", "published", ""),
        (first, "published", "rejected", "No."),
    ):
        row["Decision"].create(comment=comment, name="mo", at=NOON, before=before, after=after, reason=reason)
    migrated(latest)
    connection.enable_constraint_checking()
    assert discussion.verify() == []
    assert list(LogRow.objects.values_list("act", flat=True)) == ["screen"] * 4 + ["publish", "publish", "reject"]
    assert [CommentRow.objects.get(pk=one.pk).depth for one in (first, second, third, lowest)] == [0, 1, 2, 2]
    assert CommentRow.objects.get(pk=third.pk).due == NOON - timedelta(hours=12)
    with pytest.raises(discussion.AlreadyDecided):
        discussion.undo(LogRow.objects.filter(act="publish")[0].number, None, NOON)
    assert discussion.undo(LogRow.objects.get(act="reject").number, None, NOON).state == "published"


@pytest.mark.django_db(transaction=True)
def test_who_had_an_account_goes_on_reading_whole_texts() -> None:
    latest = last_step()
    connection.disable_constraint_checking()
    migrated("0009_people")
    una, mo = (User.objects.create_user(name) for name in ("una", "mo"))
    mo.groups.add(Group.objects.create(name="moderators"))
    migrated(latest)
    connection.enable_constraint_checking()
    assert (role_of(una), role_of(mo)) == ("reader", "moderator")
    assert {group.name for group in mo.groups.all()} == {"moderators"}
