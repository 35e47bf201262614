"""Pictures of every kind of page, at the widths of a phone and of a desk, light and dark.

    python eval/screenshots.py http://127.0.0.1:8000 screenshots --member NAME

takes the address of a running desk with stories on it (``storydesk demo``) and a folder to write to. With the name of a
member and the password in ``STORYDESK_PASSWORD`` the moderation queue is taken too; with ``--first-run ADDRESS``, the
front page of another, empty desk. Ends with status 1 where a page scrolls sideways or logs an error.

Chromium is taken from the system (``apt-get install chromium``), or from ``CHROMIUM``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
TALLEST = 12_000
"""Pixels of a picture; a longer page is cut there, since viewers give up on taller ones."""


def main() -> None:
    """Takes the pictures; one line for each."""
    asked = _arguments()
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(FLAGS)
        )
        pages = _pages(browser, asked.address, asked.first_run, asked.member)
        for width in WIDTHS:
            for scheme in SCHEMES:
                faults += _take(browser, asked, pages, folder, width, scheme)
        browser.close()
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("address", help="the address of a running desk")
    parser.add_argument("folder", help="where the pictures go")
    parser.add_argument("--member", help="the name of a member who moderates")
    parser.add_argument("--first-run", help="the address of a desk with nothing in it")
    return parser.parse_args()


def _pages(browser: Browser, address: str, first_run: str | None, member: str | None) -> dict[str, str]:
    """Each kind of page by name, found by following links from the front page: so that any desk will do."""
    page = browser.new_page()
    page.goto(address)
    found = {"front": address, "story": _first(page, ".teaser.lead h3 a"), "single": _first(page, ".singles h3 a")}
    page.goto(found["story"])
    found |= {
        "words": _first(page, "#brief .here"),
        "item": _first(page, ".told h3 a"),
        "source": _first(page, ".told .byline a"),
        "entity": _first(page, ".card h3 a"),
        "person": _first(page, ".said-by th a, .voice h3 a"),
    }
    for name, path in (
        ("sources", "sources/"),
        ("about", "about/"),
        ("sign-in", "sign-in/"),
        ("missing", "nothing-here/"),
    ):
        found[name] = urljoin(address, path)
    found["first-run"] = first_run or ""
    if member:
        found |= {"queue": urljoin(address, "queue/"), "queue-log": urljoin(address, "queue/log/")}
        # After the queue, where the member has signed in.
        found |= {"correct": found["story"] + "#correct", "corrections": urljoin(address, "corrections/")}
        found["choose"] = urljoin(found["story"], "choose/?do=merge")
        entity = found["entity"].rstrip("/").rpartition("/")[2]
        found["names"] = urljoin(address, "corrections/names/")
        found["choose-name"] = urljoin(address, f"corrections/names/choose/?do=one&entity={entity}")
    page.close()
    return {name: url for name, url in found.items() if url}


def _first(page: Page, selector: str) -> str:
    link = page.query_selector(selector)
    return urljoin(page.url, (link.get_attribute("href") if link else "") or "") if link else ""


def _take(
    browser: Browser, asked: argparse.Namespace, pages: dict[str, str], folder: Path, width: int, scheme: str
) -> Iterator[str]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    for name, url in pages.items():
        if name == "queue":
            _sign_in(page, asked.address, asked.member)
        page.goto(url)
        target = folder / f"{name}-{width}-{scheme}.png"
        tall = int(page.evaluate("document.documentElement.scrollHeight"))
        wide = int(page.evaluate("document.documentElement.scrollWidth"))
        clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
        page.screenshot(path=target, full_page=True, clip=clip)  # type: ignore[arg-type]
        print(f"{target}  {wide} x {tall}")
        if wide > width:
            yield f"{url} scrolls sideways at {width}"
        yield from (f"{url}: {message}" for message in heard)
        heard.clear()
    context.close()


def _sign_in(page: Page, address: str, member: str) -> None:
    page.goto(urljoin(address, "sign-in/"))
    page.fill("#username", member)
    page.fill("#password", os.environ.get("STORYDESK_PASSWORD", ""))
    page.click("main button")


if __name__ == "__main__":
    main()
