"""Many comments at once: as many are taken as may be, the rest are told when to come again, none is published unseen.
``python -m eval.flood`` does the same to a desk that runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from storydesk.site.limited import COMMENTS
from tests.desk.racing import race
from tests.site.conftest import Edition, member

pytestmark = pytest.mark.usefixtures("still")

A_MINUTE = COMMENTS[0][0]


def post(client: Client, key: str, address: str = "127.0.0.1") -> tuple[int, str | None]:
    form = {"key": key, "author": "Flood", "text": f"Does anybody know about {key}?"}
    answer = client.post("/stories/s1/comments/", form, REMOTE_ADDR=address)
    return answer.status_code, answer.headers.get("Retry-After")


def test_from_many_addresses_at_once_no_more_are_taken_than_may_be(tmp_path: Path) -> None:
    code = """
from django.test import Client
from storydesk.desk.models import CommentRow, StoryRow
StoryRow.objects.create(pk="s1", headline="Ferry", coverage={})
now = timezone.now()
timezone.now = lambda: now

def flood(part):
    client, answers = Client(), []
    for turn in range(20):
        for address in [f"198.51.100.{number}" for number in range(12)]:
            form = {"key": f"{part}-{turn}-{address}", "author": "Flood", "text": f"Do you know of {turn}?"}
            answer = client.post("/stories/s1/comments/", form, REMOTE_ADDR=address)
            answers.append([answer.status_code, answer.headers.get("Retry-After")])
    return answers

answers = together(*[lambda part=part: flood(part) for part in range(4)])
states = list(CommentRow.objects.values_list("state", flat=True))
result = [answers, states]
"""
    answers, states = race(tmp_path, code)
    told = [answer for part in answers for answer in part]
    assert len(told) == 960
    assert [status for status, _ in told].count(302) == 12 * A_MINUTE
    assert {status for status, _ in told} == {302, 429}
    assert min(int(wait) for status, wait in told if status == 429) > 0
    assert states == ["held"] * 12 * A_MINUTE


def test_a_member_is_counted_by_account_and_not_by_address(edition: Edition, stranger: Client) -> None:
    for turn in range(A_MINUTE + 1):
        last = post(stranger, f"s{turn}")
    assert last[0] == 429
    una = member("una")
    assert post(una, "m0")[0] == 302
    for turn in range(A_MINUTE):
        last = post(una, f"m{turn + 1}", f"198.51.100.{turn}")
    assert last[0] == 429


def test_whoever_is_refused_is_told_when_and_that_the_words_are_not_lost(edition: Edition, stranger: Client) -> None:
    for turn in range(A_MINUTE):
        post(stranger, f"s{turn}")
    form = {"key": "last", "author": "Una", "text": "Words."}
    answer = stranger.post("/stories/s1/comments/", form)
    assert "Please wait" in answer.content.decode()
    assert "way back leads to what you wrote" in answer.content.decode()
