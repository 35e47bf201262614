"""A server that misbehaves on purpose, one behaviour a path, spoken over a bare socket so that no library mends it."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import unquote

import trustme

FEED = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Quay Gazette</title><link>/</link><language>en-gb</language>
<item><title>Ferry returns</title><link>/ferry</link><pubDate>Mon, 02 Mar 2026 07:15:00 GMT</pubDate></item>
</channel></rss>"""
PAGE = b"""<!DOCTYPE html><html><head><title>The Quay Gazette</title>
<link rel="alternate" type="application/rss+xml" title="News" href="/feed"></head><body><p>Welcome.</p></body></html>"""
TLS_HELLO = b"\x16\x03"
ETAG, MODIFIED = '"quay-7"', "Mon, 02 Mar 2026 07:15:00 GMT"


class Misbehaving:
    """Listens on 127.0.0.1. ``asked`` collects the requests as (path, headers with lower-case names), ``together`` is
    the most that were answered slowly at one moment; ``pace`` is the seconds between two bytes of those that drip."""

    def __init__(self, tls: ssl.SSLContext | None = None, behaviours: Mapping[str, Behaviour] | None = None) -> None:
        self._tls = tls
        self._behaviours = BEHAVIOURS if behaviours is None else behaviours
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.pace = 1.0
        self.together = 0
        self._inside = 0
        self._count = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self.port: int = self._listener.getsockname()[1]
        self._threads[0].start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def close(self) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            if self._tls is None:
                self._answer(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as secured:
                self._answer(secured)

    def _answer(self, connection: socket.socket) -> None:
        path, headers = _request(connection)
        self.asked.append((path, headers))
        behaviour = self._behaviours.get(path.partition("?")[0], not_found)
        if path.startswith("/to?"):
            status, target = path.removeprefix("/to?").split("&", 1)
            behaviour = redirect(unquote(status), unquote(target))
        behaviour(self, connection, headers)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Counts how many are inside at one moment."""
        with self._count:
            self._inside += 1
            self.together = max(self.together, self._inside)
        yield
        with self._count:
            self._inside -= 1

    def wait(self, seconds: float) -> bool:
        """Sleeps; false when the test is over."""
        return not self._over.wait(seconds)


def _request(connection: socket.socket) -> tuple[str, dict[str, str]]:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(4096)
        if not piece:
            raise OSError("closed")
        data += piece
        if data.startswith(TLS_HELLO):
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.split(":", 1) for line in lines)
    return first.split(" ")[1], {name.strip().lower(): value.strip() for name, value in pairs}


Behaviour = Callable[[Misbehaving, socket.socket, dict[str, str]], None]


def answer(status: str, body: bytes = b"", **headers: str) -> Behaviour:
    """A well-formed answer. Header names are given with underscores."""
    given = {"Content-Length": str(len(body)), "Content-Type": "application/xml"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())

    def behave(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return behave


def redirect(status: str, target: str) -> Behaviour:
    return answer(status, Location=target)


not_found = answer("404 Not Found", b"nothing here")


def conditional(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    same = headers.get("if-none-match") == ETAG or headers.get("if-modified-since") == MODIFIED
    behave = (
        answer("304 Not Modified", ETag=ETAG) if same else answer("200 OK", FEED, ETag=ETAG, Last_Modified=MODIFIED)
    )
    behave(server, connection, headers)


def slowly(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    with server.counted():
        server.wait(0.05)
    answer("200 OK", FEED)(server, connection, headers)


def hang(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    server.wait(30)


def drip_body(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while server.wait(0.05):
        connection.sendall(b"x")


def drip_head(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while server.wait(0.05):
        connection.sendall(b"x")


def endless_body(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while server.wait(0):
        connection.sendall(b"10000\r\n" + b"y" * 0x10000 + b"\r\n")


def endless_interim(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    while server.wait(0):
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n" * 50)


def giant_header(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Giant: " + b"z" * 2_000_000 + b"\r\n\r\n")


def many_headers(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    lines = b"".join(b"X-Header-%d: value\r\n" % number for number in range(50_000))
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n")


def short_of_length(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + FEED)


def past_length(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<rss>and much more")


def not_http(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    connection.sendall(b"220 mail.example ESMTP ready\r\n")


def hang_up(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    return


def bomb(coding: str) -> Behaviour:
    """64 MiB of zeros in a few dozen kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    packed = b"".join(packer.compress(b"\0" * 2**20) for _ in range(64)) + packer.flush()
    return answer("200 OK", packed, Content_Encoding=coding)


BEHAVIOURS: dict[str, Behaviour] = {
    "/feed": answer("200 OK", FEED, Content_Type="application/rss+xml; charset=utf-8"),
    "/gzip": answer("200 OK", gzip.compress(FEED), Content_Encoding="gzip"),
    "/deflate": answer("200 OK", zlib.compress(FEED), Content_Encoding="deflate"),
    "/page": answer("200 OK", PAGE, Content_Type="text/html"),
    "/feed-that-is-html": answer("200 OK", PAGE, Content_Type="application/rss+xml"),
    "/wrong-charset": answer(
        "200 OK", FEED.replace(b"Ferry", "Fährè".encode("latin-1")), Content_Type="text/xml; charset=utf-8"
    ),
    "/conditional": conditional,
    "/moved": redirect("301 Moved Permanently", "/moved-again"),
    "/moved-again": redirect("308 Permanent Redirect", "/feed"),
    "/moved-then-found": redirect("301 Moved Permanently", "/found"),
    "/found": redirect("302 Found", "/feed"),
    "/loop": redirect("302 Found", "/pool"),
    "/pool": redirect("302 Found", "/loop"),
    "/to-file": redirect("302 Found", "file:///etc/passwd"),
    "/to-nowhere": redirect("302 Found", ""),
    "/to-private": redirect("302 Found", "http://10.0.0.1/"),
    "/to-metadata": redirect("302 Found", "http://169.254.169.254/latest/meta-data/"),
    "/to-decimal": redirect("302 Found", "http://2130706433/"),
    "/to-other-port": redirect("302 Found", "http://127.0.0.1:9/"),
    "/slowly": slowly,
    "/giant-etag": answer("200 OK", FEED, ETag='"' + "e" * 5_000 + '"'),
    "/gzip-in-gzip": answer("200 OK", gzip.compress(gzip.compress(FEED)), Content_Encoding="gzip, gzip"),
    "/hang": hang,
    "/drip-body": drip_body,
    "/drip-head": drip_head,
    "/endless-body": endless_body,
    "/endless-interim": endless_interim,
    "/giant-header": giant_header,
    "/many-headers": many_headers,
    "/short-of-length": short_of_length,
    "/past-length": past_length,
    "/not-http": not_http,
    "/hang-up": hang_up,
    "/gzip-bomb": bomb("gzip"),
    "/deflate-bomb": bomb("deflate"),
    "/gzip-broken": answer("200 OK", b"this is no gzip at all", Content_Encoding="gzip"),
    "/brotli-unasked": answer("200 OK", b"\x1b\x03\x00", Content_Encoding="br"),
    "/gone": answer("410 Gone"),
    "/forbidden": answer("403 Forbidden"),
    "/behind-cloudflare": answer("403 Forbidden", PAGE, cf_mitigated="challenge", Server="cloudflare"),
    "/aws-challenge": answer("202 Accepted", x_amzn_waf_action="challenge"),
    "/origin-down": answer("521 Web Server Is Down", Server="cloudflare"),
    "/too-many": answer("429 Too Many Requests", Retry_After="120"),
    "/unavailable": answer("503 Service Unavailable", Retry_After="Wed, 01 Jan 2098 00:00:00 GMT"),
    "/fault": answer("500 Internal Server Error"),
    "/unasked-304": answer("304 Not Modified"),
    "/sets-cookie": answer("302 Found", Location="/feed", Set_Cookie="id=1"),
    "/robots.txt": answer("200 OK", b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", Content_Type="text/plain"),
    "/": answer("200 OK", PAGE, Content_Type="text/html"),
}
BEHAVIOURS |= {f"/hops/{left}": redirect("302 Found", f"/hops/{left - 1}") for left in range(1, 12)}
BEHAVIOURS["/hops/0"] = BEHAVIOURS["/feed"]


def served_as(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """What a server of these names shows, vouched for by the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """What a client trusts: this authority and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


def seconds_of(action: Callable[[], object]) -> float:
    """How long something took."""
    before = time.monotonic()
    action()
    return time.monotonic() - before
