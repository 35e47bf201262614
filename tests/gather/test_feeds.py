"""Every form of feed to the same entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from storydesk.gather import ParsedFeed, parse_feed
from storydesk.model import Entry, Video

URL = "https://quay.example/news/feed.xml"
NOW = datetime(2026, 3, 3, tzinfo=UTC)
MORNING = datetime(2026, 3, 2, 7, 15, tzinfo=UTC)


def rss(items: str, head: str = "<title>The Quay Gazette</title>", version: str = "2.0") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="{version}" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel>{head}{items}</channel></rss>"
    ).encode()


def item(inside: str) -> Entry:
    """The only entry of an RSS feed with this item."""
    (entry,) = parse_feed(rss(f"<item>{inside}</item>"), URL, now=NOW).entries
    return entry


def test_rss() -> None:
    feed = parse_feed(
        rss(
            """<item><title>Ferry &amp;amp; tide</title><link> /ferry </link><guid isPermaLink="false">q-1</guid>
            <pubDate>Mon, 02 Mar 2026 08:15:00 +0100</pubDate><author>desk@quay.example (Ines Quill)</author>
            <description>The &lt;b&gt;ferry&lt;/b&gt; is back.</description>
            <content:encoded><![CDATA[<p>The ferry is back after a winter in dock.</p>]]></content:encoded>
            <media:content url="/ferry.jpg" medium="image"/></item>""",
            """<title>The Quay Gazette</title><link>https://quay.example/</link><language>en-gb</language>
            <description>News of the harbour</description><image><url>/logo.png</url></image>""",
        ),
        URL,
        now=NOW,
    )
    assert feed == ParsedFeed(
        title="The Quay Gazette",
        home="https://quay.example/",
        description="News of the harbour",
        language="en-GB",
        image="https://quay.example/logo.png",
        kind="rss",
        entries=(
            Entry(
                url="https://quay.example/ferry",
                title="Ferry & tide",
                published=MORNING,
                author="Ines Quill",
                summary="The ferry is back.",
                content="<p>The ferry is back after a winter in dock.</p>",
                complete=True,
                language="en-GB",
                image="https://quay.example/ferry.jpg",
                guid="q-1",
            ),
        ),
    )


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_a_lone_description_is_summary_and_never_the_whole_piece(version: str) -> None:
    data = rss(
        "<item><title>A</title><link>/a</link><description>&lt;p&gt;Tide.&lt;/p&gt;</description></item>", "", version
    )
    (entry,) = parse_feed(data, URL).entries
    assert (entry.summary, entry.content, entry.complete) == ("Tide.", "<p>Tide.</p>", False)


def test_rss_one_point_zero() -> None:
    data = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://quay.example/"><title>Quay</title><link>https://quay.example/</link></channel>
    <item rdf:about="https://quay.example/1"><title>One</title><link>https://quay.example/1</link>
    <dc:date>2026-03-02T07:15:00Z</dc:date><dc:creator>Ines Quill</dc:creator></item></rdf:RDF>"""
    feed = parse_feed(data, URL, now=NOW)
    assert feed.kind == "rdf"
    assert [(e.url, e.title, e.published, e.author) for e in feed.entries] == [
        ("https://quay.example/1", "One", MORNING, "Ines Quill")
    ]


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Quai</title>
<link rel="self" href="/feed.xml"/><link href="https://quai.example/"/>
<entry><title type="html">L&amp;#39;&amp;eacute;cluse</title><id>tag:quai.example,2026:1</id><link href="ecluse"/>
<published>2026-03-02T07:15:00Z</published><updated>2026-03-02T09:00:00+01:00</updated>
<author><name>Ines Quill</name></author>%s</entry></feed>"""


def test_atom() -> None:
    feed = parse_feed((ATOM % "<content type='html'>&lt;p&gt;Rouverte.&lt;/p&gt;</content>").encode(), URL, now=NOW)
    assert (feed.kind, feed.title, feed.home, feed.language) == ("atom", "Le Quai", "https://quai.example/", "fr")
    assert feed.entries == (
        Entry(
            url="https://quay.example/news/ecluse",
            title="L'écluse",
            published=MORNING,
            updated=MORNING + timedelta(minutes=45),
            author="Ines Quill",
            content="<p>Rouverte.</p>",
            complete=True,
            language="fr",
            guid="tag:quai.example,2026:1",
        ),
    )


def test_the_true_publisher_is_kept() -> None:
    entry = item('<title>A</title><link>/a</link><source url="https://pier.example/">Pier Post</source>')
    assert (entry.publisher, entry.publisher_url) == ("Pier Post", "https://pier.example/")
    copied = "<source><title>Pier Post</title><link rel='self' href='/x'/><link href='https://pier.example/'/></source>"
    (entry,) = parse_feed((ATOM % copied).encode(), URL, now=NOW).entries
    assert (entry.publisher, entry.publisher_url) == ("Pier Post", "https://pier.example/")
    assert item('<title>A</title><link>/a</link><source url="https://forum.example/a.rss">A</source>').publisher is None


def test_a_video_channel() -> None:
    data = b"""<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
    xmlns="http://www.w3.org/2005/Atom"><title>Harbour TV</title><link rel="alternate" href="https://video.example/channel/1"/>
    <entry><id>yt:video:Ab-9_x1234Z</id><yt:videoId>Ab-9_x1234Z</yt:videoId><title>The lock opens</title>
    <link rel="alternate" href="https://video.example/watch?v=Ab-9_x1234Z"/>
    <author><name>Harbour TV</name><uri>https://video.example/channel/1</uri></author>
    <published>2026-03-02T07:15:00+00:00</published>
    <media:group><media:content url="https://video.example/v/1" type="video/mp4"/>
    <media:thumbnail url="https://video.example/1.jpg"/><media:description>First line.

