"""All that can be had of a damaged archive, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storydesk.errors import UnreadableFile
from storydesk.gather.warc import Archive, Damage, Position
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
@example([(0.09375, "flip", 1)], "zstd with a dictionary")  # a dictionary that is found damaged when it is used
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
