"""The two tables of a story page by keyboard alone, through a screen reader, on a phone, on paper, without script."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.browser.conftest import EVENTS

pytestmark = pytest.mark.browser

LEGIBLE = 4.5
"""The contrast that WCAG 2.2 asks of text at level AA (1.4.3)."""

TARGET = 24
"""Pixels of the smallest target that WCAG 2.2 allows at level AA (2.5.8)."""

REACHABLE = "#quotes a, #quotes summary, #sides a, #sides summary"

SEEN = """selector => [...document.querySelectorAll(selector)].filter(one =>
  one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && one.getClientRects().length).length"""

FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return {
    tag: one.tagName, text: one.textContent.trim(), inside: Boolean(one.closest("#quotes, #sides")),
    place: [...document.querySelectorAll("*")].indexOf(one), outline: style.outlineStyle, width: style.outlineWidth,
  };
}"""

CONTRASTS = """() => {
  const colour = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r / 255) + .7152 * linear(g / 255) + .0722 * linear(b / 255);
  const ground = one => {
    const found = colour(getComputedStyle(one).backgroundColor);
    return found.length === 3 || found[3] > 0 ? found : ground(one.parentElement);
  };
  const says = one => one.getClientRects().length && [...one.childNodes].some(node => node.data?.trim());
  return [...document.querySelectorAll("#quotes *, #sides *")].filter(says).map(one => {
    const [high, low] = [light(colour(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    return [(high + .05) / (low + .05), one.className + ": " + one.textContent.trim().slice(0, 40)];
  });
}"""


FERRY = EVENTS[0]


def test_every_link_is_reached_by_tab_in_the_order_of_the_page_and_seen(stories: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{stories}{FERRY}/")
    walked = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if walked and here["tag"] == "BODY":
            break
        walked.append(here)
    assert walked[0]["text"] == "Skip to the content"
    places = [here["place"] for here in walked]
    assert places == sorted(places)
    inside = [here for here in walked if here["inside"]]
    assert len(inside) == page.evaluate(SEEN, REACHABLE) > 20
    assert all(here["outline"] != "none" and here["width"] == "2px" for here in inside)

    unfolds = page.locator("#sides .unfolds").nth(1)
    assert not unfolds.locator("li").first.is_visible()
    unfolds.locator("summary").focus()
    page.keyboard.press("Enter")
    assert unfolds.locator("li").first.is_visible()
    page.close()


def test_a_screen_reader_finds_two_named_tables_and_words_for_every_mark(stories: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{stories}{FERRY}/")
    quotes = page.locator("#quotes table").aria_snapshot()
    assert quotes.startswith('- table "Who said what. For each speaker')
    assert re.findall(r'columnheader "([^"]+)"', quotes) == ["Speaker", "Words", "Carried by"]
    assert 'rowheader "Rui Quintela"' in quotes
    across = page.locator("#sides table").aria_snapshot()
    assert across.startswith('- table "Statements down, outlets across.')
    outlets = re.findall(r'columnheader "([^"]+)"', across)
    assert outlets[0] == "What is told"
    assert "Halyard News Agency" in " ".join(outlets)
    assert 'link "Tejo Journal tells it"' in across
    assert 'cell "not found"' in across
    assert not re.search("[●○]", across)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator("#quotes table").aria_snapshot().startswith("- table")
    assert 'rowheader "' in page.locator("#sides table").aria_snapshot()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_legible_and_nothing_scrolls_sideways(stories: str, browser: Any, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    for event in EVENTS:
        page.goto(f"{stories}{event}/")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width in (1440, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            pale = [found for found in page.evaluate(CONTRASTS) if found[0] < LEGIBLE]
            assert pale == []
            boxes = [cell.bounding_box() for cell in page.locator("a.cell").all()]
            assert all(box["width"] >= TARGET and box["height"] >= TARGET for box in boxes if box)
    context.close()


def test_long_names_and_long_words_scroll_nothing_sideways(
    transactional_db: None, live_server: Any, browser: Any
) -> None:
    from tests.site.conftest import accounts, coverage, keep

    long = "The Regional Observer and Advertiser of the Towns and Villages of the Outer Isles, edition"
    told = tuple(replace(one, item=replace(one.item, source=f"{long} {one.item.id}")) for one in accounts())
    names = tuple(one.item.source or "" for one in told)
    keep(told, replace(coverage(told), headline="Donaudampfschifffahrtsgesellschaft" * 3, outlets=names))
    page = browser.new_page()
    for path in ("/", "/stories/s1/", "/items/courier-1/"):
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width in (1440, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    page.close()


def test_a_mark_opens_its_words_without_script_and_paper_has_them_all(stories: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{stories}{FERRY}/")
    words = page.locator("#row-2-1, #row-2-2").first
    assert not words.is_visible()
    page.locator(f"a.cell[href='#{words.get_attribute('id')}']").click()
    assert words.is_visible()
    page.emulate_media(media="print")
    assert all(words.is_visible() for words in page.locator("#sides .unfolds li").all())
    context.close()


def test_every_link_out_of_a_story_opens_the_outlets_page_at_its_words(stories: str, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 900, "height": 600})
    page = context.new_page()
    wanted: set[str] = set()
    for event in EVENTS:
        page.goto(f"{stories}{event}/?all=1")
        links = page.evaluate("[...document.querySelectorAll('a.out')].map(one => one.href)")
        wanted |= {link for link in links if ":~:text=" in link}
    page.add_init_script("addEventListener('DOMContentLoaded', () => document.body.style.padding = '1500px 0')")
    missed = []
    for link in sorted(wanted):
        page.goto("about:blank")
        page.goto(link)
        for _ in range(25):
            if page.evaluate("scrollY") > 0:
                break
            page.wait_for_timeout(20)
        else:
            missed.append(link)
    print(f"{len(wanted) - len(missed)} of {len(wanted)} links out opened at their words")
    assert len(wanted) > 30
    assert missed == []
    context.close()
