"""Exports of comments, each in the shape that its system gives it: read, put in order, and survived where broken."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import UnreadableFile
from storydesk.gather.exports import Damage, Exported, format_of, parents_first, read
from storydesk.gather.exports import coral as coral_export
from storydesk.gather.exports import disqus as disqus_export
from storydesk.gather.exports import isso as isso_export
from storydesk.gather.exports import wordpress as wordpress_export
from storydesk.gather.exports.exported import words
from storydesk.gather.exports.values import values

HERE = Path(__file__).parent
ONE = datetime(2026, 3, 2, 13, tzinfo=UTC)


def from_coral(file: IO[bytes]) -> Iterator[Exported | Damage]:
    """What is read of a file of Coral's that holds all collections."""
    known = coral_export.Known()
    known.learn(file)
    return coral_export.comments(file, known)


READERS: list[Callable[[IO[bytes]], Any]] = [
    disqus_export.comments,
    wordpress_export.comments,
    isso_export.comments,
    from_coral,
]


def found(*names: str) -> tuple[list[Exported], list[Damage]]:
    """What is read of some files of the fixtures, by their beginnings."""
    paths = [HERE / name for name in names]
    everything = list(read(paths, format_of(paths)))
    kept = [one for one in everything if isinstance(one, Exported)]
    return kept, [one for one in everything if isinstance(one, Damage)]


def test_disqus() -> None:
    kept, damage = found("disqus.xml")
    assert [(one.id, one.parent, one.standing) for one in kept] == [
        ("11", "", "approved"),
        ("12", "11", "approved"),
        ("13", "12", "refused"),
        ("14", "13", "approved"),
        ("15", "14", "approved"),
        ("17", "", "deleted"),
    ]
    first = kept[0]
    assert (first.author, first.mail, first.at) == ("Una Daly", "Una@Example.org", ONE)
    assert first.thread == "https://courier-1.example/ferry?utm_source=disqus"
    assert first.text == (
        "When does the ferry sail again?\n\n"
        "The timetable (https://port.example/timetable) says\nnothing & nobody answers."
    )
    assert damage == [Damage(f"{HERE / 'disqus.xml'}, comment 16", "has no time that can be read")]


def test_wordpress() -> None:
    kept, damage = found("wordpress.xml")
    assert [(one.id, one.standing) for one in kept] == [
        ("courier-1.example 2", "approved"),
        ("courier-1.example 3", "pending"),
        ("courier-1.example 5", "refused"),
        ("courier-1.example 9", "approved"),
    ]
    assert kept[0].parent == kept[1].id
    assert kept[0].text == "It answers a comment that comes later.\n\nSecond paragraph, with stress."
    assert [one.thread for one in kept[2:]] == ["https://courier-1.example/ferry/", "https://courier-1.example/bakery/"]
    assert kept[1].at == datetime(2026, 3, 2, 13, 30, tzinfo=UTC)
    assert damage == []
    assert [one.id[-1] for one in parents_first(kept) if isinstance(one, Exported)] == ["3", "2", "5", "9"]


def test_coral_with_its_stories_and_users_in_any_order() -> None:
    kept, damage = found("coral.json", "coral-users.json", "coral-stories.json")
    assert kept == found("coral-stories.json", "coral.json", "coral-users.json")[0]
    assert [(one.id, one.author, one.standing) for one in kept] == [
        ("c1", "Una", "approved"),
        ("c2", "Per", "approved"),
        ("c3", "Per", "refused"),
        ("c4", "", "deleted"),
        ("c5", "Una", "pending"),
    ]
    assert kept[0].text == "When does it sail?\n\nNobody says."
    assert kept[0].mail == "una@example.org"
    assert {one.thread for one in kept} == {"https://courier-1.example/ferry"}
    assert kept[1].at == datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
    assert kept[1].parent == "c1"
    assert damage == []


