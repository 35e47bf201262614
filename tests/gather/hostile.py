"""Servers and documents that do harm, one behaviour a name, and how each must end: with its own reason.

``Hostiles`` starts them all on 127.0.0.1. Each behaviour has a host of its own, so that none waits for another's turn.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import NamedTuple

import trustme

from tests.gather.servers import (
    BEHAVIOURS,
    FEED,
    PAGE,
    Behaviour,
    Misbehaving,
    answer,
    redirect,
    served_as,
)

__all__ = ["CASES", "Case", "Hostiles", "resolve"]


def raw(*pieces: bytes) -> Behaviour:
    """Sends these bytes and closes."""

    def behave(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return behave


def then_hang(*pieces: bytes) -> Behaviour:
    """Sends these bytes and says no more."""

    def behave(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
        raw(*pieces)(server, connection, headers)
        server.wait(60)

    return behave


def without_end(head: bytes, piece: bytes, *, dripping: bool = False) -> Behaviour:
    """Sends the head, and then the piece again and again."""

    def behave(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
        connection.sendall(head)
        while server.wait(server.pace if dripping else 0.0):
            connection.sendall(piece)

    return behave


def reset(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
    """Breaks the connection off with a reset (RST) in the middle of an answer."""
    connection.sendall(OK + b"Content-Length: 5000\r\n\r\n<rss>")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def document(body: bytes | Callable[[], bytes], kind: str = "application/rss+xml") -> Behaviour:
    """Answers with a document, made when it is asked for where it is large."""

    def behave(server: Misbehaving, connection: socket.socket, headers: dict[str, str]) -> None:
        answer("200 OK", body if isinstance(body, bytes) else body(), Content_Type=kind)(server, connection, headers)

    return behave


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BROTLI_BOMB = bytes.fromhex(
    "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc13f0110870500baf77ffcffff83"
    "7f02200e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c00d0bdffe3ffff1ffc1300715800a07bff37"
)
"""64 MiB of zeros."""

LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (number, (b"&l%d;" % (number - 1)) * 10 if number else b"ha") for number in range(10)
)
QUADRATIC = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 3_000 + b'">]><rss><channel><title>'


def rss(items: bytes, head: bytes = b"") -> bytes:
    return (
        b"<?xml version='1.0'?>" + head + b"<rss version='2.0'><channel><title>T</title>" + items + b"</channel></rss>"
    )


DOCUMENTS: Mapping[str, Behaviour] = {
    "html-for-xml": document(PAGE),
    "html-without-type": document(PAGE, "application/octet-stream"),
    "empty": document(b""),
    "blank": document(b" \n" * 1_000_000),
    "binary": document(bytes(range(256)) * 4_000),
    "plain-text": document(b"Internal error, come back later. " * 100),
    "json-no-feed": document(b'{"error": "not found"}', "application/json"),
    "deep-xml": document(lambda: b"<rss>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</rss>"),
    "deep-open-xml": document(lambda: b"<rss><channel>" + b"<item>" * 1_000_000),
    "entity-bomb": document(rss(b"<item><title>&l9;</title></item>", b"<!DOCTYPE r [" + LAUGHS + b"]>")),
    "quadratic-bomb": document(lambda: QUADRATIC + b"&a;" * 500_000 + b"</title></channel></rss>"),
    "outside-entity": document(
        rss(b"<item><title>&x;</title></item>", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    ),
    "million-elements": document(lambda: rss(b"<item/>" * 850_000)),
    "million-attributes": document(lambda: rss(b"<item " + b" ".join(b"a%d='1'" % n for n in range(450_000)) + b"/>")),
    "million-namespaces": document(
        lambda: rss(b"<item " + b" ".join(b"xmlns:n%d='u%d'" % (n, n) for n in range(200_000)) + b"/>")
    ),
    "one-long-name": document(lambda: b"<" + b"r" * 5_500_000 + b"/>"),
    "one-long-text": document(lambda: rss(b"<item><title>" + b"t" * 5_500_000 + b"</title></item>")),
    "one-long-comment": document(lambda: b"<!--" + b"c" * 5_500_000),
    "open-tags-in-a-description": document(
        lambda: rss(b"<item><title>a</title><description>" + b"&lt;script &lt;!--" * 200_000 + b"</description></item>")
    ),
    "loose-ampersands": document(lambda: rss(b"<item><title>" + b"&" * 1_000_000 + b"</title></item>")),
    "many-entries": document(
        lambda: rss(b"".join(b"<item><title>%d</title><link>/%d</link></item>" % (n, n) for n in range(90_000)))
    ),
    "deep-json": document(lambda: b'{"items":' + b"[" * 3_000_000, "application/feed+json"),
    "wide-json": document(lambda: b'{"items":[' + b"{}," * 2_000_000 + b"{}]}", "application/feed+json"),
    "sitemap-of-millions": document(lambda: b"<urlset>" + b"<url/>" * 1_000_000 + b"</urlset>"),
    "wrong-charset": BEHAVIOURS["/wrong-charset"],
    "unknown-charset": document(FEED.replace(b"UTF-8", b"klingon-8")),
    "utf-16-in-name-alone": document(FEED.replace(b"UTF-8", b"UTF-16")),
}
"""What arrives well and is made to do harm when it is read."""

ANSWERS: Mapping[str, Behaviour] = {
    "hang-before-answering": then_hang(),
    "hang-after-headers": then_hang(OK + b"Content-Length: 5000\r\n\r\n"),
    "hang-in-the-body": then_hang(OK + b"Content-Length: 5000\r\n\r\n" + FEED[:100]),
    "drip-of-headers": without_end(OK + b"X-Slow: ", b"x", dripping=True),
    "drip-of-body": without_end(OK + b"Content-Length: 100000\r\n\r\n", b"x", dripping=True),
    "drip-of-chunks": without_end(CHUNKED, b"1\r\nx\r\n", dripping=True),
    "endless-body": without_end(OK + b"\r\n", b"y" * 65_536),
    "endless-chunks": without_end(CHUNKED, b"10000\r\n" + b"y" * 65_536 + b"\r\n"),
    "endless-headers": without_end(OK, b"X-More: value\r\n" * 100),
    "endless-trailers": without_end(CHUNKED + b"0\r\n", b"X-More: value\r\n" * 100),
    "flood-of-interim-answers": without_end(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n" * 50),
    "giant-header": raw(OK + b"X-Giant: " + b"z" * 2_000_000 + b"\r\n\r\n"),
    "flood-of-cookies": raw(OK + b"Set-Cookie: id=1\r\n" * 50_000 + b"\r\n"),
    "length-too-long": raw(OK + b"Content-Length: 5000\r\n\r\n" + FEED),
    "length-too-short": raw(OK + b"Content-Length: 40\r\n\r\n" + FEED),
    "length-beyond-all": raw(OK + b"Content-Length: 99999999999999999999\r\n\r\n" + FEED),
    "length-negative": raw(OK + b"Content-Length: -1\r\n\r\n" + FEED),
    "two-lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 500\r\n\r\n" + FEED),
    "chunks-cut-short": raw(CHUNKED + b"400\r\n<rss>"),
    "chunk-size-no-number": raw(CHUNKED + b"zz\r\n<rss>\r\n0\r\n\r\n"),
    "chunk-size-beyond-all": raw(CHUNKED + b"f" * 40 + b"\r\n<rss>"),
    "status-line-of-nonsense": raw(b"\x00\x01\x02 hello\r\n\r\n"),
    "other-protocol": raw(b"220 mail.example ESMTP ready\r\n"),
    "status-beyond-all": answer("999 Go Away"),
    "headers-of-nonsense": raw(OK + b"no colon here\r\n\x00\r\n\r\n"),
    "switching-protocols": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nxx"),
    "no-content": answer("204 No Content"),
    "unasked-not-modified": answer("304 Not Modified"),
    "reset": reset,
    "close-without-answer": raw(),
    "close-in-the-headers": raw(OK + b"Content-Ty"),
    "gzip-bomb": BEHAVIOURS["/gzip-bomb"],
    "deflate-bomb": BEHAVIOURS["/deflate-bomb"],
    "brotli-bomb": answer("200 OK", BROTLI_BOMB, Content_Encoding="br"),
    "gzip-in-gzip": BEHAVIOURS["/gzip-in-gzip"],
    "no-gzip-at-all": answer("200 OK", b"this is no gzip at all", Content_Encoding="gzip"),
    "redirect-in-a-circle": redirect("302 Found", "/redirect-in-a-circle"),
    "redirects-without-end": redirect("302 Found", "http://hop1.test:{port}/hops/1"),
    "redirect-inside": redirect("301 Moved Permanently", "http://10.0.0.1/feed"),
    "redirect-to-metadata": redirect("302 Found", "http://169.254.169.254/latest/meta-data/"),
    "redirect-to-a-file": redirect("302 Found", "file:///etc/passwd"),
    "redirect-to-nothing": redirect("302 Found", ""),
    "wait-for-years": answer("429 Too Many Requests", Retry_After="2000000000"),
    "ask-for-rest": answer("503 Service Unavailable", Retry_After="3600"),
    "login-wall": answer("401 Unauthorized", WWW_Authenticate="Basic"),
    "legal-demand": answer("451 Unavailable For Legal Reasons"),
    "challenge": BEHAVIOURS["/behind-cloudflare"],
    "challenge-as-success": BEHAVIOURS["/aws-challenge"],
    "gone": answer("410 Gone"),
}
"""What a server does that does harm by itself."""


class Case(NamedTuple):
    """One behaviour: its name, which of the servers shows it, and words of the reason with which a visit must end
    (``None`` where something is read all the same)."""

    name: str
    server: str
    reason: str | None


SLOW, NO_ANSWER, LARGE = "takes over", "does not answer", "sends more than"
BROKE = "broke off|does not keep to HTTP"
ROBOTS = "robots.txt cannot be read"

CASES: Sequence[Case] = (
    Case("hang-on-accept", "silent", f"{ROBOTS}.*({NO_ANSWER}|{SLOW})"),
    *(Case(name, "plain", NO_ANSWER) for name in ("hang-before-answering", "hang-after-headers", "hang-in-the-body")),
    *(Case(name, "plain", SLOW) for name in ("drip-of-headers", "drip-of-body", "drip-of-chunks")),
    Case("endless-body", "plain", LARGE + ".* bytes$"),
    Case("endless-chunks", "plain", LARGE + ".* bytes$"),
    *(
        Case(name, "plain", f"{LARGE}.*of headers")
        for name in ("endless-headers", "flood-of-interim-answers", "giant-header", "flood-of-cookies")
    ),
    Case("endless-trailers", "plain", f"{BROKE}|{LARGE}"),
    *(
        Case(name, "plain", BROKE)
        for name in (
            *("length-too-long", "length-beyond-all", "length-negative", "two-lengths", "chunks-cut-short"),
            *("chunk-size-no-number", "chunk-size-beyond-all", "status-line-of-nonsense", "other-protocol"),
            *("headers-of-nonsense", "reset", "close-without-answer", "close-in-the-headers"),
        )
    ),
    Case("length-too-short", "plain", "answered with an XML document|plain text|nothing"),
    Case("status-beyond-all", "plain", "HTTP 999"),
    Case("switching-protocols", "plain", "does not keep to HTTP"),
    Case("no-content", "plain", "answered with nothing"),
    Case("unasked-not-modified", "plain", "HTTP 304"),
    Case("gzip-bomb", "plain", "unpacks to more"),
    Case("deflate-bomb", "plain", "unpacks to more"),
    Case("brotli-bomb", "plain", "compressed as br"),
    Case("gzip-in-gzip", "plain", "compressed as gzip, gzip"),
    Case("no-gzip-at-all", "plain", "damaged compression"),
    Case("redirect-in-a-circle", "plain", "in a circle"),
    Case("redirect-to-nothing", "plain", "in a circle"),
    Case("redirects-without-end", "plain", "more than 5 times"),
    Case("redirect-inside", "plain", "is private"),
    Case("redirect-to-metadata", "plain", "link-local"),
    Case("redirect-to-a-file", "plain", "not a web address but file"),
    Case("redirect-from-https-inside", "secure", "this machine"),
    Case("wait-for-years", "plain", "asks us to wait"),
    Case("ask-for-rest", "plain", "HTTP 503"),
    Case("login-wall", "plain", "refused to us .HTTP 401"),
    Case("legal-demand", "plain", "refused to us .HTTP 451"),
    Case("challenge", "plain", "refused to us .HTTP 403"),
    Case("challenge-as-success", "plain", "refused to us .HTTP 202"),
    Case("gone", "plain", "gone for good"),
    Case("certificate-expired", "expired", "bad certificate: certificate has expired"),
    Case("certificate-of-nobody-known", "unknown", "bad certificate: unable to get local issuer"),
    Case("certificate-signed-by-itself", "itself", "bad certificate: self.signed"),
    Case("certificate-of-another", "another", "bad certificate: Hostname mismatch"),
    Case("plain-text-for-tls", "untold", "does not speak TLS"),
    Case("tls-for-plain-text", "misled", BROKE),
    Case("hang-in-the-handshake", "mute", f"{ROBOTS}.*({NO_ANSWER}|{SLOW})"),
    Case("drip-in-the-handshake", "dripping", f"{ROBOTS}.*({NO_ANSWER}|{SLOW})"),
    Case("robots-that-drip", "robots-drip", f"{ROBOTS}.*{SLOW}"),
    Case("robots-without-end", "robots-endless", None),
    Case("robots-of-ten-thousand", "robots-many", None),
    Case("name-that-nobody-has", "nobody", "there is no host"),
    Case("name-that-is-never-resolved", "never", "not resolved in time"),
    *(Case(name, "plain", "an HTML page") for name in ("html-for-xml", "html-without-type")),
    *(Case(name, "plain", "answered with") for name in ("empty", "blank", "binary", "plain-text", "json-no-feed")),
    *(Case(name, "plain", "an XML document|memory") for name in ("one-long-name",)),
    *(Case(name, "plain", "JSON|memory|seconds to read") for name in ("deep-json", "wide-json")),
    *(
        Case(name, "plain", "^read: |memory|seconds to read")  # as the machine has time
        for name in (
            *("deep-xml", "deep-open-xml", "million-elements", "million-attributes", "million-namespaces"),
            *("quadratic-bomb", "many-entries"),
        )
    ),
    *(
        Case(name, "plain", "answered with|memory|seconds to read")
        for name in (*("one-long-comment", "loose-ampersands", "sitemap-of-millions"),)
    ),
    *(
        Case(name, "plain", None)
        for name in (
            *("entity-bomb", "outside-entity", "one-long-text", "open-tags-in-a-description"),
            *("wrong-charset", "unknown-charset", "utf-16-in-name-alone"),
        )
    ),
)
"""All of them. Where several reasons fit, which one it is depends on the parser's version."""


