"""Archives as crawlers write them, and as disks and networks leave them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

from storydesk.gather.warc import Archive, Damage, Record
from storydesk.gather.warc.zstandard import zstd

PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>The harbour board of {place} voted on Monday to keep the old crane, which has stood on the quay since 1931.</p>
<p>"We will paint it and leave it where it is," the chair of the board said after the vote. Nobody spoke against it.</p>
<p>The crane has not lifted anything for {years} years. The paint is expected to cost less than the survey did.</p>
</article></body></html>"""


def page(number: int) -> bytes:
    """A page that reads as an article, unlike any other number's."""
    places = ("Skagvik", "Port Ellery", "Marnau", "Teluk Baru")
    title = f"Crane number {number} stays on the quay"
    return PAGE.format(title=title, place=places[number % len(places)], years=number % 40 + 2).encode()


def record(kind: str, block: bytes, version: str = "WARC/1.0", **fields: str | None) -> bytes:
    """A record; ``fields`` in snake case replace or add to its own, ``None`` leaves one out."""
    named: dict[str, str | None] = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:5e0c1c52-0000-4000-8000-000000000001>",
        "WARC-Date": "2026-03-02T07:15:00Z",
        "WARC-Target-URI": "https://quay.example/news",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    for key, value in fields.items():
        name = key.replace("_", "-")
        named[next((known for known in named if known.lower() == name.lower()), name)] = value
    lines = [version, *(f"{name}: {value}" for name, value in named.items() if value is not None)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An HTTP response, as the block of a record."""
    lines = (f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",)))
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def response(number: int, **fields: str | None) -> bytes:
    """The record of a page."""
    url = f"https://quay.example/news/{number}"
    return record("response", http(page(number)), "WARC/1.0", **{"WARC_Target_URI": url, **fields})


def crawl(pages: int) -> list[bytes]:
    """The records of a crawl: what is known of it, then request, response and metadata for each page."""
    records = [record("warcinfo", b"software: quay\r\n", WARC_Target_URI=None, Content_Type="application/warc-fields")]
    for number in range(pages):
        url = f"https://quay.example/news/{number}"
        asked = b"GET /news HTTP/1.1\r\nHost: quay.example\r\n\r\n"
        records += [
            record("request", asked, WARC_Target_URI=url, Content_Type="application/http; msgtype=request"),
            response(number),
            record("metadata", b"fetchTimeMs: 12\r\n", WARC_Target_URI=url, Content_Type="application/warc-fields"),
        ]
    return records


def packed(data: bytes, level: int = 9) -> bytes:
    """A member of gzip that is the same whenever it is made."""
    return gzip.compress(data, level, mtime=0)


def _with_dictionary(records: Sequence[bytes]) -> bytes:
    samples = [record[:400] + bytes(str(n), "ascii") for n in range(20) for record in records]
    shared = zstd.train_dict(samples, 2_000)
    content = zstd.compress(shared.dict_content)
    head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    return head + b"".join(zstd.compress(record, zstd_dict=shared) for record in records)


def _blocks(records: Sequence[bytes]) -> bytes:
    """Gzip in blocks that have nothing to do with the records, as bgzip writes it."""
    data = b"".join(records)
    return b"".join(packed(data[at : at + 1_000]) for at in range(0, len(data), 1_000))


FORMS: dict[str, Callable[[Sequence[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": lambda records: b"".join(packed(record, 1) for record in records),
    "gzip as a whole": lambda records: packed(b"".join(records), 1),
    "gzip in blocks": _blocks,
    "zstd": lambda records: b"".join(map(zstd.compress, records)),
    "zstd as a whole": lambda records: zstd.compress(b"".join(records)),
    "zstd with a dictionary": _with_dictionary,
}
"""Ways to pack the records of an archive."""


Unit = Record | Damage
TINY = http(b"<p>tiny</p>")


def units(path: Path, data: bytes, *, verify: bool = False) -> list[Unit]:
    """What reading a file with these bytes gives."""
    path.write_bytes(data)
    with Archive(path, verify=verify) as archive:
        return list(archive)


def records(found: Sequence[Unit]) -> list[Record]:
    """The records of it."""
    return [unit for unit in found if isinstance(unit, Record)]


def damages(found: Sequence[Unit]) -> list[Damage]:
    """The damage in it."""
    return [unit for unit in found if isinstance(unit, Damage)]


def what(found: Sequence[Unit]) -> list[tuple[str, str, bytes]]:
    """The records but for their places."""
    return [(unit.kind, unit.url, unit.body) for unit in records(found)]
