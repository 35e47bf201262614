"""Every outlet's feed, read by the real gather stage."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storydesk.demo import feeds
from storydesk.demo.edition import Outlet, Printing, load_edition
from storydesk.gather import parse_feed

EDITION = load_edition()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
KINDS = {"rss": "rss", "atom": "atom", "json": "json", "sitemap": "sitemap", "media-rss": "video"}

every_outlet = pytest.mark.parametrize("outlet", EDITION.outlets, ids=lambda outlet: outlet.id)


def printed(revised: bool) -> Printing:
    return Printing(EDITION, "http://127.0.0.1:8001", revised)


@every_outlet
@pytest.mark.parametrize("revised", [False, True])
def test_a_feed_says_what_the_outlet_published(outlet: Outlet, revised: bool) -> None:
    printing = printed(revised)
    parsed = parse_feed(feeds.feed(outlet, printing), feeds.address(outlet, printing), now=NOW)
    assert parsed.kind == KINDS[outlet.feed]
    assert parsed.title == outlet.name
    assert parsed.language == outlet.language
    pieces = {printing.address(piece): piece for piece in EDITION.by(outlet)}
    assert {entry.url for entry in parsed.entries} == pieces.keys()
    for entry in parsed.entries:
        piece = pieces[entry.url]
        assert entry.title == printing.state(piece).title
        assert entry.published == piece.published
        assert (entry.video is not None) == (piece.video is not None)
        assert entry.complete == (outlet.id in feeds.WHOLE)


@every_outlet
def test_a_revision_changes_its_feed_and_no_other(outlet: Outlet) -> None:
    before, after = feeds.feed(outlet, printed(False)), feeds.feed(outlet, printed(True))
    assert (before != after) == any(len(piece.states) > 1 for piece in EDITION.by(outlet))


def test_each_revised_entry_differs_in_what_the_desk_compares() -> None:
    for outlet in EDITION.outlets:
        entries = [
            {
                entry.url: entry
                for entry in parse_feed(feeds.feed(outlet, printing), "http://127.0.0.1/", now=NOW).entries
            }
            for printing in (printed(False), printed(True))
        ]
        for piece in EDITION.by(outlet):
            before, after = (each[printed(False).address(piece)] for each in entries)
            assert (before != after) == (len(piece.states) > 1)


def test_one_rss_feed_carries_the_whole_pieces() -> None:
    outlet = next(outlet for outlet in EDITION.outlets if outlet.id in feeds.WHOLE and outlet.feed == "rss")
    parsed = parse_feed(feeds.feed(outlet, printed(False)), "http://127.0.0.1/", now=NOW)
    texts = {printed(False).address(piece): piece.states[0].paragraphs for piece in EDITION.by(outlet)}
    for entry in parsed.entries:
        assert entry.content.count("<p>") == len(texts[entry.url])


def test_a_long_opening_is_cut_at_a_word() -> None:
    for piece in EDITION.pieces:
        said, opening = feeds.teaser(piece, printed(False)), piece.states[0].paragraphs[0]
        assert len(said) <= feeds.TEASER + 2
        if said.endswith(" …"):
            assert opening.startswith(said[:-1])
