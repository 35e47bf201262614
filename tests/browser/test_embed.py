"""Comments in a frame on another site, in a real browser: read there, answered here, and held by nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

from storydesk.site.embed import SANDBOX
from tests.site.conftest import accounts, comment, coverage, keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = "http://paper.example/ferry"


@pytest.fixture
def framed(browser: Any, live_server: Any, settings: Any) -> Iterator[Callable[[str], Any]]:
    """Opens a page of another site that holds the comments in a frame with the attributes given."""
    settings.EMBED_ORIGINS = ("http://paper.example",)
    comment(keep(accounts(), coverage()), "k1", "published", "PUBLISHED-WORDS for everyone")
    context = browser.new_context(viewport={"width": 800, "height": 900})

    def opened(attributes: str, at: str = PAPER) -> Any:
        listens = "<script>heights = []; onmessage = (event) => heights.push(event.data)</script>"
        frame = f"<iframe src='{live_server.url}/embed/stories/s1/' width=700 height=500 {attributes}></iframe>"
        body = f"<!doctype html><title>The Paper</title>{listens}{frame}"
        context.route(at, lambda route: route.fulfill(body=body, content_type="text/html"))
        page = context.new_page()
        page.goto(at)
        return page

    yield opened
    context.close()


def test_it_is_read_there_in_the_desk_s_own_style(framed: Callable[[str], Any]) -> None:
    page = framed(f"sandbox='{SANDBOX}'")
    frame = page.frames[1]
    assert "PUBLISHED-WORDS" in frame.inner_text("main")
    assert frame.evaluate("getComputedStyle(document.querySelector('.join')).fontWeight") == "600"
    page.wait_for_function("heights.length > 0")
    told = page.evaluate("heights[0]")
    assert told["storydesk"] == "height"
    assert 50 < told["height"] < 900


def test_it_is_answered_at_the_desk_in_a_tab_that_is_not_sandboxed(framed: Callable[[str], Any]) -> None:
    page = framed(f"sandbox='{SANDBOX}'")
    with page.context.expect_page() as opening:
        page.frames[1].get_by_role("link", name="Join the discussion").click()
    desk = opening.value
    desk.get_by_label("Your name").fill("Una")
    desk.get_by_label("Your comment").fill("When does the ferry sail again?")
    desk.get_by_role("button", name="Send to the moderators").click()
    assert "held" in desk.inner_text("main")
    assert desk.evaluate("window.opener") is None


def test_without_script_and_without_a_sandbox_of_the_other_site_it_is_the_same(framed: Callable[[str], Any]) -> None:
    bare = framed("")
    assert "PUBLISHED-WORDS" in bare.frames[1].inner_text("main")
    assert bare.frames[1].evaluate("window.origin") == "null"
    assert "PUBLISHED-WORDS" in framed("sandbox='allow-popups'").frames[1].inner_text("main")


def test_a_site_that_is_not_named_gets_nothing(framed: Callable[..., Any]) -> None:
    page = framed(f"sandbox='{SANDBOX}'", "http://elsewhere.example/ferry")
    assert "PUBLISHED-WORDS" not in page.frames[1].content()
    assert django_settings.EMBED_ORIGINS == ("http://paper.example",)
