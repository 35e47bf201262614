"""Feeds that are broken, hostile or none, and the real ones."""

from __future__ import annotations

import tarfile
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from time import perf_counter, thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storydesk.errors import NotAFeed
from storydesk.gather import ParsedFeed, parse_feed
from storydesk.gather.parsed import language_tag, moment, plain, title_line
from tests.gather.servers import PAGE
from tests.gather.test_feeds import MORNING, NOW, URL, item, rss

# ---------------------------------------------------------------------- what is missing or wrong


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>other</link>", "https://quay.example/news/other"),
        ("<link>//cdn.example/x</link>", "https://cdn.example/x"),
        ("<guid>https://quay.example/g</guid>", "https://quay.example/g"),
        ("<link></link><guid isPermaLink='true'>https://quay.example/g</guid>", "https://quay.example/g"),
        ("<guid isPermaLink='false'>q-1</guid>", f"{URL}#q-1"),
        ("<link>javascript:alert(1)</link>", f"{URL}#javascript%3Aalert%281%29"),
        ("<link>mailto:desk@quay.example</link><guid>tag:1</guid>", f"{URL}#tag%3A1"),
        ("<link>http://[broken/</link>", f"{URL}#http%3A//%5Bbroken/"),
        ("", f"{URL}#A%20tide"),
    ],
)
def test_every_entry_has_an_address_that_stays_the_same(inside: str, url: str) -> None:
    assert item(f"<title>A tide</title>{inside}").url == url


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 02 Mar 2026 07:15:00 GMT", MORNING),
        ("Mon, 02 Mar 2026 02:15:00 EST", MORNING),
        ("2026-03-02 07:15:00", MORNING),
        ("Tue, 03 Mar 2026 00:05:00 GMT", NOW),
        ("Wed, 04 Mar 2026 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("soon", None),
        ("", None),
    ],
)
def test_times_are_aware_and_never_ahead(date: str, expected: datetime | None) -> None:
    assert item(f"<title>A</title><link>/a</link><pubDate>{date}</pubDate>").published == expected


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    whole = rss("<item><title>Nets</title><link>/a</link></item><item><title>Cut")
    assert parse_feed(whole.replace(b"</channel></rss>", b""), URL).entries[0].title == "Nets"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nets & lines", "Nets & lines"),
        ("Q&A at the quay", "Q&A at the quay"),
        ("The caf&eacute;&nbsp;is open &mdash; again", "The café is open — again"),
        ("A &unheardof; tide", "A &unheardof; tide"),
        ("5 &lt; 6 &amp; more &#233;", "5 < 6 & more é"),
        ("<![CDATA[Nets &amp; lines & ropes]]> & hooks", "Nets & lines & ropes & hooks"),
    ],
)
def test_ampersands_that_xml_does_not_know_are_not_lost(title: str, expected: str) -> None:
    assert item(f"<title>{title}</title><description>Loose & early</description>").title == expected


def test_a_summary_is_the_outlet_s_own_and_not_cut_from_the_content() -> None:
    body = "The ferry is back after a winter in dock. " * 40
    data = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Q</title><entry><title>A</title><id>1</id>%s<content>{body}</content></entry></feed>"
    given, cut = (
        parse_feed((data % lead).encode(), URL).entries[0] for lead in ("<summary>The ferry is back.</summary>", "")
    )
    assert (given.summary, cut.summary) == ("The ferry is back.", "")
    assert given.content == cut.content == body.strip()


