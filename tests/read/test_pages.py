"""HTML pages: what they declare, what they print, and what must stay out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.errors import UnreadableFile
from storydesk.model import Entry, Item, ReaderComment, Source, Video
from storydesk.read import read_document
from storydesk.read.markup import parse

NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://www.tidewater.example/news/dam"
BODY = """
<p>Engineers lowered the water behind the Orrin dam by two metres on Tuesday after a crack was found in its
eastern wall, the water board said.</p>
<p>“There is no danger to the villages below,” said Maeve Corrigan, who heads the board. About four hundred people
had been told to be ready to leave.</p>
<p>The dam was built in 1954 and last repaired in 2003. A report on its state is expected next week.</p>
"""


def page(
    head: str = "", body: str = BODY, before: str = "<h1>Crack found in Orrin dam</h1>", lang: str = ' lang="en-IE"'
) -> bytes:
    return (
        f"<!doctype html><html{lang}><head>{head}</head><body><article>{before}{body}</article></body></html>".encode()
    )


def read(data: bytes, url: str | None = URL, **given_by: object) -> Item:
    return read_document(data, now=NOW, url=url, **given_by)  # type: ignore[arg-type]


def ld(inside: str) -> str:
    return f'<script type="application/ld+json">{inside}</script>'


def test_the_text_is_the_article_without_its_headline() -> None:
    item = read(page())
    assert item.title == "Crack found in Orrin dam"
    assert item.text.split("\n\n")[0].startswith("Engineers lowered the water")
    assert item.text.endswith("expected next week.")
    assert len(item.text.split("\n\n")) == 3
    assert (item.language, item.source, item.partial) == ("en-IE", "tidewater.example", False)


def test_declarations() -> None:
    head = """<title>Crack found in Orrin dam | Tidewater Times</title>
    <link rel="canonical" href="https://tidewater.example/news/dam?utm_source=feed">
    <meta property="og:site_name" content="Tidewater Times"><meta property="og:image" content="/dam.jpg">
    <meta property="og:description" content="The water board lowers the level.">""" + ld(
        '{"@type":"NewsArticle","headline":"Crack found in Orrin dam","datePublished":"2026-03-03T09:30:00+02:00",'
        '"author":[{"@type":"Person","name":"Ana Ruiz"},{"@type":"Person","name":"Tom Okafor"}]}'
    )
    item = read(page(head))
    assert item.published == datetime(2026, 3, 3, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    assert item.author == "Ana Ruiz, Tom Okafor"
    assert item.url == "https://tidewater.example/news/dam"
    assert item.source == "Tidewater Times"
    assert item.image == "https://tidewater.example/dam.jpg"
    assert item.summary == "The water board lowers the level."


@pytest.mark.parametrize("tag", ["div", "nav", "noscript"])
def test_what_is_declared_counts_wherever_it_stands(tag: str) -> None:
    piece = ld('{"@type":"NewsArticle","datePublished":"2026-03-03T09:30:00+02:00"}')
    before = f'<{tag}>{piece}<meta property="og:image" content="/dam.jpg"></{tag}>'
    item = read(page(before=before))
    assert item.published == datetime(2026, 3, 3, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    assert item.image == "https://www.tidewater.example/dam.jpg"


def test_what_readers_do_not_see_is_no_part_of_a_name() -> None:
    hidden = "<script>track('author')</script><svg><title>Portrait</title></svg><noscript>Switch on</noscript>"
    name = f'<p><span itemprop="author">{hidden}Ana Ruiz</span></p>'
    assert read(page(before=name)).author == "Ana Ruiz"


def test_an_author_told_in_another_object() -> None:
    head = ld(
        '{"@graph":[{"@type":"Article","headline":"Crack","author":{"@id":"#ana"},"datePublished":"2026-03-03"},'
        '{"@type":"Person","@id":"#ana","name":"Ana Ruiz"}]}'
    )
    assert read(page(head)).author == "Ana Ruiz"


@pytest.mark.parametrize(
    ("inside", "dated"),
    [
        ('{"@type":"NewsArticle","keywords":["dam","water", ],"datePublished":"2026-03-03",}', True),
        ('{"@type":"Place","name":"Orrin"},{"@type":"NewsArticle","datePublished":"2026-03-03"}', True),
        ('{"@type":"NewsArticle",\n  // empty for branded pieces\n  "datePublished":"2026-03-03"}', True),
        ('{"@type":"NewsArticle","url":"https://t.example/a","datePublished":"2026-03-03",}', True),
        ('{"@type":"NewsArticle" "datePublished":\'2026-03-03\'}', False),
    ],
)
def test_json_ld_written_by_hand(inside: str, dated: bool) -> None:
    found = parse(f"<html><head>{ld(inside)}</head><body><p>Water.</p></body></html>")
    assert found is not None
    assert (found.article.get("datePublished") == "2026-03-03") is dated


def test_author_and_date_as_printed() -> None:
    before = "<h1>Crack found in Orrin dam</h1><div><span>By Ana Ruiz</span> <span>Published March 3, 2026</span></div>"
    item = read(page(before=before))
    assert (item.author, item.published) == ("Ana Ruiz", datetime(2026, 3, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2031-01-01T00:00:00Z">',
        '<meta property="article:published_time" content="0001-01-01">',
        '<meta property="article:published_time" content="yesterday">',
        ld('{"@type":"NewsArticle","datePublished":"1970-01-01T00:00:00Z"}'),
        "",
    ],
)
def test_an_impossible_date_is_none(head: str) -> None:
    assert read(page(head)).published is None


def test_a_date_later_than_now_gives_way_to_the_next() -> None:
    head = (
        '<meta property="article:published_time" content="2031-01-01"><meta name="date" content="2026-03-03T10:00:00Z">'
    )
    assert read(page(head)).published == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_the_address_of_another_site_is_not_believed() -> None:
    assert read(page('<link rel="canonical" href="https://rival.example/scoop">')).url == URL
    assert read(page('<link rel="canonical" href="https://www.tidewater.example/">')).url == URL


def test_the_same_piece_has_the_same_id_by_whatever_way_it_came() -> None:
    canonical = f'<link rel="canonical" href="{URL}">'
    ids = {
        read(page(canonical), url=address).id
        for address in (URL, URL + "#top", URL + "?utm_campaign=x", URL + "?page=amp")
    }
    assert len(ids) == 1
    assert read(page(), url=URL + "?id=2").id not in ids


@pytest.mark.parametrize(
    ("value", "partial"), [("false", True), ('"False"', True), ("true", False), ('"http://schema.org/False"', True)]
)
def test_a_paywall_is_what_the_markup_declares(value: str, partial: bool) -> None:
    assert (
        read(page(ld(f'{{"@type":"NewsArticle","headline":"Crack","isAccessibleForFree":{value}}}'))).partial is partial
    )


def test_words_about_subscribing_are_no_paywall() -> None:
    assert not read(page(body=BODY + "<p>Subscribe to continue reading. This content is for members only.</p>")).partial


def test_a_video_page() -> None:
    head = """<meta property="og:type" content="video.other">
    <meta property="og:title" content="Crack found in Orrin dam">
    <meta property="og:description" content="Engineers lower the water behind the dam after a crack was found.">
    <meta property="og:site_name" content="YouTube">"""
    body = """<span itemprop="author"><link itemprop="url" href="https://www.youtube.com/@tide">
    <link itemprop="name" content="Tide TV"></span>"""
    item = read(page(head, body, before=""), url="https://www.youtube.com/watch?v=abc-123")
    assert item.video == Video(
        url="https://www.youtube.com/watch?v=abc-123",
        embed="https://www.youtube-nocookie.com/embed/abc-123",
        channel="Tide TV",
        channel_url="https://www.youtube.com/@tide",
    )
    assert item.text.startswith("Engineers lower the water")
    assert not item.partial


def test_an_article_with_a_video_in_it_is_an_article() -> None:
    head = ld('[{"@type":"NewsArticle","headline":"Crack"},{"@type":"VideoObject","embedUrl":"https://v.example/1"}]')
    assert read(page(head)).video is None


def test_reader_comments_are_kept_apart() -> None:
    thread = """<div id="comments"><h3>2 comments</h3><ol>
    <li class="comment"><cite class="fn">Joe</cite> says:
      <div class="comment-content"><p>They knew for years.</p><p>Shame.</p></div>
      <ul><li class="comment"><cite class="fn">Mia</cite>
      <div class="comment-content"><p>Who is they, exactly?</p></div></li></ul></li>
    </ol></div>"""
    item = read(page(body=BODY + thread))
    assert item.comments == (
        ReaderComment("They knew for years.\n\nShame.", "Joe"),
        ReaderComment("Who is they, exactly?", "Mia"),
    )
    assert "They knew" not in item.text
    assert "Who is they" not in item.text


def test_declared_comments() -> None:
    head = ld(
        '{"@type":"NewsArticle","headline":"Crack","comment":[{"@type":"Comment","text":"Shame.","author":{"name":"Joe"}}]}'
    )
    assert read(page(head)).comments == (ReaderComment("Shame.", "Joe"),)


def test_language_is_detected_where_none_is_declared() -> None:
    assert read(page(lang="")).language == "en"


def test_a_page_drawn_by_script_still_has_its_description() -> None:
    head = '<title>Crack</title><meta name="description" content="The level behind the dam was lowered.">'
    item = read(page(head, body="<script>draw()</script>", before=""))
    assert (item.text, item.partial) == ("The level behind the dam was lowered.", True)


def test_a_page_is_known_by_its_tags_or_its_header() -> None:
    assert read(BODY.encode(), content_type="text/html").text.startswith("Engineers")
    plain = "Engineers wrote <b>nothing</b> in the report of the dam, as the board said on Monday."
    assert read(plain.encode(), content_type="text/plain").text == plain


ENTRY = Entry(
    url=URL,
    title="Crack found in Orrin dam",
    published=datetime(2026, 3, 3, 8, tzinfo=UTC),
    summary="<p>The level was lowered.</p><p><a href='x'>Continue reading</a></p>",
    author="Ana Ruiz",
)


def test_what_the_page_leaves_open_comes_from_the_feed() -> None:
    item = read(page(), entry=ENTRY, source=Source("tide", "Tidewater Times"))
    assert (item.author, item.published) == ("Ana Ruiz", ENTRY.published)
    assert (item.source, item.carrier, item.summary) == ("Tidewater Times", None, "The level was lowered.")
    assert item.text.startswith("Engineers")


def test_an_unreadable_page_falls_back_to_the_feed() -> None:
    empty = b"<!doctype html><html><body><div id=app></div></body></html>"
    item = read(empty, entry=ENTRY)
    assert (item.text, item.partial) == ("The level was lowered.", True)
    with pytest.raises(UnreadableFile):
        read(empty)


def test_the_publisher_that_a_plain_page_names_was_only_carried() -> None:
    text = (
        "Ridge TV published this video item, entitled “Crack found” – below is their description.\n\n"
        + "The dam holds, they said. " * 9
    )
    item = read(text.encode(), source="The Aggregator")
    assert (item.source, item.carrier) == ("Ridge TV", "The Aggregator")


@settings(max_examples=60)
@given(st.text(alphabet="<>/ab p=\"'&;#-!h1dvtime\n", max_size=200))
def test_arbitrary_markup_is_read_or_refused(inside: str) -> None:
    try:
        item = read(f"<html><head>{inside}</head><body>{inside}</body></html>".encode())
    except UnreadableFile:
        return
    assert item.text.strip()


def test_a_change_after_publication_is_told_and_one_at_publication_is_not() -> None:
    published = '<meta property="article:published_time" content="2026-03-02T07:15:00+01:00">'
    changed = published + '<meta property="article:modified_time" content="2026-03-02T09:40:00+01:00">'
    assert read(page(changed)).updated == datetime(2026, 3, 2, 8, 40, tzinfo=UTC)
    assert read(page(published + published.replace("published", "modified"))).updated is None
    assert read(page(published)).updated is None


def test_a_change_that_only_the_feed_tells_is_taken_from_it() -> None:
    said = Entry(url=URL, published=datetime(2026, 3, 2, tzinfo=UTC), updated=datetime(2026, 3, 4, tzinfo=UTC))
    assert read(page(), entry=said).updated == said.updated