Second line.</media:description></media:group></entry></feed>"""
    feed = parse_feed(data, URL, now=NOW)
    (entry,) = feed.entries
    assert feed.kind == "video"
    assert entry.summary == "First line.\n\nSecond line."
    assert entry.image == "https://video.example/1.jpg"
    assert entry.video == Video(
        url="https://www.youtube.com/watch?v=Ab-9_x1234Z",
        embed="https://www.youtube-nocookie.com/embed/Ab-9_x1234Z",
        channel="Harbour TV",
        channel_url="https://video.example/channel/1",
    )


def test_a_player_named_by_media_rss_makes_a_video() -> None:
    entry = item('<title>A</title><link>/a</link><media:player url="/player/1"/><media:thumbnail url="/1.jpg"/>')
    assert entry.video == Video("https://quay.example/a", "https://quay.example/player/1", "The Quay Gazette", None)
    assert item('<title>A</title><link>/a</link><media:player url="javascript:x"/>').video is None


def test_json_feed() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "home_page_url": "https://quay.example/",
        "language": "en-US",
        "icon": "/icon.png",
        "items": [
            {
                "id": 1,
                "url": "/1",
                "title": "One",
                "content_html": "<p>Body.</p>",
                "date_published": "2026-03-02T07:15:00Z",
            },
            {
                "id": "https://quay.example/2",
                "content_text": "Short note.",
                "authors": [{"name": "I. Quill"}, {"name": "B. Ash"}],
            },
            {"id": "3", "title": "No address", "author": {"name": "Ines"}, "date_modified": "not a date", "image": 7},
            "no item",
            {},
        ],
    }
    feed = parse_feed(json.dumps(document).encode(), URL, now=NOW)
    assert (feed.kind, feed.title, feed.language, feed.image) == (
        "json",
        "Quay",
        "en-US",
        "https://quay.example/icon.png",
    )
    assert feed.entries == (
        Entry(
            "https://quay.example/1", "One", MORNING, content="<p>Body.</p>", complete=True, language="en-US", guid="1"
        ),
        Entry(
            "https://quay.example/2",
            author="I. Quill, B. Ash",
            summary="Short note.",
            language="en-US",
            guid="https://quay.example/2",
        ),
        Entry(f"{URL}#3", "No address", author="Ines", language="en-US", guid="3"),
    )


def test_a_news_sitemap() -> None:
    data = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://quay.example/1</loc><news:news>
    <news:publication><news:name>Quay Gazette</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-03-02T07:15:00Z</news:publication_date><news:title>One</news:title></news:news></url>
    <url><loc>https://quay.example/about</loc></url></urlset>"""
    feed = parse_feed(data, URL, now=NOW)
    assert (feed.kind, feed.title, feed.home, feed.language) == (
        "sitemap",
        "Quay Gazette",
        "https://quay.example/",
        "en",
    )
    assert feed.entries == (Entry("https://quay.example/1", "One", MORNING, language="en", publisher="Quay Gazette"),)


