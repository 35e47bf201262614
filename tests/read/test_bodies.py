"""Blocks, features and the choice among them: laws on any page, and what must be in and out."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storydesk.read import read_document
from storydesk.read.blocks import likely, weights, worth
from storydesk.read.body import candidates
from storydesk.read.features import features
from storydesk.read.outline import INSIDE, outline

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ARTICLE = [
    "Engineers lowered the water behind the Orrin dam by two metres on Tuesday after a crack was found, they said.",
    "“There is no danger to the villages below,” said Maeve Corrigan, who heads the board and lives in one of them.",
    "About four hundred people had been told to be ready to leave, and most of them had packed a bag by the evening.",
    "The dam was built in 1954 and last repaired in 2003. A report on its state is expected in the course of the week.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)


def blocks(html: str, breaks: int = 2) -> list[str]:
    return [block.text for block in outline(LexborHTMLParser(html), breaks).blocks]


def text(body: str, head: str = "") -> str:
    page = f"<!doctype html><html lang=en><head>{head}<title>Crack in dam</title></head><body>{body}</body></html>"
    return read_document(page.encode(), now=NOW, url="https://tidewater.example/dam").text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one <b>two</b> three</p>", ["one two three"]),
        ("<p>one<b>two</b></p>", ["onetwo"]),
        ("<p>one</p> <p>two</p>", ["one", "two"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<p><a>one</a> <a>two</a></p>", ["one two"]),
        ("one<br>two<br><br>three", ["one two", "three"]),
        ("one<br> <br>two", ["one", "two"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<script>no</script><style>no</style><nav>no</nav><p>yes<noscript>no</noscript></p>", ["yes"]),
        ("<p>co\u00adop\u200berate</p>", ["cooperate"]),
        ("<table><tr><td>one<td>two</table>", ["one", "two"]),
        ("", []),
    ],
)
def test_blocks_are_what_readers_see_as_one_run(html: str, expected: list[str]) -> None:
    assert blocks(html) == expected


def test_a_single_break_ends_a_block_where_asked() -> None:
    assert blocks("one<br>two", breaks=1) == ["one", "two"]


def test_a_block_knows_its_links_and_what_it_stands_in() -> None:
    (block,) = outline(LexborHTMLParser("<article><p>one <a href=x>two</a> <b>three</b></p></article>")).blocks
    assert (block.linked, block.links, block.strong) == (3, 1, 5)
    for tag in ("article", "p", "a", "b"):
        assert block.inside & INSIDE[tag]
    assert not block.inside & INSIDE["footer"]


PIECES = [
    "<p>",
    "</p>",
    "<a href=x>",
    "</a>",
    "<li>",
    "<div class='c d'>",
    "</div>",
    "<br>",
    "<h1>",
    "<!--",
    "-->",
    "&amp;",
]
MARKUP = st.lists(st.sampled_from([*PIECES, *"<>/=' \nwÖ.\0"]), max_size=60).map("".join)


@settings(max_examples=150)
@given(MARKUP)
def test_every_block_of_any_page_is_judged(html: str) -> None:
    page = outline(LexborHTMLParser(html))
    assert all(block.text == " ".join(block.text.split()) != "" for block in page.blocks)
    if page.blocks:
        found = features(page, page.blocks, ("a title", "", ""))
        assert np.isfinite(found.figures).all()
        chances = likely(found, weights())
        assert chances.shape == (len(page.blocks),)
        assert ((chances >= 0) & (chances <= 1)).all()


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 400)), min_size=1, max_size=7))
def test_the_choice_is_the_best_that_there_is(judged: list[tuple[float, int]]) -> None:
    """Against every subset: none has a higher expected F1, as it is approximated by a ratio of expectations."""
    chances, lengths = (np.array(column, float) for column in zip(*judged, strict=True))
    mask, sure = worth(chances.astype(np.float32), lengths)

    def value(kept: np.ndarray) -> float:
        return float(2 * (chances * lengths)[kept].sum() / (lengths[kept].sum() + (chances * lengths).sum() + 1e-9))

    count = len(judged)
    subsets = (np.array([bool(number >> at & 1) for at in range(count)]) for number in range(1, 2**count))
    assert value(mask) == pytest.approx(sure, abs=1e-4)
    assert value(mask) >= max(map(value, subsets)) - 1e-4


def test_menus_and_footers_are_no_candidates() -> None:
    page = outline(
        LexborHTMLParser(
            "<ul>" + "<li><a href=x>World</a>" * 5 + "</ul>" + BODY + "<p><a href=y>A report</a></p>"
            "<article><footer>A note</footer></article><footer><p>Imprint</p></footer>"
        )
    )
    kept = [page.blocks[place].text for place in candidates(page.blocks)]
    assert kept == [*ARTICLE, "A report", "A note"]


FURNITURE = {
    "a menu": "<div class='menu'><ul>" + "<li><a href=x>Local</a><li><a href=y>Sport</a>" * 5 + "</ul></div>",
    "most read": "<aside class='most-read'><h3>Most read</h3><ol>"
    + "<li><a href=x>Ferry runs aground off the northern cape</a><li><a href=y>Mayor of Selby resigns over bridge</a>"
    * 2
    + "</ol></aside>",
    "a newsletter": "<div class='newsletter-signup'><h4>Sign up for our newsletter</h4><p>Our week by mail.</p></div>",
    "a cookie notice": "<div id='cookie-banner' class='cookie-consent'><p>We use cookies and other technologies to mend"
    " your experience. By clicking accept, you agree to our use of cookies.</p><button>Accept</button></div>",
    "an imprint": "<footer><p>© 2026 Tidewater Times. All rights reserved.</p></footer>",
    "sharing": "<div class='share'><a href=x>Share on Facebook</a> <a href=y>Tweet</a></div>",
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_is_left_out(name: str) -> None:
    page = f"<div class='content'><article class='article-body'><h1>Crack in dam</h1>{BODY * 2}</article></div>"
    found = text(FURNITURE[name] + page) if name in ("a menu", "a cookie notice") else text(page + FURNITURE[name])
    assert found == "\n\n".join(ARTICLE * 2)


def test_lists_and_tables_of_an_article_are_kept() -> None:
    rows = "<table><tr><th>Year<th>Level<tr><td>2003<td>41 metres<tr><td>2026<td>39 metres</table>"
    steps = "<ul><li>Close the northern sluice and let the lake fall.<li>Look at the wall from the inside.</ul>"
    found = text(f"<article class='article-body'><h1>Crack in dam</h1>{BODY}{steps}{rows}{BODY}</article>").split(
        "\n\n"
    )
    assert "Close the northern sluice and let the lake fall." in found
    assert "2003 | 41 metres" in found


def test_a_page_drawn_by_script_gives_the_text_in_its_declaration() -> None:
    declared = " ".join(ARTICLE).replace('"', "")
    piece = f'{{"@type":"NewsArticle","headline":"Crack","articleBody":"{declared}"}}'
    head = f'<script type="application/ld+json">{piece}</script>'
    assert text("<div id=app>Loading …</div>", head) == declared


def test_a_live_blog_is_read_with_its_posts() -> None:
    posts = "".join(f"<div class='post'><time>1{at}:00</time><p>{line}</p></div>" for at, line in enumerate(ARTICLE))
    found = text(f"<main><h1>Crack in dam: live</h1><div class='live-blog'>{posts}</div></main>")
    assert all(line in found for line in ARTICLE)
