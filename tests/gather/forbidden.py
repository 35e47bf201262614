"""The written table of ways to an address that must not be reached: spellings of it, names that lead to it, redirects
to it, names that change their mind.

``{trap}`` stands for the port of the trap (:mod:`tests.gather.trap`), ``{hop}`` for that of a server that redirects.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from storydesk.errors import GatherError
from storydesk.gather import Caps, Client
from tests.gather.servers import Misbehaving
from tests.gather.trap import Trap, attempts

__all__ = ["SPELLINGS", "Verdict", "Way", "try_way", "ways"]

SPELLINGS = (
    # this machine, in dotted, short, decimal, octal, hexadecimal and mixed forms
    "http://127.0.0.1:{trap}/",
    "http://127.0.0.1/",
    "https://127.0.0.1:{trap}/",
    "HTTP://127.0.0.1:{trap}/",
    "http://127.1:{trap}/",
    "http://127.0.1:{trap}/",
    "http://127.0.0.2:{trap}/",
    "http://127.255.255.254:{trap}/",
    "http://127.000.000.001:{trap}/",
    "http://2130706433:{trap}/",
    "http://017700000001:{trap}/",
    "http://0000017700000001:{trap}/",
    "http://0177.0.0.1:{trap}/",
    "http://0177.1:{trap}/",
    "http://00000000177.0.0.1:{trap}/",
    "http://0177.0000.0000.0001:{trap}/",
    "http://0x7f000001:{trap}/",
    "http://0X7F000001:{trap}/",
    "http://0x7f.0.0.1:{trap}/",
    "http://0x7F.1:{trap}/",
    "http://0x7f.0x0.0x0.0x1:{trap}/",
    "http://0x7f.0.0x1:{trap}/",
    "http://127.0x0.1:{trap}/",
    "http://127.0.0.0x1:{trap}/",
    "http://0x7f.00.0.01:{trap}/",
    "http://127.1.:{trap}/",
    "http://127.0.0.1.:{trap}/",
    "http://127.0.0.1..:{trap}/",
    "http://4294967297:{trap}/",
    "http://0x17f000001:{trap}/",
    "http://0:{trap}/",
    "http://0.0.0.0:{trap}/",
    "http://0x0:{trap}/",
    "http://00:{trap}/",
    "http://0.0:{trap}/",
    # by name, and by letters and digits that only look otherwise
    "http://localhost:{trap}/",
    "http://localhost.:{trap}/",
    "http://LOCALHOST:{trap}/",
    "http://LocalHost:{trap}/",
    "http://desk.localhost:{trap}/",
    "http://localhost.localdomain:{trap}/",
    "http://ip6-localhost:{trap}/",
    "http://１２７.０.０.１:{trap}/",
    "http://127。0。0。1:{trap}/",
    "http://127．0．0．1:{trap}/",
    "http://127｡0｡0｡1:{trap}/",
    "http://①②⑦.⓪.⓪.①:{trap}/",
    "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏:{trap}/",
    "http://١٢٧.٠.٠.١:{trap}/",
    "http://१२७.०.०.१:{trap}/",
    "http://ｌｏｃａｌｈｏｓｔ:{trap}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{trap}/",
    "http://local\u00adhost:{trap}/",
    "http://127.0.0\u200b.1:{trap}/",
    "http://[::ffff:１２７.０.０.１]:{trap}/",
    # IPv6: this machine, and IPv4 inside IPv6
    "http://[::]:{trap}/",
    "http://[::1]:{trap}/",
    "http://[0:0:0:0:0:0:0:1]:{trap}/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]:{trap}/",
    "http://[::0.0.0.1]:{trap}/",
    "http://[::127.0.0.1]:{trap}/",
    "http://[::7f00:1]:{trap}/",
    "http://[::ffff:127.0.0.1]:{trap}/",
    "http://[::FFFF:7F00:1]:{trap}/",
    "http://[0:0:0:0:0:ffff:7f00:1]:{trap}/",
    "http://[::ffff:169.254.169.254]:{trap}/",
    "http://[::ffff:0:127.0.0.1]:{trap}/",
    "http://[64:ff9b::7f00:1]:{trap}/",
    "http://[64:ff9b::127.0.0.1]:{trap}/",
    "http://[64:ff9b::10.0.0.1]:{trap}/",
    "http://[64:ff9b::a9fe:a9fe]:{trap}/",
    "http://[64:ff9b:1::7f00:1]:{trap}/",
    "http://[2002:7f00:1::]:{trap}/",
    "http://[2002:a00:1::1]:{trap}/",
    "http://[2001:0:7f00:1::]:{trap}/",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{trap}/",
    "http://[fe80::5efe:7f00:1]:{trap}/",
    # IPv6: scopes, zones, reserved space
    "http://[fe80::1]:{trap}/",
    "http://[fe80::1%25lo]:{trap}/",
    "http://[fe80::1%lo]:{trap}/",
    "http://[fe80::1%251]:{trap}/",
    "http://[::1%25lo]:{trap}/",
    "http://[::1%00]:{trap}/",
    "http://[fec0::1]:{trap}/",
    "http://[fc00::1]:{trap}/",
    "http://[fd12:3456:789a::1]:{trap}/",
    "http://[ff01::1]:{trap}/",
    "http://[ff02::1]:{trap}/",
    "http://[ff0e::1]:{trap}/",
    "http://[100::1]:{trap}/",
    "http://[2001:2::1]:{trap}/",
    "http://[2001:10::1]:{trap}/",
    "http://[2001:20::1]:{trap}/",
    "http://[2001:db8::1]:{trap}/",
    "http://[3fff::1]:{trap}/",
    "http://[3ffe::1]:{trap}/",
    "http://[5f00::1]:{trap}/",
    "http://[4000::1]:{trap}/",
    "http://[v1.127.0.0.1]:{trap}/",
    "http://[127.0.0.1]:{trap}/",
    # other private and reserved space, and where clouds keep their secrets
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://167772161/",
    "http://0xa.1/",
    "http://012.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://192.168.257/",
    "http://100.64.0.1/",
    "http://100.127.255.254/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://192.0.0.192/opc/v2/instance/",
    "http://metadata.google.internal/computeMetadata/v1/",
    # a user name, a port, a path or a scheme that is read in two ways
    "http://outlet.example@127.0.0.1:{trap}/",
    "http://outlet.example:80@127.0.0.1:{trap}/",
    "http://outlet.example%40127.0.0.1:{trap}/",
    "http://127.0.0.1:{trap}@outlet.example:{trap}/",
    "http://127.0.0.1:{trap}%2f@outlet.example/",
    "http://outlet.example%00.127.0.0.1:{trap}/",
    "http://outlet.example#@127.0.0.1:{trap}/",
    "http://127.0.0.1:{trap}\\@outlet.example/",
    "http://outlet.example\\@127.0.0.1:{trap}/",
    "http:\\\\127.0.0.1:{trap}\\",
    "http://127.0.0.1:{trap}#@outlet.example/",
    "http://127.0.0.1:{trap}?@outlet.example/",
    "http://%31%32%37.0.0.1:{trap}/",
    "http://127%2e0%2e0%2e1:{trap}/",
    "http://127.0.0.1%09:{trap}/",
    "http://127.0.0.1%00:{trap}/",
    "http://127.0.0.1 :{trap}/",
    "http://127.0.0.1\n:{trap}/",
    "\thttp://127.0.0.1:{trap}/",
    "http://\t127.0.0.1:{trap}/",
    "http:/127.0.0.1:{trap}/",
    "http:127.0.0.1:{trap}",
    "http:///127.0.0.1:{trap}/",
    "http:////127.0.0.1:{trap}/",
    "//127.0.0.1:{trap}/",
    "127.0.0.1:{trap}",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1:65616/",
    "http://127.0.0.1:+{trap}/",
    "http://127.0.0.1:{trap}:{trap}/",
    "http://127.0.0.1:abc/",
    "file:///etc/passwd",
    "file://127.0.0.1:{trap}/etc/passwd",
    "gopher://127.0.0.1:{trap}/_INFO",
    "dict://127.0.0.1:{trap}/info",
    "ftp://127.0.0.1:{trap}/",
    "ws://127.0.0.1:{trap}/",
    "unix:/var/run/docker.sock",
    "data:text/xml,<rss/>",
    "javascript:alert(1)",
    "view-source:http://127.0.0.1:{trap}/",
    "feed:http://127.0.0.1:{trap}/",
    "",
)

INSIDE = (
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.9.9", "192.168.0.10", "169.254.169.254", "100.64.9.9"),
    *("168.63.129.16", "192.0.0.192", "198.18.0.9", "224.0.0.251", "255.255.255.255", "::", "::1", "fe80::1"),
    *("fe80::1%lo", "fe80::1%2", "::1%1", "fc00::9", "fd00:ec2::254", "fec0::9", "ff02::fb", "::ffff:127.0.0.1"),
    *("::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
    *("2001:db8::9", "3fff::9", "100::9", "::ffff:0:127.0.0.1"),
)
"""Addresses that a name may answer with."""

ODD_ANSWERS = ("localhost", "db.internal", "127.1", "0x7f.1", "2130706433", "127.0.0.1 ", "127.0.0.1\n", "[::1]", "")
"""What no resolver should answer with: names, as a CNAME is, and spellings of numbers."""

MIXED = (
    ("9.9.9.9", "127.0.0.1"),
    ("127.0.0.1", "9.9.9.9"),
    ("2606:4700:4700::1111", "::1"),
    ("::1", "9.9.9.9", "10.0.0.1"),
    ("9.9.9.9", "64:ff9b::7f00:1"),
    ("64:ff9b::909:909", "fe80::1%lo"),
    ("9.9.9.9", "::ffff:127.0.0.1", "169.254.169.254"),
    ("9.9.9.9", "1.1.1.1", "8.8.8.8", "9.9.9.10", "127.0.0.1"),
)
"""Answers of public and private addresses together."""

REDIRECTS = ("301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect")
RELATIVE = ("\\\\127.0.0.1:{trap}/", "/\\127.0.0.1:{trap}/", "///127.0.0.1:{trap}/")
HOP = "outlet.example"


@dataclass(frozen=True, slots=True)
class Way:
    """One attempt. ``answers`` are what names lead to, question after question, the last one for ever; without any,
    numbers lead to themselves and localhost to this machine."""

    name: str
    url: str
    answers: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an attempt: how it ended (``None`` where something was read), and where a socket was to connect to
    that it should not have."""

    refused: BaseException | None
    strayed: tuple[tuple[str, int], ...]


