"""The headline that readers see: which heading it is, what is cut off it, what is declared where no heading is it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storydesk.read.headline import headline, same_line
from storydesk.read.markup import parse
from storydesk.read.site import Site, site_of

TITLE = "Crack found in the wall of the Orrin dam"
SITE = "Tidewater Times"
ADDRESS = "https://www.tidewatertimes.example/water/crack-found"
TEXT = "<p>Engineers lowered the water behind the Orrin dam by two metres on Tuesday after a crack was found in it.</p>"


def read(
    body: str = "", *, title: str = "", og: str = "", ld: str = "", site: str = SITE, at: str | None = None
) -> str:
    head = f"<title>{title}</title>" if title else ""
    head += f'<meta property="og:title" content="{og}">' if og else ""
    head += f'<meta property="og:site_name" content="{site}">' if site else ""
    head += f'<script type="application/ld+json">{ld}</script>' if ld else ""
    found = parse(f"<html><head>{head}</head><body>{body}{TEXT * 2}</body></html>")
    assert found is not None
    return headline(found, at)


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | {SITE}",
        f"{TITLE} - {SITE}",
        f"{TITLE} – {SITE}",
        f"{SITE} | {TITLE}",
        f"{SITE}: {TITLE}",
        f"{TITLE} | Water | {SITE}",
        f"{TITLE} | {SITE} | {SITE}",
        f"{TITLE} | Water",
    ],
)
def test_the_site_and_the_section_are_cut_off_a_declared_title(title: str) -> None:
    assert read(title=title) == TITLE
    assert read(og=title) == TITLE


@pytest.mark.parametrize(
    "name", ["Tidewater Times", "The Tidewater Times", "TidewaterTimes.example", "Tidewater Times Blog"]
)
def test_the_host_tells_the_site_where_the_page_does_not(name: str) -> None:
    for host in ("tidewatertimes.example", "news.tidewater-times.example"):
        assert read(title=f"{TITLE} - {name}", site="", at=f"https://{host}/1") == TITLE
        assert read(title=f"{name}: {TITLE}", site="", at=f"https://{host}/1") == TITLE


@pytest.mark.parametrize(
    "title",
    [f"{TITLE}: what we know so far", f"{TITLE} - and why it matters to everyone downstream", "Dam cracks | Water"],
)
def test_what_belongs_to_a_headline_is_left(title: str) -> None:
    assert read(title=title) == title


def test_a_section_behind_a_bar_is_cut_off_the_printed_heading_too() -> None:
    assert read(f"<h1>{TITLE} | Opinion</h1>", og=f"{TITLE} | Opinion") == TITLE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<h1>{SITE}</h1><h1>{TITLE}</h1>", TITLE),
        (f"<h1>{SITE}</h1><h2>{TITLE}</h2>", TITLE),
        ("<h1>Menu</h1><h1>Crack found in dam wall, water lowered</h1>", "Crack found in dam wall, water lowered"),
        (f"<h1><div>{TITLE}</div><div>The level is lowered</div></h1>", TITLE),
        (f"<h1><span>Dec 18 2025</span> <a href=/x>{TITLE}</a></h1>", TITLE),
        (f"<h1>{TITLE}<span>87</span></h1>", TITLE),
        (f"<h1>{TITLE}: the water board lowers the level</h1>", f"{TITLE}: the water board lowers the level"),
        ("<h1>" + "A long account of all that was found. " * 9 + "</h1>", TITLE),
    ],
)
def test_the_heading_that_the_declarations_agree_with(body: str, expected: str) -> None:
    assert read(body, title=f"{TITLE} | {SITE}") == expected


def test_a_lone_heading_outranks_a_title_that_says_other_words() -> None:
    assert (
        read("<h1>Water falls behind the barrier</h1>", title=f"Orrin news | {SITE}")
        == "Water falls behind the barrier"
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("https://t.example/water/crack-found-in-orrin-dam", TITLE),
        ("https://t.example/archive-of-the-valley/crack-in-the-wall-of-the-orrin-dam/", TITLE),
        ("https://t.example/stay-warned-of-floods", "Stay warned of floods in your valley"),
        ("https://t.example/4711", "Stay warned of floods in your valley"),
        ("https://[t.example/crack-found-in-orrin-dam", "Stay warned of floods in your valley"),
        (None, "Stay warned of floods in your valley"),
    ],
)
def test_the_address_tells_whether_a_lone_heading_is_that_of_the_piece(at: str | None, expected: str) -> None:
    assert read("<h1>Stay warned of floods in your valley</h1>", title=f"{TITLE} | {SITE}", at=at) == expected


def test_a_heading_of_the_text_does_not_where_a_lesser_heading_prints_what_is_declared() -> None:
    body = f"<h2>{TITLE}</h2>{TEXT}<h1>Who pays for the repair of it</h1>"
    assert read(body, title=f"{TITLE} | {SITE}") == TITLE


def test_a_title_beside_the_declared_one_names_the_site() -> None:
    assert read("<h1>Orrin Notes</h1>", title=f"Orrin Notes: {TITLE}", og=TITLE, site="") == TITLE


def test_what_was_cut_short_comes_last() -> None:
    long = f"{TITLE}, and engineers lower the water behind it by two metres as a precaution"
    cut = long[:70]
    assert read(ld=f'{{"@type":"NewsArticle","headline":"{cut}"}}', og=long) == long
    assert read(ld=f'{{"@type":"NewsArticle","headline":"{TITLE}"}}', og=f"{TITLE[:20]}…") == TITLE


def test_entities_escaped_twice_are_resolved() -> None:
    assert read(og="Crack &amp;amp; leak found in the dam") == "Crack & leak found in the dam"


def test_the_object_at_the_address_of_the_page_is_the_piece() -> None:
    related = (
        '{"@type":"NewsArticle","url":"https://t.example/b","headline":"Bridge closed","image":"i","author":"A B"}'
    )
    own = f'{{"@type":"NewsArticle","url":"https://www.t.example/a/","headline":"{TITLE}"}}'
    found = parse(
        f'<html><head><link rel="canonical" href="https://t.example/a">'
        f'<script type="application/ld+json">[{related},{own}]</script></head><body>{TEXT}</body></html>'
    )
    assert found is not None
    assert found.article["headline"] == TITLE
    assert headline(found) == TITLE


def test_a_page_without_heading_or_title_has_none() -> None:
    assert read() == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tidewater Times", True),
        ("TIDEWATER  times!", True),
        ("tidewatertimes.example", True),
        ("The Tidewater Times", True),
        ("Tide", False),
        ("Times change", False),
        (TITLE, False),
        ("", False),
    ],
)
def test_what_names_a_site(text: str, named: bool) -> None:
    found = parse("<html><body><p>x</p></body></html>")
    assert found is not None
    assert site_of(found, ADDRESS).named_by(text) is named


words = st.lists(
    st.sampled_from(["Crack", "found", "in", "the", "dam", "|", "-", ":", "»", "Tidewater", "Times", "2025"]),
    max_size=9,
)


@given(words.map(" ".join))
def test_cutting_twice_changes_nothing_and_adds_nothing(title: str) -> None:
    site = Site(frozenset({"tidewatertimes"}), "tidewatertimesexample", "tidewatertimes")
    cut = site.without(title)
    assert cut in title
    assert site.without_section(cut) in title


@settings(max_examples=100)
@given(st.text(alphabet="<>/ab h1div=\"'&;#-!|–\n", max_size=200), words.map(" ".join))
def test_any_markup_has_a_headline_that_it_holds_or_none(inside: str, title: str) -> None:
    found = parse(f"<html><head><title>{title}</title></head><body>{inside}<h1>{title}</h1></body></html>")
    assert found is not None
    said = headline(found, ADDRESS)
    assert said == " ".join(said.split())
    assert not said or same_line(said, said) or not any(map(str.isalnum, said))


CARD = "<h1><a href=/water/crack-found-elsewhere>Crack found in the wall of another dam</a></h1>"


def test_a_heading_that_leads_to_another_page_is_that_of_a_card() -> None:
    own = f"<h1><a href={ADDRESS}>{TITLE}</a></h1>"
    said = "The crack in the Orrin dam, explained"
    assert read(CARD, og=said, at=ADDRESS) == said
    assert read(CARD + own, og=said, at=ADDRESS) == TITLE
    assert read(CARD.replace("a ", "b "), og="Crack found in another wall", at=ADDRESS) != said


def test_the_address_tells_which_of_several_headings_is_the_pieces() -> None:
    address = "https://www.tidewatertimes.example/water/orrin-dam-wall-crack"
    headings = f"<h1>Next in our guide to the water</h1><h1>{TITLE}</h1><h1>What our readers say</h1>"
    assert read(headings, og="Our guide to troubled water", at=address) == TITLE
    assert (
        read(headings, og="Our guide to troubled water", at="https://t.example/17") == "Next in our guide to the water"
    )
