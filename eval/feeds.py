"""Feeds: feedparser's own cases, and real downloads, each read or refused with its reason.

A case of feedparser's names, in its first comment, expressions that must hold of what is read. Those on what Storydesk
reads are looked at (an entry's title, address, id, summary, content, author, times, language and publisher; the
feed's title, home, description, language and picture); a case none of whose expressions is on any of these is not
counted, nor is CDF, which nobody has published for twenty years, nor HTTP's Content-Language, which is not looked at.
An entry without an address or an id is given one, since Storydesk keeps none that has no words either. Words
are compared as Storydesk keeps them: without markup.
"""

from __future__ import annotations

import ast
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from storydesk.errors import NotAFeed
from storydesk.gather import ParsedFeed, parse_feed
from storydesk.gather.parsed import language_tag, plain, title_line
from storydesk.model import Entry

__all__ = ["cases", "measure"]

SERVER = "http://127.0.0.1:8097/tests/"
"""Where feedparser's tests serve their files from, which some of the addresses that they expect begin with."""

EXPECT = re.compile(r"Expect:\s*(.*?)\s*(?:-->|\Z)", re.S)
HEADER = re.compile(r"^Header:\s*([\w-]+):\s*(.*?)\s*$", re.M | re.I)
PATH = re.compile(r"\[(\d+|'[\w:-]+'|\"[\w:-]+\")\]|\.(\w+)")
KEPT = re.compile(rb"<(?:item|entry)(?:\b.*<(?:link|guid|id)\b| rdf:about)", re.S)
BEGINNING = re.compile(rb"<(?:item|entry)(?:\s[^>]*)?>")
LISTED = 12
"""Cases that do not hold which are printed."""

Holds = Callable[[object], bool]


def measure(data: Path) -> list[tuple[str, float]]:
    """Prints what does not hold and what was refused; the figures."""
    folder = data / "feeds"
    well_formed, all_held = _cases(folder / "feedparser-tests.tar.gz")
    return [
        ("feeds/feedparser's well-formed cases that hold", well_formed),
        ("feeds/all of feedparser's cases that hold", all_held),
        *_real(folder / "real-feeds.tar.gz"),
    ]


def _cases(archive: Path) -> tuple[float, float]:
    held: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    listed = 0
    for name, holds in cases(archive):
        kind = name.split("/")[0] if not name.startswith("wellformed") else "/".join(name.split("/")[:2])
        counted[kind] += 1
        held[kind] += holds
        if not holds and listed < LISTED:
            listed += 1
            print(f"  does not hold: {name}")
    for kind, count in sorted(counted.items()):
        print(f"  {kind:<28} {held[kind]:>4} of {count:>4}")
    well = [kind for kind in counted if kind.startswith("wellformed")]
    return sum(held[kind] for kind in well) / sum(counted[kind] for kind in well), held.total() / counted.total()


def cases(archive: Path) -> Iterator[tuple[str, bool]]:
    """Each case that is on something Storydesk reads, and whether it holds. Any exception but NotAFeed goes through."""
    for path, body in _files(archive):
        name = path.partition("feedparser-tests/")[2] or path
        text = _comment(body)
        expected = EXPECT.search(text)
        if expected is None or "/cdf/" in name or "Content-Language:" in text:
            continue
        headers = {field.lower(): value for field, value in HEADER.findall(text)}
        url = urljoin(SERVER + name, headers.get("content-location", ""))
        document = body
        if not KEPT.search(body):
            document = BEGINNING.sub(rb"\g<0><id>case</id>", body, count=1)
        try:
            feed = parse_feed(document, url, content_type=headers.get("content-type"))
        except NotAFeed:
            feed = None
        outcomes = [outcome for outcome in _outcomes(expected[1], feed) if outcome is not None]
        if outcomes:
            yield name, all(outcomes)


def _comment(body: bytes) -> str:
    for encoding in ("utf-8", "utf-16", "utf-32", "cp037"):
        try:
            text = body[:8_000].decode(encoding, "strict" if encoding != "utf-8" else "replace")
        except UnicodeDecodeError:
            continue
        if "Expect:" in text:
            return text.split("-->")[0]
    return ""


def _outcomes(expression: str, feed: ParsedFeed | None) -> Iterator[bool | None]:
    """For each part of a condition whether it holds; ``None`` for what is not looked at."""
    try:
        tree = ast.parse(expression.strip().replace("\n", " "), mode="eval").body
    except SyntaxError:
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if not (isinstance(part, ast.Compare) and len(part.ops) == 1 and isinstance(part.ops[0], ast.Eq)):
            continue
        try:
            wanted = ast.literal_eval(part.comparators[0])
        except ValueError:
            continue
        looked_at = _looked_at(ast.unparse(part.left), feed)
        yield None if looked_at is None else feed is not None and looked_at(wanted)


