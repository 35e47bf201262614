"""Bytes that are no text, and texts in every encoding."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from storydesk.errors import UnreadableFile
from storydesk.read import read_document
from storydesk.read.encoding import decode, mend

NOW = datetime(2026, 11, 1, tzinfo=UTC)
GERMAN = (
    "Der Bürgermeister von Größenhain erklärte, die Brücke über den Fluss müsse schnellstmöglich geschlossen werden. "
)
RUSSIAN = "Губернатор области заявил, что новый мост через реку откроют до конца года, если позволит погода. "


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"abc\0def", "binary"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"\x89PNG\r\n\x1a\nrest", "PNG"),
        (b"\xff\xd8\xff\xe0rest", "JPEG"),
        (b"PK\x03\x04rest", "ZIP"),
        (gzip.compress(b"text", mtime=0), "gzip"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b"<!doctype html><html><body></body></html>", "without readable text"),
        (b"<!-- nothing -->\n<html></html>", "without"),
        (bytes(value % 255 + 1 for value in range(7, 40_000, 37)), "encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_document(data, now=NOW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_german_in_every_encoding(encoding: str) -> None:
    assert decode((GERMAN * 5).encode(encoding)) == GERMAN * 5


def test_the_page_is_believed_before_the_header() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(page.encode("cp1251"), "text/html; charset=iso-8859-1")


def test_the_header_is_believed_where_the_page_is_silent() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "text/plain; charset=KOI8-R") == RUSSIAN


def test_silent_bytes_are_detected() -> None:
    assert decode((RUSSIAN * 10).encode("cp1251")) == RUSSIAN * 10


def test_valid_utf8_is_utf8_whatever_a_template_declares() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(page.encode())


def test_latin_1_is_read_as_browsers_do() -> None:
    assert decode(b"\x93Never,\x94 she said", "text/html; charset=iso-8859-1") == "“Never,” she said"


def test_an_unknown_label_is_passed_over() -> None:
    assert decode("naïve".encode(), "text/html; charset=x-user-defined") == "naïve"


def test_mojibake_is_mended_and_the_rest_left() -> None:
    broken = "“No secret,” he said.\nThe cafÃ© in MÃ¼nster reopened.\r\n"
    assert mend(broken) == "“No secret,” he said.\nThe café in Münster reopened.\r\n"
    assert mend("‘As given’ — ﬁne… &amp; so on\n") == "‘As given’ — ﬁne… &amp; so on\n"
