"""The edition's server: what it answers, and that it says what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from storydesk.demo import feeds
from storydesk.demo.edition import Edition, load_edition
from storydesk.demo.server import HOST, EditionServer
from storydesk.errors import ForbiddenAddress, Gone, PortInUse
from storydesk.gather import Client


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


@pytest.fixture
def server(edition: Edition) -> Iterator[EditionServer]:
    with EditionServer(edition) as server:
        yield server


@pytest.fixture
def client(server: EditionServer) -> Iterator[Client]:
    with Client(allow_local=frozenset({(HOST, server.port)})) as client:
        yield client


def test_every_feed_and_page_is_served(server: EditionServer, client: Client) -> None:
    printing = server.printing
    places = [f"{printing.base}/", f"{printing.base}/robots.txt"]
    places += [
        place for outlet in server.edition.outlets for place in (printing.home(outlet), feeds.address(outlet, printing))
    ]
    places += [printing.address(piece) for piece in server.edition.pieces]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(client.fetch, places))
    assert all(answer.body and answer.etag and answer.last_modified for answer in answers)
    assert {answer.final_url for answer in answers} == set(places)


@pytest.mark.parametrize(
    "path", ["/nobody/feed.xml", "/halyard", "/halyard/no-such-piece", "/halyard/feed.json", "/%00"]
)
def test_what_is_not_there_is_gone(server: EditionServer, client: Client, path: str) -> None:
    with pytest.raises(Gone):
        client.fetch(server.printing.base + path)


def test_a_second_visit_finds_nothing_new(server: EditionServer, client: Client) -> None:
    outlet = server.edition.outlets[0]
    address = feeds.address(outlet, server.printing)
    first = client.fetch(address)
    assert client.fetch(address, etag=first.etag, modified=first.last_modified).not_modified
    assert client.fetch(address, modified=first.last_modified).not_modified
    assert client.fetch(address, etag='"another"', modified=first.last_modified).body == first.body


def test_advancing_brings_the_revisions(server: EditionServer, client: Client) -> None:
    piece = next(piece for piece in server.edition.pieces if len(piece.states) > 1)
    address = server.printing.address(piece)
    first = client.fetch(address)
    server.advance()
    second = client.fetch(address, etag=first.etag, modified=first.last_modified)
    assert not second.not_modified
    assert second.body != first.body
    server.advance()
    assert client.fetch(address, etag=second.etag).not_modified


def test_a_port_in_use_is_said(server: EditionServer, edition: Edition) -> None:
    with pytest.raises(PortInUse, match=r"another program listens there.*--feeds-port"):
        EditionServer(edition, server.port)


def test_a_closed_server_frees_its_port_at_once(edition: Edition) -> None:
    with EditionServer(edition) as server:
        port = server.port
    with EditionServer(edition, port, revised=True) as server:
        assert server.port == port
        assert server.revised


def test_only_the_port_that_was_opened_is_reached(server: EditionServer) -> None:
    with Client(allow_local=frozenset({(HOST, server.port + 1)})) as client, pytest.raises(ForbiddenAddress):
        client.fetch(server.printing.base)
