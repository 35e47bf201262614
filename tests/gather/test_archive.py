"""Archives: every record of a sound one, going on from anywhere, and telling one from a page."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import fastwarc
import pytest
import warcio.archiveiterator

from storydesk.gather.warc import Archive, Position, is_archive, unpacking
from tests.gather.archives import (
    FORMS,
    crawl,
    damages,
    http,
    packed,
    page,
    record,
    records,
    response,
    units,
    what,
)


@pytest.mark.parametrize("form", FORMS)
def test_every_record_of_a_crawl_in_order(form: str, file: Path) -> None:
    found = units(file, FORMS[form](crawl(20)))
    assert damages(found) == []
    assert [unit.kind for unit in records(found)] == ["warcinfo", *(["request", "response", "metadata"] * 20)]
    pages = [unit for unit in records(found) if unit.kind == "response"]
    assert [unit.body for unit in pages] == [page(number) for number in range(20)]
    assert pages[3].url == "https://quay.example/news/3"
    assert (pages[3].status, pages[3].content_type) == (200, "text/html; charset=utf-8")
    assert pages[3].captured == datetime(2026, 3, 2, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize("form", FORMS)
def test_reading_goes_on_after_any_record(form: str, file: Path) -> None:
    found = units(file, FORMS[form](crawl(8)))
    for number, unit in enumerate(found):
        with Archive(file, unit.after) as rest:
            assert list(rest) == found[number + 1 :]


@pytest.mark.parametrize("form", ["plain", "gzip"])
def test_the_same_records_as_fastwarc_and_warcio_find(form: str, file: Path) -> None:
    found = what(units(file, FORMS[form](crawl(12))))
    theirs = [
        (str(each.record_type), each.headers.get("WARC-Target-URI") or "", each.reader.read())
        for each in fastwarc.ArchiveIterator(str(file))
    ]
    with file.open("rb") as opened:
        also = [
            (each.rec_type, each.rec_headers.get_header("WARC-Target-URI") or "", each.content_stream().read())
            for each in warcio.archiveiterator.ArchiveIterator(opened)
        ]
    assert [entry for entry in found if entry[0] == "response"] == [e for e in theirs if e[0] == "response"]
    assert [entry[:2] for entry in found] == [entry[:2] for entry in theirs] == [entry[:2] for entry in also]
    assert [entry for entry in found if entry[0] == "response"] == [e for e in also if e[0] == "response"]


def test_places_are_those_that_other_tools_name(file: Path) -> None:
    members = list(map(packed, crawl(10)))
    found = units(file, b"".join(members))
    starts = [sum(map(len, members[:number])) for number in range(len(members) + 1)]
    assert [unit.position for unit in found] == [Position(start) for start in starts[:-1]]
    assert [unit.after for unit in found] == [Position(start) for start in starts[1:]]


def test_the_dictionary_is_where_the_specification_puts_it(file: Path) -> None:
    file.write_bytes(FORMS["zstd with a dictionary"](crawl(6)))
    assert sum(1 for _ in fastwarc.ArchiveIterator(str(file))) == 19


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"])
def test_versions(version: str, file: Path) -> None:
    each = record("response", http(page(1)), version, WARC_Date="2026-03-02T07:15:00.123456Z")
    found = records(units(file, each * 20))
    assert [unit.body for unit in found] == [page(1)] * 20
    assert found[0].captured == datetime(2026, 3, 2, 7, 15, 0, 123456, tzinfo=UTC)


def test_a_date_that_is_none_is_none(file: Path) -> None:
    (found,) = records(units(file, response(1, WARC_Date="the day before")))
    assert found.captured is None


ODD = {
    "names in lower case": lambda: (
        response(7)
        .replace(b"WARC-Type", b"warc-type")
        .replace(b"Content-Length: ", b"content-length:", 1)
        .replace(b"WARC-Target-URI", b"Warc-Target-Uri")
    ),
    "line feeds alone": lambda: _line_feeds(response(7)),
    "no empty lines at the end": lambda: response(7)[:-4],
    "many empty lines at the end": lambda: response(7) + b"\r\n" * 40,
    "an address in brackets": lambda: record(
        "response", http(page(7)), WARC_Target_URI="<https://quay.example/news/7>"
    ),
    "a folded header": lambda: record(
        "response",
        http(page(7), "X-Long: a\r\n  b", "Content-Type: text/html;\r\n charset=utf-8"),
        WARC_Target_URI="https://quay.example/news/7",
    ),
    "line feeds in the HTTP headers": lambda: record(
        "response",
        b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + page(7),
        WARC_Target_URI="https://quay.example/news/7",
    ),
    "no HTTP headers": lambda: record("response", page(7), WARC_Target_URI="https://quay.example/news/7"),
    "a long header": lambda: response(7, X_Long="x" * 50_000),
}


def _line_feeds(data: bytes) -> bytes:
    head, _, block = data.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + block[:-4] + b"\n\n"


@pytest.mark.parametrize("form", ["plain", "gzip", "gzip as a whole"])
@pytest.mark.parametrize("oddity", ODD)
def test_odd_but_sound(oddity: str, form: str, file: Path) -> None:
    data = [*crawl(6), ODD[oddity](), *crawl(6)]
    found = units(file, FORMS[form](data))
    assert damages(found) == []
    assert len(found) == len(data)
    odd = records(found)[19]
    assert (odd.kind, odd.url, odd.body) == ("response", "https://quay.example/news/7", page(7))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("oddity", ["names in lower case", "line feeds alone"])
def test_odd_throughout(oddity: str, form: str, file: Path) -> None:
    assert (
        what(units(file, FORMS[form]([ODD[oddity]()] * 30)))
        == [("response", "https://quay.example/news/7", page(7))] * 30
    )


def test_other_documents(file: Path) -> None:
    data = [
        record("resource", page(1), Content_Type="text/html"),
        record("conversion", b"Crane stays\n\nIt was voted.", Content_Type="text/plain"),
        record("response", b"20260302071500\nquay.example.\t60\tIN\tA\t192.0.2.1\n", Content_Type="text/dns"),
        record("revisit", http(b"")),
        response(2, WARC_Identified_Payload_Type="application/xhtml+xml", WARC_Truncated="length"),
    ]
    found = records(units(file, FORMS["gzip"]([*data, *crawl(6), *data])))
    for resource, conversion, dns, revisit, cut in (found[:5], found[-5:]):
        assert (resource.kind, resource.content_type, resource.body) == ("resource", "text/html", page(1))
        assert (conversion.kind, conversion.body[:5]) == ("conversion", b"Crane")
        assert (dns.content_type, dns.status) == ("text/dns", None)
        assert (revisit.kind, revisit.body) == ("revisit", b"")
        assert (cut.identified, cut.partial) == ("application/xhtml+xml", True)


def test_an_archive_is_told_by_its_name_or_its_first_bytes(tmp_path: Path) -> None:
    for name in ("a.warc", "a.warc.gz", "a.WARC.ZST", "CC-NEWS-2026.warc.wet.gz", "a.b.warc.gz", "a.wet", "a.arc.gz"):
        (tmp_path / name).write_bytes(b"x")
        assert is_archive(tmp_path / name), name
    for number, pack in enumerate(FORMS.values()):
        unnamed = tmp_path / f"download{number}"
        unnamed.write_bytes(pack(crawl(2)))
        assert is_archive(unnamed)
    for name, data in (
        ("page.html", b"<html>"),
        ("page.html.gz", gzip.compress(b"<html>")),
        ("warc.txt", b"On WARC/1.0"),
        ("empty", b""),
        ("cut.gz", b"\x1f\x8b\x08\0"),
        ("x.bz2", b"BZh9"),
    ):
        (tmp_path / name).write_bytes(data)
        assert not is_archive(tmp_path / name), name
    assert not is_archive(tmp_path)
    assert not is_archive(tmp_path / "missing.warc")


@pytest.mark.parametrize("form", ["gzip", "gzip as a whole", "gzip in blocks"])
def test_zlib_gives_the_same_where_there_is_no_isal(form: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = FORMS[form](crawl(8))
    wounds = [data[:at] + bytes((data[at] ^ 0x5A,)) + data[at + 1 :] for at in range(900, len(data), 37)]
    for damaged in (data, data[: len(data) // 2], *wounds):
        with monkeypatch.context() as patched:
            patched.setattr(unpacking, "GZIP", unpacking.ZLIB)
            slow = units(file, damaged)
        assert units(file, damaged) == slow


def test_a_header_that_ends_in_a_later_piece_is_read(file: Path) -> None:
    """Frames whose ends fall anywhere in the HTTP headers."""
    head, _, _ = response(7).partition(b"\r\n\r\n")
    for cut in range(len(head), len(head) + 80):
        found = records(units(file, packed(response(7)[:cut]) + packed(response(7)[cut:])))
        assert [(unit.status, unit.body) for unit in found] == [(200, page(7))]
