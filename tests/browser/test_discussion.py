"""A comment's way in a real browser, by keyboard and by hand: post, hold, screen, decide, appeal, publish,
delete, erase."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

pytestmark = pytest.mark.browser

MOTHER = (
    "My mother was on board. Ask her on 0171 555 0123 99, she saw the engine room. What nonsense is this, you fools."
)
SECOND = "She would rather be asked in person, in fact."
PASSWORD = "kelp-and-granite"


def signed_in(browser: Any, desk: str, name: str, **options: Any) -> Any:
    """A page of a member."""
    member = browser.new_context(**options).new_page()
    member.goto(f"{desk}/sign-in/")
    member.get_by_label("Name").fill(name)
    member.get_by_label("Password").fill(PASSWORD)
    member.get_by_role("button", name="Sign in").click()
    member.wait_for_load_state()
    return member


def send(page: Any, text: str, name: str = "") -> None:
    """Writes and sends a comment on the story that is open."""
    if name:
        page.get_by_label("Your name").fill(name)
    page.get_by_label("Your comment").fill(text)
    page.get_by_role("button", name="Send to the moderators").click()
    page.wait_for_load_state()


def test_words_without_end_scroll_no_page_of_the_desk_sideways(
    transactional_db: None, live_server: Any, page: Any, browser: Any
) -> None:
    from django.core.cache import cache

    from storydesk.desk.members import keep_member
    from storydesk.desk.models import CommentRow
    from tests.site.conftest import accounts, coverage, keep

    cache.clear()
    keep_member("edda", PASSWORD, "editor")
    told = tuple(replace(one, item=replace(one.item, title="Donaudampfschifffahrt" * 5)) for one in accounts())
    keep(told, coverage(told))
    page.goto(f"{live_server.url}/stories/s1/")
    send(page, "x" * 300, "W" * 80)
    edda = signed_in(browser, live_server.url, "edda")
    comment = CommentRow.objects.get().pk
    for path in ("queue/", f"queue/{comment}/", "queue/log/", "stories/s1/", "stories/s1/choose/?do=merge"):
        edda.goto(f"{live_server.url}/{path}")
        for width in (1440, 768, 390, 320):
            edda.set_viewport_size({"width": width, "height": 900})
            assert edda.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    edda.context.close()


def test_a_comment_is_held_screened_decided_appealed_for_and_published(desk: str, page: Any, browser: Any) -> None:
    from storydesk.desk.discussion import verify
    from storydesk.desk.members import keep_member
    from storydesk.desk.models import CommentRow

    for name, role in (("una", "reader"), ("mo", "moderator"), ("mia", "moderator")):
        keep_member(name, PASSWORD, role)

    page.goto(desk)
    page.get_by_role("link", name="ferry", exact=False).first.click()
    story = page.url

    # post: held, seen by its author and by nobody else
    una = signed_in(browser, desk, "una", viewport={"width": 390, "height": 844}, java_script_enabled=False)
    una.goto(story)
    send(una, MOTHER)
    assert "held" in una.inner_text("h1")
    una.goto(story)
    assert "Only you and the moderators see it." in una.inner_text("#comments")
    assert una.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(story)
    assert MOTHER not in page.content()

    # screen: the words that weighed are marked, the most urgent is first
    mo = signed_in(browser, desk, "mo")
    assert "fools" in mo.locator("[data-queue]").first.locator("mark").all_inner_texts()
    assert "0171 555 0123 99" in mo.locator("[data-queue]").first.locator("mark").all_inner_texts()

    # decide, by keyboard alone: out with the number, then a reason by its number, then undo
    mo.keyboard.press("j")
    mo.keyboard.press("d")
    mo.get_by_text("The public no longer sees these words.").wait_for()
    mo.locator("[data-queue]:focus").wait_for()
    mo.keyboard.press("r")
    mo.keyboard.press("1")
    mo.keyboard.press("Enter")
    mo.get_by_text("is rejected.").first.wait_for()
    row = CommentRow.objects.get(text=MOTHER)
    assert (row.state, row.rejection) == ("rejected", "Insult")

    # appeal: its author reads why and asks once more; another moderator is asked first
    una.goto(f"{desk}/comments/")
    assert "Insult" in una.inner_text("main")
    una.get_by_text("Appeal", exact=True).click()
    una.get_by_label("Why it should be published.", exact=False).fill("It was said in anger, and it is true.")
    una.get_by_role("button", name="Send the appeal").click()
    assert "Your appeal is with the moderators." in una.inner_text("main")
    mia = signed_in(browser, desk, "mia")
    appealed = mia.locator("[data-queue]").filter(has_text="It was said in anger")
    assert "your own decision" not in appealed.inner_text()

    # publish: without the number, which the page says
    appealed.get_by_role("button", name="Publish").click()
    mia.get_by_text("is published.").first.wait_for()
    page.goto(story)
    shown = page.inner_text("#comments")
    assert "Ask her on ▇▇▇, she saw" in shown
    assert "0171" not in page.content()
    assert "took personal data out" in shown

    # reply and report
    page.locator("#comments li").filter(has_text="Ask her on").get_by_role("link", name="Reply").click()
    send(page, SECOND, "Ben")
    page.goto(story)
    page.locator("#comments li").filter(has_text="Ask her on").get_by_role("link", name="Report").click()
    page.get_by_label("Insult").check()
    page.get_by_role("button", name="Report it to the moderators").click()
    assert "A moderator looks at it." in page.inner_text("main")
    mia.goto(f"{desk}/queue/?only=reported")
    assert "Reported: Insult" in mia.inner_text("main")

    # several at once
    mia.goto(f"{desk}/queue/")
    for box in mia.locator("input[name=pick]").all():
        box.check()
    mia.locator("#bulk").get_by_role("button", name="Publish").click()
    mia.get_by_text("are published.").first.wait_for()
    page.goto(story)
    assert SECOND in page.inner_text("#comments .depth1")

    # delete: the place stays for the reply
    una.goto(f"{desk}/comments/")
    una.get_by_text("Delete it", exact=True).first.click()
    una.get_by_role("button", name="Delete it").click()
    page.goto(story)
    assert "Deleted by its author." in page.inner_text("#comments")
    assert "My mother was on board" not in page.content()

    # erase: the account goes for good, and no page bears its name
    una.goto(f"{desk}/account/erase/")
    una.get_by_label("Password").fill(PASSWORD)
    una.get_by_role("button", name="Erase me").click()
    assert "You are erased." in una.inner_text("body")
    page.goto(story)
    assert "una" not in page.inner_text("#comments").split()
    una.goto(f"{desk}/comments/")
    assert "/sign-in/" in una.url or "una" not in una.inner_text("main").split()
    again = signed_in(browser, desk, "una")
    assert "/sign-in/" in again.url
    again.context.close()
    assert verify() == []
    for member in (una, mo, mia):
        member.context.close()
