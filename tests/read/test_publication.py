"""When a page was published: as declared, as printed, as marked, as its address or its scripts tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.read.around import around
from storydesk.read.headline import headline
from storydesk.read.markup import Markup, parse
from storydesk.read.publication import published as published_of
from storydesk.read.publication import updated
from tests.read.orrin import TEXT, TITLE, markup

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def published(page: Markup, title: str, now: datetime, address: str | None) -> datetime | None:
    return published_of(page, around(page, title), now, address)


def ld(inside: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}",{inside}}}</script>'


@pytest.mark.parametrize(
    "beside",
    [
        "<p>March 3, 2026</p>",
        "<p>Published March 3, 2026</p>",
        "<p>By Ana Ruiz | March 3, 2026</p>",
        "<p>Published on March 3, 2026 in Water</p>",
        "<p><span>Ana Ruiz</span> <span>3 March 2026</span></p>",
        "<p><time datetime='2026-03-03'>Tuesday</time></p>",
        "<p>Updated March 9, 2026</p><p>March 3, 2026</p>",
    ],
)
def test_the_day_as_it_is_printed(beside: str) -> None:
    found = published(markup(beside), TITLE, NOW, None)
    assert found is not None
    assert found.date().isoformat() == "2026-03-03"


def test_another_day_printed_outranks_the_declared_time() -> None:
    head = ld('"datePublished":"2026-05-20T08:00:00Z"')
    printed = published(markup("<p>Published March 3, 2026</p>", head), TITLE, NOW, None)
    assert printed == datetime(2026, 3, 3, tzinfo=UTC)
    assert published(markup("<p>Updated March 3, 2026</p>", head), TITLE, NOW, None) == datetime(
        2026, 5, 20, 8, tzinfo=UTC
    )


def test_the_same_day_printed_leaves_the_declared_time() -> None:
    head = ld('"datePublished":"2026-03-03T23:30:00-05:00"')
    found = published(markup("<p>March 3, 2026</p>", head), TITLE, NOW, None)
    assert found is not None
    assert found.isoformat() == "2026-03-03T23:30:00-05:00"


def test_the_day_in_the_address_is_the_last_resort() -> None:
    assert published(markup(), TITLE, NOW, "https://t.example/2026/03/03/dam") == datetime(2026, 3, 3, tzinfo=UTC)
    assert published(markup(), TITLE, NOW, "https://t.example/2027/03/03/dam") is None
    assert published(markup(), TITLE, NOW, None) is None


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>Published on: 3 March 2026</p>", "2026-03-03"),
        ("<p>Veröffentlicht am 3. März 2026</p>", "2026-03-03"),
        ("<p>Publié le 3 mars 2026</p>", "2026-03-03"),
        ("<p>3 de marzo de 2026</p>", "2026-03-03"),
        ("<p>2026-03-03</p>", "2026-03-03"),
        ("<p>2026年3月3日</p>", "2026-03-03"),
        ("<div>Last updated</div><div>March 9, 2026</div><div>Published</div><div>March 3, 2026</div>", "2026-03-03"),
        (
            "<p><time itemprop=dateModified datetime=2026-03-09>March 9, 2026</time><time class=published "
            "datetime=2026-03-03>March 3, 2026</time></p>",
            "2026-03-03",
        ),
        ("<p>Updated March 9, 2026</p>", "2026-03-09"),
        ("<p>The offer holds from March 3, 2026 for a week</p>", None),
        ("<figure><figcaption>Orrin dam, March 3, 2019</figcaption></figure>", None),
        ("<p>3 hours ago</p>", None),
        ("<p>Tuesday March 3, 2026 7:45 am PST by Ana Ruiz</p>", "2026-03-03"),
        ("<p>March 3, 2026 / 12:21 AM / Updated 14 hours ago</p>", "2026-03-03"),
        ("<p>Tuesday, March 3, 2026, 04:05 pm PT (07:05 pm ET)</p>", "2026-03-03"),
        ("<p>By Ana Ruiz ／ 2026.03.03</p>", "2026-03-03"),
        ("<p>publiziert am 3. März 2026</p>", "2026-03-03"),
        ("<p>Publication date: 3 March 2026</p>", "2026-03-03"),
        ("<p>Post time: 3 March 2026</p>", "2026-03-03"),
        ("<p>28.3.26</p>", "2026-03-28"),
        ("<p>Release 28.3.26.1</p>", None),
        ("<p>Call 28-3-2626</p>", None),
        ("<p>3/4/2026</p>", None),
        ("<p>3/4/2026</p><p>Next sitting: 28/3/2026</p>", "2026-04-03"),
        ("<p>3/4/2026</p><p>Last sitting: 3/28/2026</p>", "2026-03-04"),
        (
            "<p><time datetime=2026-03-09><span>Updated</span> March 9, 2026</time> First published "
            "<time datetime=2026-03-03><span>March 3, 2026</span><span>8:23 PM</span></time></p>",
            "2026-03-03",
        ),
        (
            "<p><span>Last updated</span> <span>on</span> <span>March 9, 2026</span></p><p>March 3, 2026</p>",
            "2026-03-03",
        ),
    ],
)
def test_the_days_that_a_page_prints(beside: str, expected: str | None) -> None:
    found = published(markup(beside), TITLE, NOW, None)
    assert (found.date().isoformat() if found else None) == expected


def test_the_day_above_a_headline_may_be_today() -> None:
    body = f"<div class=masthead><p>Sunday, November 1, 2026</p></div><h1>{TITLE}</h1>{TEXT * 3}"
    found = parse(f"<html><body>{body}</body></html>")
    assert found is not None
    assert published(found, TITLE, NOW, None) is None


def test_the_day_of_the_last_change_does_not_outrank_the_declared_time() -> None:
    head = ld('"datePublished":"2026-02-20T08:00:00Z","dateModified":"2026-03-03T09:00:00Z"')
    assert published(markup("<p>March 3, 2026</p>", head), TITLE, NOW, None) == datetime(2026, 2, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("<p>Updated May 20, 2026</p>", "2026-05-20T09:00:00+00:00"),
        ("<p>May 20, 2026</p>", "2026-05-20T09:00:00+00:00"),
        ("<p>Updated May 28, 2026</p>", "2026-05-28T00:00:00+00:00"),
        ("<p>Updated March 28, 2026</p>", "2026-03-03T08:00:00+00:00"),
        ("<p>Updated December 9, 2025</p>", "2026-03-03T08:00:00+00:00"),
        ("<p>Updated May 20, 2026</p><p>First published March 3, 2026</p>", "2026-03-03T08:00:00+00:00"),
        ("", "2026-03-03T08:00:00+00:00"),
    ],
)
def test_a_later_edition_is_of_the_only_day_that_readers_see(beside: str, expected: str) -> None:
    head = ld('"datePublished":"2026-03-03T08:00:00Z","dateModified":"2026-05-20T09:00:00Z"')
    found = published(markup(beside, head), TITLE, NOW, None)
    assert found is not None
    assert found.isoformat() == expected


def test_a_later_edition_is_none_where_a_preview_declares_the_first() -> None:
    head = ld('"datePublished":"2026-03-03T08:00:00Z","dateModified":"2026-05-20T09:00:00Z"')
    head += '<meta property="article:published_time" content="2026-03-03T08:00:00Z">'
    page = markup("<p>Updated May 20, 2026</p>", head)
    assert published(page, TITLE, NOW, None) == datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_a_later_edition_is_none_where_the_address_tells_the_first() -> None:
    page = markup("<p>Updated May 20, 2026</p>", ld('"datePublished":"2026-03-03T08:00:00Z"'))
    first = datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert published(page, TITLE, NOW, "https://t.example/2026/03/03/dam") == first
    assert published(page, TITLE, NOW, "https://t.example/2026/05/20/dam") == datetime(2026, 5, 20, tzinfo=UTC)


def test_a_later_edition_is_none_where_the_first_day_stands_above_the_headline() -> None:
    head = ld('"datePublished":"2026-03-03T08:00:00Z"')
    body = f"<p>March 3, 2026</p><h1>{TITLE}</h1><p>Updated May 20, 2026</p>{TEXT * 3}"
    page = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert page is not None
    assert published(page, TITLE, NOW, None) == datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_the_same_moment_in_the_zone_of_the_place() -> None:
    head = ld('"datePublished":"2026-03-04T02:41:00Z"')
    found = published(
        markup("<p><time datetime='2026-03-03T21:41:00-05:00'>March 3</time></p>", head), TITLE, NOW, None
    )
    assert found is not None
    assert found.isoformat() == "2026-03-03T21:41:00-05:00"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="citation_publication_date" content="2026/3/3">',
        '<meta name="dc.date.issued" content="2026-03-03">',
        '<meta name="publish-date" content="March 3, 2026">',
        ld('"dateCreated":"2026-03-03"'),
        '<meta itemprop="dateCreated datePublished" content="2026-03-03T00:00:00Z">',
        ld('"@id":"x"')
        .replace("NewsArticle", "LiveBlogPosting")
        .replace('"@id":"x"', '"coverageStartTime":"2026-03-03"'),
    ],
)
def test_where_a_day_is_declared(head: str) -> None:
    found = published(markup(head=head), TITLE, NOW, None)
    assert found is not None
    assert found.date().isoformat() == "2026-03-03"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<p>Published on March 3, 2026</p>", "2026-03-03"),
        ("<div>Published</div><div>March 3, 2026</div>", "2026-03-03"),
        ("<p>Published on March 3, 2026</p><p>Published on March 5, 2026</p>", None),
        ("<p>© March 3, 2026 Tidewater Times</p>", None),
        ("<div class=related><time datetime=2026-03-03>March 3</time></div>", None),
        ("<div><time itemprop=datePublished datetime=2026-03-03>Tuesday</time></div>", "2026-03-03"),
    ],
)
def test_a_day_told_under_the_text(below: str, expected: str | None) -> None:
    found = published(markup(below=below), TITLE, NOW, None)
    assert (found.date().isoformat() if found else None) == expected


def test_a_live_blog_was_changed_when_its_latest_entry_was_written() -> None:
    entries = (
        '{"@type":"BlogPosting","datePublished":"2026-03-03T09:00:00Z"},{"datePublished":"2026-03-03T11:30:00Z"},7'
    )
    head = ld(f'"datePublished":"2026-03-03T08:00:00Z","liveBlogUpdate":[{entries}]').replace(
        "NewsArticle", "LiveBlogPosting"
    )
    assert updated(markup(head=head), NOW) == datetime(2026, 3, 3, 11, 30, tzinfo=UTC)
    assert published(markup(head=head), TITLE, NOW, None) == datetime(2026, 3, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("article:published_time", True),
        ("og:pubdate", True),
        ("x-published-date", True),
        ("date.release", True),
        ("dc.date", True),
        ("article:modified_time", False),
        ("last-published", False),
        ("article:expiration_time", False),
        ("event-date", False),
    ],
)
def test_which_meta_names_are_of_publication(name: str, dates: bool) -> None:
    found = published(markup(head=f'<meta name="{name}" content="2026-03-03T08:00:00Z">'), TITLE, NOW, None)
    assert found == (datetime(2026, 3, 3, 8, tzinfo=UTC) if dates else None)


def test_the_more_exact_name_comes_first() -> None:
    head = '<meta name="date" content="2026-05-20"><meta name="parsely-pub-date" content="2026-03-03">'
    assert published(markup(head=head), TITLE, NOW, None) == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("declared", "beside", "expected"),
    [
        ("2026-03-04T02:41:00Z", "<p>March 3, 2026</p>", "2026-03-03T23:41:00-03:00"),
        ("2026-03-04T02:41:00Z", "<p>March 3, 2026 at 5:30 PM EST</p>", "2026-03-03T21:41:00-05:00"),
        ("2026-03-03T18:30:00Z", "<p>March 4, 2026</p>", "2026-03-04T00:30:00+06:00"),
        ("2026-03-04T00:41:00+01:00", "<p>March 3, 2026</p>", "2026-03-04T00:41:00+01:00"),
        ("2026-03-04T02:41:00Z", "<p>March 3, 2026</p><p>March 4, 2026</p>", "2026-03-04T02:41:00+00:00"),
        ("2026-03-04T02:41:00Z", "<p>March 3, 2026</p><p>March 5, 2026</p>", "2026-03-03T23:41:00-03:00"),
        ("2026-03-04T22:41:00Z", "<p>March 3, 2026</p>", "2026-03-03T00:00:00+00:00"),
        ("2026-03-03", "<p>March 3, 2026, 2:05 PM EST</p>", "2026-03-03T14:05:00-05:00"),
    ],
)
def test_the_declared_moment_on_the_day_that_is_printed(declared: str, beside: str, expected: str) -> None:
    found = published(markup(beside, ld(f'"datePublished":"{declared}"')), TITLE, NOW, None)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    ("locale", "expected"), [("en_US", "2026-03-04"), ("en_GB", "2026-04-03"), ("fr_FR", None), ("", None)]
)
def test_the_region_of_the_preview_tells_the_order_of_numbers(locale: str, expected: str | None) -> None:
    head = f'<meta property="og:locale" content="{locale}">'
    found = published(markup("<p>3/4/2026</p>", head), TITLE, NOW, None)
    assert (found.date().isoformat() if found else None) == expected


def test_the_same_numbers_in_the_other_order_are_no_other_day() -> None:
    head = ld('"datePublished":"2026-04-03T08:00:00Z"') + '<meta property="og:locale" content="en_US">'
    assert published(markup("<p>3/4/2026</p>", head), TITLE, NOW, None) == datetime(2026, 4, 3, 8, tzinfo=UTC)
    beside = "<p><time datetime=2026-04-03T08:00:00Z>3/4/2026</time></p><p>Last sitting: 3/28/2026</p>"
    assert published(markup(beside), TITLE, NOW, None) == datetime(2026, 4, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("declared", "beside", "expected"),
    [
        ("2026-03-04T04:58:00Z", "", "2026-03-03T23:58:00-05:00"),
        ("2026-03-04T04:58:00Z", "<p>March 4, 2026</p>", "2026-03-04T04:58:00+00:00"),
        ("2026-03-04T04:58:00+01:00", "", "2026-03-04T04:58:00+01:00"),
        ("2026-03-04", "", "2026-03-04T00:00:00+00:00"),
        ("2026-05-20T04:58:00Z", "", "2026-05-20T04:58:00+00:00"),
    ],
)
def test_the_day_of_the_address_places_the_declared_moment(declared: str, beside: str, expected: str) -> None:
    page = markup(beside, ld(f'"datePublished":"{declared}"'))
    found = published(page, TITLE, NOW, "https://t.example/2026/03/03/dam")
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "changed",
    [
        "<div>Updated <time datetime=2026-03-09>Monday</time></div>",
        "<div><b>Last updated:</b> <time datetime=2026-03-09>Monday</time></div>",
        "<div>Updated <!-- --> <time datetime=2026-03-09>Monday</time></div>",
        "<div><time datetime=2026-03-09><span>Updated</span> Monday</time></div>",
    ],
)
def test_a_time_that_is_told_as_one_of_a_change_is_not_marked_as_the_publication(changed: str) -> None:
    below = TEXT * 20 + changed
    assert published(markup(below=below), TITLE, NOW, None) is None
    below += "<time datetime=2026-03-03>Tuesday</time>"
    assert published(markup(below=below), TITLE, NOW, None) == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("classes", "dates"),
    [("tag-breaking-news has-comments", True), ("comments-open", True), ("comments", False), ("latest-news", False)],
)
def test_the_topics_of_a_piece_make_no_box_of_others(classes: str, dates: bool) -> None:
    below = TEXT * 20 + f'<article class="post {classes}"><time datetime=2026-03-03>Tuesday</time></article>'
    assert published(markup(below=below), TITLE, NOW, None) == (datetime(2026, 3, 3, tzinfo=UTC) if dates else None)


def test_a_time_for_machines_in_the_title_of_an_abbreviation() -> None:
    below = TEXT * 20 + "<abbr class=published title=2026-03-03T08:00:00Z>Tuesday</abbr>"
    assert published(markup(below=below), TITLE, NOW, None) == datetime(2026, 3, 3, 8, tzinfo=UTC)


def test_a_time_behind_the_word_for_a_change_is_of_one() -> None:
    beside = (
        "<p>Published <time datetime=2026-03-03>March 3, 2026</time> "
        "Updated <time datetime=2026-03-09>March 9, 2026</time></p>"
    )
    assert published(markup(beside), TITLE, NOW, None) == datetime(2026, 3, 3, tzinfo=UTC)
    beside = "<p>Updated <time datetime=2026-03-09>March 9, 2026</time></p>"
    head = ld('"datePublished":"2026-03-03"')
    assert published(markup(beside, head), TITLE, NOW, None) == datetime(2026, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "dates"),
    [
        ("https://t.example/2026/mar/03/dam", True),
        ("https://t.example/blog/2026/March/3/dam", True),
        ("https://t.example/2026-03-03/dam", True),
        ("https://t.example/2026/top/10/dam", False),
        ("https://t.example/2026/dam", False),
    ],
)
def test_the_day_in_an_address(address: str, dates: bool) -> None:
    assert published(markup(), TITLE, NOW, address) == (datetime(2026, 3, 3, tzinfo=UTC) if dates else None)


@pytest.mark.parametrize(
    ("script", "dates"),
    [
        ('{"slug":"dam","publishedAt":"2026-03-03T08:00:00Z"}', True),
        (r'push("{\"datePublished\":\"2026-03-03T08:00:00Z\"}")', True),
        ('[{"publish_date":"2026-03-03T08:00:00Z"},{"publish_date":"2026-03-03T08:00:00Z"}]', True),
        ('[{"publish_date":"2026-03-03T08:00:00Z"},{"publish_date":"2026-03-05T08:00:00Z"}]', False),
        ('{"updatedAt":"2026-03-03T08:00:00Z","publisher":"2026-03-03"}', False),
        ('{"publication_date":"2026-03-03T08:00:00Z"}', True),
        ('{"article":{"pubDate":"Tue, 03 Mar 2026 08:00:00 GMT"}}', True),
        ('{"pagePostDateISO":"2026-03-03T08:00:00Z"}', True),
        ("layer.publishDate = '2026-03-03T08:00:00Z';", True),
        ('{"publishTimeMillis":1772524800000}', True),
        ('{"publishedAt":"2026-03-03T08:00:00Z","lastPublishedAt":"2026-03-05T08:00:00Z"}', True),
        ('{"lastPublishedDate":"2026-03-03T08:00:00Z"}', False),
        ('{"last_post_date":"2026-03-03T08:00:00Z","lastPubDate":"2026-03-03T08:00:00Z"}', False),
        ('{"unpublish_at":"2026-03-03T08:00:00Z","publicationEnd":"2026-03-03T08:00:00Z"}', False),
    ],
)
def test_the_only_time_of_publication_that_scripts_are_told(script: str, dates: bool) -> None:
    found = published(markup(below=f"<script>{script}</script>"), TITLE, NOW, None)
    assert found == (datetime(2026, 3, 3, 8, tzinfo=UTC) if dates else None)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<p>March 3, 2026</p>", "2026-03-03"),
        ("<p>March 3, 2026. Updated: March 9, 2026</p>", "2026-03-03"),
        ("<p>March 3, 2026 | 4:10pm</p>", "2026-03-03"),
        ("<p>March 3, 2026 | Council meets</p>", None),
        ("<p>March 3, 2026</p><p>March 5, 2026</p>", None),
        ("<p>The next council meets on March 3, 2026</p>", None),
        ("<div class=related-card><p>March 3, 2026</p></div>", None),
        ("<p>Last updated: March 9, 2026</p>", "2026-03-09"),
        ("<p>Last updated: March 9, 2026</p><p>March 3, 2026</p>", "2026-03-03"),
        ("<p>Last updated: March 9, 2026</p><p>Last updated: March 11, 2026</p>", None),
        ("<div class=published-on>March 3, 2026</div><div class=published-on>March 1, 2026</div>", "2026-03-03"),
        ("<time datetime=2026-03-05></time><div class=published-on>March 3, 2026</div>", "2026-03-05"),
    ],
)
def test_a_day_that_stands_far_from_the_headline(below: str, expected: str | None) -> None:
    found = published(markup(below=TEXT * 20 + below), TITLE, NOW, None)
    assert (found.date().isoformat() if found else None) == expected


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<p>", "<h1>", "By ", "Ana Ruiz", "March 3, 2026", "2031-01-01", "1/2/2027", "Updated ", "|", "."),
                *("<time datetime='2030-01-01'>", "<div class=published>", "</div>", '"publishedAt":"2031-01-01"'),
            ]
        ),
        max_size=25,
    )
)
def test_nothing_is_dated_later_than_now(pieces: list[str]) -> None:
    found = markup("".join(pieces))
    at = published(found, headline(found), NOW, None)
    assert at is None or at <= NOW
