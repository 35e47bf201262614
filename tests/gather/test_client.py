"""The client against a server that misbehaves: every fetch ends, soon, with its own reason."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk import errors
from storydesk.gather.client import Client, user_agent
from storydesk.gather.failures import retry_seconds
from tests.gather.servers import ETAG, FEED, MODIFIED, Misbehaving, seconds_of


def test_an_answer_carries_what_the_next_visit_needs(server: Misbehaving, client: Client) -> None:
    fetched = client.fetch(server.url("/conditional"))
    assert (fetched.status, fetched.body, fetched.etag, fetched.last_modified) == (200, FEED, ETAG, MODIFIED)
    assert fetched.content_type == "application/xml"
    assert fetched.moved_to is None


@pytest.mark.parametrize("condition", [{"etag": ETAG}, {"modified": MODIFIED}])
def test_unchanged_is_said_and_costs_no_body(server: Misbehaving, client: Client, condition: dict[str, str]) -> None:
    fetched = client.fetch(server.url("/conditional"), **condition)
    assert fetched.not_modified
    assert fetched.body == b""


@pytest.mark.parametrize("path", ["/feed", "/gzip", "/deflate"])
def test_bodies_arrive_unpacked(server: Misbehaving, client: Client, path: str) -> None:
    assert client.fetch(server.url(path)).body == FEED


def test_we_say_who_we_are_and_use_no_proxy(
    server: Misbehaving, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    client.fetch(server.url("/feed"))
    path, headers = server.asked[-1]
    assert path == "/feed"
    assert headers["user-agent"] == "Storydesk-Tests/1.0"
    assert headers["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("contact", ["", "https://desk.example/about", "news@desk.example"])
def test_the_user_agent_names_the_product_and_who_to_write_to(contact: str) -> None:
    assert re.fullmatch(r"Storydesk/[\w.]+ \([^()]+\)", user_agent(contact))
    assert contact in user_agent(contact)


def test_cookies_are_not_kept(server: Misbehaving, client: Client) -> None:
    client.fetch(server.url("/sets-cookie"))
    assert "cookie" not in server.asked[-1][1]


@pytest.mark.parametrize(
    ("path", "moved_to"),
    [("/moved", "/feed"), ("/moved-then-found", "/found"), ("/found", None), ("/feed", None)],
)
def test_only_what_moved_for_good_is_a_new_address(
    server: Misbehaving, client: Client, path: str, moved_to: str | None
) -> None:
    fetched = client.fetch(server.url(path))
    assert fetched.final_url == server.url("/feed")
    assert fetched.moved_to == (server.url(moved_to) if moved_to else None)


def test_five_redirects_are_followed(server: Misbehaving, client: Client) -> None:
    assert client.fetch(server.url("/hops/5")).body == FEED


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/nothing-here", errors.Gone, "404"),
        ("/gone", errors.Gone, "410"),
        ("/forbidden", errors.Refused, "403"),
        ("/brotli-unasked", errors.Refused, "compressed as br"),
        ("/gzip-in-gzip", errors.Refused, "compressed as gzip, gzip"),
        ("/too-many", errors.Unreachable, "429"),
        ("/fault", errors.Unreachable, "500"),
        ("/unasked-304", errors.Unreachable, "304"),
        ("/hang", errors.Unreachable, "does not answer"),
        ("/hang-up", errors.Unreachable, "broke off"),
        ("/not-http", errors.Unreachable, "broke off"),
        ("/short-of-length", errors.Unreachable, "broke off"),
        ("/gzip-broken", errors.Unreachable, "damaged compression"),
        ("/drip-body", errors.Unreachable, "over 2 seconds"),
        ("/drip-head", errors.Unreachable, "over 2 seconds"),
        ("/endless-body", errors.TooLarge, "400,000 bytes"),
        ("/endless-interim", errors.TooLarge, "16,384 bytes of headers"),
        ("/giant-header", errors.TooLarge, "16,384 bytes of headers"),
        ("/many-headers", errors.TooLarge, "16,384 bytes of headers"),
        ("/gzip-bomb", errors.TooLarge, "unpacks to more than"),
        ("/deflate-bomb", errors.TooLarge, "unpacks to more than"),
        ("/loop", errors.TooLarge, "in a circle"),
        ("/hops/6", errors.TooLarge, "more than 5 times"),
        ("/to-nowhere", errors.TooLarge, "in a circle"),
        ("/to-file", errors.BadAddress, "not a web address but file:"),
        ("/to-private", errors.ForbiddenAddress, "private"),
        ("/to-metadata", errors.ForbiddenAddress, "link-local"),
        ("/to-decimal", errors.ForbiddenAddress, "this machine"),
        ("/to-other-port", errors.ForbiddenAddress, "this machine"),
    ],
)
def test_each_misbehaviour_ends_soon_with_its_own_reason(
    server: Misbehaving, client: Client, path: str, kind: type[errors.GatherError], words: str
) -> None:
    def fetch() -> None:
        with pytest.raises(kind) as caught:
            client.fetch(server.url(path))
        assert words in str(caught.value)
        assert caught.value.hint

    assert seconds_of(fetch) < 10


def test_a_bomb_takes_no_more_memory_than_the_cap(server: Misbehaving, client: Client) -> None:
    tracemalloc.start()
    with pytest.raises(errors.TooLarge):
        client.fetch(server.url("/gzip-bomb"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12_000_000


def test_bytes_past_the_declared_length_are_not_read(server: Misbehaving, client: Client) -> None:
    assert client.fetch(server.url("/past-length")).body == b"<rss>"


def test_the_wait_a_server_asks_for_is_told(server: Misbehaving, client: Client) -> None:
    with pytest.raises(errors.Unreachable) as caught:
        client.fetch(server.url("/too-many"))
    assert caught.value.retry_after == 120
    assert caught.value.host == "127.0.0.1"


def test_a_wait_until_a_day_is_told_in_seconds(server: Misbehaving, client: Client) -> None:
    with pytest.raises(errors.Unreachable) as caught:
        client.fetch(server.url("/unavailable"))
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 365 * 86_400


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120.0),
        ("  7 ", 7.0),
        ("-5", None),
        ("soon", None),
        ("9" * 400, 999_999_999.0),
        ("Mon, 02 Mar 2026 07:16:00 GMT", 60.0),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0.0),
        ("Mon, 99 Xyz 2026 07:00:00 GMT", None),
    ],
)
def test_retry_after_in_both_its_forms(value: str | None, seconds: float | None) -> None:
    assert retry_seconds(value, datetime(2026, 3, 2, 7, 15, tzinfo=UTC)) == seconds


def test_many_threads_share_a_client(server: Misbehaving, client: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda _: client.fetch(server.url("/gzip")).body, range(40)))
    assert bodies == [FEED] * 40


def test_a_closed_client_ends_what_is_under_way(server: Misbehaving, client: Client) -> None:
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(client.fetch, server.url("/drip-body"))
        while not server.asked or server.asked[-1][0] != "/drip-body":
            server.wait(0.01)
        client.close()
        with pytest.raises(errors.Unreachable, match="stopping"):
            pending.result(5)
    with pytest.raises(errors.Unreachable):
        client.fetch(server.url("/feed"))


def test_what_speaks_no_tls_is_said(server: Misbehaving, client: Client) -> None:
    with pytest.raises(errors.Unreachable, match="does not speak TLS"):
        client.fetch(server.url("/feed").replace("http:", "https:"))


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("needs the openssl command to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([*made.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = Misbehaving(context)
    with (
        Client(allow_local=frozenset({secure.place})) as client,
        pytest.raises(errors.Unreachable, match="certificate"),
    ):
        client.fetch(secure.url("/feed").replace("http:", "https:"))
    assert secure.asked == []
    secure.close()


def test_a_closed_port_is_said(server: Misbehaving) -> None:
    vacant = Misbehaving()
    vacant.close()
    with Client(allow_local=frozenset({vacant.place})) as client, pytest.raises(errors.Unreachable, match="refused"):
        client.fetch(vacant.url("/feed"))


def test_a_name_that_no_one_has_is_unreachable() -> None:
    def nobody(host: str, port: int) -> tuple[str, ...]:
        raise OSError("no such name")

    with Client(resolver=nobody) as client, pytest.raises(errors.Unreachable, match="no host"):
        client.fetch("http://no-such-outlet.example/")


def test_a_host_that_asks_for_rest_is_not_asked_by_anybody(server: Misbehaving, client: Client) -> None:
    with pytest.raises(errors.Unreachable):
        client.fetch(server.url("/too-many"))
    before = len(server.asked)
    with pytest.raises(errors.TooSoon) as caught:
        client.fetch(server.url("/feed"))
    assert 110 < caught.value.wait <= 120
    assert len(server.asked) == before


def test_one_connection_a_host_at_a_time(server: Misbehaving, client: Client) -> None:
    server.together = 0
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.fetch(server.url("/slowly")), range(24)))
    assert server.together == 1


def test_hosts_are_asked_side_by_side(server: Misbehaving) -> None:
    names = [f"outlet{number}.test" for number in range(6)]
    allowed = frozenset((name, server.port) for name in names)
    server.together = 0
    with (
        Client(allow_local=allowed, resolver=lambda host, port: ("127.0.0.1",)) as client,
        ThreadPoolExecutor(6) as pool,
    ):
        list(pool.map(lambda name: client.fetch(f"http://{name}:{server.port}/slowly"), names))
    assert server.together > 3


def test_each_hop_is_asked_for_leave_before_it_is_made(server: Misbehaving, client: Client) -> None:
    asked: list[str] = []

    def may(url: str, seconds: float) -> None:
        asked.append(url)
        if url.endswith("/feed"):
            raise errors.Disallowed("no")

    before = len(server.asked)
    with pytest.raises(errors.Disallowed):
        client.fetch(server.url("/moved"), may=may)
    assert asked == [server.url(path) for path in ("/moved", "/moved-again", "/feed")]
    assert [path for path, _ in server.asked[before:]] == ["/moved", "/moved-again"]


def test_time_is_shortened_and_bodies_are_cut_where_that_is_enough(server: Misbehaving, client: Client) -> None:
    with pytest.raises(errors.Unreachable, match=r"over 0\.5 seconds"):
        client.fetch(server.url("/drip-body"), within=0.5)
    assert client.fetch(server.url("/endless-body"), first=1000).body == b"y" * 1000
    assert client.fetch(server.url("/gzip-bomb"), first=1000).body == b"\0" * 1000


def test_validators_that_no_server_needs_are_not_kept(server: Misbehaving, client: Client) -> None:
    assert client.fetch(server.url("/giant-etag")).etag is None
