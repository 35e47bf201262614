"""Whatever outlets, readers and knowledge bases put into a field is shown as words, never as markup or a script."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from storydesk.coverage import Coverage
from storydesk.desk.discussion.log import append, turn
from storydesk.desk.models import AuthorRow, CommentRow, ReportRow, SourceRow, WordingRow
from storydesk.model import Account, Card, Entity, Fact, Mention, Video
from storydesk.site import standalone
from tests.site.conftest import HOSTILE, NOON, accounts, comment, coverage, keep

SCRIPT = "javascript:alert(1)"
PAGES = (
    "/",
    "/stories/s1/",
    "/items/courier-1/",
    "/sources/",
    "/sources/source-0-s1/",
    "/names/Q26087/",
    "/names/evil/",
)


class Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.handlers: list[str] = []
        self.images: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.scripts += tag == "script" and "src" not in given
        self.handlers += [name for name in given if name.startswith("on")]
        self.images += [given.get("src") or ""] if tag in ("img", "iframe", "object", "embed") else []
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "data-embed")]


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


def hostile() -> tuple[tuple[Account, ...], Coverage]:
    """The edition with every field that comes from outside turned hostile; each text ends in it."""
    told = []
    for account in accounts():
        text = f"{account.item.text}\n{HOSTILE}"
        item = replace(
            account.item,
            text=text,
            title=HOSTILE,
            url=SCRIPT,
            author=HOSTILE,
            carrier=HOSTILE,
            language=HOSTILE,
            summary=HOSTILE,
            video=Video(SCRIPT, "https://www.youtube-nocookie.com.evil.example/embed/x", HOSTILE, SCRIPT),
        )
        mentions = (*account.mentions, Mention(0, 3, "person", HOSTILE, "evil", 0.9))
        told.append(replace(account, item=item, mentions=mentions))
    courier, echo, radio = told
    found = coverage((courier, echo, radio))
    card = Card(
        Entity("Q26087", HOSTILE, "place", HOSTILE, facts=(Fact(HOSTILE, HOSTILE, HOSTILE, HOSTILE),)), ("courier-1",)
    )
    record: Any = replace(
        found,
        headline=HOSTILE,
        languages=(HOSTILE, "en"),
        outlets=tuple(found.outlets),
        items=tuple(replace(item, title=HOSTILE, why=(HOSTILE,), language=HOSTILE) for item in found.items),
        origins=tuple(replace(origin, why=HOSTILE) for origin in found.origins),
        utterances=tuple(
            replace(said, speaker=HOSTILE, wordings=tuple(replace(one, through=HOSTILE) for one in said.wordings))
            for said in found.utterances
        ),
        differences=tuple(replace(difference, about=HOSTILE) for difference in found.differences),
        cards=(card,),
    )
    return (courier, echo, radio), record


@pytest.fixture
def evil(db: None) -> None:
    told, found = hostile()
    story = keep(told, found)
    SourceRow.objects.update(profile=HOSTILE, owner=HOSTILE, home=SCRIPT, country="<>", kind="site")
    above = comment(story, "k1", "published", HOSTILE)
    CommentRow.objects.filter(pk=above.pk).update(author=HOSTILE)
    held = comment(story, "k2", "held", HOSTILE)
    CommentRow.objects.filter(pk=held.pk).update(
        author=HOSTILE,
        reply_to=above,
        reasons=[{"rule": HOSTILE, "start": 1, "end": 9}],
        rules=f"|{HOSTILE}|",
        writer=AuthorRow.objects.create(name=HOSTILE, mail="a@example.org", since=NOON),
        rejection=HOSTILE,
        appeal="open",
        appealed=HOSTILE,
    )
    WordingRow.objects.create(comment=held, revision=1, text=HOSTILE, until=NOON)
    ReportRow.objects.create(comment=held, by="visit:a", rule="insult", words=HOSTILE, at=NOON)
    held.refresh_from_db()
    with turn():
        append("reject", "moderator", NOON, comment=held, name=HOSTILE, reason=HOSTILE, rules=[HOSTILE])


@pytest.mark.usefixtures("evil")
@pytest.mark.parametrize("page", PAGES)
def test_public_pages_show_it_as_words(stranger: Client, page: str) -> None:
    answer = stranger.get(page)
    assert answer.status_code == 200
    check(answer.content.decode())


@pytest.mark.usefixtures("evil")
@pytest.mark.parametrize(
    "page", ["/queue/", "/queue/published/", "/queue/log/", "/items/courier-1/?w=0-9", "/stories/s1/"]
)
def test_desk_pages_show_it_as_words(editor: Client, page: str) -> None:
    answer = editor.get(page)
    assert answer.status_code == 200
    check(answer.content.decode())


def test_the_one_file_shows_it_as_words() -> None:
    told, found = hostile()
    check(standalone.render([(found, told)]))


@pytest.mark.usefixtures("evil")
@pytest.mark.parametrize("page", ["/atom.xml", "/stories/s1/atom.xml"])
def test_feeds_stay_well_formed(stranger: Client, page: str) -> None:
    from lxml import etree

    tree = etree.fromstring(stranger.get(page).content)
    titles = tree.findall("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
    assert HOSTILE in (titles[0].text or "")


def check(html: str) -> None:
    assert "&lt;script&gt;" in html
    tags = parsed(html)
    assert (tags.scripts, tags.handlers, tags.images) == (0, [], [])
    assert not [address for address in tags.addresses if address.lower().startswith(("javascript", "data", "//"))]
    assert not [address for address in tags.addresses if "youtube" in address]


@pytest.mark.usefixtures("evil")
def test_the_page_of_a_comment_and_what_its_author_and_others_see_show_it_as_words(editor: Client) -> None:
    held, public = CommentRow.objects.get(key="k2"), CommentRow.objects.get(key="k1")
    session = editor.session
    session["comments"] = [held.pk]
    session.save()
    for page in (f"/queue/{held.pk}/", "/comments/", "/stories/s1/", f"/comments/{public.pk}/report/"):
        answer = editor.get(page)
        assert answer.status_code == 200
        check(answer.content.decode())
