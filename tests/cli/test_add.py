"""``storydesk add`` and ``sources`` against outlets that the test serves: a site, a list, a page, and what is none."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from storydesk.demo.edition import load_edition
from storydesk.demo.server import EditionServer
from tests.cli.test_commands import PROSE, storydesk

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def outlets() -> Iterator[EditionServer]:
    """The demo's outlets with one event to tell."""
    edition = load_edition()
    pieces = tuple(piece for piece in edition.pieces if piece.event == "nairobi-courier-ruling")
    with EditionServer(replace(edition, pieces=pieces, remarks=())) as server:
        yield server


@pytest.fixture(scope="module")
def broken() -> Iterator[str]:
    """The address of a server whose every answer is an HTML error page, sent as a feed."""

    class Broken(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(b"<!doctype html><html><title>502 Bad Gateway</title><body>Try later</body></html>")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(tmp_path: Path, outlets: EditionServer, broken: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a fresh desk that may fetch from the two servers."""
    monkeypatch.setenv("STORYDESK_ALLOW", f"127.0.0.1:{outlets.port},{broken.removeprefix('http://')}")
    return lambda *arguments: storydesk(*arguments, home=tmp_path / "desk")


def feeds(run: Run) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("sources", "--json").stdout.splitlines()]


def test_a_site_is_followed_by_the_feeds_it_declares(run: Run, outlets: EditionServer) -> None:
    added = run("add", f"http://127.0.0.1:{outlets.port}/rift-ledger/")
    assert added.returncode == 0, added.stderr
    assert "The Rift Ledger" in added.stdout
    (feed,) = feeds(run)
    assert feed["source"] == "The Rift Ledger"
    assert feed["state"] == "active"
    assert feed["last_success"] is None


def test_what_is_added_twice_is_there_once(run: Run, outlets: EditionServer) -> None:
    address = f"http://127.0.0.1:{outlets.port}/rift-ledger/"
    run("add", address)
    again = run("add", address, address)
    assert "already following" in again.stdout
    assert len(feeds(run)) == 1


def test_the_worker_goes_through_it_once_and_the_sources_say_so(run: Run, outlets: EditionServer) -> None:
    run("add", f"http://127.0.0.1:{outlets.port}/rift-ledger/", f"http://127.0.0.1:{outlets.port}/halyard/")
    assert run("sources").stdout.count(" due ") == len(feeds(run))
    for _ in range(2):
        worked = run("run", "--once")
        assert worked.returncode == 0, worked.stderr
    assert all(feed["last_success"] and feed["next_visit"] and not feed["problem"] for feed in feeds(run))
    shown = run("sources").stdout
    assert "Halyard" in shown
    assert "active" in shown
    assert all(str(feed["feed"]) in shown for feed in feeds(run)), "an address stands in one piece where it is piped"


def test_a_feed_that_fails_is_told_of_once(run: Run, outlets: EditionServer, tmp_path: Path) -> None:
    gone = f"http://127.0.0.1:{outlets.port}/nowhere/feed.xml"
    opml = tmp_path / "list.opml"
    opml.write_text(f'<opml version="2.0"><body><outline text="Gone" xmlUrl="{gone}"/></body></opml>')
    run("add", str(opml))
    run("run", "--once")
    table, problem = run("sources").stdout.split("\n\n")
    assert "failing" in table
    assert problem.startswith(f"{gone} does not exist (HTTP 404)")
    assert problem.count(gone) == 1
    assert "in a row" not in problem


def test_a_list_of_feeds_is_taken_in_without_fetching(run: Run, tmp_path: Path) -> None:
    opml = tmp_path / "list.opml"
    opml.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Coast"><outline text="The Gazette" '
        'xmlUrl="https://gazette.example/feed" htmlUrl="https://gazette.example/"/></outline></body></opml>'
    )
    assert run("add", str(opml)).returncode == 0
    assert [feed["feed"] for feed in feeds(run)] == ["https://gazette.example/feed"]


def test_a_feed_whose_pages_are_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_feed = self.path == "/feed"
            self.send_response(200 if is_feed else 404)
            self.end_headers()
            links = "".join(f"<item><title>{n}</title><link>http://{place}/{n}</link></item>" for n in "ab")
            rss = f'<rss version="2.0"><channel><title>Gazette</title>{links}</channel></rss>'
            self.wfile.write(rss.encode() if is_feed else b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"127.0.0.1:{server.server_address[1]}"
        monkeypatch.setenv("STORYDESK_ALLOW", place)
        assert storydesk("add", f"http://{place}/feed", home=tmp_path).returncode == 0
        logged = storydesk("run", "--once", home=tmp_path).stderr
        server.shutdown()
    for page in "ab":
        assert [line.count(f"{place}/{page}") for line in logged.splitlines() if f"{place}/{page}" in line] == [1]
    told = f"http://{place}/feed: 2 of the latest 2 pieces could not be read, the last: does not exist (HTTP 404)"
    assert told in storydesk("sources", home=tmp_path).stdout
    (feed,) = map(json.loads, storydesk("sources", "--json", home=tmp_path).stdout.splitlines())
    assert feed["unread"] == {"failed": 2, "latest": 2, "why": "does not exist (HTTP 404)"}


def test_a_local_text_becomes_an_item(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text(PROSE)
    assert "Harbour reopens after storm" in run("add", str(file)).stdout
    assert "already have" in run("add", str(file)).stdout


def test_an_error_page_is_no_feed_and_adds_nothing(run: Run, broken: str) -> None:
    refused = run("add", f"{broken}/feed")
    assert refused.returncode == 1
    assert refused.stderr.count(f"{broken}/feed") == 1
    assert "no feed" in refused.stderr
    assert feeds(run) == []


def test_an_address_inside_the_network_is_refused(tmp_path: Path, outlets: EditionServer) -> None:
    refused = storydesk("add", f"http://127.0.0.1:{outlets.port}/", home=tmp_path)
    assert refused.returncode == 1
    assert "STORYDESK_ALLOW" in refused.stderr


def test_a_server_is_allowed_by_host_and_port_not_by_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYDESK_ALLOW", "http://127.0.0.1:8001")
    refused = storydesk("add", "http://127.0.0.1:8001/", home=tmp_path)
    assert refused.returncode == 1
    assert "must be host:port" in refused.stderr


def test_files_of_one_name_are_of_outlets_of_their_own(run: Run, tmp_path: Path) -> None:
    told = []
    for folder, text in (("gazette", PROSE), ("courier", PROSE), ("gazette", PROSE.replace("storm", "gale"))):
        file = tmp_path / folder / "index.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        told += run("add", str(file)).stdout.splitlines()[:1]
    assert [line.partition("” of ")[2] for line in told] == ["index.txt", "courier/index.txt", "index.txt"]
    assert all(line.startswith("added") for line in told)
