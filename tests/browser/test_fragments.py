"""Chromium opens an outlet's page at the words that a link of ours names: at those, and not where they stand before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from storydesk.model import Span
from storydesk.read import read_document
from storydesk.site.fragment import link_to_words
from tests.browser.pages import TRAPS, served

pytestmark = pytest.mark.browser

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BROKEN = pytest.mark.xfail(strict=True, reason="no browser finds whole words across a <br>, and the text read has none")
NAMES = re.findall(r'<i id="([\w-]+)">', TRAPS)
PASSAGES = [pytest.param(name, marks=[BROKEN] if name == "broken" else []) for name in NAMES]
BOX = """id => {
  const box = document.getElementById(id).getBoundingClientRect();
  return [box.top + scrollY, box.bottom + scrollY];
}"""
MIDDLE = 300
"""Pixels from the top of the window to its middle, where a browser puts what it opens at."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(TRAPS) as found:
        yield found


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 900, "height": 2 * MIDDLE})
    yield opened
    opened.close()


def opened_at(page: Any, link: str) -> float:
    """The middle of the window in the page, once it was opened at a link; 0 where nothing was found."""
    page.goto("about:blank")
    page.goto(link)
    for _ in range(25):
        if page.evaluate("scrollY") > 0:
            return float(page.evaluate("scrollY")) + MIDDLE
        page.wait_for_timeout(20)
    return 0.0


def span_of(text: str, name: str) -> Span:
    """Where a passage of the page stands in the text that was read of it."""
    before, _, after = TRAPS.partition(f'<i id="{name}">')
    inside = after[: after.index("</i>")]
    wanted, lead = plain(inside), plain(before)[-90:]
    at = joined(text).index(joined(lead + wanted)) + len(joined(lead))
    places = [place for place, char in enumerate(text) if joined(char)]
    return Span(places[at], places[at + len(joined(wanted)) - 1] + 1)


def plain(html: str) -> str:
    return unescape(re.sub("<[^>]+>", "", html))


def joined(text: str) -> str:
    """Without white space, soft hyphens and accents, which readers of pages treat each in their own way."""
    apart = unicodedata.normalize("NFD", text).replace("\N{SOFT HYPHEN}", "")
    return "".join(char for char in apart if not char.isspace() and not unicodedata.combining(char))


@pytest.mark.parametrize("name", PASSAGES)
def test_a_link_opens_the_page_at_its_words(page: Any, address: str, name: str) -> None:
    text = read_document(TRAPS.encode(), now=NOW, path="ferry.html").text
    link = link_to_words(address, text, span_of(text, name))
    middle = opened_at(page, link)
    top, bottom = page.evaluate(BOX, name)
    assert top - 20 <= middle <= bottom + 20, link


def test_words_that_are_not_there_are_not_found(page: Any, address: str) -> None:
    assert opened_at(page, link_to_words(address, "The tug left at dawn")) == 0