def ways() -> Iterator[Way]:
    """The whole table."""
    for spelling in SPELLINGS:
        yield Way(f"spelled {spelling!r}", spelling)
    for spelling in SPELLINGS[:-1]:
        yield Way(f"redirected to {spelling!r}", _hop(spelling))
    for status in REDIRECTS:
        yield Way(f"redirected by {status}", _hop("http://127.0.0.1:{trap}/", status))
    for target in RELATIVE:
        yield Way(f"redirected to {target!r}", _hop(target))
    yield Way("redirected twice", _hop(_hop("http://127.0.0.1:{trap}/")))
    yield Way("redirected from https to http inside", _hop("http://127.0.0.1:{trap}/").replace("http:", "https:", 1))
    for address in INSIDE:
        yield Way(f"a name that leads to {address}", f"http://{HOP}:{{trap}}/", ((address,),))
    for answer in ODD_ANSWERS:
        yield Way(f"a name that leads to {answer!r}", f"http://{HOP}:{{trap}}/", ((answer,),))
    for mixed in MIXED:
        yield Way(f"a name that leads to {' and '.join(mixed)}", f"http://{HOP}:{{trap}}/", (mixed,))
    for later in ("127.0.0.1", "169.254.169.254", "::1"):
        yield Way(
            f"a name that leads to a public address and then to {later}",
            f"http://{HOP}:{{trap}}/",
            (("9.9.9.9",), (later,)),
        )
    yield Way(
        "a redirect to the same name, which leads inside by then",
        _hop(f"http://{HOP}:{{trap}}/"),
        (("127.0.0.1",), ("127.0.0.1",)),
    )


