"""Who wrote a page and when: as printed beside the headline, as declared, as signed elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.read.around import around
from storydesk.read.credits import authors as authors_of
from storydesk.read.credits import published as published_of
from storydesk.read.credits import updated
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


def authors(page: Markup, title: str, address: str | None = None) -> str | None:
    return authors_of(page, around(page, title), address)


def published(page: Markup, title: str, now: datetime, address: str | None) -> datetime | None:
    return published_of(page, around(page, title), now, address)


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


BY_LINES = [
    ("<p>Von Ana Ruiz und Tom Okafor</p>", "Ana Ruiz und Tom Okafor"),
    ("<p>Eine Analyse von Ana Ruiz</p>", "Ana Ruiz"),
    ("<p>Par Ana Ruiz, journaliste</p>", "Ana Ruiz"),
    ("<p>Por: Ana Ruiz</p>", "Ana Ruiz"),
    ("<p>di Ana Ruiz</p>", "Ana Ruiz"),
    ("<p>Door Ana de Vries</p>", "Ana de Vries"),
    ("<p>Autor: Ana Ruiz</p>", "Ana Ruiz"),
    ("<p>Tekst: Ana Ruiz</p>", "Ana Ruiz"),
    ("<p>Av Ana Ruiz og Tom Okafor</p>", "Ana Ruiz og Tom Okafor"),
    ("<p>Автор: Иван Петров, корреспондент</p>", "Иван Петров"),
    ("<p>Yazar: Ayşe Yılmaz</p>", "Ayşe Yılmaz"),
    ("<p>文：山田太郎</p>", "山田太郎"),
    ("<p>记者 张三</p>", "张三"),
]


@pytest.mark.parametrize(("beside", "expected"), BY_LINES)
def test_by_lines_in_many_languages(beside: str, expected: str) -> None:
    assert authors(markup(beside), TITLE) == expected


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<div>Written by</div><div>AR</div><div>Ana Ruiz</div><div>Senior Reporter</div>", "Ana Ruiz"),
        ("<p>Authors</p><ul><li>Ana Ruiz</li><li>Tom Okafor</li></ul>", "Ana Ruiz, Tom Okafor"),
        ("<div>By</div><div class=category>Water News</div><div>Ana Ruiz</div>", "Ana Ruiz"),
        ("<p><span>By</span><span>Ana Ruiz</span></p>", "Ana Ruiz"),
        ("<p>By <a>Ana Ruiz</a><span>Senior Reporter</span></p>", "Ana Ruiz"),
        ("<p>By Ana Ruiz, PhD, and Tom Okafor, MD</p>", "Ana Ruiz, PhD, and Tom Okafor, MD"),
        ("<p>By Ana Ruiz, Reykjavik correspondent</p>", "Ana Ruiz"),
        ("<p>By Ana Ruiz (@anaruiz) | March 3, 2026</p>", "Ana Ruiz"),
        ("<p>By Linny and Peter</p>", "Linny and Peter"),
        ("<p>By anaruiz</p>", "anaruiz"),
        ("<p>By Our Editors</p>", "Our Editors"),
        ("<p>Medically reviewed by Tom Okafor</p><p>Written by Ana Ruiz</p>", "Ana Ruiz"),
        ("<p>Photos by Tom Okafor</p>", None),
        ("<p>Written by Ana Ruiz, edited by Tom Okafor</p>", "Ana Ruiz"),
        ("<figure><figcaption>By Tom Okafor</figcaption></figure>", None),
        ("<p>Brought to you by Acme Widgets</p>", None),
        ("<p>A film directed by Tom Okafor</p>", None),
        ("<address>Ana Ruiz</address>", "Ana Ruiz"),
        ("<p><a rel=author>Ana Ruiz</a></p>", "Ana Ruiz"),
        ("<div itemprop=author><b itemprop=name>Ana Ruiz</b></div>", "Ana Ruiz"),
        (
            "<div><a href='/authors/ana'>Ana Ruiz</a>, <a href='/authors/tom'>Tom Okafor</a></div>",
            "Ana Ruiz, Tom Okafor",
        ),
        ("<div class=author-bio>A Friend of Rivers</div>", None),
        ("<div class=author>Engineers</div>", None),
    ],
)
def test_how_by_lines_are_built(beside: str, expected: str | None) -> None:
    assert authors(markup(beside), TITLE) == expected


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>Ana Ruiz</p><p>Senior Reporter</p>", "Ana Ruiz"),
        ("<p>Ana Ruiz | Staff Writer | March 3, 2026</p>", "Ana Ruiz"),
        ("<img alt='Portrait of Ana Ruiz'><p>Ana Ruiz</p><p>March 3, 2026</p>", "Ana Ruiz"),
        ("<p><a href='https://social.example/@ana'>Ana Ruiz</a></p><p>March 3, 2026</p>", "Ana Ruiz"),
        ("<p>Middle East</p><p>March 3, 2026</p>", None),
        ("<p><a href='/section/middle-east'>Middle East</a></p><p>March 3, 2026</p>", None),
        ("<p>Ana Ruiz</p><p>The level behind the dam was lowered.</p>", None),
    ],
)
def test_a_name_that_nothing_marks_needs_more_than_a_date(beside: str, expected: str | None) -> None:
    assert authors(markup(beside), TITLE) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (ld('"author":"Ana Ruiz"'), "Ana Ruiz"),
        (ld('"author":"By Ana Ruiz"'), "Ana Ruiz"),
        (ld('"author":{"name":["Ana Ruiz"]}'), "Ana Ruiz"),
        (ld('"author":[{"name":"Ana Ruiz"},{"name":"Ana Ruiz"}]'), "Ana Ruiz"),
        (ld('"author":{"name":"Ana Ruiz, The Tidewater Times"},"publisher":{"name":"Tidewater Times"}'), "Ana Ruiz"),
        (ld('"author":{"name":"Ana Ruiz, AP Water Writer"}'), "Ana Ruiz"),
        (ld('"author":{"name":"Ana Ruiz, PhD"}'), "Ana Ruiz, PhD"),
        (ld('"author":"Our Editors"'), "Our Editors"),
        (ld('"author":{"name":""}') + '<meta name="author" content="Ana Ruiz">', "Ana Ruiz"),
        (ld('"author":{"name":"undefined"}'), None),
        (
            '<meta name="citation_author" content="Ruiz, Ana"><meta name="citation_author" content="Okafor, Tom">',
            "Ana Ruiz, Tom Okafor",
        ),
        ('<meta name="author" content="Ana Ruiz"><meta name="author" content="Tom Okafor">', "Ana Ruiz, Tom Okafor"),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ruiz">', "Ana Ruiz"),
        ('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="5 minutes">', None),
        ('<meta property="article:author" content="https://social.example/ana">', None),
        ('<meta itemprop="creator author" content="Ana Ruiz">', "Ana Ruiz"),
    ],
)
def test_how_authors_are_declared(head: str, expected: str | None) -> None:
    assert authors(markup(head=head), TITLE) == expected


def test_the_fuller_of_the_same_names_is_taken() -> None:
    head = '<meta name="author" content="Ana Ruiz">'
    assert authors(markup("<p class=byline>Ana Ruiz and Tom Okafor</p>", head), TITLE) == "Ana Ruiz and Tom Okafor"
    assert authors(markup("<p>By Ana</p>", head), TITLE) == "Ana Ruiz"


def test_a_by_line_outranks_whoever_is_declared_and_a_mark_does_not() -> None:
    head = '<meta name="author" content="webdesk2">'
    assert authors(markup("<p>By Ana Ruiz</p>", head), TITLE) == "Ana Ruiz"
    assert (
        authors(markup("<p class=author>Tidewater Water Desk</p>", '<meta name="author" content="Ana Ruiz">'), TITLE)
        == "Ana Ruiz"
    )


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<p>This article was written by Ana Ruiz</p>", "Ana Ruiz"),
        ("<h3>About the author</h3><p>Ana Ruiz</p>", "Ana Ruiz"),
        ("<div class=author-box><img><h4>Ana Ruiz</h4><p>Writes about rivers.</p></div>", "Ana Ruiz"),
        ("<div class=comments><p>Posted by Mia Berg</p></div>", None),
        ("<div class=related><p>By Mia Berg</p><p class=author>Mia Berg</p></div>", None),
        ("".join(f"<div><a href='/author/{n}'>{n} Berg</a></div>" for n in ("Mia", "Ida", "Eva")), None),
    ],
)
def test_a_piece_signed_under_its_text(below: str, expected: str | None) -> None:
    assert authors(markup(below=below), TITLE) == expected


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>Published on: 3 March 2026</p>", "2026-03-03"),
        ("<p>Veröffentlicht am 3. März 2026</p>", "2026-03-03"),
        ("<p>Publié le 3 mars 2026</p>", "2026-03-03"),
        ("<p>3 de marzo de 2026</p>", "2026-03-03"),
        ("<p>2026-03-03</p>", "2026-03-03"),
        ("<p>2026年3月3日</p>", "2026-03-03"),
        ("<div>Last updated</div><div>March 9, 2026</div><div>Published</div><div>March 3, 2026</div>", "2026-03-03"),
        (
            "<p><time itemprop=dateModified datetime=2026-03-09>March 9, 2026</time><time class=published "
            "datetime=2026-03-03>March 3, 2026</time></p>",
            "2026-03-03",
        ),
        ("<p>Updated March 9, 2026</p>", "2026-03-09"),
        ("<p>The offer holds from March 3, 2026 for a week</p>", None),
        ("<figure><figcaption>Orrin dam, March 3, 2019</figcaption></figure>", None),
        ("<p>3 hours ago</p>", None),
    ],
)
def test_the_days_that_a_page_prints(beside: str, expected: str | None) -> None:
    found = published(markup(beside), TITLE, NOW, None)
    assert (found.date().isoformat() if found else None) == expected


def test_the_day_above_a_headline_may_be_today() -> None:
    body = f"<div class=masthead><p>Sunday, November 1, 2026</p></div><h1>{TITLE}</h1>{TEXT * 3}"
    found = parse(f"<html><body>{body}</body></html>")
    assert found is not None
    assert published(found, TITLE, NOW, None) is None


def test_the_day_of_the_last_change_does_not_outrank_the_declared_time() -> None:
    head = ld('"datePublished":"2026-02-20T08:00:00Z","dateModified":"2026-03-03T09:00:00Z"')
    assert published(markup("<p>March 3, 2026</p>", head), TITLE, NOW, None) == datetime(2026, 2, 20, 8, tzinfo=UTC)


def test_the_same_moment_in_the_zone_of_the_place() -> None:
    head = ld('"datePublished":"2026-03-04T02:41:00Z"')
    found = published(
        markup("<p><time datetime='2026-03-03T21:41:00-05:00'>March 3</time></p>", head), TITLE, NOW, None
    )
    assert found is not None
    assert found.isoformat() == "2026-03-03T21:41:00-05:00"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="citation_publication_date" content="2026/3/3">',
        '<meta name="dc.date.issued" content="2026-03-03">',
        '<meta name="publish-date" content="March 3, 2026">',
        '<meta itemprop="dateCreated datePublished" content="2026-03-03T00:00:00Z">',
        ld('"@id":"x"')
        .replace("NewsArticle", "LiveBlogPosting")
        .replace('"@id":"x"', '"coverageStartTime":"2026-03-03"'),
    ],
)
def test_where_a_day_is_declared(head: str) -> None:
    found = published(markup(head=head), TITLE, NOW, None)
    assert found is not None
    assert found.date().isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<p>Published on March 3, 2026</p>", "2026-03-03"),
        ("<div>Published</div><div>March 3, 2026</div>", "2026-03-03"),
        ("<p>Published on March 3, 2026</p><p>Published on March 5, 2026</p>", None),
        ("<p>© March 3, 2026 Tidewater Times</p>", None),
        ("<div class=related><time datetime=2026-03-03>March 3</time></div>", None),
        ("<div><time itemprop=datePublished datetime=2026-03-03>Tuesday</time></div>", "2026-03-03"),
    ],
)
def test_a_day_told_under_the_text(below: str, expected: str | None) -> None:
    found = published(markup(below=below), TITLE, NOW, None)
    assert (found.date().isoformat() if found else None) == expected


def test_a_live_blog_was_changed_when_its_latest_entry_was_written() -> None:
    entries = (
        '{"@type":"BlogPosting","datePublished":"2026-03-03T09:00:00Z"},{"datePublished":"2026-03-03T11:30:00Z"},7'
    )
    head = ld(f'"datePublished":"2026-03-03T08:00:00Z","liveBlogUpdate":[{entries}]').replace(
        "NewsArticle", "LiveBlogPosting"
    )
    assert updated(markup(head=head), NOW) == datetime(2026, 3, 3, 11, 30, tzinfo=UTC)
    assert published(markup(head=head), TITLE, NOW, None) == datetime(2026, 3, 3, 8, tzinfo=UTC)


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
