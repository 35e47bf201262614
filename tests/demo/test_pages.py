"""Every page of the edition, read back by the real reader: all of the words, and none of the furniture."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from storydesk.demo import furniture, pages
from storydesk.demo.edition import Edition, Outlet, Piece, Printing, State, load_edition
from storydesk.gather import discover
from storydesk.model import Item
from storydesk.read import read_document

EDITION = load_edition()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
REVISED = Printing(EDITION, "http://127.0.0.1:8001", revised=True)

every_piece = pytest.mark.parametrize("piece", EDITION.pieces, ids=lambda piece: piece.slug)
every_outlet = pytest.mark.parametrize("outlet", EDITION.outlets, ids=lambda outlet: outlet.id)


def read_back(piece: Piece, printing: Printing = REVISED) -> Item:
    page = pages.item_page(piece, printing).encode()
    return read_document(page, now=NOW, url=printing.address(piece), content_type="text/html; charset=utf-8")


def recalled(text: str, item: Item) -> float:
    """The share of the words of a text that the item holds."""
    wanted, found = Counter(text.split()), Counter(item.text.split())
    return (wanted & found).total() / wanted.total()


@every_piece
def test_a_page_reads_back(piece: Piece) -> None:
    state, item = REVISED.state(piece), read_back(piece)
    assert item.title == state.title
    assert item.published == piece.published
    assert item.url == REVISED.address(piece)
    assert item.language == outlet_of(piece).language
    assert (item.video is not None) == (piece.video is not None)
    assert recalled(state.text, item) >= 0.97
    own = {*state.paragraphs, piece.credit, piece.summary}
    assert [line for line in item.text.split("\n\n") if line not in own] == []


@every_piece
def test_readers_comments_are_kept_apart(piece: Piece) -> None:
    comments = read_back(piece).comments
    thread = {text for _, text in furniture.THREAD}
    assert {comment.text for comment in comments} <= thread
    assert bool(comments) == (outlet_of(piece).layout == "portal")


def test_a_first_state_reads_back_as_it_was() -> None:
    first = Printing(EDITION, "http://127.0.0.1:8001")
    for piece in (piece for piece in EDITION.pieces if len(piece.states) > 1):
        item = read_back(piece, first)
        assert item.title == piece.states[0].title
        assert recalled(piece.states[0].text, item) >= 0.97


@every_piece
def test_a_page_says_that_it_is_fiction(piece: Piece) -> None:
    assert "Fictional: written for Storydesk&#x27;s demo edition" in pages.item_page(piece, REVISED)


@every_outlet
def test_a_front_page_leads_to_its_feed(outlet: Outlet) -> None:
    page = pages.front_page(outlet, REVISED)
    links = [link.url for link in discover(page.encode(), REVISED.home(outlet))]
    wanted = REVISED.home(outlet) + {"json": "feed.json", "sitemap": "sitemap.xml"}.get(outlet.feed, "feed.xml")
    assert (wanted in links) or (outlet.feed == "sitemap" and 'rel="sitemap" type="application/xml"' in page)
    assert all(REVISED.address(piece) in page for piece in EDITION.by(outlet))


def test_what_an_edition_says_cannot_break_out_of_its_page() -> None:
    nasty = '</script><script>alert("1")</script> & "quotes" <b>'
    state = State(at=datetime(2026, 3, 2, tzinfo=UTC), title=nasty, text=nasty)
    for layout in ("classic", "broadsheet", "portal", "blog", "video"):
        outlet = Outlet("o", nasty, "site", "IE", "en", nasty, "rss", layout, nasty)
        piece = Piece("e", "o", "slug", state.at, (state,), author=nasty, summary=nasty, credit=nasty, video="v")
        printing = Printing(Edition((outlet,), (piece,), ()), "http://127.0.0.1:8001")
        page = pages.item_page(piece, printing)
        assert "<script>alert" not in page
        assert "<b>" not in page
        assert page.count("</script>") == page.count('<script type="application/ld+json">')


def outlet_of(piece: Piece) -> Outlet:
    return next(outlet for outlet in EDITION.outlets if outlet.id == piece.source)
