"""Comments on the desk: held by default, decided once, repeated without harm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from storydesk.desk import discussion
from storydesk.desk.discussion.trust import published_before
from storydesk.desk.models import AuthorRow, CommentRow, ItemRow, LogRow, SourceRow, StoryRow
from storydesk.errors import InputError, NotFound
from storydesk.model import Span
from tests.desk.conftest import NOON

pytestmark = pytest.mark.django_db

WORDS = "Does anybody know when the ferry sails again?"
PRIVATE = "Ask Una, her number is 0171 555 0123 99, she knows."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def story() -> StoryRow:
    return StoryRow.objects.create(pk="s1", headline="Ferry aground off Cork")


@pytest.fixture
def moderator() -> User:
    return User.objects.create_user("mo")


@pytest.fixture
def mia() -> User:
    return User.objects.create_user("mia")


@pytest.fixture
def una() -> AuthorRow:
    return AuthorRow.objects.create(name="Una", mail="una@example.org", since=NOON, confirmed=NOON)


def submitted(key: str = "k1", text: str = WORDS, **more: object) -> CommentRow:
    return discussion.submit(key, "s1", "Una", text, NOON, **more)  # type: ignore[arg-type]


def published(moderator: User, key: str = "k1", text: str = WORDS, **more: object) -> CommentRow:
    row = submitted(key, text, **more)
    return discussion.decide(row.pk, "publish", moderator, NOON, seen=row.version)


def texts(story: str = "s1", item: str | None = None) -> list[str]:
    return [one.text for one in discussion.published(story, item)]


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
