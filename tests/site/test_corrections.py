"""Corrections on the pages: an editor does each in a few clicks, nobody else may, and addresses never die."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from storydesk.desk import corrections
from storydesk.desk.models import CorrectionRow, ItemRow, SourceRow, StoryRow
from tests.site.conftest import NOON, Edition, accounts, coverage, keep
from tests.site.test_story import text_of


@pytest.fixture
def fog(edition: Edition) -> StoryRow:
    """Another story, of one item."""
    story = StoryRow.objects.create(id="s2", headline="Fog closes the strait", last_changed=NOON, item_count=1)
    source = SourceRow.objects.get(name="The Courier")
    fields = {"title": "Fog, all day", "seen": NOON, "published": NOON, "revision": 1, "state": "placed"}
    ItemRow.objects.create(id="fog-1", source=source, story=story, placed_in=story, **fields)
    return story


def where(key: str) -> str | None:
    return ItemRow.objects.get(pk=key).story_id


def correct(client: Client, do: str, *items: str, story: str = "s1", **more: str) -> str:
    """Sends the form of a story's page and reads what comes of it."""
    answer = client.post(f"/stories/{story}/correct/", {"do": do, "item": items, **more}, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_form_offers_each_item_and_ticks_the_one_asked_for(edition: Edition, editor: Client) -> None:
    html = editor.get("/stories/s1/?pick=radio-1").content.decode()
    ticked = re.findall(r'<input type="checkbox" name="item" value="([^"]+)"( checked)?>', html)
    assert ticked == [("courier-1", ""), ("echo-1", ""), ("radio-1", " checked")]
    assert 'href="?pick=radio-1#correct"' in html


def test_items_are_taken_out_into_a_new_story_whose_page_is_there_at_once(edition: Edition, editor: Client) -> None:
    html = correct(editor, "split", "radio-1", "echo-1")
    assert "Taken out into a new story" in html
    new = where("radio-1")
    assert new == where("echo-1") != "s1"
    page = text_of(editor.get(f"/stories/{new}/").content.decode())
    assert "Being compared" in page
    assert "Ferry aground, says Kyst Radio" in page


def test_items_are_moved_to_a_story_found_by_its_headline(edition: Edition, fog: StoryRow, editor: Client) -> None:
    form = correct(editor, "move", "radio-1")
    assert "Move to which story?" in form
    assert "Fog closes the strait" in form, "what changed last is offered without a search"
    query = {"do": "move", "item": "radio-1", "q": "STRAIT fog"}
    found = editor.get("/stories/s1/choose/", query).content.decode()
    assert re.findall(r'name="other" value="([^"]+)"', found) == ["s2"]
    assert re.findall(r'type="hidden" name="item" value="([^"]+)"', found) == ["radio-1", "radio-1"]
    by_address = editor.get("/stories/s1/choose/", {**query, "q": "http://testserver/stories/s2/#comments"})
    assert re.findall(r'name="other" value="([^"]+)"', by_address.content.decode()) == ["s2"]
    nothing = editor.get("/stories/s1/choose/", {**query, "q": "no such words"}).content.decode()
    assert "No other story's headline" in unescape(nothing)
    assert "Moved to Fog closes the strait" in text_of(correct(editor, "move", "radio-1", other="s2"))
    assert where("radio-1") == "s2"


def test_a_story_that_shares_names_is_offered_first_and_says_why(
    edition: Edition, fog: StoryRow, editor: Client
) -> None:
    told = tuple(replace(one, item=replace(one.item, id=f"x{one.item.id}")) for one in accounts())
    keep(told, replace(coverage(), story="s3", headline="Sula refloated"))
    html = editor.get("/stories/s1/choose/", {"do": "merge"}).content.decode()
    assert re.findall(r'name="other" value="([^"]+)"', html) == ["s3", "s2"]
    assert "Why: both name" in html


def test_a_story_is_merged_and_parted_again(edition: Edition, fog: StoryRow, editor: Client, stranger: Client) -> None:
    assert "Merge which story into this one?" in correct(editor, "merge")
    correct(editor, "merge", other="s2")
    assert where("fog-1") == "s1"
    answer = stranger.get("/stories/s2/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/stories/s1/"), "it may be taken back"
    row = CorrectionRow.objects.get()
    editor.post(f"/corrections/{row.pk}/undo/", {"to": "story"})
    assert where("fog-1") == "s2"
    assert stranger.get("/stories/s2/").status_code == 200


def test_addresses_lead_through_a_chain_for_now_where_any_part_may_be_taken_back(
    edition: Edition, fog: StoryRow, stranger: Client
) -> None:
    fog.absorbed.create(id="s0", gone="grouped")
    assert stranger.get("/stories/s0/").status_code == 301
    corrections.merge("s1", "s2", "ed", NOON)
    answer = stranger.get("/stories/s0/feed.json")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/stories/s1/feed.json")


def test_a_pinned_item_says_so_and_cannot_be_taken_out(edition: Edition, editor: Client) -> None:
    assert "pinned" in text_of(correct(editor, "pin", "radio-1"))
    html = correct(editor, "split", "radio-1")
    assert "“Ferry aground, says Kyst Radio” is pinned to its story by editor. Take the pin back first." in html
    assert where("radio-1") == "s1"


@pytest.mark.parametrize(
    ("do", "items", "more", "said"),
    [
        ("split", (), {}, "No item was chosen."),
        ("move", (), {}, "Choose at least one item first."),
        ("split", ("courier-1", "echo-1", "radio-1"), {}, "At least one item must stay in the story."),
        ("move", ("radio-1",), {"other": "nowhere"}, "No story nowhere."),
        ("split", ("no-such",), {}, "No item no-such in any story."),
        ("merge", (), {"other": "s1"}, "The two are one story already."),
    ],
)
def test_what_cannot_be_done_says_why(
    edition: Edition, editor: Client, do: str, items: tuple[str, ...], more: dict[str, str], said: str
) -> None:
    assert said in correct(editor, do, *items, **more)
    assert not CorrectionRow.objects.exists()


def test_an_item_that_somebody_moved_meanwhile_is_left_alone(edition: Edition, fog: StoryRow, editor: Client) -> None:
    corrections.move(["radio-1"], "s2", "mo", NOON)
    assert "does not stand in this story any more" in correct(editor, "split", "radio-1")
    assert where("radio-1") == "s2"


def test_an_unknown_deed_or_story_is_not_found(edition: Edition, editor: Client) -> None:
    assert editor.post("/stories/s1/correct/", {"do": "burn"}).status_code == 404
    assert editor.get("/stories/s1/choose/", {"do": "split"}).status_code == 404
    assert editor.get("/stories/nowhere/choose/", {"do": "merge"}).status_code == 404
    assert editor.post("/corrections/99/undo/").status_code == 404


def test_all_are_listed_newest_first_with_who_and_when(edition: Edition, fog: StoryRow, editor: Client) -> None:
    corrections.split(["radio-1"], "ana", NOON)
    undone = corrections.move(["echo-1"], "s2", "bo", NOON)
    corrections.undo(undone.pk, "cy", NOON)
    corrections.merge("s1", "s2", "dee", NOON)
    every = text_of(editor.get("/corrections/").content.decode())
    assert "Stories 3 In force 2 Taken back 1" in every
    assert every.index("dee") < every.index("bo 2 March 2026, 12:00 UTC Taken back by cy") < every.index("ana")
    assert "Merged Fog closes the strait into Ferry aground off Tromsø" in every
    assert "Moved “ Ferry aground, says The Echo ” (The Echo) from" in every
    assert "bo 2 March" not in text_of(editor.get("/corrections/in-force/").content.decode())
    assert "ana 2 March" not in text_of(editor.get("/corrections/taken-back/").content.decode())
    editor.post(f"/corrections/{CorrectionRow.objects.first().pk}/undo/", {"to": "list"})  # type: ignore[union-attr]
    assert where("fog-1") == "s2"


def test_a_storys_page_lists_its_own_and_the_public_sees_those_in_force(
    edition: Edition, fog: StoryRow, editor: Client, stranger: Client
) -> None:
    corrections.split(["radio-1"], "ana", NOON)
    corrections.undo(corrections.move(["echo-1"], "s2", "bo", NOON).pk, "bo", NOON)
    corrections.pin(["fog-1"], "cy", NOON)
    mine = text_of(editor.get("/stories/s1/").content.decode())
    assert "ana 2 March" in mine
    assert "Taken back by bo" in mine
    assert "cy 2 March" not in mine
    public = stranger.get("/stories/s1/").content.decode()
    assert "ana" in text_of(public)
    assert "Taken back" not in text_of(public)
    assert "Take back" not in public
    assert "Correct this story" not in public


def test_an_items_page_corrects_and_lists_its_place(edition: Edition, editor: Client) -> None:
    correct(editor, "split", "radio-1")
    html = text_of(editor.get("/items/radio-1/").content.decode())
    assert "Took “ Ferry aground, says Kyst Radio ” (Kyst Radio) out of" in html
    assert "Take back" in html


@pytest.mark.parametrize("who", ["stranger", "reader", "moderator"])
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/stories/s1/correct/"),
        ("post", "/corrections/1/undo/"),
        ("get", "/stories/s1/choose/?do=merge"),
        ("get", "/corrections/"),
    ],
)
def test_corrections_are_for_editors(
    edition: Edition, request: pytest.FixtureRequest, who: str, method: str, address: str
) -> None:
    client: Client = request.getfixturevalue(who)
    answer = getattr(client, method)(address, {"do": "split", "item": "radio-1"} if method == "post" else None)
    if who == "stranger":
        assert answer.headers["Location"].startswith("/sign-in/")
    else:
        assert answer.status_code == 403
    assert not CorrectionRow.objects.exists()
    assert "Correct this story" not in client.get("/stories/s1/").content.decode()


def test_an_owner_may_correct(edition: Edition, db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("own", password="a-long-password-1"))
    correct(client, "split", "radio-1")
    assert where("radio-1") != "s1"


def test_a_forged_form_changes_nothing(edition: Edition, editor: Client) -> None:
    forging = Client(enforce_csrf_checks=True)
    forging.cookies = editor.cookies
    assert forging.post("/stories/s1/correct/", {"do": "split", "item": "radio-1"}).status_code == 403
    assert editor.get("/stories/s1/correct/").status_code == 405
    assert not CorrectionRow.objects.exists()


def test_where_no_item_was_chosen_no_story_to_move_to_is_offered(
    edition: Edition, fog: StoryRow, editor: Client
) -> None:
    html = editor.get("/stories/s1/choose/", {"do": "move", "item": "fog-1"}).content.decode()
    assert "No item of this story was chosen" in html
    assert "Move here" not in html
