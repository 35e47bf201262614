"""A misbehaving server, and a client that may reach it and no other local address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from storydesk.gather.budget import Caps
from storydesk.gather.client import Client
from tests.gather.servers import Misbehaving

QUICK = Caps(wire=400_000, body=2_000_000, head=16_384, connect=1.0, idle=0.4, total=2.0)
"""Small, so that what must be ended is ended within seconds."""


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    server = Misbehaving()
    yield server
    server.close()


@pytest.fixture
def client(server: Misbehaving) -> Iterator[Client]:
    with Client("Storydesk-Tests/1.0", allow_local=frozenset({server.place}), caps=QUICK) as client:
        yield client


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """An authority that vouches for the tests' own servers."""
    return trustme.CA()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where to write an archive."""
    return tmp_path / "crawl.warc"
