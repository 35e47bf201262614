"""Pages ask the database as often for many rows as for few."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from storydesk.desk.models import AuthorRow, CommentRow, MentionRow, ReportRow, StoryRow
from tests.site.conftest import NOON, Edition, comment, member

PAGES = (
    *(
        "/stories/s1/",
        "/items/courier-1/",
        "/embed/stories/s1/",
        "/comments/feed.json",
        "/stories/s1/comments/feed.json",
    ),
    *("/queue/", "/queue/published/", "/queue/log/", "/members/"),
)
ITEMS = ("courier-1", "echo-1", "radio-1")


def discuss(edition: Edition, number: int) -> None:
    """A member's comment with replies that wait and are reported, one on an item, and one on a story of its own."""
    user = User.objects.create_user(f"user-{number}")
    writer = AuthorRow.objects.create(user=user, name=user.username, since=NOON)
    top = comment(edition.story, f"top-{number}", "published", f"Number {number}")
    below = comment(edition.story, f"below-{number}", "published", f"Below number {number}")
    waits = comment(edition.story, f"waits-{number}", "held", f"At the end of number {number}")
    on_item = comment(edition.story, f"item-{number}", "published", f"On an item, number {number}")
    comment(StoryRow.objects.create(id=f"t{number}"), f"apart-{number}", "published", f"Apart, number {number}")
    CommentRow.objects.filter(pk__in=[top.pk, below.pk, waits.pk]).update(writer=writer)
    CommentRow.objects.filter(pk=below.pk).update(reply_to=top, depth=1, reported=1)
    CommentRow.objects.filter(pk=waits.pk).update(reply_to=below, depth=2)
    CommentRow.objects.filter(pk=on_item.pk).update(item_id=ITEMS[number % len(ITEMS)])
    ReportRow.objects.create(comment=below, by="x", rule="spam", at=NOON)


def asked(client: Client, page: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_more_rows_are_no_more_queries(edition: Edition, page: str) -> None:
    client = member("one-for-all", "moderators", "editors")
    User.objects.filter(username="one-for-all").update(is_superuser="members" in page)
    discuss(edition, 0)
    few = asked(client, page)
    for number in range(1, 12):
        discuss(edition, number)
    assert asked(client, page) == few


def test_what_a_member_may_do_is_asked_for_once(edition: Edition, editor: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        editor.get("/stories/s1/")
    assert sum("auth_group" in query["sql"] for query in queries) == 1


def test_many_namesakes_are_no_more_queries(edition: Edition, editor: Client) -> None:
    page, mentioned = "/corrections/names/choose/?do=is&story=s1&entity=Q26087&q=Lund", {"type": "person", "count": 1}
    few = asked(editor, page)
    namesakes = [
        MentionRow(item_id="courier-1", entity=f"person:desk:{one}-lund", name=f"{one} Lund", linked=False, **mentioned)
        for one in ("Ada", "Ben", "Cid", "Dan", "Eve")
    ]
    MentionRow.objects.bulk_create(namesakes)
    assert asked(editor, page) == few
    assert "Eve Lund" in editor.get(page).content.decode()
