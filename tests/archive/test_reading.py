"""Archives to items: what is read, what is passed over, and a run that is killed and goes on."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk.archive import Journal, Tally, read_archive
from storydesk.errors import UnreadableFile
from storydesk.gather.warc import Archive, Position
from storydesk.model import Item
from storydesk.sandbox import Stream
from storydesk.sandbox.process import start
from tests.gather.archives import FORMS, crawl, http, page, record, response

Begin = Callable[[], subprocess.Popen[bytes]]
STORYDESK = [sys.executable, "-c", "from storydesk.cli.main import main; main()"]
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def read(file: Path, begin: Begin = start) -> tuple[list[Item], Tally]:
    tally, items = Tally(), []
    with Archive(file) as archive, Stream(begin) as reader:
        for outcome in read_archive(archive, str(file), NOW, reader):
            tally.count(outcome)
            if outcome.item:
                items.append(outcome.item)
    return items, tally


@pytest.mark.parametrize("form", FORMS)
def test_every_page_of_a_crawl_is_an_item(form: str, tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc"
    file.write_bytes(FORMS[form](crawl(12)))
    items, tally = read(file)
    assert [item.url for item in items] == [f"https://quay.example/news/{number}" for number in range(12)]
    assert items[3].title == "Crane number 3 stays on the quay"
    assert items[3].text.startswith("The harbour board of Teluk Baru voted on Monday")
    assert (tally.read, tally.damaged, tally.records) == (12, 0, 37)
    assert "37 records: 12 read, 25 without a document, 0 damaged" in str(tally)


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc"
    file.write_bytes(
        b"".join(
            [
                record("response", http(page(1), status="404 Not Found")),
                record("response", http(b"\x89PNG", "Content-Type: image/png")),
                record("response", http(b"<html><body></body></html>")),
                record("revisit", b""),
                record("conversion", b"The quay is closed until Friday, the board said.", Content_Type="text/plain"),
                response(2),
            ]
        )
    )
    items, tally = read(file)
    assert len(items) == 2
    assert tally.passed_over == {
        "not answered with 200": 1,
        "no page": 1,
        "without readable text": 1,
        "without a document": 1,
    }


def test_pages_that_hold_the_reader_are_named_and_reading_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc"
    held, dies, breaks = (
        record("response", http(page(number).replace(b"<body>", f"<body><p>{word}</p>".encode())))
        for number, word in ((2, "HANG"), (4, "DIE"), (5, "BREAK"))
    )
    file.write_bytes(response(1) + held + b"noise\r\n\r\n" + response(3) + dies + breaks + response(6))
    tally, outcomes = Tally(), []
    with Archive(file) as archive, Stream(hostile) as reader:
        for outcome in read_archive(archive, str(file), NOW, reader, longest=0.3):
            tally.count(outcome)
            outcomes.append(outcome)
    numbers = [outcome.item.url[-1] for outcome in outcomes if outcome.item and outcome.item.url]
    assert numbers == ["1", "3", "6"]
    failed = {str(outcome.failed.error).split(" (")[0]: outcome.failed for outcome in outcomes if outcome.failed}
    assert list(failed) == ["took longer than 0.3 s", "ended the process that read it", "cannot be read: ValueError"]
    assert failed["took longer than 0.3 s"].position == Position(len(response(1)))
    assert (tally.read, tally.failed, tally.damaged) == (3, 3, 1)
    assert "3 failed, 1 damaged" in str(tally)


def hostile() -> subprocess.Popen[bytes]:
    """A process that reads, and does what a page says."""
    return subprocess.Popen([sys.executable, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


READER = """
import os, time
from storydesk.read import read_document
from storydesk.sandbox.inside import main

def read(data, **given):
    if b"HANG" in data:
        time.sleep(60)
    if b"DIE" in data:
        os._exit(1)
    if b"BREAK" in data:
        raise ValueError
    return read_document(data, **given)

main(read)
"""


def test_nothing_is_dated_later_than_its_capture(tmp_path: Path) -> None:
    dated = page(1).replace(b"<head>", b'<head><meta property="article:published_time" content="2026-03-05">')
    file = tmp_path / "crawl.warc"
    file.write_bytes(record("response", http(dated)) + response(2))
    items, _ = read(file)
    assert [item.published for item in items] == [None, None]
    file.write_bytes(record("response", http(dated), WARC_Date="2026-03-06T00:00:00Z"))
    assert read(file)[0][0].published == datetime(2026, 3, 5, tzinfo=UTC)


def test_a_journal_goes_on_and_begins_anew_only_when_told(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    with Journal(file, resume=False) as journal:
        journal.write("one", "a.warc", Position(10, 2))
    file.write_bytes(b"one\nhalf a li")
    with pytest.raises(UnreadableFile, match="exists already"):
        Journal(file, resume=False)
    with Journal(file, resume=True) as journal:
        assert journal.start("a.warc") == Position(10, 2)
        assert journal.start("b.warc") == Position(0)
        journal.write("two", "a.warc", Position(20))
        journal.finish("a.warc")
    with Journal(file, resume=True) as journal:
        assert journal.start("a.warc") is None
    assert file.read_text() == "one\ntwo\n"


def test_the_command_names_damage_and_reads_on(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc"
    file.write_bytes(response(1) + b"no record at all, but a line of noise\r\n\r\n" + response(2))
    done = subprocess.run([*STORYDESK, "read", str(file)], capture_output=True, text=True, check=False)
    assert [json.loads(line)["url"] for line in done.stdout.splitlines()] == [
        "https://quay.example/news/1",
        "https://quay.example/news/2",
    ]
    assert done.returncode == 1
    assert f"{file}, byte {len(response(1))}: a record is damaged" in done.stderr
    assert "2 read" in done.stderr
    assert "1 damaged" in done.stderr


def test_a_run_that_is_killed_goes_on_without_loss(tmp_path: Path) -> None:
    file, output = tmp_path / "crawl.warc.gz", tmp_path / "items.jsonl"
    file.write_bytes(FORMS["gzip"](crawl(2_000)))
    command = [*STORYDESK, "read", str(file), "--output", str(output), "--resume"]
    chance, kills = random.Random(3), 0
    for _ in range(4):
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(0.8 + chance.random() / 2)
        running.send_signal(signal.SIGKILL)
        kills += running.wait() == -signal.SIGKILL
    subprocess.run(command, stderr=subprocess.DEVNULL, check=True)
    assert kills
    urls = [json.loads(line)["url"] for line in output.read_text().splitlines()]
    assert urls == [f"https://quay.example/news/{number}" for number in range(2_000)]


def test_going_on_needs_a_file(tmp_path: Path) -> None:
    done = subprocess.run([*STORYDESK, "read", "x.warc", "--resume"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--output" in done.stderr
