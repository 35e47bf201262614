"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from storydesk.errors import Disallowed, Gone, Refused, StorydeskError, TooLarge, Unreachable
from storydesk.gather import Client, Fetched, Robots
from storydesk.gather.robots import read_rules
from tests.gather.servers import Misbehaving

NOW = datetime(2026, 3, 2, tzinfo=UTC)
RULES = b"""User-agent: *
Disallow: /private

User-agent: Storydesk
Disallow: /drafts
Allow: /drafts/open
Crawl-delay: 3
"""


class Site:
    """A stand-in for the client: every robots.txt is this, or fails with this."""

    user_agent = "Storydesk/1.0 (+https://storydesk.example)"

    def __init__(self, robots: bytes | StorydeskError) -> None:
        self.robots = robots
        self.asked: list[str] = []

    def fetch(self, url: str, *, accept: str = "") -> Fetched:
        self.asked.append(url)
        if isinstance(self.robots, StorydeskError):
            raise self.robots
        return Fetched(url, url, 200, self.robots)


def test_the_group_that_names_us_is_the_one_that_holds() -> None:
    robots = Robots(Site(RULES))
    assert robots.check("http://outlet.example/private/1", now=NOW) == 3.0
    assert robots.check("http://outlet.example/drafts/open/1", now=NOW) == 3.0
    with pytest.raises(Disallowed, match="closed to us"):
        robots.check("http://outlet.example/drafts/1", now=NOW)


@pytest.mark.parametrize("body", [b"", b"<html><p>Not found</p></html>", b"\xff\xfe\x00garbage", b"Disallow: /"])
def test_what_says_nothing_allows_all(body: bytes) -> None:
    assert read_rules(body, "Storydesk/1.0").allow("http://outlet.example/any")


@pytest.mark.parametrize("error", [Gone("404"), Refused("403"), TooLarge("redirects without end")])
def test_no_robots_txt_allows_all(error: StorydeskError) -> None:
    assert Robots(Site(error)).check("http://outlet.example/any", now=NOW) is None


def test_one_that_cannot_be_read_closes_the_site_for_now() -> None:
    site = Site(Unreachable("HTTP 503", retry_after=60.0))
    robots = Robots(site)
    for minutes in (0, 5):
        with pytest.raises(Unreachable) as caught:
            robots.check("http://outlet.example/any", now=NOW + timedelta(minutes=minutes))
        assert caught.value.retry_after == 60.0
    assert len(site.asked) == 1
    site.robots = b""
    assert robots.check("http://outlet.example/any", now=NOW + timedelta(minutes=11)) is None


def test_each_site_is_asked_once_a_day() -> None:
    site = Site(b"")
    robots = Robots(site)
    for hours, url in [
        (0, "http://a.example/1"),
        (1, "http://a.example/2?q=1"),
        (1, "https://a.example/"),
        (25, "http://a.example/"),
    ]:
        robots.check(url, now=NOW + timedelta(hours=hours))
    assert site.asked == ["http://a.example/robots.txt", "https://a.example/robots.txt", "http://a.example/robots.txt"]


def test_over_a_real_connection(server: Misbehaving, client: Client) -> None:
    robots = Robots(client)
    assert robots.check(server.url("/feed"), now=NOW) == 7.0
    with pytest.raises(Disallowed):
        robots.check(server.url("/private/diary"), now=NOW)
