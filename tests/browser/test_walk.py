"""The walk of a first visit: front page, story, quote, the source's words, a comment, moderation, publication."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

COMMENT = "Does anybody know when the crossing from Barreiro opens again?"
PASSWORD = "kelp-and-granite"


def test_from_the_front_page_to_a_published_comment(desk: str, page: Any, browser: Any) -> None:
    from django.core.cache import cache

    from storydesk.desk.members import keep_member

    cache.clear()
    keep_member("mo", PASSWORD, "moderator")

    page.goto(desk)
    page.get_by_role("link", name="ferry", exact=False).first.click()
    assert "independent origins" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    story = page.url

    quote = page.locator("#quotes tbody").filter(has_text="We have counted twice").first
    assert "Duarte Sequeira" in quote.inner_text()
    out = quote.locator("a.out").first.get_attribute("href")
    quote.locator("a.here").first.click()
    assert "We have counted twice" in page.locator("mark").first.inner_text()

    assert out is not None
    assert ":~:text=" in out
    outlet = page.context.new_page()
    outlet.goto(out)
    outlet.wait_for_function("window.scrollY > 0 || document.documentElement.scrollHeight <= window.innerHeight")
    assert "We have counted twice" in outlet.inner_text("body")
    outlet.close()

    page.goto(story)
    page.get_by_label("Your name").fill("Una")
    page.get_by_label("Your comment").fill(COMMENT)
    page.get_by_role("button", name="Send to the moderators").click()
    assert "moderator" in page.inner_text("main")
    page.goto(story)
    assert "Only you and the moderators see it." in page.inner_text("#comments")
    stranger = browser.new_context().new_page()
    stranger.goto(story)
    assert COMMENT not in stranger.content()

    moderator = browser.new_context().new_page()
    moderator.goto(f"{desk}/queue/")
    moderator.get_by_label("Name").fill("mo")
    moderator.get_by_label("Password").fill(PASSWORD)
    moderator.get_by_role("button", name="Sign in").click()
    assert COMMENT in moderator.inner_text("main")
    moderator.get_by_role("button", name="Publish").first.click()
    moderator.wait_for_load_state()
    moderator.context.close()

    stranger.goto(story)
    assert COMMENT in stranger.inner_text("#comments")
    stranger.context.close()


def test_a_story_reads_without_script(desk: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    visitor = context.new_page()
    visitor.goto(desk)
    visitor.get_by_role("link", name="mackerel", exact=False).first.click()
    text = visitor.inner_text("main")
    for heading in ("In brief", "Who said what", "Side by side", "In this story", "About the sources", "Comments"):
        assert heading in text
    context.close()