class Hostiles:
    """All the servers. A context manager; ``places`` are their ports by name, ``trusted`` the authority's certificate
    that a client must trust. Those that drip send a byte each ``pace`` seconds."""

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._authority = trustme.CA()
        self.trusted = self._authority.cert_pem.bytes().decode()
        self._over = threading.Event()
        many = b"".join(b"User-agent: robot%d\n" % number for number in range(10_000))
        rules = b"".join(b"Disallow: /a%d\n" % number for number in range(20_000))
        paths = {f"/{name}": behave for name, behave in {**ANSWERS, **DOCUMENTS}.items()}
        feed = BEHAVIOURS["/feed"]
        self._servers = {
            "plain": Misbehaving(behaviours=paths),
            "robots-drip": Misbehaving(behaviours={"/robots.txt": ANSWERS["drip-of-body"]}),
            "robots-endless": Misbehaving(
                behaviours={"/robots.txt": without_end(OK + b"\r\n", b"# " * 4_000), "/robots-without-end": feed}
            ),
            "robots-many": Misbehaving(
                behaviours={"/robots.txt": document(many + rules), "/robots-of-ten-thousand": feed}
            ),
            "untold": Misbehaving(behaviours={}),
            "misled": Misbehaving(served_as(self._authority, "tls-for-plain-text.test"), {}),
            "secure": Misbehaving(
                served_as(self._authority, "redirect-from-https-inside.test"),
                {"/redirect-from-https-inside": redirect("302 Found", "http://127.0.0.1:9/")},
            ),
            "expired": Misbehaving(_expired(self._authority), {}),
            "unknown": Misbehaving(served_as(trustme.CA(), "certificate-of-nobody-known.test"), {}),
            "another": Misbehaving(served_as(self._authority, "another.test"), {}),
            "itself": Misbehaving(_signed_by_itself("certificate-signed-by-itself.test"), {}),
        }
        port = self._servers["plain"].port
        paths["/redirects-without-end"] = redirect("302 Found", f"http://hop1.test:{port}/hops/1")
        hops = range(1, 40)
        paths |= {f"/hops/{n}": redirect("302 Found", f"http://hop{n + 1}.test:{port}/hops/{n + 1}") for n in hops}
        for server in self._servers.values():
            server.pace = pace
        self._listeners = {name: socket.create_server(("127.0.0.1", 0)) for name in ("silent", "mute", "dripping")}
        for name, what in (("mute", b""), ("dripping", b"\x16")):
            threading.Thread(target=self._accept, args=(self._listeners[name], what), daemon=True).start()
        self.places = {name: server.port for name, server in self._servers.items()}
        self.places |= {name: int(listener.getsockname()[1]) for name, listener in self._listeners.items()}

    def __enter__(self) -> Hostiles:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for server in self._servers.values():
            server.close()
        for listener in self._listeners.values():
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self, listener: socket.socket, what: bytes) -> None:
        """Takes connections and answers a TLS hello with nothing, or with the beginning of a record a byte a second."""
        while not self._over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._tease, args=(connection, what), daemon=True).start()

    def _tease(self, connection: socket.socket, what: bytes) -> None:
        record = what + b"\x03\x03\x40\x00" + b"\x02\x00\x3f\xfc" if what else b""
        with connection, suppress(OSError):
            connection.recv(4096)
            sent = 0
            while not self._over.wait(self._pace):
                if record:
                    connection.sendall(record[sent : sent + 1] or b"\0")
                    sent += 1


