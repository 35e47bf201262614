"""No spelling and no detour leads to an address that is not public."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import BadAddress, ForbiddenAddress, Unreachable
from storydesk.gather.budget import Budget, Caps
from storydesk.gather.client import Client
from storydesk.gather.guard import FORBIDDEN_V4, Door, refusal
from tests.gather.servers import FEED, Misbehaving

SPELLINGS = [
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0177.0000.0000.0001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7F.1/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://127.0x0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0x0/",
    "http://10.0.0.1/",
    "http://167772161/",
    "http://0xa.1/",
    "http://012.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://192.168.257/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001:0:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:f5ff:fffe]/",
    "http://[2001:2::1]/",
    "http://[2001:10::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[fe80::1%251]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[ff0e::1]/",
    "http://[5f00::1]/",
    "http://public.example@127.0.0.1/",
    "http://public.example:80@127.0.0.1/",
    "http://127.0.0.1%2f@public.example/",
    "http://public.example%00.127.0.0.1/",
    "http://127.0.0.1\\@public.example/",
    "http://127.0.0.1#@public.example/",
    "http://127.0.0.1?@public.example/",
    "http:/127.0.0.1/",
    "http:127.0.0.1",
    "http:///127.0.0.1/",
    "//127.0.0.1/",
    "127.0.0.1",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "ftp://127.0.0.1/",
    "unix:/var/run/docker.sock",
    "javascript:alert(1)",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:abc/",
    "http://127.0.0.1 /",
    "http://127.0.0.1\n/",
    "\thttp://127.0.0.1/",
    "https://127.0.0.1/",
    "https://[::1]:8443/",
    "",
]


@pytest.fixture(scope="module")
def outward() -> Client:
    return Client(caps=Caps(connect=2.0, total=3.0))


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_leads_inside(outward: Client, url: str) -> None:
    with pytest.raises((BadAddress, ForbiddenAddress, Unreachable)) as caught:
        outward.fetch(url)
    if isinstance(caught.value, Unreachable):
        assert "there is no host" in caught.value.message  # a spelling that no resolver takes for an address


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
