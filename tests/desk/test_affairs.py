"""Stories of one affair are linked when one of them changes, and the links are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storydesk.desk.affairs import links_of
from storydesk.desk.database import Database
from storydesk.desk.models import LinkRow, StoryNameRow, StoryRow
from storydesk.desk.store import Store
from storydesk.desk.worker import Worker
from storydesk.group import Central, Gist, Link, affair
from storydesk.model import Account, Item, Mention, Merge, Placement
from storydesk.pipeline import traits
from tests.desk.conftest import NOON

SHOT = "The shipowner Halvard Brekke was found shot in Bergen. His partner Sigrid Nyhus found the body."
TRIAL = "The trial of Sigrid Nyhus, accused of shooting the shipowner Halvard Brekke, opened in Bergen."
FOG = "Fog lay over the harbour of Esbjerg on Monday and Jens Kold saw no ship."


def keep(store: Store, key: str, text: str, days: float, *names: str) -> None:
    """An item in a story of its own, with the persons it names."""
    store.keep_item(Item(key, text, text[:30], source="The Gazette", published=NOON + timedelta(days=days)), NOON)
    (waiting,) = [one for one in store.untold(99) if one.id == key]
    found = tuple(Mention(text.index(name), text.index(name) + len(name), "person", name) for name in names)
    told = replace(Account(waiting), mentions=found)
    store.keep_account(told, traits(told))
    store.keep_placement(Placement(key, f"s{key}", 0.0, ("starts a story",)), ())


def compare(store: Store) -> None:
    worker = Worker(store, fetcher=None)  # type: ignore[arg-type]
    while worker._cover():
        pass


def gist(story: str, *names: str) -> Gist:
    return Gist(story, NOON, NOON, {name: Central(name.title(), "person", 1.0) for name in names})


def known(store: Store, *stories: str) -> None:
    if isinstance(store, Database):
        StoryRow.objects.bulk_create(StoryRow(pk=story) for story in stories)


def linked(store: Store) -> set[tuple[str, str]]:
    if isinstance(store, Database):
        return {(row.one_id, row.other_id) for row in LinkRow.objects.all()}
    return {tuple(sorted((link.one, link.other))) for link in store.links}  # type: ignore[attr-defined]


def test_the_crime_and_the_trial_are_linked_when_the_later_one_is_compared(store: Store) -> None:
    keep(store, "a", SHOT, 0, "Halvard Brekke", "Sigrid Nyhus")
    keep(store, "f", FOG, 1, "Jens Kold")
    compare(store)
    assert linked(store) == set()
    keep(store, "b", TRIAL, 190, "Sigrid Nyhus", "Halvard Brekke")
    compare(store)
    assert linked(store) == {("sa", "sb")}


def test_stories_that_an_older_desk_compared_are_linked_when_all_else_is_done(store: Store) -> None:
    keep(store, "a", SHOT, 0, "Halvard Brekke", "Sigrid Nyhus")
    keep(store, "b", TRIAL, 190, "Sigrid Nyhus", "Halvard Brekke")
    compare(store)
    if isinstance(store, Database):
        StoryRow.objects.update(gist=None)
        StoryNameRow.objects.all().delete()
        LinkRow.objects.all().delete()
    else:
        store.gists, store.links = {}, []  # type: ignore[attr-defined]
    worker = Worker(store, fetcher=None)  # type: ignore[arg-type]
    assert worker._link()
    assert not worker._link()
    assert linked(store) == {("sa", "sb")}


def test_links_are_replaced_by_those_of_the_story_as_it_is_now(store: Store) -> None:
    known(store, "sa", "sb", "sc")
    store.keep_affair(gist("sa", "ada moe", "bo ek"), [])
    one = gist("sb", "ada moe", "bo ek")
    assert [other.story for other in store.near(one)[0]] == ["sa"]
    store.keep_affair(one, affair(one, *store.near(one)))
    assert linked(store) == {("sa", "sb")}
    changed = gist("sb", "cy dahl")
    store.keep_affair(changed, affair(changed, *store.near(changed)))
    assert linked(store) == set()
    assert store.near(gist("sc", "ada moe"))[0] == [gist("sa", "ada moe", "bo ek")]


def test_how_common_a_name_is_on_the_desk_is_counted(store: Store) -> None:
    known(store, "s0", "s1", "s2", "s3")
    for number in range(4):
        store.keep_affair(gist(f"s{number}", "ada moe", f"other {number}"), [])
    found, spread = store.near(gist("s9", "ada moe", "nobody"))
    assert len(found) == 4
    assert (spread.stories, spread.holding) == (4, {"ada moe": 4, "nobody": 0})


@pytest.mark.django_db
def test_a_story_that_was_merged_away_is_near_to_none_and_linked_with_none() -> None:
    store = Database()
    for key in ("sa", "sb", "sc"):
        StoryRow.objects.create(pk=key, headline=key, coverage={})
        store.keep_affair(gist(key, "ada moe"), [])
    store.keep_affair(gist("sa", "ada moe"), [Link("sa", "sb", 0.9, ("both",)), Link("sc", "sa", 0.6, ("both",))])
    assert [(linked.story.pk, linked.why) for linked in links_of("sa")] == [("sb", ("both",)), ("sc", ("both",))]
    store.keep_placement(Placement("x", "sc", 0.5), [Merge("sc", "sb")])
    assert [linked.story.pk for linked in links_of("sa")] == ["sc"]
    assert {other.story for other in store.near(gist("sa", "ada moe"))[0]} == {"sc"}


@pytest.mark.django_db
def test_a_name_of_any_length_and_kind_is_kept() -> None:
    StoryRow.objects.create(pk="sa")
    Database().keep_affair(gist("sa", "x" * 500, "nul\0"), [])
    assert {len(row.key) for row in StoryNameRow.objects.all()} == {120, 4}