def _expired(authority: trustme.CA) -> ssl.SSLContext:
    now = datetime.now(UTC)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf = authority.issue_cert(
        "certificate-expired.test", not_before=now - timedelta(days=90), not_after=now - timedelta(days=2)
    )
    leaf.configure_cert(context)
    return context


def _signed_by_itself(name: str) -> ssl.SSLContext:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(named).issuer_name(named).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with trustme.Blob(pem).tempfile() as path:
        context.load_cert_chain(path)
    return context


SECURED = frozenset({"secure", "expired", "unknown", "another", "itself", "untold", "mute", "dripping"})


def address(case: Case, places: Mapping[str, int]) -> str:
    """The address of a case's feed."""
    scheme = "https" if case.server in SECURED else "http"
    return f"{scheme}://{case.name}.test:{places.get(case.server, 80)}/{case.name}"


def allowed(places: Mapping[str, int]) -> frozenset[tuple[str, int]]:
    """What a client must be allowed to reach for the cases to be tried."""
    hops = {(f"hop{number}.test", places["plain"]) for number in range(1, 41)}
    return frozenset(hops | {(f"{case.name}.test", places.get(case.server, 80)) for case in CASES})


def resolve(host: str, port: int) -> Sequence[str]:
    """Every name leads to this machine, but for the one that nobody has and the one that is never resolved."""
    if host == "name-that-nobody-has.test":
        raise OSError("no such name")
    if host == "name-that-is-never-resolved.test":
        threading.Event().wait(60)
    with suppress(ValueError):
        return (str(ip_address(host)),)
    return ("127.0.0.1",)
