"""No spelling and no detour leads to an address that is not public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from threading import Event

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import ForbiddenAddress, Unreachable
from storydesk.gather.budget import Budget, Caps
from storydesk.gather.client import Client
from storydesk.gather.guard import FORBIDDEN_V4, Door, refusal
from tests.gather.forbidden import Way, try_way, ways
from tests.gather.servers import FEED, Misbehaving, served_as, trusting
from tests.gather.trap import Trap, attempts

TABLE = tuple(ways())


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    with Trap() as trap:
        yield trap


@pytest.fixture(scope="module")
def secure(authority: trustme.CA) -> Iterator[Misbehaving]:
    server = Misbehaving(served_as(authority, "outlet.example"))
    yield server
    server.close()


@pytest.mark.parametrize("way", TABLE, ids=[way.name for way in TABLE])
def test_no_way_leads_inside(
    way: Way, trap: Trap, server: Misbehaving, secure: Misbehaving, authority: trustme.CA
) -> None:
    verdict = try_way(way, trap, server, secure, trusting(authority))
    assert verdict.refused is not None
    assert verdict.strayed == ()
    assert trap.reached == 0
    if isinstance(verdict.refused, Unreachable) and not way.answers:
        assert re.search(
            "there is no host|keep to HTTP", verdict.refused.message
        )  # what no resolver takes for an address


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len({way.name for way in TABLE}) == len(TABLE) >= 120


def test_the_trap_would_have_caught_it(server: Misbehaving) -> None:
    with Trap() as trap, attempts() as seen:
        place = ("127.0.0.1", trap.port)
        with Client(allow_local=frozenset({place})) as client:
            assert client.fetch(f"http://127.0.0.1:{trap.port}/").body == b"secret"
        assert (trap.reached, seen) == (1, [place])


def test_an_attempt_at_a_public_address_is_seen_and_goes_nowhere() -> None:
    with attempts() as seen, asks("9.9.9.9") as client, pytest.raises(Unreachable):
        client.fetch("http://outlet.example/feed")
    assert seen == [("9.9.9.9", 80)]


def test_the_address_is_looked_up_once_a_connection() -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("9.9.9.9",) if len(asked) == 1 else ("127.0.0.1",)

    with attempts() as seen, Client(resolver=resolver) as client, pytest.raises(Unreachable):
        client.fetch("http://rebinding.example/feed")
    assert (asked, seen) == (["rebinding.example"], [("9.9.9.9", 80)])


def asks(*addresses: str) -> Client:
    """A client for whom every name has these addresses."""
    return Client(resolver=lambda host, port: addresses, caps=Caps(connect=1.0, total=2.0))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "10.1.2.3", "fe80::1%2", "::ffff:127.0.0.1", "64:ff9b::7f00:1"]
)
def test_no_name_leads_inside(address: str) -> None:
    with pytest.raises(ForbiddenAddress) as caught:
        asks(address).fetch("http://outlet.example/feed")
    assert "outlet.example" in caught.value.message
    assert address in caught.value.message


def test_of_a_mixed_answer_only_the_public_addresses_are_used() -> None:
    mixed = ("127.0.0.1", "9.9.9.9", "fe80::1%2", "2606:4700:4700::1111", "64:ff9b::a00:1")
    door = Door(Budget("http://outlet.example", Caps(), Event()), frozenset(), lambda host, port: mixed)
    assert door.addresses("outlet.example", 80) == ["9.9.9.9", "2606:4700:4700::1111"]


def test_a_name_that_changes_its_answer_is_judged_by_each(server: Misbehaving) -> None:
    answers = iter([("127.0.0.1",), ("169.254.169.254",)])
    client = Client(resolver=lambda host, port: next(answers))
    for reason in ("this machine", "link-local"):
        with pytest.raises(ForbiddenAddress, match=reason):
            client.fetch(f"http://rebinding.example:{server.port}/feed")


def test_what_is_allowed_is_one_host_and_port_as_spelled(server: Misbehaving) -> None:
    client = Client(allow_local=frozenset({server.place}))
    assert client.fetch(server.url("/feed")).body == FEED
    for other in (f"http://localhost:{server.port}/feed", f"http://127.0.0.2:{server.port}/", "http://127.0.0.1:1/"):
        with pytest.raises(ForbiddenAddress):
            client.fetch(other)


@pytest.mark.parametrize("address", ["1.1.1.1", "9.9.9.9", "2606:4700:4700::1111", "2a00:1450::1", "64:ff9b::101:101"])
def test_public_addresses_are_open(address: str) -> None:
    assert refusal(address) is None


PRIVATE_V4 = st.sampled_from([network for network, _ in FORBIDDEN_V4]).flatmap(
    lambda network: st.integers(int(network[0]), int(network[-1])).map(IPv4Address)
)


@given(PRIVATE_V4, st.sampled_from(["::ffff:0:0", "64:ff9b::", "::", "2002::", "64:ff9b:1::"]))
def test_no_form_hides_a_private_ipv4_address(address: IPv4Address, prefix: str) -> None:
    assert refusal(str(address))
    shift = 80 if prefix == "2002::" else 0
    assert refusal(str(IPv6Address(int(IPv6Address(prefix)) | int(address) << shift)))


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_global_unicast_and_what_embeds_public_ipv4_is_open(address: IPv6Address) -> None:
    if refusal(str(address)) is None:
        embeds = address in IPv6Network("::ffff:0:0/96") or address in IPv6Network("64:ff9b::/96")
        assert embeds or address in IPv6Network("2000::/3")


@given(st.ip_addresses(v=4))
def test_the_table_covers_what_the_standard_library_knows_to_be_private(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert refusal(str(address))
