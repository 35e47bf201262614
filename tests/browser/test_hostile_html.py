"""Hostile HTML, wherever a string from outside is shown: none of it runs in a real browser, under the content policy
and without it.

What would run is seen in three ways. The functions that such fragments call are replaced before any page loads;
every request but for the desk's own files, every dialog and every move to another page counts; and where the policy is
off, browsers still report what it would have refused (``Content-Security-Policy-Report-Only``), which is any script at
all but the desk's own file. What waits for a click or the pointer is looked for in the page as the browser built it.
That all of this sees something is shown with the same fragments as raw markup.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.html import escape

from storydesk.desk.adding import add_file
from storydesk.desk.database import Database
from storydesk.desk.models import ItemRow, MentionRow, SourceRow, StoryRow
from storydesk.desk.visiting import Fetcher
from storydesk.desk.worker import Worker
from storydesk.site.policy import POLICY
from tests.browser.hostile_desk import fill, pages
from tests.site.conftest import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.timeout(1800)]

DESK = "http://desk.example"
OWN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></textarea></style></script><script>alert(1)</script>",
    "javascript:alert(1)",
    " \tjava\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1) autofocus onfocus=alert(1)>here</a>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<body onload=alert(1)><meta http-equiv=refresh content='0;url=//evil.example/'><base href=//evil.example/>",
    "{{constructor.constructor('alert(1)')()}}<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example/><button formaction=javascript:alert(1)>x</button><object data=//evil.example/x>",
)
"""Ours; each executes, asks elsewhere or waits for a click where it is taken for markup, or is an address that does."""

WATCH = """
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => storydeskRan(name);
document.addEventListener("securitypolicyviolation", (event) => {
  const viewer = !document.contentType.endsWith("html") && event.effectiveDirective === "style-src-elem";
  if (!viewer) storydeskRan("policy: " + event.effectiveDirective); // the browser's own way to show XML has a style
});
"""

LOOK = """async () => {
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name) || name === "srcdoc") found.push(name);
      if (/^(formaction|action|data|src|href|xlink:href|poster|background|ping)$/i.test(name)) {
        let address;
        try { address = new URL(value, document.baseURI); } catch { continue; }
        if (!["http:", "https:"].includes(address.protocol)) found.push(`${name}=${address.protocol}`);
      }
    }
    const own = one.src?.startsWith(location.origin + "/static/");
    if (/^(script|iframe|frame|object|embed|base|applet)$/i.test(one.localName) && !own) found.push(one.localName);
    if (one.localName === "meta" && one.httpEquiv) found.push("meta");
  }
  await new Promise((done) => setTimeout(done));
  return found;
}"""


STATIC = settings.STATICFILES_DIRS[0]
FRAMES = 24
"""Pages that are looked at side by side."""

UNNEEDED = (
    '<link rel="stylesheet" href="/static/storydesk.css">',
    '<link rel="icon" type="image/svg+xml" href="/static/icon.svg">',
)
"""What a page of ours asks for besides, by its very words: left out, twice as many pages are looked at in the time."""


Shown = tuple[str, str, dict[str, str]]
"""A page: its address, its body and its headers."""


class Watched:
    """A browser before pages that are handed to it, and what ran, asked elsewhere or lay in wait on each."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context()
        self.context.expose_binding("storydeskRan", lambda _, what: self.seen.append(str(what)))
        self.context.add_init_script(WATCH)
        self.context.route("**/*", self._serve)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.seen.append("dialog"), dialog.dismiss()))
        self.page.on("popup", lambda popup: (self.seen.append("popup"), popup.close()))
        self.seen: list[str] = []
        self._pages: dict[str, tuple[str, dict[str, str]]] = {}

    def look(self, path: str, body: str, headers: dict[str, str]) -> list[str]:
        """What the browser does with a page."""
        self.seen, self._pages = [], {DESK + path: (body, headers)}
        self._open(DESK + path)
        if self.page.url != DESK + path:
            self.seen.append("moved")
        return self.seen

    def look_at_many(self, shown: Sequence[Shown]) -> dict[str, list[str]]:
        """The same for several, side by side in frames, which is many times as fast; those of which something is to be
        told. To be framed at all they come without that part of their policy."""
        framed = [(path, body, _framed(headers)) for path, body, headers in shown]
        self.seen, self._pages = [], {DESK + path: (body, headers) for path, body, headers in framed}
        frames = "".join(f'<iframe src="{escape(path)}"></iframe>' for path, _, _ in framed)
        self._pages[DESK + "/frames"] = (f"<!doctype html>{frames}", {"content-type": "text/html"})
        self._open(DESK + "/frames", frames=True)
        if not self.seen and {frame.url for frame in self.page.frames} == set(self._pages):
            return {}
        return {path: found for path, body, headers in framed if (found := self.look(path, body, headers))} or {
            "/frames": [*self.seen, *(frame.url for frame in self.page.frames)]
        }

    def _open(self, address: str, *, frames: bool = False) -> None:
        try:
            self.page.goto(address)
            for frame in self.page.frames[1:] if frames else [self.page.main_frame]:
                self.seen += frame.evaluate(LOOK)
        except Exception as error:  # a page that moved on meanwhile
            self.seen.append(type(error).__name__)

    def _serve(self, route: Any) -> None:
        asked = route.request.url
        path = asked.removeprefix(DESK)
        if asked in self._pages:
            body, headers = self._pages[asked]
            for known in UNNEEDED:
                body = body.replace(known, "", 1)
            route.fulfill(body=body, headers=headers)
        elif path.startswith("/static/") and (file := STATIC / path.removeprefix("/static/")).is_file():
            route.fulfill(body=file.read_bytes(), content_type=guess_type(file.name)[0] or "text/plain")
        else:
            self.seen.append(f"asked for {asked[:80]}")
            route.abort()


