"""Exports of other systems brought in: screened, held, each once, under the right page and in the right place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from storydesk.desk import discussion
from storydesk.desk.discussion.importing import Import, bring_in
from storydesk.desk.identity import address_key
from storydesk.desk.models import AddressRow, AuthorRow, CommentRow, ItemRow, LogRow, SourceRow, StoryRow
from storydesk.desk.people.erasure import erase
from storydesk.errors import NotFound
from storydesk.gather.exports import Damage, Exported, format_of, parents_first, read
from tests.desk.conftest import NOON

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).parents[1] / "gather" / "exports"
PAGE = "https://courier-1.example/ferry"
WEEK = timedelta(days=7)
INSULT = "You are a pathetic liar and everybody here hates you, you disgusting idiot."


@pytest.fixture
def item() -> ItemRow:
    story = StoryRow.objects.create(pk="s1", headline="Ferry aground off Cork")
    source = SourceRow.objects.create(pk="courier", name="The Courier")
    row = ItemRow.objects.create(pk="i1", source=source, url=PAGE, title="Ferry aground", seen=NOON, story=story)
    AddressRow.objects.create(key=address_key(PAGE), item=row)
    return row


def brought(*names: str, **how: Any) -> Counter[str]:
    paths = [FIXTURES / name for name in names]
    form = format_of(paths)
    return Counter(one.fate for one in bring_in(parents_first(read(paths, form)), Import(form, **how), NOON + WEEK))


def one(number: str = "1", text: str = "When does the ferry sail again?", **more: Any) -> Exported:
    fields = {"thread": PAGE, "author": "Una", "mail": "", "at": NOON, **more}
    return Exported(id=number, text=text, **fields)


def take(*found: Exported | Damage, **how: Any) -> list[str]:
    return [one.fate for one in bring_in(found, Import("disqus", **how), NOON + WEEK)]


def lines() -> list[tuple[str, int, str]]:
    """Each comment as its last word, its depth, and the last word of what it answers."""
    rows = CommentRow.objects.select_related("reply_to").order_by("at")
    return [(row.text.split()[-1], row.depth, row.reply_to.text.split()[-1] if row.reply_to else "") for row in rows]


def test_disqus_is_held_under_its_item_at_its_own_time(item: ItemRow) -> None:
    assert brought("disqus.xml") == {"held": 4, "refused": 1, "deleted": 1, "damaged": 1}
    assert {row.item_id for row in CommentRow.objects.all()} == {"i1"}
    assert {row.state for row in CommentRow.objects.all()} == {"held"}
    first = CommentRow.objects.order_by("at")[0]
    assert first.at == datetime(2026, 3, 2, 13, tzinfo=UTC)
    assert first.due > NOON + WEEK - timedelta(days=3)
    assert discussion.published("s1", "i1") == []


def test_answers_go_to_the_nearest_comment_that_was_taken_and_no_deeper_than_two_levels(item: ItemRow) -> None:
    brought("disqus.xml")
    assert lines() == [
        ("answers.", 0, ""),
        ("said.", 1, "answers."),
        ("you.", 2, "said."),
        ("Una.", 2, "said."),
    ]


def test_the_same_export_twice_changes_nothing(item: ItemRow) -> None:
    brought("disqus.xml")
    entries, authors = LogRow.objects.count(), AuthorRow.objects.count()
    assert brought("disqus.xml", publish=True) == {"there": 4, "refused": 1, "deleted": 1, "damaged": 1}
    assert (LogRow.objects.count(), AuthorRow.objects.count(), CommentRow.objects.count()) == (entries, authors, 4)


def test_one_author_for_each_address_or_name_and_none_confirmed(item: ItemRow) -> None:
    brought("disqus.xml")
    assert sorted(AuthorRow.objects.values_list("name", "mail", "confirmed")) == [
        ("Per", None, None),
        ("Una Daly", "una@example.org", None),
    ]
    take(one("77", author="Per"))
    assert AuthorRow.objects.filter(name="Per").count() == 1


def test_the_other_systems_go_the_same_way(item: ItemRow) -> None:
    assert brought("coral.json", "coral-stories.json", "coral-users.json") == {"held": 3, "refused": 1, "deleted": 1}
    assert brought("wordpress.xml") == {"held": 2, "refused": 1, "unmatched": 1}
    assert brought("isso.json", site="https://www.courier-1.example/") == {"held": 2, "damaged": 1}
    assert CommentRow.objects.filter(item=item).count() == 7


def test_what_has_no_page_here_is_named_and_comes_in_once_it_has(item: ItemRow) -> None:
    elsewhere = one(thread="https://elsewhere.example/other")
    named = list(bring_in([elsewhere], Import("disqus"), NOON))
    assert [(each.fate, each.what) for each in named] == [("unmatched", "https://elsewhere.example/other")]
    AddressRow.objects.create(key=address_key(elsewhere.thread), item=item)
    assert take(elsewhere) == ["held"]


def test_all_of_it_goes_to_a_story_that_is_named(item: ItemRow) -> None:
    assert brought("wordpress.xml", story="https://desk.example/stories/s1/") == {"held": 3, "refused": 1}
    assert not CommentRow.objects.exclude(item=None)
    with pytest.raises(NotFound):
        brought("wordpress.xml", story="nowhere")


def test_a_page_of_this_desk_is_matched_too(item: ItemRow) -> None:
    own = [one("1", thread="http://localhost/stories/s1/"), one("2", thread="http://localhost/items/i1/")]
    assert take(*own, one("3", thread="http://localhost/stories/s9/"), one("4", thread="http://[")) == [
        "unmatched",
        "unmatched",
        "held",
        "held",
    ]
    assert sorted(CommentRow.objects.values_list("item", flat=True), key=str) == [None, "i1"]


def test_what_was_approved_is_published_if_that_is_asked_for_and_screening_lets_it_pass(item: ItemRow) -> None:
    found = [one("1"), one("2", INSULT), one("3", "Is it true? They said so.", standing="pending")]
    assert sorted(take(*found, publish=True)) == ["held", "published", "rejected"]
    assert [shown.text for shown in discussion.published("s1", "i1")] == [found[0].text]


def test_without_asking_nothing_is_published_and_screening_marks_what_it_would(item: ItemRow) -> None:
    assert set(take(one("1"), one("2", INSULT))) == {"held", "rejected"}
    assert CommentRow.objects.get(text=INSULT).reasons


def test_a_muted_author_is_not_vouched_for(item: ItemRow) -> None:
    author = AuthorRow.objects.create(name="Una", mail="una@example.org", since=NOON)
    discussion.sanction(author.pk, "mute", None, "spam", User.objects.create_user("mo"), NOON)
    assert take(one(mail="Una@example.org"), publish=True) == ["held"]


def test_what_is_too_long_is_named_and_the_rest_is_done(item: ItemRow) -> None:
    assert sorted(take(one("1", "word " * 2000), Damage("line 3", "broken"), one("2"))) == [
        "damaged",
        "damaged",
        "held",
    ]


def test_a_comment_from_the_future_is_of_now_and_odd_characters_are_kept_out(item: ItemRow) -> None:
    take(one(at=NOON + 9 * WEEK, text="Odd \0 words here", author="\0\ud800"))
    row = CommentRow.objects.get()
    assert row.at == NOON + WEEK
    assert "\0" not in row.text


def test_the_log_tells_of_each_and_is_whole(item: ItemRow) -> None:
    take(*(one(f"{number}", parent=f"{number - 1}" if number else "") for number in range(250)))
    assert LogRow.objects.count() == CommentRow.objects.count() == 250
    assert discussion.verify() == []


def test_an_erased_comment_does_not_come_back(item: ItemRow) -> None:
    take(one())
    discussion.withdraw(CommentRow.objects.get().pk, NOON)
    assert take(one()) == ["there"]
    assert CommentRow.objects.get().text == ""


def test_what_was_erased_with_its_author_does_not_come_back(item: ItemRow) -> None:
    brought("disqus.xml")
    erase(AuthorRow.objects.get(mail="una@example.org"), keep_comments=False, at=NOON + WEEK)
    assert brought("disqus.xml")["there"] == 4
    assert not AuthorRow.objects.filter(name="Una Daly").exists()
    assert not CommentRow.objects.filter(author="Una Daly").exists()
    assert discussion.verify() == []


def test_the_same_words_over_and_over_are_found(item: ItemRow) -> None:
    words = "Earn a fortune at home with this one simple trick, write to me now"
    fates = take(*(replace(one(f"{number}", words), author=f"A{number}") for number in range(250)))
    assert "rejected" in fates


def test_an_address_that_is_none_is_no_page(item: ItemRow) -> None:
    assert set(take(one("1", thread="http://["), one("2", thread=""), one("3", thread="\0"))) == {"unmatched"}
