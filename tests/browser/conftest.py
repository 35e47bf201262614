"""A real browser before a desk that was filled through the real stages with part of the demo edition."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver keeps an event loop in the test's thread

EVENTS = ("lisbon-ferry-fire", "bergen-mackerel-talks")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
# Pages of other sites, which tests make up, frame this machine's own; Chromium would keep them from it.
QUIET += ["--disable-features=LocalNetworkAccessChecks"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (.ci/run installs it: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--disable-component-update"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def outlets() -> Iterator[Any]:
    """The outlets of the demo edition, served with two of its events."""
    from storydesk.demo.edition import load_edition
    from storydesk.demo.server import EditionServer

    edition = load_edition()
    pieces = tuple(piece for piece in edition.pieces if piece.event in EVENTS)
    with EditionServer(replace(edition, pieces=pieces, remarks=())) as server:
        yield server


@pytest.fixture
def desk(transactional_db: None, outlets: Any, live_server: Any) -> str:
    """The address of a desk that has gathered them."""
    from storydesk.demo.running import register
    from storydesk.desk.database import Database
    from storydesk.desk.visiting import Fetcher
    from storydesk.desk.worker import Worker

    with Fetcher.open(frozenset({("127.0.0.1", outlets.port)})) as fetcher:
        worker = Worker(Database(), fetcher)
        register(outlets, worker)
        worker.drain()
    return str(live_server.url)


@pytest.fixture(scope="session")
def told(outlets: Any) -> list[tuple[Any, Any]]:
    """The coverage and the accounts of each of the events, read from the outlets' pages through the real stages."""
    from datetime import UTC, datetime
    from urllib.request import urlopen

    from storydesk import pipeline
    from storydesk.read import read_document

    names = {outlet.id: outlet.name for outlet in outlets.edition.outlets}
    stories: dict[str, list[Any]] = {event: [] for event in EVENTS}
    for piece in outlets.edition.pieces:
        url = f"http://127.0.0.1:{outlets.port}/{piece.source}/{piece.slug}"
        with urlopen(url) as page:
            item = read_document(page.read(), now=datetime.now(UTC), url=url, source=names[piece.source])
        stories[piece.event].append(pipeline.account(item))
    return [(pipeline.cover(event, accounts), accounts) for event, accounts in stories.items()]


@pytest.fixture
def stories(transactional_db: None, told: list[tuple[Any, Any]], live_server: Any) -> str:
    """The address below which the stories of the events stand, by the names of the events."""
    from tests.site.conftest import keep

    for coverage, accounts in told:
        keep(accounts, coverage)
    return f"{live_server.url}/stories/"


@pytest.fixture
def page(browser: Any) -> Any:
    """A fresh visitor, at phone width, whose page may not log an error."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    visitor = context.new_page()
    errors: list[str] = []
    visitor.on("pageerror", lambda error: errors.append(str(error)))
    visitor.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield visitor
    context.close()
    assert errors == []