def _framed(headers: dict[str, str]) -> dict[str, str]:
    return {name: re.sub(r";? *frame-ancestors [^;]*", "", value) for name, value in headers.items()}


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    """The browser with its traps set."""
    watch = Watched(browser)
    yield watch
    watch.context.close()


def shown(fragments: Sequence[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every page of a desk that is full of them: its address, its body and its headers."""
    moderator = User.objects.create_user("mo", password="kelp-and-granite")
    moderator.groups.set([Group.objects.get_or_create(name=name)[0] for name in ("moderators", "editors")])
    fill(fragments, moderator)
    stranger, member = Client(), Client()
    member.force_login(moderator)
    for path, as_member in pages(fragments):
        answer = (member if as_member else stranger).get(path, headers={"host": "localhost"})
        assert answer.status_code == 200, path
        yield (
            path,
            answer.content.decode(),
            {"content-type": answer["content-type"], "content-security-policy": answer["Content-Security-Policy"]},
        )


def told(fragments: Sequence[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The pages of a desk that has read, grouped and compared pages on one event, hostile in title, author, words and
    quotes."""
    with Fetcher.open(frozenset()) as fetcher:
        worker = Worker(Database(), fetcher)
        for number, fragment in enumerate(fragments):
            add_file(worker.store, page_of(fragment).encode(), f"page{number}.html", NOON)
        worker.drain()
    assert StoryRow.objects.exclude(coverage=None).exists()
    ids = [("stories", StoryRow), ("items", ItemRow), ("sources", SourceRow)]
    paths = [f"/{kind}/{pk}/" for kind, rows in ids for pk in rows.objects.values_list("pk", flat=True)]
    for path in ["/", *paths, *{f"/names/{one.entity}/" for one in MentionRow.objects.all()}]:
        answer = Client().get(path, headers={"host": "localhost"}, follow=True)
        yield path, answer.content.decode(), HTML


def page_of(fragment: str) -> str:
    """A page that tells of a ferry, with a fragment wherever an outlet writes its own words, as words and as markup."""
    words = escape(fragment)
    return (
        f"<!doctype html><html><head><title>{words}</title><meta name=author content='{words}'>"
        f"<link rel=canonical href='{words}'><meta property=og:site_name content='{words}'></head><body><article>"
        f"<h1>Ferry aground off Cork {words}</h1><p class=byline>By {words}</p>"
        "<p>A ferry ran aground off Cork on Monday with 41 people on board, the coast guard said.</p>"
        f"<p>“{words} and nobody was hurt,” said the harbour master, Una Daly {words}.</p>{fragment}"
        f"<p>She thanked the crews of {words}, who had worked through the night to free the ship.</p></article></html>"
    )


def check(watched: Watched, fragments: Sequence[str]) -> str:
    """Looks at every page under the policy and without; what to say of it."""
    ran: dict[str, list[str]] = {}
    count, pages_of_desk = 0, shown(fragments)
    while batch := list(islice(pages_of_desk, FRAMES)):
        count += len(batch)
        under = [(path, body, headers) for path, body, headers in batch]
        without = [(path, body, {**HTML, "content-type": headers["content-type"]}) for path, body, headers in batch]
        ran |= {f"{path} under the policy": found for path, found in watched.look_at_many(under).items()}
        ran |= {f"{path} without": found for path, found in watched.look_at_many(without).items()}
    assert ran == {}
    return f"{len(fragments)} fragments in every place, {count} pages, with the content policy and without: 0 executed"


def test_none_of_ours_runs_in_any_place(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    say(capsys, check(watched, OWN))


def test_none_of_the_collected_ones_runs_in_any_place(
    watched: Watched, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, check(watched, collected(shared)))


def test_none_of_ours_runs_after_the_real_stages(watched: Watched) -> None:
    seen = list(told(OWN))
    assert sum("&lt;" in body for _, body, _ in seen) > len(OWN)
    assert {path: found for path, body, headers in seen if (found := watched.look(path, body, headers))} == {}


def test_as_raw_markup_each_of_ours_is_seen(watched: Watched) -> None:
    assert [fragment for fragment in OWN if not watched.look("/raw", raw(fragment), HTML)] == []
    side_by_side = [(f"/raw{number}", raw(fragment), HTML) for number, fragment in enumerate(OWN)]
    for one in side_by_side:  # none hides among pages in which nothing runs
        quiet = ("/quiet", "<!doctype html><title>Quiet</title>", HTML)
        assert one[0] in watched.look_at_many([quiet, one])


def test_as_raw_markup_most_of_the_collected_ones_run(
    watched: Watched, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fragments = collected(shared)
    seen = sum(bool(watched.look("/raw", raw(fragment), HTML)) for fragment in fragments)
    say(capsys, f"as raw markup {seen} of {len(fragments)} execute, ask elsewhere or wait for a click")
    assert seen > len(fragments) // 2


HTML = {"content-type": "text/html; charset=utf-8", "content-security-policy-report-only": POLICY}


def raw(fragment: str) -> str:
    """A page that shows a fragment as no page should: as markup, and as an address."""
    return f"<!doctype html><title>x</title><p><a href='{fragment}'>link</a></p><div>{fragment}</div>"


def collected(shared: Path) -> list[str]:
    """The collected fragments, each once, without those that are blank: every twentieth, or all of them where
    ``STORYDESK_ALL_FRAGMENTS`` is set, which takes ten minutes."""
    with gzip.open(shared / "attacks" / "html-injection.jsonl.gz", "rt") as lines:
        found = [json.loads(line)["payload"] for line in lines]
    fragments = list(dict.fromkeys(fragment for fragment in found if fragment.strip()))
    return fragments if os.environ.get("STORYDESK_ALL_FRAGMENTS") else fragments[::20]


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Prints a figure though the test passes."""
    with capsys.disabled():
        print(f"\n{line}")
