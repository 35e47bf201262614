"""Who wrote a page: as printed beside the headline, as declared, as signed elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.read.around import around
from storydesk.read.credits import authors as authors_of
from storydesk.read.headline import headline
from storydesk.read.markup import Markup
from tests.read.orrin import TITLE, markup


def authors(page: Markup, title: str, address: str | None = None) -> str | None:
    return authors_of(page, around(page, title), address)


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


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "<h1>", "By ", "Ana Ruiz", " and ", "March 3, 2026", "|", "•", "<div class=author>", "</div>", "."]
        ),
        max_size=25,
    )
)
def test_an_author_is_never_empty(pieces: list[str]) -> None:
    found = markup("".join(pieces))
    assert authors(found, headline(found)) != ""


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>By <b itemprop=author itemscope><i itemprop=name>Ask the Engineers</i></b></p>", "Ask the Engineers"),
        ("<footer><b itemprop=author>The Tidewater Team</b></footer>", "The Tidewater Team"),
        ("<footer><b itemprop=author>By Ana Ruiz</b></footer>", "Ana Ruiz"),
        ("<footer><b itemprop=author><i>Ana Ruiz</i> <i>Dam Reporter</i></b></footer>", "Ana Ruiz"),
        ("<div class=comment-list><b itemprop=author>Tom</b></div>", None),
        ("<footer><b itemprop=author>https://t.example/ana</b></footer>", None),
    ],
)
def test_an_author_in_microdata(beside: str, expected: str | None) -> None:
    assert authors(markup(below=beside), TITLE) == expected


@pytest.mark.parametrize("label", ["Related Topics", "Cited"])
def test_a_label_is_no_name(label: str) -> None:
    below = f"<div class=author-box>{label}</div><p>Written by Ana Ruiz</p>"
    assert authors(markup(below=below), TITLE) == "Ana Ruiz"
    assert authors(markup(f"<p>By {label}</p>"), TITLE) is None


def test_what_was_done_is_no_name() -> None:
    beside = "<p class=byline><span>Author</span> Posted by <a href=/blog/author-tidewater>Tidewater</a></p>"
    assert authors(markup(beside), TITLE) == "Tidewater"


def test_the_authors_that_catalogues_list_come_before_the_one_who_is_said_to_have_made_it() -> None:
    head = '<meta name="dc.creator" content="Ana Ruiz">' + "".join(
        f'<meta name="citation_author" content="{name}">' for name in ("Ruiz, Ana", "Okafor, Tom")
    )
    assert authors(markup(head=head), TITLE) == "Ana Ruiz, Tom Okafor"


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("ana.ruiz", "Tom Okafor"),
        ("desk7", "Tom Okafor"),
        ("tomokafor", "Tom Okafor"),
        ("Ruiz", "Ruiz"),
        ("Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz, Sr. Director of Dams - 10+ Years", "Ana Ruiz"),
        ("Ana Ruiz, Sr.", "Ana Ruiz, Sr."),
    ],
)
def test_a_name_marked_beside_the_headline_outranks_that_of_an_account(declared: str, expected: str) -> None:
    head = f'<meta name="author" content="{declared}">'
    assert authors(markup("<div class=author-info>Tom Okafor</div>", head), TITLE) == expected
