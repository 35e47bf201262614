"""What a record of an archive holds: bodies without their codings, digests that hold."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from storydesk.gather.warc import LARGEST
from storydesk.gather.warc.zstandard import zstd
from tests.gather.archives import (
    FORMS,
    crawl,
    damages,
    http,
    page,
    record,
    records,
    units,
)


def _chunked(body: bytes) -> bytes:
    pieces = (body[at : at + 300] for at in range(0, len(body), 300))
    return b"".join(b"%x;name=value\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def _bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


CODINGS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "none": (bytes, "X-None: x"),
    "chunked": (_chunked, "Transfer-Encoding: chunked"),
    "gzip": (gzip.compress, "Content-Encoding: gzip"),
    "deflate": (zlib.compress, "Content-Encoding: deflate"),
    "bare deflate": (_bare_deflate, "Content-Encoding: deflate"),
    "br": (brotli.compress, "Content-Encoding: br"),
    "zstd": (zstd.compress, "Content-Encoding: zstd"),
    "gzip, chunked": (
        lambda body: _chunked(gzip.compress(body)),
        "Transfer-Encoding: Chunked\r\nContent-Encoding: GZIP",
    ),
    "two": (lambda body: brotli.compress(gzip.compress(body)), "Content-Encoding: gzip, br"),
    "stated but undone, gzip": (bytes, "Content-Encoding: gzip"),
    "stated but undone, br": (bytes, "Content-Encoding: br"),
    "stated but undone, chunked": (bytes, "Transfer-Encoding: chunked"),
    "unknown": (bytes, "Content-Encoding: exotic"),
}


def coded(coding: str, body: bytes) -> bytes:
    encode, header = CODINGS[coding]
    return record("response", http(encode(body), "Content-Type: text/html", header))


@pytest.mark.parametrize("coding", CODINGS)
def test_codings_of_a_body_are_undone(coding: str, file: Path) -> None:
    found = units(file, coded(coding, page(3)) * 20)
    assert [(unit.body, unit.partial) for unit in records(found)] == [(page(3), False)] * 20
    assert damages(found) == []


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_damage_with_its_reason(coding: str, file: Path) -> None:
    bomb = coded(coding, bytes(LARGEST + 1))
    found = units(file, b"".join([*crawl(4), bomb, *crawl(4)]))
    (damage,) = damages(found)
    assert f"unpacks to more than {LARGEST:,} bytes" in damage.reason
    assert len(records(found)) == 26


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_damaged_body_is_damage_with_its_reason(coding: str, file: Path) -> None:
    encode, header = CODINGS[coding]
    body = bytearray(encode(page(3)))
    body[20:60] = b"\xff" * 40
    broken = record("response", http(bytes(body), "Content-Type: text/html", header))
    found = units(file, b"".join([*crawl(4), broken, *crawl(4)]))
    assert [damage.reason for damage in damages(found)] == [f"its {coding} content is damaged"]
    assert len(records(found)) == 26


@pytest.mark.parametrize("coding", ["chunked", "gzip", "zstd"])
def test_a_body_that_was_cut_short_is_partial(coding: str, file: Path) -> None:
    encode, header = CODINGS[coding]
    body = page(3) * 40
    cut = record("response", http(encode(body)[: len(encode(body)) // 2], "Content-Type: text/html", header))
    (found,) = records(units(file, cut))
    assert found.partial
    assert body.startswith(found.body)


def test_a_record_of_any_size_passes(file: Path) -> None:
    film = record("response", http(bytes(LARGEST + 1_000), "Content-Type: video/mp4"))
    for form in ("plain", "gzip"):
        found = units(file, FORMS[form]([*crawl(4), film, *crawl(4)]))
        assert damages(found) == []
        assert len(found) == 27
        assert (found[13].body[-1:], found[13].partial) == (b"\0", True)


def _sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


BLOCK = http(page(5))
DIGESTS = {
    "block, base 32": {"WARC_Block_Digest": _sha1(BLOCK)},
    "block, base 16": {"WARC_Block_Digest": "sha256:" + hashlib.sha256(BLOCK).hexdigest()},
    "payload": {"WARC_Payload_Digest": _sha1(page(5))},
    "of no known kind": {"WARC_Block_Digest": "xyz:abc"},
    "none": {},
}


@pytest.mark.parametrize("digest", DIGESTS)
def test_a_digest_that_holds(digest: str, file: Path) -> None:
    found = units(file, FORMS["gzip"]([record("response", BLOCK, **DIGESTS[digest])] * 12), verify=True)
    assert (len(records(found)), len(damages(found))) == (12, 0)


@pytest.mark.parametrize("digest", ["block, base 32", "block, base 16", "payload"])
def test_a_digest_that_does_not_hold(digest: str, file: Path) -> None:
    changed = record("response", BLOCK.replace(b"old crane", b"new crane"), **DIGESTS[digest])
    data = FORMS["gzip"]([*crawl(3), changed, *crawl(3)])
    found = units(file, data, verify=True)
    assert [damage.reason for damage in damages(found)] == ["its content does not have the digest that it states"]
    assert len(records(found)) == 20
    assert damages(units(file, data)) == []


def test_the_digest_of_a_record_of_any_size(file: Path) -> None:
    block = http(bytes(LARGEST + 1_000))
    for digest, faults in ((_sha1(block), 0), (_sha1(b""), 1)):
        data = b"".join([*crawl(1), record("response", block, WARC_Block_Digest=digest)])
        assert len(damages(units(file, data, verify=True))) == faults


@pytest.mark.parametrize(("line", "status"), [(b"HTTP/1,1 200 OK", 200), (b"HTTP/2 404", 404)])
def test_a_status_line_is_one_even_if_it_is_damaged(line: bytes, status: int, file: Path) -> None:
    block = http(page(1)).replace(b"HTTP/1.1 200 OK", line)
    [unit] = records(units(file, record("response", block)))
    assert (unit.status, unit.body) == (status, page(1))
