"""Archives: every record of a sound one, all that can be had of a damaged one, and going on from anywhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import brotli
import fastwarc
import pytest
import warcio.archiveiterator
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storydesk.errors import UnreadableFile
from storydesk.gather.warc import LARGEST, Archive, Damage, Position, Record, is_archive
from storydesk.gather.warc.zstandard import zstd
from tests.gather.archives import FORMS, crawl, http, packed, page, record, response

Unit = Record | Damage
TINY = http(b"<p>tiny</p>")


def units(path: Path, data: bytes, **options: bool) -> list[Unit]:
    path.write_bytes(data)
    with Archive(path, **options) as archive:
        return list(archive)


def records(found: Sequence[Unit]) -> list[Record]:
    return [unit for unit in found if isinstance(unit, Record)]


def damages(found: Sequence[Unit]) -> list[Damage]:
    return [unit for unit in found if isinstance(unit, Damage)]


def what(found: Sequence[Unit]) -> list[tuple[str, str, bytes]]:
    """The records but for their places."""
    return [(unit.kind, unit.url, unit.body) for unit in records(found)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc"


# ------------------------------------------------------------------------------------------------ sound archives


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


# ------------------------------------------------------------------------------------------------ bodies


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


# ------------------------------------------------------------------------------------------------ digests


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


# ------------------------------------------------------------------------------------------------ damage


BEFORE, AFTER = crawl(6), crawl(7)
LENGTH = len(http(page(3)))


def _without(data: bytes, start: int, count: int) -> bytes:
    return data[:start] + data[start + count :]


@pytest.mark.parametrize("form", ["plain", "gzip", "gzip as a whole", "zstd", "gzip in blocks"])
@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (response(3, Content_Length=str(LENGTH - 200)), "its Content-Length is wrong"),
        (response(3, Content_Length=str(LENGTH + 200)), "its Content-Length is wrong"),
        (response(3, Content_Length="9999997"), "the file ends in the middle of it"),
        (response(3, Content_Length="999999999997"), "the file ends in the middle of it"),
        (response(3, Content_Length="many"), "its header states no Content-Length"),
        (response(3, Content_Length="-5"), "its header states no Content-Length"),
        (response(3, Content_Length=None), "its header states no Content-Length"),
        (b"<html>no record at all" * 40, "no WARC record where one should begin"),
        (bytes(range(256)) * 9, "no WARC record where one should begin"),
        (response(3, X_Endless="x" * 70_000), "its header does not end"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_and_reading_goes_on(
    damaged: bytes, reason: str, form: str, file: Path
) -> None:
    found = units(file, FORMS[form]([*BEFORE, damaged, *AFTER]))
    assert [damage.reason for damage in damages(found)] == [reason]
    assert what(found) == what(units(file, FORMS["plain"]([*BEFORE, *AFTER])))


@pytest.mark.parametrize(
    ("hurt", "reason"),
    [
        (lambda member: member[:200] + b"\xff" * 40 + member[240:], "damaged|checksum"),
        (lambda member: _without(member, 200, 30), "damaged|checksum"),
        (lambda member: member[:-8] + bytes(4) + member[-4:], "its checksum is wrong"),
        (lambda member: member[:-4] + bytes(4), "its checksum is wrong"),
        (lambda member: b"\1\1\1" + member[3:], "its compression is damaged"),
        (lambda member: member[:-100], "damaged|checksum|Content-Length"),
        (lambda member: b"no member" * 30, "its compression is damaged"),
    ],
)
def test_a_broken_member_costs_its_own_record_only(hurt: Callable[[bytes], bytes], reason: str, file: Path) -> None:
    members = list(map(packed, [*BEFORE, response(3), *AFTER]))
    members[len(BEFORE)] = hurt(members[len(BEFORE)])
    found = units(file, b"".join(members))
    (damage,) = damages(found)
    assert damage.reason in reason or any(word in damage.reason for word in reason.split("|"))
    assert damage.position == Position(sum(map(len, members[: len(BEFORE)])))
    assert what(found) == what(units(file, FORMS["plain"]([*BEFORE, *AFTER])))


def test_zeros_between_members_are_padding(file: Path) -> None:
    members = list(map(packed, crawl(8)))
    assert damages(units(file, b"".join(member + bytes(512) for member in members))) == []


@pytest.mark.parametrize("form", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("missing", [1, 5, 12, 100, 300, 700])
def test_a_file_cut_short_is_said_and_what_comes_later_is_read(form: str, missing: int, file: Path) -> None:
    data = FORMS[form](crawl(7))
    whole = units(file, data)
    cut = units(file, data[:-missing])
    if form == "plain" and missing <= 4:
        assert cut[-1].kind == "metadata"  # type: ignore[union-attr]
        return
    *before, last = cut
    assert isinstance(last, Damage)
    assert (last.reason, last.after) == ("the file ends in the middle of it", last.position)
    assert what(before) == what(whole)[: len(before)]
    file.write_bytes(data)  # the crawler goes on writing
    with Archive(file, last.after) as archive:
        assert what([*before, *archive]) == what(whole)


def test_a_file_that_grows_is_read_on(file: Path) -> None:
    first, second = crawl(5), crawl(4)
    for form in ("plain", "gzip", "zstd"):
        found = units(file, FORMS[form](first))
        with file.open("ab") as more:
            more.write(FORMS[form](second))
        with Archive(file, found[-1].after) as archive:
            assert len(list(archive)) == len(second)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\r\n" * 9, "holds no WARC record"),
        (b"<html><p>a page</p></html>", "holds no WARC record"),
        (packed(b"<html><p>a page</p></html>"), "holds no WARC record"),
        (b"\x1f\x8b\x08", "holds no WARC record"),
        (b"\x28\xb5\x2f\xfd\xff", "holds no WARC record"),
        (b"\x5d\x2a\x4d\x18\x04\0\0\0\x28\xb5\x2f\xfd", "dictionary is damaged"),
        (b"BZh91AY&SY", "is packed with bzip2"),
        (b"filedesc://quay.arc 0.0.0.0 20260302 text/plain 76\n", "is an ARC file"),
        (packed(b"filedesc://quay.arc 0.0.0.0 20260302 text/plain 76\n"), "is an ARC file"),
    ],
)
def test_what_is_no_archive_is_refused_with_its_reason(data: bytes, reason: str, file: Path) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        units(file, data)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        Archive(tmp_path / "none.warc")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        Archive(tmp_path)


# ------------------------------------------------------------------------------------------------ laws of damage

SMALL = [record("response", http(b"<p>%d</p>" % n * 9), WARC_Target_URI=f"https://quay.example/{n}") for n in range(24)]
PACKED = {form: [FORMS[form]([each]) for each in SMALL] for form in ("plain", "gzip")}
WHOLE = {form: b"".join(parts) for form, parts in PACKED.items()}
STARTS = {form: [sum(map(len, parts[:n])) for n in range(len(parts) + 1)] for form, parts in PACKED.items()}
hurts = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["flip", "cut", "insert", "zero"]), st.integers(1, 300)),
    min_size=1,
    max_size=3,
)


def hurt(data: bytes, wounds: list[tuple[float, str, int]]) -> bytes:
    for where, how, size in wounds:
        at = int(where * (len(data) - 1))
        piece = data[at : at + size]
        if how == "flip":
            piece = bytes(byte ^ 0x5A for byte in piece)
        elif how == "cut":
            piece = b""
        elif how == "insert":
            piece = bytes(size * [size % 251]) + piece
        else:
            piece = bytes(len(piece))
        data = data[:at] + piece + data[at + size :]
    return data


def untouched(form: str, data: bytes) -> list[int]:
    """The records whose bytes, packed, are all still there."""
    return [number for number, part in enumerate(PACKED[form]) if part in data]


law = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


@law
@given(hurts)
def test_every_record_of_its_own_member_outlives_damage_elsewhere(
    file: Path, wounds: list[tuple[float, str, int]]
) -> None:
    data = hurt(WHOLE["gzip"], wounds)
    found = what(units(file, data)) if data else []
    every = [("response", f"https://quay.example/{n}", b"<p>%d</p>" % n * 9) for n in range(len(SMALL))]
    sound = [every[number] for number in untouched("gzip", data)]
    assert [entry for entry in found if entry in sound] == sound
    # A checksum of 32 bits stands between damage and a record: nothing is given that never was there. (A member's own
    # header may be hurt without harm.)
    assert [entry for entry in found if entry not in every] == []


@law
@given(hurts)
def test_no_record_before_the_damage_is_lost_in_a_plain_file(file: Path, wounds: list[tuple[float, str, int]]) -> None:
    data = hurt(WHOLE["plain"], wounds)
    first = next((at for at, (a, b) in enumerate(zip(data, WHOLE["plain"], strict=False)) if a != b), len(data))
    found = what(units(file, data)) if first > 400 else None
    if found is not None:
        before = sum(start <= first for start in STARTS["plain"][1:])
        assert [body for _, _, body in found[:before]] == [b"<p>%d</p>" % n * 9 for n in range(before)]


@law
@given(hurts, st.sampled_from(sorted(FORMS)))
@example([(0.765625, "cut", 135), (0.78125, "flip", 57)], "plain")  # a carriage return in the middle of a field
@example([(0.7378688413152167, "flip", 1)], "plain")  # and of one of an HTTP response
def test_damage_never_crashes_and_every_way_gives_the_same(
    file: Path, wounds: list[tuple[float, str, int]], form: str
) -> None:
    file.write_bytes(hurt(FORMS[form](SMALL), wounds))
    try:
        with Archive(file) as archive:
            found = list(archive)
    except UnreadableFile:
        return
    with Archive(file, verify=True) as archive:  # no digests here: the careful way throughout
        assert list(archive) == found
    positions = [unit.position for unit in found]
    assert positions == sorted(positions)
    for number in range(0, len(found), 7):
        if found[number].after != found[number].position:
            with Archive(file, found[number].after) as rest:
                assert what(list(rest)) == what(found[number + 1 :])


@law
@given(st.binary(max_size=600), st.sampled_from(["plain", "gzip", "gzip as a whole", "zstd"]))
def test_any_bytes_for_a_block(file: Path, block: bytes, form: str) -> None:
    found = units(file, FORMS[form]([*SMALL[:9], record("resource", block, Content_Type="x/y"), *SMALL[:9]]))
    assert damages(found) == []
    assert records(found)[9].body == block
    assert len(found) == 19


# ------------------------------------------------------------------------------------------------ telling


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
