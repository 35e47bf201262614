"""Who wrote a page and when: as printed beside the headline, as declared, as signed elsewhere; and its headline."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.read.credits import authors, published
from storydesk.read.headline import headline
from storydesk.read.markup import Markup, parse

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TITLE = "Crack found in Orrin dam"
TEXT = "<p>Engineers lowered the water behind the Orrin dam by two metres on Tuesday after a crack was found in it.</p>"


def markup(beside: str = "", head: str = "", below: str = "") -> Markup:
    page = f"<html lang=en><head>{head}</head><body><h1>{TITLE}</h1>{beside}{TEXT * 3}{below}</body></html>"
    found = parse(page)
    assert found is not None
    return found


def ld(inside: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}",{inside}}}</script>'


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>By Ana Ruiz</p>", "Ana Ruiz"),
        ("<p>By Ana Ruiz and Tom Okafor</p>", "Ana Ruiz and Tom Okafor"),
        ("<div><span>By Ana Ruiz</span><span>Senior Reporter</span></div>", "Ana Ruiz"),
        (
            "<div class=byline><a href='/authors/ana'>Ana Ruiz</a> and <a href='/authors/tom'>Tom Okafor</a></div>",
            "Ana Ruiz and Tom Okafor",
        ),
        ("<div class='author-name'>Ana Ruiz</div>", "Ana Ruiz"),
        ("<p>March 3, 2026 • By Ana Ruiz</p>", "Ana Ruiz"),
        ("<p>Von Ana Ruiz</p>", "Ana Ruiz"),
        ("<p>By The Tidewater Team</p>", "The Tidewater Team"),
        ("<p>Share this piece</p>", None),
        ("<p>Standing by the river, they waited.</p>", None),
    ],
)
def test_names_as_the_by_line_prints_them(beside: str, expected: str | None) -> None:
    assert authors(markup(beside), TITLE) == expected


def test_the_declared_author_where_none_is_printed() -> None:
    head = ld('"author":[{"@type":"Person","name":"Ana Ruiz"},{"@type":"Person","name":"Tom Okafor"}]')
    assert authors(markup(head=head), TITLE) == "Ana Ruiz, Tom Okafor"


def test_a_person_printed_outranks_an_organisation_declared() -> None:
    head = ld('"author":{"@type":"Organization","name":"Tidewater Times"},"publisher":{"name":"Tidewater Times"}')
    assert authors(markup("<p>By Ana Ruiz</p>", head), TITLE) == "Ana Ruiz"
    assert authors(markup(head=head), TITLE) == "Tidewater Times"


def test_a_piece_signed_at_its_end() -> None:
    assert authors(markup(below="<p>Written by Ana Ruiz</p>"), TITLE) == "Ana Ruiz"


@pytest.mark.parametrize("name", ["https://tidewater.example/ana", "ana@tidewater.example", "admin", "262588213843476"])
def test_what_names_nobody_is_no_author(name: str) -> None:
    assert authors(markup(head=f'<meta name="author" content="{name}">'), TITLE) is None


@pytest.mark.parametrize(
    "beside",
    [
        "<p>March 3, 2026</p>",
        "<p>Published March 3, 2026</p>",
        "<p>By Ana Ruiz | March 3, 2026</p>",
        "<p>Published on March 3, 2026 in Water</p>",
        "<p><span>Ana Ruiz</span> <span>3 March 2026</span></p>",
        "<p><time datetime='2026-03-03'>Tuesday</time></p>",
        "<p>Updated March 9, 2026</p><p>March 3, 2026</p>",
    ],
)
def test_the_day_as_it_is_printed(beside: str) -> None:
    found = published(markup(beside), TITLE, NOW, None)
    assert found is not None
    assert found.date().isoformat() == "2026-03-03"


def test_another_day_printed_outranks_the_declared_time() -> None:
    head = ld('"datePublished":"2026-05-20T08:00:00Z"')
    printed = published(markup("<p>Published March 3, 2026</p>", head), TITLE, NOW, None)
    assert printed == datetime(2026, 3, 3, tzinfo=UTC)
    assert published(markup("<p>Updated March 3, 2026</p>", head), TITLE, NOW, None) == datetime(
        2026, 5, 20, 8, tzinfo=UTC
    )


def test_the_same_day_printed_leaves_the_declared_time() -> None:
    head = ld('"datePublished":"2026-03-03T23:30:00-05:00"')
    found = published(markup("<p>March 3, 2026</p>", head), TITLE, NOW, None)
    assert found is not None
    assert found.isoformat() == "2026-03-03T23:30:00-05:00"


def test_the_day_in_the_address_is_the_last_resort() -> None:
    assert published(markup(), TITLE, NOW, "https://t.example/2026/03/03/dam") == datetime(2026, 3, 3, tzinfo=UTC)
    assert published(markup(), TITLE, NOW, "https://t.example/2027/03/03/dam") is None
    assert published(markup(), TITLE, NOW, None) is None


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        (f"<h1>{TITLE}</h1>", f"{TITLE} | Tidewater Times", TITLE),
        ("<h1>Tidewater Times</h1>", f"{TITLE} | Tidewater Times", TITLE),
        ("", f"{TITLE} - Tidewater Times", TITLE),
        (f"<h1>3 March {TITLE}</h1>", TITLE, TITLE),
        ("<h1>A crack in the wall of the dam</h1>", "Tidewater Times", "A crack in the wall of the dam"),
        ("<h1>World</h1>", TITLE, TITLE),
        ("", "", ""),
    ],
)
def test_the_headline_that_readers_see(body: str, title: str, expected: str) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="Tidewater Times">'
    found = parse(f"<html><head>{head}</head><body>{body}{TEXT}</body></html>")
    assert found is not None
    assert headline(found, "https://www.tidewatertimes.example/dam") == expected


PIECES = (
    "<p>",
    "<h1>",
    "By ",
    "Ana Ruiz",
    " and ",
    "March 3, 2026",
    "2031-01-01",
    "<time datetime='2030-01-01'>",
    "|",
    "•",
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "<div class=author>", "</div>", ".", "1/2/2027", "Updated "]), max_size=25))
def test_nothing_is_dated_later_than_now(pieces: list[str]) -> None:
    found = markup("".join(pieces))
    at = published(found, headline(found), NOW, None)
    assert at is None or at <= NOW
    assert authors(found, headline(found)) != ""
