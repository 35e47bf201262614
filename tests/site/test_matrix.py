"""Every route, for everybody who may come: who is let in where is a table, and a route without a line in it fails.

Whoever is not let in changes nothing: the tables are compared before and after. Nothing that is held, and nothing of a
rejected comment, is in any answer to anybody but its author and the moderators.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from storydesk.desk import corrections, discussion, rulings
from storydesk.desk.discussion.guests import link_of
from storydesk.desk.models import AuthorRow, CommentRow, LimitRow, LogRow, MentionRow, SessionRow
from storydesk.desk.people import links
from storydesk.desk.rulings import Scope
from storydesk.recognise import desk_person
from storydesk.site.urls import urlpatterns
from tests.site.conftest import NOON, Edition, comment, member

WHO = ("stranger", "reader", "author", "moderator", "editor", "owner")
ANYBODY, MEMBERS, MODERATORS, EDITORS, OWNERS, NOBODY = WHO, WHO[1:], WHO[3:], WHO[4:], WHO[5:], ()
"""Whom a route lets in; NOBODY: the method is not allowed."""

PASSWORD = "a-long-password-1"


@dataclass(frozen=True)
class Line:
    """A route: who may read it, who may post to it, and a form that does something."""

    get: tuple[str, ...]
    post: tuple[str, ...]
    form: dict[str, str] = field(default_factory=dict)
    args: Callable[[Desk], list[Any]] = lambda _: []
    query: str = ""


@dataclass(frozen=True)
class Desk:
    """The rows that routes name."""

    edition: Edition
    users: dict[str, User]
    clients: dict[str, Client]
    correction: int
    ruling: int
    decision: int
    sanction: int
    own: int

    def link(self, purpose: links.Purpose) -> list[Any]:
        """A link for somebody who is none of the visitors."""
        user = self.users["other"]
        about: dict[str, Any] = {"mail": "new@example.org", "role": "reader", "by": self.users["owner"].pk}
        about |= {"user": user.pk, "state": links.state(user)}
        if purpose == "data":
            about = {"author": user.author.pk, "mail": "other@example.org"}  # type: ignore[attr-defined]
        return [links.make(purpose, about, timezone.now())]


def story(_: Desk) -> list[Any]:
    return ["s1"]


def author(users: dict[str, User], name: str) -> AuthorRow:
    return AuthorRow.objects.get(user=users[name])


def held(desk: Desk) -> list[Any]:
    return [desk.edition.held.pk]


NEW = {"name": "newcomer", "password": PASSWORD}
MATRIX = {
    "front": Line(ANYBODY, NOBODY),
    "story": Line(ANYBODY, NOBODY, args=story),
    "story-json": Line(ANYBODY, NOBODY, args=story),
    "story-quotes": Line(ANYBODY, NOBODY, args=story),
    "story-statements": Line(ANYBODY, NOBODY, args=story),
    "story-annotations": Line(ANYBODY, NOBODY, args=story),
    "story-atom": Line(ANYBODY, NOBODY, args=story),
    "story-feed": Line(ANYBODY, NOBODY, args=story),
    "comments-atom": Line(ANYBODY, NOBODY, args=story),
    "comments-feed": Line(ANYBODY, NOBODY, args=story),
    "all-comments-atom": Line(ANYBODY, NOBODY),
    "all-comments-feed": Line(ANYBODY, NOBODY),
    "embed-story": Line(ANYBODY, NOBODY, args=story),
    "embed-item": Line(ANYBODY, NOBODY, args=lambda _: ["courier-1"]),
    "comment": Line(NOBODY, ANYBODY, {"key": "k", "author": "Una", "text": "When does it sail?"}, story),
    "thanks": Line(ANYBODY, NOBODY, args=story),
    "comment-item": Line(NOBODY, ANYBODY, {"key": "k", "author": "Una", "text": "Which one?"}, lambda _: ["radio-1"]),
    "thanks-item": Line(ANYBODY, NOBODY, args=lambda _: ["radio-1"]),
    "mine": Line(ANYBODY, NOBODY),
    "own-comment": Line(NOBODY, ("author",), {"do": "withdraw"}, lambda desk: [desk.own]),
    "report": Line(ANYBODY, ANYBODY, {"rule": "spam"}, lambda desk: [desk.edition.published.pk]),
    "comment-link": Line(ANYBODY, ANYBODY, {"do": "confirm"}, lambda desk: [link_of(desk.edition.held)]),
    "item": Line(ANYBODY, NOBODY, args=lambda _: ["courier-1"]),
    "correct": Line(NOBODY, EDITORS, {"do": "split", "item": "radio-1"}, story),
    "choose": Line(EDITORS, NOBODY, args=story, query="?do=merge"),
    "corrections": Line(EDITORS, NOBODY),
    "corrections-in-force": Line(EDITORS, NOBODY),
    "corrections-taken-back": Line(EDITORS, NOBODY),
    "undo": Line(NOBODY, EDITORS, {"to": "list"}, lambda desk: [desk.correction]),
    "corrections-names": Line(EDITORS, NOBODY),
    "choose-name": Line(EDITORS, NOBODY, query="?do=one&entity=Q26087"),
    "rule": Line(NOBODY, EDITORS, {"do": "not", "entity": "Q26087", "story": "s1"}),
    "undo-ruling": Line(NOBODY, EDITORS, {"to": "list"}, lambda desk: [desk.ruling]),
    "sources": Line(ANYBODY, NOBODY),
    "source": Line(ANYBODY, NOBODY, args=lambda _: ["source-0-s1"]),
    "entity": Line(ANYBODY, NOBODY, args=lambda _: ["Q26087"]),
    "queue": Line(MODERATORS, NOBODY),
    "queue-published": Line(MODERATORS, NOBODY),
    "queue-rejected": Line(MODERATORS, NOBODY),
    "queue-log": Line(MODERATORS, NOBODY),
    "queue-log-lines": Line(MODERATORS, NOBODY),
    "undo-decision": Line(NOBODY, MODERATORS, {}, lambda desk: [desk.decision]),
    "decide-many": Line(NOBODY, MODERATORS, {"verdict": "publish"}),
    "queued": Line(MODERATORS, NOBODY, args=held),
    "decide": Line(NOBODY, MODERATORS, {"seen": "1", "verdict": "publish"}, held),
    "redact": Line(NOBODY, MODERATORS, {"seen": "1", "span": "0-4"}, held),
    "sanction": Line(NOBODY, MODERATORS, {"kind": "mute"}, lambda desk: [author(desk.users, "other").pk]),
    "lift": Line(NOBODY, MODERATORS, {}, lambda desk: [desk.sanction]),
    "discussion": Line(NOBODY, MODERATORS, {"discussion": "closed"}, story),
    "sign-in": Line(ANYBODY, ANYBODY, {"username": "other", "password": PASSWORD}),
    "sign-out": Line(NOBODY, ANYBODY),
    "register": Line(ANYBODY, ANYBODY, {"mail": "una@example.org"}),
    "register-link": Line(ANYBODY, ANYBODY, NEW, lambda desk: desk.link("register")),
    "invited": Line(ANYBODY, ANYBODY, NEW, lambda desk: desk.link("invite")),
    "forgotten": Line(ANYBODY, ANYBODY, {"mail": "una@example.org"}),
    "new-password": Line(ANYBODY, ANYBODY, {"password": PASSWORD}, lambda desk: desk.link("password")),
    "account": Line(MEMBERS, NOBODY),
    "change-password": Line(NOBODY, MEMBERS, {"old": PASSWORD, "new": "another-long-one-2"}),
    "change-mail": Line(NOBODY, MEMBERS, {"mail": "una@example.org", "password": PASSWORD}),
    "new-mail": Line(ANYBODY, ANYBODY, args=lambda desk: desk.link("mail")),
    "sign-out-everywhere": Line(NOBODY, MEMBERS),
    "own-data": Line(MEMBERS, NOBODY),
    "erase": Line(MEMBERS, MEMBERS, {"password": PASSWORD}),
    "data": Line(ANYBODY, ANYBODY, {"mail": "una@example.org"}),
    "data-link": Line(ANYBODY, ANYBODY, {"do": "export"}, lambda desk: desk.link("data")),
    "members": Line(OWNERS, NOBODY),
    "invite": Line(NOBODY, OWNERS, {"mail": "una@example.org", "role": "editor"}),
    "change-member": Line(NOBODY, OWNERS, {"do": "deactivate"}, lambda desk: [desk.users["other"].pk]),
    "atom": Line(ANYBODY, NOBODY),
    "feed": Line(ANYBODY, NOBODY),
    "about": Line(ANYBODY, NOBODY),
    "health": Line(ANYBODY, NOBODY),
}
SECRETS = (
    "HELD-WORDS",
    "DECIDED-WORDS",
    "REJECTED-WORDS",
    "WAITING-WORDS",
    "Author k1",
    "Author k3",
    "author@example.org",
)
WRITES = ("account", "own-data")
"""What may add a row when it is read: who a member is as an author, the first time."""

OWN = {"author": ("WAITING-WORDS", "author@example.org")}
"""What of it somebody may see, since it is theirs."""


@pytest.fixture
def desk(edition: Edition) -> Desk:
    groups = {
        "reader": ("readers",),
        "moderator": ("moderators",),
        "editor": ("moderators", "editors"),
        "owner": ("moderators", "editors"),
    }
    clients = {name: member(name, *groups.get(name, ())) for name in (*WHO[1:], "other")} | {"stranger": Client()}
    User.objects.create_user("second-owner", is_superuser=True)  # so that the first one may go
    User.objects.filter(username="owner").update(is_superuser=True, is_staff=True)
    users = {user.username: user for user in User.objects.all()}
    for name in ("author", "other"):
        mail = f"{name}@example.org"
        AuthorRow.objects.create(user=users[name], name=name, mail=mail, confirmed=NOON, since=NOON)
    own = comment(edition.story, "own", "held", "WAITING-WORDS")
    CommentRow.objects.filter(pk=own.pk).update(writer=users["author"].author)  # type: ignore[attr-defined]
    lund = desk_person("Berit Lund")
    MentionRow.objects.filter(linked=False).update(entity=lund)
    made = corrections.pin(["echo-1"], "editor", NOON)
    ruled = rulings.not_this(lund, Scope("s1"), "editor", NOON)
    decided = comment(edition.story, "decided", "held", "DECIDED-WORDS")
    discussion.decide(decided.pk, "reject", users["editor"], NOON, seen=1)
    decision = LogRow.objects.get(act="reject").number
    muted = discussion.sanction(author(users, "other").pk, "mute", None, "", users["editor"], NOON)
    return Desk(edition, users, clients, made.pk, ruled.pk, decision, muted.pk, own.pk)


def state() -> str:
    """What the tables hold, but for who is signed in and how often somebody tried."""
    tables = [table for table in apps.get_models() if table not in (SessionRow, LimitRow)]
    return json.dumps({str(table): list(table._default_manager.values()) for table in tables}, default=str)


@contextmanager
def undone() -> Iterator[None]:
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def test_every_route_has_a_line() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(MATRIX)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", MATRIX)
def test_a_route_lets_in_whom_it_should_and_nobody_else(desk: Desk, route: str, method: str) -> None:
    line = MATRIX[route]
    path = reverse(route, args=line.args(desk))
    before = state()
    let_in = line.post if method == "post" else line.get
    for who in WHO:
        with undone():
            client = desk.clients[who]
            answer = client.post(path, line.form) if method == "post" else client.get(path + line.query)
            say = f"{who} {method} {path}: {answer.status_code}"
            to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/?next=")
            if let_in == NOBODY:
                assert answer.status_code in (403, 405) or to_sign_in, say
            elif who in let_in:
                assert answer.status_code < 400, say
                assert not to_sign_in, say
            else:
                assert to_sign_in if who == "stranger" else answer.status_code == 403, say
            if who not in let_in or (method == "get" and route not in WRITES):
                assert state() == before, say
            if who not in MODERATORS:
                text = answer.content.decode()
                hidden = [secret for secret in SECRETS if secret not in OWN.get(who, ())]
                assert not [secret for secret in hidden if secret in text], say


@pytest.mark.parametrize("route", [name for name, line in MATRIX.items() if line.post != NOBODY])
def test_no_route_takes_a_form_from_elsewhere(desk: Desk, route: str) -> None:
    """Whoever is signed in does nothing by opening another site's page."""
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(desk.users["owner"])
    line = MATRIX[route]
    before = state()
    assert forged.post(reverse(route, args=line.args(desk)), line.form).status_code == 403
    assert state() == before


