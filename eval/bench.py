"""Speed, each beside a peer in the same run, on one core: ``python -m eval.bench --data DIR``.

Each figure is the median of three passes over the same sample, of five where two readers take turns; machines differ,
so trust the ratios.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from storydesk import pipeline, wire
from storydesk.group import Grouper
from storydesk.model import Account, Comment, Item

Thing = TypeVar("Thing")

PASSES, TURNS = 3, 5
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> int:
    """Runs every bench; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of labelled data")
    data = parser.parse_args().data
    if not data.is_dir():
        print(f"bench: no data in {data}; name its folder with --data", file=sys.stderr)
        return 2
    print(f"{'what':<50} {'per second':>12}")
    for bench in (feeds, pages, archives, items, grouping, comparison, comments):
        for name, rate in bench(data):
            print(f"{name:<50} {rate:>12,.2f}", flush=True)
    return 0


def rate(work: Callable[[], object], count: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """How many of ``count`` things a second ``work`` gets through: the median of the passes."""
    times = []
    for _ in range(PASSES):
        start = clock()
        work()
        times.append(clock() - start)
    return count / statistics.median(times)


def feeds(data: Path) -> Iterator[tuple[str, float]]:
    """Real feeds to entries, beside feedparser."""
    import feedparser

    from storydesk.errors import NotAFeed
    from storydesk.gather import parse_feed

    sample = []
    with tarfile.open(data / "feeds" / "real-feeds.tar.gz") as archive:
        for member in archive.getmembers():
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                sample.append(stream.read())

    def ours(body: bytes) -> None:
        with suppress(NotAFeed):
            parse_feed(body, "https://example.org/feed", now=NOW)

    mine, theirs = in_turn([ours, feedparser.parse], sample)
    yield "feeds: storydesk", mine
    yield "feeds: feedparser", theirs
    yield "feeds: times as many", mine / theirs


def pages(data: Path) -> Iterator[tuple[str, float]]:
    """Pages to items, beside trafilatura's fast mode on the text alone."""
    import trafilatura

    from storydesk.errors import UnreadableFile
    from storydesk.read import read_document

    files = sorted((data / "reading" / "article-extraction-benchmark" / "html").glob("*.gz"))
    sample = [gzip.decompress(file.read_bytes()) for file in files]

    def ours(page: bytes) -> None:
        try:
            read_document(page, now=NOW, url="https://example.org/piece")
        except UnreadableFile:
            return

    mine, theirs = in_turn([ours, lambda page: trafilatura.extract(page, fast=True)], sample)
    yield "pages: storydesk, with metadata", mine
    yield "pages: trafilatura fast, text only", theirs
    yield "pages: times as many", mine / theirs


def archives(data: Path) -> Iterator[tuple[str, float]]:
    """Records of a gzip archive of real pages with their bodies, beside warcio; and the memory that reading takes."""
    import warcio.archiveiterator

    from storydesk.gather.warc import Archive
    from tests.gather.archives import http, packed, record

    files = sorted((data / "reading" / "article-extraction-benchmark" / "html").glob("*.gz"))
    pages = [gzip.decompress(file.read_bytes()) for file in files]
    answers = [packed(record("response", http(page)), 6) for page in pages]
    crawled = [packed(each, 6) for page in pages for each in _crawled(page)]
    small = [packed(record("response", http(b"<p>%d</p>" % number * 100)), 1) for number in range(1_000)]

    def ours(path: Path) -> None:
        with Archive(path) as archive:
            for _ in archive:
                pass

    def theirs(path: Path) -> None:
        with path.open("rb") as opened:
            for each in warcio.archiveiterator.ArchiveIterator(opened):
                each.content_stream().read()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pages.warc.gz")
        path.write_bytes(b"".join(answers))
        mine, peer = in_turn([ours, theirs], [path])
        yield "archives: storydesk, records", mine * len(answers)
        yield "archives: warcio, records", peer * len(answers)
        yield "archives: times as many", mine / peer
        path.write_bytes(b"".join(crawled))
        mine, peer = in_turn([ours, theirs], [path])
        yield "archives: with requests and metadata, times", mine / peer
        for thousands in (10, 100):
            path.write_bytes(b"".join(small) * thousands)
            yield f"archives: MB at most, {thousands},000 records", _peak(path)


def _crawled(page: bytes) -> list[bytes]:
    """What a crawler writes of a page: the request, the response, and what it notes."""
    from tests.gather.archives import http, record

    return [
        record("request", b"GET /news HTTP/1.1\r\nHost: quay.example\r\n\r\n"),
        record("response", http(page)),
        record("metadata", b"fetchTimeMs: 12\r\n", Content_Type="application/warc-fields"),
    ]


def _peak(path: Path) -> float:
    """The most megabytes that a process which reads an archive holds."""
    code = (
        "import sys; from storydesk.gather.warc import Archive\n"
        "with Archive(sys.argv[1]) as archive: count = sum(1 for _ in archive)\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    return float(done.stdout) / 1024


def in_turn(works: Sequence[Callable[[Thing], object]], sample: Sequence[Thing]) -> list[float]:
    """How many things a second each work gets through, one after the other in each turn: the median of them."""
    passes = []
    for _ in range(TURNS):
        seconds = []
        for work in works:
            start = time.perf_counter()
            for thing in sample:
                work(thing)
            seconds.append(time.perf_counter() - start)
        passes.append(seconds)
    return [len(sample) / statistics.median(column) for column in zip(*passes, strict=True)]


def items(data: Path) -> Iterator[tuple[str, float]]:
    """Items through recognise and attribute, beside spaCy alone."""
    sample = _items(data)[:60]
    tools = pipeline.default_tools()
    pipeline.account(sample[0], tools)
    mine = rate(lambda: [pipeline.account(item, tools) for item in sample], len(sample))
    theirs = rate(lambda: [tools.parse(item.text, item.language) for item in sample], len(sample))
    yield "items: sentences, names, quotes", mine
    yield "items: spaCy alone", theirs
    yield "items: of spaCy's own rate (asked: .8)", mine / theirs


def grouping(data: Path) -> Iterator[tuple[str, float]]:
    """Items to stories, online, traits included; without vectors, the vectors alone, and in a window of many. By
    processor time."""
    from eval import volume

    sample = _items(data)
    tools = pipeline.default_tools()
    blank = tools.encode(["news"])
    without = replace(tools, encode=lambda texts: blank.repeat(len(texts), axis=0))

    def ours(given: pipeline.Tools) -> None:
        grouper = Grouper()
        for item in sample:
            grouper.place(pipeline.traits(Account(item), given))

    yield "group: items, all included", rate(lambda: ours(tools), len(sample), time.process_time)
    yield "group: items, everything but vectors", rate(lambda: ours(without), len(sample), time.process_time)
    alone = rate(lambda: [tools.encode([item.text[:400]]) for item in sample], len(sample), time.process_time)
    yield "group: their vectors alone", alone
    yield from volume.measure(data)


def comparison(data: Path) -> Iterator[tuple[str, float]]:
    """Long stories to their coverage, asked of 200 items: under 5 s, and under 200 ms for an item that is added."""
    from eval import long_stories

    yield from long_stories.measure(data)


def comments(data: Path) -> Iterator[tuple[str, float]]:
    """Comments screened, with the encoder at hand as on a desk."""
    from storydesk.language import encode
    from storydesk.moderate import DEFAULT, screen

    lines = _lines(data / "comments" / "toxic-spans-dev.jsonl.gz")[:2000]
    sample = [Comment(id=str(number), text=str(line["text"])) for number, line in enumerate(lines)]
    screen(sample[0], DEFAULT, encode)
    yield "screen: comments", rate(lambda: [screen(comment, DEFAULT, encode) for comment in sample], len(sample))


def _items(data: Path) -> Sequence[Item]:
    return [wire.item_from(line) for line in _lines(data / "stories" / "events69.jsonl.gz")]


def _lines(file: Path) -> list[dict[str, object]]:
    with gzip.open(file, "rt") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    sys.exit(main())
