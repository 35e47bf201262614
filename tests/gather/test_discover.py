"""The feeds of a site, from its page and over a connection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import Gone, NotAFeed
from storydesk.gather import Client, Fetched, discover, find_feeds
from tests.gather.servers import FEED, Misbehaving

PAGE = """<html><head><base href="https://outlet.example/news/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" title=" All news " href="all.atom">
<link rel="alternate" type="application/json" href="/wp-json/">
<link rel="alternate" type="application/feed+json" href="https://outlet.example/feed.json">
<link rel="alternate" hreflang="de" href="/de/">
<link rel="stylesheet" href="/feed.css"></head>
<body><a href="/rss/world">World <b>feed</b></a> <a href="/about">feed us</a> <a href="javascript:feed()">x</a>
<a href="all.atom">again</a> <a href="/?feed=rss2">RSS</a> <a href="/feedback">write</a></body></html>"""


def test_declared_feeds_come_first_and_feeds_of_comments_last() -> None:
    found = discover(PAGE.encode(), "https://outlet.example/")
    assert [(link.url, link.title) for link in found] == [
        ("https://outlet.example/news/all.atom", "All news"),
        ("https://outlet.example/feed.json", ""),
        ("https://outlet.example/rss/world", "World feed"),
        ("https://outlet.example/?feed=rss2", "RSS"),
        ("https://outlet.example/comments/feed/", "Comments"),
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_without_feeds_at_worst(data: bytes) -> None:
    assert isinstance(discover(data, "https://outlet.example/"), tuple)


class Web:
    """A stand-in for the client: the addresses that exist and what they answer."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = {f"http://outlet.example/{name.replace('_', '.')}": body for name, body in pages.items()}
        self.asked: list[str] = []

    def fetch(self, url: str, *, accept: str = "") -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise Gone(f"{url} does not exist")
        return Fetched(url, url, 200, self.pages[url])


def test_a_feed_is_its_own_answer(server: Misbehaving, client: Client) -> None:
    (link,) = find_feeds(client, server.url("/moved"))
    assert (link.url, link.title, link.home) == (server.url("/feed"), "The Quay Gazette", server.url("/"))


def test_a_site_s_declared_feed_is_fetched_and_read(server: Misbehaving, client: Client) -> None:
    (link,) = find_feeds(client, server.url("/page"))
    assert (link.url, link.title) == (server.url("/feed"), "The Quay Gazette")


def test_declared_feeds_that_do_not_work_are_left_out() -> None:
    head = b'<html><link rel="alternate" type="application/rss+xml" href="/%s">'
    web = Web(news=head % b"dead" + head % b"live", live=FEED)
    assert [link.url for link in find_feeds(web, "http://outlet.example/news")] == ["http://outlet.example/live"]


def test_links_and_usual_places_are_tried_until_one_works() -> None:
    web = Web(news=b"<html><a href='/rss/old'>RSS</a></html>", atom_xml=FEED, index_xml=FEED)
    assert [link.url for link in find_feeds(web, "http://outlet.example/news")] == ["http://outlet.example/atom.xml"]
    assert web.asked[1] == "http://outlet.example/rss/old"
    assert "http://outlet.example/index.xml" not in web.asked


def test_a_site_without_any_says_so() -> None:
    web = Web(news=b"<html><p>Nothing here.</p></html>")
    with pytest.raises(NotAFeed, match="no feed"):
        find_feeds(web, "http://outlet.example/news")
    assert len(web.asked) < 15


NEWS = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://outlet.example/1</loc><news:news>
<news:publication><news:name>Outlet</news:name></news:publication><news:title>One</news:title></news:news></url></urlset>"""
INDEX = b"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://outlet.example/archive.xml</loc></sitemap>
<sitemap><loc>http://outlet.example/news.xml</loc></sitemap></sitemapindex>"""


def test_the_news_sitemap_that_robots_txt_leads_to_is_found_last() -> None:
    robots = b"User-agent: *\nSitemap: http://outlet.example/all.xml\nSitemap: http://outlet.example/index.xml"
    web = Web(page=b"<p>no feeds</p>", robots_txt=robots, index_xml=INDEX, archive_xml=b"<urlset/>", news_xml=NEWS)
    (link,) = find_feeds(web, "http://outlet.example/page")
    assert (link.url, link.title) == ("http://outlet.example/news.xml", "Outlet")


def test_an_index_of_sitemaps_is_followed() -> None:
    web = Web(index_xml=INDEX, archive_xml=b"<urlset/>", news_xml=NEWS)
    assert [link.url for link in find_feeds(web, "http://outlet.example/index.xml")] == [
        "http://outlet.example/news.xml"
    ]