@pytest.mark.parametrize(
    ("encoding", "header", "declared"),
    [
        ("utf-8", None, "utf-8"),
        ("latin-1", None, "utf-8"),
        ("windows-1252", None, ""),
        ("iso-8859-1", None, "iso-8859-1"),
        ("utf-16", None, "utf-16"),
        ("iso-8859-2", "text/xml; charset=iso-8859-2", ""),
        ("latin-1", "text/xml; charset=no-such-thing", ""),
        ("utf-16-be", None, "utf-16"),
        ("utf-32-le", None, "utf-32"),
        ("utf-8", None, "utf-16"),
        ("cp037", None, "cp037"),
        ("iso2022_jp_2", None, "iso2022_jp_2"),
    ],
)
def test_words_survive_the_encodings(encoding: str, header: str | None, declared: str) -> None:
    named = f' encoding="{declared}"' if declared else ""
    text = f'<?xml version="1.0"{named}?><rss><channel><item><title>Zöe</title></item></channel></rss>'
    assert parse_feed(text.encode(encoding), URL, content_type=header).entries[0].title == "Zöe"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing"),
        (b"  \n ", "nothing"),
        (PAGE, 'an HTML page titled "The Quay Gazette"'),
        (b"<!-- x --><HTML><body>Just a moment</body></HTML>", "an HTML page"),
        (b"\x1f\x8b\x08\x00\xff\xfe\x01\x02", "binary data"),
        (b"%PDF-1.7 and so on", "plain text"),
        (b'{"error": "no such feed"}', "JSON that is no feed"),
        (b"[1, 2]", "JSON that is no feed"),
        (b'{"items": [', "JSON that is broken"),
        (b"[" * 100_000, "JSON that is broken"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an XML document (svg)"),
        (b"<Error><Code>AccessDenied</Code></Error>", "an XML document (error)"),
        (b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "an index of sitemaps"),
        (b"<urlset><url><loc>http://a.example/</loc></url></urlset>", "a sitemap that lists no news"),
    ],
)
def test_what_is_no_feed_is_named_for_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(NotAFeed) as caught:
        parse_feed(data, URL)
    assert words in caught.value.message
    assert caught.value.hint


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(rss(""), URL).entries == ()


@pytest.mark.parametrize(
    "document",
    [
        b"<!-- made by hand -->\n\n<rss version=2.0><channel><item><title>Nets</title></item></channel></rss>",
        b"\n  <?xml version='1.0'?><rss><channel><item><title>Nets</title></item></channel></rss>",
        b"<rss><channel><item><title>Ne\x0bts</title></item></channel></rss>",
        b"<rss><channel><item><title>Nets</title></item></channel></rss><script>x && y</script>",
        b"<rss:rss><rss:channel><rss:item><rss:title>Nets</rss:title></rss:item></rss:channel></rss:rss>",
        b"<rss><channel><item><title>Nets</title><media:thumbnail url='/1'/></item></channel>",
        b"<!DOCTYPE rss [<!ENTITY what 'Nets'>]><rss><channel><item><title>&what;</title></item></channel></rss>",
    ],
)
def test_common_faults_cost_nothing(document: bytes) -> None:
    assert [entry.title for entry in parse_feed(document, URL).entries] == ["Nets"]


def test_characters_of_windows_named_by_their_number_are_what_was_meant() -> None:
    assert item("<title>Don&#146;t</title><link>/a</link>").title == "Don\u2019t"


# ---------------------------------------------------------------------- hostile feeds


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10))
BOMB, FILE = rss("<item><title>&l9;</title></item>")[38:], rss("<item><title>f&f;</title></item>")[38:]
HOSTILE = {
    "an entity bomb": b'<!DOCTYPE rss [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + BOMB,
    "a file by entity": b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + FILE,
    "deep": b"<rss><channel>" + b"<a>" * 200_000,
    "many": rss("<item><title>x</title></item>" * 50_000),
    "unclosed": b"<rss><channel>" + b"<item><title>x" * 100_000,
    "tags without end": rss("<item><title>x</title><description>" + "&lt;script" * 100_000 + "</description></item>"),
    "comments without end": rss("<item><title>x</title><description>" + "&lt;!--" * 100_000 + "</description></item>"),
    "starts of tags": b"<rss>" + b"<" * 200_000,
    "ampersands": rss("<item><title>" + "&" * 200_000 + "</title></item>"),
    "languages": b"<rss>" + b"<language " * 25_000,
    "sources": b"<rss><channel>" + b"<source " * 100_000,
    "a path": b"/etc/passwd",
    "an address": b"http://127.0.0.1/",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_end_soon(name: str) -> None:
    before = thread_time()
    try:
        feed = parse_feed(HOSTILE[name], URL, now=NOW)
    except NotAFeed:
        feed = None
    assert thread_time() - before < 5
    assert feed is None or (len(feed.entries) <= 2_000 and len(repr(feed)) < 2_000_000)


@given(st.binary(max_size=400) | st.text("<>/!?rsfeditmlnk[]{}\"'&;= \n", max_size=400).map(str.encode))
def test_any_bytes_are_a_feed_or_none(data: bytes) -> None:
    for given_bytes in (data, b"<rss><channel><item>" + data, b'{"items": [' + data + b"]}"):
        with suppress(NotAFeed):
            assert isinstance(parse_feed(given_bytes, URL), ParsedFeed)


# ---------------------------------------------------------------------- the tidying


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("a &lt; b", "a < b"),
        ("<p>One</p><p>two<br>three</p>", "One\ntwo\nthree"),
        ("<P>One</P><strong>two</strong><BR/>three", "One\ntwo\nthree"),
        ("One <img alt='a<br />dam'>two", "One two"),
        ("<script>x<y</script>Words<!-- no -->", "Words"),
        ("<!-- <p>no</p> -- no -->Words<!-- no", "Words"),
        ("<STYLE>p { color: red }</style>Words<style>p > q", "Words"),
        ("one \xa0 \t two\u2003three\r\n\u3000four", "one two three\nfour"),
        ("5 < 6 and 7 > 4", "5 < 6 and 7 > 4"),
        (" spaced \n\n  out\t", "spaced\nout"),
    ],
)
def test_plain_words(markup: str, words: str) -> None:
    assert plain(markup) == words


