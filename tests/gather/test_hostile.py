"""Visits to servers that do harm: each ends soon, with its own reason, and nothing else is touched by it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

import pytest

from storydesk.desk.store import Outcome, Visit
from storydesk.desk.visiting import Fetcher, visit_feed
from storydesk.gather import Caps, Client, Robots
from storydesk.model import Feed
from storydesk.sandbox import Sandbox
from tests.desk.conftest import NOON
from tests.gather.hostile import CASES, Case, Hostiles, address, allowed, resolve
from tests.gather.servers import seconds_of

QUICK = Caps(connect=1.0, idle=0.6, total=2.5)
"""The default caps of bytes, and shorter ones of time."""


@pytest.fixture(scope="module")
def hostiles() -> Iterator[Hostiles]:
    with Hostiles(pace=0.2) as hostiles:
        yield hostiles


@pytest.fixture(scope="module")
def fetcher(hostiles: Hostiles) -> Iterator[Fetcher]:
    tls = ssl.create_default_context(cadata=hostiles.trusted)
    local = Client(allow_local=allowed(hostiles.places), resolver=resolve, caps=QUICK, tls=tls)
    with local as client, Sandbox(longest=3.0) as sandbox:
        yield Fetcher(client, Robots(client), sandbox)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_ends_soon_with_its_own_reason(hostiles: Hostiles, fetcher: Fetcher, case: Case) -> None:
    found: list[Outcome] = []

    def visit() -> None:
        outcome = visit_feed(Visit(Feed(address(case, hostiles.places), "hostile")), fetcher, NOON)
        assert isinstance(outcome, Outcome)
        found.append(outcome)

    taken = seconds_of(visit)
    (outcome,) = found
    if case.reason is None:
        assert outcome.problem is None, outcome.problem
    else:
        assert re.search(case.reason, outcome.problem or "read: something"), outcome.problem
        assert outcome.advice or outcome.problem is None
    assert taken < 8


def test_there_are_more_than_twenty() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 60
