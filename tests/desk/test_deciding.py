"""What moderators do with comments: decided once, by the version that was seen, and in what order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from storydesk.desk import discussion
from storydesk.desk.discussion.trust import published_before
from storydesk.desk.models import AuthorRow, CommentRow, LogRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Span
from tests.desk.conftest import NOON
from tests.desk.remarks import MINUTE, PRIVATE, WORDS, published, submitted, texts

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------------------------------------ deciding


def test_a_moderator_publishes_it_and_the_log_says_who(story: StoryRow, moderator: User) -> None:
    published(moderator)
    assert texts() == [WORDS]
    assert [(entry.act, entry.name) for entry in LogRow.objects.all()] == [("screen", ""), ("publish", "mo")]


def test_the_second_of_two_moderators_is_told(story: StoryRow, moderator: User, mia: User) -> None:
    row = submitted()
    discussion.decide(row.pk, "reject", moderator, NOON, seen=row.version, rule="spam")
    with pytest.raises(discussion.AlreadyDecided, match="decided by mo: it is rejected"):
        discussion.decide(row.pk, "publish", mia, NOON, seen=row.version)
    assert texts() == []


def test_many_are_decided_at_once_and_those_that_changed_are_named(story: StoryRow, moderator: User, mia: User) -> None:
    rows = [submitted(key, f"Words of comment {key}.") for key in "abc"]
    discussion.decide(rows[1].pk, "reject", mia, NOON, seen=1)
    outcome = discussion.decide_many([(row.pk, 1) for row in rows], "publish", moderator, NOON)
    assert [row.key for row in outcome.done] == ["a", "c"]
    ((number, why),) = outcome.refused
    assert number == rows[1].pk
    assert "decided by mia" in why


def test_an_undo_restores_the_state_its_reason_and_who_decided(story: StoryRow, moderator: User, mia: User) -> None:
    row = submitted()
    discussion.decide(row.pk, "reject", moderator, NOON, seen=1, words="No.")
    discussion.decide(row.pk, "publish", mia, NOON, seen=2)
    row = discussion.undo(LogRow.objects.get(act="publish").number, moderator, NOON)
    assert (row.state, row.rejection, row.decided_by) == ("rejected", "No.", moderator)
    with pytest.raises(discussion.AlreadyDecided):
        discussion.undo(LogRow.objects.get(act="publish").number, moderator, NOON)
    assert discussion.verify() == []


def test_an_undo_of_the_first_decision_leaves_what_screening_said(story: StoryRow, moderator: User) -> None:
    row = published(moderator)
    row = discussion.undo(LogRow.objects.get(act="publish").number, moderator, NOON)
    assert (row.state, row.decided_by, row.moderated) == ("held", None, False)


def test_nothing_but_a_decision_is_undone(story: StoryRow, moderator: User) -> None:
    submitted()
    with pytest.raises(NotFound):
        discussion.undo(1, moderator, NOON)


def test_personal_data_is_taken_out_of_what_the_public_sees(story: StoryRow, moderator: User) -> None:
    row = published(moderator, text=PRIVATE)
    row = discussion.redact(row.pk, discussion.private_spans(row), moderator, NOON, seen=row.version)
    (one,) = discussion.published("s1")
    assert one.redacted
    assert one.text == "Ask Una, her number is ▇▇▇, she knows."
    assert row.text == PRIVATE
    row = discussion.undo(LogRow.objects.get(act="redact").number, moderator, NOON)
    assert texts() == [PRIVATE]


def test_a_redaction_of_a_text_that_was_changed_is_refused(story: StoryRow, moderator: User) -> None:
    row = submitted()
    discussion.edit(row.pk, "Other words.", NOON, seen=1)
    with pytest.raises(discussion.AlreadyDecided):
        discussion.redact(row.pk, [Span(0, 4)], moderator, NOON, seen=1)
    with pytest.raises(InputError):
        discussion.redact(row.pk, [Span(0, 400)], moderator, NOON, seen=2)


# ------------------------------------------------------------------------------------------------ appeals, reports


def test_an_appeal_is_made_once_and_answered_by_a_decision(story: StoryRow, moderator: User, mia: User) -> None:
    row = submitted()
    row = discussion.decide(row.pk, "reject", moderator, NOON, seen=1)
    discussion.appeal(row.pk, "It is about the ferry.", NOON)
    with pytest.raises(discussion.AlreadyDecided, match="its author"):
        discussion.decide(row.pk, "publish", mia, NOON, seen=row.version)
    with pytest.raises(InputError, match="once"):
        discussion.appeal(row.pk, "Please.", NOON)
    row.refresh_from_db()
    row = discussion.decide(row.pk, "publish", mia, NOON, seen=row.version)
    assert (row.state, row.appeal) == ("published", "answered")


def test_an_appeal_is_shown_last_to_whom_it_is_made_against(story: StoryRow, moderator: User, mia: User) -> None:
    from storydesk.desk.discussion.queueing import Filters, listed

    row = submitted("a")
    discussion.decide(row.pk, "reject", moderator, NOON, seen=1)
    discussion.appeal(row.pk, "It is about the ferry.", NOON)
    submitted("b")
    assert [row.key for row in listed("held", Filters(), mia)] == ["a", "b"]
    assert [row.key for row in listed("held", Filters(), moderator)] == ["b", "a"]


def test_what_is_not_rejected_is_not_appealed_for(story: StoryRow) -> None:
    with pytest.raises(InputError, match="rejected"):
        discussion.appeal(submitted().pk, "Please.", NOON)


def test_a_reader_reports_once_and_a_decision_answers_it(story: StoryRow, moderator: User) -> None:
    row = published(moderator)
    assert discussion.report(row.pk, "visit:a", None, "insult", "", NOON)
    assert not discussion.report(row.pk, "visit:a", None, "spam", "", NOON)
    assert discussion.report(row.pk, "visit:b", None, "insult", "", NOON)
    row.refresh_from_db()
    assert (row.reported, row.state) == (2, "published")
    row = discussion.decide(row.pk, "publish", moderator, NOON + MINUTE, seen=row.version)
    assert row.reported == 0
    row = discussion.undo(LogRow.objects.filter(act="publish").last().number, moderator, NOON)  # type: ignore[union-attr]
    assert row.reported == 2
    assert discussion.verify() == []


def test_what_is_not_published_is_not_reported(story: StoryRow) -> None:
    with pytest.raises(NotFound):
        discussion.report(submitted().pk, "visit:a", None, "insult", "", NOON)


def test_readers_hold_what_no_moderator_has_seen_and_nothing_else(
    story: StoryRow, moderator: User, una: AuthorRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYDESK_TRUST_AFTER", "1")
    seen = published(moderator, "k1", writer=una)
    unseen = submitted("k2", "It sailed on Friday, I was on board.", writer=una)
    assert unseen.state == "published"
    for number in range(4):
        known = AuthorRow.objects.create(mail=f"r{number}@example.org", since=NOON, confirmed=NOON)
        for row in (seen, unseen):
            if row.state == "published":
                discussion.report(row.pk, f"author:{known.pk}", known, "insult", "", NOON)
            row.refresh_from_db()
    assert (seen.state, seen.reported) == ("published", 4)
    assert (unseen.state, unseen.reported) == ("held", 3)


def test_strangers_alone_hold_nothing(story: StoryRow, moderator: User, una: AuthorRow) -> None:
    row = published(moderator, writer=una)
    CommentRow.objects.update(moderated=False)
    for number in range(5):
        discussion.report(row.pk, f"visit:{number}", None, "insult", "", NOON)
    row.refresh_from_db()
    assert row.state == "published"


# ------------------------------------------------------------------------------------------------ trust, sanctions


def test_nobody_is_trusted_unless_the_desk_says_so(story: StoryRow, moderator: User, una: AuthorRow) -> None:
    for key in "abcd":
        published(moderator, key, f"Words of comment {key}.", writer=una)
    assert submitted("e", writer=una).state == "held"


def test_trust_is_earned_and_lost(
    story: StoryRow, moderator: User, una: AuthorRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYDESK_TRUST_AFTER", "2")
    for key in "ab":
        row = published(moderator, key, f"Words of comment {key}.", writer=una)
    assert submitted("c", writer=una).state == "published"
    assert submitted("d", "You are a pathetic liar.", writer=una).state != "published"
    assert submitted("e").state == "held", "a name alone is trusted with nothing"
    discussion.decide(row.pk, "reject", moderator, NOON, seen=row.version)
    assert published_before(una, NOON) == 0
    assert published_before(una, NOON + timedelta(days=60)) == 0, "none was written since the rejection"


def test_a_muted_author_is_held_and_a_banned_one_refused_with_the_day(
    story: StoryRow, moderator: User, una: AuthorRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYDESK_TRUST_AFTER", "1")
    published(moderator, writer=una)
    mute = discussion.sanction(una.pk, "mute", None, "", moderator, NOON)
    assert submitted("k2", writer=una).state == "held"
    discussion.lift(mute.pk, moderator, NOON)
    assert submitted("k3", "It sails on Sunday, I heard.", writer=una).state == "published"
    discussion.sanction(una.pk, "ban", NOON + timedelta(days=3), "Insults.", moderator, NOON)
    with pytest.raises(discussion.Banned, match=r"until 5 March 2026, 12:00 UTC: Insults\."):
        submitted("k4", writer=una)
    late = NOON + timedelta(days=4)
    assert discussion.submit("k5", "s1", "Una", "It is late again.", late, writer=una).state == "published"


def test_a_sanction_ends_ahead_and_is_lifted_once(story: StoryRow, moderator: User, una: AuthorRow) -> None:
    with pytest.raises(InputError):
        discussion.sanction(una.pk, "ban", NOON - MINUTE, "", moderator, NOON)
    with pytest.raises(NotFound):
        discussion.sanction(una.pk + 1, "ban", None, "", moderator, NOON)
    ban = discussion.sanction(una.pk, "ban", None, "", moderator, NOON)
    discussion.lift(ban.pk, moderator, NOON)
    with pytest.raises(InputError, match="already"):
        discussion.lift(ban.pk, moderator, NOON)


# ------------------------------------------------------------------------------------------------ the queue


def test_the_most_urgent_comes_first(story: StoryRow, moderator: User) -> None:
    from storydesk.desk.discussion.queueing import Filters, counts, listed, rules_there

    reported = published(moderator, "reported", "Good news about the ferry.")
    submitted("mild", "When does the ferry sail on Sundays?")
    submitted("harsh", "You are a pathetic liar and an idiot.")
    CommentRow.objects.filter(key="harsh").exclude(state="held").update(state="held")
    for reader in ("visit:a", "visit:b", "visit:c"):
        discussion.report(reported.pk, reader, None, "insult", "", NOON)
    assert [row.key for row in listed("held", Filters())] == ["reported", "harsh", "mild"]
    assert [row.key for row in listed("held", Filters(only="reported"))] == ["reported"]
    assert counts()["held"] == 3
    assert counts()["reported"] == 1
    assert [row.key for row in listed("held", Filters(rule=rules_there()[0]))] == ["harsh"]
    assert not listed("held", Filters(story="s9")).exists()