# ---------------------------------------------------------------------- what the forms say in their own ways


@pytest.mark.parametrize(
    ("inside", "content"),
    [
        ('<content type="html">&lt;p&gt;Open &amp;amp; dry.&lt;/p&gt;</content>', "<p>Open &amp; dry.</p>"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &lt; b<br/></p></div></content>',
            "<p>A &lt; b<br></p>",
        ),
        ('<content type="application/octet-stream">PHA+T3Blbi48L3A+</content>', "<p>Open.</p>"),
        ('<content><p title="&quot;x&quot;">Bare</p> words</content>', '<p title="&quot;x&quot;">Bare</p> words'),
    ],
)
def test_atom_s_ways_to_hold_markup(inside: str, content: str) -> None:
    (entry,) = parse_feed((ATOM % inside).encode(), URL, now=NOW).entries
    assert entry.content == content


def test_an_element_of_another_namespace_is_not_mistaken_for_the_feed_s_own() -> None:
    inside = (
        '<title>A</title><media:title>Of the picture</media:title><link>/a</link><atom:link rel="self" href="/self" '
        'xmlns:atom="http://www.w3.org/2005/Atom"/><x:title xmlns:x="urn:x">Of something else</x:title>'
    )
    entry = item(inside)
    assert (entry.title, entry.url) == ("A", "https://quay.example/a")


def test_links_are_relative_to_the_base_that_the_document_names() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://pier.example/news/"><title>P</title>
    <link href="."/><entry xml:base="2026/"><title>One</title><link href="one"/></entry>
    <entry><title>Two</title><link href="two" xml:base="/old/"/></entry></feed>"""
    feed = parse_feed(data, URL)
    assert feed.home == "https://pier.example/news/"
    assert [e.url for e in feed.entries] == ["https://pier.example/news/2026/one", "https://pier.example/old/two"]


def test_an_entry_s_own_language_goes_before_the_feed_s() -> None:
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>P</title>
    <entry xml:lang="de"><title>Eins</title><link href="/1"/></entry>
    <entry><title>Deux</title><link href="/2"/></entry>
    <entry xml:lang=""><title>3</title><link href="/3"/></entry></feed>"""
    assert [entry.language for entry in parse_feed(data, URL).entries] == ["de", "fr", None]
    assert item("<title>A</title><link>/a</link><dc:language>sv</dc:language>").language == "sv"


def test_every_author_is_named_once() -> None:
    people = "".join(f"<author><name>{name}</name></author>" for name in ("Tom Okafor", "Ines Quill"))
    (entry,) = parse_feed((ATOM % people).encode(), URL, now=NOW).entries
    assert entry.author == "Ines Quill, Tom Okafor"
    assert item("<title>A</title><author>Ines Quill &lt;desk@quay.example&gt;</author>").author == "Ines Quill"


def test_a_long_description_without_markup_is_kept_whole() -> None:
    words = "The ferry is back after a winter in dock. " * 300
    entry = item(f"<title>A</title><link>/a</link><description>{words}</description>")
    assert entry.content == words.strip()
    assert entry.summary == words[: len(entry.summary)]
    assert 1_950 <= len(entry.summary) <= 2_000
    assert not entry.complete


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 02 Mar 2026 07:15:00 GMT",
        "Mon, 2 Mar 26 07:15 Z",
        "2 March 2026 08:15:00 CET",
        "Mon,02 Mar 2026 08:15:00 +01:00",
        "Monday, 02-Mar-26 07:15:00 UTC",
        "Mon Mar  2 07:15:00 2026",
        "Mon Mar 2 02:15:00 EST 2026",
        "March 2, 2026 07:15",
        "2026-03-02T08:15:00+01:00",
        "2026-03-02T07:15Z",
        "2026-03-02 7:15:00",
        "20260302T071500Z",
        "Mon, 02 Mar 2026 07:15:00 +0000 (Coordinated Universal Time)",
    ],
)
def test_times_as_feeds_write_them(written: str) -> None:
    assert item(f"<title>A</title><link>/a</link><pubDate>{written}</pubDate>").published == MORNING


@pytest.mark.parametrize("written", ["2026", "2026-03", "2026-03-02"])
def test_a_time_may_be_a_day_a_month_or_a_year(written: str) -> None:
    at = item(f"<title>A</title><link>/a</link><pubDate>{written}</pubDate>").published
    assert at is not None
    assert at.isoformat().startswith(written)
