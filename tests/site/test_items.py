"""An item's page: the exact words in their place; an excerpt for the public, the whole for members; corrections."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from storydesk.desk.models import ItemRow
from tests.site.conftest import COURIER, Edition


def test_the_words_asked_for_are_marked_in_their_place(edition: Edition, stranger: Client) -> None:
    words = "did not answer the telephone"
    start = COURIER.index(words)
    html = stranger.get(f"/items/courier-1/?r=1&w={start}-{start + len(words)}").content.decode()
    assert f'<mark id="words">{words}</mark>' in html
    assert "#:~:text=did%20not%20answer%20the%20telephone" in html


def test_words_over_two_lines_have_one_target(edition: Edition, reader: Client) -> None:
    html = reader.get(f"/items/courier-1/?w=10-{COURIER.index('The company') + 5}").content.decode()
    assert html.count('id="words"') == 1
    assert html.count("<mark") - html.count("<mark>Nobody was hurt</mark>") == 3


@pytest.mark.parametrize("asked", ["", "x", "9-4", "0-99999", "-1-5", "5", "99999999999999999999-3", "0-0", "²-³"])
def test_any_words_asked_for_give_a_page(edition: Edition, stranger: Client, asked: str) -> None:
    assert stranger.get("/items/courier-1/", {"w": asked}).status_code == 200


@pytest.fixture
def long(edition: Edition) -> str:
    """The Courier's text, 400 words longer than its story shows any of."""
    revision = ItemRow.objects.get(pk="courier-1").revisions.get()
    text = COURIER + "\n" + " ".join(f"word{number}" for number in range(400))
    revision.account = {**revision.account, "item": {**revision.account["item"], "text": text}}
    revision.save()
    return text


def test_the_public_reads_an_excerpt_and_members_the_whole(long: str, outsider: Client, reader: Client) -> None:
    for asked in ("", f"?w=0-{len(long)}", "?w=10-30"):
        html = re.sub(r"<[^>]+>", "", outsider.get(f"/items/courier-1/{asked}").content.decode())
        assert len(re.findall(r"\bword\d+", html)) < 130
        assert "word399" not in html
    assert "word399" in reader.get("/items/courier-1/").content.decode()


def test_a_stranger_does_not_read_a_piece_window_by_window(long: str, outsider: Client, reader: Client) -> None:
    pages = ["/stories/s1/", "/stories/s1/annotations.jsonld", "/items/courier-1/"]
    pages += [f"/items/courier-1/?w={start}-{start + 90}" for start in range(0, len(long), 80)]
    seen = " ".join(outsider.get(page).content.decode() for page in pages)
    read = {word for word in long.split() if re.search(rf"\b{re.escape(word)}\b", seen)}
    assert sum(len(word) + 1 for word in read) <= len(long) / 2
    assert {f"word{number}" for number in range(20)} <= read, "what stands around the words that a story shows"
    assert "word399" in reader.get(pages[-1]).content.decode()


def test_a_stranger_reads_no_whole_revision_as_a_change(edition: Edition, outsider: Client, reader: Client) -> None:
    row = ItemRow.objects.get(pk="courier-1")
    first = row.revisions.get()
    anew = {**first.record, "text": " ".join(f"word{number}" for number in range(400))}
    row.revisions.create(number=2, digest="2", seen=first.seen, record=anew, account=first.account)
    ItemRow.objects.filter(pk=row.pk).update(revision=2)
    for page in ("/items/courier-1/", "/stories/s1/"):
        assert len(set(re.findall(r"word\d+", outsider.get(page).content.decode()))) < 90
        assert len(set(re.findall(r"word\d+", reader.get(page).content.decode()))) == 400


def test_a_change_stands_at_the_time_that_the_outlet_gives_it(edition: Edition, stranger: Client) -> None:
    row = ItemRow.objects.get(pk="courier-1")
    first = row.revisions.get()
    changed = {**first.record, "text": COURIER + " Nobody swam.", "updated": "2026-03-05T12:05:00+00:00"}
    row.revisions.create(number=2, digest="2", seen=first.seen, record=changed, account=first.account)
    ItemRow.objects.filter(pk=row.pk).update(revision=2)
    assert (
        'Revision 2, <time datetime="2026-03-05T12:05:00+00:00">' in stranger.get("/items/courier-1/").content.decode()
    )