def test_the_json_that_isso_imports() -> None:
    kept, damage = found("isso.json")
    assert [(one.id, one.thread, one.author) for one in kept] == [
        ("/ferry#1", "/ferry", "Una"),
        ("/ferry#2", "/ferry", ""),
    ]
    assert kept[0].text == "When does it *sail*?"
    assert kept[1].text == "On Thursday.\n\nSo they said."
    assert damage == [Damage(f"{HERE / 'isso.json'}, comment /bakery#1", "has no time that can be read")]


def test_the_database_of_isso(tmp_path: Path) -> None:
    path = tmp_path / "comments.db"
    database = sqlite3.connect(path)
    database.executescript(
        """
        CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
        CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
          created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR NOT NULL,
          author VARCHAR, email VARCHAR,
          website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL,
          notification INTEGER DEFAULT 0);
        INSERT INTO threads VALUES (1, '/ferry', 'Ferry aground');
        INSERT INTO comments VALUES (1, 1, NULL, 1772456400.5, NULL, 1, '', 'When?', 'Una', NULL, NULL, 0, 0, '', 0);
        INSERT INTO comments VALUES (1, 2, 1, 1772456500, NULL, 2, '192.0.2.0', 'Soon.', NULL, NULL, NULL, 0, 0, '', 0);
        INSERT INTO comments VALUES (1, 3, 1, 1772456500, NULL, 4, '192.0.2.0', '', NULL, NULL, NULL, 0, 0, '', 0);
        """
    )
    database.close()
    assert format_of([path]) == "isso"
    kept = [one for one in read([path], "isso") if isinstance(one, Exported)]
    assert [(one.id, one.parent, one.standing) for one in kept] == [
        ("/ferry#1", "", "approved"),
        ("/ferry#2", "/ferry#1", "pending"),
        ("/ferry#3", "/ferry#1", "deleted"),
    ]
    path.write_bytes(path.read_bytes()[:5000])
    assert any(isinstance(one, Damage) for one in read([path], "isso"))


def test_a_packed_file_is_unpacked_and_one_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "export.xml.gz"
    whole = gzip.compress((HERE / "disqus.xml").read_bytes())
    path.write_bytes(whole)
    assert format_of([path]) == "disqus"
    plain = [one for one in read([HERE / "disqus.xml"], "disqus") if isinstance(one, Exported)]
    assert [one for one in read([path], "disqus") if isinstance(one, Exported)] == plain
    path.write_bytes(whole[:-200])
    assert [one.where for one in read([path], "disqus") if isinstance(one, Damage)][-1] == str(path)


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear desk,")
    for wrong in (path, tmp_path, tmp_path / "missing"):
        with pytest.raises(UnreadableFile, match=re.escape(str(wrong))):
            format_of([HERE / "coral.json", wrong])


def test_damage_is_named_with_its_file(tmp_path: Path) -> None:
    lines = (HERE / "coral.json").read_bytes().splitlines(keepends=True)
    stories, comments, packed = (tmp_path / name for name in ("stories.json", "comments.json", "users.json.gz"))
    stories.write_bytes(lines[0])
    comments.write_bytes(b"{,\n".join(lines[1:3]))
    places = [one.where for one in read([stories, comments], "coral") if isinstance(one, Damage)]
    assert places == [f"{comments}, line 2"]
    packed.write_bytes(gzip.compress(lines[0] * 50)[:-12])
    assert [one.where for one in read([stories, packed], "coral") if isinstance(one, Damage)] == [str(packed)]


def test_markup_broken_in_one_comment_costs_no_other() -> None:
    whole = (HERE / "disqus.xml").read_bytes()
    for broken in (
        whole.replace(b"<name>Per</name>", b"<name>Per & \x0b</name>", 1),
        whole.replace(b"</author>", b"", 1),
    ):
        everything = list(disqus_export.comments(io.BytesIO(broken)))
        assert {"14", "15"} <= {one.id for one in everything if isinstance(one, Exported)}
        assert [one for one in everything if isinstance(one, Damage) and one.where.startswith("line")]


