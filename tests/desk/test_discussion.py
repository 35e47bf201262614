"""Comments on the desk: held by default, decided once, repeated without harm."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from storydesk.desk import discussion
from storydesk.desk.models import CommentRow, DecisionRow, StoryRow
from storydesk.errors import InputError, NotFound
from tests.desk.conftest import NOON

pytestmark = pytest.mark.django_db

WORDS = "Does anybody know when the ferry sails again?"


@pytest.fixture
def story() -> StoryRow:
    return StoryRow.objects.create(pk="s1", headline="Ferry aground off Cork")


@pytest.fixture
def moderator() -> User:
    return User.objects.create_user("mo")


def test_a_comment_is_held_and_the_public_sees_nothing(story: StoryRow) -> None:
    row = discussion.submit("k1", "s1", "Una", WORDS, NOON)
    assert row.state == CommentRow.State.HELD
    assert discussion.published("s1") == []


def test_the_same_submission_twice_is_one_comment(story: StoryRow) -> None:
    first = discussion.submit("k1", "s1", "Una", WORDS, NOON)
    assert discussion.submit("k1", "s1", "Una", WORDS, NOON).pk == first.pk
    assert CommentRow.objects.count() == 1


def test_a_moderator_publishes_it_and_the_log_says_who(story: StoryRow, moderator: User) -> None:
    row = discussion.submit("k1", "s1", "Una", WORDS, NOON)
    discussion.decide(row.pk, "publish", moderator, NOON, seen="held")
    assert [comment.text for comment in discussion.published("s1")] == [WORDS]
    decision = DecisionRow.objects.get()
    assert (decision.name, decision.before, decision.after) == ("mo", "held", "published")


def test_the_second_of_two_moderators_is_told(story: StoryRow, moderator: User) -> None:
    row = discussion.submit("k1", "s1", "Una", WORDS, NOON)
    discussion.decide(row.pk, "reject", moderator, NOON, seen="held", reason="spam")
    with pytest.raises(discussion.AlreadyDecided, match="decided by mo: it is rejected"):
        discussion.decide(row.pk, "publish", User.objects.create_user("mia"), NOON, seen="held")
    assert discussion.published("s1") == []


def test_a_reply_to_what_is_not_published_stands_alone(story: StoryRow) -> None:
    held = discussion.submit("k1", "s1", "Una", WORDS, NOON)
    assert discussion.submit("k2", "s1", "Ben", "On Friday, they say.", NOON, reply_to=held.pk).reply_to is None


def test_a_reply_hides_with_what_it_answers(story: StoryRow, moderator: User) -> None:
    above = discussion.submit("k1", "s1", "Una", WORDS, NOON)
    discussion.decide(above.pk, "publish", moderator, NOON, seen="held")
    below = discussion.submit("k2", "s1", "Ben", "On Friday, they say.", NOON, reply_to=above.pk)
    discussion.decide(below.pk, "publish", moderator, NOON, seen="held")
    assert len(discussion.published("s1")) == 2
    discussion.decide(above.pk, "reject", moderator, NOON, seen="published")
    assert discussion.published("s1") == []


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
