"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from storydesk.errors import Disallowed, Gone, Refused, StorydeskError, TooLarge, Unreachable
from storydesk.gather import Client, Fetched, Pacing, Robots
from storydesk.gather.robots import read_rules
from tests.gather.servers import Misbehaving, seconds_of

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
        self.pacing = Pacing(lambda: 0.0)

    def fetch(self, url: str, *, accept: str = "", within: float | None = None, first: int | None = None) -> Fetched:
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


def test_its_crawl_delay_is_kept_to_from_then_on(server: Misbehaving, client: Client) -> None:
    robots = Robots(client)
    robots.check(server.url("/feed"), now=NOW)
    assert 6 < client.pacing.waits()["127.0.0.1"] <= 7


def test_a_robots_txt_that_drips_closes_the_site_for_now_and_soon() -> None:
    site = Site(Unreachable("takes over 6 seconds"))
    robots = Robots(site)
    with pytest.raises(Unreachable, match=r"robots\.txt cannot be read"):
        robots.check("http://outlet.example/any", now=NOW)


def test_ten_thousand_robots_with_thirty_thousand_rules_cost_no_more_than_ours() -> None:
    named = "".join(f"User-agent: robot{number}\n" for number in range(10_000))
    rules = "".join(f"Disallow: /a{number}\n" for number in range(20_000))
    taken = seconds_of(lambda: read_rules(f"{named}{rules}User-agent: *\nDisallow: /b\n".encode(), "Storydesk/1.0"))
    assert taken < 5
    rules_for_us = read_rules(f"{named}User-agent: storydesk\n{rules}".encode(), "Storydesk/1.0")
    assert not rules_for_us.allow("http://outlet.example/a7")
    assert rules_for_us.size < 500_000


LINES = st.sampled_from(
    [
        "User-agent: *",
        "User-agent: Storydesk",
        "user agent storydesk",
        "User-Agent: desk",
        "User-agent: other",
        "User-agent: other*",
        "User-agent: story*",
        "User-agent:",
        "Disallow: /a",
        "Disallow: /",
        "Allow: /a/b",
        "Disallow:",
        "Crawl-delay: 5",
        "Crawl-delay: 9",
        "Sitemap: https://outlet.example/map.xml",
        "# a comment",
        "",
        "nonsense",
        "unheard: of",
        "unheard:of",
        "allow:/a",
        "Dissallow /c",
        "Crawl delay 7",
    ]
)


@settings(max_examples=400)
@given(st.lists(LINES, max_size=14))
def test_leaving_other_robots_out_changes_nothing_for_us(lines: list[str]) -> None:
    text = "\n".join(lines)
    whole, ours = Protego.parse(text), read_rules(text.encode(), "Storydesk/1.0")
    for path in ("/", "/a", "/a/b/c", "/c"):
        url = f"http://outlet.example{path}"
        assert ours.allow(url) == whole.can_fetch(url, "Storydesk")
    assert ours.delay == whole.crawl_delay("Storydesk")


def test_what_is_remembered_is_bounded() -> None:
    site = Site(b"User-agent: *\n" + b"".join(b"Disallow: /%d\n" % number for number in range(25_000)))
    robots = Robots(site)
    for number in range(20):
        robots.check(f"http://outlet{number}.example/", now=NOW)
    assert 2 <= len(robots._known) < 20
    assert robots._text == sum(rules.size for _, rules in robots._known.values())