@pytest.mark.parametrize(
    ("over", "kept"),
    [("<a href='https://quay.example/ferry'>more</a>", ""), (" incomprehensible", ""), (" 3 < 4 and so on", "\n3 <")],
)
def test_a_long_summary_ends_before_the_tag_or_the_word_that_would_be_cut(over: str, kept: str) -> None:
    begun = "<p>The ferry</p>" * 124 + "<p>ran</p>"
    assert len(begun) == 1_994
    assert plain(begun + over) == "The ferry\n" * 124 + "ran" + kept


def test_a_long_summary_of_one_word_is_cut_anywhere() -> None:
    assert plain("\u6e2f" * 3_000) == "\u6e2f" * 2_000


def test_a_title_is_one_line_whether_escaped_once_or_twice() -> None:
    assert title_line("Nets\n &amp;amp; <i>lines</i>") == title_line("Nets &amp; lines") == "Nets & lines"


@given(st.text("&#xX;019bamplgtquonstru ", max_size=40).filter(lambda text: "<" not in unescape(text)))
def test_entities_are_what_html_says(text: str) -> None:
    assert plain(text) == plain(unescape(text).replace("&", "&amp;"))


@given(st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.timezones()))
def test_a_time_is_the_same_however_it_is_written(at: datetime) -> None:
    at = at.replace(microsecond=0)
    minutes = round((at.utcoffset() or timedelta()) / timedelta(minutes=1))
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    written = f"{at:%a, %d %b %Y %H:%M:%S} {zone}"
    assert moment(written, None) == moment(written.partition(", ")[2], None)


@given(st.datetimes(timezones=st.timezones()))
def test_a_time_is_kept_in_utc_or_not_at_all(at: datetime) -> None:
    read = moment(at.isoformat(), NOW)
    assert read is None or (read.tzinfo is UTC and read <= NOW)


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("en-us", "en-US"),
        ("EN_GB", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("de", "de"),
        ("english", None),
        ("", None),
        (3, None),
    ],
)
def test_language_tags(value: object, tag: str | None) -> None:
    assert language_tag(value) == tag


# ---------------------------------------------------------------------- real feeds


def members(archive: Path) -> list[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        return [(member.name, tar.extractfile(member).read()) for member in tar if member.isfile()]


@pytest.mark.shared
@pytest.mark.parametrize("archive", ["real-feeds.tar.gz", "feedparser-tests.tar.gz"])
def test_real_files_are_read_or_refused_with_a_reason(
    shared: Path, archive: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = members(shared / "feeds" / archive)
    refused: Counter[str] = Counter()
    entries, before = 0, perf_counter()
    for _, data in files:
        try:
            feed = parse_feed(data, URL, now=NOW + timedelta(days=365))
        except NotAFeed as error:
            refused[error.message] += 1
        else:
            entries += len(feed.entries)
            assert all(entry.url.startswith(("http://", "https://")) for entry in feed.entries)
            assert all(entry.published is None or entry.published.tzinfo for entry in feed.entries)
    read, seconds = len(files) - refused.total(), perf_counter() - before
    with capsys.disabled():
        print(f"\n{archive}: {read} of {len(files)} read, {entries} entries, {len(files) / seconds:.0f} a second")
        print(f"refused: {dict(refused)}")
    assert read >= 0.99 * len(files)
