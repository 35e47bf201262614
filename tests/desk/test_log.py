"""The log: one line of entries, each bound to the one before; whatever is done to it shows."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from storydesk.desk import discussion
from storydesk.desk.discussion.chain import GENESIS, Entry, canonical, digest, faults, masked
from storydesk.desk.models import CommentRow, LogRow, StoryRow
from tests.desk.conftest import NOON
from tests.desk.racing import race

ROOT = Path(__file__).resolve().parents[2]
WORDS = "Does anybody know when the ferry sails again?"


def chained(contents: list[dict[str, object]]) -> list[Entry]:
    """A whole log of these contents."""
    entries: list[Entry] = []
    for number, content in enumerate(contents, 1):
        before = entries[-1].digest if entries else GENESIS
        written = canonical({**content, "n": number, "who": masked("salt", "mo"), "why": masked("salt", "Spam.")})
        entries.append(Entry(number, before, digest(before, written), written, "mo", "Spam.", "salt"))
    return entries


words = st.text('aé"\\\n 🚢', max_size=6)
contents = st.lists(st.dictionaries(st.sampled_from(["act", "rules", "text"]), words), min_size=1, max_size=6)


@given(contents)
def test_a_log_as_it_was_written_is_whole(written: list[dict[str, object]]) -> None:
    assert faults(chained(written)) == []


@given(contents, st.data())
def test_any_change_of_an_entry_shows(written: list[dict[str, object]], data: st.DataObject) -> None:
    entries = chained(written)
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(["content", "digest", "before", "name", "reason", "salt", "number"]))
    changed = replace(entries[place], **{field: 99 if field == "number" else getattr(entries[place], field) + "x"})
    assert faults([*entries[:place], changed, *entries[place + 1 :]])


@given(contents, st.data())
def test_a_missing_entry_and_another_order_show(written: list[dict[str, object]], data: st.DataObject) -> None:
    entries = chained([*written, {"act": "one"}, {"act": "two"}])
    place = data.draw(st.integers(0, len(entries) - 2))
    assert faults(entries[:place] + entries[place + 1 :])
    swapped = [*entries]
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    assert faults(swapped)


@given(contents)
def test_a_person_can_be_taken_out_of_it(written: list[dict[str, object]]) -> None:
    assert faults([replace(entry, name="", reason="", salt="") for entry in chained(written)]) == []


@given(contents)
def test_an_entry_written_anew_with_its_digest_shows_at_the_next(written: list[dict[str, object]]) -> None:
    entries = chained([*written, {"act": "last"}])
    forged = canonical({**json.loads(entries[-2].content), "act": "forged"})
    entries[-2] = replace(entries[-2], content=forged, digest=digest(entries[-2].before, forged))
    assert [fault.number for fault in faults(entries)] == [len(entries)]


@pytest.fixture
def decided(db: None) -> CommentRow:
    """A comment that mo rejected in words of mo's own."""
    StoryRow.objects.create(pk="s1", headline="Ferry aground off Cork")
    row = discussion.submit("k1", "s1", "Una Reader", WORDS, NOON)
    mo = User.objects.create_user("mo")
    return discussion.decide(row.pk, "reject", mo, NOON, seen=1, rule="insult", words="Not like this, Una.")


def test_what_was_decided_is_written_with_who_which_rule_and_before_and_after(decided: CommentRow) -> None:
    screened, rejected = (json.loads(row.content) for row in LogRow.objects.all())
    assert (screened["by"], screened["after"]["state"], screened["rules"]) == ("screening", "held", [])
    assert (rejected["by"], rejected["rule"], rejected["comment"]) == ("moderator", "insult", decided.pk)
    assert (rejected["before"]["state"], rejected["after"]["state"]) == ("held", "rejected")
    assert discussion.verify() == []


def test_a_comment_changed_behind_the_logs_back_shows(decided: CommentRow) -> None:
    CommentRow.objects.update(state="published")
    assert "stands otherwise" in discussion.verify()[0].what
    CommentRow.objects.update(state="rejected", text="Other words.")
    assert "another text" in discussion.verify()[0].what


def test_a_comment_without_an_entry_shows(decided: CommentRow) -> None:
    CommentRow.objects.create(key="k2", story_id="s1", author="Eve", text="Smuggled in.", at=NOON, state="published")
    assert "not in the log" in discussion.verify()[0].what


def test_a_log_cut_off_at_its_end_shows_against_a_note(decided: CommentRow) -> None:
    last = LogRow.objects.last()
    assert last is not None
    noted = (last.number, last.digest)
    assert discussion.verify(noted) == []
    last.delete()
    CommentRow.objects.update(state="held")
    assert [fault.what for fault in discussion.verify(noted)] == ["is not the entry that was noted"]


def test_the_export_names_moderators_and_no_readers_and_none_of_their_words(decided: CommentRow) -> None:
    discussion.appeal(decided.pk, "Let me explain.", NOON)
    lines = list(discussion.exported())
    text = json.dumps(lines)
    assert [line.get("name") for line in lines] == [None, "mo", None]
    for secret in ("Una", WORDS, "Not like this", "explain", *LogRow.objects.values_list("salt", flat=True)):
        assert secret not in text
    assert faults(Entry(x["number"], x["before"], x["digest"], canonical(x["content"])) for x in lines) == []


def test_a_turn_is_taken_alone_and_erasing_takes_one(tmp_path: Path) -> None:
    """Outside of the tests' own transaction, which is none to Django."""
    code = """
from django.db import transaction
from storydesk.desk.discussion.log import turn
from storydesk.desk.models import AuthorRow
from storydesk.desk.people.erasure import erase

def inside(other):
    with other(), turn():
        return "taken"

una = AuthorRow.objects.create(name="Una", since=NOON)
result = [*together(lambda: inside(turn)), *together(lambda: inside(transaction.atomic))]
result += together(lambda: erase(una, keep_comments=True, at=NOON))
result += together(lambda: AuthorRow.objects.get().name)
"""
    nested, in_another, *erased = race(tmp_path, code)
    assert nested == "RuntimeError: a turn was taken already"
    assert in_another.startswith("RuntimeError: A durable atomic block cannot be nested")
    assert erased == [None, ""]


def test_twenty_moderators_would_decide_each_comment_once() -> None:
    """``python eval/moderators.py`` does it with 20 moderators and 1,000 comments."""
    pytest.importorskip("eval.moderators", reason="the harness stands beside the package, in the repository")
    command = [sys.executable, str(ROOT / "eval" / "moderators.py"), "--moderators", "6", "--comments", "80"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "80 decisions" in done.stdout