def _hop(target: str, status: str = "302 Found") -> str:
    """An address of the redirecting server that leads on to ``target``."""
    return f"http://{HOP}:{{hop}}/to?{quote(status, safe='')}&{quote(target, safe='{}')}"


def try_way(way: Way, trap: Trap, server: Misbehaving, secure: Misbehaving, tls: ssl.SSLContext) -> Verdict:
    """Tries it with a client that may reach the two redirecting servers (one of them under TLS) and nothing else."""
    hop = secure if way.url.startswith("https://" + HOP) else server
    allowed = frozenset({(HOP, server.port), (HOP, secure.port)})
    answers = iter(way.answers)
    last: Sequence[str] = ()

    def resolver(host: str, port: int) -> Sequence[str]:
        nonlocal last
        if (host, port) in allowed:
            return ("127.0.0.1",)
        last = next(answers, last)
        return last if way.answers else numbers(host)

    refused: BaseException | None = None
    url = way.url.replace("{trap}", str(trap.port)).replace("{hop}", str(hop.port))
    with (
        attempts() as seen,
        Client(allow_local=allowed, resolver=resolver, tls=tls, caps=Caps(connect=2.0, idle=2.0, total=4.0)) as client,
    ):
        try:
            client.fetch(url)
        except GatherError as error:
            refused = error
    fine = {("127.0.0.1", server.port), ("127.0.0.1", secure.port)}
    public = {address for answer in MIXED + way.answers for address in answer if address not in INSIDE}
    return Verdict(refused, tuple(place for place in seen if place not in fine and place[0] not in public))


def numbers(host: str) -> Sequence[str]:
    """The system's reading of numbers, whatever their spelling, and this machine's usual names: no name is looked up
    elsewhere."""
    import socket

    if host.rstrip(".").endswith(("localhost", "localdomain", "ip6-localhost")):
        return ("127.0.0.1", "::1")
    if host == "metadata.google.internal":
        return ("169.254.169.254",)
    found = socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(place[0]) for *_, place in found]
