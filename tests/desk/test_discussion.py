"""What authors do with their comments: held by default, repeated without harm, gone when they say so."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from storydesk.desk import discussion
from storydesk.desk.models import AuthorRow, CommentRow, ItemRow, LogRow, SourceRow, StoryRow
from storydesk.errors import InputError, NotFound
from tests.desk.conftest import NOON
from tests.desk.remarks import MINUTE, WORDS, published, submitted, texts

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------------------------------------ submitting


def test_a_comment_is_held_and_the_public_sees_nothing(story: StoryRow) -> None:
    assert submitted().state == CommentRow.State.HELD
    assert discussion.published("s1") == []


def test_the_same_submission_twice_is_one_comment(story: StoryRow) -> None:
    assert submitted().pk == submitted().pk
    assert CommentRow.objects.count() == LogRow.objects.count() == 1


def test_a_comment_on_a_merged_story_goes_to_the_one_that_took_it_in(story: StoryRow) -> None:
    StoryRow.objects.create(pk="s0", merged_into=story)
    assert discussion.submit("k1", "s0", "Una", WORDS, NOON).story_id == "s1"


@pytest.mark.parametrize(("author", "text"), [("", WORDS), ("Una", "  "), ("Una", "x" * 5000)])
def test_an_empty_or_overlong_comment_is_refused(story: StoryRow, author: str, text: str) -> None:
    with pytest.raises(InputError):
        discussion.submit("k1", "s1", author, text, NOON)


def test_a_comment_on_no_story_is_refused() -> None:
    with pytest.raises(NotFound, match="s9"):
        discussion.submit("k1", "s9", "Una", WORDS, NOON)


@pytest.mark.parametrize("state", ["closed", "off"])
def test_a_closed_discussion_takes_no_more(story: StoryRow, moderator: User, state: str) -> None:
    published(moderator)
    discussion.set_discussion(story, state, moderator, NOON)
    with pytest.raises(InputError, match="no more comments"):
        submitted("k2")
    assert texts() == ([WORDS] if state == "closed" else [])
    discussion.set_discussion(story, "open", moderator, NOON)
    assert submitted("k2").state == "held"


def test_a_desk_without_comments_shows_none_and_takes_none(
    story: StoryRow, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(moderator)
    monkeypatch.setenv("STORYDESK_COMMENTS", "off")
    assert discussion.published("s1") == []
    with pytest.raises(InputError):
        submitted("k2")


def test_a_comment_on_an_item_stands_under_the_item_alone(story: StoryRow, moderator: User) -> None:
    source = SourceRow.objects.create(pk="gazette", name="The Gazette")
    ItemRow.objects.create(pk="i1", source=source, title="Ferry aground", seen=NOON, story=story)
    published(moderator, item="i1")
    assert texts() == []
    assert texts("s1", "i1") == [WORDS]
    assert [(item.pk, count) for item, count in discussion.counted_on_items("s1")] == [("i1", 1)]
    with pytest.raises(NotFound, match="i9"):
        submitted("k2", item="i9")


def test_copies_and_a_flood_are_known_by_what_came_before(
    story: StoryRow, una: AuthorRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = [submitted(key, "Buy the best ferry tickets in town today.") for key in "abcde"][-1]
    assert "|copied|" in row.rules
    assert row.state == "rejected"
    flood = [submitted(f"u{number}", f"Remark {number} on ferries.", writer=una) for number in range(7)][-1]
    assert "|many in a short time|" in flood.rules


# ------------------------------------------------------------------------------------------------ replies


def test_a_reply_to_what_is_not_published_stands_alone(story: StoryRow) -> None:
    held = submitted()
    assert submitted("k2", reply_to=held.pk).reply_to is None


def test_a_reply_hides_with_what_it_answers(story: StoryRow, moderator: User) -> None:
    above = published(moderator)
    published(moderator, "k2", "On Friday, they say.", reply_to=above.pk)
    assert len(texts()) == 2
    discussion.decide(above.pk, "reject", moderator, NOON, seen=above.version)
    assert texts() == []


def test_replies_go_two_levels_down_and_then_stand_side_by_side(story: StoryRow, moderator: User) -> None:
    above: int | None = None
    rows = []
    for key in "abcd":
        rows.append(published(moderator, key, f"Words number {key}.", reply_to=above))
        above = rows[-1].pk
    assert [row.depth for row in rows] == [0, 1, 2, 2]
    assert rows[3].reply_to_id == rows[2].reply_to_id == rows[1].pk


def test_replies_follow_what_they_answer(story: StoryRow, moderator: User) -> None:
    first = published(moderator, "k1", "The first of all.")
    published(moderator, "k2", "The second of all.")
    published(moderator, "k3", "To the first of all.", reply_to=first.pk)
    assert texts() == ["The first of all.", "To the first of all.", "The second of all."]


# ------------------------------------------------------------------------------------------------ guests


def test_what_a_guest_has_not_confirmed_is_in_nobodys_queue(story: StoryRow, moderator: User, una: AuthorRow) -> None:
    from storydesk.desk.discussion.queueing import Filters, counts, listed

    row = submitted(writer=una, confirmed=False)
    assert row.state == "unconfirmed"
    assert not listed("held", Filters()).exists()
    assert set(counts().values()) == {0}
    with pytest.raises(NotFound):
        discussion.decide(row.pk, "publish", moderator, NOON, seen=row.version)
    assert discussion.confirm(row.pk, NOON).state == "held"
    assert listed("held", Filters()).get() == row
    assert discussion.confirm(row.pk, NOON).version == 2


# ------------------------------------------------------------------------------------------------ editing, deleting


def test_an_edit_is_held_anew_and_the_earlier_words_are_kept(story: StoryRow, moderator: User) -> None:
    row = published(moderator)
    row = discussion.edit(row.pk, "Other words altogether.", NOON + MINUTE, seen=row.version)
    assert (row.state, row.revision, row.moderated) == ("held", 2, False)
    assert [wording.text for wording in row.wordings.all()] == [WORDS]
    assert texts() == []


def test_an_edit_comes_too_late_after_the_window(story: StoryRow, monkeypatch: pytest.MonkeyPatch) -> None:
    row = submitted()
    with pytest.raises(InputError, match="no longer"):
        discussion.edit(row.pk, "Other words.", NOON + 11 * MINUTE, seen=row.version)
    monkeypatch.setenv("STORYDESK_EDIT_MINUTES", "30")
    assert discussion.edit(row.pk, "Other words.", NOON + 11 * MINUTE, seen=row.version).text == "Other words."


def test_nobody_publishes_a_text_that_was_changed_meanwhile(story: StoryRow, moderator: User) -> None:
    row = submitted()
    discussion.edit(row.pk, "Other words.", NOON, seen=row.version)
    with pytest.raises(discussion.AlreadyDecided, match="its author changed this comment"):
        discussion.decide(row.pk, "publish", moderator, NOON, seen=row.version)
    assert texts() == []


def test_a_comment_taken_back_is_gone_and_its_words_too(story: StoryRow, moderator: User) -> None:
    row = published(moderator)
    row = discussion.edit(row.pk, "Other words.", NOON, seen=row.version)
    row = discussion.withdraw(row.pk, NOON)
    assert (row.text, row.wordings.count()) == ("", 0)
    assert discussion.thread("s1", mine=[row.pk]) == []
    with pytest.raises(discussion.AlreadyDecided, match="took this comment back"):
        discussion.decide(row.pk, "publish", moderator, NOON, seen=row.version)


def test_a_comment_taken_back_leaves_a_place_for_its_replies(story: StoryRow, moderator: User) -> None:
    above = published(moderator)
    published(moderator, "k2", "On Friday, they say.", reply_to=above.pk)
    discussion.withdraw(above.pk, NOON)
    place, reply = discussion.thread("s1")
    assert (place.gone, place.author, place.text) == (True, "", "")
    assert (reply.text, reply.answers) == ("On Friday, they say.", "")
    assert texts() == ["On Friday, they say."]


def test_to_take_back_a_rejected_comment_does_not_bring_its_replies_back(story: StoryRow, moderator: User) -> None:
    above = published(moderator)
    published(moderator, "k2", "On Friday, they say.", reply_to=above.pk)
    discussion.decide(above.pk, "reject", moderator, NOON, seen=above.version)
    discussion.withdraw(above.pk, NOON)
    assert discussion.thread("s1") == []


def test_an_author_sees_their_own_and_how_it_stands(story: StoryRow, moderator: User) -> None:
    row = submitted()
    discussion.decide(row.pk, "reject", moderator, NOON, seen=row.version, rule="off-topic", words="Ferries, please.")
    (mine,) = discussion.thread("s1", mine=[row.pk], now=NOON)
    assert (mine.state, mine.rejection) == ("rejected", "Off the topic: Ferries, please.")
    assert discussion.thread("s1", mine=[row.pk + 1]) == []


# ------------------------------------------------------------------------------------------------ forgetting


@pytest.mark.parametrize("keep", [True, False])
def test_somebody_is_taken_out_and_the_chain_is_whole(
    story: StoryRow, moderator: User, una: AuthorRow, keep: bool
) -> None:
    first = published(moderator, "k1", writer=una)
    second = submitted("k2", "On Friday, I read.", writer=una, reply_to=first.pk)
    discussion.decide(second.pk, "reject", moderator, NOON, seen=1, words="No, Una.")
    discussion.appeal(second.pk, "I, Una, beg you.", NOON)
    ben = AuthorRow.objects.create(name="Ben", since=NOON)
    published(moderator, "k3", "Thank you for that.", writer=ben, reply_to=first.pk)
    CommentRow.objects.filter(writer=ben).update(author="Ben")
    discussion.forget(una, NOON, keep_comments=keep, signed="A reader")
    kept = [*CommentRow.objects.values_list("author", "text", "appealed", "rejection")]
    kept += [*LogRow.objects.values_list("name", "reason")]
    assert "Una" not in str(kept)
    assert (WORDS in str(kept)) == keep
    assert [one.author for one in discussion.thread("s1")] == (["A reader", "Ben"] if keep else ["", "Ben"])
    assert discussion.verify() == []
    assert not LogRow.objects.filter(comment=first, act="screen").exclude(salt="").exists()