@pytest.mark.parametrize("route", MATRIX)
def test_no_route_knows_another_method(desk: Desk, route: str) -> None:
    before, path = state(), reverse(route, args=MATRIX[route].args(desk))
    for method in ("put", "patch", "delete", "trace"):
        for who in ("stranger", "owner"):
            answer = getattr(desk.clients[who], method)(path)
            assert answer.status_code in (302, 403, 405), (who, method)
    assert state() == before


# ---------------------------------------------------------------------------------------------------- one's own


def test_nobody_answers_what_they_cannot_see(desk: Desk) -> None:
    secret = desk.edition.held.pk
    for who in ("stranger", "reader", "author"):
        client = desk.clients[who]
        assert "HELD-WORDS" not in client.get(f"/stories/s1/?reply={secret}").content.decode()
        form = {"key": f"by-{who}", "author": who, "text": "An answer to that.", "reply_to": str(secret)}
        client.post("/stories/s1/comments/", form)
        assert CommentRow.objects.get(key=f"form:by-{who}").reply_to is None


def test_nobody_takes_away_or_erases_another(desk: Desk) -> None:
    record = desk.clients["reader"].get("/account/data.json").content.decode()
    assert "WAITING-WORDS" not in record
    desk.clients["reader"].post("/account/erase/", {"password": PASSWORD, "comments": "go"})
    assert CommentRow.objects.filter(text="WAITING-WORDS").exists()
    assert "WAITING-WORDS" in desk.clients["author"].get("/account/data.json").content.decode()


def test_no_count_tells_of_what_is_held(desk: Desk) -> None:
    pages = ("/", "/stories/s1/", "/stories/s1.json", "/stories/s1/atom.xml", "/stories/s1/feed.json", "/about/")
    texts = {page: desk.clients["stranger"].get(page).content for page in pages}
    CommentRow.objects.exclude(state="published").delete()
    drawn = re.compile(rb'name="(key|csrfmiddlewaretoken)" value="\w+"')
    for page, text in texts.items():
        assert drawn.sub(b"", desk.clients["stranger"].get(page).content) == drawn.sub(b"", text), page
