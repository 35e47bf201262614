"""The story page shows what the design asks of it, and not a word more than an outlet wrote."""

from __future__ import annotations

import json
import re
from html import unescape

from django.test import Client

from storydesk import wire
from tests.site.conftest import COURIER, Edition


def text_of(html: str) -> str:
    """What is on the page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_nine_parts_stand_in_order(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    parts = ["brief", "when", "items", "quotes", "sides", "cards", "sources", "comments", "take-away"]
    places = [html.index(f'<section id="{part}"') for part in parts]
    assert places == sorted(places)


def test_the_head_counts(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Told by 2 independent origins" in text
    assert "Items 3 Outlets 3 Independent origins 2 Language English" in text
    assert "First seen 2 March 2026, 12:00 UTC" in text


def test_each_line_leads_to_the_exact_words(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    first = COURIER.split("\n")[0]
    assert f"/items/courier-1/?r=1&amp;w=0-{len(first)}#words" in html
    assert "https://courier-1.example/ferry#:~:text=" in html


def test_only_verbatim_words_stand_between_quotation_marks(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    quotes = html[html.index('id="quotes"') : html.index('id="sides"')]
    inside = [text_of(found) for found in re.findall(r"<p>“(.*?)”</p>", quotes, re.S)]
    assert inside == ["Nobody was hurt and nobody panicked", "Nobody was hurt"]
    assert "<mark>was</mark>" in quotes
    assert "reported" in quotes


def test_one_wording_in_two_outlets_stands_once_with_both(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    quotes = html[html.index('id="quotes"') : html.index('id="sides"')]
    assert quotes.count("<p>“Nobody was hurt and nobody panicked”</p>") == 1
    caption = re.search(r"<figcaption>(.*?)</figcaption>", quotes, re.S)
    assert caption
    assert "The Courier" in caption[1]
    assert "The Echo" in caption[1]


def test_only_here_stands_beside_how_much_of_each_rival_was_read(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Only The Courier (and its copy in The Echo)" in text
    assert "Not found in what was read of Kyst Radio (35 words, not the whole)." in text


def test_a_copy_is_no_rival(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    only = text[text.index("Only The Courier") : text.index("Only Kyst Radio")]
    assert "The Echo (" not in only


def test_the_public_is_not_given_a_whole_text_in_pieces(edition: Edition, stranger: Client, reader: Client) -> None:
    public = stranger.get("/stories/s1/").content.decode()
    assert "A bus was waiting" not in public
    assert "2 more, which the outlet’s own page tells" in text_of(public)
    assert "A bus was waiting" not in stranger.get("/stories/s1.json").content.decode()
    assert "A bus was waiting" in reader.get("/stories/s1/").content.decode()
    assert "A bus was waiting" in reader.get("/stories/s1.json").content.decode()


def test_differences_are_marked_on_both_sides(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    differ = html[html.index('class="differences"') :]
    assert "<mark>41</mark>" in differ
    assert "<mark>43</mark>" in differ


def test_the_comparison_is_a_table_with_scopes(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    table = html[html.index('class="compare') :]
    assert table.count('scope="col"', 0, table.index("</thead>")) == 4
    assert 'scope="row">All 2</th>' in table
    assert "same origin as The Courier" in table


def test_the_drawing_can_be_read_without_seeing_it(edition: Edition, stranger: Client) -> None:
    html = stranger.get("/stories/s1/").content.decode()
    drawing = html[html.index('<svg class="chart wide"') :]
    assert 'aria-labelledby="t-wide d-wide"' in drawing
    assert "3 items by 3 outlets, the first by The Courier" in drawing
    assert drawing.count('class="first"', 0, drawing.index("</svg>")) == 2
    assert drawing.count('class="again"', 0, drawing.index("</svg>")) == 1
    assert "The same as a table" in html


def test_comments_of_the_outlets_pages_are_counted_never_shown(edition: Edition, reader: Client) -> None:
    for page in ("/stories/s1/", "/items/courier-1/"):
        html = reader.get(page).content.decode()
        assert "stood in the outlet" not in html
        assert "kept apart and not shown" in html


def test_cards_carry_origin_and_date(edition: Edition, stranger: Client) -> None:
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "Tromsø City in Norway Population 78,000 2024 Facts: GeoNames 3 recent items: Tromsø" in text
    assert "of whom the desk has no card Berit Lund The Courier, The Echo, Kyst Radio" in text


def test_a_related_story_says_why(edition: Edition, stranger: Client) -> None:
    from dataclasses import replace

    from tests.site.conftest import accounts, coverage, keep

    courier, _, _ = accounts()
    later = replace(courier, item=replace(courier.item, id="courier-2"))
    found = replace(coverage(), story="s2", headline="The ferry sails again")
    keep((later,), found)
    text = text_of(stranger.get("/stories/s1/").content.decode())
    assert "The ferry sails again" in text
    assert "Both name Berit Lund, Tromsø." in text


def test_the_coverage_comes_back_as_it_was_written(edition: Edition, reader: Client) -> None:
    record = json.loads(reader.get("/stories/s1.json").content)
    assert wire.coverage_from(record) == wire.coverage_from(edition.story.coverage)


def test_quotes_as_a_table_are_inert(edition: Edition, stranger: Client) -> None:
    edition.story.coverage["utterances"][0]["speaker"] = "=HYPERLINK(1)"
    edition.story.save()
    lines = stranger.get("/stories/s1/quotes.csv").content.decode().splitlines()
    assert lines[0].startswith("speaker,outlet,verbatim,words")
    assert len(lines) == 5
    assert lines[1].startswith("'=HYPERLINK(1),The Courier,yes,Nobody was hurt and nobody panicked,")


def test_what_changed_between_revisions_is_shown(edition: Edition, stranger: Client) -> None:
    from storydesk.desk.models import ItemRow, RevisionRow
    from tests.site.conftest import NOON

    row = ItemRow.objects.get(pk="courier-1")
    first = row.revisions.get()
    record = {**first.record, "text": COURIER.replace("41 people", "forty people"), "revision": 2}
    account = {**first.account, "item": {**first.account["item"], "revision": 2}}
    RevisionRow.objects.create(item=row, number=2, digest="y", seen=NOON, record=record, account=account)
    row.revision = row.told = 2
    row.save()
    for page in ("/stories/s1/", "/items/courier-1/"):
        html = stranger.get(page).content.decode()
        assert "<del>41</del>" in html
        assert "<ins>forty</ins>" in html
