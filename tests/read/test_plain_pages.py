"""Plain pages written for these tests, each line marked with the part it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storydesk.model import Item
from storydesk.read.plain import parts, read_plain

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGES = sorted((Path(__file__).parent / "plain").glob("*.txt"))


def marked(page: Path) -> list[tuple[str | None, str]]:
    lines = [line.split("|", 1) for line in page.read_text("utf-8").splitlines()]
    return [(part.strip() or None, text) for part, text in lines]


def item(number: int) -> Item:
    page = next(page for page in PAGES if page.name.startswith(f"{number:02}-"))
    return read_plain("\n".join(text for _, text in marked(page)), now=NOW, path=page.name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_is_in_its_part(page: Path) -> None:
    expected = marked(page)
    assert parts("\n".join(text for _, text in expected), now=NOW) == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_headline_is_found(page: Path) -> None:
    headlines = [text for part, text in marked(page) if part == "title"]
    if headlines:
        assert read_plain("\n".join(text for _, text in marked(page)), now=NOW).title == headlines[0]


def test_a_text_without_headline_is_labelled_by_its_first_sentence() -> None:
    assert item(4).title == "The lighthouse keeper's log, found last autumn behind a wall…"


@pytest.mark.parametrize(
    ("number", "author"),
    [
        (1, "Ingrid Solheim"),
        (3, "Katrin Lohmann"),
        (11, "Élodie Marchetti"),
        (13, "Martha Quill"),
        (17, "Rita Mendes"),
        (4, None),
    ],
)
def test_the_byline_names_the_author(number: int, author: str | None) -> None:
    assert item(number).author == author


@pytest.mark.parametrize(
    ("number", "published"),
    [
        (1, datetime(2025, 3, 3, 14, 5, tzinfo=UTC)),
        (3, datetime(2024, 3, 12, 18, 40, tzinfo=UTC)),
        (7, datetime(2024, 1, 9, tzinfo=UTC)),
        (11, datetime(2024, 2, 8, 9, 30, tzinfo=UTC)),
        (13, datetime(2023, 5, 14, tzinfo=UTC)),
        (17, datetime(2023, 6, 12, 16, 15, tzinfo=UTC)),
        (21, datetime(2021, 6, 16, tzinfo=UTC)),
        (2, None),
        (8, None),
    ],
)
def test_the_date_is_that_of_the_article_never_of_its_comments(number: int, published: datetime | None) -> None:
    assert item(number).published == published


@pytest.mark.parametrize(("number", "source"), [(8, "The Ridge Gazette"), (15, "Coastline Monitor"), (1, None)])
def test_the_true_publisher_is_the_one_the_page_names(number: int, source: str | None) -> None:
    assert item(number).source == source


def test_posts_are_told_apart_by_their_heads() -> None:
    assert [(post.author, post.text) for post in item(2).comments] == [
        ("Terry B", "About time. My drive to work has been twenty minutes longer for three years."),
        ("millgirl", "And who pays for it?\nWe do, as always."),
        ("Joan Ashby", "Councillor Pratt has never taken a bus in his life."),
    ]
    assert [post.author for post in item(13).comments] == ["Hazel", "Graham P."]


def test_posts_may_begin_with_their_authors() -> None:
    assert [post.author for post in item(18).comments] == [
        "JohnnyB",
        "Anonymous",
        "Carol's neighbor",
        "Rick",
        "JohnnyB",
    ]
    assert item(18).comments[0].text == "so sad. I bought donuts there every fall"


def test_buttons_and_replies_are_no_posts() -> None:
    assert [post.author for post in item(19).comments] == ["Hasan", "Jens Holm", "You can call me Al"]


def test_posts_are_told_apart_by_their_numbers() -> None:
    assert item(7).comments[0].text == "finally!! they should rot"
    assert len(item(7).comments) == 4


def test_wrapped_lines_become_paragraphs() -> None:
    assert item(9).text.split("\n\n")[0].endswith("until four in the morning, both sides said on Friday.")
    assert len(item(9).text.split("\n\n")) == 3


def test_an_article_is_no_video_unless_the_page_says_so() -> None:
    assert item(8).video is None