def test_a_line_of_json_that_is_broken_costs_no_other() -> None:
    lines = (HERE / "coral.json").read_bytes().splitlines()
    broken = b"\n".join([lines[0], lines[1][:40], b"[[[[" * 5000, b'"' + b"x" * 70_000, *lines[2:]])
    everything = list(from_coral(io.BytesIO(broken)))
    assert [one.id for one in everything if isinstance(one, Exported)] == ["c1", "c3", "c4", "c5"]
    assert [one.where for one in everything if isinstance(one, Damage)] == ["line 2", "line 4"]


def test_entities_are_not_resolved_and_nothing_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(9))
    document = (
        f'<!DOCTYPE disqus [{bomb}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
        '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><post dsq:id="1&e8;">'
        "<message>Words &e8; &file; words</message><createdAt>2026-03-02T13:00:00Z</createdAt></post></disqus>"
    )
    tracemalloc.start()
    everything = list(disqus_export.comments(io.BytesIO(document.encode())))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    said = repr(everything)
    assert "secret" not in said
    assert "boomboom" not in said
    assert held < 5_000_000


def test_a_long_export_is_read_in_bounded_memory() -> None:
    head, _, rest = (HERE / "wordpress.xml").read_bytes().partition(b"\t<item>")
    item = b"\t<item>" + rest.partition(b"</item>")[0] + b"</item>\n"
    held = []
    for times in (200, 2000):
        file = io.BytesIO(head + item * times + b"</channel></rss>")
        tracemalloc.start()
        assert sum(1 for _ in wordpress_export.comments(file)) == 3 * times
        held.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert held[1] < held[0] + 500_000


def test_a_value_of_many_megabytes_is_read_and_the_small_ones_after_it() -> None:
    lines = [json.dumps({"big": "x" * 5_000_000}), *(json.dumps({"n": n}) for n in range(20_000))]
    assert sum(1 for one in values(io.BytesIO("\n".join(lines).encode())) if isinstance(one, dict)) == 20_001


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Plain words,\nline by line.", "Plain words,\nline by line."),
        ("<script>alert(1)</script>Words<style>p{}</style>", "Words"),
        ("2 &lt; 3 &amp;&amp; <b>4</b>", "2 < 3 && 4"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ('<a href="https://a.example/">https://a.example/</a>', "https://a.example/"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<div>" * 8000 + "deep", "deep"),
        ("<img src=x onerror=alert(1)>", ""),
    ],
)
def test_markup_becomes_words(markup: str, expected: str) -> None:
    assert words(markup) == expected


@given(st.text())
def test_words_of_any_text_are_text(text: str) -> None:
    assert isinstance(words(text), str)


@given(st.integers(0, 3), st.binary(max_size=400))
def test_garbage_raises_nothing(which: int, data: bytes) -> None:
    assert all(isinstance(one, Exported | Damage) for one in READERS[which](io.BytesIO(data)))


@given(
    st.sampled_from([(0, "disqus.xml"), (1, "wordpress.xml"), (2, "isso.json"), (3, "coral.json")]),
    st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=6)), max_size=4),
)
def test_damaged_exports_raise_nothing(which: tuple[int, str], changes: list[tuple[int, bytes]]) -> None:
    data = (HERE / which[1]).read_bytes()
    for place, put in changes:
        data = data[:place] + put + data[place + len(put) :]
    assert all(isinstance(one, Exported | Damage) for one in READERS[which[0]](io.BytesIO(data)))


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=9, unique_by=lambda pair: pair[0]))
def test_every_comment_comes_once_and_after_its_parent_unless_they_turn_in_a_circle(
    pairs: list[tuple[int, int]],
) -> None:
    given_ones = [Exported(f"{one}", "", "", "", "x", ONE, f"{above}" if above != one else "") for one, above in pairs]
    order = [one for one in parents_first(given_ones) if isinstance(one, Exported)]
    assert sorted(order, key=repr) == sorted(given_ones, key=repr)
    above = {one.id: one.parent for one in given_ones}
    for place, one in enumerate(order):
        line, at = {one.id}, one.parent
        while at in above and at not in line:
            line.add(at)
            at = above[at]
        if at not in above and one.parent in above:
            assert one.parent in {before.id for before in order[:place]}