def _looked_at(path: str, feed: ParsedFeed | None) -> Holds | None:
    """What compares the value at a path of feedparser's with ours; ``None`` for what Storydesk does not read."""
    steps = [a.strip("'\"") or b for a, b in PATH.findall(path)]
    if path.startswith("entries") and len(steps) > 1 and steps[0].isdigit():
        entry = feed.entries[int(steps[0])] if feed and int(steps[0]) < len(feed.entries) else None
        return _of_entry("/".join(steps[1:]), entry)
    if path.startswith("feed[") or path.startswith("feed."):
        return _of_feed("/".join(steps), feed)
    return None


def _of_entry(path: str, entry: Entry | None) -> Holds | None:
    at = entry or Entry(url="")
    compare: dict[str, Holds] = {
        **dict.fromkeys(("title", "title_detail/value"), lambda wanted: title_line(str(wanted)) == at.title),
        "link": lambda wanted: wanted == at.url,
        **dict.fromkeys(("id", "guid"), lambda wanted: wanted in (at.guid, at.url)),
        **dict.fromkeys(
            ("summary", "description", "summary_detail/value"),
            lambda wanted: _same(wanted, at.summary, plain(at.content)),
        ),
        "content/0/value": lambda wanted: _same(wanted, at.summary, plain(at.content)),
        **dict.fromkeys(("author", "author_detail/name"), lambda wanted: _named(str(wanted), at.author)),
        **dict.fromkeys(
            ("published_parsed", "updated_parsed", "created_parsed"),
            lambda wanted: _at(wanted) in (at.published, at.updated),
        ),
        **dict.fromkeys(
            ("language", "content/0/language", "title_detail/language"),
            lambda wanted: language_tag(wanted) == at.language,
        ),
        "source/title": lambda wanted: title_line(str(wanted)) in (at.publisher, at.title),
    }
    return _if_there(compare.get(path), entry)


def _of_feed(path: str, feed: ParsedFeed | None) -> Holds | None:
    at = feed or ParsedFeed("", None, "", None, None, (), "rss")
    compare: dict[str, Holds] = {
        **dict.fromkeys(("title", "title_detail/value"), lambda wanted: title_line(str(wanted)) == at.title),
        "link": lambda wanted: wanted == at.home,
        **dict.fromkeys(
            ("subtitle", "description", "tagline", "subtitle_detail/value", "tagline_detail/value"),
            lambda wanted: _same(wanted, at.description),
        ),
        "language": lambda wanted: language_tag(wanted) == at.language,
        "image/href": lambda wanted: wanted == at.image,
    }
    return _if_there(compare.get(path), feed)


def _if_there(compare: Holds | None, value: object) -> Holds | None:
    return compare and (lambda wanted: value is not None and compare(wanted))


def _same(wanted: object, *ours: str) -> bool:
    words = plain(str(wanted)).split()
    return any(text.split() == words for text in ours)


def _named(wanted: str, author: str | None) -> bool:
    """feedparser gives "Name (address)" where Storydesk keeps the name."""
    name = title_line(re.sub(r"\s*\(\S*@\S*\)$", "", wanted))
    return name in (author or "")


def _at(wanted: object) -> datetime | None:
    if not isinstance(wanted, tuple):
        return None
    year, month, day, hour, minute, second, *_ = wanted
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _real(archive: Path) -> Iterator[tuple[str, float]]:
    read = refused = entries = 0
    files = list(_files(archive))
    for name, body in files:
        try:
            feed = parse_feed(body, "https://outlet.example/feed", now=datetime(2030, 1, 1, tzinfo=UTC))
        except NotAFeed as error:
            refused += bool(error.message and error.hint)
            print(f"  refused: {name.rpartition('/')[2]}: {error.message}")
        except Exception as error:  # what must not happen is counted, and the rest is read
            print(f"  broke: {name.rpartition('/')[2]}: {error!r}")
        else:
            read += 1
            entries += len(feed.entries)
    print(f"  {read} of {len(files)} real downloads read, {refused} refused, {entries} entries")
    yield "feeds/real downloads read or refused with a reason", (read + refused) / len(files)
    yield "feeds/entries of the real downloads", entries


def _files(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and (opened := tar.extractfile(member)):
                yield member.name, opened.read()
