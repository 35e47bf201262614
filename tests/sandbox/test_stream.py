"""Many documents read in order elsewhere: what comes back, what is held, and what happens when it is left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from storydesk.errors import StorydeskError, TooLarge, Unreachable, UnreadableFile
from storydesk.read import read_document
from storydesk.sandbox import DocumentJob, Stream

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TEXT = "The quay of Teluk Baru is closed until Friday, the harbour board said on Monday. Number {} of the cranes stays."


def job(seconds: float = 5.0) -> DocumentJob:
    return DocumentJob("quay.txt", None, "text/plain", NOW, seconds)


def running(code: str) -> Callable[[], subprocess.Popen[bytes]]:
    return lambda: subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_items_come_in_order_as_they_are_read_here() -> None:
    texts = [TEXT.format(number).encode() * (1 + number % 7 * 40) for number in range(200)]
    found = []
    with Stream() as stream:
        for text in texts:
            stream.put(job(), text)
            if stream.full:
                found.append(stream.take())
        found += [stream.take() for _ in range(len(texts) - len(found))]
    assert found == [read_document(text, now=NOW, path="quay.txt", content_type="text/plain") for text in texts]


def test_a_date_keeps_its_zone() -> None:
    page = (
        b"<html><head><meta property='article:published_time' content='2026-03-05T09:00:00+07:00'></head><body>"
        + f"<article><h1>Quay closed</h1><p>{TEXT * 4}</p></article>".encode()
    )
    with Stream() as stream:
        item = stream.read(DocumentJob("quay.html", None, "text/html", NOW, 5.0), page)
    assert item.published is not None
    assert item.published.isoformat() == "2026-03-05T09:00:00+07:00"


def test_what_is_given_ahead_is_bounded() -> None:
    with Stream() as stream:
        stream.put(job(), TEXT.encode() * 10_000)
        assert stream.full
        assert not isinstance(stream.take(), StorydeskError)
        assert not stream.full


def test_large_answers_and_large_documents_do_not_wait_for_each_other() -> None:
    text = "\n\n".join(TEXT.format(number) for number in range(1_500)).encode()
    with Stream() as stream:
        for _ in range(6):
            stream.put(job(), text)
        assert len({repr(stream.take()) for _ in range(6)}) == 1


def test_each_error_is_raised_as_here() -> None:
    with Stream() as stream:
        with pytest.raises(UnreadableFile):
            stream.read(job(), b"\x89PNG\r\n\x1a\n\0\0\0")
        assert stream.read(job(), TEXT.encode()).text == TEXT


def test_one_that_never_ends_in_the_midst_of_a_pattern_is_ended() -> None:
    code = (
        "import re\nfrom storydesk.read import read_document\nfrom storydesk.sandbox.inside import main\n"
        "def read(data, **given):\n"
        "    re.fullmatch(r'(a|aa)*b', data.decode())\n    return read_document(data, **given)\n"
        "main(read)"
    )
    with Stream(running(code)) as stream:
        with pytest.raises(TooLarge, match=r"took longer than 0\.2 s"):
            stream.read(job(0.2), b"a" * 200)
        assert stream.read(job(), TEXT.encode()).text == TEXT


def test_a_process_that_does_not_start_is_told() -> None:
    with Stream(running("raise SystemExit(1)")) as stream, pytest.raises(Unreachable, match="does not start"):
        stream.put(job(), TEXT.encode())
